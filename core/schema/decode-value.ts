/** One value of each in-type: what it says, once it is known where it lies. */
import { ipv4Text, ipv6At, macAt } from '../base/address.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { guidAt } from '../base/guid.ts';
import { hexPairs, utf16At } from '../base/text.ts';
import type { SchemaField, ValueMap } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import type { PointerSize } from './in-types.ts';
import { isMacName, isNarrowInteger, isNetworkOrder, isSigned, isWideInteger } from './in-types.ts';
import { sidAt } from './sid.ts';
import { socketAddressAt } from './socket-address.ts';
import { systemTimeAt } from './system-time.ts';

export type RawValue = number | bigint | string | boolean | Uint8Array;

export interface DecodedValue {
  /** For display. */
  readonly value: string;
  /** The value map's text alone. */
  readonly label?: string;
  readonly raw?: RawValue;
}

/**
 * The value in bytes[start..end), which is as long as its in-type wants, or a cut-off text or binary. `about` is what
 * a mapped field in front says the value is, where the field's own name does not.
 */
export function decodeValue(
  field: SchemaField,
  bytes: Uint8Array,
  start: number,
  end: number,
  pointerSize: PointerSize,
  about = '',
): DecodedValue {
  const { inType } = field;
  if (isNarrowInteger(inType)) return narrowInteger(field, bytes, start, end);
  if (isWideInteger(inType)) return wideInteger(field, bytes, start, end, pointerSize);
  switch (inType) {
    case InType.UnicodeString:
    case InType.ManifestCountedString:
      return asText(utf16At(bytes, start, (end - start) >> 1));
    case InType.AnsiString:
    case InType.ManifestCountedAnsiString:
      return asText(ansiText(bytes.subarray(start, end)));
    case InType.Binary:
    case InType.ManifestCountedBinary:
      return { value: binaryValue(field, bytes, start, end, about), raw: bytes.subarray(start, end) };
    case InType.Float:
      return float(viewOf(bytes, start, 4).getFloat32(0, true), 7);
    case InType.Double:
      return float(viewOf(bytes, start, 8).getFloat64(0, true), undefined);
    case InType.Boolean:
      return boolean(viewOf(bytes, start, 4).getUint32(0, true));
    case InType.Guid:
      return asText(guidAt(bytes, start));
    case InType.SystemTime:
      return asText(systemTimeAt(bytes, start));
    case InType.Sid:
      return asText(sidAt(bytes, start, end)?.text ?? binaryText(bytes.subarray(start, end)));
    default:
      return { value: '' };
  }
}

const shownBytes = 64;

/** Hexadecimal pairs; where they are cut, the whole length follows: `00 15 5d … (1514 bytes)`. */
export function binaryText(bytes: Uint8Array): string {
  const pairs = hexPairs(bytes, shownBytes);
  return bytes.length > shownBytes ? `${pairs} (${bytes.length} bytes)` : pairs;
}

function viewOf(bytes: Uint8Array, start: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + start, length);
}

