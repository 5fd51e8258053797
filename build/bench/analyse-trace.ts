import { availableParallelism } from 'node:os';
import { Engine } from '../../core/engine/engine.ts';
import { WorkerPool } from '../../core/engine/worker-pool.ts';

/**
 * Opens one trace, then sorts and groups all its rows, and prints, as JSON, how long each took and how much memory the
 * process ever held: `tsx build/bench/analyse-trace.ts FILE`. The workers are those of dist/.
 */
export interface AnalysisTimes {
  readonly events: number;
  /** Milliseconds. */
  readonly open: number;
  readonly works: readonly { readonly work: string; readonly milliseconds: number; readonly result: number }[];
  readonly peakBytesOfOpen: number;
  readonly peakBytes: number;
}

const [file] = process.argv.slice(2);
const pool = new WorkerPool(new URL('../../dist/engine/worker.js', import.meta.url), availableParallelism());
const engine = new Engine(pool);
await pool.started();
const begin = performance.now();
const { trace, events } = await engine.call('open', { files: [file] });
const open = performance.now() - begin;
const peakBytesOfOpen = peak();
const { view } = await engine.call('view', { trace, filter: '' });
const works = [
  await timed('sort by TCP.SourcePort', () => sorted('TCP.SourcePort')),
  await timed('sort by TCP.SequenceNumber', () => sorted('TCP.SequenceNumber')),
  await timed('sort by Timestamp', () => sorted('Timestamp')),
  await timed('sort by Source', () => sorted('Source')),
  await timed('group by Source', () => grouped(['Source'])),
  await timed('group by Conversation', () => grouped(['Conversation'])),
  await timed('group by Source and TCP.SourcePort', () => grouped(['Source', 'TCP.SourcePort'])),
];
await engine.close();
console.log(JSON.stringify({ events, open, works, peakBytesOfOpen, peakBytes: peak() } satisfies AnalysisTimes));

async function timed(work: string, run: () => Promise<number>): Promise<AnalysisTimes['works'][number]> {
  const from = performance.now();
  const result = await run();
  return { work, milliseconds: performance.now() - from, result };
}

async function sorted(by: string): Promise<number> {
  const info = await engine.call('sort', { view, order: { by, descending: true } });
  await engine.call('closeView', { view: info.view });
  return info.rows;
}

async function grouped(by: string[]): Promise<number> {
  return (await engine.call('group', { view, by, order: 'bytes', limit: 100 })).total;
}

function peak(): number {
  return process.resourceUsage().maxRSS * 1024;
}
