import { setMaxListeners } from 'node:events';
import { TaskCancelled } from './tasks.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import { onceMoreWhenLost } from './task-recovery.ts';

export interface RunOptions<Progress> {
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Work on an ordered trace that is under way, and that several may wait for. */
interface Run<Result, Progress> {
  readonly result: Promise<Result>;
  readonly listeners: Set<(progress: Progress) => void>;
  readonly stop: AbortController;
  waiting: number;
  /** Once it is done. */
  known?: Result;
}

type Work<Result, Progress> = (
  session: TraceSession,
  ordered: OrderedTrace,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
) => Promise<Result>;

/** Milliseconds for which work goes on that nobody waits for. */
const patience = 300;

/** What is worked out of ordered traces on demand, each at most once, and remembered. */
export class SharedRuns<Result extends object, Progress> {
  private readonly work: Work<Result, Progress>;
  private readonly runs = new WeakMap<OrderedTrace, Run<Result, Progress>>();

  constructor(work: Work<Result, Progress>) {
    this.work = work;
  }

  /** The result, if it has been made. */
  known(ordered: OrderedTrace): Result | undefined {
    return this.runs.get(ordered)?.known;
  }

  /**
   * Does the work, or waits for what is under way. Who gives up waiting is told so at once; when nobody waits any more, it is
   * stopped a moment later.
   */
  async of(
    session: TraceSession,
    ordered: OrderedTrace,
    { onProgress, signal }: RunOptions<Progress> = {},
  ): Promise<Result> {
    if (signal?.aborted) throw new TaskCancelled();
    const run = this.runs.get(ordered) ?? this.start(session, ordered);
    const known = this.known(ordered);
    if (known) return known;
    run.waiting++;
    const listener = (progress: Progress): void => onProgress?.(progress);
    run.listeners.add(listener);
    const gaveUp = givenUp(signal);
    try {
      const result = await Promise.race([run.result, gaveUp.promise]);
      return this.known(ordered) ?? result;
    } finally {
      gaveUp.forget();
      run.listeners.delete(listener);
      if (--run.waiting === 0) this.stopSoon(ordered, run);
    }
  }

  /** Who moves on from row to row gives up one call and makes the next: the work goes on for whoever comes at once. */
  private stopSoon(ordered: OrderedTrace, run: Run<Result, Progress>): void {
    setTimeout(() => {
      if (run.waiting > 0 || run.known || this.runs.get(ordered) !== run) return;
      run.stop.abort();
      this.runs.delete(ordered);
    }, patience).unref();
  }

  private start(session: TraceSession, ordered: OrderedTrace): Run<Result, Progress> {
    const stop = new AbortController();
    // Every task under way listens, however many segments there are.
    setMaxListeners(0, stop.signal);
    const listeners = new Set<(progress: Progress) => void>();
    const result = onceMoreWhenLost(stop.signal, (signal) =>
      this.work(session, ordered, signal, (progress) => {
        for (const listener of listeners) listener(progress);
      }),
    );
    const run: Run<Result, Progress> = { result, listeners, stop, waiting: 0 };
    this.runs.set(ordered, run);
    result.then(
      (known) => {
        run.known = known;
      },
      () => this.runs.delete(ordered),
    );
    return run;
  }
}

/** A promise that is rejected when the signal is aborted, as long as it is not forgotten. */
export function givenUp(signal: AbortSignal | undefined): { promise: Promise<never>; forget(): void } {
  let onAbort = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new TaskCancelled());
    };
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    promise,
    forget: () => {
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** Waits for something that does not heed the signal itself. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  const gaveUp = givenUp(signal);
  try {
    return await Promise.race([work, gaveUp.promise]);
  } finally {
    gaveUp.forget();
  }
}
