/** Random schemas with values that fit them, for property tests of this folder. */
import * as fc from 'fast-check';
import type { EncodableRecord, EncodableValue } from '../encode.ts';
import type { EventSchema, SchemaField } from '../event-schema.ts';
import { InType, OutType } from '../event-schema.ts';
import type { PointerSize } from '../in-types.ts';

/** A schema, values for encodePayload, and what decodePayload must make of them. */
export interface Sample {
  readonly schema: EventSchema;
  readonly pointerSize: PointerSize;
  readonly given: EncodableRecord;
  /** Like `given`, with the lengths and counts that are filled in. */
  readonly expected: EncodableRecord;
}

/** A plain field, or a field with the size field that belongs in front of it. */
interface Part {
  readonly fields: readonly SchemaField[];
  readonly given: EncodableRecord;
  readonly expected: EncodableRecord;
}
type NamedPart = (name: string) => Part;

/** Well-formed text without zeros. A byte-order mark in front would be taken as such. */
export const text: fc.Arbitrary<string> = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((string) => string.replaceAll('\0', '').replace(/^\u{feff}+/u, ''));
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/);
const bytes = fc.uint8Array({ maxLength: 80 });

function plain(inType: InType, outType: number, value: fc.Arbitrary<EncodableValue>, more: Partial<SchemaField> = {}) {
  return value.map((raw) => (name: string): Part => {
    const values = { [name]: raw };
    return { fields: [{ name, inType, outType, ...more }], given: values, expected: values };
  });
}

const outType = fc.constantFrom<number[]>(
  0,
  OutType.String,
  OutType.Boolean,
  OutType.HexInt32,
  OutType.ErrorCode,
  OutType.Win32Error,
  OutType.NtStatus,
  OutType.HResult,
  OutType.CodePointer,
  OutType.Pid,
);
/** Out-types of text change how bytes are read only where they are no UTF-8. */
const textOutType = fc.constantFrom<number[]>(OutType.Null, OutType.String, OutType.Xml, OutType.Json, OutType.Utf8);
const map = {
  name: 'Colour',
  bitmap: false,
  entries: new Map([
    [1, 'red'],
    [2, 'green'],
  ]),
};
const flags = {
  name: 'Flags',
  bitmap: true,
  entries: new Map([
    [1, 'a'],
    [2, 'b'],
    [0x8000_0000, 'c'],
  ]),
};

function integer(inType: InType, min: number, max: number): fc.Arbitrary<NamedPart> {
  const value = fc.integer({ min, max });
  return fc.oneof(
    outType.chain((out) => plain(inType, out, value)),
    plain(inType, 0, value, { map }),
    plain(inType, 0, value, { map: flags }),
  );
}

const guid = fc.uuid().map((uuid) => `{${uuid}}`);
const sid = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 47 }), fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 15 }))
  .map(([authority, parts]) => ['S-1', authority, ...parts].join('-'));
