/** The columns of the message grid: Message Analyzer's default set, under its names. */
import type { ColDef, ValueFormatterParams } from 'ag-grid-community';
import type { Row } from '../../core/engine/contract.ts';
import { formatCount, formatDuration } from '../format/number.ts';
import { formatClockTime, formatDateTime, formatZone } from '../format/time.ts';
import { gridStrings } from '../strings.ts';
import { MarkCell } from './MarkCell.tsx';
import { NumberCell } from './NumberCell.tsx';
import { isMarked, markWords } from './row-mark.ts';

export const columnNames = [
  'MessageNumber',
  'Diagnosis',
  'Timestamp',
  'TimeElapsed',
  'Source',
  'Destination',
  'Module',
  'Sighting',
  'Summary',
] as const;
export type ColumnName = (typeof columnNames)[number];

export interface TimeDisplay {
  offsetMinutes: number;
  withDate: boolean;
}

/** The text of a row's cell, as it is shown and copied. */
export function cellText(column: ColumnName, row: Row, time: TimeDisplay): string {
  switch (column) {
    case 'MessageNumber':
      return formatCount(row.row + 1);
    case 'Diagnosis':
      return markWords(row);
    case 'Timestamp':
      return (time.withDate ? formatDateTime : formatClockTime)(row, time.offsetMinutes);
    case 'TimeElapsed':
      return formatDuration(row.timeElapsed);
    case 'Source':
      return row.source;
    case 'Destination':
      return row.destination;
    case 'Module':
      return row.module;
    case 'Sighting':
      return gridStrings.sighting(row.sighting);
    case 'Summary':
      return row.summary;
  }
}

/** A row as tab-separated text, as it is copied. */
export function rowText(row: Row, time: TimeDisplay): string {
  return columnNames.map((column) => cellText(column, row, time)).join('\t');
}

export type ColumnWidths = Partial<Record<ColumnName, number>>;

/** Definitions for AG Grid, for message numbers of so many digits. Widths are those that the person left behind. */
export function columnDefinitions(time: TimeDisplay, digits: number, widths: ColumnWidths): ColDef<Row>[] {
  const names = gridStrings.columns;
  const define = (column: ColumnName, definition: ColDef<Row>): ColDef<Row> => ({
    colId: column,
    valueFormatter: ({ data }: ValueFormatterParams<Row>) => (data ? cellText(column, data, time) : ''),
    ...definition,
    ...(widths[column] !== undefined && { width: widths[column], flex: 0 }),
  });
  return [
    define('MessageNumber', {
      headerName: names.number,
      headerTooltip: names.numberHint,
      width: 30 + Math.max(4, digits) * 9,
      cellClass: 'cell-number',
      cellRenderer: NumberCell,
      headerClass: 'header-number',
    }),
    define('Diagnosis', {
      headerName: names.diagnosis,
      headerTooltip: names.diagnosisHint,
      headerClass: 'header-icon',
      width: 24,
      minWidth: 24,
      resizable: false,
      cellClass: 'cell-mark',
      cellRendererSelector: ({ data }) => (data && isMarked(data) ? { component: MarkCell } : undefined),
    }),
    define('Timestamp', {
      headerName: names.time(formatZone(time.offsetMinutes)),
      headerTooltip: names.timeHint,
      width: time.withDate ? 212 : 136,
      cellClass: 'cell-code',
    }),
    define('TimeElapsed', {
      headerName: names.elapsed,
      headerTooltip: names.elapsedHint,
      width: 72,
      cellClass: 'cell-number',
      cellClassRules: { 'cell-zero': ({ data }) => data?.timeElapsed === 0 },
      headerClass: 'header-number',
    }),
    define('Source', { headerName: names.source, width: 118, cellClass: 'cell-code' }),
    define('Destination', { headerName: names.destination, width: 118, cellClass: 'cell-code' }),
    define('Module', { headerName: names.module, width: 140, cellClass: 'cell-tail' }),
    define('Sighting', {
      headerName: names.sighting,
      headerTooltip: names.sightingHint,
      width: 52,
      cellClass: 'cell-sighting',
    }),
    define('Summary', { headerName: names.summary, flex: 1, minWidth: 200 }),
  ];
}
