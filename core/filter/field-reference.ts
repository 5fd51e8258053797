import { fieldPathName } from '../base/field-path.ts';
import type { PathStep } from './language/ast.ts';

/** Where a filter's path leads: fields of one module, or of any. Names are in lower case. */
export interface FieldReference {
  /** Null: any. */
  readonly module: string | null;
  readonly steps: readonly PathName[];
}

export interface PathName {
  readonly name: string;
  /** Levels below the step before: 0 for any depth. */
  readonly levels: number;
}

/** The steps of a path in lower case, as they are compared. */
export function pathNames(steps: readonly PathStep[]): PathName[] {
  return steps.map(({ name, levels }) => ({ name: name.toLowerCase(), levels }));
}

/** Other names of fields, by the module's name: Message Analyzer's, some of which stand for several, and Network Monitor's. */
const addressAliases = aliasTable([
  ['SourceAddress', ['Address', 'Source']],
  ['DestinationAddress', ['Address', 'Destination']],
]);
const portAliases = aliasTable([
  ['SourcePort', ['Port', 'SrcPort']],
  ['DestinationPort', ['Port', 'DstPort']],
]);
const aliasesOfModule: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map([
  ...['ethernet', 'wifi', 'ipv4', 'ipv6'].map((module) => [module, addressAliases] as const),
  ...['tcp', 'udp'].map((module) => [module, portAliases] as const),
]);

function aliasTable(entries: readonly (readonly [string, readonly string[]])[]): Map<string, readonly string[]> {
  return new Map(entries.map(([name, aliases]) => [name.toLowerCase(), aliases]));
}

const noAliases: readonly string[] = [];

/** Other names of a module's field, as they are written. */
export function aliasesOf(module: string, field: string): readonly string[] {
  return aliasesOfModule.get(module.toLowerCase())?.get(field.toLowerCase()) ?? noAliases;
}

/** Whether a field of the module has this name, in lower case, or an alias of it. */
export function isNamed(module: string, field: string, lowerCase: string): boolean {
  return (
    fieldPathName(field).toLowerCase() === lowerCase ||
    aliasesOf(module, field).some((alias) => alias.toLowerCase() === lowerCase)
  );
}

/** Whether the steps, from the top of the path (names in lower case), end exactly at its last name. */
export function leadsTo(path: readonly string[], steps: readonly PathName[]): boolean {
  return leadsFrom(path, 0, steps, 0);
}

function leadsFrom(path: readonly string[], from: number, steps: readonly PathName[], next: number): boolean {
  if (next === steps.length) return from === path.length;
  if (steps.length - next > path.length - from) return false;
  const { name, levels } = steps[next];
  if (levels > 0) return path[from + levels - 1] === name && leadsFrom(path, from + levels, steps, next + 1);
  for (let place = from; place < path.length; place++) {
    if (path[place] === name && leadsFrom(path, place + 1, steps, next + 1)) return true;
  }
  return false;
}
