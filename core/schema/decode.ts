import type { RawValue } from './decode-value.ts';
import { binaryText, decodeValue } from './decode-value.ts';
import type { EventSchema, FieldReference, SchemaField } from './event-schema.ts';
import { InType } from './event-schema.ts';
import type { PointerSize } from './in-types.ts';
import { fixedSizeOf, impliedBinaryLength, isCounted, isText, lengthUnit, takesLength } from './in-types.ts';

/** One field of one event, as a tree: arrays and structs have children. */
export interface DecodedField {
  readonly name: string;
  /** For display; a mapped number reads `Filtered VLAN (9)`. */
  readonly value: string;
  /** The map's text alone (`Filtered VLAN`), for messages and comparisons. Absent when no map knows the number. */
  readonly label?: string;
  /**
   * The value as the payload holds it: 64-bit integers, pointers and FILETIMEs as bigint, other integers and floats as
   * number (an IPv4 address with its first octet highest), text, GUIDs, SIDs and SYSTEMTIMEs as string, binary as a
   * view of the payload. Absent for arrays and structs.
   */
  readonly raw?: RawValue;
  /** Offset and number of the field's bytes, counted like the `start` given to decodePayload. */
  readonly start: number;
  readonly length: number;
  readonly children?: readonly DecodedField[];
  /** What is wrong with this field, in words. */
  readonly note?: string;
}
export type { RawValue };

export interface DecodedPayload {
  readonly fields: readonly DecodedField[];
  /** Why the payload and the schema do not agree, in words; absent when they do. */
  readonly note?: string;
}

/** Array elements that are shown; the others are only skipped. */
const shownElements = 1000;
/** Values one payload may make us decode. A 64 KB payload cannot hold more, unless its elements take no bytes. */
const maximumValues = 100_000;
const maximumStructDepth = 32;
const summaryLength = 120;
/** Name of the field that takes what the schema does not explain. */
export const undecodedName = '(undecoded)';

/**
 * The fields of the payload bytes[start..end). Never throws and always ends: what does not fit the schema is decoded as
 * far as it goes, and the note says what happened. Bytes behind the last field become a field of their own.
 */
export function decodePayload(
  schema: EventSchema,
  bytes: Uint8Array,
  start: number,
  end: number,
  pointerSize: PointerSize,
): DecodedPayload {
  const from = clamp(start, 0, bytes.length);
  const to = clamp(end, from, bytes.length);
  const decoded = decodeBy(schema, bytes, from, to, pointerSize);
  if (decoded.note === undefined) return decoded;
  for (const alternative of schema.alternatives ?? []) {
    const other = decodeBy(alternative, bytes, from, to, pointerSize);
    if (other.note === undefined) return other;
  }
  return decoded;
}

/** The decoding in progress. `problem` is set once, where the schema and the payload part; then nothing follows. */
interface Cursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly pointerSize: PointerSize;
  at: number;
  values: number;
  problem?: string;
}

/** Numbers of the fields decoded so far, for lengths and counts; the outer scope is that of the struct around. */
interface Scope {
  readonly numbers: Map<string, number>;
  /** Text of the latest mapped field: `PhysAddress` in pktmon's properties, where the next field is just `Value`. */
  label: string;
  readonly outer: Scope | undefined;
}

function decodeBy(
  schema: EventSchema,
  bytes: Uint8Array,
  start: number,
  end: number,
  pointerSize: PointerSize,
): DecodedPayload {
  const cursor: Cursor = { bytes, end, pointerSize, at: start, values: 0 };
  const fields = decodeFields(cursor, schema.fields, undefined, 0);
  const rest = end - cursor.at;
  if (rest > 0) fields.push(undecodedField(cursor));
  const note = cursor.problem ?? (rest > 0 ? restNote(rest) : undefined);
  return note === undefined ? { fields } : { fields, note };
}

function restNote(rest: number): string {
  return `${rest} ${rest === 1 ? 'byte follows' : 'bytes follow'} the last field that the schema knows.`;
}

function undecodedField(cursor: Cursor): DecodedField {
  const raw = cursor.bytes.subarray(cursor.at, cursor.end);
  return {
    name: undecodedName,
    value: binaryText(raw),
    raw,
    start: cursor.at,
    length: raw.length,
    note:
      cursor.problem === undefined
        ? 'The schema does not explain these bytes.'
        : 'Decoding stopped in front of these bytes.',
  };
}

