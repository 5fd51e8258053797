import { isIdentity, KeyJoins, realmKey, realmOf, type Realm } from './key-joins.ts';
import { nameKeyText } from './name-key.ts';
import { byStrength, type BookSource, type ShownThing } from './name-source.ts';
import type { NameKey, NamedThing, ThingKind } from './named-thing.ts';
import { namesakes, type NamedGroup } from './namesakes.ts';

export interface NameCandidate {
  readonly name: string;
  readonly source: BookSource;
  /** What ties it to the thing: `interface, by GUID`, `nic, by MAC 00-15-5D-00-0A-09`. */
  readonly detail: string;
}

export interface ResolvedName {
  /** The name in force, with what tells it from namesakes. */
  readonly name: string;
  readonly source: BookSource;
  /** All names that sources give, the strongest first; never empty. */
  readonly candidates: readonly NameCandidate[];
  /** Why the name may be wrong, in a sentence; null when all agree. */
  readonly conflict: string | null;
}

/** A thing of a source and how it was found. */
interface Match {
  readonly source: BookSource;
  readonly thing: NamedThing;
  readonly by: NameKey;
}

/** Everything that is known of one thing of the trace under any of its keys. */
interface Group {
  readonly shown: ShownThing[];
  readonly keys: NameKey[];
}

/**
 * Names from several sources, resolved for whatever a trace shows: by hand beats imports, a newer import an older one, and
 * all of them the trace itself. Keys join transitively: an interface index names a GUID through a row that has both.
 */
export class NameBook {
  /** The strongest first. */
  readonly sources: readonly BookSource[];
  readonly shown: readonly ShownThing[];
  /** What of imports cannot be this trace's, by source: sentences. */
  readonly mismatches: ReadonlyMap<BookSource, readonly string[]>;
  private readonly joins = new KeyJoins();
  private readonly groups = new Map<string, Group>();
  /** By joined key, and by MAC and address; each source's in its own map. */
  private readonly byIdentity: ReadonlyMap<BookSource, Map<string, Match[]>>;
  private readonly byAddress: ReadonlyMap<BookSource, Map<string, Match[]>>;
  private readonly resolved = new Map<string, ResolvedName | undefined>();
  private readonly additions: ReadonlyMap<string, string>;

  constructor(sources: readonly BookSource[], shown: readonly ShownThing[]) {
    this.sources = byStrength(sources);
    this.shown = shown;
    for (const { kind, keys } of shown) this.joins.join(identities(kind, keys));
    const own = this.sources.filter(({ kind }) => kind === 'trace');
    for (const { kind, keys } of own.flatMap(({ things }) => things)) this.joins.join(identities(kind, keys));
    this.gatherGroups();
    const accepted = new Map(this.sources.map((source) => [source, this.acceptedKeys(source)]));
    this.mismatches = new Map([...accepted].map(([source, { mismatches }]) => [source, mismatches]));
    for (const { things } of accepted.values()) {
      for (const { thing, keys } of things) this.joins.join(identities(thing.kind, keys));
    }
    this.groups.clear();
    this.gatherGroups();
    this.byIdentity = new Map(
      [...accepted].map(([source, { things }]) => [source, this.matchesBy(source, things, isIdentity)]),
    );
    this.byAddress = new Map(
      [...accepted].map(([source, { things }]) => [source, this.matchesBy(source, things, (key) => !isIdentity(key))]),
    );
    this.additions = namesakes(this.namedThings());
  }

  /** The name of what has these keys; undefined when nobody names it. `kind`: what is asked for, where that is known. */
  resolve(keys: readonly NameKey[], kind?: ThingKind): ResolvedName | undefined {
    const kinds: readonly ThingKind[] = kind === undefined ? ['nic', 'switch', 'port', 'vm'] : [kind];
    for (const each of kinds) {
      const asked = `${each}|${keys.map(nameKeyText).join('|')}`;
      if (!this.resolved.has(asked)) this.resolved.set(asked, this.resolveKind(keys, each));
      const found = this.resolved.get(asked);
      if (found) return found;
    }
    return undefined;
  }

