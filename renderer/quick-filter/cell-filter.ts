/** From a cell of the grid to the filters that let through messages like its own. */
import type { Row } from '../../core/engine/contract.ts';
import { literalIn, quoted } from '../details/node-filter.ts';
import { syntaxProblem } from '../filter/filter-status.ts';
import type { Instant } from '../format/time.ts';
import type { ColumnName } from '../../core/engine/contract.ts';
import { isGridColumn } from '../grid/column-title.ts';
import { fieldText, type GridRow } from '../grid/grid-row.ts';
import { quickFilterStrings } from '../strings.ts';

/** A filter, and what tells it from others of the same cell; `side` is undefined where there is only one. */
export interface QuickFilter {
  text: string;
  side?: string;
}

/** Filters for a cell; none for a cell that is empty or whose value no filter can be asked for. */
export function cellFilters(column: ColumnName, row: CellRow): QuickFilter[] {
  if (!isGridColumn(column)) return fieldFilter(column, fieldText({ asked: [], ...row }, column));
  switch (column) {
    case 'MessageNumber':
      return [{ text: `#MessageNumber == ${row.row + 1}` }];
    case 'Timestamp':
      return [
        { text: `#Timestamp >= "${isoText(row)}"`, side: quickFilterStrings.fromHereOn },
        { text: `#Timestamp <= "${isoText(row)}"`, side: quickFilterStrings.upToHere },
      ];
    case 'Source':
      return sameText('*Source', row.source);
    case 'Destination':
      return sameText('*Destination', row.destination);
    case 'Module':
      return sameText('*ModuleName', row.module);
    case 'Summary':
      return sameText('*Summary', row.summary);
    case 'Diagnosis':
      return sameText('*Diagnosis', row.diagnosis);
    case 'TimeElapsed':
    case 'Sighting':
      return [];
  }
}

/** A row of the grid, or one that was asked without columns. */
type CellRow = Row & Partial<Pick<GridRow, 'asked'>>;

function fieldFilter(column: ColumnName, value: string): QuickFilter[] {
  if (value === '') return [];
  const text = `${column} == ${literalIn(value) ?? quoted(value)}`;
  return syntaxProblem(text) ? [] : [{ text }];
}

function sameText(annotation: string, value: string): QuickFilter[] {
  return value === '' ? [] : [{ text: `${annotation} == ${quoted(value)}` }];
}

/** `2024-06-10T12:03:00.1180317Z`: UTC, to 100 ns. */
export function isoText({ milliseconds, hundredNanoseconds }: Instant): string {
  return new Date(milliseconds).toISOString().replace('Z', `${String(hundredNanoseconds).padStart(4, '0')}Z`);
}
