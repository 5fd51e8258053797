import { concatenate } from '../base/bytes.ts';
import { parseIpv4, parseIpv6, parseMac } from '../base/address.ts';
import { isoToFiletime } from '../base/filetime.ts';
import { parseGuid, writeGuid } from '../base/guid.ts';
import { utf16Bytes } from '../base/text.ts';
import type { EventSchema, FieldReference, SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import type { CountPrefix, PointerSize } from './in-types.ts';
import {
  countPrefixOf,
  fixedSizeOf,
  impliedBinaryLength,
  isAnsi,
  isNetworkOrder,
  isRemainingText,
  isText,
  isUtf16,
  isWideInteger,
  lengthUnit,
  takesLength,
} from './in-types.ts';
import { SchemaError } from './schema-error.ts';
import { sidBytes } from './sid.ts';
import { socketAddressBytes } from './socket-address.ts';
import { systemTimeBytes } from './system-time.ts';

/**
 * What a field can be given as. Numbers may be texts (`0x1f`, or a map's own text such as `Rx`); GUIDs, addresses, SIDs
 * and times are given as texts. An array field takes a list, a struct field a record.
 */
export type EncodableValue =
  number | bigint | string | boolean | Uint8Array | readonly EncodableValue[] | EncodableRecord;
export interface EncodableRecord {
  readonly [name: string]: EncodableValue;
}

/**
 * The payload of an event with these values: the inverse of decodePayload. Missing values are zero or empty; a missing
 * field that gives another one's length or count is filled in from that other one. A value longer or shorter than a
 * length that was given explicitly is cut or filled up with zeros, so the layout always holds.
 * Throws a SchemaError for a value that the field cannot hold.
 */
export function encodePayload(
  schema: EventSchema,
  values: Readonly<Record<string, EncodableValue>>,
  pointerSize: PointerSize,
): Uint8Array {
  const parts: Uint8Array[] = [];
  encodeFields({ parts, pointerSize }, schema.fields, values, undefined);
  return concatenate(parts);
}

interface Output {
  readonly parts: Uint8Array[];
  readonly pointerSize: PointerSize;
}

/** Values by name; the outer scope is that of the struct around this one. */
interface Scope {
  readonly values: EncodableRecord;
  readonly outer: Scope | undefined;
}

function encodeFields(
  output: Output,
  fields: readonly SchemaField[],
  given: EncodableRecord,
  outer: Scope | undefined,
): void {
  const scope: Scope = { values: { ...automaticValues(fields, given), ...given }, outer };
  for (const field of fields) encodeField(output, field, ownValue(scope.values, field.name), scope);
}

/** A value by name, never one that objects inherit. */
function ownValue(values: EncodableRecord, name: string): EncodableValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function encodeField(output: Output, field: SchemaField, value: EncodableValue | undefined, scope: Scope): void {
  const count = resolve(field.count, scope);
  if (count === undefined) {
    encodeElement(output, field, value, scope);
    return;
  }
  const elements = elementsOf(value);
  for (let index = 0; index < count; index++) encodeElement(output, field, elements[index], scope);
}

function encodeElement(output: Output, field: SchemaField, value: EncodableValue | undefined, scope: Scope): void {
  if (field.members) {
    encodeFields(output, field.members, recordOf(field, value), scope);
    return;
  }
  output.parts.push(elementBytes(output, field, value, scope));
}

function elementBytes(output: Output, field: SchemaField, value: EncodableValue | undefined, scope: Scope): Uint8Array {
  if (takesLength(field.inType)) {
    const units = resolve(field.length, scope) ?? impliedBinaryLength(field);
    if (units !== undefined) return resized(variableBytes(field, value), units * lengthUnit(field.inType));
    return isText(field.inType) ? zeroTerminated(field, value) : variableBytes(field, value);
  }
  const prefix = countPrefixOf(field.inType);
  if (prefix) return behindByteCount(prefix, variableBytes(field, value));
  if (isRemainingText(field.inType)) return variableBytes(field, value);
  switch (field.inType) {
    case InType.Guid:
      return guidBytes(field, value);
    case InType.Sid:
      return value instanceof Uint8Array ? value : sidBytes(textOf(field, value, 'S-1-0-0'));
    case InType.WbemSid:
      return wbemSidBytes(field, value, output.pointerSize);
    case InType.SystemTime:
      return value instanceof Uint8Array ? resized(value, 16) : systemTimeBytes(textOf(field, value, ''));
    case InType.Float:
    case InType.Double:
      return floatBytes(field, numberOf(field, value));
    default:
      return integerBytes(field, value, output.pointerSize);
  }
}

function zeroTerminated(field: SchemaField, value: EncodableValue | undefined): Uint8Array {
  const text = textOf(field, value, '');
  const cut = text.includes('\0') ? text.slice(0, text.indexOf('\0')) : text;
  return field.inType === InType.UnicodeString ? utf16Bytes(cut, true) : new TextEncoder().encode(`${cut}\0`);
}

/** The bytes of a text or binary before any length is applied. */
function variableBytes(field: SchemaField, value: EncodableValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const text = textOf(field, value, '');
  if (isUtf16(field.inType)) return utf16Bytes(text, false);
  return isAnsi(field.inType) ? new TextEncoder().encode(text) : binaryOfText(field, text);
}

/** Bytes of an address in its usual text, or of hexadecimal digits in any grouping. */
function binaryOfText(field: SchemaField, text: string): Uint8Array {
  if (text === '') return new Uint8Array(0);
  const address = addressOfText(field, text);
  if (address) return address;
  const digits = text.replace(/[\s:-]/g, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) throw unfit(field, text, 'bytes');
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

function addressOfText(field: SchemaField, text: string): Uint8Array | undefined {
  if (field.outType === OutType.SocketAddress) return socketAddressBytes(text);
  const ipv4 = field.outType === OutType.Ipv4 ? parseIpv4(text) : undefined;
  if (ipv4 !== undefined) return Uint8Array.of(ipv4 >>> 24, ipv4 >>> 16, ipv4 >>> 8, ipv4);
  return parseMac(text) ?? parseIpv6(text);
}

function behindByteCount({ size, bigEndian }: CountPrefix, bytes: Uint8Array): Uint8Array {
  const length = size === 2 ? Math.min(bytes.length, 0xffff) : bytes.length;
  const result = new Uint8Array(size + length);
  const view = new DataView(result.buffer);
  if (size === 2) view.setUint16(0, length, !bigEndian);
  else view.setUint32(0, length, !bigEndian);
  result.set(bytes.subarray(0, length), size);
  return result;
}

/** Pointers mean nothing outside the process that logged them: they are zero. No SID is a zero of 32 bits. */
function wbemSidBytes(field: SchemaField, value: EncodableValue | undefined, pointerSize: PointerSize): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const text = textOf(field, value, '');
  return text === '' ? new Uint8Array(4) : concatenate([new Uint8Array(pointerSize * 2), sidBytes(text)]);
}

function guidBytes(field: SchemaField, value: EncodableValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return resized(value, 16);
  const bytes = new Uint8Array(16);
  if (value === undefined) return bytes;
  const guid = parseGuid(textOf(field, value, ''));
  if (guid === undefined) throw unfit(field, value, 'a GUID');
  writeGuid(guid, bytes, 0);
  return bytes;
}

function floatBytes(field: SchemaField, value: number): Uint8Array {
  const bytes = new Uint8Array(field.inType === InType.Float ? 4 : 8);
  const view = new DataView(bytes.buffer);
  if (field.inType === InType.Float) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return bytes;
}

function integerBytes(field: SchemaField, value: EncodableValue | undefined, pointerSize: PointerSize): Uint8Array {
  const size = fixedSizeOf(field.inType, pointerSize);
  if (size === undefined) throw new SchemaError(`Field ${field.name} has the unknown in-type ${field.inType}.`);
  if (value instanceof Uint8Array) return resized(value, size);
  const bytes = new Uint8Array(size);
  let rest = BigInt.asUintN(size * 8, integerOf(field, value));
  for (let index = 0; index < size; index++) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return isNetworkOrder(field) ? bytes.reverse() : bytes;
}

function integerOf(field: SchemaField, value: EncodableValue | undefined): bigint {
  switch (typeof value) {
    case 'undefined':
      return 0n;
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'number':
      if (!Number.isFinite(value)) throw unfit(field, value, 'an integer');
      return BigInt(Math.trunc(value));
    case 'string':
      return integerOfText(field, value);
    default:
      throw unfit(field, value, 'an integer');
  }
}

function integerOfText(field: SchemaField, text: string): bigint {
  for (const [number, name] of field.map?.entries ?? []) if (name === text) return BigInt(number);
  if (field.outType === OutType.Ipv4) {
    const address = parseIpv4(text);
    if (address !== undefined) return BigInt(address);
  }
  if (isWideInteger(field.inType)) {
    const filetime = isoToFiletime(text);
    if (filetime !== undefined) return filetime;
  }
  const isCharacter = field.inType === InType.AnsiChar || field.inType === InType.UnicodeChar;
  if (isCharacter && text.length === 1) return BigInt(text.charCodeAt(0));
  if (/^(?:0x[0-9a-f]+|-?\d+)$/i.test(text)) return BigInt(text);
  throw unfit(field, text, 'an integer');
}

function numberOf(field: SchemaField, value: EncodableValue | undefined): number {
  if (value === undefined) return 0;
  const number = typeof value === 'object' ? Number.NaN : Number(value);
  if (Number.isNaN(number) && typeof value !== 'number') throw unfit(field, value, 'a number');
  return number;
}

function textOf(field: SchemaField, value: EncodableValue | undefined, missing: string): string {
  if (value === undefined) return missing;
  if (typeof value === 'object') throw unfit(field, value, 'a text');
  return String(value);
}

function recordOf(field: SchemaField, value: EncodableValue | undefined): EncodableRecord {
  if (value === undefined) return {};
  if (typeof value !== 'object' || isList(value) || value instanceof Uint8Array) {
    throw unfit(field, value, 'a record of its members');
  }
  return value;
}

function isList(value: EncodableValue): value is readonly EncodableValue[] {
  return Array.isArray(value);
}

/** The elements of an array field; bytes are a list of small integers. */
function elementsOf(value: EncodableValue | undefined): readonly EncodableValue[] {
  if (value === undefined) return [];
  if (value instanceof Uint8Array) return Array.from(value);
  return isList(value) ? value : [value];
}

function resolve(length: number | FieldReference | undefined, scope: Scope): number | undefined {
  if (length === undefined || typeof length === 'number') return length;
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const value = ownValue(at.values, length.field);
    if (value !== undefined) return typeof value === 'object' ? 0 : Math.max(0, Math.trunc(Number(value)) || 0);
  }
  return 0;
}

