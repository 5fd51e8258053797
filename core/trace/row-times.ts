import type { TraceColumns } from './trace-columns.ts';

/** A trace in time order: what rows and times are looked up in. */
export interface TimeOrder {
  readonly columns: TraceColumns;
  /** Event numbers by time. */
  readonly order: Uint32Array;
}

/** FILETIME of a row, its input's shift included. */
export function timeOfRow({ columns, order }: TimeOrder, row: number): bigint {
  return columns.timeOf(order[row]);
}

/** The first row, from `from` on, that is not earlier than a FILETIME; the number of rows when all are. Decodes nothing. */
export function firstRowAt(time: bigint, trace: TimeOrder, from = 0): number {
  let low = from;
  let high = trace.order.length;
  while (low < high) {
    const middle = low + ((high - low) >>> 1);
    if (timeOfRow(trace, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
