/**
 * The path pane: which packet it shows, and asking the engine for its way. The pane follows the selection; a packet that is
 * already on show is not asked for again, and a call that nobody waits for any more is given up.
 */
import type { PathProgress } from '../../core/engine/contract.ts';
import { callEngine, contractError, isCancellation, track, updatePath, type Context } from './context.ts';
import { activeSession, pathOf, sessionOf, type PathLookup, type Session, type SessionKey } from './model.ts';
import { arrangementStore, isPaneVisible, revealPane } from '../workspace/arrangement.ts';
import { selectExactRow } from './navigate.ts';
import { showView } from './show-view.ts';

/** While the selection runs through rows, only the one it rests on is asked for. In milliseconds. */
const restBeforeAsking = 120;

/** What the pane was made for; when it changes, it is made anew. */
interface Wanted {
  key: SessionKey;
  row: number | undefined;
  withAnswer: boolean;
  content: number;
  isReady: boolean;
  isShown: boolean;
}

/** What a person can do while paths are being made, and when they could not be. */
export interface PathFollower {
  readonly cancel: () => void;
  readonly retry: () => void;
}

/** Keeps the path pane of the session on show at the packet of its selected row. */
export function followPaths(context: Context): PathFollower {
  let wanted: Wanted | undefined;
  let selected: { key: SessionKey; row: number | undefined } | undefined;
  let call: AbortController | undefined;
  const follow = (): void => {
    const session = activeSession(context.store.getState());
    if (!session) {
      call?.abort();
      wanted = selected = undefined;
      return;
    }
    const row = session.selection?.row;
    if (row !== undefined && (selected?.key !== session.key || selected.row !== row)) {
      selected = { key: session.key, row };
      if (session.path.row !== row) {
        updatePath(context, session.key, { row, isSought: false });
        return;
      }
    }
    const next = wantedOf(session);
    if (wanted && sameWish(wanted, next)) return;
    const before = wanted;
    wanted = next;
    if (!next.isReady || !next.isShown) return;
    const isAnew = before?.key !== next.key || before.content !== next.content;
    call?.abort();
    call = new AbortController();
    void showPathOf(context, next, isAnew, call.signal);
  };
  context.store.subscribe(follow);
  arrangementStore.subscribe(follow);
  return {
    cancel: () => {
      call?.abort();
      if (wanted) updatePath(context, wanted.key, { lookup: { kind: 'cancelled' }, answer: { kind: 'none' } });
    },
    retry: () => {
      wanted = undefined;
      follow();
    },
  };
}

function wantedOf(session: Session): Wanted {
  return {
    key: session.key,
    row: session.path.row,
    withAnswer: session.path.withAnswer,
    content: session.contentGeneration,
    isReady: session.stage === 'ready' && session.trace !== undefined,
    isShown: isPaneVisible('path'),
  };
}

function sameWish(first: Wanted, second: Wanted): boolean {
  return (Object.keys(first) as (keyof Wanted)[]).every((name) => first[name] === second[name]);
}

/** Asks for the path of a row, and of its answer where that is wanted. `isAnew`: what is known may read differently now. */
async function showPathOf(context: Context, wanted: Wanted, isAnew: boolean, signal: AbortSignal): Promise<void> {
  const { key, row, withAnswer } = wanted;
  const path = sessionOf(context.store.getState(), key)?.path;
  if (!path) return;
  if (row === undefined) {
    updatePath(context, key, { lookup: { kind: 'none' }, answer: { kind: 'none' } });
    return;
  }
  const isOnShow = !isAnew && path.lookup.kind === 'known' && holdsRow(path.lookup, row);
  const lookup = isOnShow
    ? path.lookup
    : await lookUp(context, key, row, path.lookup, signal, (state) => {
        updatePath(context, key, { lookup: state });
      });
  if (!lookup || signal.aborted) return;
  const answerRow = pathOf(lookup)?.answerRow ?? null;
  if (!withAnswer || answerRow === null) {
    updatePath(context, key, { answer: { kind: 'none' } });
    return;
  }
  const answer = sessionOf(context.store.getState(), key)?.path.answer ?? { kind: 'none' };
  if (!isAnew && answer.kind === 'known' && holdsRow(answer, answerRow)) return;
  await lookUp(context, key, answerRow, { kind: 'none' }, signal, (state) => {
    updatePath(context, key, { answer: state });
  });
}

