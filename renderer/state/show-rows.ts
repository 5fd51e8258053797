/**
 * Making the view that the grid shows: after opening, while reading, for each new filter and order. A view of another filter
 * is on show as soon as it has a row, and grows; what was on show before is kept until the view is whole. Only whole views
 * are sorted: until then, rows are on show in time order.
 */
import type { SortOrder, ViewChoice, ViewInfo, ViewProgress } from '../../core/engine/contract.ts';
import { refusedPart } from '../filter/combined-filter.ts';
import { failureStrings } from '../strings.ts';
import {
  addNotice,
  callEngine,
  contractError,
  isCancellation,
  newKey,
  release,
  updateFilter,
  updateSession,
  type Context,
} from './context.ts';
import {
  activeSession,
  rowsByTime,
  sessionOf,
  type Selection,
  type Session,
  type SessionKey,
  type ShownRows,
} from './model.ts';
import { relocate, type Identity } from './navigate.ts';
import { sameOrder, sortView } from './sort-rows.ts';
import { chosenParts, sameChoice } from './view-choice.ts';

/** What a view was asked for with. */
interface Asked {
  text: string;
  choice: ViewChoice;
  movedBy: number;
}

/** Shows the same events anew, because they read differently now. `movedBy` as in showRows. */
export async function showRowsAnew(context: Context, key: SessionKey, movedBy = 0): Promise<void> {
  await showRows(context, key, movedBy);
  updateSession(context, key, { contentGeneration: newKey() });
}

/**
 * Shows what the session's asked filter and choice let through. A call for the same session that is under way is given up.
 * `movedBy`: steps of 100 ns by which the events of one of the trace's files have been moved since the rows on show.
 */
export async function showRows(context: Context, key: SessionKey, movedBy = 0): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace === undefined) return;
  giveUpView(context, key);
  const controller = new AbortController();
  context.viewCalls.set(key, controller);
  const { asked: text, askedChoice: choice } = session.filter;
  const asked: Asked = { text, choice, movedBy };
  const follow = createGrowth(context, key, asked, controller.signal);
  try {
    const view = await callEngine(
      context,
      'view',
      { trace: session.trace, filter: text, ...(chosenParts(choice).length > 0 && { choice }) },
      {
        signal: controller.signal,
        onProgress: (scan) => {
          if (controller.signal.aborted) return;
          updateFilter(context, key, { scan });
          follow(scan);
        },
      },
    );
    if (controller.signal.aborted) release(context, 'closeView', view.view);
    else await showInOrder(context, key, view, asked, controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) {
      showBefore(context, key);
      if (!isCancellation(error)) refuse(context, key, error);
      await findSought(context, key);
    }
  } finally {
    if (context.viewCalls.get(key) === controller) {
      context.viewCalls.delete(key);
      updateFilter(context, key, { scan: undefined });
    }
  }
}

/** Shows the messages of the active session in another order. */
export async function sortBy(context: Context, order: SortOrder | undefined): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session || sameOrder(order, session.sort)) return;
  const { key } = session;
  updateSession(context, key, { sort: order, showing: 'messages' });
  context.sortCalls.get(key)?.abort();
  const base = rowsByTime(session);
  // A view that is under way is brought into the order when it is whole.
  if (!base || context.viewCalls.has(key)) return;
  const controller = new AbortController();
  context.viewCalls.set(key, controller);
  const { applied: text, choice } = session.filter;
  try {
    await showInOrder(context, key, base, { text, choice, movedBy: 0 }, controller.signal);
  } finally {
    if (context.viewCalls.get(key) === controller) context.viewCalls.delete(key);
  }
}

/** How long rows of another filter wait to be sorted before they are shown in time order. In milliseconds. */
const patience = 250;

