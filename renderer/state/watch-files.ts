/** Watching the files of open traces: a file that grows, changes or goes is told of once, with a way to read it anew. */
import type { TraceChanges, TraceId } from '../../core/engine/contract.ts';
import { addNotice, type Context } from './context.ts';
import { sessionsOn, type Notice, type Session } from './model.ts';
import { recoveryStrings } from './recovery-strings.ts';
import { reloadTrace } from './reload-trace.ts';

type Change = TraceChanges['changes'][number];

/** Asks the engine about the files of all traces that have been read, and tells what is new. */
export function createFileWatch(context: Context): () => Promise<void> {
  /** What was told of a trace last: its kinds of changes, and the notice that says so. */
  const told = new Map<TraceId, { kinds: string; notice: Notice['key'] }>();
  let isAsking = false;

  function tell(trace: TraceId, changes: readonly Change[]): void {
    const before = told.get(trace);
    const [session] = sessionsOn(context.store.getState(), trace);
    if (changes.length === 0) {
      if (before) dismiss(context, before.notice);
      told.delete(trace);
      return;
    }
    const kinds = changes.map(({ file, kind }) => `${kind} ${file}`).join();
    const detail = changes.map((change) => inWords(change, session)).join(' ');
    if (before?.kinds === kinds) {
      // Growth goes on: the notice says so as long as nobody has put it away.
      reword(context, before.notice, detail);
      return;
    }
    if (before) dismiss(context, before.notice);
    const action = {
      label: recoveryStrings.reload,
      run: () => {
        const [first] = sessionsOn(context.store.getState(), trace);
        told.delete(trace);
        void reloadTrace(context, first.key);
      },
    };
    const isThere = changes.every(({ kind }) => kind !== 'missing');
    const more = { action: isThere ? action : undefined, isNote: true };
    const notice = addNotice(context, recoveryStrings.changedFiles(session.name), new Error(detail), '', more);
    told.set(trace, { kinds, notice });
  }

  return async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const open = openTraces(context);
      for (const [trace, { notice }] of told) {
        if (open.includes(trace)) continue;
        dismiss(context, notice);
        told.delete(trace);
      }
      for (const trace of open) {
        // Not counted as work in flight, and no news when it cannot be told: there is another time.
        const answer = await context.client.call('changes', { trace }).catch(() => undefined);
        if (answer && openTraces(context).includes(trace)) tell(trace, answer.changes);
      }
    } finally {
      isAsking = false;
    }
  };
}

/** A window that somebody looks at asks that often. In milliseconds. */
const betweenLooks = 10_000;

/** Looks after the files whenever the window gets the focus, and every now and then while it is in sight. */
export function watchWhileVisible(look: () => Promise<void>): void {
  window.addEventListener('focus', () => void look());
  setInterval(() => {
    if (document.visibilityState === 'visible') void look();
  }, betweenLooks);
}

function openTraces(context: Context): TraceId[] {
  const { sessions } = context.store.getState();
  const traces = sessions.filter(({ stage }) => stage === 'ready').map(({ trace }) => trace);
  return [...new Set(traces)].filter((trace) => trace !== undefined);
}

function inWords({ file, kind, size }: Change, { info }: Session): string {
  if (kind !== 'grown') return recoveryStrings[kind](file);
  const before = info?.files.find(({ name }) => name === file)?.size ?? 0;
  return recoveryStrings.grown(file, size - before);
}

function dismiss(context: Context, key: Notice['key']): void {
  context.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.key !== key) }));
}

function reword(context: Context, key: Notice['key'], detail: string): void {
  context.store.setState(({ notices }) =>
    notices.some((notice) => notice.key === key && notice.detail !== detail)
      ? { notices: notices.map((notice) => (notice.key === key ? { ...notice, detail } : notice)) }
      : { notices },
  );
}
