/** Names in events of the virtual switch, as text or as fields: what is called so beside what it is known by. */
import { nameKey, switchNicKey } from '../name-key.ts';
import type { NamedThing, ThingKind } from '../named-thing.ts';
import { distinctThings, isName, namedThing } from './thing.ts';

export interface FriendlyNames {
  readonly things: NamedThing[];
  /** What events show without telling its name. */
  readonly nameless: readonly string[];
}

/** `Nic KEY (Friendly Name: Ethernet)`; names may have parentheses of their own. */
const inMessage = /\b(nic|port|switch)\s+(\S{1,200}?)\s?\(Friendly Name: ((?:[^()]|\([^()]{0,200}\)){0,300})\)/gi;
/** `SrcNicName=KEY`, `SrcNicFName="Ethernet"`. */
const inFields = /\b(\w{0,20}?(Nic|Port\d?|Switch))(F?)Name\s*[=:]\s*(?:"([^"]{0,600})"|([^,\s"<][^,<\r\n]{0,600}))?/gi;

/** What events say in their messages. */
export function readFriendlyNames(text: string): FriendlyNames {
  const pairs = Array.from(text.matchAll(inMessage), ([, role, key, name]) => ({ role, key, name }));
  return toThings(pairs);
}

/** What events say in fields of theirs, written as `Name=value` or as `<Data Name='Name'>value</Data>`. */
export function readNameFields(text: string): FriendlyNames {
  const plain = text.replaceAll(/<Data Name=['"](\w{1,40})['"]>([^<]{0,600})<\/Data>/gi, '$1="$2" ');
  const keys = new Map<string, { role: string; key: string }>();
  const pairs: Pair[] = [];
  const unnamed = new Set<string>();
  for (const [, field, role, friendly, quoted = '', bare = ''] of plain.matchAll(inFields)) {
    const value = (quoted === '' ? bare : quoted).trim();
    if (friendly === '') {
      keys.set(field, { role, key: value });
      unnamed.add(value);
      continue;
    }
    const known = keys.get(field);
    if (known === undefined) continue;
    pairs.push({ ...known, name: value });
    unnamed.delete(known.key);
  }
  const { things, nameless } = toThings(pairs);
  return { things, nameless: [...nameless, ...[...unnamed].filter((key) => switchNicKey(key, '') !== undefined)] };
}

interface Pair {
  readonly role: string;
  readonly key: string;
  readonly name: string;
}

function toThings(pairs: readonly Pair[]): FriendlyNames {
  const things: NamedThing[] = [];
  const nameless = new Set<string>();
  for (const { role, key, name } of pairs) {
    const kind = role.toLowerCase().replace(/\d$/, '') as ThingKind & ('nic' | 'port' | 'switch');
    const label = { nic: 'NicName', port: 'PortName', switch: 'SwitchName' }[kind];
    const found = kind === 'nic' ? switchNicKey(key, label) : nameKey('guid', key, label);
    if (found === undefined) continue;
    if (isName(name)) things.push(namedThing({ kind, name, keys: [found] }));
    else nameless.add(key);
  }
  return { things: distinctThings(things), nameless: [...nameless] };
}
