import type { SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';

/** Bytes that a SYSTEMTIME, a GUID, or an IPv6 address takes. */
const sixteenBytes = 16;

const fixedSizes: ReadonlyMap<InType, number> = new Map([
  [InType.Null, 0],
  [InType.Int8, 1],
  [InType.UInt8, 1],
  [InType.Int16, 2],
  [InType.UInt16, 2],
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
  return inType === InType.Pointer ? pointerSize : fixedSizes.get(inType);
}

const textTypes: ReadonlySet<InType> = new Set<InType>([InType.UnicodeString, InType.AnsiString]);
const countedTypes: ReadonlySet<InType> = new Set<InType>([
  InType.ManifestCountedString,
  InType.ManifestCountedAnsiString,
  InType.ManifestCountedBinary,
]);
const wideIntegers: ReadonlySet<InType> = new Set<InType>([
  InType.Int64,
  InType.UInt64,
  InType.HexInt64,
  InType.Pointer,
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
]);

/** Text that ends at a NUL, or whose length the schema gives. */
export function isText(inType: InType): boolean {
  return textTypes.has(inType);
}

/** In-types behind a 16-bit byte count of their own. */
export function isCounted(inType: InType): boolean {
  return countedTypes.has(inType);
}

/** In-types for which SchemaField.length means something. */
export function takesLength(inType: InType): boolean {
  return isText(inType) || inType === InType.Binary;
}

/** Integers whose raw value is a bigint. */
export function isWideInteger(inType: InType): boolean {
  return wideIntegers.has(inType);
}

/** Integers whose raw value is a number. */
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
  return field.outType === OutType.Ipv6 ? sixteenBytes : undefined;
}

/** `DestinationMAC`, `MacAddress1`, `PhysAddress`, but not `Machine`. */
const macName = /MAC|Mac(?![a-z])|^mac(?![a-z])|PhysAddr/;

/** Whether six bytes of binary in this field are a hardware address, which no out-type says. */
export function isMacName(name: string): boolean {
  return macName.test(name);
}

/** Addresses and ports lie in an integer as they lie in a packet: highest byte first. */
export function isNetworkOrder(field: SchemaField): boolean {
  return (
    (field.outType === OutType.Ipv4 && field.inType === InType.UInt32) ||
    (field.outType === OutType.Port && field.inType === InType.UInt16)
  );
}
