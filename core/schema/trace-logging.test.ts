import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePayload } from './decode.ts';
import { encodePayload } from './encode.ts';
import type { SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { SchemaError } from './schema-error.ts';
import { traceLoggingSample } from './test-support/arbitrary-trace-logging.ts';
import { rawValues } from './test-support/raw-values.ts';
import { readProviderTraits, readTraceLoggingSchema, traceLoggingEventSchema } from './trace-logging.ts';
import { writeProviderTraits, writeTraceLoggingSchema } from './trace-logging-writer.ts';

/** Bytes from hexadecimal pairs and quoted texts: `01 "Name" 00`. */
function bytesOf(text: string): Uint8Array {
  const parts = text.match(/"[^"]*"|[0-9a-f]{2}/g) ?? [];
  return new Uint8Array(
    Buffer.concat(
      parts.map((part) => (part.startsWith('"') ? Buffer.from(part.slice(1, -1)) : Buffer.from(part, 'hex'))),
    ),
  );
}

/** An item with its size in front. */
function item(text: string): Uint8Array {
  const bytes = bytesOf(text);
  return Uint8Array.of((bytes.length + 2) & 0xff, (bytes.length + 2) >> 8, ...bytes);
}

function read(text: string): ReturnType<typeof readTraceLoggingSchema> {
  const bytes = item(text);
  return readTraceLoggingSchema(bytes, 0, bytes.length);
}

const key = { provider: '{11111111-2222-3333-4444-555555555555}', id: 0, version: 0 };

function outcome(run: () => unknown): 'read' | 'refused' {
  try {
    run();
    return 'read';
  } catch (error) {
    if (error instanceof SchemaError) return 'refused';
    throw error;
  }
}

describe('readTraceLoggingSchema', () => {
  it('reads the name, the tags and plain fields', () => {
    expect(read('00 "Event" 00 "A" 00 08 "B" 00 88 1f')).toEqual({
      name: 'Event',
      tags: 0,
      fields: [
        { name: 'A', inType: InType.UInt32, outType: 0 },
        { name: 'B', inType: InType.UInt32, outType: OutType.NtStatus },
      ],
    });
  });

  it('reads tags of several bytes, of the event and of fields', () => {
    const { tags, name, fields } = read('80 81 03 "E" 00 "A" 00 88 93 80 00 "B" 00 04');
    expect([tags, name]).toEqual([(1 << 14) | (3 << 7), 'E']);
    expect(fields).toEqual([
      { name: 'A', inType: InType.UInt32, outType: OutType.HexInt64 },
      { name: 'B', inType: InType.UInt8, outType: 0 },
    ]);
  });

  it('reads structs and what they hold', () => {
    const { fields } = read('00 "E" 00 "S" 00 98 02 "X" 00 04 "T" 00 98 01 "Y" 00 06 "Z" 00 08');
    const uint = (name: string, inType: InType): SchemaField => ({ name, inType, outType: 0 });
    const struct = (name: string, ...members: SchemaField[]): SchemaField => ({
      name,
      inType: InType.Null,
      outType: 0,
      members,
    });
    expect(fields).toEqual([
      struct('S', uint('X', InType.UInt8), struct('T', uint('Y', InType.UInt16))),
      uint('Z', InType.UInt32),
    ]);
  });

  it('gives the count of an array in the payload a field of its own', () => {
    const { fields } = read('00 "E" 00 "A" 00 46 "B" 00 26 03 00');
    expect(fields).toEqual([
      { name: 'A.Count', inType: InType.UInt16, outType: 0 },
      { name: 'A', inType: InType.UInt16, outType: 0, count: { field: 'A.Count' } },
      { name: 'B', inType: InType.UInt16, outType: 0, count: 3 },
    ]);
    const schema = traceLoggingEventSchema(key, read('00 "E" 00 "A" 00 46'), 'Contoso');
    const payload = bytesOf('02 00 05 00 06 00');
    const decoded = decodePayload(schema, payload, 0, payload.length, 8);
    expect(decoded).toMatchObject({ fields: [{ value: '2' }, { value: '[5, 6]', type: 'UInt16[]' }] });
  });

  it('reads binary behind its own byte count, and types of the provider’s own as bytes with a doubt', () => {
    const { fields } = read('00 "E" 00 "Data" 00 0e "Own" 00 64 02 00 aa bb "Last" 00 04');
    const schema = traceLoggingEventSchema(key, { name: 'E', tags: 0, fields }, 'Contoso');
    const payload = bytesOf('02 00 01 02 01 00 09 07');
    const { fields: decoded, note } = decodePayload(schema, payload, 0, payload.length, 8);
    expect(note).toBeUndefined();
    expect(decoded.map(({ name, value }) => [name, value])).toEqual([
      ['Data', '01 02'],
      ['Own', '09'],
      ['Last', '7'],
    ]);
    expect(decoded[1].note).toContain('Only the provider knows');
  });

  it('leaves a type that nobody knows to the decoder, which keeps the fields in front', () => {
    const schema = traceLoggingEventSchema(key, read('00 "E" 00 "A" 00 04 "B" 00 1e'), 'Contoso');
    const { fields, note } = decodePayload(schema, bytesOf('01 02'), 0, 2, 8);
    expect(fields.map(({ name }) => name)).toEqual(['A', '(undecoded)']);
    expect(note).toContain('in-type 30, which is unknown');
  });

  it('does not look behind the size of the item', () => {
    const bytes = Uint8Array.of(...item('00 "E" 00'), 0x41, 0, 4);
    expect(readTraceLoggingSchema(bytes, 0, bytes.length).fields).toEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    ['no size', Uint8Array.of(1), 'would lie at byte 0, but the record has only 1 bytes'],
    ['a size without room for itself', Uint8Array.of(1, 0, 0), 'claims a size of 1 bytes'],
    ['more bytes than there are', Uint8Array.of(99, 0, 0, 0), 'claims 99 bytes, but only 4 are there'],
    ['a name without an end', item('00 "Event"'), "The event's name at byte 3 has no end"],
    ['a tag without an end', item('80 80'), "The event's tag would lie at byte 4"],
    ['a field without a type', item('00 "E" 00 "A" 00'), 'The type of field A'],
    ['more members than fields', item('00 "E" 00 "S" 00 98 02 "X" 00 04'), 'has 2 members, but only 1 follow'],
    ['structs without end', item(`00 "E" 00 ${'"S" 00 98 01 '.repeat(40)}`), 'nest deeper than 16'],
    ['a description that is cut off', item('00 "E" 00 "A" 00 64 09 00 01'), 'The description of field A'],
  ])('refuses %s in a sentence', (_, bytes, sentence) => {
    const run = (): unknown => readTraceLoggingSchema(bytes, 0, bytes.length);
    expect(run).toThrow(SchemaError);
    expect(run).toThrow(sentence);
  });
});

describe('readProviderTraits', () => {
  const group = '{4f50731a-89cf-4782-b3e0-dce8c90476ba}';

  it('reads the name, and the group behind traits it does not know', () => {
    const plain = writeProviderTraits('Contoso.Net');
    expect(readProviderTraits(plain, 0, plain.length)).toEqual({ name: 'Contoso.Net' });
    const grouped = writeProviderTraits('Contoso.Net', group);
    expect(readProviderTraits(grouped, 0, grouped.length)).toEqual({ name: 'Contoso.Net', group });
    const other = item(`"C" 00 04 00 07 ff ${Buffer.from(grouped.subarray(-19)).toString('hex')}`);
    expect(readProviderTraits(other, 0, other.length)).toEqual({ name: 'C', group });
  });

  it('refuses traits that do not fit', () => {
    for (const text of ['"C" 00 02 00 01', '"C" 00 13 00 01 aa', '"C" 00 05 00 01 aa bb', '"C"']) {
      const bytes = item(text);
      expect(() => readProviderTraits(bytes, 0, bytes.length)).toThrow(SchemaError);
    }
  });

  it('reads or refuses anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (rest) => {
        const bytes = Uint8Array.of(rest.length + 2, 0, ...rest);
        expect(['read', 'refused']).toContain(outcome(() => readProviderTraits(bytes, 0, bytes.length)));
      }),
    );
  });
});

