/** What a text in the find bar looks for. */
import type { FilterCheck } from '../../core/engine/contract.ts';
import { quoted } from '../details/node-filter.ts';

export interface Search {
  filter: string;
  /** The text is no filter: its words are looked for in summaries and in raw bytes. */
  isText: boolean;
}

/** One word, which as a filter would be the name of a module. */
const oneWord = /^[\w-]+$/;

/**
 * A text that is a filter is one; everything else is looked for as text. So is a word that names no module of the trace:
 * as a filter it could not find anything. `check` is the engine's word on the text, undefined where it has none.
 */
export function searchFor(text: string, check: FilterCheck | undefined): Search {
  const isKnown = check?.problems.length === 0;
  const namesNothing = oneWord.test(text) && (check?.notes.length ?? 0) > 0;
  return isKnown && !namesNothing ? { filter: text, isText: false } : { filter: quoted(text), isText: true };
}
