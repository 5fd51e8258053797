import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExtendedType } from '../etl/format.ts';
import { writeEtl, type EtlSession, type EventRecord, type PlacedRecord } from '../etl/writer.ts';
import { MetadataWriter } from '../scenario/metadata.ts';
import { encodePayload } from '../schema/encode.ts';
import { sample, type Sample } from '../schema/test-support/arbitrary-schemas.ts';
import { traceLoggingSample, type TraceLoggingSample } from '../schema/test-support/arbitrary-trace-logging.ts';
import { rawValues } from '../schema/test-support/raw-values.ts';
import { writeProviderTraits, writeTraceLoggingSchema } from '../schema/trace-logging-writer.ts';
import { indexFile } from '../trace/index-file.ts';
import type { DecodedEvent } from './event-decoder.ts';
import { TraceSchemas } from './trace-schemas.ts';

/** A provider of its own for each event, so that their value maps do not mix. */
function providerOf(number: number): string {
  return `{00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}}`;
}

const startTick = 36_000_000_000n;
const session = fc.record({
  compressed: fc.boolean(),
  bufferSize: fc.constantFrom(0x1_0000, 0x4_0000),
  clock: fc.constantFrom<NonNullable<EtlSession['clock']>[]>(
    { kind: 'QPC', frequency: 3_117_777 },
    { kind: 'system time' },
    { kind: 'CPU cycles', megahertz: 2400 },
  ),
});

/** All events of a file that the trace itself describes, decoded, in time order. */
function decodedEvents(file: Uint8Array): (DecodedEvent | undefined)[] {
  const { columns, order, reader } = indexFile(file);
  const schemas = new TraceSchemas();
  for (const segment of columns.segments) expect(schemas.learnSegment(segment, reader)).toEqual([]);
  return Array.from(order, (event) => {
    const { segment, index } = columns.locate(event);
    const kind = segment.schemas[segment.events.schema[index]];
    const record = reader.read(segment, index);
    return kind.family === 'manifest' && record ? schemas.decoder.decode(kind, record) : undefined;
  }).filter((event) => event !== undefined);
}

function written(options: EtlSession, records: readonly PlacedRecord[]): Uint8Array {
  return writeEtl({ ...options, startTick, processors: 3, records });
}

describe('events written to a file and read back', () => {
  it('have the values they were given, whatever the layouts that the file describes', () => {
    const records = (samples: readonly Sample[]): PlacedRecord[] => {
      const metadata = new MetadataWriter();
      return samples.flatMap(({ schema, given, pointerSize }, number) => {
        const own = { ...schema, provider: providerOf(number) };
        const { provider, id, version } = own;
        const payload = encodePayload(own, given, pointerSize);
        const timestamp = startTick + BigInt(number) * 1000n;
        const event: EventRecord = { kind: 'event', timestamp, provider, id, version, pointerSize, payload };
        return [...metadata.recordsBefore(event, own), event].map((record) => ({ processor: number % 3, record }));
      });
    };
    fc.assert(
      fc.property(session, fc.array(sample, { minLength: 1, maxLength: 5 }), (options, samples) => {
        const events = decodedEvents(written(options, records(samples)));
        expect(events.map((event) => event?.note)).toEqual(samples.map(() => undefined));
        events.forEach((event, number) => {
          const { schema, expected } = samples[number];
          expect(event?.schema.source).toBe('file');
          expect(rawValues(event?.fields ?? [], schema.fields)).toEqual(expected);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('have the values they were given, whatever the layouts that they carry themselves', () => {
    const recordOf = ({ name, fields, values }: TraceLoggingSample, number: number): PlacedRecord => {
      const provider = providerOf(number);
      const layout = { provider, providerName: '', id: 0, version: 0, level: '', channel: '', task: name, opcode: '' };
      const schema = { ...layout, keywords: [], message: '', fields, source: 'trace-logging' as const };
      const extended = [
        { type: ExtendedType.EventSchema, data: writeTraceLoggingSchema(name, fields) },
        { type: ExtendedType.ProviderTraits, data: writeProviderTraits(`Provider ${number}`) },
      ];
      const payload = encodePayload(schema, values, 8);
      const timestamp = startTick + BigInt(number) * 1000n;
      return {
        processor: number % 3,
        record: { kind: 'event', timestamp, provider, id: 0, channel: 11, extended, payload },
      };
    };
    fc.assert(
      fc.property(session, fc.array(traceLoggingSample, { minLength: 1, maxLength: 5 }), (options, samples) => {
        const events = decodedEvents(written(options, samples.map(recordOf)));
        expect(events.map((event) => event?.note)).toEqual(samples.map(() => undefined));
        events.forEach((event, number) => {
          const { name, fields, values } = samples[number];
          expect(event?.schema).toMatchObject({ task: name, providerName: `Provider ${number}` });
          expect(rawValues(event?.fields ?? [], fields)).toEqual(values);
        });
      }),
      { numRuns: 150 },
    );
  });
});