describe('writeTraceLoggingSchema', () => {
  it('writes what is read back, with payloads that decode to what was given', () => {
    fc.assert(
      fc.property(traceLoggingSample, fc.constantFrom<(4 | 8)[]>(4, 8), ({ name, fields, values }, pointerSize) => {
        const bytes = writeTraceLoggingSchema(name, fields);
        const schema = readTraceLoggingSchema(bytes, 0, bytes.length);
        expect(schema).toEqual({ name, tags: 0, fields });
        const event = traceLoggingEventSchema(key, schema, 'Contoso');
        const payload = encodePayload(event, values, pointerSize);
        const decoded = decodePayload(event, payload, 0, payload.length, pointerSize);
        expect(decoded.note).toBeUndefined();
        expect(rawValues(decoded.fields, event.fields)).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused in a sentence wherever it is cut off, and read or refused wherever a byte is changed', () => {
    fc.assert(
      fc.property(traceLoggingSample, fc.nat(), fc.nat(255), ({ name, fields }, position, value) => {
        const bytes = writeTraceLoggingSchema(name, fields);
        for (let end = 0; end < bytes.length; end++) {
          expect(outcome(() => readTraceLoggingSchema(bytes, 0, end))).toBe('refused');
        }
        bytes[position % bytes.length] = value;
        expect(['read', 'refused']).toContain(outcome(() => readTraceLoggingSchema(bytes, 0, bytes.length)));
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, SchemaField[]]>([
    ['lengths', [{ name: 'A', inType: InType.UnicodeString, outType: 0, length: 3 }]],
    ['maps', [{ name: 'A', inType: InType.UInt8, outType: 0, map: { name: 'M', bitmap: false, entries: new Map() } }]],
    ['binary of manifests', [{ name: 'A', inType: InType.Binary, outType: 0 }]],
    ['types of classic events', [{ name: 'A', inType: InType.HexDump, outType: 0 }]],
    ['out-types above 127', [{ name: 'A', inType: InType.UInt8, outType: OutType.NoPrint }]],
    [
      'counts elsewhere',
      [
        { name: 'N', inType: InType.UInt16, outType: 0 },
        { name: 'A', inType: InType.UInt8, outType: 0, count: { field: 'N' } },
      ],
    ],
  ])('refuses %s, which such events cannot say', (_, fields) => {
    expect(() => writeTraceLoggingSchema('E', fields)).toThrow(SchemaError);
  });
});
