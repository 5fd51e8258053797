/** One value of each in-type: what it says, once it is known where it lies. */
import { ipv4At, ipv4Text, ipv6At, macAt } from '../base/address.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { guidAt } from '../base/guid.ts';
import { hexPairs, utf16At } from '../base/text.ts';
import type { SchemaField, ValueMap } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import type { PointerSize } from './in-types.ts';
import {
  fixedSizeOf,
  isAnsi,
  isBinary,
  isMacName,
  isNarrowInteger,
  isNetworkOrder,
  isPointer,
  isSigned,
  isUtf16,
  isWideInteger,
  meaningfulOutType,
} from './in-types.ts';
import { sidAt } from './sid.ts';
import { socketAddressAt } from './socket-address.ts';
import { errorCodeText, hresultText, ntStatusText, win32ErrorText } from './status-codes.ts';
import { systemTimeAt } from './system-time.ts';

export type RawValue = number | bigint | string | boolean | Uint8Array;

export interface DecodedValue {
  /** For display. */
  readonly value: string;
  /** The value map's text alone. */
  readonly label?: string;
  readonly raw?: RawValue;
}

/** Bytes with one view over all of them, so that no value needs a view of its own. */
export interface ViewedBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/**
 * Reads the value in bytes[start..end), which is as long as its in-type wants, or a cut-off text or binary. `about` is
 * what a mapped field in front says the value is, where the field's own name does not.
 */
export type ValueReader = (source: ViewedBytes, start: number, end: number, about: string) => DecodedValue;

/** The reader of a field's values: everything that depends on the layout alone is decided here, once. */
export function valueReader(field: SchemaField, pointerSize: PointerSize): ValueReader {
  const { inType } = field;
  const outType = meaningfulOutType(field);
  if (isNarrowInteger(inType)) return narrowIntegerReader(field, outType);
  if (isWideInteger(inType)) return wideIntegerReader(field, outType, pointerSize);
  if (isUtf16(inType)) return ({ bytes }, start, end) => asText(utf16At(bytes, start, (end - start) >> 1));
  if (isAnsi(inType)) return ansiReader(outType);
  if (isBinary(inType)) return binaryReader(field, outType);
  return otherReader(inType, outType, pointerSize);
}

function otherReader(inType: InType, outType: number, pointerSize: PointerSize): ValueReader {
  switch (inType) {
    case InType.Float:
      return ({ view }, start) => float(view.getFloat32(start, true), 7);
    case InType.Double:
      return ({ view }, start) => float(view.getFloat64(start, true), undefined);
    case InType.Boolean:
      return ({ view }, start) => boolean(view.getUint32(start, true));
    case InType.Guid:
      return ({ bytes }, start) => asText(guidAt(bytes, start));
    case InType.SystemTime:
      return ({ bytes }, start) => asText(systemTimeAt(bytes, start, outType === OutType.DateTimeUtc));
    case InType.Sid:
      return ({ bytes }, start, end) => sid(bytes, start, end);
    case InType.WbemSid:
      return ({ bytes }, start, end) => wbemSid(bytes, start, end, pointerSize);
    default:
      return () => ({ value: '' });
  }
}

const shownBytes = 64;

/** Hexadecimal pairs; where they are cut, the whole length follows: `00 15 5d … (1514 bytes)`. */
export function binaryText(bytes: Uint8Array): string {
  const pairs = hexPairs(bytes, shownBytes);
  return bytes.length > shownBytes ? `${pairs} (${bytes.length} bytes)` : pairs;
}

