import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { EngineError } from '../core/engine/client.ts';
import type { SchemaImportReport, TraceId, TraceInfo, ViewInfo } from '../core/engine/contract.ts';
import { Engine } from '../core/engine/engine.ts';
import { KeptSchemas } from '../core/engine/kept-schemas.ts';
import { KeptNames } from '../core/engine/names/kept-names.ts';
import { KeptNotes } from '../core/engine/notes/kept-notes.ts';
import { folderShelf, memoryShelf } from '../core/engine/schema-shelf.ts';
import { systemLookup } from '../core/engine/system-schemas.ts';
import { nameFolder, noteFolder, schemaFolder } from '../core/engine/user-data-folder.ts';
import { LossTeller } from '../core/engine/task-recovery.ts';
import { parseTestFault } from '../core/engine/test-fault.ts';
import { WorkerPool } from '../core/engine/worker-pool.ts';
import { UsageError, type Arguments } from './arguments.ts';

/** Starts an engine, hands it to `use`, and ends it again. Manifests named with --manifest hold for this run only. */
export async function withEngine(given: Arguments, use: (engine: Engine) => Promise<void>): Promise<void> {
  const folder = folderShelf(schemaFolder());
  const kept = new KeptSchemas(given.manifests.length > 0 ? [memoryShelf(), folder] : [folder]);
  const losses = new LossTeller(({ heading, detail }) => {
    console.error(`${heading}. ${detail}`);
  });
  const pool = new WorkerPool(new URL('../engine/worker.js', import.meta.url), availableParallelism(), {
    onLost: (loss) => {
      losses.add(loss);
    },
    fault: parseTestFault(process.env.HOPSCOPE_TEST_FAULT),
  });
  const keptNotes = new KeptNotes(folderShelf(noteFolder()));
  const engine = new Engine(pool, { kept, keptNames: keptNames(given), keptNotes, system: systemLookup() });
  try {
    if (given.manifests.length > 0) {
      tellOf(await engine.call('importSchemas', { files: given.manifests.map((file) => resolve(file)) }));
    }
    await use(engine);
  } finally {
    await engine.close();
  }
}

/** Names of --names hold for this run only; those that were kept before are there all the same. */
function keptNames(given: Arguments): KeptNames {
  const folder = folderShelf(nameFolder());
  return given.names.length > 0 ? new KeptNames(memoryShelf(), [folder]) : new KeptNames(folder);
}

/** Takes names from these files for a trace. Rejected when one holds none: the person named it. */
export async function importNames(
  engine: Engine,
  trace: TraceId,
  ...files: readonly (readonly string[])[]
): Promise<void> {
  const paths = files.flat().map((file) => resolve(file));
  if (paths.length === 0) return;
  const { added, failures } = await engine.call('importNames', { trace, files: paths, texts: [] });
  for (const { title, notes } of added) for (const note of notes) console.error(`${title}: ${note}`);
  if (failures.length === 0) return;
  const message = failures.map((failure) => `${failure.title}: ${failure.message}`).join('\n');
  throw new EngineError({ name: 'NamesError', message });
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
    await importNames(engine, info.trace, given.names);
    await use(engine, info);
  });
}

/** The rows that the options ask for; the trace is diagnosed first where they need or want that. */
export async function makeView(engine: Engine, { trace }: TraceInfo, given: Arguments): Promise<ViewInfo> {
  // Rows bear names as soon as these are all found: then two runs print the same.
  await engine.call('names', { trace });
  if (given.diagnose) await engine.call('diagnosis', { trace });
  return engine.call('view', { trace, filter: given.filter, choice: given.choice });
}

function tellOf({ notes, failures }: SchemaImportReport): void {
  for (const note of notes) console.error(note);
  for (const { file, message } of failures) console.error(`${file}: ${message}`);
}