function decodeFields(
  cursor: Cursor,
  fields: readonly SchemaField[],
  outer: Scope | undefined,
  depth: number,
): DecodedField[] {
  const scope: Scope = { numbers: new Map(), label: '', outer };
  const decoded: DecodedField[] = [];
  for (const field of fields) {
    const result = decodeField(cursor, field, scope, depth);
    if (result) decoded.push(result);
    if (cursor.problem !== undefined) break;
    remember(scope, field.name, result);
  }
  return decoded;
}

function remember(scope: Scope, name: string, field: DecodedField | undefined): void {
  const raw = field?.raw;
  if (typeof raw === 'number' || typeof raw === 'bigint') scope.numbers.set(name, Number(raw));
  else scope.numbers.delete(name);
  if (field?.label !== undefined) scope.label = field.label;
}

function decodeField(cursor: Cursor, field: SchemaField, scope: Scope, depth: number): DecodedField | undefined {
  if (field.count === undefined) return decodeElement(cursor, field, field.name, scope, depth);
  const count = resolve(cursor, field, field.count, 'number of elements', scope);
  return count === undefined ? undefined : decodeArray(cursor, field, count, scope, depth);
}

function decodeElement(
  cursor: Cursor,
  field: SchemaField,
  name: string,
  scope: Scope,
  depth: number,
): DecodedField | undefined {
  cursor.values++;
  if (cursor.values > maximumValues) {
    stop(cursor, `The event has more than ${maximumValues} values; the rest is not decoded.`);
    return undefined;
  }
  if (field.members) return decodeStruct(cursor, field.members, name, scope, depth);
  const length = byteLength(cursor, field, scope);
  return length === undefined ? undefined : decodeSized(cursor, field, name, length, scope.label);
}

function decodeStruct(
  cursor: Cursor,
  members: readonly SchemaField[],
  name: string,
  scope: Scope,
  depth: number,
): DecodedField | undefined {
  if (depth >= maximumStructDepth) {
    stop(cursor, `Field ${name} nests structs deeper than ${maximumStructDepth}.`);
    return undefined;
  }
  const start = cursor.at;
  const children = decodeFields(cursor, members, scope, depth + 1);
  return { name, value: structSummary(children), start, length: cursor.at - start, children };
}

function decodeArray(cursor: Cursor, field: SchemaField, count: number, scope: Scope, depth: number): DecodedField {
  const start = cursor.at;
  const children: DecodedField[] = [];
  let done = 0;
  for (; done < count; done++) {
    const elementStart = cursor.at;
    const element = decodeElement(cursor, field, `[${done}]`, scope, depth);
    if (element && done < shownElements) children.push(element);
    if (cursor.problem !== undefined) break;
    // Elements without bytes are all alike, however many a damaged count claims.
    if (cursor.at === elementStart && done >= shownElements) break;
  }
  if (cursor.problem !== undefined) cursor.problem += ` It is element ${done + 1} of ${count} in ${field.name}.`;
  const note = count > shownElements ? `Only the first ${children.length} of ${count} elements are shown.` : undefined;
  const value = arraySummary(children, count);
  const array = { name: field.name, value, start, length: cursor.at - start, children };
  return note === undefined ? array : { ...array, note };
}

/** A value whose extent is known. Text and binary that are cut off are still worth showing. */
function decodeSized(
  cursor: Cursor,
  field: SchemaField,
  name: string,
  wanted: Extent,
  label: string,
): DecodedField | undefined {
  const start = cursor.at;
  const present = Math.min(wanted.length, cursor.end - start);
  const cut = present < wanted.length;
  if (cut) {
    stop(cursor, shortageNote(field.name, wanted.length, present));
    if (present <= wanted.prefix || !isCuttable(field)) return undefined;
  } else if (wanted.problem !== undefined) stop(cursor, wanted.problem);
  cursor.at = start + present;
  const value = decodeValue(field, cursor.bytes, start + wanted.prefix, cursor.at, cursor.pointerSize, label);
  return {
    name,
    ...value,
    start,
    length: present,
    ...(cut ? { note: `Cut short: ${present} of ${wanted.length} bytes.` } : {}),
  };
}

