/** Opening traces: progress, first rows before the end, the final view, failure and cancellation. */
import type { OpenProgress } from '../../core/engine/contract.ts';
import type { HostFile, TransferProgress } from '../../core/engine/host.ts';
import { explorerStrings, failureStrings, taskStrings } from '../strings.ts';
import {
  addNotice,
  callEngine,
  contractError,
  endTask,
  isCancellation,
  newKey,
  release,
  startTask,
  track,
  updateSession,
  updateTask,
  type Context,
} from './context.ts';
import { diagnose } from './diagnose.ts';
import { newSession, sessionOf, sessionsOn, tracesToJoin, type Session, type SessionKey } from './model.ts';
import { askForNames } from './names.ts';
import { askForNotes } from './notes.ts';
import { openingTitle } from './opening-title.ts';
import { createRefreshRhythm, gapBeforeFirstRows } from './refresh-rhythm.ts';
import { closeView, giveUpView, showRows, viewsOf } from './show-rows.ts';

/** Opens each file as a trace of its own and shows the first of them. */
export async function openFiles(context: Context, files: readonly HostFile[]): Promise<void> {
  await openTraces(
    context,
    files.map((file) => [file]),
  );
}

/** Reads the files of all open traces once more, as one trace in time order; the others stay open. */
export async function readTogether(context: Context): Promise<void> {
  const sessions = tracesToJoin(context.store.getState());
  const files = new Map(sessions.flatMap((session) => session.files.map((file) => [file.token, file] as const)));
  if (files.size > 1) await openTraces(context, [[...files.values()]]);
}

async function openTraces(context: Context, traces: readonly (readonly HostFile[])[]): Promise<void> {
  await openSessions(
    context,
    traces.map((files) => newSession(newKey(), files)),
  );
}

/** Reads new sessions' traces and shows the first session. `whenRead` goes on with each whose trace could be read. */
export async function openSessions(
  context: Context,
  sessions: readonly Session[],
  whenRead: (key: SessionKey) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (sessions.length === 0) return;
  context.store.setState((state) => ({
    sessions: [...state.sessions, ...sessions],
    activeKey: sessions[0].key,
  }));
  const reading = sessions.map(({ key }) => readTrace(context, key));
  await Promise.all([
    Promise.all(reading).then(() => refreshRecentFiles(context)),
    ...sessions.map(async ({ key }, index) => {
      await reading[index];
      if (sessionOf(context.store.getState(), key)?.stage === 'ready') await whenRead(key);
      await Promise.all([askForNames(context, key), askForNotes(context, key), diagnose(context, key)]);
    }),
  ]);
}

/** Closes a session that could not be opened and opens its file again. */
export async function retryOpen(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  closeSession(context, key);
  await openTraces(context, [session.files]);
}

/** Closes a view of a trace, and the trace with its last view, also one that is still being read. */
export function closeSession(context: Context, key: SessionKey): void {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  context.openCalls.get(key)?.abort();
  context.connectionCalls.get(key)?.abort();
  context.groupCalls.get(key)?.abort();
  giveUpView(context, key);
  for (const view of viewsOf(sessionOf(context.store.getState(), key) ?? session)) closeView(context, view);
  if (session.trace !== undefined && sessionsOn(context.store.getState(), session.trace).length === 1) {
    context.diagnosisCalls.get(session.trace)?.abort();
    context.wholeViews.delete(session.trace);
    release(context, 'close', session.trace);
  }
  context.store.setState((state) => {
    const index = state.sessions.findIndex((candidate) => candidate.key === key);
    const sessions = state.sessions.filter((candidate) => candidate.key !== key);
    const neighbour = sessions.at(Math.min(index, sessions.length - 1));
    return { sessions, activeKey: state.activeKey === key ? neighbour?.key : state.activeKey };
  });
}

/** The host's list of recent files; that it has none to tell is no news. */
export async function refreshRecentFiles(context: Context): Promise<void> {
  const recentFiles = await track(context, context.host.recentFiles()).catch(() => []);
  context.store.setState({ recentFiles });
}