/** Closing zeros (of a text, or of a fixed buffer it lies in) are no part of it. */
function asText(text: string): DecodedValue {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  const raw = text.slice(0, end);
  return { value: raw, raw };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const tolerantUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const westernAnsi = new TextDecoder('windows-1252');
/** Out-types that say that bytes of text are UTF-8. */
const utf8OutTypes: ReadonlySet<number> = new Set<number>([OutType.Xml, OutType.Json, OutType.Utf8]);

function ansiReader(outType: number): ValueReader {
  const decode = utf8OutTypes.has(outType) ? (bytes: Uint8Array) => tolerantUtf8.decode(bytes) : utf8OrAnsiText;
  // TextDecoder refuses bytes in shared memory, so they are copied.
  return ({ bytes }, start, end) => asText(decode(bytes.slice(start, end)));
}

/** "ANSI" text is UTF-8 in newer providers and the machine's code page in older ones. */
function utf8OrAnsiText(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return westernAnsi.decode(bytes);
  }
}

function float(raw: number, digits: number | undefined): DecodedValue {
  const shown = digits === undefined || !Number.isFinite(raw) ? raw : Number(raw.toPrecision(digits));
  return { value: String(shown), raw };
}

function boolean(number: number): DecodedValue {
  return { value: booleanText(number), raw: number !== 0 };
}

function booleanText(number: number | bigint): string {
  const isPlain = Number(number) === 0 || Number(number) === 1;
  return isPlain ? String(Number(number) === 1) : `true (${number})`;
}

function sid(bytes: Uint8Array, start: number, end: number): DecodedValue {
  return asText(sidAt(bytes, start, end)?.text ?? binaryText(bytes.subarray(start, end)));
}

/** The SID of a TOKEN_USER lies behind two pointers; without one there is only a zero. */
function wbemSid(bytes: Uint8Array, start: number, end: number, pointerSize: PointerSize): DecodedValue {
  const sidStart = start + pointerSize * 2;
  return end > sidStart ? sid(bytes, sidStart, end) : asText('');
}

function binaryReader(field: SchemaField, outType: number): ValueReader {
  const show = binaryDisplay(field.name, outType);
  return ({ bytes }, start, end, about) => {
    const raw = bytes.subarray(start, end);
    return { value: show(bytes, start, end, about) ?? binaryText(raw), raw };
  };
}

type BinaryDisplay = (bytes: Uint8Array, start: number, end: number, about: string) => string | undefined;

function binaryDisplay(name: string, outType: number): BinaryDisplay {
  const named = isMacName(name);
  switch (outType) {
    case OutType.Ipv4:
      return (bytes, start, end) => (end - start === 4 ? ipv4At(bytes, start) : undefined);
    case OutType.Ipv6:
      return (bytes, start, end) => (end - start === 16 ? ipv6At(bytes, start) : undefined);
    case OutType.SocketAddress:
      return socketAddressAt;
    default:
      return (bytes, start, end, about) =>
        end - start === 6 && (named || isMacName(about)) ? macAt(bytes, start) : undefined;
  }
}

const hexOutTypes: ReadonlySet<number> = new Set<number>([
  OutType.HexBinary,
  OutType.HexInt8,
  OutType.HexInt16,
  OutType.HexInt32,
  OutType.HexInt64,
  OutType.CodePointer,
]);

const dateOutTypes: ReadonlySet<number> = new Set<number>([
  OutType.DateTime,
  OutType.DateTimeUtc,
  OutType.CultureInsensitiveDateTime,
]);

function narrowIntegerReader(field: SchemaField, outType: number): ValueReader {
  const size = fixedSizeOf(field.inType, 8) ?? 4;
  const read = integerReading(size, isSigned(field.inType), !isNetworkOrder(field));
  const show = integerDisplay(field.inType, outType, size);
  const { map } = field;
  if (!map) {
    return ({ view }, start) => {
      const raw = read(view, start);
      return { value: show(raw), raw };
    };
  }
  return ({ view }, start) => {
    const raw = read(view, start);
    return mapped(map, raw, raw, show(raw));
  };
}

function integerReading(
  size: number,
  signed: boolean,
  littleEndian: boolean,
): (view: DataView, start: number) => number {
  switch (size) {
    case 1:
      return signed ? (view, start) => view.getInt8(start) : (view, start) => view.getUint8(start);
    case 2:
      return signed
        ? (view, start) => view.getInt16(start, littleEndian)
        : (view, start) => view.getUint16(start, littleEndian);
    default:
      return signed
        ? (view, start) => view.getInt32(start, littleEndian)
        : (view, start) => view.getUint32(start, littleEndian);
  }
}

