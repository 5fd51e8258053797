import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ExportFormat } from '../../core/engine/contract.ts';
import { Engine } from '../../core/engine/engine.ts';
import { WorkerPool } from '../../core/engine/worker-pool.ts';

/**
 * Opens one trace, writes all its events to a file, and prints, as JSON, how long the writing took, how many bytes came
 * out and how much memory the process ever held: `tsx build/bench/export-trace.ts FILE FORMAT TARGET`. The workers are
 * those of dist/, and have read the trace before, as in the app.
 */
const [file, format, target] = process.argv.slice(2);
const pool = new WorkerPool(new URL('../../dist/engine/worker.js', import.meta.url), availableParallelism());
const engine = new Engine(pool);
await pool.started();
const { trace, events } = await engine.call('open', { files: [file] });
const { view } = await engine.call('view', { trace, filter: '' });
rmSync(target, { force: true });
const begin = performance.now();
const { bytes } = await engine.call('export', { view, format: format as ExportFormat, target });
const milliseconds = performance.now() - begin;
await engine.close();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ milliseconds, peakBytes, events, bytes }));
