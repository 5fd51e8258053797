import { fieldName, type ColumnField, type FieldType } from './field-catalogue.ts';
import { literalNames, type LiteralValue, type OrderOperator } from './language/ast.ts';
import { anyEvent, carries, eventKind, eventValue, packetModulesAre, packetValue } from './plan.ts';
import type { FilterPlan, PacketPlan } from './plan.ts';
import { any, all, constant } from './logic.ts';
import { bigEndian, orderedRanges, subnet, upTo, type Ranges } from './ranges.ts';

/** A field and the values of it that are looked for. */
export interface FieldTest {
  readonly field: ColumnField;
  readonly ranges: Ranges;
}

/** What a person compares such a field with. */
export const valueNames: Readonly<Record<FieldType, string>> = {
  integer: literalNames.integer,
  boolean: 'true or false',
  ipv4: literalNames.ipv4,
  ipv6: literalNames.ipv6,
  mac: literalNames.mac,
  guid: literalNames.guid,
};

/** The values of the field that equal the literal; undefined when the two cannot be compared. */
export function valuesEqual(field: ColumnField, literal: LiteralValue): Ranges | undefined {
  const value = comparableValue(field, literal);
  return value === undefined ? undefined : upTo([[value, value]], highestStored(field));
}

/** As valuesEqual, and a subnet stands for every address in it: what `in` means. */
export function valuesWithin(field: ColumnField, literal: LiteralValue): Ranges | undefined {
  if (literal.type === 'ipv4Subnet' && field.type === 'ipv4')
    return [subnet(BigInt(literal.value), literal.prefix, 32)];
  if (literal.type === 'ipv6Subnet' && field.type === 'ipv6')
    return [subnet(bigEndian(literal.bytes), literal.prefix, 128)];
  return valuesEqual(field, literal);
}

/** The values of a number field below, above or at the literal; undefined when the field has no order. */
export function valuesOrdered(field: ColumnField, operator: OrderOperator, literal: LiteralValue): Ranges | undefined {
  if (field.type !== 'integer' || literal.type !== 'integer') return undefined;
  return upTo(orderedRanges(operator, [literal.value, literal.value], field.highest), field.highest);
}

/** Why the field can never have the value, in words; undefined when it can. */
export function outOfReach(field: ColumnField, literal: LiteralValue): string | undefined {
  if (field.type !== 'integer' || literal.type !== 'integer' || literal.value <= field.highest) return undefined;
  return `${fieldName(field)} is at most ${field.highest}, so it is never ${literal.value}.`;
}

/** Events in which at least one of the fields is there. */
export function present(fields: readonly ColumnField[]): FilterPlan {
  return matching(fields.map((field) => ({ field, ranges: [[0n, highestStored(field)]] })));
}

/** Events in which at least one of the fields is there and has one of its values. */
export function matching(tests: readonly FieldTest[]): FilterPlan {
  return anyEvent([carries(matchingPackets(tests), false), ...tests.map(matchingEvents)]);
}

/** Every event has the fields of its own header. */
function matchingEvents({ field, ranges }: FieldTest): FilterPlan {
  if (field.source.table === 'packets') return constant(false);
  if (everything(field, ranges)) return constant(true);
  if (field.source.table === 'events') return eventValue(field.source.column, ranges);
  return eventKind(field.source.property, ranges);
}

interface PacketGroup {
  readonly test: PacketPlan;
  anyOf: number;
  readonly noneOf: number;
}

/**
 * Fields of several modules often lie in one column (ports of TCP and UDP), and one module's fields in several (source
 * and destination): the modules of a column are tested together, and so are the columns of a set of modules.
 */
function matchingPackets(tests: readonly FieldTest[]): PacketPlan {
  const byTest = new Map<string, PacketGroup>();
  for (const { field, ranges } of tests) {
    const source = field.source;
    if (source.table !== 'packets') continue;
    const whole = everything(field, ranges);
    const test = whole ? constant(true) : packetValue(source.column, source.form, source.mask, ranges);
    // A covered value is another module's; that the field is there, whatever its value, holds all the same.
    const noneOf = whole ? source.noneOf : (source.noneOf | source.covered) >>> 0;
    const key = whole ? `${noneOf}` : [noneOf, source.column, source.form, source.mask, ...ranges].join();
    const group = byTest.get(key);
    if (group) group.anyOf |= source.anyOf;
    else byTest.set(key, { test, anyOf: source.anyOf, noneOf });
  }
  const byModules = new Map<string, PacketGroup[]>();
  for (const group of byTest.values()) {
    const key = `${group.anyOf} ${group.noneOf}`;
    byModules.set(key, [...(byModules.get(key) ?? []), group]);
  }
  return any(
    [...byModules.values()].map((groups) =>
      all([packetModulesAre(groups[0].anyOf, groups[0].noneOf), any(groups.map((group) => group.test))]),
    ),
  );
}

function everything(field: ColumnField, ranges: Ranges): boolean {
  return ranges.length === 1 && ranges[0][0] === 0n && ranges[0][1] >= highestStored(field);
}

/** Highest number the field's bits can be where they stand in the column: a flag is its mask or 0. */
function highestStored(field: ColumnField): bigint {
  return field.type === 'boolean' ? setValue(field) : field.highest;
}

function setValue(field: ColumnField): bigint {
  return field.source.table === 'packets' ? BigInt(field.source.mask) : 1n;
}

function comparableValue(field: ColumnField, literal: LiteralValue): bigint | undefined {
  switch (field.type) {
    case 'integer':
      return literal.type === 'integer' ? literal.value : undefined;
    case 'boolean':
      return truthValue(field, literal);
    case 'ipv4':
      return literal.type === 'ipv4' ? BigInt(literal.value) : addressBytes(literal, 'ipv4', 4);
    case 'ipv6':
      return addressBytes(literal, 'ipv6', 16);
    case 'mac':
      return addressBytes(literal, 'mac', 6);
    case 'guid':
      return literal.type === 'guid' ? guidNumber(literal.text) : undefined;
  }
}

/** `TCP.Flags.SYN == 1` is accepted as well, for those who come from Network Monitor. */
function truthValue(field: ColumnField, literal: LiteralValue): bigint | undefined {
  if (literal.type === 'boolean') return literal.value ? setValue(field) : 0n;
  if (literal.type !== 'integer' || literal.value > 1n) return undefined;
  return literal.value === 1n ? setValue(field) : 0n;
}

/** An address as such, or as a byte string of its length: `IPv4.Address == $[C0A80101]`. */
function addressBytes(literal: LiteralValue, type: FieldType, length: number): bigint | undefined {
  if (literal.type !== type && literal.type !== 'binary') return undefined;
  return 'bytes' in literal && literal.bytes.length === length ? bigEndian(literal.bytes) : undefined;
}

/** The digits of a GUID's text as one number. */
export function guidNumber(guid: string): bigint {
  return BigInt(`0x${guid.replace(/[{}-]/g, '')}`);
}
