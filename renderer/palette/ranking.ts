/** Which offers the palette lists for what was typed, and in which order. */
import type { Offer } from '../commands/offer.ts';
import { fuzzyMatch } from './fuzzy.ts';

export interface RankedOffer {
  readonly offer: Offer;
  /** What is searched: category, title and detail, as `searchedText` joins them. */
  readonly text: string;
  /** Places of the typed letters in that text. */
  readonly places: readonly number[];
}

/** What was chosen a moment ago is probably meant again. */
const recentReward = 3;
/** What cannot be done now comes after everything that can. */
const disabledCost = 1000;
export const longestRecent = 12;

export function headOf({ category, title }: Pick<Offer, 'category' | 'title'>): string {
  return `${category}: ${title}`;
}

function searchedText(offer: Offer): string {
  return offer.detail === undefined || offer.detail === '' ? headOf(offer) : `${headOf(offer)} ${offer.detail}`;
}

/** The offers that match, best first; of equals, those chosen last. What cannot be done now stands at the end. */
export function rankOffers(offers: readonly Offer[], typed: string, recent: readonly string[]): RankedOffer[] {
  const isAsked = typed.trim() !== '';
  return offers
    .flatMap((offer) => {
      const text = searchedText(offer);
      const match = fuzzyMatch(typed, text);
      if (!match) return [];
      const age = recent.indexOf(offer.id);
      const recency = age < 0 ? 0 : recentReward * (1 - age / longestRecent);
      const score = (isAsked ? match.score : 0) + recency - (offer.enabled ? 0 : disabledCost);
      return [{ offer, text, places: match.places, score }];
    })
    .sort((a, b) => b.score - a.score);
}

/** The ids that were chosen, the last first, each once. */
export function withChosen(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, longestRecent);
}

/** A text cut where what is marked begins and ends. */
export function markedParts(text: string, places: readonly number[]): { text: string; marked: boolean }[] {
  const marked = new Set(places);
  const parts: { text: string; marked: boolean }[] = [];
  for (let place = 0; place < text.length; place++) {
    const last = parts.at(-1);
    if (last?.marked === marked.has(place)) last.text += text[place];
    else parts.push({ text: text[place], marked: marked.has(place) });
  }
  return parts;
}
