/** The columns of the message grid: what their cells say, and how AG Grid is to show them. */
import type { ColDef, ValueFormatterParams } from 'ag-grid-community';
import type { GridColumn } from '../../core/engine/contract-analysis.ts';
import { gridColumns } from '../../core/engine/contract-analysis.ts';
import type { ColumnName } from '../../core/engine/contract.ts';
import { formatCount, formatDuration } from '../format/number.ts';
import { formatTime, formatZone, type TimeDisplay } from '../format/time.ts';
import type { TimeReference } from '../state/model.ts';
import { gridStrings } from '../strings.ts';
import type { HeaderHint } from './ColumnHeader.tsx';
import { columnTitle, isGridColumn } from './column-title.ts';
import { shownColumns, type GridLayout, type LaidColumn } from './grid-layout.ts';
import { fieldText, type GridRow } from './grid-row.ts';
import { MarkCell } from './MarkCell.tsx';
import { hasNotes, NumberCell } from './NumberCell.tsx';
import { isMarked, markWords } from './row-mark.ts';
import { timeStrings } from './strings.ts';
import { TimeCell } from './TimeCell.tsx';

export { gridColumns as columnNames };
export type { ColumnName };

/** The text of a row's cell, as it is shown and copied. */
export function cellText(column: ColumnName, row: GridRow, time: TimeDisplay): string {
  return isGridColumn(column) ? ownText(column, row, time) : fieldText(row, column);
}

function ownText(column: GridColumn, row: GridRow, time: TimeDisplay): string {
  switch (column) {
    case 'MessageNumber':
      return formatCount(row.row + 1);
    case 'Diagnosis':
      return markWords(row);
    case 'Timestamp':
      return formatTime(row, row.before, time);
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

/** What the heading of times says, and how much room they take. */
export type TimeHeading = Pick<TimeDisplay, 'format' | 'offsetMinutes' | 'withDate'>;

export interface GridShape {
  readonly layout: GridLayout;
  readonly time: TimeHeading;
  readonly reference: TimeReference | undefined;
  /** Room for message numbers: `widthOfNumbers`. */
  readonly digits: number;
}

/** Definitions for AG Grid, in the order of the layout. Its context is how times are told. */
export function columnDefinitions(shape: GridShape): ColDef<GridRow>[] {
  return shownColumns(shape.layout).map((laid) => columnDefinition(laid, shape));
}

function columnDefinition({ column, width, pinned }: LaidColumn, shape: GridShape): ColDef<GridRow> {
  return {
    colId: column,
    headerName: columnTitle(column),
    valueFormatter: ({ data, context }: ValueFormatterParams<GridRow, unknown, TimeDisplay>) =>
      data ? cellText(column, data, context) : '',
    ...(isGridColumn(column) ? ownDefinition(column, shape) : fieldDefinition(column)),
    pinned: pinned === true ? 'left' : null,
    ...(width !== undefined && { width, flex: 0 }),
  };
}

/** What a heading says of itself in its tooltip. */
function hinted(hint: string): Pick<ColDef<GridRow>, 'headerComponentParams'> {
  return { headerComponentParams: { hint } satisfies HeaderHint };
}

/** A field is called by its last name where there is little room; the tooltip has the whole. */
function fieldDefinition(column: ColumnName): ColDef<GridRow> {
  return { headerName: column.split('.').at(-1) ?? column, ...hinted(column), width: 96, cellClass: 'cell-field' };
}

function ownDefinition(column: GridColumn, { time, digits, reference }: GridShape): ColDef<GridRow> {
  const names = gridStrings.columns;
  switch (column) {
    case 'MessageNumber':
      return {
        headerName: names.number,
        ...hinted(names.numberHint),
        width: 62 + digits * 8,
        cellClass: 'cell-number cell-notes',
        cellRendererSelector: ({ data }) => (data && hasNotes(data) ? { component: NumberCell } : undefined),
        headerClass: 'header-number',
      };
    case 'Diagnosis':
      return {
        ...hinted(names.diagnosisHint),
        headerClass: 'header-icon',
        width: 24,
        minWidth: 24,
        resizable: false,
        cellClass: 'cell-mark',
        cellRendererSelector: ({ data }) => (data && isMarked(data) ? { component: MarkCell } : undefined),
      };
    case 'Timestamp':
      return {
        headerName: timeHeading(time),
        ...hinted(timeStrings.hints[time.format]),
        width: (time.format === 'clock' && time.withDate ? 212 : 136) + (reference ? 18 : 0),
        cellClass: time.format === 'clock' ? 'cell-code' : 'cell-code cell-number',
        ...(time.format !== 'clock' && { headerClass: 'header-number' }),
        cellRendererSelector: ({ data }) => (data && data.row === reference?.row ? { component: TimeCell } : undefined),
      };
    case 'TimeElapsed':
      return {
        ...hinted(names.elapsedHint),
        width: 72,
        cellClass: 'cell-number',
        cellClassRules: { 'cell-zero': ({ data }) => data?.timeElapsed === 0 },
        headerClass: 'header-number',
      };
    case 'Source':
    case 'Destination':
      return { width: 118, cellClass: 'cell-code' };
    case 'Module':
      return { width: 140, cellClass: 'cell-tail' };
    case 'Sighting':
      return { ...hinted(names.sightingHint), width: 52, cellClass: 'cell-sighting' };
    case 'Summary':
      return { flex: 1, minWidth: 200 };
  }
}

/** Few events take less: a bare TCP acknowledgement is an event of 178. */
const leastBytesOfEvent = 100;

/**
 * Digits that message numbers have room for: six, eight, ten, …. While a trace of so many bytes is read, its numbers grow, and
 * each new width lays all columns out anew: so there is room from the start for as many as will come.
 */
export function widthOfNumbers(largest: number, bytes: number): number {
  const expected = Math.max(largest, Math.floor(bytes / leastBytesOfEvent));
  return Math.max(6, 2 * Math.ceil(String(expected).length / 2));
}

/** `Time (+02:00)`, `Since start (s)`. */
export function timeHeading({ format, offsetMinutes }: TimeHeading): string {
  return format === 'clock' ? gridStrings.columns.time(formatZone(offsetMinutes)) : timeStrings.headings[format];
}
