/** Marks on the selected messages, and going from mark to mark. */
import { callEngine, type Context } from './context.ts';
import { activeSession, type Session } from './model.ts';
import { selectPosition } from './navigate.ts';
import { setNotes } from './notes.ts';
import { readSelected } from './row-selection.ts';

/** Rows that are marked at once at most. */
export const mostMarked = 10_000;

/** Marks the selected messages; where all of them are marked, takes their marks. */
export async function toggleMarks(context: Context): Promise<void> {
  const session = activeSession(context.store.getState());
  if (session?.stage !== 'ready' || !session.selection) return;
  const rows = await readSelected(context, session.key, mostMarked);
  const marked = !rows.every((row) => row.marked);
  await setNotes(
    context,
    session.key,
    rows.map(({ row }) => row),
    { marked },
  );
}

/** What the selected message is said of. */
export function noteOf(session: Session): { marked: boolean; comment: string } {
  const note = session.notes.book?.notes.find(({ row }) => row === session.selection?.row);
  return { marked: note?.marked === true, comment: note?.comment ?? '' };
}

/** Selects the next marked message on show, in time; behind the last one it goes on at the first. */
export async function goToMark(context: Context, direction: 'forward' | 'backward'): Promise<void> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view) return;
  const marks = (session.notes.book?.notes ?? []).filter(({ marked }) => marked).map(({ row }) => row);
  for (const row of inTurn(marks, session.selection?.row, direction)) {
    const place = await callEngine(context, 'place', { view: view.view, row });
    if (place?.exact !== true) continue;
    await selectPosition(context, place.position);
    return;
  }
}

/** Row numbers in the order in which they are to be tried, from behind (or before) the current one. */
export function inTurn(
  rows: readonly number[],
  current: number | undefined,
  direction: 'forward' | 'backward',
): number[] {
  const ordered = [...rows].sort((a, b) => (direction === 'forward' ? a - b : b - a));
  if (current === undefined) return ordered;
  const isLeft = (row: number): boolean => (direction === 'forward' ? row > current : row < current);
  return [...ordered.filter(isLeft), ...ordered.filter((row) => !isLeft(row) && row !== current)];
}