/** The lengths and counts that the given values themselves tell, by the name of the field here that holds them. */
function automaticValues(fields: readonly SchemaField[], given: EncodableRecord): Record<string, number> {
  const automatic: Record<string, number> = {};
  for (const field of fields) noteLengths(automatic, field, ownValue(given, field.name));
  const own = new Set(fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(automatic).filter(([name]) => own.has(name)));
}

/** Members may refer to fields outside their struct; the longest of them decides. */
function noteLengths(automatic: Record<string, number>, field: SchemaField, value: EncodableValue | undefined): void {
  const elements = field.count === undefined ? [value] : elementsOf(value);
  if (typeof field.count === 'object') raise(automatic, field.count.field, elements.length);
  for (const element of elements) {
    if (field.members) noteMemberLengths(automatic, field, field.members, element);
    else if (typeof field.length === 'object' && takesLength(field.inType)) {
      const bytes = element === undefined ? 0 : variableBytes(field, element).length;
      raise(automatic, field.length.field, bytes / lengthUnit(field.inType));
    }
  }
}

function noteMemberLengths(
  automatic: Record<string, number>,
  field: SchemaField,
  members: readonly SchemaField[],
  element: EncodableValue | undefined,
): void {
  const inner: Record<string, number> = {};
  const record = recordOf(field, element);
  for (const member of members) noteLengths(inner, member, ownValue(record, member.name));
  const own = new Set(members.map((member) => member.name));
  for (const [name, length] of Object.entries(inner)) if (!own.has(name)) raise(automatic, name, length);
}

function raise(automatic: Record<string, number>, name: string, length: number): void {
  automatic[name] = Math.max(automatic[name] ?? 0, Math.ceil(length));
}

function resized(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const result = new Uint8Array(length);
  result.set(bytes.subarray(0, length));
  return result;
}

function unfit(field: SchemaField, value: EncodableValue, wanted: string): SchemaError {
  const shown = typeof value === 'object' ? 'the value given' : `“${String(value)}”`;
  return new SchemaError(`Field ${field.name} takes ${wanted}, and ${shown} is none.`);
}
