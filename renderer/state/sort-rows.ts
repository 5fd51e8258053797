/** Putting the rows of a view into another order, in the engine. */
import type { SortOrder, ViewInfo } from '../../core/engine/contract.ts';
import { columnTitle } from '../grid/column-title.ts';
import { sortStrings } from '../grid/strings.ts';
import { addNotice, callEngine, endTask, isCancellation, startTask, updateTask, type Context } from './context.ts';
import { sessionOf, type SessionKey } from './model.ts';

/** 'given up': a person cancelled it, somebody asked for another order, or the rows are no longer wanted. */
export type SortOutcome = { kind: 'sorted'; view: ViewInfo } | { kind: 'given up' | 'failed' };

/** Sorting that is done sooner than this needs no progress bar. In milliseconds. */
const quick = 200;

export function sameOrder(first: SortOrder | undefined, second: SortOrder | undefined): boolean {
  return first?.by === second?.by && first?.descending === second?.descending;
}

/** Sorts the rows of a whole view, with a progress bar once that takes time. `signal` gives up what is no longer wanted. */
export async function sortView(
  context: Context,
  key: SessionKey,
  base: ViewInfo,
  order: SortOrder,
  signal: AbortSignal,
): Promise<SortOutcome> {
  context.sortCalls.get(key)?.abort();
  const controller = new AbortController();
  context.sortCalls.set(key, controller);
  const giveUp = (): void => {
    controller.abort();
  };
  signal.addEventListener('abort', giveUp);
  const title = sortStrings.sorting(sessionOf(context.store.getState(), key)?.name ?? '', columnTitle(order.by));
  let task: number | undefined;
  const patience = setTimeout(() => {
    task = startTask(context, { kind: 'sort', title, total: base.rows, unit: 'rows' }, giveUp);
  }, quick);
  try {
    const view = await callEngine(
      context,
      'sort',
      { view: base.view, order },
      {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          if (task !== undefined) updateTask(context, task, { done, total });
        },
      },
    );
    return { kind: 'sorted', view: { ...view, order } };
  } catch (error) {
    if (controller.signal.aborted || isCancellation(error)) return { kind: 'given up' };
    addNotice(context, sortStrings.failed(columnTitle(order.by)), error, sortStrings.failedAdvice);
    return { kind: 'failed' };
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', giveUp);
    if (task !== undefined) endTask(context, task);
    if (context.sortCalls.get(key) === controller) context.sortCalls.delete(key);
  }
}
