import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { SchemaImportReport, TraceInfo, ViewInfo } from '../core/engine/contract.ts';
import { Engine } from '../core/engine/engine.ts';
import { KeptSchemas } from '../core/engine/kept-schemas.ts';
import { folderShelf, memoryShelf } from '../core/engine/schema-shelf.ts';
import { systemLookup } from '../core/engine/system-schemas.ts';
import { schemaFolder } from '../core/engine/user-data-folder.ts';
import { WorkerPool } from '../core/engine/worker-pool.ts';
import { UsageError, type Arguments } from './arguments.ts';

/** Starts an engine, hands it to `use`, and ends it again. Manifests named with --manifest hold for this run only. */
export async function withEngine(given: Arguments, use: (engine: Engine) => Promise<void>): Promise<void> {
  const folder = folderShelf(schemaFolder());
  const kept = new KeptSchemas(given.manifests.length > 0 ? [memoryShelf(), folder] : [folder]);
  const pool = new WorkerPool(new URL('../engine/worker.js', import.meta.url), availableParallelism());
  const engine = new Engine(pool, { kept, system: systemLookup() });
  try {
    if (given.manifests.length > 0) {
      tellOf(await engine.call('importSchemas', { files: given.manifests.map((file) => resolve(file)) }));
    }
    await use(engine);
  } finally {
    await engine.close();
  }
}

/** Opens the files that were named, hands engine and trace to `use`, and closes everything again. */
export async function withTrace(
  given: Arguments,
  use: (engine: Engine, info: TraceInfo) => Promise<void>,
): Promise<void> {
  if (given.files.length === 0) throw new UsageError('Name the trace file.');
  await withEngine(given, async (engine) => {
    let info = await engine.call('open', { files: given.files.map((file) => resolve(file)) });
    for (const { message } of info.problems) console.error(message);
    for (const [file, hundredNanoseconds] of given.shifts.entries()) {
      if (file >= info.files.length) throw new UsageError('There are more --shift options than files.');
      if (hundredNanoseconds === 0) continue;
      info = await engine.call('shiftTime', { trace: info.trace, file, hundredNanoseconds });
    }
    await use(engine, info);
  });
}

/** The rows that the options ask for; the trace is diagnosed first where they need or want that. */
export async function makeView(engine: Engine, { trace }: TraceInfo, given: Arguments): Promise<ViewInfo> {
  if (given.diagnose) await engine.call('diagnosis', { trace });
  return engine.call('view', { trace, filter: given.filter, choice: given.choice });
}

function tellOf({ notes, failures }: SchemaImportReport): void {
  for (const note of notes) console.error(note);
  for (const { file, message } of failures) console.error(`${file}: ${message}`);
}