  /** All names by which people may know it, the one in force first; empty when nobody names it. */
  allNames(keys: readonly NameKey[], kind?: ThingKind): string[] {
    const found = this.resolve(keys, kind);
    return found ? [...new Set([found.name, ...found.candidates.map(({ name }) => name)])] : [];
  }

  /** All keys that are known of it, its own first. */
  keysOf(keys: readonly NameKey[], kind: ThingKind): NameKey[] {
    const roots = this.rootsOf(keys, realmOf(kind));
    const shown = roots.flatMap((root) => this.groups.get(root)?.keys ?? []);
    const told = this.matches(keys, kind, roots).flatMap(({ thing }) => thing.keys);
    return [
      ...new Map([...keys, ...shown, ...told].toReversed().map((key) => [nameKeyText(key), key])).values(),
    ].reverse();
  }

  /** What sources and the trace tell of it besides its `own` facts, which nothing under the same label is added to. */
  factsOf(keys: readonly NameKey[], kind: ThingKind, own: ShownThing['facts'] = []): ShownThing['facts'] {
    const roots = this.rootsOf(keys, realmOf(kind));
    const told = this.matches(keys, kind, roots).flatMap(({ thing }) => thing.facts);
    const shown = roots.flatMap((root) => this.groups.get(root)?.shown ?? []).flatMap(({ facts }) => facts);
    const labels = new Set(own.map(({ label }) => label));
    const others = [...told, ...shown].filter(({ label, value }) => value !== '' && !labels.has(label));
    const distinct = new Map(others.toReversed().map((fact) => [`${fact.label} ${fact.value.toLowerCase()}`, fact]));
    return [...own.filter(({ value }) => value !== ''), ...[...distinct.values()].reverse()];
  }

  /** Whether the trace shows the thing under one of its own keys: not by an address alone. */
  isShown(kind: ThingKind, keys: readonly NameKey[]): boolean {
    return this.rootsOf(keys, realmOf(kind)).some((root) => this.groups.has(root));
  }

  private resolveKind(keys: readonly NameKey[], kind: ThingKind): ResolvedName | undefined {
    const realm = realmOf(kind);
    const roots = this.rootsOf(keys, realm);
    const matches = this.matches(keys, kind, roots);
    const candidates = candidatesOf(matches);
    const [first] = candidates;
    if (candidates.length === 0) return undefined;
    const addition = roots
      .map((root) => this.additions.get(additionKey(kind, root)))
      .find((each) => each !== undefined);
    const name = addition === undefined ? first.name : `${first.name} (${addition})`;
    const namesake = addition === undefined ? [] : [`Several are called "${first.name}"; "${addition}" is this one.`];
    const conflict = [...disagreement(matches), ...namesake].join(' ');
    return { name, source: first.source, candidates, conflict: conflict === '' ? null : conflict };
  }

  private rootsOf(keys: readonly NameKey[], realm: Realm): string[] {
    return [...new Set(keys.filter(isIdentity).map((key) => this.joins.find(realmKey(realm, key))))];
  }

  /** Things of every source that are this one: by its identity, else by an address that only one of them has. */
  private matches(keys: readonly NameKey[], kind: ThingKind, roots: readonly string[]): Match[] {
    const groups = roots.map((root) => this.groups.get(root)).filter((group) => group !== undefined);
    const allKeys = [...keys, ...groups.flatMap((group) => group.keys)];
    return this.sources.flatMap((source) => {
      const identical = distinct(roots.flatMap((root) => this.byIdentity.get(source)?.get(root) ?? []));
      if (identical.length > 0 || realmOf(kind) !== 'adapter') return nearestFirst(identical, keys, kind);
      return this.matchesByAddress(source, allKeys);
    });
  }

  private matchesByAddress(source: BookSource, keys: readonly NameKey[]): Match[] {
    const things = this.byAddress.get(source);
    for (const key of keys.filter((each) => !isIdentity(each))) {
      const found = distinct(things?.get(nameKeyText(key)) ?? []).filter(({ thing }) => !areOthers(keys, thing.keys));
      if (found.length === 1) return found;
    }
    return [];
  }

