import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from './test-support/arbitrary-schemas.ts';
import { decodePayload } from './decode.ts';
import type { EventSchema, SchemaField, ValueMap } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { SchemaError } from './schema-error.ts';
import type { MapLookup } from './trace-event-info.ts';
import { parseEventMapInfo, parseTraceEventInfo } from './trace-event-info.ts';
import { mapsOf, writeEventMapInfo, writeTraceEventInfo } from './trace-event-info-writer.ts';

const provider = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
const directions: ValueMap = {
  name: 'Direction',
  bitmap: false,
  entries: new Map([
    [3, 'Rx'],
    [4, 'Tx'],
  ]),
};
const noMaps: MapLookup = () => undefined;

const frame: EventSchema = {
  provider,
  providerName: 'Microsoft-Windows-PktMon',
  id: 160,
  version: 2,
  level: 'Information',
  channel: 'Debug',
  task: 'Frame',
  opcode: 'Seen',
  keywords: ['Payload', 'NblInfo'],
  message: 'PktGroupId %1, Direction %2',
  source: 'file',
  fields: [
    { name: 'PktGroupId', inType: InType.UInt64, outType: 0 },
    { name: 'DirTag', inType: InType.UInt16, outType: 0, map: directions },
    { name: 'Address', inType: InType.Binary, outType: OutType.Ipv6, length: 16 },
    { name: 'Size', inType: InType.UInt16, outType: 0 },
    { name: 'Payload', inType: InType.Binary, outType: OutType.HexBinary, length: { field: 'Size' } },
    { name: 'LayerCount', inType: InType.UInt16, outType: 0 },
    {
      name: 'Layer',
      inType: InType.Null,
      outType: 0,
      count: { field: 'LayerCount' },
      members: [
        { name: 'LayerId', inType: InType.UInt32, outType: 0 },
        { name: 'LayerName', inType: InType.UnicodeString, outType: OutType.String },
      ],
    },
  ],
};

/** The record of `frame` with some bytes overwritten: [offset, value, bytes]. */
function damaged(...changes: [offset: number, value: number, bytes: 2 | 4][]): Uint8Array {
  const payload = writeTraceEventInfo(frame);
  const view = new DataView(payload.buffer);
  for (const [offset, value, bytes] of changes) {
    if (bytes === 2) view.setUint16(offset, value, true);
    else view.setUint32(offset, value, true);
  }
  return payload;
}
const propertyAt = (index: number): number => 0x70 + index * 24;

