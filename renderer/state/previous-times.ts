/** When the message of the trace before a message was, also where the view on show lacks that one. */
import type { Row, TraceId, ViewInfo } from '../../core/engine/contract.ts';
import type { Instant } from '../format/time.ts';
import { callEngine, type Context } from './context.ts';
import { rowsByTime, sessionOf, type SessionKey } from './model.ts';

/** Rows between two wanted ones that are read along, for that is less work than another call. */
const widestGap = 16;
const rowsAtOnce = 1000;

/** Times of messages by row number. Nothing while a trace is still being read: its row numbers change. */
export async function previousTimes(
  context: Context,
  key: SessionKey,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Instant>> {
  const known = new Map<number, Instant>(rows.map((row) => [row.row, row]));
  const wanted = rows.map(({ row }) => row - 1).filter((row) => row >= 0 && !known.has(row));
  const view = wanted.length === 0 ? undefined : await wholeView(context, key);
  if (!view) return known;
  await Promise.all(
    runsOf(wanted).map(async ({ from, count }) => {
      const block = await callEngine(context, 'rows', { view: view.view, from, count }, { signal });
      for (const row of block.rows) known.set(row.row, row);
    }),
  );
  return known;
}

/** Numbers, near ones together. */
export function runsOf(numbers: readonly number[]): { from: number; count: number }[] {
  const runs: { from: number; count: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    const isNear = last && number <= last.from + last.count + widestGap && number - last.from < rowsAtOnce;
    if (isNear) last.count = Math.max(last.count, number - last.from + 1);
    else runs.push({ from: number, count: 1 });
  }
  return runs;
}

/** A view of all rows of a trace, where positions are row numbers. */
async function wholeView(context: Context, key: SessionKey): Promise<ViewInfo | undefined> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace === undefined || session.stage !== 'ready') return undefined;
  const shown = rowsByTime(session);
  const isWhole = shown?.complete === true && !session.growing && shown.rows === shown.available;
  return isWhole ? shown : madeView(context, session.trace, session.contentGeneration);
}

async function madeView(context: Context, trace: TraceId, content: number): Promise<ViewInfo | undefined> {
  const known = context.wholeViews.get(trace);
  if (known?.content === content) return known.view.catch(() => undefined);
  const view = callEngine(context, 'view', { trace, filter: '' });
  context.wholeViews.set(trace, { content, view });
  if (known) {
    known.view.then(({ view: old }) => context.client.call('closeView', { view: old })).catch(() => undefined);
  }
  return view.catch(() => undefined);
}
