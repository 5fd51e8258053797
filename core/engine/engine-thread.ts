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
import { LossTeller } from './task-recovery.ts';
import { FaultTrigger, parseTestFault } from './test-fault.ts';
import { helpersStepBack, stepBack } from './thread-priority.ts';
import { WorkerPool } from './worker-pool.ts';

/** Entry of the engine's own thread: a host's main thread only passes messages. */

const port = parentPort;
if (!port) throw new Error('engine-thread runs only as a worker thread');

stepBack('engine');
helpersStepBack();

const { workerFile, schemaFolder, nameFolder, noteFolder, isReplacement } = workerData as EngineThreadData;
/** An engine that took the place of one that died on purpose is to live. */
const fault = isReplacement ? undefined : parseTestFault(process.env.HOPSCOPE_TEST_FAULT);
const send = (message: FromEngine): void => {
  port.postMessage(message);
};
const losses = new LossTeller((notice) => {
  send({ kind: 'notice', notice });
});
const pool = new WorkerPool(new URL(workerFile), poolSize(), {
  execArgv: process.execArgv,
  onLost: (loss) => {
    losses.add(loss);
  },
  fault: fault?.what === 'engine' ? undefined : fault,
});
const engine = new Engine(pool, {
  kept: new KeptSchemas([folderShelf(schemaFolder)]),
  keptNames: new KeptNames(folderShelf(nameFolder)),
  keptNotes: new KeptNotes(folderShelf(noteFolder)),
  system: systemLookup(),
});
const receive = serveEngine(engine, send);
const engineFault = new FaultTrigger(fault?.what === 'engine' ? fault : undefined);

port.on('message', (message: ToEngine | { kind: 'shutdown' }) => {
  if (message.kind === 'shutdown') {
    void engine.close().then(() => {
      port.close();
    });
    return;
  }
  if (message.kind === 'request' && engineFault.due(message.method)) process.exit(70);
  receive(message);
});

/** One worker a processor, but where there are several, one stays free for whoever looks at the screen. */
function poolSize(): number {
  const processors = availableParallelism();
  return Math.min(16, processors > 2 ? processors - 1 : processors);
}
