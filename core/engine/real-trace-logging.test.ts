import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ExtendedType } from '../etl/format.ts';
import type { DecodedPayload } from '../schema/decode.ts';
import { decodePayload } from '../schema/decode.ts';
import { renderMessage } from '../schema/message.ts';
import { readProviderTraits, readTraceLoggingSchema, traceLoggingEventSchema } from '../schema/trace-logging.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { indexFile } from '../trace/index-file.ts';
import { realTraces } from './test-support/real-traces.ts';

const { folder, present } = realTraces('the tests of TraceLogging events are skipped.');

interface SelfDescribed extends DecodedPayload {
  readonly provider: string;
  readonly group: string | undefined;
  readonly name: string;
  readonly message: string;
}

/** Every self-describing event of a file, in time order. */
function selfDescribedEvents(file: string): SelfDescribed[] {
  const { columns, order, reader } = indexFile(new Uint8Array(readFileSync(`${folder}${file}`)));
  return Array.from(order).flatMap((event) => {
    const { segment, index } = columns.locate(event);
    const record = reader.read(segment, index);
    return record?.extendedItems.some(({ type }) => type === ExtendedType.EventSchema) === true
      ? [selfDescribed(record, segment.schemas[segment.events.schema[index]])]
      : [];
  });
}

function selfDescribed(record: EventRecord, kind: { provider: string; id: number; version: number }): SelfDescribed {
  const extent = (wanted: number): [number, number] => {
    const { start, length } = record.extendedItems.find(({ type }) => type === wanted) ?? { start: 0, length: 0 };
    return [start, start + length];
  };
  const layout = readTraceLoggingSchema(record.bytes, ...extent(ExtendedType.EventSchema));
  const traits = readProviderTraits(record.bytes, ...extent(ExtendedType.ProviderTraits));
  const schema = traceLoggingEventSchema(kind, layout, traits.name);
  const decoded = decodePayload(schema, record.bytes, record.userData, record.end, record.pointerSize);
  const message = renderMessage(schema, decoded.fields);
  return { ...decoded, provider: traits.name, group: traits.group, name: layout.name, message };
}

/** How many events there are of each name. */
function countsOf(events: readonly SelfDescribed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { provider, name } of events) {
    const key = `${provider}/${name}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(!present)('self-describing events of real traces', () => {
  it('primitive-types.etl has every primitive type, named, typed and valued', () => {
    const events = selfDescribedEvents('perfview/primitive-types.etl');
    expect(events.every(({ note, provider }) => note === undefined && provider === 'solar_system')).toBe(true);
    // The provider declares its int64 as UInt64, and gives its bool and char out-types that do not go with UInt8.
    const types = [
      'string_type AnsiString',
      'boolean_type UInt8',
      'char_type UInt8',
      'int16_type Int16',
      'int32_type Int32',
      'uint16_type UInt16',
      'uint32_type UInt32',
      'int64_type UInt64',
      'uint64_type UInt64',
      'guid_type GUID',
      'file_time_type FILETIME',
      'system_time_type SYSTEMTIME',
    ];
    for (const { fields } of events) expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual(types);
    const rows = events.map(({ fields }) => fields.map(({ value }) => value).join(' | '));
    expect(rows).toEqual([
      'Mercury | 0 | 77 | -51 | -102 | 51 | 102 | 18446744073709551412 | 204 | ' +
        '{0ad614c4-0ef4-4225-8013-f44f37cb0397} | 2021-09-09T14:59:35.7990000Z | 2021-09-09T14:59:35.799',
      'Venus | 1 | 86 | -95 | -190 | 95 | 190 | 18446744073709551236 | 380 | ' +
        '{e04ff801-9ea3-494f-a10e-8ef833e9099f} | 2021-09-09T14:59:36.2390000Z | 2021-09-09T14:59:36.239',
      'Earth | 0 | 69 | -65 | -130 | 65 | 130 | 18446744073709551356 | 260 | ' +
        '{c7a6c80e-f2a6-4220-ab98-d7c21a58f9fb} | 2021-09-09T14:59:36.6710000Z | 2021-09-09T14:59:36.671',
      'Mars | 0 | 77 | -29 | -58 | 29 | 58 | 18446744073709551500 | 116 | ' +
        '{0a922cee-67c1-4108-b39d-b132e47033c4} | 2021-09-09T14:59:37.0480000Z | 2021-09-09T14:59:37.048',
      'Jupiter | 1 | 74 | -69 | -138 | 69 | 138 | 18446744073709551340 | 276 | ' +
        '{bb11b97b-1110-4eb6-bc33-fd71219d322e} | 2021-09-09T14:59:37.4840000Z | 2021-09-09T14:59:37.484',
    ]);
  });

  it('SelfDescribingSingleEvent.etl has a struct', () => {
    const [event, ...others] = selfDescribedEvents('perfview/SelfDescribingSingleEvent.etl');
    expect(others).toEqual([]);
    expect(event).toMatchObject({ provider: 'MySource', message: 'TestEvent: a: {b: Hello, c: World!}' });
    expect(event.note).toBeUndefined();
    expect(event.fields[0]).toMatchObject({
      type: 'Struct',
      children: [
        { name: 'b', type: 'UnicodeString', raw: 'Hello' },
        { name: 'c', type: 'UnicodeString', raw: 'World!' },
      ],
    });
  });

  it('ebpforwindows.etl fits its layouts in every event', () => {
    const events = selfDescribedEvents('ebpf/ebpforwindows.etl');
    expect(events.filter(({ note }) => note !== undefined)).toEqual([]);
    expect(countsOf(events)).toEqual({
      'EbpfForWindowsProvider/EbpfSuccess': 3709,
      'EbpfForWindowsProvider/EbpfGenericMessage': 9410,
      'EbpfForWindowsProvider/EbpfReturn': 240,
      'EbpfForWindowsProvider/EbpfGenericError': 240,
      'NetEbpfExtProvider/NetEbpfExtGenericMessage': 242,
    });
    expect(events[0].message).toBe('EbpfSuccess: Message: ebpf_api_initiate returned success');
  });

  it('lxcore_kernel.etl has a provider group and tags', () => {
    const events = selfDescribedEvents('etl-parser/lxcore_kernel.etl');
    expect(countsOf(events)).toEqual({ 'Microsoft.Windows.Subsystem.LxCore/BreakPoint': 2 });
    for (const { group, note } of events) {
      expect([group, note]).toEqual(['{4f50731a-89cf-4782-b3e0-dce8c90476ba}', undefined]);
    }
    expect(events[1].fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'ErrorLevel: 2',
      'instanceId: {00000000-0000-0000-0000-000000000000}',
      'LxPid: -1',
      'LxTid: -1',
      'LxNs: 0',
      'ExecutablePath: ',
      'Function: LxpInstanceStart',
      'Line: 2659',
      'Message: [0xc0000034] LxpInstanceInitialize\n',
    ]);
  });

  it('sonde/test.etl has times in UTC and texts in UTF-8', () => {
    const events = selfDescribedEvents('sonde/test.etl');
    expect(events.map(({ note }) => note)).toEqual(Array.from({ length: 9 }, () => undefined));
    expect(events[1].fields.map(({ name, type, value }) => `${name} ${type} ${value}`)).toEqual([
      'time SYSTEMTIME 2026-03-27T03:57:11.786Z',
      'message Utf8String WAKE received',
      'node_id Utf8String sensor--1',
      'seq UInt64 4856502271657427837',
      'battery_mv UInt64 3300',
    ]);
  });
});
