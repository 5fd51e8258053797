/** Groups as a table for a spreadsheet. */
import type { ColumnName, Grouping } from '../../core/engine/contract.ts';
import { csvLine } from '../format/csv.ts';
import { isoText } from '../quick-filter/cell-filter.ts';
import { summaryStrings } from './strings.ts';

/** One line a group, times in UTC to 100 ns; then the groups that are not listed, and rows without a value. */
export function groupTable(by: readonly ColumnName[], { groups, total, otherRows, rowsWithout }: Grouping): string {
  const { columns, others, without } = summaryStrings;
  const restLine = (words: string, rows: number): string =>
    csvLine([words, ...by.slice(1).map(() => ''), rows, '', '', '', '']);
  return [
    csvLine([...by, columns.rows, columns.packets, columns.bytes, columns.first, columns.last]),
    ...groups.map(({ values, rows, packets, bytes, first, last }) =>
      csvLine([...values, rows, packets, bytes, isoText(first), isoText(last)]),
    ),
    ...(otherRows > 0 ? [restLine(others(total - groups.length), otherRows)] : []),
    ...(rowsWithout > 0 ? [restLine(without, rowsWithout)] : []),
    '',
  ].join('\n');
}
