/** From row numbers and instants to places in a view, and moving the selection. */
import type { Row, ViewInfo } from '../../core/engine/contract.ts';
import { compareInstants, laterBy } from '../format/time.ts';
import { callEngine, updateSession, type Context } from './context.ts';
import { lowerBound } from './lower-bound.ts';
import { activeSession, type Selection } from './model.ts';

export type GoToResult = { kind: 'found' } | { kind: 'nearest'; row: number } | { kind: 'nothing' };

/** A row and its place in a view. */
export interface PlacedRow {
  position: number;
  row: Row;
}

/** Events of one instant that are looked through for the same summary. */
const sameInstantLimit = 500;

export function selectionOf(position: number, row: Row, origin: Selection['origin']): Selection {
  const instant = { milliseconds: row.milliseconds, hundredNanoseconds: row.hundredNanoseconds };
  const { summary, diagnosisLevel } = row;
  return { position, row: row.row, instant, summary, diagnosisLevel, origin };
}

/** The row at a place of a view, or undefined when the view ends before it. */
export async function rowAt(context: Context, view: ViewInfo, position: number): Promise<Row | undefined> {
  const block = await callEngine(context, 'rows', { view: view.view, from: position, count: 1 });
  return block.rows.at(0);
}

/**
 * The row of a number in a view, or the next one behind it that the view holds; undefined when there is none. Rows are in
 * the order of their numbers.
 */
export async function findRow(context: Context, view: ViewInfo, row: number): Promise<PlacedRow | undefined> {
  const guess = row < view.rows ? await rowAt(context, view, row) : undefined;
  if (guess?.row === row) return { position: row, row: guess };
  const position = await lowerBound(view.rows, async (place) => {
    const probe = await rowAt(context, view, place);
    return probe !== undefined && probe.row < row;
  });
  const found = position < view.rows ? await rowAt(context, view, position) : undefined;
  return found && { position, row: found };
}

/** The same event in a view whose row numbers are others: by instant, then by its summary. */
export async function findEvent(context: Context, view: ViewInfo, event: Selection): Promise<PlacedRow | undefined> {
  const first = await lowerBound(view.rows, async (place) => {
    const row = await rowAt(context, view, place);
    return row !== undefined && compareInstants(row, event.instant) < 0;
  });
  if (first >= view.rows) return undefined;
  const { rows } = await callEngine(context, 'rows', { view: view.view, from: first, count: sameInstantLimit });
  const offset = rows.findIndex((row) => compareInstants(row, event.instant) === 0 && row.summary === event.summary);
  return offset < 0 ? undefined : { position: first + offset, row: rows[offset] };
}

/** What tells an event again in a new view: its row number, or its instant, which may have been moved (100 ns). */
export type Identity = { kind: 'row number' } | { kind: 'instant'; movedBy: number };

/** Where the selection stands in a new view; undefined when the view does not hold its event. */
export async function relocate(
  context: Context,
  view: ViewInfo,
  selection: Selection,
  identity: Identity,
): Promise<Selection | undefined> {
  const found =
    identity.kind === 'row number'
      ? await findExactRow(context, view, selection.row)
      : await findMovedEvent(context, view, selection, identity.movedBy);
  return found && selectionOf(found.position, found.row, 'command');
}

async function findExactRow(context: Context, view: ViewInfo, row: number): Promise<PlacedRow | undefined> {
  const found = await findRow(context, view, row);
  return found?.row.row === row ? found : undefined;
}

/** An event that may have been moved, or may lie in another file of the trace and have stayed. */
async function findMovedEvent(
  context: Context,
  view: ViewInfo,
  event: Selection,
  movedBy: number,
): Promise<PlacedRow | undefined> {
  const moved = await findEvent(context, view, { ...event, instant: laterBy(event.instant, movedBy) });
  return moved ?? (movedBy === 0 ? undefined : findEvent(context, view, event));
}

/** Selects the row at a place of the view on show; the grid scrolls to it. */
export async function selectPosition(context: Context, position: number): Promise<void> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view || view.rows === 0) return;
  const place = Math.min(view.rows - 1, Math.max(0, position));
  const row = await rowAt(context, view, place);
  const stillOnShow = activeSession(context.store.getState())?.view === view;
  if (row && stillOnShow) updateSession(context, session.key, { selection: selectionOf(place, row, 'command') });
}

/** Selects the row of a number where the view on show holds it; false where it does not. */
export async function selectExactRow(context: Context, row: number): Promise<boolean> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view) return false;
  const found = await findExactRow(context, view, row);
  const stillOnShow = activeSession(context.store.getState())?.view === view;
  if (!found || !stillOnShow) return false;
  updateSession(context, session.key, { selection: selectionOf(found.position, found.row, 'command') });
  return true;
}

/** Selects a message by its number (row number + 1), or the nearest one behind it that the filter lets through. */
export async function goToMessage(context: Context, messageNumber: number): Promise<GoToResult> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view || view.rows === 0) return { kind: 'nothing' };
  const wanted = messageNumber - 1;
  const found = await findRow(context, view, wanted);
  const place = found?.position ?? view.rows - 1;
  await selectPosition(context, place);
  if (found?.row.row === wanted) return { kind: 'found' };
  const nearest = found?.row ?? (await rowAt(context, view, place));
  return nearest ? { kind: 'nearest', row: nearest.row } : { kind: 'nothing' };
}

/**
 * Moves the selection by rows. While a row is being asked for, further moves add up and are made in one go, so that a
 * key held down never queues.
 */
export function createSelectionMover(context: Context): (rows: number) => Promise<void> {
  let wanted: { view: ViewInfo; position: number } | undefined;
  let moving = false;
  return async (rows) => {
    const session = activeSession(context.store.getState());
    const view = session?.view;
    if (!view || view.rows === 0) return;
    const before = rows > 0 ? -1 : view.rows;
    const from = wanted?.view.view === view.view ? wanted.position : (session.selection?.position ?? before);
    wanted = { view, position: Math.min(view.rows - 1, Math.max(0, from + rows)) };
    if (moving) return;
    moving = true;
    try {
      for (let target: typeof wanted | undefined; target !== wanted;) {
        target = wanted;
        await selectPosition(context, target.position);
      }
    } finally {
      moving = false;
      wanted = undefined;
    }
  };
}