/** Puts a whole view on show, in the order that the session asks for, whatever that comes to be meanwhile. */
async function showInOrder(
  context: Context,
  key: SessionKey,
  base: ViewInfo,
  asked: Asked,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const session = sessionOf(context.store.getState(), key);
    const order = session?.sort;
    if (!order || !base.complete || base.rows < 2) {
      await replaceView(context, key, { view: base, unsorted: undefined }, asked, signal);
      if (signal.aborted || !session || wantsOrder(context, key, order)) return;
      continue;
    }
    updateFilter(context, key, { scan: undefined });
    const sorting = sortView(context, key, base, order, signal);
    if (!showsSame(session, asked) && (await isSlow(sorting))) {
      await replaceView(context, key, { view: base, unsorted: undefined }, asked, signal);
    }
    const sorted = await sorting;
    if (sorted.kind === 'sorted' && sameOrder(sessionOf(context.store.getState(), key)?.sort, order)) {
      await replaceView(context, key, { view: sorted.view, unsorted: base }, asked, signal);
      // Somebody may have asked for another order meanwhile.
      if (signal.aborted || wantsOrder(context, key, order)) return;
      continue;
    }
    if (sorted.kind === 'sorted') release(context, 'closeView', sorted.view.view);
    if (signal.aborted) {
      if (!shows(context, key, base)) release(context, 'closeView', base.view);
      return;
    }
    const current = sessionOf(context.store.getState(), key);
    // Nobody asked for another order meanwhile: what is on show keeps the one that it has.
    if (current && sameOrder(current.sort, order)) {
      updateSession(context, key, { sort: shows(context, key, base) ? current.view?.order : undefined });
      if (shows(context, key, base)) return;
    }
  }
}

function wantsOrder(context: Context, key: SessionKey, order: SortOrder | undefined): boolean {
  return sameOrder(sessionOf(context.store.getState(), key)?.sort, order);
}

function isSlow(work: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    work.then(() => false),
    new Promise<boolean>((resolve) => {
      setTimeout(resolve, patience, true);
    }),
  ]);
}

/** True when a view's rows are on show, in whatever order. */
function shows(context: Context, key: SessionKey, { view }: ViewInfo): boolean {
  const session = sessionOf(context.store.getState(), key);
  return session !== undefined && rowsByTime(session)?.view === view;
}

/** A whole view, and the same rows by time where it is sorted. */
interface OrderedView {
  view: ViewInfo;
  unsorted: ViewInfo | undefined;
}

async function replaceView(
  context: Context,
  key: SessionKey,
  shown: OrderedView,
  asked: Asked,
  signal: AbortSignal,
): Promise<void> {
  const selection = await selectionIn(context, key, shown, asked.movedBy);
  const session = sessionOf(context.store.getState(), key);
  if (!session || signal.aborted) {
    const left = session ? viewsOf(session) : [];
    closeOthers(context, viewsOf(shown), left);
    return;
  }
  const before = session.growing ? session.growing.before : session;
  updateSession(context, key, {
    ...shown,
    viewGeneration:
      showsSame(session, asked) && sameOrder(session.view?.order, shown.view.order) ? session.viewGeneration : newKey(),
    selection,
    sought: undefined,
    growing: undefined,
    filter: { ...session.filter, ...madeOf(session, asked), refused: undefined, scan: undefined },
  });
  if (before) closeOthers(context, viewsOf(before), viewsOf(shown));
}

/** The views that stand behind the rows on show. */
export function viewsOf({ view, unsorted }: Pick<Session, 'view' | 'unsorted'>): ViewInfo[] {
  return [view, unsorted].filter((each) => each !== undefined);
}

function closeOthers(context: Context, views: readonly ViewInfo[], kept: readonly ViewInfo[]): void {
  for (const each of views) {
    if (!kept.some(({ view }) => view === each.view)) closeView(context, each);
  }
}

/** True when the rows on show, whole or growing, are of the same filter and choice. */
function showsSame({ view, filter }: Session, { text, choice }: Asked): boolean {
  return view !== undefined && filter.applied === text && sameChoice(filter.choice, choice);
}

function madeOf({ filter: { box, stack } }: Session, { text, choice }: Asked): ShownRows['filter'] {
  return { applied: text, shown: { box, stack }, choice };
}

