/** What can be chosen from a menu or the palette: a command of the table, or something that is there now. */
import type { CommandScope } from './action.ts';

export interface Offer {
  /** Unique among all offers, and the same from start to start. */
  readonly id: string;
  /** What it is one of; the palette shows and searches it before the title. */
  readonly category: string;
  readonly title: string;
  /** More words that the palette shows and searches. */
  readonly detail?: string;
  /** `Ctrl+Shift+S`; empty for none. */
  readonly keys: string;
  readonly enabled: boolean;
  /** Why it is not enabled. */
  readonly reason: string;
  /** Null for what switches nothing. */
  readonly checked: boolean | null;
  readonly run: () => void;
}

/** Tells what is offered of one kind, in the order in which it is shown. */
export type OfferSource = (scope: CommandScope) => readonly Offer[];

/** What most offers besides commands have in common. */
export const plainOffer = { keys: '', enabled: true, reason: '', checked: null } as const;
