import type { ViewRows } from '../trace/view-rows.ts';
import type { TaskPool } from './worker-pool.ts';

/** Work on the rows of a view that is divided among the pool's workers. */
export interface PortionedWork<Result> {
  readonly pool: TaskPool;
  readonly view: ViewRows;
  readonly rowsPerPortion: number;
  readonly signal: AbortSignal | undefined;
  /** Gives some rows, in the view's order, to a worker. */
  make(rows: Uint32Array): Promise<Result>;
  /** Takes the results in the view's order. */
  take(result: Result, rowsDone: number): void;
}

/** Portions under way or waiting to be taken, per worker. */
const portionsAhead = 2;

/** Does the work. Memory does not grow with the view: only a few results wait at a time. Rejects when it is cancelled. */
export async function inPortions<Result>(work: PortionedWork<Result>): Promise<void> {
  const { pool, view, rowsPerPortion, signal } = work;
  const waiting: Promise<Result>[] = [];
  let given = 0;
  for (let done = 0; done < view.length;) {
    while (given < view.length && waiting.length < pool.size * portionsAhead) {
      const to = Math.min(given + rowsPerPortion, view.length);
      waiting.push(handled(work.make(view.slice(given, to))));
      given = to;
    }
    const result = await waiting.shift();
    signal?.throwIfAborted();
    done = Math.min(done + rowsPerPortion, view.length);
    if (result !== undefined) work.take(result, done);
  }
}

/** When one portion fails, nobody waits for the others any more. */
function handled<Result>(portion: Promise<Result>): Promise<Result> {
  portion.catch(() => undefined);
  return portion;
}
