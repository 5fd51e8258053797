/** The connection attempts of a trace: asking the engine for those that a person chose, selecting, comparing. */
import type { ConnectionAttempt, ConnectionQuery, PathProgress } from '../../core/engine/contract.ts';
import { failureStrings, taskStrings } from '../strings.ts';
import {
  addNotice,
  callEngine,
  contractError,
  endTask,
  isCancellation,
  newKey,
  startTask,
  updateSession,
  updateTask,
  type Context,
} from './context.ts';
import {
  sessionOf,
  type ConnectionChoice,
  type ConnectionSort,
  type ConnectionsState,
  type Session,
  type SessionKey,
} from './model.ts';

/** Asks for the attempts that a session's choice lets through, unless they are on show already. */
export async function showConnections(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.stage !== 'ready' || session.trace === undefined) return;
  const { trace } = session;
  const asked = askedFor(session);
  const { stage, found } = session.connections;
  if (stage !== 'failed' && found?.asked === asked && !context.connectionCalls.has(key)) return;
  context.connectionCalls.get(key)?.abort();
  const controller = new AbortController();
  context.connectionCalls.set(key, controller);
  const follow = createProgressTask(context, session, controller);
  update(context, key, { stage: 'asking' });
  try {
    // The grid asks for the attempts themselves.
    const { total, available, verdicts, notes } = await callEngine(
      context,
      'connections',
      { trace, query: queryOf(session), from: 0, count: 0 },
      { signal: controller.signal, onProgress: follow.progress },
    );
    if (context.connectionCalls.get(key) !== controller) return;
    const generation = newKey();
    update(context, key, {
      stage: 'known',
      error: undefined,
      found: { total, available, verdicts, notes, generation, asked },
    });
  } catch (error) {
    if (context.connectionCalls.get(key) !== controller) return;
    if (controller.signal.aborted || isCancellation(error)) update(context, key, { stage: 'cancelled' });
    else update(context, key, { stage: 'failed', error: contractError(error) });
  } finally {
    follow.end();
    if (context.connectionCalls.get(key) === controller) context.connectionCalls.delete(key);
  }
}

/** Stops asking; nothing is lost, and it can be asked for again. */
export function cancelConnections(context: Context, key: SessionKey): void {
  context.connectionCalls.get(key)?.abort();
}

/** Changes which attempts are on show. */
export async function chooseConnections(
  context: Context,
  key: SessionKey,
  change: Partial<ConnectionChoice>,
): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  update(context, key, { choice: { ...session.connections.choice, ...change } });
  await showConnections(context, key);
}

/** Puts attempts into another order. The grid asks for them again by itself. */
export function sortConnections(context: Context, key: SessionKey, sort: ConnectionSort): void {
  const choice = sessionOf(context.store.getState(), key)?.connections.choice;
  if (choice) update(context, key, { choice: { ...choice, sort } });
}

/** Attempts of the choice on show. */
export async function connectionRows(
  context: Context,
  key: SessionKey,
  sort: ConnectionSort,
  from: number,
  count: number,
): Promise<ConnectionAttempt[]> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace === undefined) return [];
  try {
    const query: ConnectionQuery = { ...queryOf(session), sort };
    return (await callEngine(context, 'connections', { trace: session.trace, query, from, count })).attempts;
  } catch (error) {
    if (contractError(error).name !== 'Disconnected') {
      addNotice(context, failureStrings.noticeHeadings.connections, error);
    }
    throw error;
  }
}

export function selectConnections(context: Context, key: SessionKey, selected: readonly ConnectionAttempt[]): void {
  update(context, key, { selected });
}

/** Which attempts, in whatever order. */
function queryOf({ connections: { choice }, filter }: Session): ConnectionQuery {
  const { protocols, verdicts, text, filtered } = choice;
  return {
    protocols: [...protocols],
    ...(verdicts.length > 0 && { verdicts: [...verdicts] }),
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(filtered && filter.applied !== '' && { filter: filter.applied }),
  };
}

/** Two askings of one session that differ in nothing here have the same answer. */
function askedFor(session: Session): string {
  const { info, contentGeneration } = session;
  return JSON.stringify([queryOf(session), contentGeneration, info?.events]);
}

/** A line with progress and Cancel, from the first that the engine tells: most questions are answered at once. */
function createProgressTask(
  context: Context,
  { name }: Session,
  controller: AbortController,
): { progress: (progress: PathProgress) => void; end: () => void } {
  let task: number | undefined;
  return {
    progress: ({ stage, done, total }) => {
      const title = taskStrings.followingPaths[stage](name);
      task ??= startTask(context, { kind: 'paths', title, total, unit: 'events' }, () => {
        controller.abort();
      });
      updateTask(context, task, { title, done, total });
    },
    end: () => {
      if (task !== undefined) endTask(context, task);
    },
  };
}

function update(context: Context, key: SessionKey, change: Partial<ConnectionsState>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session) updateSession(context, key, { connections: { ...session.connections, ...change } });
}
