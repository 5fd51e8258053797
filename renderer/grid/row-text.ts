/** Rows as text for the clipboard. */
import type { ColumnName } from '../../core/engine/contract.ts';
import { formatSeconds, stepsBetween, type Instant, type TimeDisplay } from '../format/time.ts';
import { columnTitle } from './column-title.ts';
import { cellText, timeHeading } from './columns.ts';
import { fieldText, type GridRow } from './grid-row.ts';

/** 'text': tab-separated with a heading; 'csv': the same as RFC 4180 has it; 'summaries': one line a message, as Wireshark. */
export const copyForms = ['text', 'csv', 'summaries'] as const;
export type CopyForm = (typeof copyForms)[number];

/** Column that a summary line has besides those on show: bytes of the packet. */
export const lengthColumn: ColumnName = 'Length';

export interface CopyShape {
  readonly columns: readonly ColumnName[];
  readonly time: TimeDisplay;
  readonly start: Instant | undefined;
}

export function rowsText(form: CopyForm, rows: readonly GridRow[], shape: CopyShape): string {
  switch (form) {
    case 'text':
      return table(rows, shape, '\t', plain);
    case 'csv':
      return table(rows, shape, ',', quoted);
    case 'summaries':
      return rows.map((row) => summaryLine(row, shape)).join('\n');
  }
}

/** One row, without a heading. */
export function rowText(row: GridRow, { columns, time }: CopyShape): string {
  return columns.map((column) => plain(cellText(column, row, time))).join('\t');
}

function table(
  rows: readonly GridRow[],
  { columns, time }: CopyShape,
  separator: string,
  written: (text: string) => string,
): string {
  const heading = columns.map((column) => (column === 'Timestamp' ? timeHeading(time) : columnTitle(column)));
  const cells = rows.map((row) => columns.map((column) => cellText(column, row, time)));
  return [heading, ...cells].map((line) => line.map(written).join(separator)).join('\n');
}

/** What separates cells and lines cannot be part of a cell. */
function plain(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

/** As RFC 4180; a text that a spreadsheet would take for a formula is made one of its own. */
function quoted(text: string): string {
  const harmless = /^[=@+\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** `12 0.0001230 10.0.0.1 → 10.0.0.2 TCP 66 Flags: …`. */
function summaryLine(row: GridRow, { start }: CopyShape): string {
  const seconds = start ? formatSeconds(stepsBetween(start, row)) : '';
  const ends = row.source === '' && row.destination === '' ? '' : `${row.source} → ${row.destination}`;
  return [String(row.row + 1), seconds, ends, row.module, fieldText(row, lengthColumn), row.summary]
    .filter((part) => part !== '')
    .map(plain)
    .join(' ');
}
