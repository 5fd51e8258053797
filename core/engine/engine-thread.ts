import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromEngine, ToEngine } from './contract.ts';
import { Engine } from './engine.ts';
import type { EngineThreadData } from './thread.ts';
import { serveEngine } from './engine-server.ts';
import { KeptSchemas } from './kept-schemas.ts';
import { KeptNames } from './names/kept-names.ts';
import { KeptNotes } from './notes/kept-notes.ts';
import { folderShelf } from './schema-shelf.ts';
import { systemLookup } from './system-schemas.ts';
import { WorkerPool } from './worker-pool.ts';

/** Entry of the engine's own thread: a host's main thread only passes messages. */

const port = parentPort;
if (!port) throw new Error('engine-thread runs only as a worker thread');

const { workerFile, schemaFolder, nameFolder, noteFolder } = workerData as EngineThreadData;
const engine = new Engine(new WorkerPool(new URL(workerFile), poolSize(), process.execArgv), {
  kept: new KeptSchemas([folderShelf(schemaFolder)]),
  keptNames: new KeptNames(folderShelf(nameFolder)),
  keptNotes: new KeptNotes(folderShelf(noteFolder)),
  system: systemLookup(),
});
const receive = serveEngine(engine, (message: FromEngine) => {
  port.postMessage(message);
});

port.on('message', (message: ToEngine | { kind: 'shutdown' }) => {
  if (message.kind === 'shutdown') {
    void engine.close().then(() => {
      port.close();
    });
  } else receive(message);
});

/** One worker a processor, but where there are several, one stays free for whoever looks at the screen. */
function poolSize(): number {
  const processors = availableParallelism();
  return Math.min(16, processors > 2 ? processors - 1 : processors);
}
