/**
 * Rows for the grid, block by block: at once where a block is known, else when it has been in sight for a moment. While
 * somebody scrolls fast, only what is in sight at the end is asked for, and what went out of sight is given up.
 */
import { blockSize } from './row-window.ts';

/** The grid wants a block; exactly one of `done` and `failed` answers it. */
export interface BlockRequest<R> {
  /** Position of its first row, a multiple of the block size. */
  readonly from: number;
  readonly done: (rows: R[]) => void;
  readonly failed: () => void;
}

export type LoadRows<R> = (from: number, count: number, signal: AbortSignal) => Promise<R[]>;

export interface RowSource<R> {
  request(request: BlockRequest<R>): void;
  /** Reads a block before anybody wants it; resolves when it is known, or cannot be had. */
  prefetch(from: number): Promise<void>;
  /** Tells which rows are in sight. */
  see(first: number, last: number): void;
  /** All rows read differently now. Requests that nobody answered yet stay. */
  forget(): void;
  /** Nobody wants rows any more. */
  close(): void;
}

/** Blocks that are kept, so that a window that moves finds its rows again. */
const keptBlocks = 40;
/**
 * Milliseconds for which rows stand still before they are asked for, and after which they are even while they move. After so
 * long a pause, the next are asked for at once: nobody scrolls, somebody has jumped.
 */
const rest = 16;
const longestWait = 80;

export function createRowSource<R>(load: LoadRows<R>): RowSource<R> {
  const known = new Map<number, R[]>();
  const waiting = new Map<number, BlockRequest<R>>();
  const loading = new Map<number, AbortController>();
  let sight = { first: 0, last: blockSize };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | undefined;
  let settledAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  const isInSight = (from: number): boolean =>
    from < sight.last + blockSize && from + blockSize > sight.first - blockSize / 2;

  const keep = (from: number, rows: R[]): void => {
    known.delete(from);
    known.set(from, rows);
    for (const oldest of known.keys()) {
      if (known.size <= keptBlocks) break;
      known.delete(oldest);
    }
  };
  const fetchBlock = async (from: number): Promise<void> => {
    const controller = new AbortController();
    loading.set(from, controller);
    try {
      const rows = await load(from, blockSize, controller.signal);
      if (controller.signal.aborted) return;
      keep(from, rows);
      const request = waiting.get(from);
      waiting.delete(from);
      request?.done(rows);
    } catch {
      if (controller.signal.aborted) return;
      const request = waiting.get(from);
      waiting.delete(from);
      request?.failed();
    } finally {
      if (loading.get(from) === controller) loading.delete(from);
    }
  };
  const settle = (): void => {
    waitingSince = undefined;
    settledAt = Date.now();
    for (const [from, controller] of [...loading]) {
      if (isInSight(from)) continue;
      controller.abort();
      loading.delete(from);
    }
    for (const from of waiting.keys()) if (isInSight(from) && !loading.has(from)) void fetchBlock(from);
    // The grid keeps fewer blocks than these: the oldest are forgotten there.
    for (const [from, request] of [...waiting].slice(0, -2 * keptBlocks)) {
      waiting.delete(from);
      request.failed();
    }
  };
  const settleSoon = (): void => {
    if (isClosed) return;
    const now = Date.now();
    waitingSince ??= now;
    clearTimeout(timer);
    const isFirst = now - settledAt > longestWait;
    timer = setTimeout(settle, isFirst ? 0 : Math.max(0, Math.min(rest, waitingSince + longestWait - now)));
  };

  return {
    request(request) {
      const rows = known.get(request.from);
      if (rows) {
        request.done(rows);
        return;
      }
      waiting.get(request.from)?.failed();
      waiting.set(request.from, request);
      settleSoon();
    },
    prefetch: (from) => (known.has(from) ? Promise.resolve() : fetchBlock(from)),
    see(first, last) {
      sight = { first, last };
      if (waiting.size > 0 || loading.size > 0) settleSoon();
    },
    forget() {
      known.clear();
      for (const controller of loading.values()) controller.abort();
      loading.clear();
      settleSoon();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      known.clear();
      for (const controller of loading.values()) controller.abort();
      for (const request of waiting.values()) request.failed();
      waiting.clear();
    },
  };
}
