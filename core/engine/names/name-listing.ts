import { fetchCommands, type FetchCommand } from '../../names/fetch-commands.ts';
import { isIdentity } from '../../names/key-joins.ts';
import { nameKeyText } from '../../names/name-key.ts';
import type { BookSource, ShownThing } from '../../names/name-source.ts';
import type { NameKey, NamedThing, ThingKind } from '../../names/named-thing.ts';
import type { Segment } from '../../trace/segment.ts';
import type { NameBook, NamedSubject, NameSource } from '../contract.ts';
import { addressUses } from './address-uses.ts';
import type { TraceNames } from './trace-names.ts';

/** A subject of the listing with its keys, which the page has no use for. */
export interface ListedThing {
  readonly thing: ShownThing;
  readonly subject: NamedSubject;
}

export interface NameListing {
  readonly book: NameBook;
  readonly listed: ReadonlyMap<string, ListedThing>;
}

/** The whole name book of a trace, for somebody who looks at it. */
export function listNames(names: TraceNames, segments: readonly Segment[]): NameListing {
  const { book } = names;
  const given = book.sources.filter(({ kind }) => kind !== 'trace').flatMap(({ things }) => things);
  const addresses = shownAddresses(names, segments, given);
  const subjects = [...book.shown, ...addresses].map((thing) => listed(names, thing)).sort(namelessFirst);
  const uses = new Set(addresses.flatMap(({ keys }) => keys.map(nameKeyText)));
  const shownKeys = new Set(book.shown.flatMap(({ keys }) => keys.map(nameKeyText)));
  const isShown = ({ kind, keys }: NamedThing): boolean =>
    book.isShown(kind, keys) ||
    keys.some((key) => !isIdentity(key) && (uses.has(nameKeyText(key)) || shownKeys.has(nameKeyText(key))));
  const others = distinctThings(given.filter((thing) => !isShown(thing))).map((thing) => listed(names, thing));
  const ofTrace = subjects.map(({ subject }) => subject);
  return {
    book: {
      subjects: ofTrace,
      others: others.map(({ subject }) => subject),
      sources: book.sources.map((source) => listedSource(names, source, ofTrace)).reverse(),
      named: ofTrace.filter(({ name }) => name !== null).length,
      conflicts: ofTrace.filter(({ conflict }) => conflict !== null).length,
    },
    listed: new Map([...others, ...subjects].map((each) => [each.subject.key, each])),
  };
}

/** MACs and addresses that sources name and packets bear, as far as they are not those of a thing that is shown anyway. */
function shownAddresses(names: TraceNames, segments: readonly Segment[], given: readonly NamedThing[]): ShownThing[] {
  const shown = new Set(names.book.shown.flatMap(({ keys }) => keys.map(nameKeyText)));
  const wanted = new Map(
    given
      .filter(({ kind, keys }) => !names.book.isShown(kind, keys))
      .flatMap(({ keys }) => keys.filter((key) => !isIdentity(key) && !shown.has(nameKeyText(key))))
      .map((key) => [nameKeyText(key), key]),
  );
  const uses = addressUses(segments, [...wanted.values()]);
  return [...wanted].flatMap(([wantedText, key]) => {
    const packets = uses.get(wantedText);
    if (packets === undefined) return [];
    const kind: ThingKind = key.kind === 'mac' ? 'mac' : 'ip-address';
    const id = `${kind} ${key.value}`;
    const text = key.value;
    return [{ id, kind, text, spellings: [text], keys: [key], facts: [], seenIn: ['frames'], uses: packets }];
  });
}

/** Things that only imports have, once for each set of keys. */
function distinctThings(things: readonly NamedThing[]): ShownThing[] {
  const byId = new Map<string, ShownThing>();
  for (const { kind, keys, facts } of things) {
    const [key] = keys;
    const id = `${kind} ${key.value}`;
    if (!byId.has(id))
      byId.set(id, { id, kind, text: textOfKey(key), spellings: [], keys, facts, seenIn: [], uses: 0 });
  }
  return [...byId.values()];
}

