import type { NameKey, ThingKind } from './named-thing.ts';

/** One thing under the name in force. */
export interface NamedGroup {
  readonly id: string;
  readonly kind: ThingKind;
  readonly name: string;
  readonly keys: readonly NameKey[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** What people know things apart by, the best first. */
const tellingFacts = ['VM', 'Alias', 'Switch'];

/**
 * What tells things of one name apart, by their ids: the VM, the alias, the interface index, or the last digits of a GUID.
 * "Microsoft Hyper-V Network Adapter" is the friendly name of every adapter that its driver serves.
 */
export function namesakes(named: readonly NamedGroup[]): ReadonlyMap<string, string> {
  const byName = new Map<string, NamedGroup[]>();
  for (const each of named) {
    const key = `${each.kind} ${each.name.toLowerCase()}`;
    const others = byName.get(key);
    if (others) others.push(each);
    else byName.set(key, [each]);
  }
  return new Map([...byName.values()].filter((group) => group.length > 1).flatMap(toldApart));
}

function toldApart(group: readonly NamedGroup[]): [string, string][] {
  const facts = [...tellingFacts.map(factOf), indexOf];
  const anyFact = (each: NamedGroup): string | undefined =>
    [factOf('VM'), factOf('Alias'), indexOf, lastDigits].map((tell) => tell(each)).find((text) => text !== undefined);
  for (const tell of [...facts, anyFact, lastDigits, firstDigits]) {
    const texts = group.map(tell).filter((text) => text !== undefined);
    if (texts.length === group.length && new Set(texts).size === group.length) {
      return group.map(({ id }, place) => [id, texts[place]]);
    }
  }
  return group.map((each) => [each.id, each.keys.map(({ value }) => value).at(0) ?? '']);
}

function factOf(label: string) {
  return ({ name, facts }: NamedGroup): string | undefined =>
    facts.find((fact) => fact.label === label && fact.value !== '' && fact.value.toLowerCase() !== name.toLowerCase())
      ?.value;
}

function indexOf({ keys }: NamedGroup): string | undefined {
  const index = keys.find(({ kind }) => kind === 'ifindex')?.value;
  return index === undefined ? undefined : `ifIndex ${index}`;
}

const lastShown = 6;
const firstShown = 8;

function numberOf({ keys }: NamedGroup): string | undefined {
  return keys.find(({ kind }) => kind === 'nic' || kind === 'guid')?.value;
}

/** Where only some have a GUID, the others go by their index. */
function lastDigits(each: NamedGroup): string | undefined {
  const number = numberOf(each);
  return number === undefined ? indexOf(each) : `…${number.slice(-lastShown)}`;
}

function firstDigits(each: NamedGroup): string | undefined {
  const number = numberOf(each);
  return number === undefined ? indexOf(each) : `${number.slice(0, firstShown)}…`;
}
