/** What every action of the workspace works with. */
import { EngineError } from '../../core/engine/client.ts';
import type { Contract, ContractError, EngineClient, Method, TraceId, ViewInfo } from '../../core/engine/contract.ts';
import type { Host } from '../../core/engine/host.ts';
import type { StoreApi } from 'zustand/vanilla';
import {
  sessionOf,
  type Notice,
  type Session,
  type SessionKey,
  type Task,
  type TaskKey,
  type WorkspaceState,
} from './model.ts';

export interface Context {
  readonly host: Host;
  readonly client: EngineClient;
  readonly store: StoreApi<WorkspaceState>;
  /** The view call of each session that is under way. */
  readonly viewCalls: Map<SessionKey, AbortController>;
  /** The sort call of each session that is under way. */
  readonly sortCalls: Map<SessionKey, AbortController>;
  /** The open call of each session that is under way. */
  readonly openCalls: Map<SessionKey, AbortController>;
  /** The diagnosis call of each trace that is under way. */
  readonly diagnosisCalls: Map<TraceId, AbortController>;
  /** The connections call of each session that is under way. */
  readonly connectionCalls: Map<SessionKey, AbortController>;
  /** The group call of each session that is under way. */
  readonly groupCalls: Map<SessionKey, AbortController>;
  /** Views of all rows of a trace, made where the view on show lacks some that are needed. */
  readonly wholeViews: Map<TraceId, { content: number; view: Promise<ViewInfo> }>;
  readonly taskCancellers: Map<TaskKey, () => void>;
  /** Views that an export reads from: they are closed when it ends. */
  readonly viewsInUse: Map<number, { closeLater: boolean }>;
  /** Clock time in milliseconds. */
  now(): number;
}

let lastKey = 0;

/** A number that no session, task, notice or view generation has had before. */
export function newKey(): number {
  return ++lastKey;
}

/** Counts a promise as work in flight until it settles. */
export async function track<T>(context: Context, work: Promise<T>): Promise<T> {
  const count = (change: number): void => {
    context.store.setState((state) => ({ callsInFlight: state.callsInFlight + change }));
  };
  count(1);
  try {
    return await work;
  } finally {
    count(-1);
  }
}

/** A call of the engine, counted as work in flight. */
export function callEngine<M extends Method>(
  context: Context,
  method: M,
  params: Contract[M]['params'],
  options: { onProgress?: (progress: Contract[M]['progress']) => void; signal?: AbortSignal } = {},
): Promise<Contract[M]['result']> {
  return track(context, context.client.call(method, params, options));
}

/** Lets go of something in the engine; that it is gone already is no news. */
export function release(context: Context, call: 'closeView' | 'close', id: number): void {
  const done =
    call === 'close' ? context.client.call('close', { trace: id }) : context.client.call('closeView', { view: id });
  done.catch(() => undefined);
}

export function updateSession(context: Context, key: SessionKey, change: Partial<Session>): void {
  context.store.setState((state) => ({
    sessions: state.sessions.map((session) => (session.key === key ? { ...session, ...change } : session)),
  }));
}

/** Changes what is known of a trace, in all sessions that show it. */
export function updateTrace(
  context: Context,
  trace: TraceId,
  change: Pick<Partial<Session>, 'diagnosis' | 'info' | 'names' | 'notes'>,
): void {
  context.store.setState((state) => ({
    sessions: state.sessions.map((session) => (session.trace === trace ? { ...session, ...change } : session)),
  }));
}

export function updatePath(context: Context, key: SessionKey, change: Partial<Session['path']>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session) updateSession(context, key, { path: { ...session.path, ...change } });
}

export function updateFilter(context: Context, key: SessionKey, change: Partial<Session['filter']>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session) updateSession(context, key, { filter: { ...session.filter, ...change } });
}

export function startTask(
  context: Context,
  task: Omit<Task, 'key' | 'startedAt' | 'cancellable' | 'done' | 'facts'>,
  cancel: (() => void) | undefined,
): TaskKey {
  const key = newKey();
  if (cancel) context.taskCancellers.set(key, cancel);
  const cancellable = cancel !== undefined;
  const started: Task = { ...task, key, done: 0, facts: '', startedAt: context.now(), cancellable };
  context.store.setState((state) => ({ tasks: [...state.tasks, started] }));
  return key;
}

export function updateTask(context: Context, key: TaskKey, change: Partial<Task>): void {
  context.store.setState((state) => ({
    tasks: state.tasks.map((task) => (task.key === key ? { ...task, ...change } : task)),
  }));
}

export function endTask(context: Context, key: TaskKey): void {
  context.taskCancellers.delete(key);
  context.store.setState((state) => ({ tasks: state.tasks.filter((task) => task.key !== key) }));
}

/** Tells what went wrong outside of any trace; the same thing is told once. Returns the notice's key. */
export function addNotice(
  context: Context,
  heading: string,
  error: unknown,
  advice = '',
  more: Pick<Notice, 'action' | 'isNote'> = {},
): Notice['key'] {
  const notice: Notice = { key: newKey(), heading, detail: contractError(error).message, advice, ...more };
  context.store.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.heading !== heading || other.detail !== notice.detail), notice],
  }));
  return notice.key;
}

/** Any thrown thing as the contract tells errors. */
export function contractError(error: unknown): ContractError {
  if (error instanceof EngineError) return error.details;
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'InternalError', message: String(error) };
}

/** True when somebody wanted the work to stop: nothing to report. */
export function isCancellation(error: unknown): boolean {
  const { name } = contractError(error);
  return name === 'Cancelled' || name === 'AbortError';
}
