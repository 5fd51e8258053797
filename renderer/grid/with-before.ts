import type { ColumnName, Row } from '../../core/engine/contract.ts';
import type { Instant, TimeFormat } from '../format/time.ts';
import type { SessionKey } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import type { GridRow } from './grid-row.ts';

/**
 * Rows of a view that follow each other, with the times that their deltas are counted from, where deltas are on show. `above`
 * is the row in front of the first one.
 */
export async function withBefore(
  workspace: Pick<Workspace, 'previousTimes'>,
  key: SessionKey,
  format: TimeFormat,
  rows: readonly Row[],
  above: Row | undefined,
  asked: readonly ColumnName[],
  signal: AbortSignal,
): Promise<GridRow[]> {
  const times = format === 'delta' ? await workspace.previousTimes(key, rows, signal) : undefined;
  const before = (row: Row, index: number): Instant | undefined => {
    if (times) return times.get(row.row - 1);
    if (format !== 'delta-shown') return undefined;
    return index === 0 ? above : rows[index - 1];
  };
  return rows.map((row, index) => ({ ...row, asked, before: before(row, index) }));
}
