import { availableParallelism } from 'node:os';
import { Engine } from '../../core/engine/engine.ts';
import { WorkerPool } from '../../core/engine/worker-pool.ts';

/**
 * Opens one trace and makes all its paths and verdicts, in the same process: `tsx build/bench/trace-paths.ts FILE`. Prints
 * PathTimes as JSON. The workers are those of dist/.
 */
export interface PathTimes {
  readonly events: number;
  readonly packets: number;
  readonly attempts: number;
  readonly answered: number;
  /** Milliseconds. */
  readonly open: number;
  readonly paths: number;
  /** The most memory that the process ever held, when the trace had been read, and when its paths had been made. */
  readonly peakBytesOfOpen: number;
  readonly peakBytes: number;
}

const [file] = process.argv.slice(2);
const pool = new WorkerPool(new URL('../../dist/engine/worker.js', import.meta.url), availableParallelism());
const engine = new Engine(pool);
await pool.started();
const peak = (): number => process.resourceUsage().maxRSS * 1024;
const begin = performance.now();
const { trace, events, packets } = await engine.call('open', { files: [file] });
const opened = performance.now();
const peakBytesOfOpen = peak();
const asked = performance.now();
const { available, verdicts } = await engine.call('connections', { trace, query: {}, from: 0, count: 1 });
const made = performance.now();
const times: PathTimes = {
  events,
  packets,
  attempts: available,
  answered: verdicts.find(({ kind }) => kind === 'answered')?.attempts ?? 0,
  open: opened - begin,
  paths: made - asked,
  peakBytesOfOpen,
  peakBytes: peak(),
};
await engine.close();
console.log(JSON.stringify(times));
