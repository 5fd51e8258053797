import type { ColumnName, Row } from '../../core/engine/contract.ts';
import type { Instant } from '../format/time.ts';

/** A row as the grid keeps it. */
export interface GridRow extends Row {
  /** The columns that it was asked with, in the order of `columns`. */
  readonly asked: readonly ColumnName[];
  /** The message that its delta is counted from; undefined where there is none, or no delta is on show. */
  readonly before: Instant | undefined;
}

/** The text of a field column; empty where the message has no such field, or it is still being read. */
export function fieldText({ columns, asked }: Pick<GridRow, 'columns' | 'asked'>, column: ColumnName): string {
  const place = asked.indexOf(column);
  return place < 0 ? '' : (columns?.at(place) ?? '');
}
