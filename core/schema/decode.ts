import type { RawValue } from './decode-value.ts';
import { binaryText } from './decode-value.ts';
import type { EventSchema, FieldReference, SchemaField } from './event-schema.ts';
import { InType } from './event-schema.ts';
import type { FieldPlan } from './field-plan.ts';
import { isSize, maximumStructDepth, plansOf } from './field-plan.ts';
import type { CountPrefix, PointerSize } from './in-types.ts';
import { isRemainingText, lengthUnit, takesLength } from './in-types.ts';
import { sidHeaderBytes, sidLengthAt } from './sid.ts';

/** One field of one event, as a tree: arrays and structs have children. */
export interface DecodedField {
  readonly name: string;
  /** The type in the words of a manifest: `UInt32`, `UnicodeString`, `IPv4`, `NTSTATUS`; `Struct`; of an array, its elements' with `[]`. */
  readonly type: string;
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
  readonly view: DataView;
  readonly end: number;
  readonly pointerSize: PointerSize;
  at: number;
  values: number;
  problem?: string;
}

/** Numbers of the fields decoded so far, for lengths and counts; the outer scope is that of the struct around. */
interface Scope {
  numbers: Map<string, number> | undefined;
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: Cursor = { bytes, view, end, pointerSize, at: start, values: 0 };
  const fields = decodeFields(cursor, plansOf(schema.fields, pointerSize), undefined);
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
    type: 'Binary',
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

function decodeFields(cursor: Cursor, fields: readonly FieldPlan[], outer: Scope | undefined): DecodedField[] {
  const scope: Scope = { numbers: undefined, label: '', outer };
  const decoded: DecodedField[] = [];
  for (const plan of fields) {
    const result = decodeField(cursor, plan, scope);
    if (result) decoded.push(result);
    if (cursor.problem !== undefined) break;
    if (plan.isSize) rememberNumber(scope, plan.field.name, result?.raw);
    if (result?.label !== undefined) scope.label = result.label;
  }
  return decoded;
}

function rememberNumber(scope: Scope, name: string, raw: RawValue | undefined): void {
  scope.numbers ??= new Map();
  if (typeof raw === 'number' || typeof raw === 'bigint') scope.numbers.set(name, Number(raw));
  else scope.numbers.delete(name);
}

function decodeField(cursor: Cursor, plan: FieldPlan, scope: Scope): DecodedField | undefined {
  const decoded = decodeWhole(cursor, plan, scope);
  if (plan.note === undefined) return decoded;
  if (decoded) return { ...decoded, note: joined(plan.note, decoded.note) };
  if (cursor.problem !== undefined) cursor.problem = joined(cursor.problem, plan.note);
  return undefined;
}

function joined(first: string, second: string | undefined): string {
  return second === undefined ? first : `${first} ${second}`;
}

function decodeWhole(cursor: Cursor, plan: FieldPlan, scope: Scope): DecodedField | undefined {
  const { field } = plan;
  if (field.count === undefined) return decodeElement(cursor, plan, field.name, scope);
  const count = resolve(cursor, field, field.count, 'number of elements', scope);
  return count === undefined ? undefined : decodeArray(cursor, plan, count, scope);
}

function decodeElement(cursor: Cursor, plan: FieldPlan, name: string, scope: Scope): DecodedField | undefined {
  cursor.values++;
  if (cursor.values > maximumValues) {
    stop(cursor, `The event has more than ${maximumValues} values; the rest is not decoded.`);
    return undefined;
  }
  if (plan.field.members) return decodeStruct(cursor, plan, name, scope);
  const { fixedSize } = plan;
  if (fixedSize !== undefined && fixedSize <= cursor.end - cursor.at) {
    const start = cursor.at;
    cursor.at = start + fixedSize;
    const value = plan.read(cursor, start, cursor.at, scope.label);
    return { name, type: plan.elementType, ...value, start, length: fixedSize };
  }
  const extent = extentOf(cursor, plan, scope);
  return extent && decodeSized(cursor, plan, name, extent, scope.label);
}

function decodeStruct(cursor: Cursor, plan: FieldPlan, name: string, scope: Scope): DecodedField | undefined {
  if (!plan.members) {
    stop(cursor, `Field ${name} nests structs deeper than ${maximumStructDepth}.`);
    return undefined;
  }
  const start = cursor.at;
  const children = decodeFields(cursor, plan.members, scope);
  const value = structSummary(children);
  return { name, type: plan.elementType, value, start, length: cursor.at - start, children };
}

function decodeArray(cursor: Cursor, plan: FieldPlan, count: number, scope: Scope): DecodedField {
  const { name } = plan.field;
  const start = cursor.at;
  const children: DecodedField[] = [];
  let done = 0;
  for (; done < count; done++) {
    const elementStart = cursor.at;
    const element = decodeElement(cursor, plan, `[${done}]`, scope);
    if (element && done < shownElements) children.push(element);
    if (cursor.problem !== undefined) break;
    // Elements without bytes are all alike, however many a damaged count claims.
    if (cursor.at === elementStart && done >= shownElements) break;
  }
  if (cursor.problem !== undefined) cursor.problem += ` It is element ${done + 1} of ${count} in ${name}.`;
  const note = count > shownElements ? `Only the first ${children.length} of ${count} elements are shown.` : undefined;
  const value = arraySummary(children, count);
  const array = { name, type: plan.type, value, start, length: cursor.at - start, children };
  return note === undefined ? array : { ...array, note };
}

/** A value whose extent is known. Text and binary that are cut off are still worth showing. */
function decodeSized(
  cursor: Cursor,
  plan: FieldPlan,
  name: string,
  wanted: Extent,
  label: string,
): DecodedField | undefined {
  const start = cursor.at;
  const present = Math.min(wanted.length, cursor.end - start);
  const cut = present < wanted.length;
  if (cut) {
    stop(cursor, shortageNote(plan.field.name, wanted.length, present));
    if (present <= wanted.prefix || !isCuttable(plan)) return undefined;
  } else if (wanted.problem !== undefined) stop(cursor, wanted.problem);
  cursor.at = start + present;
  const value = plan.read(cursor, start + wanted.prefix, cursor.at, label);
  const decoded = { name, type: plan.elementType, ...value, start, length: present };
  return cut ? { ...decoded, note: `Cut short: ${present} of ${wanted.length} bytes.` } : decoded;
}

function shortageNote(name: string, wanted: number, present: number): string {
  const needs = `Field ${name} needs ${wanted} ${wanted === 1 ? 'byte' : 'bytes'}, but`;
  if (present === 0) return `${needs} the payload ends before it.`;
  return `${needs} only ${present} ${present === 1 ? 'byte is' : 'bytes are'} left.`;
}

function isCuttable({ field, countPrefix }: FieldPlan): boolean {
  return takesLength(field.inType) || isRemainingText(field.inType) || countPrefix !== undefined;
}

/** Where a value ends, in bytes from its start, and how many of them are a byte count in front of it. */
interface Extent {
  readonly length: number;
  readonly prefix: number;
  readonly problem?: string;
}

function extentOf(cursor: Cursor, plan: FieldPlan, scope: Scope): Extent | undefined {
  const { field, fixedSize, countPrefix } = plan;
  if (fixedSize !== undefined) return { length: fixedSize, prefix: 0 };
  if (plan.takesTheRest) return restOf(cursor, plan);
  if (countPrefix) return countedLength(cursor, countPrefix);
  if (takesLength(field.inType)) {
    if (field.length === undefined) return zeroTerminatedLength(cursor, field);
    const units = resolve(cursor, field, field.length, 'length', scope);
    return units === undefined ? undefined : { length: units * lengthUnit(field.inType), prefix: 0 };
  }
  if (field.inType === InType.Sid) return sidExtent(cursor, field, 0);
  if (field.inType === InType.WbemSid) return wbemSidExtent(cursor, field);
  stop(cursor, `Field ${field.name} has the in-type ${field.inType}, which is unknown; the rest is not decoded.`);
  return undefined;
}

function restOf(cursor: Cursor, { field, bytesBehind }: FieldPlan): Extent {
  const left = cursor.end - cursor.at;
  if (bytesBehind !== undefined) return { length: Math.max(0, left - bytesBehind), prefix: 0 };
  const problem =
    `Neither the length of ${field.name} is known nor that of what follows it: ` +
    'it takes the rest of the payload, and the fields behind it are not decoded.';
  return { length: left, prefix: 0, problem };
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

function countedLength({ view, at, end }: Cursor, { size, bigEndian }: CountPrefix): Extent {
  if (end - at < size) return { length: size, prefix: size };
  const count = size === 2 ? view.getUint16(at, !bigEndian) : view.getUint32(at, !bigEndian);
  return { length: size + count, prefix: size };
}

/** The SID starts `bytesInFront` behind the field's own start. */
function sidExtent(cursor: Cursor, field: SchemaField, bytesInFront: number): Extent | undefined {
  const at = cursor.at + bytesInFront;
  const length = cursor.end - at < sidHeaderBytes ? sidHeaderBytes : sidLengthAt(cursor.bytes, at);
  if (length !== undefined) return { length: bytesInFront + length, prefix: 0 };
  stop(cursor, `Field ${field.name} holds no SID.`);
  return undefined;
}

/**
 * A TOKEN_USER, which is two pointers, then a SID. Where there is no SID, a zero of 32 bits stands alone; but the
 * pointers of a SID may be zero as well, in traces that were cleaned of addresses.
 */
function wbemSidExtent(cursor: Cursor, field: SchemaField): Extent | undefined {
  const { bytes, view, at, end, pointerSize } = cursor;
  const sidStart = at + pointerSize * 2;
  const isFollowed = end - sidStart >= sidHeaderBytes && sidLengthAt(bytes, sidStart) !== undefined;
  const isAbsent = end - at < 4 || (!isFollowed && view.getUint32(at, true) === 0);
  return isAbsent ? { length: 4, prefix: 0 } : sidExtent(cursor, field, pointerSize * 2);
}

function resolve(
  cursor: Cursor,
  field: SchemaField,
  size: number | FieldReference,
  what: string,
  scope: Scope,
): number | undefined {
  const number = typeof size === 'number' ? size : numberOf(size.field, scope);
  if (number !== undefined && isSize(number)) return number;
  const origin = typeof size === 'number' ? String(size) : size.field;
  stop(cursor, `The ${what} of ${field.name} comes from ${origin}, which is no such number.`);
  return undefined;
}

function numberOf(name: string, scope: Scope): number | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const number = at.numbers?.get(name);
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
