import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from './test-support/arbitrary-schemas.ts';
import type { DecodedField, DecodedPayload } from './decode.ts';
import { decodePayload } from './decode.ts';
import { encodePayload } from './encode.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';

const header = { providerName: '', level: '', channel: '', task: '', opcode: '', message: '' };
function schemaOf(...fields: SchemaField[]): EventSchema {
  return { provider: '', id: 1, version: 0, keywords: [], source: 'built-in', fields, ...header };
}
function field(name: string, inType: InType, outType = 0, more: Partial<SchemaField> = {}): SchemaField {
  return { name, inType, outType, ...more };
}
function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}
function decode(hex: string, ...fields: SchemaField[]): DecodedPayload {
  const bytes = bytesOf(hex);
  return decodePayload(schemaOf(...fields), bytes, 0, bytes.length, 8);
}
function valueOf(hex: string, inType: InType, outType = 0, more: Partial<SchemaField> = {}): string {
  const { fields, note } = decode(hex, field('Field', inType, outType, more));
  expect(note).toBeUndefined();
  return fields[0].value;
}

describe('decodePayload shows', () => {
  it.each<[string, string, InType, number, string]>([
    ['signed bytes', 'ff', InType.Int8, 0, '-1'],
    ['unsigned shorts', 'ffff', InType.UInt16, 0, '65535'],
    ['64-bit numbers exactly', 'ffffffffffffff7f', InType.Int64, 0, '9223372036854775807'],
    ['hexadecimal numbers', '22000000', InType.HexInt32, 0, '0x22'],
    ['hexadecimal out-types', '2200000000000080', InType.UInt64, OutType.HexInt64, '0x8000000000000022'],
    ['status codes', '220000c0', InType.UInt32, OutType.NtStatus, '0xC0000022'],
    ['floats without the noise of their width', 'cdcccc3d', InType.Float, 0, '0.1'],
    ['doubles', '9a9999999999b93f', InType.Double, 0, '0.1'],
    ['booleans of four bytes', '01000000', InType.Boolean, 0, 'true'],
    ['booleans of one byte', '00', InType.UInt8, OutType.Boolean, 'false'],
    ['pointers in full width', '9014f2cb8393ffff', InType.Pointer, 0, '0xffff9383cbf21490'],
    ['GUIDs', 'd9804f4dbdc8734dbb5b19c90402c5ac', InType.Guid, 0, '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}'],
    ['FILETIMEs', '0080 3ed5 deb1 9d01', InType.FileTime, 0, '1970-01-01T00:00:00.0000000Z'],
    ['SYSTEMTIMEs', 'e807 0600 0100 0a00 1400 1200 2300 e901', InType.SystemTime, 0, '2024-06-10T20:18:35.489'],
    ['SIDs', '0105 000000000005 15000000 01000000 02000000 03000000 f4010000', InType.Sid, 0, 'S-1-5-21-1-2-3-500'],
    ['IPv4 addresses', 'c0000201', InType.UInt32, OutType.Ipv4, '192.0.2.1'],
    ['IPv6 addresses', '20010db8000000000000000000000001', InType.Binary, OutType.Ipv6, '2001:db8::1'],
    ['ports in network order', '01bb', InType.UInt16, OutType.Port, '443'],
    [
      'IPv4 socket addresses',
      '0200 01bb c0000201 0000000000000000',
      InType.Binary,
      OutType.SocketAddress,
      '192.0.2.1:443',
    ],
    [
      'socket addresses of an unknown family as bytes',
      '0900 01bb c0000201',
      InType.Binary,
      OutType.SocketAddress,
      '09 00 01 bb c0 00 02 01',
    ],
    ['zero-terminated text', '6100620000 00', InType.UnicodeString, 0, 'ab'],
    ['ANSI text in UTF-8', 'c3a400', InType.AnsiString, 0, 'ä'],
    ['ANSI text in the Western code page', 'e400', InType.AnsiString, 0, 'ä'],
    ['text behind its own byte count', '0400 6100 6200', InType.ManifestCountedString, 0, 'ab'],
    ['ANSI text behind its own byte count', '0200 6162', InType.ManifestCountedAnsiString, 0, 'ab'],
    ['binary behind its own byte count', '0200 6162', InType.ManifestCountedBinary, 0, '61 62'],
    ['nothing for a null field', '', InType.Null, 0, ''],
  ])('%s', (_, hex, inType, outType, value) => {
    expect(valueOf(hex, inType, outType)).toBe(value);
  });

  it('pointers of 32-bit processes in four bytes', () => {
    const bytes = bytesOf('efbeadde');
    const { fields } = decodePayload(schemaOf(field('At', InType.Pointer)), bytes, 0, 4, 4);
    expect(fields[0]).toEqual({ name: 'At', value: '0xdeadbeef', raw: 0xdeadbeefn, start: 0, length: 4 });
  });

  it('six bytes as a MAC address where the name says so', () => {
    const mac = (name: string): string =>
      decode('00155d010203', field(name, InType.Binary, 0, { length: 6 })).fields[0].value;
    for (const name of ['DestinationMAC', 'MacAddress1', 'PhysAddress', 'SourceMac'])
      expect(mac(name)).toBe('00-15-5D-01-02-03');
    expect(mac('Machine')).toBe('00 15 5d 01 02 03');
  });

  it('binary cut at 64 bytes, with its length', () => {
    expect(valueOf('ab'.repeat(70), InType.Binary)).toBe(
      `${Array.from({ length: 64 }, () => 'ab').join(' ')} … (70 bytes)`,
    );
  });

  it('text whose length is counted in UTF-16 units, ANSI text and binary in bytes', () => {
    const size = field('Len', InType.UInt8);
    const length = { field: 'Len' };
    const values = (inType: InType, hex: string): string[] =>
      decode(hex, size, field('Value', inType, 0, { length })).fields.map(({ value }) => value);
    expect(values(InType.UnicodeString, '02 6100 6200')).toEqual(['2', 'ab']);
    expect(values(InType.AnsiString, '02 61 62')).toEqual(['2', 'ab']);
    expect(values(InType.Binary, '02 61 62')).toEqual(['2', '61 62']);
  });

  it('fixed text buffers without the zeros that fill them up', () => {
    expect(valueOf('6100 0000 0000', InType.UnicodeString, 0, { length: 3 })).toBe('a');
  });
});

