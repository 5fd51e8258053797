/** The file in which names are kept and handed on. */
import { nameKey } from '../name-key.ts';
import { NamesError, type NameKey, type NamedThing, type ThingKind } from '../named-thing.ts';
import { jsonList, jsonObject, jsonText } from './json-output.ts';
import type { NamedOutput } from './output.ts';
import { isName, namedThing } from './thing.ts';

const format = 'hopscope-names';
const version = 1;

/** A file of these things, which `readNames` reads back as they are. */
export function writeNameBook(things: readonly NamedThing[]): string {
  const names = things.map(({ kind, name, isCut, keys, facts }) => ({
    kind,
    name,
    ...(isCut ? { isCut } : {}),
    keys: keys.map(({ kind, value, label }) => ({ kind, value, label })),
    facts: facts.map(({ label, value }) => ({ label, value })),
  }));
  return `${JSON.stringify({ format, version, names }, null, 2)}\n`;
}

/** Undefined when the JSON is no name book. Throws a NamesError when it is one that a later Hopscope wrote. */
export function readNameBook(value: unknown): (NamedOutput & { notes: string[] }) | undefined {
  const book = jsonObject(value);
  if (book?.format !== format) return undefined;
  if (book.version !== version) {
    throw new NamesError(
      `It is a name book of version ${shownVersion(book.version)}; this Hopscope reads version ${version}. A newer one can read it.`,
    );
  }
  const entries = jsonList(book.names);
  const things = entries.map(toThing).filter((thing) => thing !== undefined);
  const damaged = entries.length - things.length;
  return {
    content: `name book, ${things.length} name${things.length === 1 ? '' : 's'}`,
    things,
    notes:
      damaged === 0
        ? []
        : [`${damaged} of the ${entries.length} entries of the name book are damaged; they were passed over.`],
  };
}

function shownVersion(value: unknown): string {
  return typeof value === 'number' ? String(value) : 'unknown';
}

function toThing(entry: unknown): NamedThing | undefined {
  const { kind, name, isCut, keys, facts } = jsonObject(entry) ?? {};
  const thingKind = thingKinds.find((known) => known === kind);
  if (thingKind === undefined || typeof name !== 'string' || !isName(name)) return undefined;
  return namedThing({
    kind: thingKind,
    name,
    isCut: isCut === true,
    keys: jsonList(keys).map(toKey),
    facts: jsonList(facts).map((fact) => {
      const { label, value } = jsonObject(fact) ?? {};
      return { label: jsonText(label), value: jsonText(value) };
    }),
  });
}

function toKey(entry: unknown): NameKey | undefined {
  const { kind, value, label } = jsonObject(entry) ?? {};
  const keyKind = keyKinds.find((known) => known === kind);
  return keyKind === undefined ? undefined : nameKey(keyKind, jsonText(value), jsonText(label));
}

/** Written as records, so that a kind cannot be forgotten here. */
const thingKinds = keysOf<ThingKind>({
  nic: true,
  switch: true,
  port: true,
  interface: true,
  vm: true,
  network: true,
  mac: true,
  'ip-address': true,
  'pktmon-component': true,
});
const keyKinds = keysOf<NameKey['kind']>({
  guid: true,
  nic: true,
  ifindex: true,
  mac: true,
  ip: true,
  component: true,
});

function keysOf<Kind extends string>(record: Readonly<Record<Kind, true>>): Kind[] {
  return Object.keys(record) as Kind[];
}
