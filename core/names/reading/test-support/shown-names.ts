/** Things as readable lines, for tests of this folder. */
import type { NamedThing } from '../../named-thing.ts';
import { readNames } from '../read-names.ts';

/** `interface “Ethernet” guid …, ifindex 9; Description: Intel`; a cut name has ` (cut)` behind it. */
export function shownThing({ kind, name, isCut, keys, facts }: NamedThing): string {
  const key = keys.map((found) => `${found.kind} ${found.value}`).join(', ');
  const fact = facts.map(({ label, value }) => `; ${label}: ${value}`).join('');
  return `${kind} “${name}”${isCut ? ' (cut)' : ''} ${key === '' ? 'without keys' : key}${fact}`;
}

export function shownThings(input: string | Uint8Array): string[] {
  return readNames(input, 'names.txt').things.map(shownThing);
}
