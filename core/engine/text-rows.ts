import { RowGroupBuilder, type RowGroup } from '../export/parquet/row-group.ts';
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
  const inputOf = (row: number): number => source.columns.locate(source.order[row]).segment.input;
  const counts = traces.map(() => 0);
  /** Place of each row in the group of its input. */
  const places = new Map<number, number>();
  for (const row of rows) places.set(row, counts[inputOf(row)]++);
  const builders = traces.map((trace, input) => new RowGroupBuilder(trace, counts[input]));
  for (const row of inFileOrder(source.order, rows)) {
    builders[inputOf(row)].put(places.get(row) ?? 0, buildEventText(source, row));
  }
  return builders.flatMap((builder, input) => (counts[input] === 0 ? [] : [{ input, group: builder.finish() }]));
}

/** Neighbours in time lie in as many buffers as there are processors, each costly to inflate: so rows are read by place. */
export function inFileOrder(order: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.slice().sort((a, b) => order[a] - order[b]);
}
