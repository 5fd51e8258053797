import type { NameKey, NamedThing, ThingKind } from './named-thing.ts';

/** Where names came from, in the order of their strength: a person's own word first, the trace's own last. */
export const sourceKinds = ['hand', 'import', 'book', 'trace'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A part of a name book: what one file, one text, one person or the trace itself says. */
export interface BookSource {
  readonly id: string;
  readonly kind: SourceKind;
  readonly title: string;
  readonly contents: readonly string[];
  readonly notes: readonly string[];
  readonly things: readonly NamedThing[];
  /** Unix milliseconds; 0 for the trace itself. */
  readonly addedAt: number;
}

/** The strongest first; of several imports the newest. */
export function byStrength(sources: readonly BookSource[]): BookSource[] {
  const rank = ({ kind }: BookSource): number => sourceKinds.indexOf(kind);
  return [...sources].sort((a, b) => rank(a) - rank(b) || b.addedAt - a.addedAt);
}

/** Something that the trace shows and that can have a name. */
export interface ShownThing {
  /** Tells it from all others of the trace: its kind and the text it goes by. */
  readonly id: string;
  readonly kind: ThingKind;
  /** As the trace shows it: `/DEVICE/{5AA3FFAC-…}`, `ifIndex 9`. */
  readonly text: string;
  /** All ways in which the trace writes that, where several spellings are one: `/DEVICE/{…}`, `\\Device\\{…}`. */
  readonly spellings: readonly string[];
  readonly keys: readonly NameKey[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Where it was seen, in words, and how many events show it; 0 where nobody counted. */
  readonly seenIn: readonly string[];
  readonly uses: number;
}
