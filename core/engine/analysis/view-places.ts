import { firstRowAt, timeOfRow, type TimeOrder } from '../../trace/row-times.ts';
import type { ViewRows } from '../../trace/view-rows.ts';
import type { ViewPlace } from '../contract.ts';

/** Rows of a view as they are shown: in time order, or in another one. */
export interface ShownRows {
  /** In time order. */
  readonly rows: ViewRows;
  /** The same rows in the order in which they are shown, where that is another. */
  readonly sorted?: Uint32Array | undefined;
}

/** Where a row stands in a view; the next one in time where the view lacks it, and behind all the last. Null without rows. */
export function placeOfRow(view: ShownRows, row: number): ViewPlace | null {
  return nearestPlace(view, row, (nearest) => nearest === row);
}

/** The first row of a view at a FILETIME or behind it; the last one where all are earlier. Null without rows. */
export function placeOfTime(view: ShownRows, trace: TimeOrder, time: bigint): ViewPlace | null {
  return nearestPlace(view, firstRowAt(time, trace), (nearest) => timeOfRow(trace, nearest) === time);
}

function nearestPlace({ rows, sorted }: ShownRows, row: number, isExact: (row: number) => boolean): ViewPlace | null {
  if (rows.length === 0) return null;
  const inTime = Math.min(rows.countBefore(row), rows.length - 1);
  const nearest = rows.rowAt(inTime);
  return { position: sorted ? sorted.indexOf(nearest) : inTime, row: nearest, exact: isExact(nearest) };
}