describe('decodePayload with maps', () => {
  const reasons = { name: 'Reason', bitmap: false, entries: new Map([[9, 'Filtered VLAN']]) };
  const flags = {
    name: 'Flags',
    bitmap: true,
    entries: new Map([
      [2, 'SYN'],
      [16, 'ACK'],
      [0x8000_0000, 'High'],
    ]),
  };

  it('shows the text with the number, and the text alone as label', () => {
    const [mapped] = decode('09000000', field('DropReason', InType.UInt32, 0, { map: reasons })).fields;
    expect(mapped).toEqual({
      name: 'DropReason',
      value: 'Filtered VLAN (9)',
      label: 'Filtered VLAN',
      raw: 9,
      start: 0,
      length: 4,
    });
  });

  it('shows a number that the map does not know as the number', () => {
    const [unknown] = decode('0a000000', field('DropReason', InType.UInt32, OutType.HexInt32, { map: reasons })).fields;
    expect(unknown).toEqual({ name: 'DropReason', value: '0xa', raw: 10, start: 0, length: 4 });
  });

  it('shows combined flags, what has no name in hexadecimal', () => {
    const shown = (hex: string): string =>
      decode(hex, field('Flags', InType.UInt32, 0, { map: flags })).fields[0].value;
    expect(shown('12000000')).toBe('SYN | ACK (18)');
    expect(shown('03000080')).toBe('SYN | High | 0x1 (2147483651)');
    expect(shown('00000000')).toBe('0');
    expect(shown('01000000')).toBe('1');
  });
});