/** Hands files over to the host with a progress bar; `take` gets what comes back. */
export async function transferFiles(
  context: Context,
  names: string,
  transfer: (onProgress: TransferProgress, signal: AbortSignal) => Promise<HostFile[]>,
  cancellable: boolean,
  take: (files: HostFile[]) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  let task: number | undefined;
  const onProgress: TransferProgress = (done, total, name) => {
    const title = taskStrings.sending(name || names);
    task ??= startTask(
      context,
      { kind: 'transfer', title, total, unit: 'bytes' },
      cancellable
        ? () => {
            controller.abort();
          }
        : undefined,
    );
    updateTask(context, task, { title, done, total });
  };
  let files: HostFile[] = [];
  try {
    files = await track(context, transfer(onProgress, controller.signal));
  } catch (error) {
    if (!isCancellation(error)) addNotice(context, failureStrings.noticeHeadings.transfer, error);
  } finally {
    if (task !== undefined) endTask(context, task);
  }
  await take(files);
}

async function readTrace(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  const { name, size, files } = session;
  const controller = new AbortController();
  context.openCalls.set(key, controller);
  const task = startTask(
    context,
    { kind: 'open', title: taskStrings.opening(name), total: size, unit: 'bytes' },
    () => {
      closeSession(context, key);
    },
  );
  const follow = createProgressFollower(context, key, task, name);
  try {
    const info = await callEngine(
      context,
      'open',
      { files: files.map((file) => file.token) },
      { signal: controller.signal, onProgress: follow },
    );
    updateSession(context, key, { trace: info.trace, info, eventsRead: info.events, stage: 'ready' });
    endTask(context, task);
    await showRows(context, key);
  } catch (error) {
    if (controller.signal.aborted || isCancellation(error)) closeSession(context, key);
    else updateSession(context, key, { stage: 'failed', failure: contractError(error) });
  } finally {
    context.openCalls.delete(key);
    endTask(context, task);
  }
}

/** Every worker of the engine tells its progress; the page renders no more of it than people can read. In milliseconds. */
const progressGap = 100;

/** Takes progress over into the state, and renews the rows on show now and then. */
function createProgressFollower(
  context: Context,
  key: SessionKey,
  task: number,
  name: string,
): (progress: OpenProgress) => void {
  const rhythm = createRefreshRhythm(context.now());
  const renewIfDue = (): void => {
    const session = sessionOf(context.store.getState(), key);
    // While the engine orders everything, one more order of a part would only keep it waiting. A view that is being made
    // is waited for: a long filter would otherwise never come to its end.
    if (session?.stage !== 'reading' || context.viewCalls.has(key)) return;
    if (!rhythm.due(session.eventsRead, eventsCovered(session), context.now())) return;
    void renewRows(context, key).then(() => {
      if (eventsCovered(sessionOf(context.store.getState(), key)) === 0) setTimeout(renewIfDue, gapBeforeFirstRows);
    });
  };
  let lastTime = Number.NEGATIVE_INFINITY;
  return ({ trace, bytesRead, bytesTotal, events, stage }) => {
    const now = context.now();
    const session = sessionOf(context.store.getState(), key);
    if (!session || (stage === session.stage && now - lastTime < progressGap)) return;
    lastTime = now;
    // There is no trace to ask of before everything is unpacked.
    updateSession(context, key, { ...(stage !== 'unpacking' && { trace }), bytesRead, eventsRead: events, stage });
    updateTask(context, task, {
      title: openingTitle(stage, name),
      done: bytesRead,
      total: bytesTotal,
      facts: explorerStrings.events(events),
    });
    renewIfDue();
  };
}

/** Events that the rows on show were chosen from. */
function eventsCovered(session: Session | undefined): number {
  return session?.view?.available ?? 0;
}

/** Rows first: making them is what lets the engine count what has been read so far. */
async function renewRows(context: Context, key: SessionKey): Promise<void> {
  await showRows(context, key);
  await refreshInfo(context, key);
}

/** What is known of a trace that is still being read; nothing is lost when that cannot be told yet. */
async function refreshInfo(context: Context, key: SessionKey): Promise<void> {
  const trace = sessionOf(context.store.getState(), key)?.trace;
  if (trace === undefined) return;
  const info = await callEngine(context, 'info', { trace }).catch(() => undefined);
  if (info && sessionOf(context.store.getState(), key)?.stage !== 'ready') updateSession(context, key, { info });
}
