import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from './test-support/arbitrary-schemas.ts';
import { rawValues } from './test-support/raw-values.ts';
import { decodePayload } from './decode.ts';
import { encodePayload } from './encode.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { SchemaError } from './schema-error.ts';

function schemaOf(...fields: SchemaField[]): EventSchema {
  const provider = '{11111111-2222-3333-4444-555555555555}';
  const texts = { providerName: '', level: '', channel: '', task: '', opcode: '', message: '' };
  return { provider, id: 1, version: 0, keywords: [], source: 'built-in', fields, ...texts };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('encodePayload', () => {
  it('writes what decodePayload reads back, whatever the schema', () => {
    fc.assert(
      fc.property(sample, ({ schema, pointerSize, given, expected }) => {
        const payload = encodePayload(schema, given, pointerSize);
        const decoded = decodePayload(schema, payload, 0, payload.length, pointerSize);
        expect(decoded.note).toBeUndefined();
        expect(rawValues(decoded.fields, schema.fields)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('fills in the length and count fields that others refer to', () => {
    const schema = schemaOf(
      { name: 'NameLen', inType: InType.UInt16, outType: 0 },
      { name: 'Name', inType: InType.UnicodeString, outType: 0, length: { field: 'NameLen' } },
      { name: 'Ports', inType: InType.UInt8, outType: 0 },
      { name: 'Port', inType: InType.UInt16, outType: 0, count: { field: 'Ports' } },
    );
    expect(hex(encodePayload(schema, { Name: 'ab', Port: [1, 2, 3] }, 8))).toBe(
      '0200' + '61006200' + '03' + '010002000300',
    );
  });

  it('takes addresses, GUIDs, times, map texts and hexadecimal numbers as text', () => {
    const schema = schemaOf(
      { name: 'Source', inType: InType.UInt32, outType: OutType.Ipv4 },
      { name: 'Port', inType: InType.UInt16, outType: OutType.Port },
      { name: 'Mac', inType: InType.Binary, outType: 0, length: 6 },
      { name: 'Target', inType: InType.Binary, outType: OutType.Ipv6, length: 16 },
      { name: 'Peer', inType: InType.Binary, outType: OutType.SocketAddress, length: 16 },
      {
        name: 'Direction',
        inType: InType.UInt8,
        outType: 0,
        map: { name: 'D', bitmap: false, entries: new Map([[3, 'Rx']]) },
      },
      { name: 'Status', inType: InType.UInt32, outType: 0 },
      { name: 'At', inType: InType.FileTime, outType: 0 },
    );
    const texts = {
      Source: '192.0.2.1',
      Port: 80,
      Mac: '00-15-5D-01-02-03',
      Target: '2001:db8::1',
      Peer: '198.51.100.7:443',
      Direction: 'Rx',
      Status: '0xc0000022',
      At: '2024-06-10T20:18:35.4891721Z',
    };
    const payload = encodePayload(schema, texts, 8);
    const { fields } = decodePayload(schema, payload, 0, payload.length, 8);
    expect(fields.map((field) => field.value)).toEqual([
      '192.0.2.1',
      '80',
      '00-15-5D-01-02-03',
      '2001:db8::1',
      '198.51.100.7:443',
      'Rx (3)',
      '3221225506',
      '2024-06-10T20:18:35.4891721Z',
    ]);
  });

  it('writes zeros and empty texts for what is missing', () => {
    const schema = schemaOf(
      { name: 'Number', inType: InType.UInt32, outType: 0 },
      { name: 'Text', inType: InType.UnicodeString, outType: 0 },
      { name: 'Id', inType: InType.Guid, outType: 0 },
      { name: 'Point', inType: InType.Null, outType: 0, members: [{ name: 'X', inType: InType.UInt16, outType: 0 }] },
    );
    expect(hex(encodePayload(schema, {}, 8))).toBe('00'.repeat(4 + 2 + 16 + 2));
  });

  it('keeps the layout when an explicit length disagrees with the value', () => {
    const schema = schemaOf(
      { name: 'Size', inType: InType.UInt8, outType: 0 },
      { name: 'Data', inType: InType.Binary, outType: 0, length: { field: 'Size' } },
    );
    expect(hex(encodePayload(schema, { Size: 4, Data: Uint8Array.of(1, 2) }, 8))).toBe('0401020000');
    expect(hex(encodePayload(schema, { Size: 1, Data: Uint8Array.of(1, 2) }, 8))).toBe('0101');
  });

  it('fills a length outside a struct by the longest of its elements', () => {
    const schema = schemaOf(
      { name: 'Width', inType: InType.UInt8, outType: 0 },
      { name: 'Rows', inType: InType.UInt8, outType: 0 },
      {
        name: 'Row',
        inType: InType.Null,
        outType: 0,
        count: { field: 'Rows' },
        members: [{ name: 'Cell', inType: InType.AnsiString, outType: 0, length: { field: 'Width' } }],
      },
    );
    expect(hex(encodePayload(schema, { Row: [{ Cell: 'a' }, { Cell: 'bcd' }] }, 8))).toBe('0302' + '610000' + '626364');
  });

  it('says which field does not take a value', () => {
    const schema = schemaOf({ name: 'Id', inType: InType.Guid, outType: 0 });
    expect(() => encodePayload(schema, { Id: 'seven' }, 8)).toThrow(SchemaError);
    expect(() => encodePayload(schema, { Id: 'seven' }, 8)).toThrow('Field Id takes a GUID, and “seven” is none.');
  });
});
