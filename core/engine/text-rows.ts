import { rowGroupOf, type RowGroup } from '../export/parquet/row-group.ts';
import type { EventText } from '../export/text/event-text.ts';
import { textFormats } from '../export/text/text-formats.ts';
import type { TextFormatName } from './contract.ts';
import { buildEventText, type TextSource } from './event-text.ts';

/** Lines of text for some rows, in the order given. */
export function formattedRows(source: TextSource, rows: Uint32Array, format: TextFormatName): string {
  const { line } = textFormats[format];
  const lines = new Map<number, string>();
  for (const row of inFileOrder(source.order, rows)) lines.set(row, line(buildEventText(source, row)));
  let text = '';
  for (const row of rows) text += lines.get(row) ?? '';
  return text;
}

/**
 * Some rows as row groups of a table, one for each input that has some. `traces` are the names of the inputs, null where no
 * column tells them.
 */
export function rowGroups(
  source: TextSource,
  rows: Uint32Array,
  traces: readonly (string | null)[],
): { input: number; group: RowGroup }[] {
  const events = new Map<number, EventText>();
  for (const row of inFileOrder(source.order, rows)) events.set(row, buildEventText(source, row));
  const byInput = traces.map((): EventText[] => []);
  for (const row of rows) {
    const event = events.get(row);
    if (event) byInput[source.columns.locate(source.order[row]).segment.input].push(event);
  }
  return byInput.flatMap((own, input) => (own.length === 0 ? [] : [{ input, group: rowGroupOf(own, traces[input]) }]));
}

/** Neighbours in time lie in as many buffers as there are processors, each costly to inflate: so rows are read by place. */
export function inFileOrder(order: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.slice().sort((a, b) => order[a] - order[b]);
}
