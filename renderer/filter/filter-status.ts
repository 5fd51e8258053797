/** What the filter box says about its text: an icon's tone and words, never a colour alone. */
import type { FilterCheck, ViewProgress } from '../../core/engine/contract.ts';
import { readFilter } from '../../core/filter/language/parser.ts';
import { formatPercent } from '../format/number.ts';
import { filterStrings } from '../strings.ts';
import type { RefusedFilter } from './combined-filter.ts';
import type { FilterProblem } from './error-place.ts';

export type FilterTone = 'neutral' | 'valid' | 'invalid' | 'warning' | 'busy';

export interface FilterStatus {
  tone: FilterTone;
  text: string;
  /** Of the text without the blanks around it; the first is the one that the status tells. */
  problems: readonly FilterProblem[];
}

export interface FilterSituation {
  /** The text in the box. */
  draft: string;
  /** The box's part of the filter of the rows on show. */
  applied: string;
  /** What the engine said about a text, and which text that was. */
  refused: RefusedFilter | undefined;
  /** Present while a new view is being made. */
  scan: ViewProgress | undefined;
  /** Of the view on show. */
  notes: readonly string[];
  /** What the engine says of the draft; undefined until it has been asked. */
  checked: FilterCheck | undefined;
}

/** What is wrong with a text as far as its syntax tells, in the order of the places; nothing when it is a filter. */
export function syntaxProblems(text: string): FilterProblem[] {
  return readFilter(text).problems.map(({ message, start, end, suggestion }) => ({
    message,
    start,
    end,
    ...(suggestion !== undefined && { suggestion }),
  }));
}

/** The first of them. */
export function syntaxProblem(text: string): FilterProblem | undefined {
  return syntaxProblems(text).at(0);
}

export function filterStatus(situation: FilterSituation): FilterStatus {
  const { draft, applied, refused, scan, notes, checked } = situation;
  if (scan) return plain('busy', filterStrings.scanning(formatPercent(scan.scanned, scan.total)));
  const text = draft.trim();
  const isApplied = text === applied;
  const problems = problemsOf(text, isApplied, refused, checked);
  if (problems.length > 0) return { tone: 'invalid', text: problems[0].message, problems };
  if (text === '') return plain('neutral', isApplied ? '' : filterStrings.pressEnterForAll);
  const warnings = isApplied ? notes : (checked?.notes ?? []);
  if (warnings.length > 0) return plain('warning', warnings.join(' '));
  return plain('valid', isApplied ? filterStrings.applied : filterStrings.valid);
}

function plain(tone: FilterTone, text: string): FilterStatus {
  return { tone, text, problems: [] };
}

/** What is wrong with a text, by the engine that refused it, by the one that was asked, or as far as its syntax tells. */
function problemsOf(
  text: string,
  isApplied: boolean,
  refused: RefusedFilter | undefined,
  checked: FilterCheck | undefined,
): readonly FilterProblem[] {
  const isRefused = refused?.text === text;
  if (isRefused && (checked === undefined || checked.problems.length === 0)) return [refused.problem];
  if (text === '' || (isApplied && !isRefused)) return [];
  return checked ? checked.problems : syntaxProblems(text);
}
