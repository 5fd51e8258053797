/** What a column is called where its heading stands alone: in menus, the status bar, the title of a task. */
import { gridColumns, type GridColumn } from '../../core/engine/contract-analysis.ts';
import type { ColumnName } from '../../core/engine/contract.ts';
import { gridStrings } from '../strings.ts';

const { columns } = gridStrings;
const titles: Readonly<Record<GridColumn, string>> = {
  MessageNumber: columns.numberInWords,
  Diagnosis: columns.diagnosis,
  Timestamp: columns.timeInWords,
  TimeElapsed: columns.elapsed,
  Source: columns.source,
  Destination: columns.destination,
  Module: columns.module,
  Sighting: columns.sighting,
  Summary: columns.summary,
};

export function isGridColumn(column: ColumnName): column is GridColumn {
  return gridColumns.some((name) => name === column);
}

/** A field is called by its own name. */
export function columnTitle(column: ColumnName): string {
  return isGridColumn(column) ? titles[column] : column;
}
