import type { ColumnName, Row } from '../core/engine/contract.ts';
import { csvHead, csvLine } from '../core/export/text/csv.ts';
import { oneLine } from '../core/export/text/escaping.ts';

/** Rows with columns of a person's choice, as text. */
export interface ColumnTable {
  readonly head: (columns: readonly ColumnName[]) => string;
  readonly line: (columns: readonly ColumnName[], row: Row) => string;
}

/** A tab in a text would begin another column. */
function tabbed(texts: readonly string[]): string {
  return `${texts.map((text) => oneLine(text).replaceAll('\t', ' ')).join('\t')}\n`;
}

export const columnTables: Readonly<Record<string, ColumnTable>> = {
  text: { head: tabbed, line: (_, row) => tabbed(row.columns ?? []) },
  csv: { head: csvHead, line: (_, row) => csvLine(row.columns ?? []) },
  jsonl: {
    head: () => '',
    line: (columns, row) =>
      `${JSON.stringify(Object.fromEntries(columns.map((column, place) => [column, row.columns?.[place] ?? ''])))}\n`,
  },
};