function integerDisplay(inType: InType, outType: number, size: number): (raw: number) => string {
  const unsigned = (raw: number): number => (raw < 0 ? raw + 2 ** (size * 8) : raw);
  switch (outType) {
    case OutType.NtStatus:
      return (raw) => ntStatusText(unsigned(raw));
    case OutType.HResult:
      return (raw) => hresultText(unsigned(raw));
    case OutType.Win32Error:
      return (raw) => win32ErrorText(unsigned(raw));
    case OutType.ErrorCode:
      return (raw) => errorCodeText(unsigned(raw));
    case OutType.Ipv4:
      return ipv4Text;
    case OutType.Boolean:
      return (raw) => booleanText(unsigned(raw));
    case OutType.String:
      return (raw) => characterText(unsigned(raw));
    default:
      if (inType === InType.AnsiChar || inType === InType.UnicodeChar) return characterText;
      return inType === InType.HexInt32 || hexOutTypes.has(outType)
        ? (raw) => `0x${unsigned(raw).toString(16)}`
        : String;
  }
}

/** Control characters would be invisible: they stay numbers. */
function characterText(code: number): string {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ? String(code) : String.fromCharCode(code);
}

function wideIntegerReader(field: SchemaField, outType: number, pointerSize: PointerSize): ValueReader {
  const size = isPointer(field.inType) ? pointerSize : 8;
  const signed = isSigned(field.inType);
  const show = wideIntegerDisplay(field.inType, outType, size);
  const { map } = field;
  return ({ view }, start) => {
    const low = view.getUint32(start, true);
    const high = size === 8 ? view.getUint32(start + 4, true) : 0;
    const raw = high === 0 ? BigInt(low) : signed ? view.getBigInt64(start, true) : view.getBigUint64(start, true);
    const text = show(raw, high, low);
    return map && high === 0 ? mapped(map, low, raw, text) : { value: text, raw };
  };
}

type WideIntegerDisplay = (raw: bigint, high: number, low: number) => string;

function wideIntegerDisplay(inType: InType, outType: number, size: PointerSize): WideIntegerDisplay {
  if (inType === InType.FileTime || dateOutTypes.has(outType)) return filetimeToIso;
  if (isPointer(inType) && outType !== OutType.UInt64) {
    return size === 8 ? (_, high, low) => `0x${digits8(high)}${digits8(low)}` : (_, __, low) => `0x${digits8(low)}`;
  }
  if (outType === OutType.Boolean) return booleanText;
  if (inType === InType.HexInt64 || hexOutTypes.has(outType)) return hexadecimal;
  return (raw, high, low) => (high === 0 ? String(low) : String(raw));
}

function hexadecimal(_: bigint, high: number, low: number): string {
  return high === 0 ? `0x${low.toString(16)}` : `0x${high.toString(16)}${digits8(low)}`;
}

function digits8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** `Filtered VLAN (9)`; the number alone when the map has nothing to say about it. */
function mapped(map: ValueMap, number: number, raw: number | bigint, text: string): DecodedValue {
  const key = number >>> 0;
  const label = map.entries.get(key) ?? (map.bitmap ? flagNames(map, key) : undefined);
  return label === undefined ? { value: text, raw } : { value: `${label} (${text})`, label, raw };
}

/** `SYN | ACK`, with flags that have no name as one hexadecimal number at the end. */
function flagNames(map: ValueMap, flags: number): string | undefined {
  const names: string[] = [];
  let rest = flags;
  for (const [flag, name] of map.entries) {
    if (flag === 0 || (flags & flag) >>> 0 !== flag) continue;
    names.push(name);
    rest = (rest & ~flag) >>> 0;
  }
  if (names.length === 0) return undefined;
  if (rest !== 0) names.push(`0x${rest.toString(16)}`);
  return names.join(' | ');
}
