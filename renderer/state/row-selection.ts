/** Several selected rows: the first selected stays the one whose details are on show; the others are ranges of positions. */
import type { Row } from '../../core/engine/contract.ts';
import {
  countRows,
  firstRows,
  holdsRow,
  rangeOf,
  toggled,
  withRange,
  type RowRange,
  type RowRanges,
} from '../grid/row-ranges.ts';
import { updateSession, type Context } from './context.ts';
import { activeSession, sessionOf, type Session, type SessionKey } from './model.ts';
import { selectPosition } from './navigate.ts';
import { readRows, type RowsWanted } from './read-rows.ts';

/** Rows that one call of the engine gives at most. */
const rowsAtOnce = 1000;

/** Positions of all selected rows of the view on show. */
export function selectedRanges({ selection, ranges, viewGeneration }: Session): RowRanges {
  if (!selection) return [];
  const { position } = selection;
  const holds = ranges?.generation === viewGeneration && ranges.first === position;
  return holds ? ranges.ranges : [{ from: position, to: position }];
}

export function countSelected(session: Session): number {
  return countRows(selectedRanges(session));
}

/** Selects all rows from the first selected one to a position; with `adding`, what was selected stays so. */
export async function extendSelection(context: Context, position: number, adding = false): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session?.view) return;
  if (!session.selection) {
    await selectPosition(context, position);
    return;
  }
  const range = rangeOf(session.selection.position, Math.min(session.view.rows - 1, Math.max(0, position)));
  keep(context, session, adding ? withRange(selectedRanges(session), range) : [range]);
}

/** Selects one more row, or one less; one row stays selected. */
export async function toggleSelected(context: Context, position: number): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session) return;
  if (!session.selection) {
    await selectPosition(context, position);
    return;
  }
  const ranges = toggled(selectedRanges(session), position);
  const first = ranges.at(0);
  if (!first) return;
  if (!holdsRow(ranges, session.selection.position)) await selectPosition(context, first.from);
  const current = sessionOf(context.store.getState(), session.key);
  if (current?.viewGeneration === session.viewGeneration) keep(context, current, ranges);
}

export async function selectAll(context: Context): Promise<void> {
  const session = activeSession(context.store.getState());
  if (!session?.view || session.view.rows === 0) return;
  if (!session.selection) await selectPosition(context, 0);
  const current = sessionOf(context.store.getState(), session.key);
  if (current?.selection && current.view) keep(context, current, [{ from: 0, to: current.view.rows - 1 }]);
}

function keep(context: Context, { key, viewGeneration, selection }: Session, ranges: RowRanges): void {
  if (!selection) return;
  updateSession(context, key, { ranges: { generation: viewGeneration, first: selection.position, ranges } });
}

/** Reads the selected rows, so many at most, block by block so that nothing else has to wait. */
export async function readSelected(
  context: Context,
  key: SessionKey,
  most: number,
  wanted: RowsWanted = {},
): Promise<Row[]> {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return [];
  const rows: Row[] = [];
  for (const block of firstRows(selectedRanges(session), most).flatMap(blocksOf)) {
    if (sessionOf(context.store.getState(), key)?.viewGeneration !== session.viewGeneration) break;
    rows.push(...(await readRows(context, key, block.from, block.to - block.from + 1, wanted)));
  }
  return rows;
}

function blocksOf({ from, to }: RowRange): RowRange[] {
  const count = Math.ceil((to - from + 1) / rowsAtOnce);
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * rowsAtOnce;
    return { from: start, to: Math.min(to, start + rowsAtOnce - 1) };
  });
}
