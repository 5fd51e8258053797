import { basename, resolve } from 'node:path';
import type { ExportedFile, ExportReport } from '../core/engine/contract.ts';
import { exportFormatOf, exportFormats } from '../core/engine/host.ts';
import { makeView, withTrace } from './open-trace.ts';
import { UsageError, type Arguments } from './arguments.ts';

/** `export`: writes what the filter lets through, in the format that the output's name ends in. */
export async function exportCommand(given: Arguments): Promise<void> {
  if (given.output === '') throw new UsageError('Name the file to write with -o.');
  const format = exportFormatOf(given.output);
  if (format === undefined) {
    const endings = exportFormats.map((each) => `.${each}`).join(', ');
    throw new UsageError(`The output's name tells its format; "${given.output}" does not end in ${endings}.`);
  }
  const target = resolve(given.output);
  if (given.files.some((file) => resolve(file) === target))
    throw new UsageError('The output would overwrite the trace itself.');
  const { events, splitByLinkType } = given;
  await withTrace(given, async (engine, info) => {
    const { view, notes } = await makeView(engine, info, given);
    for (const note of notes) console.error(note);
    const report = await engine.call('export', { view, format, target, options: { events, splitByLinkType } });
    for (const note of report.notes) console.error(note);
    console.log(`${given.output}: ${reportText(report)}`);
    if (report.files.length === 1 && report.files[0].name === basename(target)) return;
    for (const file of report.files) console.log(`  ${file.name}: ${fileText(file)}`);
  });
}

function reportText({ packets, interfaces, events, bytes, skippedRows }: ExportReport): string {
  const skipped = skippedRows === 0 ? '' : `; ${skippedRows} events without a packet were left out`;
  const written = [
    packets > 0 ? `${packets} packets on ${interfaces} interfaces` : '',
    events > 0 ? `${events} events` : '',
    `${bytes} bytes`,
  ];
  return `${written.filter((part) => part !== '').join(', ')}${skipped}`;
}

function fileText({ packets, bytes }: ExportedFile): string {
  return packets > 0 ? `${packets} packets, ${bytes} bytes` : `${bytes} bytes`;
}
