/** Files from wherever they come: traces are opened, manifests and outputs that hold names are imported. */
import type { HostFile } from '../../core/engine/host.ts';
import { fileUse, type FileUse } from '../names/file-use.ts';
import { failureStrings } from '../strings.ts';
import { addNotice, type Context } from './context.ts';
import { importLayouts } from './layouts.ts';
import { importNames } from './names.ts';
import { openFiles } from './open-trace.ts';

/** `uses` tells what each file is good for, where somebody has looked inside; their names tell it else. */
export async function takeFiles(
  context: Context,
  files: readonly HostFile[],
  uses: readonly (FileUse | undefined)[] = [],
): Promise<void> {
  const reports = reportsAsNames(context, files);
  const traces = files.filter(
    (file, index) => (uses[index] ?? fileUse(file.name)) === 'trace' && !reports.includes(file),
  );
  const opening = openFiles(context, traces);
  // A trace that comes together with names is the one on show by now.
  const { activeKey } = context.store.getState();
  const useOf = (file: HostFile): FileUse => {
    if (reports.includes(file)) return isReadBesideTrace(context, file, traces) ? 'trace' : 'names';
    const use = uses[files.indexOf(file)] ?? fileUse(file.name);
    return use === 'names or layouts' ? (activeKey === undefined ? 'layouts' : 'names') : use;
  };
  const names = files.filter((file) => useOf(file) === 'names');
  await Promise.all([
    opening,
    importLayouts(
      context,
      files.filter((file) => useOf(file) === 'layouts'),
    ),
    takeNames(context, names),
  ]);
}

/**
 * Reports of netsh (.cab) that do not stand for the trace beside them: their trace comes along, or they come to a web page, which
 * gets files without their neighbours, while a trace is on show.
 */
function reportsAsNames({ host, store }: Context, files: readonly HostFile[]): HostFile[] {
  const hasTrace = host.kind === 'web' && store.getState().activeKey !== undefined;
  return files.filter((file) => reportEnding.test(file.name) && (hasTrace || files.some(isTraceOf(file))));
}

/** On the desktop, the engine finds a report beside its trace by itself. */
function isReadBesideTrace({ host }: Context, report: HostFile, traces: readonly HostFile[]): boolean {
  return host.kind === 'desktop' && traces.some(isTraceOf(report));
}

const reportEnding = /\.cab$/i;

function isTraceOf(report: HostFile): (file: HostFile) => boolean {
  const trace = report.name.replace(reportEnding, '.etl').toLowerCase();
  return ({ name }) => name.toLowerCase() === trace;
}

/** Names belong to a trace. */
async function takeNames(context: Context, files: readonly HostFile[]): Promise<void> {
  if (files.length === 0) return;
  const { activeKey } = context.store.getState();
  if (activeKey === undefined) {
    const { noTraceForNames, noTraceForNamesDetail, noTraceForNamesAdvice } = failureStrings;
    const names = files.map(({ name }) => name).join(', ');
    addNotice(context, noTraceForNames, new Error(noTraceForNamesDetail(names)), noTraceForNamesAdvice);
    return;
  }
  await importNames(context, activeKey, { files, texts: [] });
}
