import { fieldPathName, type ValueType } from '../base/field-path.ts';
import type { OptionKind } from './options.ts';

/** The fields that something may have, by their names in filter paths. */
export type FieldTree = Readonly<Record<string, FieldNode>>;

export interface FieldNode {
  /** A group has no value but that of its members. */
  readonly type: ValueType | 'group';
  readonly members?: FieldTree;
}

/** Fields of one type. `names` are separated by blanks. */
export function fieldsOf(type: ValueType, names: string): FieldTree {
  return Object.fromEntries(names.split(' ').map((name) => [name, { type }]));
}

export const integers = (names: string): FieldTree => fieldsOf('integer', names);
export const booleans = (names: string): FieldTree => fieldsOf('boolean', names);
export const texts = (names: string): FieldTree => fieldsOf('text', names);
export const ipv4s = (names: string): FieldTree => fieldsOf('ipv4', names);
export const ipv6s = (names: string): FieldTree => fieldsOf('ipv6', names);
export const macs = (names: string): FieldTree => fieldsOf('mac', names);
export const byteStrings = (names: string): FieldTree => fieldsOf('bytes', names);

export function group(members: FieldTree): FieldNode {
  return { type: 'group', members };
}

/** A number whose bits are its members. */
export function flags(members: FieldTree): FieldNode {
  return { type: 'integer', members };
}

/** The options that a table names. `parts` has the members of those that have some. */
export function options(kinds: ReadonlyMap<number, OptionKind>, parts: FieldTree = {}): FieldTree {
  const named = [...kinds.values()].map((kind): [string, FieldNode] => [
    fieldPathName(kind.name),
    { type: kind.value?.type ?? 'bytes' },
  ]);
  return { ...Object.fromEntries(named), ...parts };
}
