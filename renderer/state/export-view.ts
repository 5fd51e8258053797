/** Exporting the packets on show. */
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
import { activeSession } from './model.ts';

/** Asks where to, writes, and keeps the outcome for its dialog. */
export async function exportView(context: Context): Promise<void> {
  const session = activeSession(context.store.getState());
  const view = session?.view;
  if (!view || context.viewsInUse.has(view.view)) return;
  const use = { closeLater: false };
  context.viewsInUse.set(view.view, use);
  const name = exportName(session.file.name);
  try {
    const target = await track(context, context.host.chooseExportTarget(name));
    if (target !== undefined) await writeTo(context, view.view, target, name, view.rows);
  } catch (error) {
    if (!isCancellation(error)) {
      context.store.setState({ exportOutcome: { kind: 'failed', error: contractError(error) } });
    }
  } finally {
    context.viewsInUse.delete(view.view);
    if (use.closeLater) release(context, 'closeView', view.view);
  }
}

/** `host.etl` becomes `host.pcapng`. */
export function exportName(fileName: string): string {
  return `${fileName.replace(/\.[^.]{1,5}$/, '') || 'trace'}.pcapng`;
}

async function writeTo(context: Context, view: number, target: string, name: string, rows: number): Promise<void> {
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
      { view, format: 'pcapng', target },
      {
        signal: controller.signal,
        onProgress: ({ rowsDone, rowsTotal, bytesWritten }) => {
          updateTask(context, task, { done: rowsDone, total: rowsTotal, facts: formatSize(bytesWritten) });
        },
      },
    );
    const words = await track(context, context.host.finishExport(target));
    context.store.setState({ exportOutcome: { kind: 'done', report, words } });
  } finally {
    endTask(context, task);
  }
}
