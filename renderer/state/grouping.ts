/** Counting the rows on show by the values of some columns: choosing the columns, asking, giving up. */
import type { ColumnName } from '../../core/engine/contract.ts';
import { revealPane } from '../workspace/arrangement.ts';
import { callEngine, contractError, isCancellation, updateSession, type Context } from './context.ts';
import { activeSession, sessionOf, type GroupingState, type Session, type SessionKey } from './model.ts';

/** As many as the engine lists and a table on a page can hold. */
export const groupLimit = 1000;

/** Columns that rows can be counted by at once. */
export const groupDepth = 3;

export type GroupChoice = Partial<Pick<GroupingState, 'by' | 'order'>>;

/** Counts the rows of the session on show by one column, and brings the pane in front that lists the groups. */
export function groupBy(context: Context, column: ColumnName): void {
  const session = activeSession(context.store.getState());
  if (!session) return;
  chooseGroups(context, session.key, { by: [column] });
  revealPane('summary');
}

export function chooseGroups(context: Context, key: SessionKey, change: GroupChoice): void {
  update(context, key, change);
}

/** Asks for the groups of a session's rows, unless they are known already, or the rows are not all there yet. */
export async function showGroups(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (!session || !canGroup(session)) return;
  const { view, grouping } = session;
  if (!view) return;
  const asked = groupsAskedFor(session);
  if (grouping.found?.asked === asked && grouping.stage === 'known') return;
  context.groupCalls.get(key)?.abort();
  const controller = new AbortController();
  context.groupCalls.set(key, controller);
  const isLatest = (): boolean => context.groupCalls.get(key) === controller;
  const { by, order } = grouping;
  update(context, key, { stage: 'asking', progress: undefined, error: undefined });
  try {
    const groups = await callEngine(
      context,
      'group',
      { view: view.view, by: [...by], order, limit: groupLimit },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          if (isLatest()) update(context, key, { progress });
        },
      },
    );
    if (isLatest()) update(context, key, { stage: 'known', found: { ...groups, by, asked } });
  } catch (error) {
    if (!isLatest()) return;
    // A view that was replaced meanwhile is asked for by whoever shows its groups.
    const isGone = sessionOf(context.store.getState(), key)?.view?.view !== view.view;
    if (controller.signal.aborted || isCancellation(error)) update(context, key, { stage: 'cancelled' });
    else if (isGone) update(context, key, { stage: 'waiting' });
    else update(context, key, { stage: 'failed', error: contractError(error) });
  } finally {
    if (isLatest()) {
      context.groupCalls.delete(key);
      update(context, key, { progress: undefined });
    }
  }
}

/** Stops counting; what was counted before stays. */
export function cancelGroups(context: Context, key: SessionKey): void {
  context.groupCalls.get(key)?.abort();
}

/** True when all rows of a session's view are there, and there are some. */
export function canGroup({ stage, view, growing, grouping }: Session): boolean {
  return stage === 'ready' && view?.complete === true && view.rows > 0 && !growing && grouping.by.length > 0;
}

/** Two askings that differ in nothing here have the same answer. */
export function groupsAskedFor({ grouping, view, contentGeneration }: Session): string {
  return JSON.stringify([grouping.by, grouping.order, view?.view, contentGeneration]);
}

/** True while the groups that are known are those of the rows and columns on show. */
export function areGroupsFresh(session: Session): boolean {
  return session.grouping.found?.asked === groupsAskedFor(session);
}

function update(context: Context, key: SessionKey, change: Partial<GroupingState>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session) updateSession(context, key, { grouping: { ...session.grouping, ...change } });
}
