/** The one place where readers make things: bounded, readable, every key once. */
import { nameKeyText } from '../name-key.ts';
import type { NameKey, NamedThing, ThingKind } from '../named-thing.ts';
import { limits } from './limits.ts';

export interface RawThing {
  readonly kind: ThingKind;
  readonly name: string;
  readonly isCut?: boolean;
  readonly keys: readonly (NameKey | undefined)[];
  /** Facts without a value are left out. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
}

export function namedThing({ kind, name, isCut = false, keys, facts = [] }: RawThing): NamedThing {
  const told = facts.map(({ label, value }) => ({ label: readable(label), value: readable(value) }));
  const whole = readable(name);
  const shown = shortened(whole);
  return {
    kind,
    name: shown,
    isCut: isCut || shown !== whole,
    keys: distinctKeys(keys.filter((key) => key !== undefined)),
    facts: told
      .filter(({ label, value }) => label !== '' && value !== '')
      .slice(0, limits.keys)
      .map(({ label, value }) => ({ label: shortened(label), value: shortened(value) })),
  };
}

/** Whether a text can be a name: a GUID names nothing to a person. */
export function isName(text: string): boolean {
  return /[\p{L}\d]/u.test(text) && !/^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(text.trim());
}

/** The same thing is told by many rows: a switch by each NIC at it. */
export function distinctThings(things: readonly NamedThing[]): NamedThing[] {
  const byContent = new Map(things.map((thing) => [JSON.stringify(thing), thing]));
  return [...byContent.values()];
}

function distinctKeys(keys: readonly NameKey[]): NameKey[] {
  const byText = new Map<string, NameKey>();
  for (const key of keys) {
    const text = nameKeyText(key);
    if (!byText.has(text) && byText.size < limits.keys) byText.set(text, key);
  }
  return [...byText.values()];
}

/** Escapes of JSON and XML can bring in what the input's text was rid of: controls, and marks of writing direction. */
function readable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
}

function shortened(text: string): string {
  return text.length <= limits.nameLength ? text : `${text.slice(0, limits.nameLength)}…`;
}
