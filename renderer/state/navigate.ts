/** From row numbers and instants to places in a view, and moving the selection. */
import type { Row, ViewInfo } from '../../core/engine/contract.ts';
import { compareInstants, laterBy } from '../format/time.ts';
import { callEngine, updateSession, type Context } from './context.ts';
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

/** The row of a number in a view; undefined where the view does not hold it, or does not yet. */
async function findRow(context: Context, view: ViewInfo, row: number): Promise<PlacedRow | undefined> {
  const place = await callEngine(context, 'place', { view: view.view, row });
  if (place?.exact !== true || place.position >= view.rows) return undefined;
  const found = await rowAt(context, view, place.position);
  return found?.row === row ? { position: place.position, row: found } : undefined;
}

/** The same event in a view in time order whose row numbers are others: by instant, then by its summary. */
async function findEvent(context: Context, view: ViewInfo, event: Selection): Promise<PlacedRow | undefined> {
  const first = await callEngine(context, 'placeOfTime', { view: view.view, time: event.instant });
  if (first?.exact !== true) return undefined;
  const { position } = first;
  const { rows } = await callEngine(context, 'rows', { view: view.view, from: position, count: sameInstantLimit });
  const offset = rows.findIndex((row) => compareInstants(row, event.instant) === 0 && row.summary === event.summary);
  return offset < 0 ? undefined : { position: position + offset, row: rows[offset] };
}

/** What tells an event again in a new view: its row number, or its instant, which may have been moved (100 ns). */
export type Identity = { kind: 'row number' } | { kind: 'instant'; movedBy: number };

/**
 * Where the selection stands in a new view; undefined when the view does not hold its event. `byTime`: the same rows in time
 * order, where a moved event is looked for.
 */
export async function relocate(
  context: Context,
  view: ViewInfo,
  selection: Selection,
  identity: Identity,
  byTime: ViewInfo = view,
): Promise<Selection | undefined> {
  const found = await relocatedRow(context, view, selection, identity, byTime);
  return found && selectionOf(found.position, found.row, 'command');
}

async function relocatedRow(
  context: Context,
  view: ViewInfo,
  selection: Selection,
  identity: Identity,
  byTime: ViewInfo,
): Promise<PlacedRow | undefined> {
  if (identity.kind === 'row number') return findRow(context, view, selection.row);
  const moved = await findMovedEvent(context, byTime, selection, identity.movedBy);
  return moved && view.view !== byTime.view ? findRow(context, view, moved.row.row) : moved;
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
  if (row && stillOnShow)
    updateSession(context, session.key, { selection: selectionOf(place, row, 'command'), ranges: undefined });
}

/** Selects the row of a number where the view on show holds it; false where it does not. */
export async function selectExactRow(context: Context, row: number): Promise<boolean> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view) return false;
  const found = await findRow(context, view, row);
  const stillOnShow = activeSession(context.store.getState())?.view === view;
  if (!found || !stillOnShow) return false;
  updateSession(context, session.key, {
    selection: selectionOf(found.position, found.row, 'command'),
    ranges: undefined,
  });
  return true;
}

/** Selects a message by its number (row number + 1), or the nearest one behind it that the filter lets through. */
export async function goToMessage(context: Context, messageNumber: number): Promise<GoToResult> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view || view.rows === 0) return { kind: 'nothing' };
  const place = await callEngine(context, 'place', { view: view.view, row: messageNumber - 1 });
  if (!place) return { kind: 'nothing' };
  await selectPosition(context, place.position);
  return place.exact ? { kind: 'found' } : { kind: 'nearest', row: place.row };
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
