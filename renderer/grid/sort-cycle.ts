/** What a press on a column's heading makes of the order. */
import type { ColumnName, SortOrder } from '../../core/engine/contract.ts';

/** Ascending, then descending, then by time again; another column begins ascending. */
export function nextOrder(order: SortOrder | undefined, column: ColumnName): SortOrder | undefined {
  if (order?.by !== column) return { by: column, descending: false };
  return order.descending ? undefined : { by: column, descending: true };
}
