import { textFormats } from '../export/text/text-formats.ts';
import type { TextFormatName } from './contract.ts';
import { buildEventText } from './event-text.ts';
import type { RowSource } from './row-builder.ts';

/** Lines of text for some rows, in the order given. */
export function formattedRows(source: RowSource, rows: Uint32Array, format: TextFormatName): string {
  const { line } = textFormats[format];
  const lines = new Map<number, string>();
  for (const row of inFileOrder(source.order, rows)) lines.set(row, line(buildEventText(source, row)));
  let text = '';
  for (const row of rows) text += lines.get(row) ?? '';
  return text;
}

/** Neighbours in time lie in as many buffers as there are processors, each costly to inflate: so rows are read by place. */
export function inFileOrder(order: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.slice().sort((a, b) => order[a] - order[b]);
}
