import { availableParallelism } from 'node:os';
import { Engine } from '../../core/engine/engine.ts';
import { WorkerPool } from '../../core/engine/worker-pool.ts';

/**
 * Opens one trace and counts its SYNs by a filter, from a standing start, workers included: what somebody waits for who
 * asks a command line for it. Prints, as JSON, how long that took and how much memory the process ever held:
 * `tsx build/bench/count-syns.ts FILE`. The workers are those of dist/.
 */
const [file] = process.argv.slice(2);
const begin = performance.now();
const pool = new WorkerPool(new URL('../../dist/engine/worker.js', import.meta.url), availableParallelism());
const engine = new Engine(pool);
const { trace, events } = await engine.call('open', { files: [file] });
const { rows } = await engine.call('view', { trace, filter: 'TCP.Flags.SYN == true' });
const milliseconds = performance.now() - begin;
await engine.close();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ milliseconds, peakBytes, events, syns: rows }));