function holdsRow(lookup: PathLookup, row: number): boolean {
  return pathOf(lookup)?.hops.some((hop) => hop.row === row) === true;
}

/** Asks for one path and tells how far that has come; undefined when it was given up. */
async function lookUp(
  context: Context,
  key: SessionKey,
  row: number,
  before: PathLookup,
  signal: AbortSignal,
  tell: (state: PathLookup) => void,
): Promise<PathLookup | undefined> {
  const trace = sessionOf(context.store.getState(), key)?.trace;
  if (trace === undefined) return undefined;
  const shown = pathOf(before);
  const tellIfWanted = (state: PathLookup): PathLookup | undefined => {
    if (signal.aborted) return undefined;
    tell(state);
    return state;
  };
  const asking = (progress?: PathProgress): PathLookup | undefined =>
    tellIfWanted({ kind: 'asking', progress, before: shown });
  await track(context, rest(signal));
  if (!asking()) return undefined;
  const outcome = await callEngine(context, 'path', { trace, row }, { signal, onProgress: asking }).then(
    (path): PathLookup => ({ kind: 'known', path }),
    (error: unknown): PathLookup =>
      isCancellation(error) ? { kind: 'none' } : { kind: 'failed', error: contractError(error) },
  );
  return tellIfWanted(outcome);
}

/** Ends when the time is over, or at once when nobody waits any more. */
function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, restBeforeAsking);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Shows the path of a row's packet beside the messages, and selects the row where the filter lets it through. */
export async function showPath(context: Context, row: number): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session) return;
  updatePath(context, session.key, { compared: undefined });
  showView(context, session.key, 'messages');
  revealPane('path');
  await selectHop(context, row);
}

/** Selects a row in the grid; where the filter hides it, the pane shows it nevertheless, and says so. */
export async function selectHop(context: Context, row: number): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session) return;
  updatePath(context, session.key, { row, isSought: true });
  await selectExactRow(context, row).catch(() => false);
  if (sessionOf(context.store.getState(), session.key)?.path.row === row) {
    updatePath(context, session.key, { isSought: false });
  }
}

/** Shows or hides the answer's path under the one of the question. */
export function showAnswer(context: Context, withAnswer: boolean): void {
  const session = activeSession(context.store.getState());
  if (session) updatePath(context, session.key, { withAnswer });
}

/** Shows two packets' paths side by side until `closeComparison`. */
export async function comparePaths(context: Context, first: number, second: number): Promise<void> {
  const session = activeSession(context.store.getState());
  if (session?.trace === undefined) return;
  const { key } = session;
  const rows = [first, second] as const;
  const none: PathLookup = { kind: 'none' };
  updatePath(context, key, { compared: { rows, lookups: [none, none] } });
  const controller = new AbortController();
  const giveUp = context.store.subscribe(() => {
    if (sessionOf(context.store.getState(), key)?.path.compared?.rows !== rows) controller.abort();
  });
  try {
    // One after the other: the first call makes all paths of the trace, and its progress is told.
    for (const place of [0, 1] as const) {
      await lookUp(context, key, rows[place], none, controller.signal, (state) => {
        const compared = sessionOf(context.store.getState(), key)?.path.compared;
        if (!compared) return;
        const lookups = place === 0 ? ([state, compared.lookups[1]] as const) : ([compared.lookups[0], state] as const);
        updatePath(context, key, { compared: { rows, lookups } });
      });
    }
  } finally {
    giveUp();
  }
}

export function closeComparison(context: Context): void {
  const session = activeSession(context.store.getState());
  if (session) updatePath(context, session.key, { compared: undefined });
}