const systemTime = fc
  .date({ min: new Date('1601-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, -1));

const unsigned64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** In-types of classic classes only: TRACE_EVENT_INFO has them, manifests and TraceLogging do not. */
function classicScalar(pointerSize: PointerSize): fc.Arbitrary<NamedPart> {
  return fc.oneof(
    plain(InType.CountedString, 0, text),
    plain(InType.CountedAnsiString, 0, text),
    plain(InType.ReversedCountedString, 0, text),
    plain(InType.ReversedCountedAnsiString, 0, text),
    plain(InType.UnicodeChar, 0, fc.integer({ min: 0, max: 2 ** 16 - 1 })),
    plain(InType.AnsiChar, 0, fc.integer({ min: 0, max: 255 })),
    plain(InType.SizeT, 0, fc.bigInt({ min: 0n, max: 2n ** BigInt(pointerSize * 8) - 1n })),
    plain(InType.HexDump, 0, bytes),
    plain(InType.WbemSid, 0, sid),
  );
}

/** Values whose extent the schema or the value itself tells. */
function scalar(pointerSize: PointerSize): fc.Arbitrary<NamedPart> {
  return fc.oneof(
    integer(InType.Int8, -128, 127),
    integer(InType.UInt8, 0, 255),
    integer(InType.Int16, -(2 ** 15), 2 ** 15 - 1),
    integer(InType.UInt16, 0, 2 ** 16 - 1),
    integer(InType.Int32, -(2 ** 31), 2 ** 31 - 1),
    integer(InType.UInt32, 0, 2 ** 32 - 1),
    plain(InType.HexInt32, 0, fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    plain(InType.UInt32, OutType.Ipv4, fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    plain(InType.UInt16, OutType.Port, fc.integer({ min: 0, max: 2 ** 16 - 1 })),
    plain(InType.Int64, 0, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    plain(InType.UInt64, 0, unsigned64),
    plain(InType.UInt64, OutType.HexInt64, unsigned64),
    plain(InType.UInt64, OutType.Boolean, unsigned64),
    plain(InType.UInt64, OutType.DateTime, unsigned64),
    plain(InType.UInt64, 0, unsigned64, { map: flags }),
    plain(InType.HexInt64, 0, unsigned64),
    plain(InType.FileTime, 0, unsigned64),
    plain(InType.Pointer, 0, fc.bigInt({ min: 0n, max: 2n ** BigInt(pointerSize * 8) - 1n })),
    plain(InType.Float, 0, fc.float({ noNaN: true })),
    plain(InType.Double, 0, fc.double({ noNaN: true })),
    plain(InType.Boolean, 0, fc.boolean()),
    classicScalar(pointerSize),
    plain(InType.Guid, OutType.Guid, guid),
    plain(InType.Sid, 0, sid),
    plain(InType.SystemTime, 0, systemTime),
    plain(
      InType.SystemTime,
      OutType.DateTimeUtc,
      systemTime.map((time) => `${time}Z`),
    ),
    textOutType.chain((out) => plain(InType.UnicodeString, out, text)),
    textOutType.chain((out) => plain(InType.AnsiString, out, text)),
    plain(InType.ManifestCountedString, 0, text),
    plain(InType.ManifestCountedAnsiString, 0, text),
    plain(InType.ManifestCountedBinary, 0, bytes),
    plain(InType.Binary, OutType.Ipv6, fc.uint8Array({ minLength: 16, maxLength: 16 })),
    plain(InType.Binary, OutType.Ipv4, fc.uint8Array({ minLength: 4, maxLength: 4 }), { length: 4 }),
    bytes.chain((value) => plain(InType.Binary, OutType.HexBinary, fc.constant(value), { length: value.length })),
    text.chain((value) => plain(InType.UnicodeString, 0, fc.constant(value), { length: value.length })),
  );
}

function sizedBy(sizeName: string, size: number, part: Part): Part {
  return {
    fields: [{ name: sizeName, inType: InType.UInt32, outType: 0 }, ...part.fields],
    given: part.given,
    expected: { [sizeName]: size, ...part.expected },
  };
}

/** Text and binary behind a field that counts them. */
const counted: fc.Arbitrary<NamedPart> = fc
  .oneof(
    fc.tuple(fc.constant<InType>(InType.UnicodeString), text),
    fc.tuple(fc.constant<InType>(InType.AnsiString), text),
    fc.tuple(fc.constant<InType>(InType.Binary), bytes),
  )
  .map(([inType, value]) => (name: string): Part => {
    const sizeName = `${name}Size`;
    const size = typeof value !== 'string' || inType === InType.UnicodeString ? value.length : utf8Length(value);
    const field: SchemaField = { name, inType, outType: 0, length: { field: sizeName } };
    return sizedBy(sizeName, size, { fields: [field], given: { [name]: value }, expected: { [name]: value } });
  });

function utf8Length(value: string): number {
  return new TextEncoder().encode(value).length;
}

function recordOf(parts: readonly NamedPart[]): Part {
  const named = parts.map((part, index) => part(`Field${index}`));
  return {
    fields: named.flatMap((part) => part.fields),
    given: Object.assign({}, ...named.map((part) => part.given)) as EncodableRecord,
    expected: Object.assign({}, ...named.map((part) => part.expected)) as EncodableRecord,
  };
}

/** A struct, or an array of structs that all hold the same values. */
function struct(members: readonly NamedPart[], count: number | undefined, fixed: boolean): NamedPart {
  return (name) => {
    const { fields, given, expected } = recordOf(members);
    const field: SchemaField = { name, inType: InType.Null, outType: 0, members: fields };
    return count === undefined
      ? { fields: [field], given: { [name]: given }, expected: { [name]: expected } }
      : arrayPart(field, repeated(given, count), repeated(expected, count), fixed);
  };
}

function repeated(value: EncodableRecord, count: number): EncodableRecord[] {
  return Array.from({ length: count }, () => value);
}

function arrayPart(
  field: SchemaField,
  given: readonly EncodableValue[],
  expected: readonly EncodableValue[],
  fixed: boolean,
): Part {
  const sizeName = `${field.name}Count`;
  const part = (count: number | { field: string }): Part => ({
    fields: [{ ...field, count }],
    given: { [field.name]: given },
    expected: { [field.name]: expected },
  });
  return fixed ? part(given.length) : sizedBy(sizeName, given.length, part({ field: sizeName }));
}

const wordArray: fc.Arbitrary<NamedPart> = fc.tuple(fc.array(text, { maxLength: 5 }), fc.boolean()).map(
  ([texts, fixed]) =>
    (name) =>
      arrayPart({ name, inType: InType.UnicodeString, outType: 0 }, texts, texts, fixed),
);
const numberArray: fc.Arbitrary<NamedPart> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 2 ** 16 - 1 }), { maxLength: 9 }), fc.boolean())
  .map(
    ([numbers, fixed]) =>
      (name) =>
        arrayPart({ name, inType: InType.UInt16, outType: 0 }, numbers, numbers, fixed),
  );

function part(pointerSize: PointerSize, depth: number): fc.Arbitrary<NamedPart> {
  const simple = fc.oneof({ weight: 6, arbitrary: scalar(pointerSize) }, counted, wordArray, numberArray);
  if (depth === 0) return simple;
  const nested = fc
    .tuple(
      fc.array(part(pointerSize, depth - 1), { minLength: 1, maxLength: 4 }),
      fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      fc.boolean(),
    )
    .map(([members, count, fixed]) => struct(members, count, fixed));
  return fc.oneof({ weight: 5, arbitrary: simple }, nested);
}

/** A field that takes what is left, alone or in front of fields that always take as much. */
const tail: fc.Arbitrary<NamedPart[]> = fc.oneof(
  fc.constant<NamedPart[]>([]),
  fc
    .tuple(
      fc.oneof(
        plain(InType.Binary, 0, bytes),
        plain(InType.NonNullTerminatedString, 0, text),
        plain(InType.NonNullTerminatedAnsiString, 0, text),
      ),
      fc.option(plain(InType.UInt32, 0, fc.integer({ min: 0, max: 2 ** 32 - 1 })), { nil: undefined }),
      fc.option(plain(InType.Guid, 0, guid), { nil: undefined }),
    )
    .map((parts) => parts.filter((part) => part !== undefined)),
);

/** The texts of a schema: anything but what trimming takes away. */
const title = text.map((string) => string.trimEnd());

export const sample: fc.Arbitrary<Sample> = fc.constantFrom<PointerSize[]>(4, 8).chain((pointerSize) =>
  fc
    .record({
      parts: fc.array(part(pointerSize, 2), { maxLength: 6 }),
      tail,
      provider: guid,
      providerName: title,
      id: fc.integer({ min: 0, max: 65535 }),
      version: fc.integer({ min: 0, max: 255 }),
      level: title,
      task: title,
      message: title,
      keywords: fc.array(word, { maxLength: 3 }),
    })
    .map(({ parts, tail: last, ...header }) => {
      const { fields, given, expected } = recordOf([...parts, ...last]);
      const schema: EventSchema = { ...header, channel: '', opcode: '', fields, source: 'file' };
      return { schema, pointerSize, given, expected };
    }),
);
