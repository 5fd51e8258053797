/** Reading the files of a trace anew, in the place of what was read of them before. */
import type { TraceId, TraceInfo } from '../../core/engine/contract.ts';
import { explorerStrings } from '../strings.ts';
import {
  addNotice,
  callEngine,
  endTask,
  isCancellation,
  newKey,
  release,
  startTask,
  updateSession,
  updateTask,
  type Context,
} from './context.ts';
import { diagnose } from './diagnose.ts';
import { newSession, sessionOf, sessionsOn, type Session, type SessionKey } from './model.ts';
import { askForNames } from './names.ts';
import { askForNotes } from './notes.ts';
import { openingTitle } from './opening-title.ts';
import { recoveryStrings } from './recovery-strings.ts';
import { giveUpView, showRows } from './show-rows.ts';

/**
 * Opens the files of a session's trace anew; all views of it come along, with their filters, what they show and the selected
 * event. What was read before stays on show until then, and for good when the files cannot be opened.
 */
export async function reloadTrace(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.stage !== 'ready' || session.trace === undefined || context.openCalls.has(key)) return;
  const before = session.trace;
  const info = await openAnew(context, session);
  if (!info) return;
  const views = sessionsOn(context.store.getState(), before);
  if (views.length === 0) {
    // Its last view was closed meanwhile.
    release(context, 'close', info.trace);
    return;
  }
  context.diagnosisCalls.get(before)?.abort();
  for (const view of views) moveOver(context, view, info);
  release(context, 'close', before);
  await Promise.all(views.map((view) => showRows(context, view.key)));
  const [{ key: first }] = views;
  await Promise.all([askForNames(context, first), askForNotes(context, first), diagnose(context, first)]);
}

async function openAnew(context: Context, { key, name, size, files, info }: Session): Promise<TraceInfo | undefined> {
  const controller = new AbortController();
  context.openCalls.set(key, controller);
  const title = recoveryStrings.reloading(name);
  const task = startTask(context, { kind: 'open', title, total: size, unit: 'bytes' }, () => {
    controller.abort();
  });
  let opened: TraceId | undefined;
  try {
    const tokens = files.map((file) => file.token);
    const anew = await callEngine(
      context,
      'open',
      { files: tokens },
      {
        signal: controller.signal,
        onProgress: ({ trace, bytesRead, bytesTotal, events, stage }) => {
          opened = trace;
          updateTask(context, task, {
            title: stage === 'reading' ? title : openingTitle(stage, name),
            done: bytesRead,
            total: bytesTotal,
            facts: explorerStrings.events(events),
          });
        },
      },
    );
    opened = anew.trace;
    return await withShifts(context, anew, info?.files.map(({ shift }) => shift) ?? []);
  } catch (error) {
    if (!controller.signal.aborted && !isCancellation(error))
      addNotice(context, recoveryStrings.reloadFailed, error, recoveryStrings.reloadFailedAdvice);
    if (opened !== undefined) release(context, 'close', opened);
    return undefined;
  } finally {
    context.openCalls.delete(key);
    endTask(context, task);
  }
}

/** Times that a person has moved stay moved. */
async function withShifts(context: Context, opened: TraceInfo, shifts: readonly number[]): Promise<TraceInfo> {
  let info = opened;
  for (const [file, hundredNanoseconds] of shifts.entries()) {
    if (hundredNanoseconds === 0) continue;
    info = await callEngine(context, 'shiftTime', { trace: opened.trace, file, hundredNanoseconds });
  }
  return info;
}

/** Row numbers and what was found out are of what was read before; filters, choices and the selected event go on. */
function moveOver(context: Context, { key }: Session, info: TraceInfo): void {
  context.connectionCalls.get(key)?.abort();
  context.groupCalls.get(key)?.abort();
  giveUpView(context, key);
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  const { selection, sought, connections, grouping } = session;
  const { diagnosis, names, notes, path, connections: fresh, grouping: ungrouped } = newSession(key, session.files);
  updateSession(context, key, {
    trace: info.trace,
    info,
    size: info.size,
    bytesRead: info.size,
    eventsRead: info.events,
    diagnosis,
    names,
    notes,
    grouping: { ...ungrouped, by: grouping.by, order: grouping.order },
    path: { ...path, withAnswer: session.path.withAnswer },
    connections: { ...fresh, choice: connections.choice },
    view: undefined,
    viewGeneration: newKey(),
    contentGeneration: newKey(),
    selection: undefined,
    sought: selection ?? sought,
  });
}
