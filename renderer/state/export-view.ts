/** Exporting what is on show: its packets, or its events as text. */
import type { ExportFormat, ExportOptions, ViewInfo } from '../../core/engine/contract.ts';
import { exportFormatOf, type ExportTarget, type HostFile } from '../../core/engine/host.ts';
import { formatSize } from '../format/number.ts';
import { taskStrings } from '../strings.ts';
import {
  callEngine,
  contractError,
  endTask,
  isCancellation,
  release,
  startTask,
  track,
  updateTask,
  type Context,
} from './context.ts';
import { activeSession, type ExportOutcome, type Session } from './model.ts';

/** A view is exported when it is whole, and once at a time. */
function canExport({ viewsInUse }: Context, { view, growing }: Session): boolean {
  return view !== undefined && !growing && !viewsInUse.has(view.view);
}

/** Puts the export dialog up, when there are whole rows that nobody is exporting yet. */
export function askForExport(context: Context): void {
  const session = activeSession(context.store.getState());
  if (session && canExport(context, session)) context.store.setState({ exportAsked: true });
}

/** Asks where to, writes, and keeps the outcome for its dialog. */
export async function exportView(context: Context, format: ExportFormat, options: ExportOptions): Promise<void> {
  context.store.setState({ exportAsked: false, exportOutcome: undefined });
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view || !canExport(context, session)) return;
  const use = { closeLater: false };
  context.viewsInUse.set(view.view, use);
  try {
    const target = await track(context, context.host.chooseExportTarget(exportName(session.files, format)));
    if (target !== undefined) {
      const written = exportFormatOf(target.name) ?? format;
      await writeTo(context, view, target, { format: written, options: optionsFor(written, options) });
    }
  } catch (error) {
    if (!isCancellation(error)) {
      context.store.setState({ exportOutcome: { kind: 'failed', format, options, error: contractError(error) } });
    }
  } finally {
    context.viewsInUse.delete(view.view);
    if (use.closeLater) release(context, 'closeView', view.view);
  }
}

/** `host.etl` becomes `host.csv`; of several files, the first gives the name: all of them could be too long for one. */
function exportName(files: readonly HostFile[], format: ExportFormat): string {
  const first = files.at(0)?.name ?? '';
  return `${first.replace(/\.[^.]{1,5}$/, '') || 'trace'}.${format}`;
}

/** What can be chosen for a format. */
export const optionsOf: Readonly<Record<ExportFormat, readonly (keyof ExportOptions)[]>> = {
  pcapng: ['events', 'splitByLinkType'],
  pcap: ['splitByLinkType'],
  cap: ['events', 'splitByLinkType'],
  parquet: [],
  txt: [],
  csv: [],
  jsonl: [],
  xml: [],
};

/** Those of the options that were chosen and mean something for a format. */
export function optionsFor(format: ExportFormat, options: ExportOptions): ExportOptions {
  return Object.fromEntries(optionsOf[format].filter((name) => options[name]).map((name) => [name, true]));
}

/** What the engine advises, in a note or as the reason of a failure, where link types would be mixed. */
const advice = /one file for each link type/i;

/** True when the words about an export advise one file for each link type, and that was not what was asked for. */
export function couldSplit({ format, options }: Pick<ExportOutcome, 'format' | 'options'>, words: string): boolean {
  return optionsOf[format].includes('splitByLinkType') && !options.splitByLinkType && advice.test(words);
}

async function writeTo(
  context: Context,
  { view, rows }: ViewInfo,
  { target, name }: ExportTarget,
  { format, options }: { format: ExportFormat; options: ExportOptions },
): Promise<void> {
  const controller = new AbortController();
  const task = startTask(
    context,
    { kind: 'export', title: taskStrings.exporting(name), total: rows, unit: 'rows' },
    () => {
      controller.abort();
    },
  );
  try {
    const report = await callEngine(
      context,
      'export',
      { view, format, target, ...(Object.keys(options).length > 0 && { options }) },
      {
        signal: controller.signal,
        onProgress: ({ rowsDone, rowsTotal, bytesWritten }) => {
          updateTask(context, task, { done: rowsDone, total: rowsTotal, facts: formatSize(bytesWritten) });
        },
      },
    );
    const words = await track(context, context.host.finishExport(target));
    context.store.setState({ exportOutcome: { kind: 'done', format, options, report, words } });
  } finally {
    endTask(context, task);
  }
}
