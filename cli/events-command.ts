import type { EngineClient, Row, TextFormatName, ViewId } from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { columnTables } from './column-table.ts';
import { makeView, withTrace } from './open-trace.ts';
import { write } from './output.ts';
import { isoTime } from './words.ts';

const rowsPerCall = 1000;

/** Some rows of a view as text. */
type Block = (engine: EngineClient, view: ViewId, from: number, count: number) => Promise<string>;

/** `events`: the rows of the analysis grid, or every field of them in one of the formats that files are written in. */
export async function eventsCommand(given: Arguments): Promise<void> {
  const block = blockOf(given);
  await withTrace(given, async (engine, info) => {
    const base = await makeView(engine, info, given);
    for (const note of base.notes) console.error(note);
    if (base.rows === 0) console.error(`The filter lets none of the ${base.available} events through.`);
    const { view, rows } = given.order ? await engine.call('sort', { view: base.view, order: given.order }) : base;
    const end = Math.min(rows, given.limit);
    let from = 0;
    do {
      const count = Math.min(rowsPerCall, end - from);
      if (!(await write(await block(engine, view, from, count)))) return;
      from += rowsPerCall;
    } while (from < end);
  });
}

function blockOf({ format, columns }: Arguments): Block {
  if (!Object.hasOwn(formats, format)) {
    throw new UsageError(`--format is ${Object.keys(formats).join(', ')}, not "${format}".`);
  }
  if (columns.length === 0) return formats[format];
  if (!Object.hasOwn(columnTables, format)) {
    throw new UsageError(`--columns goes with --format ${Object.keys(columnTables).join(', ')}, not with "${format}".`);
  }
  const { head, line } = columnTables[format];
  return async (engine, view, from, count) => {
    const { rows } = await engine.call('rows', { view, from, count, columns: [...columns] });
    return `${from === 0 ? head(columns) : ''}${rows.map((row) => line(columns, row)).join('')}`;
  };
}

const formats: Readonly<Record<string, Block>> = {
  text: async (engine, view, from, count) => {
    const { rows } = await engine.call('rows', { view, from, count });
    return rows.map((row) => `${gridLine(row)}\n`).join('');
  },
  txt: textBlock('txt'),
  csv: textBlock('csv'),
  jsonl: textBlock('jsonl'),
  xml: textBlock('xml'),
};

function textBlock(format: TextFormatName): Block {
  return async (engine, view, from, count) => (await engine.call('text', { view, format, from, count })).text;
}

function gridLine(row: Row): string {
  const way = row.source === '' && row.destination === '' ? '' : `${row.source} > ${row.destination}  `;
  const diagnosis = row.diagnosis === '' ? '' : `[${row.diagnosis}]  `;
  return oneLine(`${row.row + 1}  ${isoTime(row)}  ${way}${row.module}  ${diagnosis}${row.summary}`);
}
