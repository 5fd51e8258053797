/** Looking for the next message of the view on show, without hiding any. */
import { searchFor, type Search } from '../find/search-filter.ts';
import { callEngine, contractError, newKey, type Context } from './context.ts';
import { checkFilter } from './filter-actions.ts';
import { activeSession, type FindOutcome, type FindState, type Session } from './model.ts';
import { selectPosition } from './navigate.ts';
import { readStored, writeStored } from './settings.ts';
import { showView } from './show-view.ts';

export type FindDirection = 'forward' | 'backward';

export interface Finder {
  /** Puts the bar up, with what was looked for last. */
  open: () => void;
  close: () => void;
  setText: (text: string) => void;
  /** Selects the next match behind (or before) the selected message; asks for a text where there is none. */
  findNext: (direction: FindDirection) => Promise<void>;
  /** Gives up the search that is under way. */
  cancel: () => void;
}

const storedName = 'find-text';
const isText = (value: unknown): value is string => typeof value === 'string';

export function createFinder(context: Context): Finder {
  let call: AbortController | undefined;
  const update = (change: Partial<FindState>): void => {
    context.store.setState(({ find }) => ({ find: { ...find, ...change } }));
  };
  const cancel = (): void => {
    call?.abort();
    call = undefined;
    update({ busy: false });
  };
  const open = (): void => {
    update({ open: newKey() });
  };
  update({ text: readStored(storedName, isText) ?? '' });

  return {
    open,
    close: () => {
      cancel();
      update({ open: undefined, outcome: undefined });
    },
    setText: (text) => {
      cancel();
      update({ text, outcome: undefined });
    },
    cancel,
    async findNext(direction) {
      const text = context.store.getState().find.text.trim();
      const session = activeSession(context.store.getState());
      if (text === '') open();
      if (text === '' || !session?.view) return;
      cancel();
      const controller = new AbortController();
      call = controller;
      writeStored(storedName, text);
      update({ busy: true, outcome: undefined });
      showView(context, session.key, 'messages');
      const outcome = await search(context, session, text, direction, controller.signal);
      if (call !== controller) return;
      call = undefined;
      update({ busy: false, outcome });
      // With the bar closed, what is not found would otherwise be told nowhere.
      if (outcome.kind !== 'found' && context.store.getState().find.open === undefined) open();
    },
  };
}

async function search(
  context: Context,
  session: Session,
  text: string,
  direction: FindDirection,
  signal: AbortSignal,
): Promise<FindOutcome> {
  const { view, selection, key } = session;
  const wanted: Search = searchFor(text, await checkFilter(context, text));
  if (!view || signal.aborted || view.rows === 0) return { kind: 'nothing', isText: wanted.isText };
  const { from, wrapped } = startOf(view.rows, selection?.position, direction);
  try {
    const params = { view: view.view, filter: wanted.filter, from, direction };
    const found = await callEngine(context, 'find', params, { signal });
    if (!found) return { kind: 'nothing', isText: wanted.isText };
    signal.throwIfAborted();
    const shown = activeSession(context.store.getState());
    if (shown?.key === key && shown.view?.view === view.view) {
      await selectPosition(context, found.position);
    }
    return { kind: 'found', direction, wrapped: wrapped || found.wrapped };
  } catch (error) {
    return { kind: 'failed', message: contractError(error).message };
  }
}

/** Where a search begins: beside the selected row, or at the other end of the view when that row is the last one. */
function startOf(
  rows: number,
  selected: number | undefined,
  direction: FindDirection,
): { from: number; wrapped: boolean } {
  const [first, step] = direction === 'forward' ? [0, 1] : [rows - 1, -1];
  if (selected === undefined) return { from: first, wrapped: false };
  const from = selected + step;
  return from < 0 || from >= rows ? { from: first, wrapped: true } : { from, wrapped: false };
}