describe('parseTraceEventInfo', () => {
  it('reads back what writeTraceEventInfo wrote', () => {
    expect(parseTraceEventInfo(writeTraceEventInfo(frame), () => directions)).toEqual({
      schema: frame,
      decodingSource: 0,
      missingMaps: [],
    });
  });

  it('reads back any schema', () => {
    fc.assert(
      fc.property(sample, ({ schema }) => {
        const maps = new Map(mapsOf(schema).map((map) => [map.name, map]));
        const parsed = parseTraceEventInfo(writeTraceEventInfo(schema), (_, name) => maps.get(name));
        expect(parsed.schema).toEqual(schema);
      }),
    );
  });

  it('names the maps that are not known yet and shows their fields as numbers', () => {
    const parsed = parseTraceEventInfo(writeTraceEventInfo(frame), noMaps);
    expect(parsed.missingMaps).toEqual(['Direction']);
    expect(parsed.schema.fields[1]).toEqual({ name: 'DirTag', inType: InType.UInt16, outType: 0 });
  });

  it('asks for maps by the provider of the event', () => {
    const asked: string[] = [];
    parseTraceEventInfo(writeTraceEventInfo(frame), (guid, name) => {
      asked.push(`${guid} ${name}`);
      return undefined;
    });
    expect(asked).toEqual([`${provider} Direction`]);
  });

  it('takes a plain field for no array, although Windows writes the count 1 and the type’s own size', () => {
    const { schema } = parseTraceEventInfo(writeTraceEventInfo(frame), noMaps);
    expect(schema.fields[0]).toEqual({ name: 'PktGroupId', inType: InType.UInt64, outType: 0 });
  });

  it('gives a classic event its class GUID as provider and its opcode as id', () => {
    const payload = damaged([0x30, 1, 4], [0x10, 0x68fdd900, 4]);
    payload[0x25] = 10;
    const { schema } = parseTraceEventInfo(payload, noMaps);
    expect([schema.provider, schema.id]).toEqual(['{68fdd900-0000-0000-0000-000000000000}', 10]);
  });

  it.each<[string, Uint8Array, string]>([
    ['is shorter than its header', writeTraceEventInfo(frame).subarray(0, 0x6f), 'has only 111 bytes'],
    ['claims more properties than it holds', damaged([0x64, 5_000_000, 4]), 'A list of 5000000 properties'],
    ['claims more top-level properties than properties', damaged([0x68, 10, 4]), 'counts 10 top-level properties'],
    ['has a text behind its end', damaged([0x34, 0xffff_fff0, 4]), 'The provider name would lie at byte 4294967280'],
    ['has a struct that contains itself', damaged([propertyAt(6) + 8, 6, 2]), 'Property 6 belongs to two structs'],
    [
      'has a struct of unknown members',
      damaged([propertyAt(6) + 10, 200, 2]),
      'names property 9, but there are only 9',
    ],
    [
      'takes a length from a later field',
      damaged([propertyAt(4) + 18, 5, 2]),
      'The size of Payload is said to be in property 5',
    ],
    [
      'takes a length from itself',
      damaged([propertyAt(4) + 18, 4, 2]),
      'The size of Payload is said to be in property 4',
    ],
    [
      'takes a count from no field at all',
      damaged([propertyAt(6) + 16, 999, 2]),
      'The size of Layer is said to be in property 999',
    ],
    [
      'takes a length from a struct’s member',
      damaged([propertyAt(4) + 18, 7, 2]),
      'The size of Payload is said to be in property 7',
    ],
  ])('refuses a record that %s', (_, payload, sentence) => {
    expect(() => parseTraceEventInfo(payload, noMaps)).toThrow(SchemaError);
    expect(() => parseTraceEventInfo(payload, noMaps)).toThrow(sentence);
  });

  it('refuses a size field that shares its name with a nearer one', () => {
    const sizes: SchemaField[] = [
      { name: 'Size', inType: InType.UInt16, outType: 0 },
      { name: 'Size', inType: InType.UInt16, outType: 0 },
      { name: 'Data', inType: InType.Binary, outType: 0, length: { field: 'Size' } },
    ];
    const payload = writeTraceEventInfo({ ...frame, fields: sizes });
    new DataView(payload.buffer).setUint16(propertyAt(2) + 18, 0, true);
    expect(() => parseTraceEventInfo(payload, noMaps)).toThrow('shares its name with another');
  });

  it('refuses structs that nest without end', () => {
    const nested = (depth: number): SchemaField => ({
      name: `Level${depth}`,
      inType: InType.Null,
      outType: 0,
      members: depth === 0 ? [] : [nested(depth - 1)],
    });
    const payload = writeTraceEventInfo({ ...frame, fields: [nested(20)] });
    expect(() => parseTraceEventInfo(payload, noMaps)).toThrow('Structs nest deeper than 16.');
  });

  it('reads any damaged record to a schema or a SchemaError, and the schema decodes anything', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), bytes, fc.boolean(), (changes, data, wide) => {
        const payload = writeTraceEventInfo(frame);
        const span = wide ? payload.length : 0x70 + 9 * 24;
        for (const [at, value] of changes) payload[at % span] = value;
        const schema = schemaOrError(payload);
        if (schema) expect(decodePayload(schema, data, 0, data.length, 8).fields).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });

  it('reads every cut-off record to a schema or a SchemaError', () => {
    const payload = writeTraceEventInfo(frame);
    for (let length = 0; length < payload.length; length++) schemaOrError(payload.subarray(0, length));
    expect(schemaOrError(payload)).toBeDefined();
  });

  it('ends soon when thousands of properties share one endless name', () => {
    const count = 2700;
    const payload = new Uint8Array(0x70 + count * 24 + 60_000).fill(0x41);
    payload.fill(0, 0, 0x70);
    const view = new DataView(payload.buffer);
    view.setUint32(0x64, count, true);
    view.setUint32(0x68, count, true);
    for (let index = 0; index < count; index++) {
      payload.fill(0, propertyAt(index), propertyAt(index) + 24);
      view.setUint32(propertyAt(index) + 4, 0x70 + count * 24, true);
    }
    expect(() => parseTraceEventInfo(payload, noMaps)).toThrow('has no end');
  });
});

function schemaOrError(payload: Uint8Array): EventSchema | undefined {
  try {
    return parseTraceEventInfo(payload, () => directions).schema;
  } catch (error) {
    expect(error).toBeInstanceOf(SchemaError);
    return undefined;
  }
}

describe('writeTraceEventInfo', () => {
  it('refuses a length that refers to no earlier field', () => {
    const field: SchemaField = { name: 'Data', inType: InType.Binary, outType: 0, length: { field: 'Later' } };
    expect(() => writeTraceEventInfo({ ...frame, fields: [field] })).toThrow('is in Later, which is no field in front');
  });
});

describe('parseEventMapInfo', () => {
  it('reads back what writeEventMapInfo wrote, without the blank behind each text', () => {
    const flags: ValueMap = {
      name: 'TCPFlags',
      bitmap: true,
      entries: new Map([
        [1, 'FIN'],
        [0x8000_0000, 'High'],
      ]),
    };
    for (const map of [directions, flags, { ...directions, entries: new Map() }]) {
      expect(parseEventMapInfo(writeEventMapInfo(provider, map))).toEqual({ provider, map });
    }
  });

  it('reads any damaged or cut-off record to a map or a SchemaError', () => {
    const whole = writeEventMapInfo(provider, directions);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(), fc.integer({ min: 0, max: 255 }), (length, at, value) => {
        const payload = whole.slice(0, length);
        if (length > 0) payload[at % length] = value;
        try {
          parseEventMapInfo(payload);
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
