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
    ['NTSTATUS by name', '220000c0', InType.UInt32, OutType.NtStatus, 'STATUS_ACCESS_DENIED (0xC0000022)'],
    ['NTSTATUS in signed numbers', '220000c0', InType.Int32, OutType.NtStatus, 'STATUS_ACCESS_DENIED (0xC0000022)'],
    ['Win32 errors by name', '05000000', InType.UInt32, OutType.Win32Error, 'ERROR_ACCESS_DENIED (5)'],
    ['HRESULTs by name', '00000000', InType.Int32, OutType.HResult, 'S_OK (0x00000000)'],
    ['error codes of any kind', '0d0000c0', InType.UInt32, OutType.ErrorCode, 'STATUS_INVALID_PARAMETER (0xC000000D)'],
    ['process ids', '04000000', InType.UInt32, OutType.Pid, '4'],
    ['bytes in hexadecimal', 'fe', InType.Int8, OutType.HexInt8, '0xfe'],
    ['code pointers', '0010000000f8ffff', InType.UInt64, OutType.CodePointer, '0xfffff80000001000'],
    ['pointers that are plain numbers', '0500000000000000', InType.Pointer, OutType.UInt64, '5'],
    ['sizes like pointers', '0500000000000000', InType.SizeT, 0, '0x0000000000000005'],
    ['booleans of eight bytes', '0100000000000000', InType.UInt64, OutType.Boolean, 'true'],
    ['booleans of two bytes that are neither', '0700', InType.UInt16, OutType.Boolean, 'true (7)'],
    ['numbers as such where the out-type belongs to another type', '4d', InType.UInt8, OutType.DateTime, '77'],
    [
      'statuses in hexadecimal numbers',
      '220000c0',
      InType.HexInt32,
      OutType.NtStatus,
      'STATUS_ACCESS_DENIED (0xC0000022)',
    ],
    ['characters', '4100', InType.UnicodeChar, 0, 'A'],
    ['ANSI characters', '41', InType.AnsiChar, 0, 'A'],
    ['small integers that are text', '41', InType.Int8, OutType.String, 'A'],
    ['control characters as numbers', '0a', InType.AnsiChar, 0, '10'],
    ['64-bit FILETIMEs', '0080 3ed5 deb1 9d01', InType.UInt64, OutType.DateTimeUtc, '1970-01-01T00:00:00.0000000Z'],
    [
      'SYSTEMTIMEs that are UTC',
      'e807 0600 0100 0a00 1400 1200 2300 e901',
      InType.SystemTime,
      OutType.DateTimeUtc,
      '2024-06-10T20:18:35.489Z',
    ],
    ['ETW times as plain numbers', '10270000', InType.UInt32, OutType.EtwTime, '10000'],
    ['texts of classic events', '0400 6100 6200', InType.CountedString, 0, 'ab'],
    ['texts of classic events in ANSI', '0200 6162', InType.CountedAnsiString, 0, 'ab'],
    ['texts behind a byte count in network order', '0004 6100 6200', InType.ReversedCountedString, 0, 'ab'],
    ['ANSI texts behind a byte count in network order', '0002 6162', InType.ReversedCountedAnsiString, 0, 'ab'],
    ['text that fills the payload', '6100 6200', InType.NonNullTerminatedString, 0, 'ab'],
    ['ANSI text that fills the payload', '6162', InType.NonNullTerminatedAnsiString, 0, 'ab'],
    ['hexadecimal dumps', '02000000 6162', InType.HexDump, 0, '61 62'],
    [
      'SIDs behind two pointers',
      '502bed01a0f8ffff 0000000049004e00 010100000000000512000000',
      InType.WbemSid,
      0,
      'S-1-5-18',
    ],
    [
      'SIDs behind pointers that were cleaned away',
      '0000000000000000 0000000000000000 010100000000000512000000',
      InType.WbemSid,
      0,
      'S-1-5-18',
    ],
    ['no SID', '00000000', InType.WbemSid, 0, ''],
    ['JSON in UTF-8 even where it is damaged', '7bff7d00', InType.AnsiString, OutType.Json, '{\ufffd}'],
    ['IPv4 addresses in bytes', '0400 c0000201', InType.ManifestCountedBinary, OutType.Ipv4, '192.0.2.1'],
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
    expect(fields[0]).toEqual({
      name: 'At',
      type: 'Pointer',
      value: '0xdeadbeef',
      raw: 0xdeadbeefn,
      start: 0,
      length: 4,
    });
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

