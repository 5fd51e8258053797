import { macAt } from '../../base/address.ts';
import { nameKey, nameKeyText, switchNicKey } from '../../names/name-key.ts';
import type { ShownThing } from '../../names/name-source.ts';
import type { NameKey, NamedThing, ThingKind } from '../../names/named-thing.ts';

type Fact = ShownThing['facts'][number];

/** What is said of a thing each time it is met. */
export interface Sight {
  readonly kind: ThingKind;
  /** As the trace shows it. */
  readonly text: string;
  readonly keys: readonly NameKey[];
  readonly name?: string;
  readonly seenIn: string;
  readonly uses: number;
  readonly facts?: readonly Fact[];
}

interface Gathered {
  readonly kind: ThingKind;
  readonly text: string;
  readonly spellings: Set<string>;
  readonly keys: Map<string, NameKey>;
  readonly names: Map<string, string>;
  readonly facts: Map<string, Fact>;
  readonly seenIn: Set<string>;
  uses: number;
}

/** Things that one trace may show: rubbish names no more. */
const mostThings = 50_000;
const longestOwnKey = 300;
const mostFacts = 24;
const mostNames = 8;
const mostSpellings = 8;

/** Gathers what a trace shows and how it calls it, thing by thing. */
export class ShownThings {
  private readonly things = new Map<string, Gathered>();
  /** Things that were not taken, because there are too many. */
  leftOut = 0;

  see({ kind, text, keys, name = '', seenIn, uses, facts = [] }: Sight): void {
    const id = `${kind} ${keys.length > 0 ? keys[0].value : text}`;
    let thing = this.things.get(id);
    if (!thing) {
      if (this.things.size === mostThings) {
        this.leftOut++;
        return;
      }
      const said = { keys: new Map(), names: new Map(), facts: new Map(), seenIn: new Set<string>() };
      thing = { kind, text, spellings: new Set(), ...said, uses: 0 };
      this.things.set(id, thing);
    }
    if (thing.spellings.size < mostSpellings) thing.spellings.add(text);
    for (const key of keys) if (!thing.keys.has(nameKeyText(key))) thing.keys.set(nameKeyText(key), key);
    if (name !== '' && thing.names.size < mostNames) thing.names.set(name.toLowerCase(), name);
    for (const fact of facts) {
      const said = `${fact.label} ${fact.value.toLowerCase()}`;
      if (fact.value !== '' && thing.facts.size < mostFacts && !thing.facts.has(said)) thing.facts.set(said, fact);
    }
    thing.seenIn.add(seenIn);
    thing.uses += uses;
  }

  /** What the trace shows. */
  shown(): ShownThing[] {
    return [...this.things].map(([id, { kind, text, spellings, keys, facts, seenIn, uses }]) => ({
      ...{ id, kind, text, uses },
      spellings: [...spellings],
      keys: [...keys.values()],
      facts: [...facts.values()],
      seenIn: [...seenIn],
    }));
  }

  /** What it calls those it has names for. */
  named(): NamedThing[] {
    return [...this.things.values()].flatMap(({ kind, keys, names, facts }) =>
      [...names.values()].map((name) => ({
        ...{ kind, name, isCut: false },
        keys: [...keys.values()],
        facts: [...facts.values()],
      })),
    );
  }
}

/**
 * Keys of a NIC by the name that its switch gives it: the name itself, and the adapter's GUID where it has two. A name that
 * holds no GUID, as only made-up traces have, is its own key.
 */
export function switchNicKeys(nicName: string, label: string): NameKey[] {
  const key = switchNicKey(nicName, label);
  if (!key) return ownKey('nic', nicName, label);
  if (key.kind !== 'nic') return [key];
  const adapter = nameKey('guid', key.value.slice(key.value.indexOf('--') + 2), label);
  return adapter ? [key, adapter] : [key];
}

/** Keys of a switch or port. */
export function switchObjectKeys(name: string, label: string): NameKey[] {
  const key = nameKey('guid', name, label);
  return key ? [key] : ownKey('guid', name, label);
}

/** The VM that a NIC's name begins with; undefined when it does not. */
export function machineOf(nicName: string): NameKey | undefined {
  const key = nameKey('nic', nicName, 'NicName');
  return key && nameKey('guid', key.value.slice(0, key.value.indexOf('--')), 'NicName');
}

function ownKey(kind: 'nic' | 'guid', text: string, label: string): NameKey[] {
  const value = text.trim().toUpperCase().slice(0, longestOwnKey);
  return value === '' ? [] : [{ kind, value, label }];
}

/** The key of a MAC that a trace has as bytes. */
export function macKeys(mac: Uint8Array, label: string): NameKey[] {
  const key = mac.length >= 6 ? nameKey('mac', macAt(mac, 0), label) : undefined;
  return key ? [key] : [];
}