describe('decodePayload with arrays and structs', () => {
  const count = field('Count', InType.UInt32);
  const point = field('Point', InType.Null, 0, {
    count: { field: 'Count' },
    members: [field('X', InType.UInt8), field('Name', InType.UnicodeString)],
  });

  it('shows the elements as children', () => {
    const { fields, note } = decode('02000000 01 61000000 02 0000', count, point);
    expect(note).toBeUndefined();
    expect(fields[1].value).toBe('[{X: 1, Name: a}, {X: 2, Name: }]');
    expect(fields[1].children?.map(({ name, start, length }) => [name, start, length])).toEqual([
      ['[0]', 4, 5],
      ['[1]', 9, 3],
    ]);
  });

  it('stops where a damaged count asks for more than the payload holds', () => {
    const { fields, note } = decode(
      'ffffffff 0102 0304',
      count,
      field('Value', InType.UInt16, 0, { count: { field: 'Count' } }),
    );
    expect(fields[1].children).toHaveLength(2);
    expect(note).toBe(
      'Field Value needs 2 bytes, but the payload ends before it. It is element 3 of 4294967295 in Value.',
    );
  });

  it('shows 1,000 elements and passes over the others', () => {
    const bytes = new Uint8Array(4 + 1500);
    new DataView(bytes.buffer).setUint32(0, 1499, true);
    const schema = schemaOf(
      count,
      field('Value', InType.UInt8, 0, { count: { field: 'Count' } }),
      field('Last', InType.UInt8),
    );
    const { fields, note } = decodePayload(schema, bytes, 0, bytes.length, 8);
    expect(note).toBeUndefined();
    expect(fields[1].children).toHaveLength(1000);
    expect(fields[1].note).toBe('Only the first 1000 of 1499 elements are shown.');
    expect([fields[1].length, fields[2].start]).toEqual([1499, 1503]);
  });

  it('ends soon with elements that take no bytes, however many nest', () => {
    const nested = (depth: number): SchemaField =>
      field(`D${depth}`, InType.Null, 0, {
        count: { field: 'Count' },
        members: depth === 0 ? [field('Nothing', InType.Null)] : [nested(depth - 1)],
      });
    const { note } = decode('ffffffff', count, nested(6));
    expect(note).toContain('more than 100000 values');
  });

  it('looks a size up in its struct first, then around it', () => {
    const inner = field('Data', InType.Binary, 0, { length: { field: 'Count' } });
    const shadowing = field('S', InType.Null, 0, { members: [field('Count', InType.UInt8), inner] });
    const outside = field('T', InType.Null, 0, { members: [inner] });
    const { fields, note } = decode('01000000 02 aabb cc', count, shadowing, outside);
    expect(note).toBeUndefined();
    expect([fields[1].value, fields[2].value]).toEqual(['{Count: 2, Data: aa bb}', '{Data: cc}']);
  });
});

