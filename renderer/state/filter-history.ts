/** Undo and redo of what filters let through: one history a session. Pure; filter-actions.ts keeps and uses it. */
import type { ViewChoice } from '../../core/engine/contract.ts';
import type { FilterParts } from '../filter/combined-filter.ts';
import { sameChoice } from './view-choice.ts';

/** Everything that a person asked for with filters: the box, the stack beside it, and what is left out besides. */
export interface FilterState extends FilterParts {
  readonly choice: ViewChoice;
}

export interface FilterHistory {
  /** States before the present one, the latest last. */
  readonly past: readonly FilterState[];
  /** States that were taken back, the next one last. */
  readonly future: readonly FilterState[];
}

export const noFilterHistory: FilterHistory = { past: [], future: [] };
export const longestFilterHistory = 100;

/** The state that a session asked for last. */
export function filterStateOf({ box, stack, askedChoice }: FilterParts & { askedChoice: ViewChoice }): FilterState {
  return { box, stack, choice: askedChoice };
}

/** The history after a change away from `before`; what was taken back is forgotten. A change to the same is none. */
export function withFilterChange(history: FilterHistory, before: FilterState, after: FilterState): FilterHistory {
  if (isSameFilterState(before, after)) return history;
  return { past: [...history.past, before].slice(-longestFilterHistory), future: [] };
}

export interface FilterStep {
  readonly state: FilterState;
  readonly history: FilterHistory;
}

/** The state before `present`, and the history then; undefined where there is none. */
export function undoneFilter({ past, future }: FilterHistory, present: FilterState): FilterStep | undefined {
  const state = past.at(-1);
  return state && { state, history: { past: past.slice(0, -1), future: [...future, present] } };
}

/** The state that was taken back last, and the history then; undefined where there is none. */
export function redoneFilter({ past, future }: FilterHistory, present: FilterState): FilterStep | undefined {
  const state = future.at(-1);
  return state && { state, history: { past: [...past, present], future: future.slice(0, -1) } };
}

function isSameFilterState(first: FilterState, second: FilterState): boolean {
  return (
    first.box === second.box &&
    first.stack.length === second.stack.length &&
    first.stack.every(({ text, enabled }, place) => {
      const other = second.stack[place];
      return other.text === text && other.enabled === enabled;
    }) &&
    sameChoice(first.choice, second.choice)
  );
}
