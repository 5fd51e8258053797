import { availableParallelism } from 'node:os';
import { Engine } from '../../core/engine/engine.ts';
import { WorkerPool } from '../../core/engine/worker-pool.ts';

/**
 * Opens one trace as the app does, whose workers have long started when somebody opens a trace, and prints, as JSON, how long that took and how much memory the process ever held.
 * Run in a process of its own: `tsx build/bench/open-trace.ts FILE`. The workers are those of dist/.
 */
const [file] = process.argv.slice(2);
const pool = new WorkerPool(new URL('../../dist/engine/worker.js', import.meta.url), availableParallelism());
const engine = new Engine(pool);
await pool.started();
const begin = performance.now();
const { events, packets, problems } = await engine.call('open', { files: [file] });
const milliseconds = performance.now() - begin;
await engine.close();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ milliseconds, peakBytes, events, packets, problems: problems.length }));
