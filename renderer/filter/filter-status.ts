/** What the filter box says about its text: an icon's tone and words, never a colour alone. */
import type { ViewProgress } from '../../core/engine/contract.ts';
import { FilterError } from '../../core/filter/language/filter-error.ts';
import { parseFilter } from '../../core/filter/language/parser.ts';
import { formatPercent } from '../format/number.ts';
import { filterStrings } from '../strings.ts';
import type { RefusedFilter } from './combined-filter.ts';
import type { FilterProblem } from './error-place.ts';

export type FilterTone = 'neutral' | 'valid' | 'invalid' | 'warning' | 'busy';

export interface FilterStatus {
  tone: FilterTone;
  text: string;
  problem: FilterProblem | undefined;
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
}

/** What is wrong with a text as far as its syntax tells; undefined when it is a filter. */
export function syntaxProblem(text: string): FilterProblem | undefined {
  try {
    parseFilter(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { message, start, end, suggestion } = error;
    return { message, start, end, ...(suggestion !== undefined && { suggestion }) };
  }
}

export function filterStatus(situation: FilterSituation): FilterStatus {
  const { draft, applied, refused, scan, notes } = situation;
  if (scan) {
    return { tone: 'busy', text: filterStrings.scanning(formatPercent(scan.scanned, scan.total)), problem: undefined };
  }
  const text = draft.trim();
  const isApplied = text === applied;
  if (refused?.text === text) return { tone: 'invalid', text: refused.problem.message, problem: refused.problem };
  if (text === '') {
    return { tone: 'neutral', text: isApplied ? '' : filterStrings.pressEnterForAll, problem: undefined };
  }
  const problem = isApplied ? undefined : syntaxProblem(text);
  if (problem) return { tone: 'invalid', text: problem.message, problem };
  if (!isApplied) return { tone: 'valid', text: filterStrings.valid, problem: undefined };
  if (notes.length > 0) return { tone: 'warning', text: notes.join(' '), problem: undefined };
  return { tone: 'valid', text: filterStrings.applied, problem: undefined };
}