  private gatherGroups(): void {
    for (const thing of this.shown) {
      const realm = realmOf(thing.kind);
      for (const root of this.rootsOf(thing.keys, realm)) {
        const group = this.groups.get(root) ?? { shown: [], keys: [] };
        group.shown.push(thing);
        group.keys.push(...thing.keys);
        this.groups.set(root, group);
      }
    }
  }

  /** An import may be of another computer: where its interface index is another adapter's here, it does not count. */
  private acceptedKeys({ kind: sourceKind, things }: BookSource): {
    things: { thing: NamedThing; keys: NameKey[] }[];
    mismatches: string[];
  } {
    const mismatches: string[] = [];
    const accepted = things.map((thing) => {
      if (sourceKind === 'trace' || sourceKind === 'hand') return { thing, keys: [...thing.keys] };
      const keys = thing.keys.filter((key) => {
        if (key.kind !== 'ifindex') return true;
        const group = this.groups.get(this.joins.find(realmKey(realmOf(thing.kind), key)));
        if (!group || !isAnotherAdapter(thing.keys, group.keys)) return true;
        mismatches.push(
          `"${thing.name}" has interface index ${key.value}, which is another adapter's in this trace: it is from another computer, or from another time.`,
        );
        return false;
      });
      return { thing, keys };
    });
    return { things: accepted, mismatches };
  }

  private matchesBy(
    source: BookSource,
    things: readonly { thing: NamedThing; keys: readonly NameKey[] }[],
    isWanted: (key: NameKey) => boolean,
  ): Map<string, Match[]> {
    const found = new Map<string, Match[]>();
    for (const { thing, keys } of things) {
      for (const key of keys.filter(isWanted)) {
        const text = isIdentity(key) ? this.joins.find(realmKey(realmOf(thing.kind), key)) : nameKeyText(key);
        const others = found.get(text);
        if (others) others.push({ source, thing, by: key });
        else found.set(text, [{ source, thing, by: key }]);
      }
    }
    return found;
  }

  /** What is shown under a name that could be confused with another's; things of one group and kind count once. */
  private namedThings(): NamedGroup[] {
    return [...this.groups].flatMap(([id, { shown }]) => {
      const kinds = new Map(shown.map((thing) => [thing.kind, thing]));
      kinds.delete('pktmon-component');
      const keys = shown.flatMap((each) => each.keys);
      return [...kinds.values()].flatMap((thing): NamedGroup[] => {
        const matches = this.matches(thing.keys, thing.kind, [id]);
        const first = candidatesOf(matches).at(0);
        if (!first) return [];
        const aliases = this.matches(keys, 'interface', [id]).filter((match) => match.thing.kind === 'interface');
        const facts = [
          ...this.factsOf(thing.keys, thing.kind),
          ...aliases.map((match) => ({ label: 'Alias', value: match.thing.name })),
        ];
        return [{ id: additionKey(thing.kind, id), kind: thing.kind, name: first.name, keys, facts }];
      });
    });
  }
}

function additionKey(kind: ThingKind, group: string): string {
  return `${kind} of ${group}`;
}

function identities(kind: ThingKind, keys: readonly NameKey[]): string[] {
  return keys.filter(isIdentity).map((key) => realmKey(realmOf(kind), key));
}

/**
 * What has the asked keys themselves comes before what is joined to them (two pktmon components of one interface have each
 * their own name), and what is of the asked kind before what is not.
 */
function nearestFirst(matches: readonly Match[], keys: readonly NameKey[], kind: ThingKind): Match[] {
  const asked = new Set(keys.map(nameKeyText));
  const rank = ({ thing }: Match): number => {
    if (thing.kind !== kind) return 2;
    return thing.keys.some((key) => asked.has(nameKeyText(key))) ? 0 : 1;
  };
  return matches.toSorted((one, other) => rank(one) - rank(other));
}

