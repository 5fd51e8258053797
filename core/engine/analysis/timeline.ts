import { filetimeOfInstant, instantOfFiletime } from '../../base/filetime.ts';
import { firstRowAt, timeOfRow, type TimeOrder } from '../../trace/row-times.ts';
import type { ViewRows } from '../../trace/view-rows.ts';
import type { Timeline, TraceInstant } from '../contract.ts';
import type { TroubleRows } from './trace-troubles.ts';

/** A stretch of time in FILETIMEs, both ends included, in equal parts. */
export interface TimeParts {
  readonly from: bigint;
  readonly to: bigint;
  readonly bins: number;
}

/** The stretch that was asked for; where an end is not given, that of the trace. `start` is the time of a trace without events. */
export function timeParts(
  trace: TimeOrder | undefined,
  start: bigint,
  { bins, from, to }: { readonly bins: number; readonly from?: TraceInstant; readonly to?: TraceInstant },
): TimeParts {
  const rows = trace?.order.length ?? 0;
  const first = trace && rows > 0 ? timeOfRow(trace, 0) : start;
  const last = trace && rows > 0 ? timeOfRow(trace, rows - 1) : start;
  return {
    from: from ? filetimeOfInstant(from) : first,
    to: to ? filetimeOfInstant(to) : last,
    bins,
  };
}

/**
 * Counts rows by parts of a time. Only the borders of the parts are looked up: the work grows with them, not with the trace.
 * A part has its beginning and not its end, but the last one, which has both.
 */
export function countTimeline(
  parts: TimeParts,
  trace: TimeOrder | undefined,
  view: ViewRows,
  troubles: TroubleRows | undefined,
): Timeline {
  const borders = trace ? rowBorders(parts, trace) : Array.from({ length: parts.bins + 1 }, () => 0);
  const shown = troubles?.of(view);
  const countIn = (rows: ViewRows | undefined): number[] =>
    differences(borders.map((border) => rows?.countBefore(border) ?? 0));
  return {
    from: instantOfFiletime(parts.from),
    to: instantOfFiletime(parts.to),
    all: differences(borders),
    shown: countIn(view),
    drops: countIn(shown?.drops),
    errors: countIn(shown?.errors),
  };
}

/** Of each part the first row, and the row behind the last part. */
function rowBorders({ from, to, bins }: TimeParts, trace: TimeOrder): number[] {
  // All of one instant lies in the first part.
  const span = to > from ? to - from : 1n;
  const count = BigInt(bins);
  const borders: number[] = [];
  let row = 0;
  for (let part = 0n; part < count; part++) {
    row = firstRowAt(from + (part * span + count - 1n) / count, trace, row);
    borders.push(row);
  }
  borders.push(firstRowAt(to + 1n, trace, row));
  return borders;
}

function differences(borders: readonly number[]): number[] {
  return borders.slice(1).map((border, part) => border - borders[part]);
}
