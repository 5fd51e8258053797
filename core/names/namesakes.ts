import type { Realm } from './key-joins.ts';
import type { ShownThing } from './name-source.ts';

interface Named {
  readonly id: string;
  readonly realm: Realm;
  readonly name: string;
  readonly thing: ShownThing;
  readonly facts: ShownThing['facts'];
}

/** What people know things apart by, the best first. */
const tellingFacts = ['VM', 'Alias', 'Switch'];

/**
 * What tells things of one name apart, by their ids: the VM, the alias, the interface index, or the last digits of a GUID.
 * "Microsoft Hyper-V Network Adapter" is the friendly name of every adapter that its driver serves.
 */
export function namesakes(named: readonly Named[]): ReadonlyMap<string, string> {
  const byName = new Map<string, Named[]>();
  for (const each of named) {
    const key = `${each.realm} ${each.name.toLowerCase()}`;
    byName.set(key, [...(byName.get(key) ?? []), each]);
  }
  return new Map([...byName.values()].filter((group) => group.length > 1).flatMap(toldApart));
}

function toldApart(group: readonly Named[]): [string, string][] {
  for (const tell of [...tellingFacts.map(factOf), indexOf]) {
    const texts = group.map((each) => tell(each));
    const known = texts.filter((text) => text !== undefined);
    if (known.length === group.length && new Set(known).size === group.length) {
      return group.map(({ id }, place) => [id, known[place]]);
    }
  }
  return group.map((each) => [each.id, lastDigits(each)]);
}

function factOf(label: string) {
  return ({ name, facts }: Named): string | undefined =>
    facts.find((fact) => fact.label === label && fact.value !== '' && fact.value.toLowerCase() !== name.toLowerCase())
      ?.value;
}

function indexOf({ thing }: Named): string | undefined {
  const index = thing.keys.find(({ kind }) => kind === 'ifindex')?.value;
  return index === undefined ? undefined : `ifIndex ${index}`;
}

const digitsShown = 6;

function lastDigits(each: Named): string {
  const value = each.thing.keys.find(({ kind }) => kind === 'nic' || kind === 'guid')?.value;
  return value === undefined ? (indexOf(each) ?? each.thing.text) : `…${value.slice(-digitsShown)}`;
}
