import { filetimeToIso, unixEpochInFiletime } from '../core/base/filetime.ts';
import type { Row } from '../core/engine/contract.ts';
import { withTrace } from './open-trace.ts';
import { UsageError, type Arguments } from './arguments.ts';

const rowsPerCall = 1000;

/** `events`: the rows of the analysis grid, as text or as JSON lines. */
export async function eventsCommand(given: Arguments): Promise<void> {
  const format = formats[given.format];
  if (!Object.hasOwn(formats, given.format)) throw new UsageError(`--format is text or jsonl, not "${given.format}".`);
  await withTrace(given, async (engine, info) => {
    const { view, rows, available, notes } = await engine.call('view', { trace: info.trace, filter: given.filter });
    for (const note of notes) console.error(note);
    if (rows === 0) console.error(`The filter lets none of the ${available} events through.`);
    const end = Math.min(rows, given.limit);
    for (let from = 0; from < end; from += rowsPerCall) {
      const block = await engine.call('rows', { view, from, count: Math.min(rowsPerCall, end - from) });
      if (!(await write(block.rows.map((row) => `${format(row)}\n`).join('')))) return;
    }
  });
}

const formats: Readonly<Record<string, (row: Row) => string>> = {
  text: (row) => {
    const way = row.source === '' && row.destination === '' ? '' : `${row.source} > ${row.destination}  `;
    return `${row.row + 1}  ${timeOf(row)}  ${way}${row.module}  ${row.summary}`;
  },
  jsonl: (row) =>
    JSON.stringify({
      messageNumber: row.row + 1,
      timestamp: timeOf(row),
      timeElapsed: row.timeElapsed,
      source: row.source,
      destination: row.destination,
      module: row.module,
      summary: row.summary,
    }),
};

function timeOf(row: Row): string {
  return filetimeToIso(BigInt(row.milliseconds) * 10_000n + BigInt(row.hundredNanoseconds) + unixEpochInFiletime);
}

/** Waits while the reader of a pipe is slow. False when it has gone, as `| head` does. */
async function write(text: string): Promise<boolean> {
  const { stdout } = process;
  if (stdout.destroyed) return false;
  return new Promise((resolve) => {
    stdout.write(text, (error) => {
      resolve(!error);
    });
  });
}