function shortageNote(name: string, wanted: number, present: number): string {
  const needs = `Field ${name} needs ${wanted} ${wanted === 1 ? 'byte' : 'bytes'}, but`;
  if (present === 0) return `${needs} the payload ends before it.`;
  return `${needs} only ${present} ${present === 1 ? 'byte is' : 'bytes are'} left.`;
}

function isCuttable(field: SchemaField): boolean {
  return takesLength(field.inType) || isCounted(field.inType);
}

/** Where a value ends, in bytes from its start, and how many of them are a byte count in front of it. */
interface Extent {
  readonly length: number;
  readonly prefix: number;
  readonly problem?: string;
}

function byteLength(cursor: Cursor, field: SchemaField, scope: Scope): Extent | undefined {
  const fixed = fixedSizeOf(field.inType, cursor.pointerSize);
  if (fixed !== undefined) return { length: fixed, prefix: 0 };
  if (takesLength(field.inType)) {
    if (field.length !== undefined) {
      const units = resolve(cursor, field, field.length, 'length', scope);
      return units === undefined ? undefined : { length: units * lengthUnit(field.inType), prefix: 0 };
    }
    if (isText(field.inType)) return zeroTerminatedLength(cursor, field);
    return { length: impliedBinaryLength(field) ?? cursor.end - cursor.at, prefix: 0 };
  }
  if (isCounted(field.inType)) return countedLength(cursor);
  if (field.inType === InType.Sid) return sidLength(cursor, field);
  stop(cursor, `Field ${field.name} has the in-type ${field.inType}, which is unknown; the rest is not decoded.`);
  return undefined;
}

function zeroTerminatedLength(cursor: Cursor, field: SchemaField): Extent {
  const unit = lengthUnit(field.inType);
  const { bytes, end } = cursor;
  for (let at = cursor.at; at + unit <= end; at += unit) {
    if (bytes[at] === 0 && (unit === 1 || bytes[at + 1] === 0)) return { length: at + unit - cursor.at, prefix: 0 };
  }
  const length = end - cursor.at;
  if (length < unit) return { length: unit, prefix: 0 };
  return { length, prefix: 0, problem: `Text ${field.name} has no closing zero: the payload ends inside it.` };
}

function countedLength(cursor: Cursor): Extent {
  if (cursor.end - cursor.at < 2) return { length: 2, prefix: 2 };
  return { length: 2 + (cursor.bytes[cursor.at] | (cursor.bytes[cursor.at + 1] << 8)), prefix: 2 };
}

/** A SID (winnt.h): revision 1, number of sub-authorities (at most 15), 6 bytes of authority, 4 bytes each. */
function sidLength(cursor: Cursor, field: SchemaField): Extent | undefined {
  const [revision, count] = cursor.bytes.subarray(cursor.at, cursor.end);
  const whole = cursor.end - cursor.at >= 2;
  if (whole && (revision !== 1 || count > 15)) {
    stop(cursor, `Field ${field.name} holds no SID.`);
    return undefined;
  }
  return { length: 8 + (whole ? count * 4 : 0), prefix: 0 };
}

function resolve(
  cursor: Cursor,
  field: SchemaField,
  size: number | FieldReference,
  what: string,
  scope: Scope,
): number | undefined {
  const number = typeof size === 'number' ? size : numberOf(size.field, scope);
  if (number !== undefined && Number.isSafeInteger(number) && number >= 0) return number;
  const origin = typeof size === 'number' ? String(size) : size.field;
  stop(cursor, `The ${what} of ${field.name} comes from ${origin}, which is no such number.`);
  return undefined;
}

function numberOf(name: string, scope: Scope): number | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const number = at.numbers.get(name);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** The first problem is the cause; what follows from it is not reported. */
function stop(cursor: Cursor, problem: string): void {
  cursor.problem ??= problem;
}

function structSummary(children: readonly DecodedField[]): string {
  return cutText(
    children.map((child) => `${child.name}: ${child.value}`),
    '{',
    '}',
  );
}

function arraySummary(children: readonly DecodedField[], count: number): string {
  return count === 0
    ? '[]'
    : cutText(
        children.map((child) => child.value),
        '[',
        ']',
      );
}

function cutText(parts: readonly string[], open: string, close: string): string {
  let text = '';
  for (const [index, part] of parts.entries()) {
    const separator = index === 0 ? '' : ', ';
    if (text.length + part.length > summaryLength) return `${open}${text}${separator}…${close}`;
    text += separator + part;
  }
  return `${open}${text}${close}`;
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}