describe('decodePayload names types', () => {
  it.each<[string, SchemaField]>([
    ['UInt32', field('A', InType.UInt32)],
    ['UInt32', field('A', InType.UInt32, OutType.UInt32)],
    ['HexInt32', field('A', InType.UInt32, OutType.HexInt32)],
    ['NTSTATUS', field('A', InType.UInt32, OutType.NtStatus)],
    ['IPv4', field('A', InType.UInt32, OutType.Ipv4)],
    ['Port', field('A', InType.UInt16, OutType.Port)],
    ['UInt8', field('A', InType.UInt8, OutType.DateTime)],
    ['DateTime', field('A', InType.UInt64, OutType.DateTime)],
    ['SizeT', field('A', InType.SizeT)],
    ['PID', field('A', InType.UInt32, OutType.Pid)],
    ['Boolean', field('A', InType.UInt8, OutType.Boolean)],
    ['AnsiChar', field('A', InType.UInt8, OutType.String)],
    ['UnicodeString', field('A', InType.UnicodeString, OutType.String)],
    ['Json', field('A', InType.UnicodeString, OutType.Json)],
    ['IPv6', field('A', InType.Binary, OutType.Ipv6)],
    ['SocketAddress', field('A', InType.ManifestCountedBinary, OutType.SocketAddress)],
    ['MAC', field('SourceMac', InType.Binary, 0, { length: 6 })],
    ['Binary', field('Data', InType.Binary, OutType.HexBinary, { length: 6 })],
    ['GUID', field('A', InType.Guid, OutType.Guid)],
    ['FILETIME', field('A', InType.FileTime, OutType.DateTime)],
    ['SID', field('A', InType.Sid, OutType.String)],
    ['UInt16[]', field('A', InType.UInt16, 0, { count: 2 })],
    ['Struct', field('A', InType.Null, 0, { members: [] })],
    ['Struct[]', field('A', InType.Null, 0, { members: [], count: 1 })],
  ])('%s', (name, described) => {
    const payload = encodePayload(schemaOf(described), {}, 8);
    expect(decodePayload(schemaOf(described), payload, 0, payload.length, 8).fields[0].type).toBe(name);
  });

  it('of elements as of the array without its brackets', () => {
    const [array] = decode('0100 0200', field('A', InType.UInt16, OutType.Port, { count: 2 })).fields;
    expect([array.type, array.children?.[0].type]).toEqual(['Port[]', 'Port']);
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
      type: 'UInt32',
      value: 'Filtered VLAN (9)',
      label: 'Filtered VLAN',
      raw: 9,
      start: 0,
      length: 4,
    });
  });

  it('shows a number that the map does not know as the number', () => {
    const [unknown] = decode('0a000000', field('DropReason', InType.UInt32, OutType.HexInt32, { map: reasons })).fields;
    expect(unknown).toEqual({
      name: 'DropReason',
      type: 'HexInt32',
      value: '0xa',
      raw: 10,
      start: 0,
      length: 4,
    });
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

describe('decodePayload where the layout leaves a length out', () => {
  const unknown = field('Data', InType.Binary);

  it('gives the field what fields of fixed size behind it leave, and says so', () => {
    const behind = [
      field('Port', InType.UInt16),
      field('Pair', InType.UInt8, 0, { count: 2 }),
      field('Inner', InType.Null, 0, { members: [field('X', InType.UInt8)] }),
    ];
    const { fields, note } = decode('aabbcc 0100 0203 04', unknown, ...behind);
    expect(note).toBeUndefined();
    expect(fields.map(({ value }) => value)).toEqual(['aa bb cc', '1', '[2, 3]', '{X: 4}']);
    expect(fields[0].note).toBe('Its length is not known: it takes what the fields behind it leave.');
  });

  it('does so inside a last struct, with what stands behind the struct', () => {
    const struct = field('S', InType.Null, 0, { members: [unknown, field('A', InType.UInt8)] });
    const { fields, note } = decode('aabb 01 02', struct, field('B', InType.UInt8));
    expect(note).toBeUndefined();
    expect(fields.map(({ value }) => value)).toEqual(['{Data: aa bb, A: 1}', '2']);
  });

  it('leaves the field empty where the others need all', () => {
    const { fields, note } = decode('0100', unknown, field('Port', InType.UInt16));
    expect([note, fields[0].length, fields[1].value]).toEqual([undefined, 0, '1']);
    expect(decode('01', unknown, field('Port', InType.UInt16)).note).toContain('Field Port needs 2 bytes');
  });

  it('does not let a field of a senseless count mislead it', () => {
    const { fields } = decode('aabb', unknown, field('Odd', InType.UInt8, 0, { count: -1 }));
    expect(fields.map(({ value }) => value)).toEqual(['aa bb']);
  });

  it('says nothing about a last field', () => {
    expect(decode('aabb', unknown).fields[0].note).toBeUndefined();
  });

  it('stops where what follows has no known length either', () => {
    const { fields, note } = decode('aabb 6100 0000', unknown, field('Text', InType.UnicodeString));
    expect(fields.map(({ name }) => name)).toEqual(['Data']);
    expect(fields[0].note).toBe('Its length is not known: it takes the rest of the payload.');
    expect(note).toContain('Neither the length of Data is known nor that of what follows it');
  });
});

describe('decodePayload of a doubtful layout', () => {
  const doubt = 'The manifest does not say whether this is an address.';

  it('carries the doubt with the field, in front of what is wrong with it', () => {
    const { fields } = decode('01000000', field('A', InType.UInt32, OutType.Ipv4, { doubt }));
    expect(fields[0]).toMatchObject({ value: '1.0.0.0', note: doubt });
    const cut = decode('aa', field('A', InType.Binary, 0, { length: 2, doubt })).fields[0];
    expect(cut.note).toBe(`${doubt} Cut short: 1 of 2 bytes.`);
  });

  it('tells it once for an array and for a struct', () => {
    const array = decode('0102', field('A', InType.UInt8, 0, { count: 2, doubt })).fields[0];
    expect([array.note, array.children?.[0].note]).toEqual([doubt, undefined]);
    const struct = field('S', InType.Null, 0, { members: [field('X', InType.UInt8)], doubt });
    expect(decode('01', struct).fields[0].note).toBe(doubt);
  });

  it('tells it with the problem where the field could not be read at all', () => {
    const { note } = decode('01', field('A', InType.UInt32, 0, { doubt }));
    expect(note).toBe(`Field A needs 4 bytes, but only 1 byte is left. ${doubt}`);
  });
});

describe('decodePayload of a payload that does not fit', () => {
  const fields = [field('A', InType.UInt16), field('B', InType.UInt32)];

  it('says which field the payload is too short for, and keeps its bytes', () => {
    expect(decode('0100 020304', ...fields)).toEqual({
      fields: [
        { name: 'A', type: 'UInt16', value: '1', raw: 1, start: 0, length: 2 },
        {
          name: '(undecoded)',
          type: 'Binary',
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

  it.each<[string, InType, string]>([
    ['a counted text', InType.ManifestCountedString, 'ff00 6100 6200'],
    ['a text whose count is in network order', InType.ReversedCountedString, '00ff 6100 6200'],
    ['a dump', InType.HexDump, 'ffffffff 6100'],
  ])('shows as much of %s as there is', (_, inType, hex) => {
    const { fields: decoded, note } = decode(hex, field('Data', inType));
    expect(decoded[0].length).toBe(bytesOf(hex).length);
    expect(decoded[0].note).toContain('Cut short');
    expect(note).toContain('Field Data needs');
  });

  it('keeps the elements in front of the one that does not fit, and the bytes of that', () => {
    const { fields: decoded, note } = decode('0100 02', field('A', InType.UInt16, 0, { count: 2 }));
    expect(decoded.map(({ name, value }) => [name, value])).toEqual([
      ['A', '[1]'],
      ['(undecoded)', '02'],
    ]);
    expect(note).toBe('Field A needs 2 bytes, but only 1 byte is left. It is element 2 of 2 in A.');
  });

  it.each([
    ['is none', InType.Sid, '0205000000000005'],
    ['is none behind its pointers', InType.WbemSid, '01'.repeat(16) + '0205000000000005'],
  ])('keeps the bytes of a SID that %s', (_, inType, hex) => {
    const { fields: decoded, note } = decode(hex, field('User', inType));
    expect(decoded.map(({ name }) => name)).toEqual(['(undecoded)']);
    expect(note).toBe('Field User holds no SID.');
  });

  it('tells structs that nest without end', () => {
    const deep = (depth: number): SchemaField =>
      field('S', InType.Null, 0, { members: depth === 0 ? [field('X', InType.UInt8)] : [deep(depth - 1)] });
    expect(decode('01', deep(31)).note).toBeUndefined();
    expect(decode('01', deep(40)).note).toBe('Field S nests structs deeper than 32.');
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
