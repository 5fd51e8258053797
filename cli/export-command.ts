import { resolve } from 'node:path';
import type { ExportFormat, ExportReport } from '../core/engine/contract.ts';
import { makeView, withTrace } from './open-trace.ts';
import { UsageError, type Arguments } from './arguments.ts';

const formatOfEnding: Readonly<Record<string, ExportFormat>> = {
  '.pcapng': 'pcapng',
  '.txt': 'txt',
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.xml': 'xml',
};

/** `export`: writes what the filter lets through, in the format that the output's name ends in. */
export async function exportCommand(given: Arguments): Promise<void> {
  if (given.output === '') throw new UsageError('Name the file to write with -o.');
  const ending = Object.keys(formatOfEnding).find((candidate) => given.output.toLowerCase().endsWith(candidate));
  if (ending === undefined) {
    throw new UsageError(
      `The output's name tells its format; "${given.output}" does not end in ${Object.keys(formatOfEnding).join(', ')}.`,
    );
  }
  const target = resolve(given.output);
  if (given.files.some((file) => resolve(file) === target))
    throw new UsageError('The output would overwrite the trace itself.');
  await withTrace(given, async (engine, info) => {
    const { view, notes } = await makeView(engine, info, given);
    for (const note of notes) console.error(note);
    const report = await engine.call('export', { view, format: formatOfEnding[ending], target });
    for (const note of report.notes) console.error(note);
    console.log(`${given.output}: ${reportText(report)}`);
  });
}

function reportText({ packets, interfaces, events, bytes, skippedRows }: ExportReport): string {
  if (events > 0) return `${events} events, ${bytes} bytes`;
  const skipped = skippedRows === 0 ? '' : `; ${skippedRows} events without a packet were left out`;
  return `${packets} packets on ${interfaces} interfaces, ${bytes} bytes${skipped}`;
}
