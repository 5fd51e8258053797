/** What decoding a field needs and what does not depend on the payload: worked out once, used for every event. */
import type { ValueReader } from './decode-value.ts';
import { valueReader } from './decode-value.ts';
import type { SchemaField } from './event-schema.ts';
import type { CountPrefix, PointerSize } from './in-types.ts';
import { countPrefixOf, fixedSizeOf, impliedBinaryLength, lengthUnit, takesLength, takesTheRest } from './in-types.ts';
import { elementTypeName, typeName } from './type-names.ts';

/** Structs may nest so deep; what is deeper is not decoded. */
export const maximumStructDepth = 32;

/** A field, ready to be decoded. */
export interface FieldPlan {
  readonly field: SchemaField;
  readonly type: string;
  readonly elementType: string;
  readonly read: ValueReader;
  /** Bytes of one element, or undefined when they vary. */
  readonly fixedSize: number | undefined;
  readonly countPrefix: CountPrefix | undefined;
  /** Whether it takes what the fields behind it leave, and how much those take; undefined when that varies. */
  readonly takesTheRest: boolean;
  readonly bytesBehind: number | undefined;
  /** Whether another field may take its length or count from this one. */
  readonly isSize: boolean;
  /** Undefined for plain fields, and for structs that nest too deep. */
  readonly members: readonly FieldPlan[] | undefined;
  readonly note: string | undefined;
}

type Fields = readonly SchemaField[];
const plans: Readonly<Record<PointerSize, WeakMap<Fields, readonly FieldPlan[]>>> = {
  4: new WeakMap<Fields, readonly FieldPlan[]>(),
  8: new WeakMap<Fields, readonly FieldPlan[]>(),
};

/** The plans of a schema's fields, for payloads with pointers of this size. */
export function plansOf(fields: Fields, pointerSize: PointerSize): readonly FieldPlan[] {
  const known = plans[pointerSize].get(fields);
  if (known) return known;
  const sizeNames = new Set<string>();
  collectSizeNames(fields, sizeNames, 0);
  const made = planFields(fields, { pointerSize, sizeNames }, 0, 0);
  plans[pointerSize].set(fields, made);
  return made;
}

function collectSizeNames(fields: Fields, names: Set<string>, depth: number): void {
  if (depth > maximumStructDepth) return;
  for (const { length, count, members } of fields) {
    if (typeof length === 'object') names.add(length.field);
    if (typeof count === 'object') names.add(count.field);
    if (members) collectSizeNames(members, names, depth + 1);
  }
}

interface Planning {
  readonly pointerSize: PointerSize;
  readonly sizeNames: ReadonlySet<string>;
}

/** From the last field to the first, because what a field may take depends on the fields behind it. */
function planFields(fields: Fields, planning: Planning, bytesBehind: number | undefined, depth: number): FieldPlan[] {
  const made: FieldPlan[] = [];
  let behind = bytesBehind;
  for (const field of fields.toReversed()) {
    made.push(planField(field, planning, behind, depth));
    behind = sum(behind, fieldBytes(field, planning.pointerSize, depth));
  }
  return made.reverse();
}

function planField(
  field: SchemaField,
  { pointerSize, sizeNames }: Planning,
  bytesBehind: number | undefined,
  depth: number,
): FieldPlan {
  const behindElement = field.count === undefined ? bytesBehind : undefined;
  const members =
    field.members && depth < maximumStructDepth
      ? planFields(field.members, { pointerSize, sizeNames }, behindElement, depth + 1)
      : undefined;
  const rest = takesTheRest(field);
  return {
    field,
    type: typeName(field),
    elementType: elementTypeName(field),
    read: valueReader(field, pointerSize),
    fixedSize: field.members ? undefined : elementBytes(field, pointerSize),
    countPrefix: countPrefixOf(field.inType),
    takesTheRest: rest,
    bytesBehind: behindElement,
    isSize: sizeNames.has(field.name),
    members,
    note: field.doubt ?? (rest ? unknownLengthNote(behindElement) : undefined),
  };
}

/** For a last field, to take the rest is usual. */
function unknownLengthNote(bytesBehind: number | undefined): string | undefined {
  if (bytesBehind === 0) return undefined;
  const taken = bytesBehind === undefined ? 'the rest of the payload' : 'what the fields behind it leave';
  return `Its length is not known: it takes ${taken}.`;
}

/** Bytes that a whole field always takes, or undefined when that depends on the payload. */
function fieldBytes(field: SchemaField, pointerSize: PointerSize, depth: number): number | undefined {
  const count = field.count ?? 1;
  if (typeof count === 'object' || !isSize(count) || depth > maximumStructDepth) return undefined;
  const element = field.members
    ? field.members.reduce<number | undefined>(
        (bytes, member) => sum(bytes, fieldBytes(member, pointerSize, depth + 1)),
        0,
      )
    : elementBytes(field, pointerSize);
  return element === undefined ? undefined : element * count;
}

function elementBytes(field: SchemaField, pointerSize: PointerSize): number | undefined {
  if (!takesLength(field.inType)) return fixedSizeOf(field.inType, pointerSize);
  const units = field.length ?? impliedBinaryLength(field);
  return typeof units === 'number' && isSize(units) ? units * lengthUnit(field.inType) : undefined;
}

function sum(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined || second === undefined ? undefined : first + second;
}

/** Whether a number can be a length or a count. */
export function isSize(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
