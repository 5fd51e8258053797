import { nameKeyText } from './name-key.ts';
import type { NameKey, ThingKind } from './named-thing.ts';

/**
 * What a key of one kind of thing can name: a GUID may be a switch's and, with Hyper-V's own extension adapter, an interface's
 * too. NICs, interfaces and pktmon's miniports are one and the same adapter, seen by different drivers; Windows' host
 * networks are switches.
 */
export type Realm = 'adapter' | 'switch' | 'port' | 'vm';

export function realmOf(kind: ThingKind): Realm {
  switch (kind) {
    case 'switch':
    case 'network':
      return 'switch';
    case 'port':
      return 'port';
    case 'vm':
      return 'vm';
    default:
      return 'adapter';
  }
}

/** Whether the key belongs to one thing alone. A MAC or an address may be a team's, a switch's and its host NIC's at once. */
export function isIdentity({ kind }: NameKey): boolean {
  return kind !== 'mac' && kind !== 'ip';
}

/** A key within its realm, as text. */
export function realmKey(realm: Realm, key: NameKey): string {
  return `${realm} ${nameKeyText(key)}`;
}

/** Sets of keys that mean the same thing: an interface index and a GUID that stand in one row. */
export class KeyJoins {
  private readonly parents = new Map<string, string>();

  /** The key that stands for all that were joined with this one; the key itself when nothing was. */
  find(key: string): string {
    let root = key;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    // Later searches are short.
    for (let at = key; at !== root;) {
      const next = this.parents.get(at) ?? root;
      this.parents.set(at, root);
      at = next;
    }
    return root;
  }

  join(keys: readonly string[]): void {
    const roots = new Set(keys.map((key) => this.find(key)));
    const [first, ...others] = roots;
    for (const other of others) this.parents.set(other, first);
  }
}