/** Puts a view on show with its first rows, and more of them as they come. More rows of the same filter wait for the end. */
function createGrowth(
  context: Context,
  key: SessionKey,
  asked: Asked,
  signal: AbortSignal,
): (progress: ViewProgress) => void {
  let latest: ViewProgress;
  let started = false;
  const start = async (session: Session): Promise<void> => {
    const firstRows = viewOf(latest, session);
    const selection = await selectionIn(context, key, { view: firstRows, unsorted: undefined }, asked.movedBy);
    const current = sessionOf(context.store.getState(), key);
    // The whole view may have come meanwhile.
    if (signal.aborted || !current || current.view?.view === firstRows.view) return;
    const { view, unsorted, viewGeneration, selection: selected, sought, filter } = current;
    const { applied, shown, choice } = filter;
    const before = view && { view, unsorted, viewGeneration, selection: selected, filter: { applied, shown, choice } };
    updateSession(context, key, {
      view: viewOf(latest, current),
      unsorted: undefined,
      viewGeneration: newKey(),
      selection,
      sought: selection ? undefined : (selected ?? sought),
      growing: { before },
      filter: { ...filter, ...madeOf(current, asked) },
    });
  };
  return (progress) => {
    latest = progress;
    const session = sessionOf(context.store.getState(), key);
    if (!session || progress.view === 0) return;
    if (session.growing) updateSession(context, key, { view: viewOf(progress, session) });
    else if (!started && progress.scanned < progress.total && !showsSame(session, asked)) {
      started = true;
      void start(session);
    }
  };
}

/** A view that is being made, as far as it has come. */
function viewOf({ view, rows, total }: ViewProgress, { stage }: Session): ViewInfo {
  return { view, rows, available: total, complete: stage === 'ready', notes: [] };
}

/** Stops making the view of a session. The engine drops what there is of it: the view before is on show again. */
export function giveUpView(context: Context, key: SessionKey): void {
  context.viewCalls.get(key)?.abort();
  showBefore(context, key);
}

function showBefore(context: Context, key: SessionKey): void {
  const session = sessionOf(context.store.getState(), key);
  if (!session?.growing) return;
  const { growing, selection, sought, filter } = session;
  const { before } = growing;
  const isSelectedThere = before !== undefined && before.selection?.row === selection?.row;
  updateSession(context, key, {
    growing: undefined,
    view: before?.view,
    unsorted: before?.unsorted,
    viewGeneration: before?.viewGeneration ?? newKey(),
    selection: isSelectedThere ? before.selection : undefined,
    sought: isSelectedThere ? undefined : (selection ?? sought),
    filter: { ...filter, ...before?.filter },
  });
}

/** Selects the event that was selected before, where the rows on show hold it. */
async function findSought(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (!session?.view || !session.sought) return;
  const { view } = session;
  const selection = await selectionIn(context, key, { ...session, view }, 0);
  const current = sessionOf(context.store.getState(), key);
  if (current?.view === view && !current.selection) updateSession(context, key, { selection, sought: undefined });
}

/** Closes a view, or leaves that to the export that still reads from it. */
export function closeView(context: Context, view: ViewInfo): void {
  const use = context.viewsInUse.get(view.view);
  if (use) use.closeLater = true;
  else release(context, 'closeView', view.view);
}

/** Follows the selected event into a new view, also when the selection moves meanwhile. */
async function selectionIn(
  context: Context,
  key: SessionKey,
  { view, unsorted }: OrderedView,
  movedBy: number,
): Promise<Selection | undefined> {
  for (;;) {
    const session = sessionOf(context.store.getState(), key);
    const selection = session && selectedOrSought(session);
    if (!selection) return undefined;
    const relocated = await relocate(context, view, selection, identityIn(session, movedBy), unsorted).catch(
      () => undefined,
    );
    const current = sessionOf(context.store.getState(), key);
    if (!current || selectedOrSought(current) === selection) return relocated;
  }
}

function selectedOrSought({ selection, sought }: Session): Selection | undefined {
  return selection ?? sought;
}

/** Row numbers hold once the trace has been read, unless the files of a trace are moved against each other. */
function identityIn(session: Session, movedBy: number): Identity {
  const movedApart = movedBy !== 0 && (session.info?.files.length ?? 0) > 1;
  return session.view?.complete === true && !movedApart ? { kind: 'row number' } : { kind: 'instant', movedBy };
}

function refuse(context: Context, key: SessionKey, error: unknown): void {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  const { applied, choice, shown, draft } = session.filter;
  updateFilter(context, key, { asked: applied, askedChoice: choice, ...shown });
  const { name, message, start, end, suggestion } = contractError(error);
  if (name !== 'FilterError') {
    addNotice(context, failureStrings.noticeHeadings.filter, error);
    return;
  }
  const problem = {
    message,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(suggestion !== undefined && { suggestion }),
  };
  updateFilter(context, key, { refused: refusedPart(session.filter, draft, problem) });
}
