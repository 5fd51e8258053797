import { Engine } from '../../core/engine/engine.ts';
import { WorkerPool } from '../../core/engine/worker-pool.ts';

/**
 * Opens one trace and filters it by each filter given: `tsx build/bench/filter-trace.ts FILE FILTER…`. Prints, as JSON, how
 * long it took until a filter never used before had its first rows, and how long the whole view takes when it is made
 * again (the median). Two workers, those of dist/; beside them, how long one thread takes to go over typed arrays of as
 * many rows with the same question.
 */
export interface FilterTimes {
  readonly events: number;
  readonly peakBytes: number;
  /** Milliseconds of a plain pass over as many rows. */
  readonly plainPass: number;
  readonly filters: readonly FilterTime[];
}
export interface FilterTime {
  readonly filter: string;
  readonly rows: number;
  /** Milliseconds until the first rows. */
  readonly firstRows: number;
  /** Milliseconds of the whole view, warm. */
  readonly whole: number;
}

const workers = 2;
const rounds = 5;
const [file, ...filters] = process.argv.slice(2);
const pool = new WorkerPool(new URL('../../dist/engine/worker.js', import.meta.url), workers);
const engine = new Engine(pool);
await pool.started();
const { trace, events } = await engine.call('open', { files: [file] });

async function timed(filter: string): Promise<{ rows: number; firstRows: number; whole: number }> {
  const begin = performance.now();
  let firstRows: number | undefined;
  const onProgress = (progress: { rows: number }): void => {
    if (progress.rows > 0) firstRows ??= performance.now() - begin;
  };
  const { view, rows } = await engine.call('view', { trace, filter }, { onProgress });
  const whole = performance.now() - begin;
  await engine.call('closeView', { view });
  return { rows, firstRows: firstRows ?? whole, whole };
}

async function filterTime(filter: string): Promise<FilterTime> {
  const { rows, firstRows } = await timed(filter);
  const again: number[] = [];
  for (let round = 0; round < rounds; round++) again.push((await timed(filter)).whole);
  return { filter, rows, firstRows, whole: median(again) };
}

/** "TCP, from or to a port, with SYN" over columns in memory, as plain as it can be written. */
function plainPass(rows: number): () => number {
  const modules = new Uint32Array(rows).fill(1);
  const sourcePort = new Uint16Array(rows).map((_, row) => (row % 2 === 0 ? 443 : row));
  const destinationPort = new Uint16Array(rows).map((_, row) => (row % 2 === 0 ? row : 443));
  const flags = new Uint8Array(rows).map((_, row) => (row % 1000 === 0 ? 0x02 : 0x10));
  return () => {
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const isPort = sourcePort[row] === 443 || destinationPort[row] === 443;
      if ((modules[row] & 1) !== 0 && isPort && (flags[row] & 2) !== 0) count++;
    }
    return count;
  };
}

function passMilliseconds(pass: () => number): number {
  const times = Array.from({ length: rounds + 1 }, () => {
    const begin = performance.now();
    if (pass() === 0) throw new Error('the plain pass found nothing');
    return performance.now() - begin;
  });
  return median(times.slice(1));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

const times: FilterTime[] = [];
for (const filter of filters) times.push(await filterTime(filter));
await engine.close();
const result: FilterTimes = {
  events,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  plainPass: passMilliseconds(plainPass(events)),
  filters: times,
};
console.log(JSON.stringify(result));
