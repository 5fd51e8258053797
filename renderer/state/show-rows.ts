/** Making the view that the grid shows: after opening, while reading, and for each new filter. */
import type { ViewChoice, ViewInfo } from '../../core/engine/contract.ts';
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
import { sessionOf, type Selection, type Session, type SessionKey } from './model.ts';
import { relocate, type Identity } from './navigate.ts';
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
  context.viewCalls.get(key)?.abort();
  const controller = new AbortController();
  context.viewCalls.set(key, controller);
  const { asked: text, askedChoice: choice } = session.filter;
  try {
    const view = await callEngine(
      context,
      'view',
      { trace: session.trace, filter: text, ...(chosenParts(choice).length > 0 && { choice }) },
      {
        signal: controller.signal,
        onProgress: (scan) => {
          if (!controller.signal.aborted) updateFilter(context, key, { scan });
        },
      },
    );
    if (controller.signal.aborted) release(context, 'closeView', view.view);
    else await replaceView(context, key, view, { text, choice, movedBy }, controller.signal);
  } catch (error) {
    if (!controller.signal.aborted && !isCancellation(error)) refuse(context, key, error);
  } finally {
    if (context.viewCalls.get(key) === controller) {
      context.viewCalls.delete(key);
      updateFilter(context, key, { scan: undefined });
    }
  }
}

async function replaceView(
  context: Context,
  key: SessionKey,
  view: ViewInfo,
  { text, choice, movedBy }: Asked,
  signal: AbortSignal,
): Promise<void> {
  const selection = await selectionIn(context, key, view, movedBy);
  const session = sessionOf(context.store.getState(), key);
  if (!session || signal.aborted) {
    release(context, 'closeView', view.view);
    return;
  }
  const { applied, choice: before, box, stack } = session.filter;
  const sameRows = session.view !== undefined && applied === text && sameChoice(before, choice);
  updateSession(context, key, {
    view,
    viewGeneration: sameRows ? session.viewGeneration : newKey(),
    selection,
    filter: { ...session.filter, applied: text, shown: { box, stack }, choice, refused: undefined, scan: undefined },
  });
  if (session.view) closeView(context, session.view);
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
  view: ViewInfo,
  movedBy: number,
): Promise<Selection | undefined> {
  for (;;) {
    const session = sessionOf(context.store.getState(), key);
    const selection = session?.selection;
    if (!selection) return undefined;
    const relocated = await relocate(context, view, selection, identityIn(session, movedBy)).catch(() => undefined);
    if (sessionOf(context.store.getState(), key)?.selection === selection) return relocated;
  }
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