function textOfKey({ kind, value }: NameKey): string {
  if (kind === 'ifindex') return `ifIndex ${value}`;
  return kind === 'component' ? `component ${value}` : value;
}

function listed({ book }: TraceNames, thing: ShownThing): ListedThing {
  const { id: key, kind, text, keys, facts, seenIn, uses } = thing;
  const found = book.resolve(keys, kind);
  const subject: NamedSubject = {
    ...{ key, kind, text, uses },
    name: found?.name ?? null,
    source: found?.source.id ?? '',
    candidates: (found?.candidates ?? []).map(({ name, source, detail }) => ({ name, source: source.id, detail })),
    conflict: found?.conflict ?? null,
    seenIn: seenIn.join(', '),
    command: found ? null : commandFor(thing),
    facts: factsOf(book.keysOf(keys, kind), book.factsOf(keys, kind, facts)),
  };
  return { thing, subject };
}

/** What sources tell, and the keys that it does not tell already. */
function factsOf(
  keys: readonly NameKey[],
  told: readonly { label: string; value: string }[],
): { label: string; value: string }[] {
  const facts = told.filter(({ value }) => value !== '').map(({ label, value }) => ({ label, value }));
  const known = new Set(facts.map(({ value }) => value.replaceAll(/[{}]/g, '').toUpperCase()));
  const labels = { guid: 'GUID', nic: 'NIC', ifindex: 'ifIndex', mac: 'MAC', ip: 'IP address', component: '' };
  const ofKeys = keys
    .filter(({ kind, value }) => labels[kind] !== '' && !known.has(value.toUpperCase()))
    .map(({ kind, value }) => ({ label: labels[kind], value }));
  return [...facts, ...ofKeys];
}

/** What fetches the name of a thing that has none, ready to paste; null where no command tells it. */
function commandFor({ kind, text, keys }: ShownThing): string | null {
  const commands = commandsFor(kind, text, keys);
  return commands.length === 0 ? null : commands.map((command) => fetchCommands[command]).join('\n');
}

function commandsFor(kind: ThingKind, text: string, keys: readonly NameKey[]): FetchCommand[] {
  switch (kind) {
    case 'nic':
      if (keys.some((key) => key.kind === 'nic')) return ['Get-VMNetworkAdapter'];
      // A bare GUID is the host's or a container's.
      return /device/i.test(text) ? ['Get-NetAdapter'] : ['Get-VMNetworkAdapter', 'Get-HnsEndpoint'];
    case 'interface':
      return ['Get-NetAdapter'];
    case 'switch':
      return ['Get-VMSwitch'];
    case 'vm':
      return ['Get-VM'];
    case 'network':
      return ['Get-HnsNetwork'];
    case 'pktmon-component':
      return ['pktmon list'];
    default:
      return [];
  }
}

const mostMismatches = 5;

function listedSource({ book }: TraceNames, source: BookSource, subjects: readonly NamedSubject[]): NameSource {
  const { id, kind, title, contents, notes, things, addedAt } = source;
  const mismatches = book.mismatches.get(source) ?? [];
  const more = mismatches.length - mostMismatches;
  return {
    ...{ id, kind, title, addedAt },
    contents: [...contents],
    notes: [
      ...notes,
      ...mismatches.slice(0, mostMismatches),
      ...(more > 0 ? [`${more} more are another computer's likewise.`] : []),
    ],
    names: things.length,
    matched: subjects.filter(({ candidates }) => candidates.some((each) => each.source === id)).length,
  };
}

function namelessFirst(a: ListedThing, b: ListedThing): number {
  const [one, other] = [a.subject, b.subject];
  return (
    Number(one.name !== null) - Number(other.name !== null) ||
    kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind) ||
    (one.name ?? one.text).localeCompare(other.name ?? other.text, 'en', { numeric: true })
  );
}

const kindOrder: readonly ThingKind[] = [
  'nic',
  'switch',
  'port',
  'vm',
  'interface',
  'pktmon-component',
  'network',
  'mac',
  'ip-address',
];
