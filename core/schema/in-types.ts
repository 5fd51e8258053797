import type { SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';

/** Bytes that a SYSTEMTIME, a GUID, or an IPv6 address takes. */
const sixteenBytes = 16;

const fixedSizes: ReadonlyMap<InType, number> = new Map([
  [InType.Null, 0],
  [InType.Int8, 1],
  [InType.UInt8, 1],
  [InType.AnsiChar, 1],
  [InType.Int16, 2],
  [InType.UInt16, 2],
  [InType.UnicodeChar, 2],
  [InType.Int32, 4],
  [InType.UInt32, 4],
  [InType.HexInt32, 4],
  [InType.Int64, 8],
  [InType.UInt64, 8],
  [InType.HexInt64, 8],
  [InType.Float, 4],
  [InType.Double, 8],
  [InType.Boolean, 4],
  [InType.FileTime, 8],
  [InType.SystemTime, sixteenBytes],
  [InType.Guid, sixteenBytes],
]);

/** 4 or 8: what a pointer takes in the process that logged the event. */
export type PointerSize = 4 | 8;

/** Bytes a value of this in-type always takes, or undefined when it varies from value to value. */
export function fixedSizeOf(inType: InType, pointerSize: PointerSize): number | undefined {
  return isPointer(inType) ? pointerSize : fixedSizes.get(inType);
}

/** In-types as wide as a pointer. */
export function isPointer(inType: InType): boolean {
  return inType === InType.Pointer || inType === InType.SizeT;
}

/** The byte count that an in-type carries in front of its data. */
export interface CountPrefix {
  readonly size: 2 | 4;
  readonly bigEndian: boolean;
}

const count16: CountPrefix = { size: 2, bigEndian: false };
const countPrefixes: ReadonlyMap<InType, CountPrefix> = new Map([
  [InType.ManifestCountedString, count16],
  [InType.ManifestCountedAnsiString, count16],
  [InType.ManifestCountedBinary, count16],
  [InType.CountedString, count16],
  [InType.CountedAnsiString, count16],
  [InType.ReversedCountedString, { size: 2, bigEndian: true }],
  [InType.ReversedCountedAnsiString, { size: 2, bigEndian: true }],
  [InType.HexDump, { size: 4, bigEndian: false }],
]);

/** The byte count in front of a counted in-type, or undefined for the others. */
export function countPrefixOf(inType: InType): CountPrefix | undefined {
  return countPrefixes.get(inType);
}

const utf16Types: ReadonlySet<InType> = new Set<InType>([
  InType.UnicodeString,
  InType.ManifestCountedString,
  InType.CountedString,
  InType.ReversedCountedString,
  InType.NonNullTerminatedString,
]);
const ansiTypes: ReadonlySet<InType> = new Set<InType>([
  InType.AnsiString,
  InType.ManifestCountedAnsiString,
  InType.CountedAnsiString,
  InType.ReversedCountedAnsiString,
  InType.NonNullTerminatedAnsiString,
]);
const binaryTypes: ReadonlySet<InType> = new Set<InType>([InType.Binary, InType.ManifestCountedBinary, InType.HexDump]);
const wideIntegers: ReadonlySet<InType> = new Set<InType>([
  InType.Int64,
  InType.UInt64,
  InType.HexInt64,
  InType.Pointer,
  InType.SizeT,
  InType.FileTime,
]);
const signedIntegers: ReadonlySet<InType> = new Set<InType>([InType.Int8, InType.Int16, InType.Int32, InType.Int64]);
const narrowIntegers: ReadonlySet<InType> = new Set<InType>([
  InType.Int8,
  InType.UInt8,
  InType.Int16,
  InType.UInt16,
  InType.Int32,
  InType.UInt32,
  InType.HexInt32,
  InType.AnsiChar,
  InType.UnicodeChar,
]);

/** Text in UTF-16, whatever tells its length. */
export function isUtf16(inType: InType): boolean {
  return utf16Types.has(inType);
}

/** Text in bytes, whatever tells its length. */
export function isAnsi(inType: InType): boolean {
  return ansiTypes.has(inType);
}

/** Plain bytes, whatever tells their length. */
export function isBinary(inType: InType): boolean {
  return binaryTypes.has(inType);
}

/** Text that ends at a NUL, or whose length the schema gives. */
export function isText(inType: InType): boolean {
  return inType === InType.UnicodeString || inType === InType.AnsiString;
}

/** Text that fills the rest of the payload. */
export function isRemainingText(inType: InType): boolean {
  return inType === InType.NonNullTerminatedString || inType === InType.NonNullTerminatedAnsiString;
}

/** In-types for which SchemaField.length means something. */
export function takesLength(inType: InType): boolean {
  return isText(inType) || inType === InType.Binary;
}

/** Integers whose raw value is a bigint. */
export function isWideInteger(inType: InType): boolean {
  return wideIntegers.has(inType);
}

/** Integers whose raw value is a number. Single characters are such. */
export function isNarrowInteger(inType: InType): boolean {
  return narrowIntegers.has(inType);
}

export function isSigned(inType: InType): boolean {
  return signedIntegers.has(inType);
}

/** Bytes one unit of SchemaField.length takes: UTF-16 units are two. */
export function lengthUnit(inType: InType): 1 | 2 {
  return inType === InType.UnicodeString ? 2 : 1;
}

/** Length in bytes that a binary has by its out-type when the schema gives none. */
export function impliedBinaryLength(field: SchemaField): number | undefined {
  return field.inType === InType.Binary && field.outType === OutType.Ipv6 ? sixteenBytes : undefined;
}

/** A field whose extent nothing tells: it takes what the fields behind it leave. */
export function takesTheRest(field: SchemaField): boolean {
  if (field.members) return false;
  if (isRemainingText(field.inType)) return true;
  return field.inType === InType.Binary && field.length === undefined && impliedBinaryLength(field) === undefined;
}

/** `DestinationMAC`, `MacAddress1`, `PhysAddress`, `PhysicalAddress`, but not `Machine`. */
const macName = /MAC|Mac(?![a-z])|^mac(?![a-z])|Phys(?:ical)?Addr/;

/** Whether six bytes of binary in this field are a hardware address, which no out-type says. */
export function isMacName(name: string): boolean {
  return macName.test(name);
}

type InTypeTest = (inType: InType) => boolean;
const isOneOf =
  (...inTypes: InType[]): InTypeTest =>
  (inType) =>
    inTypes.includes(inType);
const isInteger: InTypeTest = (inType) => isNarrowInteger(inType) || isWideInteger(inType);
const is32Bit = isOneOf(InType.Int32, InType.UInt32, InType.HexInt32);
const isTime = isOneOf(InType.Int64, InType.UInt64, InType.HexInt64, InType.FileTime, InType.SystemTime);
const isTextOfAnyKind: InTypeTest = (inType) => isUtf16(inType) || isAnsi(inType);

/** Out-types that tell more than the in-type below them, and the in-types where they do. */
const meaningfulOn: ReadonlyMap<number, InTypeTest> = new Map<number, InTypeTest>([
  [OutType.String, isOneOf(InType.Int8, InType.UInt8, InType.UInt16)],
  [OutType.DateTime, isTime],
  [OutType.DateTimeUtc, isTime],
  [OutType.CultureInsensitiveDateTime, isTime],
  [OutType.Boolean, isInteger],
  [OutType.HexBinary, isInteger],
  [OutType.HexInt8, isInteger],
  [OutType.HexInt16, isInteger],
  [OutType.HexInt32, isInteger],
  [OutType.HexInt64, isInteger],
  [OutType.Pid, isInteger],
  [OutType.Tid, isInteger],
  [OutType.Port, isOneOf(InType.UInt16)],
  [OutType.Ipv4, (inType) => inType === InType.UInt32 || isBinary(inType)],
  [OutType.Ipv6, isBinary],
  [OutType.SocketAddress, isBinary],
  [OutType.Pkcs7, isBinary],
  [OutType.EtwTime, isInteger],
  [OutType.Xml, isTextOfAnyKind],
  [OutType.Json, isTextOfAnyKind],
  [OutType.Utf8, isTextOfAnyKind],
  [OutType.CimDateTime, isTextOfAnyKind],
  [OutType.ErrorCode, is32Bit],
  [OutType.Win32Error, is32Bit],
  [OutType.NtStatus, is32Bit],
  [OutType.HResult, is32Bit],
  [OutType.CodePointer, isInteger],
]);

/** Out-types by which a pointer-sized integer is a plain number. */
const plainNumbers: ReadonlySet<number> = new Set<number>([
  OutType.Int8,
  OutType.UInt8,
  OutType.Int16,
  OutType.UInt16,
  OutType.Int32,
  OutType.UInt32,
  OutType.Int64,
  OutType.UInt64,
]);

/**
 * The field's out-type where it tells more than the in-type, else OutType.Null. Providers do combine types that do not
 * go together; tdh.h wants the out-type passed over then.
 */
export function meaningfulOutType({ inType, outType }: SchemaField): number {
  if (isPointer(inType) && plainNumbers.has(outType)) return OutType.UInt64;
  return meaningfulOn.get(outType)?.(inType) === true ? outType : OutType.Null;
}

/** Addresses and ports lie in an integer as they lie in a packet: highest byte first. */
export function isNetworkOrder(field: SchemaField): boolean {
  const outType = meaningfulOutType(field);
  return outType === OutType.Port || (outType === OutType.Ipv4 && !isBinary(field.inType));
}