/** Closing zeros (of a text, or of a fixed buffer it lies in) are no part of it. */
function asText(text: string): DecodedValue {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  const raw = text.slice(0, end);
  return { value: raw, raw };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const westernAnsi = new TextDecoder('windows-1252');

/** "ANSI" text is UTF-8 in newer providers and the machine's code page in older ones. */
function ansiText(bytes: Uint8Array): string {
  const own = new Uint8Array(bytes); // TextDecoder refuses bytes in shared memory.
  try {
    return strictUtf8.decode(own);
  } catch {
    return westernAnsi.decode(own);
  }
}

function float(raw: number, digits: number | undefined): DecodedValue {
  const shown = digits === undefined || !Number.isFinite(raw) ? raw : Number(raw.toPrecision(digits));
  return { value: String(shown), raw };
}

function boolean(number: number): DecodedValue {
  const raw = number !== 0;
  return { value: number > 1 ? `true (${number})` : String(raw), raw };
}

function binaryValue(field: SchemaField, bytes: Uint8Array, start: number, end: number, about: string): string {
  const length = end - start;
  if (field.outType === OutType.Ipv6 && length === 16) return ipv6At(bytes, start);
  if (field.outType === OutType.SocketAddress) {
    const address = socketAddressAt(bytes, start, end);
    if (address !== undefined) return address;
  }
  if (length === 6 && (isMacName(field.name) || isMacName(about))) return macAt(bytes, start);
  return binaryText(bytes.subarray(start, end));
}

function narrowInteger(field: SchemaField, bytes: Uint8Array, start: number, end: number): DecodedValue {
  const size = end - start;
  const raw = readInteger(viewOf(bytes, start, size), size, isSigned(field.inType), isNetworkOrder(field));
  if (field.map) {
    const mapped = mappedValue(field.map, raw, () => integerText(field, raw, size));
    if (mapped) return { ...mapped, raw };
  }
  return { value: integerText(field, raw, size), raw };
}

function readInteger(view: DataView, size: number, signed: boolean, networkOrder: boolean): number {
  switch (size) {
    case 1:
      return signed ? view.getInt8(0) : view.getUint8(0);
    case 2:
      return signed ? view.getInt16(0, !networkOrder) : view.getUint16(0, !networkOrder);
    default:
      return signed ? view.getInt32(0, !networkOrder) : view.getUint32(0, !networkOrder);
  }
}

const hexOutTypes: ReadonlySet<number> = new Set<number>([
  OutType.HexBinary,
  OutType.HexInt8,
  OutType.HexInt16,
  OutType.HexInt32,
  OutType.HexInt64,
]);
const statusOutTypes: ReadonlySet<number> = new Set<number>([OutType.ErrorCode, OutType.NtStatus, OutType.HResult]);

function integerText(field: SchemaField, raw: number, size: number): string {
  const unsigned = raw < 0 ? raw + 2 ** (size * 8) : raw;
  if (statusOutTypes.has(field.outType)) return `0x${unsigned.toString(16).toUpperCase().padStart(8, '0')}`;
  if (field.inType === InType.HexInt32 || hexOutTypes.has(field.outType)) return `0x${unsigned.toString(16)}`;
  if (field.outType === OutType.Ipv4 && size === 4) return ipv4Text(unsigned);
  if (field.outType === OutType.Boolean) return boolean(unsigned).value;
  if (field.outType === OutType.String && size < 4 && unsigned >= 0x20) return String.fromCharCode(unsigned);
  return String(raw);
}

function wideInteger(
  field: SchemaField,
  bytes: Uint8Array,
  start: number,
  end: number,
  pointerSize: PointerSize,
): DecodedValue {
  const view = viewOf(bytes, start, end - start);
  const unsigned = end - start === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true);
  const raw = isSigned(field.inType) ? BigInt.asIntN(64, unsigned) : unsigned;
  if (field.inType === InType.FileTime) return { value: filetimeToIso(raw), raw };
  if (field.inType === InType.Pointer) {
    return { value: `0x${unsigned.toString(16).padStart(pointerSize * 2, '0')}`, raw };
  }
  const text = wideIntegerText(field, raw, unsigned);
  const mapped = field.map && unsigned < 2n ** 32n ? mappedValue(field.map, Number(unsigned), () => text) : undefined;
  return mapped ? { ...mapped, raw } : { value: text, raw };
}

function wideIntegerText(field: SchemaField, raw: bigint, unsigned: bigint): string {
  if (field.inType === InType.HexInt64 || hexOutTypes.has(field.outType)) return `0x${unsigned.toString(16)}`;
  return field.outType === OutType.DateTime ? filetimeToIso(raw) : String(raw);
}

/** `Filtered VLAN (9)`; undefined when the map has nothing to say about the number. */
function mappedValue(map: ValueMap, raw: number, number: () => string): { value: string; label: string } | undefined {
  const key = raw >>> 0;
  const label = map.entries.get(key) ?? (map.bitmap ? flagNames(map, key) : undefined);
  return label === undefined ? undefined : { value: `${label} (${number()})`, label };
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
