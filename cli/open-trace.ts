import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { TraceInfo } from '../core/engine/contract.ts';
import { Engine } from '../core/engine/engine.ts';
import { WorkerPool } from '../core/engine/worker-pool.ts';
import { UsageError, type Arguments } from './arguments.ts';

/** Opens the files that were named, hands engine and trace to `use`, and closes everything again. */
export async function withTrace(
  given: Arguments,
  use: (engine: Engine, info: TraceInfo) => Promise<void>,
): Promise<void> {
  if (given.files.length === 0) throw new UsageError('Name the trace file.');
  const engine = new Engine(new WorkerPool(new URL('../engine/worker.js', import.meta.url), availableParallelism()));
  try {
    const info = await engine.call('open', { files: given.files.map((file) => resolve(file)) });
    for (const { message } of info.problems) console.error(message);
    await use(engine, info);
  } finally {
    await engine.close();
  }
}