/** A thing found by several of its keys counts once. */
function distinct(matches: readonly Match[]): Match[] {
  return [...new Map(matches.toReversed().map((match) => [match.thing, match])).values()].reverse();
}

/** Names that were cut where they were printed stand behind all that were not. */
function candidatesOf(matches: readonly Match[]): NameCandidate[] {
  const ordered = [...matches.filter(({ thing }) => !thing.isCut), ...matches.filter(({ thing }) => thing.isCut)];
  const named = ordered.map(({ source, thing, by }) => ({
    name: thing.isCut && !/(?:…|\.\.\.)$/.test(thing.name) ? `${thing.name}…` : thing.name,
    source,
    detail: `${kindWords[thing.kind]}, by ${by.label}${isIdentity(by) ? '' : ` ${by.value}`}`,
  }));
  const seen = new Set<string>();
  return named.filter(({ name, source }) => {
    const text = `${source.id} ${name.toLowerCase()}`;
    return name !== '' && !seen.has(text) && seen.add(text);
  });
}

export const kindWords: Readonly<Record<ThingKind, string>> = {
  nic: 'NIC',
  switch: 'switch',
  port: 'port',
  interface: 'interface',
  vm: 'VM',
  network: 'network',
  mac: 'MAC',
  'ip-address': 'IP address',
  'pktmon-component': 'pktmon component',
};

/** Both have an index or a GUID of the same kind of thing, and it is not the same. */
function areOthers(keys: readonly NameKey[], others: readonly NameKey[]): boolean {
  return differ('ifindex', keys, others) && !shares('guid', keys, others);
}

/** By GUID, or where the thing has none, by MAC. */
function isAnotherAdapter(keys: readonly NameKey[], known: readonly NameKey[]): boolean {
  if (shares('guid', keys, known)) return false;
  return differ('guid', keys, known) || differ('mac', keys, known);
}

function valuesOf(kind: NameKey['kind'], keys: readonly NameKey[]): string[] {
  return keys.filter((key) => key.kind === kind).map(({ value }) => value);
}

function shares(kind: NameKey['kind'], keys: readonly NameKey[], others: readonly NameKey[]): boolean {
  const values = valuesOf(kind, others);
  return valuesOf(kind, keys).some((value) => values.includes(value));
}

function differ(kind: NameKey['kind'], keys: readonly NameKey[], others: readonly NameKey[]): boolean {
  const hasBoth = valuesOf(kind, keys).length > 0 && valuesOf(kind, others).length > 0;
  return hasBoth && !shares(kind, keys, others);
}

/**
 * Two sources that say different things. A name given by hand settles it. What the trace itself calls a NIC is often the name
 * of its driver, so another name for it is what imports are for.
 */
function disagreement(matches: readonly Match[]): string[] {
  if (matches.some(({ source }) => source.kind === 'hand')) return [];
  const counted = matches.filter(({ source, thing }) => {
    if (thing.isCut) return false;
    return source.kind !== 'trace' || (thing.kind !== 'nic' && thing.kind !== 'pktmon-component');
  });
  const [strongest] = counted;
  if (counted.length === 0) return [];
  const ofStrongest = counted.filter(({ source }) => source === strongest.source).map(({ thing }) => thing);
  const other = counted.find(
    ({ source, thing }) =>
      source !== strongest.source &&
      thing.kind === strongest.thing.kind &&
      !ofStrongest.some((each) => namesOf(each).some((name) => isSameName(name, thing.name))),
  );
  if (!other) return [];
  const quoted = ({ source, thing }: Match): string => `${source.title} says "${thing.name}"`;
  return [`${quoted(strongest)}, ${quoted(other)}.`];
}

function namesOf({ name, facts }: NamedThing): string[] {
  return [name, ...facts.filter(({ label }) => /name|alias|description/i.test(label)).map(({ value }) => value)];
}

/** `web01: Network Adapter` is what others call `Network Adapter`. */
function isSameName(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.endsWith(`: ${b}`) || b.endsWith(`: ${a}`);
}
