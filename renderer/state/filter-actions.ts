/** What a person does with filters: apply the box, put filters on the stack, switch them on and off, take them away. */
import {
  activeParts,
  combinedFilter,
  refusedPart,
  withEdited,
  withInverted,
  withStacked,
  type FilterParts,
} from '../filter/combined-filter.ts';
import type { Completions, FilterCheck, FilterExplanation, ViewChoice } from '../../core/engine/contract.ts';
import { syntaxProblem } from '../filter/filter-status.ts';
import {
  filterStateOf,
  redoneFilter,
  undoneFilter,
  withFilterChange,
  type FilterHistory,
  type FilterState,
} from './filter-history.ts';
import { callEngine, updateFilter, type Context } from './context.ts';
import { activeSession, sessionOf } from './model.ts';
import { rememberApplied } from './saved-filters.ts';
import { showRows } from './show-rows.ts';
import { showView } from './show-view.ts';
import { withChoice, type ChoiceChange } from './view-choice.ts';

interface Wanted {
  parts?: (parts: FilterParts) => FilterParts;
  choice?: ChoiceChange;
  /** The history that goes with it, where the change is a step in the history. */
  history?: FilterHistory;
}

/** Shows the messages of the active session with other filters or another choice. True when that is on show now. */
export async function askForRows(
  context: Context,
  { parts: change, choice = {}, history: step }: Wanted,
): Promise<boolean> {
  const session = activeSession(context.store.getState());
  if (!session) return false;
  const { key, filter } = session;
  const current: FilterParts = { box: filter.box, stack: filter.stack };
  const parts = change?.(current) ?? current;
  showView(context, key, 'messages');
  const texts = activeParts(parts);
  // A part that is no filter could close the parentheses of its neighbours and mean something else together with them.
  const wrong = texts.length > 1 ? texts.find((text) => syntaxProblem(text) !== undefined) : undefined;
  const problem = wrong === undefined ? undefined : syntaxProblem(wrong);
  if (wrong !== undefined && problem) {
    const alone =
      wrong === parts.box ? { box: wrong, stack: [] } : { box: '', stack: [{ text: wrong, enabled: true }] };
    updateFilter(context, key, { refused: refusedPart(alone, filter.draft, problem) });
    return false;
  }
  const asked = combinedFilter(parts);
  const askedChoice = withChoice(filter.askedChoice, choice);
  const after = filterStateOf({ ...parts, askedChoice });
  const history = step ?? withFilterChange(filter.history, filterStateOf(filter), after);
  updateFilter(context, key, { ...parts, asked, askedChoice, history, refused: undefined });
  await showRows(context, key);
  const now = sessionOf(context.store.getState(), key)?.filter;
  // What was refused has never been on show: there is nothing to go back from.
  if (now?.refused && now.history === history) updateFilter(context, key, { history: filter.history });
  return now?.refused === undefined && now?.applied === asked;
}

export async function applyFilter(context: Context, text: string): Promise<void> {
  const box = text.trim();
  if (await askForRows(context, { parts: ({ stack }) => ({ stack, box }) })) rememberApplied(box);
}

export function checkFilter(context: Context, filter: string): Promise<FilterCheck | undefined> {
  const trace = activeSession(context.store.getState())?.trace ?? null;
  return callEngine(context, 'check', { trace, filter }).catch(() => undefined);
}

/** How a text is understood; rejected with a FilterError where it is no filter. */
export function explainFilter(context: Context, filter: string): Promise<FilterExplanation> {
  const trace = activeSession(context.store.getState())?.trace ?? null;
  return callEngine(context, 'explain', { trace, filter });
}

export function completeFilter(
  context: Context,
  filter: string,
  position: number,
  signal: AbortSignal,
): Promise<Completions | undefined> {
  const trace = activeSession(context.store.getState())?.trace ?? null;
  return callEngine(context, 'complete', { trace, filter, position }, { signal }).catch(() => undefined);
}

/** Puts a filter on the stack; what stands in the box moves there. */
export async function pushFilter(context: Context, text: string): Promise<void> {
  const pushed = text.trim();
  if (pushed === '') return;
  const isShown = await askForRows(context, { parts: (parts) => withStacked(parts, pushed) });
  if (isShown) rememberApplied(pushed);
  const session = activeSession(context.store.getState());
  if (isShown && session?.filter.draft.trim() === pushed) updateFilter(context, session.key, { draft: '' });
}

export async function toggleFilter(context: Context, index: number): Promise<void> {
  await askForRows(context, {
    parts: ({ box, stack }) => ({
      box,
      stack: stack.map((filter, place) => (place === index ? { ...filter, enabled: !filter.enabled } : filter)),
    }),
  });
}

export async function dropFilter(context: Context, index: number): Promise<void> {
  await askForRows(context, {
    parts: ({ box, stack }) => ({ box, stack: stack.filter((_, place) => place !== index) }),
  });
}

/** Takes a filter of the stack into the box, where it can be changed. */
export async function editFilter(context: Context, index: number): Promise<void> {
  const session = activeSession(context.store.getState());
  const text = session?.filter.stack.at(index)?.text;
  if (!session || text === undefined) return;
  updateFilter(context, session.key, { draft: text });
  await askForRows(context, { parts: (parts) => withEdited(parts, index) });
}

/** Has a filter of the stack let through what it leaves out. */
export async function invertFilter(context: Context, index: number): Promise<void> {
  await askForRows(context, { parts: (parts) => withInverted(parts, index) });
}

/** Shows what one filter lets through, and nothing else: it takes the place of the box's and of the stack. */
export async function replaceFilter(context: Context, text: string): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session) return;
  const box = text.trim();
  updateFilter(context, session.key, { draft: box });
  if (await askForRows(context, { parts: () => ({ box, stack: [] }) })) rememberApplied(box);
}

/** Removes the box's filter and the stack. */
export async function clearFilters(context: Context): Promise<void> {
  await askForRows(context, { parts: () => ({ box: '', stack: [] }) });
}

/** The parts with no say left; the stack can be switched on again. */
export function switchedOff({ stack }: FilterParts): FilterParts {
  return { box: '', stack: stack.map(({ text }) => ({ text, enabled: false })) };
}

/** Shows what was let through before the last change of filters, as often as there was one. */
export async function undoFilter(context: Context): Promise<void> {
  await stepInHistory(context, undoneFilter);
}

/** Takes the last undo back. */
export async function redoFilter(context: Context): Promise<void> {
  await stepInHistory(context, redoneFilter);
}

async function stepInHistory(context: Context, stepFrom: typeof undoneFilter): Promise<void> {
  const session = activeSession(context.store.getState());
  const step = session && stepFrom(session.filter.history, filterStateOf(session.filter));
  if (!step) return;
  const { state, history } = step;
  updateFilter(context, session.key, { draft: state.box });
  await askForRows(context, { parts: () => partsOf(state), choice: wholeChoice(state.choice), history });
}

function partsOf({ box, stack }: FilterState): FilterParts {
  return { box, stack };
}

/** A choice as a change of any other: what it does not choose is taken back. */
function wholeChoice({ diagnosis, component, sightings }: ViewChoice): ChoiceChange {
  return { diagnosis, component, sightings };
}
