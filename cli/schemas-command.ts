import { resolve } from 'node:path';
import { EngineError } from '../core/engine/client.ts';
import type { Engine } from '../core/engine/engine.ts';
import type { SchemaEntry, SchemaImportReport } from '../core/engine/contract.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { withEngine, withTrace } from './open-trace.ts';

const actions: Readonly<Record<string, (given: Arguments) => Promise<void>>> = {
  list: (given) => withEngine(given, listSchemas),
  import: (given) =>
    withEngine(given, async (engine) => {
      if (given.files.length === 0) throw new UsageError('Name the manifests to import.');
      showReport(await engine.call('importSchemas', { files: given.files.map((file) => resolve(file)) }));
    }),
  remove: (given) =>
    withEngine(given, async (engine) => {
      const { entries } = await engine.call('schemas', {});
      for (const id of given.files) {
        if (!entries.some((entry) => entry.id === id)) throw new UsageError(`No kept schemas are called "${id}".`);
        await engine.call('removeSchemas', { id });
      }
      await listSchemas(engine);
    }),
  keep: (given) =>
    withTrace(given, async (engine, { trace }) => {
      showReport(await engine.call('harvestSchemas', { trace }));
    }),
};

/** `schemas list|import|remove|keep`: the layouts that are kept for all traces. */
export async function schemasCommand(given: Arguments): Promise<void> {
  const [name = 'list', ...files] = given.files;
  if (!Object.hasOwn(actions, name)) {
    throw new UsageError(`schemas ${Object.keys(actions).join('|')}, not "${name}".`);
  }
  await actions[name]({ ...given, files });
}

async function listSchemas(engine: Engine): Promise<void> {
  const { entries, problems } = await engine.call('schemas', {});
  for (const problem of problems) console.error(problem);
  if (entries.length === 0) console.log('No schemas are kept. Import a manifest, or keep those of a merged trace.');
  for (const entry of entries) console.log(`${entry.id}  ${entryText(entry)}`);
}

/** Rejected when nothing came of it: then the exit code says so too. */
function showReport({ added, notes, failures }: SchemaImportReport): void {
  for (const entry of added) console.log(`Kept ${entryText(entry)}`);
  for (const note of notes) console.error(note);
  const reasons = failures.map(({ file, message }) => `${file}: ${message}`);
  if (added.length === 0)
    throw new EngineError({ name: 'SchemaError', message: [...reasons, 'Nothing was kept.'].join('\n') });
  for (const reason of reasons) console.error(reason);
}

function entryText({ name, provider, source, origin, format, events }: SchemaEntry): string {
  return `${name} ${provider}: ${events} events, ${source} from ${origin} (${format})`;
}