describe('decodePayload of a payload that does not fit', () => {
  const fields = [field('A', InType.UInt16), field('B', InType.UInt32)];

  it('says which field the payload is too short for, and keeps its bytes', () => {
    expect(decode('0100 020304', ...fields)).toEqual({
      fields: [
        { name: 'A', value: '1', raw: 1, start: 0, length: 2 },
        {
          name: '(undecoded)',
          value: '02 03 04',
          raw: bytesOf('020304'),
          start: 2,
          length: 3,
          note: 'Decoding stopped in front of these bytes.',
        },
      ],
      note: 'Field B needs 4 bytes, but only 3 bytes are left.',
    });
  });

  it('shows bytes behind the last field', () => {
    const { fields: decoded, note } = decode('0100 02000000 ff', ...fields);
    expect(note).toBe('1 byte follows the last field that the schema knows.');
    expect(decoded[2]).toMatchObject({ name: '(undecoded)', value: 'ff', start: 6, length: 1 });
  });

  it('shows as much of a cut-off binary as there is', () => {
    const { fields: decoded, note } = decode(
      '04 aabb',
      field('Size', InType.UInt8),
      field('Data', InType.Binary, 0, { length: { field: 'Size' } }),
    );
    expect(decoded[1]).toMatchObject({ value: 'aa bb', start: 1, length: 2, note: 'Cut short: 2 of 4 bytes.' });
    expect(note).toBe('Field Data needs 4 bytes, but only 2 bytes are left.');
  });

  it('tells text whose end is missing', () => {
    const { fields: decoded, note } = decode('6100 6200', field('Text', InType.UnicodeString));
    expect(decoded[0].value).toBe('ab');
    expect(note).toBe('Text Text has no closing zero: the payload ends inside it.');
  });

  it('does not go past an in-type it does not know', () => {
    const { fields: decoded, note } = decode('01020304', field('Odd', 77));
    expect(decoded.map(({ name }) => name)).toEqual(['(undecoded)']);
    expect(note).toBe('Field Odd has the in-type 77, which is unknown; the rest is not decoded.');
  });

  it('does not take a size from a field that is no number', () => {
    const { note } = decode(
      '61000000 01',
      field('Text', InType.UnicodeString),
      field('Data', InType.Binary, 0, { length: { field: 'Text' } }),
    );
    expect(note).toBe('The length of Data comes from Text, which is no such number.');
  });

  it('takes the first alternative that fits exactly, else the schema itself', () => {
    const schema: EventSchema = { ...schemaOf(...fields), alternatives: [schemaOf(field('Only', InType.UInt16))] };
    const names = (hex: string): string[] =>
      decodePayload(schema, bytesOf(hex), 0, bytesOf(hex).length, 8).fields.map(({ name }) => name);
    expect(names('0100 02000000')).toEqual(['A', 'B']);
    expect(names('0100')).toEqual(['Only']);
    expect(names('0100 02')).toEqual(['A', '(undecoded)']);
  });

  it('reads bytes in shared memory', () => {
    const bytes = new Uint8Array(new SharedArrayBuffer(6));
    bytes.set(bytesOf('6100 0000 6200'));
    const schema = schemaOf(field('Wide', InType.UnicodeString), field('Ansi', InType.AnsiString, 0, { length: 2 }));
    expect(decodePayload(schema, bytes, 0, 6, 8).fields.map(({ value }) => value)).toEqual(['a', 'b']);
  });

  it('stays inside the bytes, whatever range it is given', () => {
    const schema = schemaOf(field('A', InType.UInt8), field('Rest', InType.Binary));
    for (const [start, end] of [
      [0, 99],
      [-5, 2],
      [3, 1],
      [9, 9],
    ]) {
      const { fields: decoded } = decodePayload(schema, bytesOf('0102'), start, end, 8);
      expect(decoded.every(({ start: from, length }) => from >= 0 && from + length <= 2)).toBe(true);
    }
  });
});

describe('decodePayload of anything', () => {
  it('decodes every prefix of a payload, with fields that lie side by side inside it', () => {
    fc.assert(
      fc.property(sample, ({ schema, pointerSize, given }) => {
        const payload = encodePayload(schema, given, pointerSize);
        for (let end = 0; end <= payload.length; end += 1 + (payload.length >> 7)) {
          const { fields } = decodePayload(schema, payload, 0, end, pointerSize);
          expectSideBySide(fields, 0, end);
        }
      }),
    );
  });

  it('decodes random bytes by random schemas', () => {
    fc.assert(
      fc.property(sample, fc.uint8Array({ maxLength: 300 }), ({ schema, pointerSize }, bytes) => {
        const { fields } = decodePayload(schema, bytes, 0, bytes.length, pointerSize);
        expectSideBySide(fields, 0, bytes.length);
        expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length);
      }),
      { numRuns: 300 },
    );
  });
});

function expectSideBySide(fields: readonly DecodedField[], start: number, end: number): void {
  let at = start;
  for (const { start: from, length, children } of fields) {
    expect(from).toBe(at);
    expect(from + length).toBeLessThanOrEqual(end);
    if (children) expectSideBySide(children, from, from + length);
    at = from + length;
  }
}
