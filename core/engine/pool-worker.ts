import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-pool.ts';
import { TaskRunner, type TaskContext } from './tasks.ts';
import { stepBack } from './thread-priority.ts';

/** Entry of a pool worker: takes tasks one by one and answers each with its result or its failure. */

const port = parentPort;
if (!port) throw new Error('pool-worker runs only as a worker thread');

stepBack('worker');
const runner = new TaskRunner();
const progressInterval = 50;

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'learn':
      runner.learn(message.generation);
      return;
    case 'teach':
      runner.teach(message.generation, message.knowledge);
      return;
    case 'forget':
      runner.forget(message.generation);
      return;
    case 'close-files':
      runner.closeFiles(message.paths);
      return;
    case 'task': {
      const reply = answer(message);
      die(message.fault);
      port.postMessage(reply, reply.kind === 'done' ? [...new Set(ownMemory(reply.result))] : []);
    }
  }
});

port.postMessage({ kind: 'ready' } satisfies FromWorker);

function answer({ id, name, params, cancelFlag, fault }: Extract<ToWorker, { kind: 'task' }>): FromWorker {
  try {
    return { kind: 'done', id, result: runner.run(name, params as never, contextOf(id, cancelFlag, fault)) };
  } catch (error) {
    const { name: errorName, message } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', id, error: { name: errorName, message } };
  }
}

/**
 * Memory that a result owns and the worker has no more use for: it changes hands instead of being copied. What lies in
 * shared memory, or in a part of some memory, is left alone.
 */
function ownMemory(result: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(result)) {
    const { buffer, byteLength } = result;
    return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
  }
  if (typeof result !== 'object' || result === null) return [];
  return Object.values(result).flatMap(ownMemory);
}

type Fault = Extract<ToWorker, { kind: 'task' }>['fault'];

function contextOf(id: number, cancelFlag: Int32Array, fault: Fault): TaskContext {
  let lastProgress = 0;
  return {
    progress(done, extra) {
      die(fault);
      const now = performance.now();
      if (now - lastProgress < progressInterval) return;
      lastProgress = now;
      const progress: FromWorker = { kind: 'progress', id, done, extra };
      port?.postMessage(progress);
    },
    isCancelled: () => Atomics.load(cancelFlag, 0) !== 0,
  };
}

/** The death that a test wants: half of the work is done, nothing of it was answered. */
function die(fault: Fault): void {
  if (fault === 'worker') process.exit(70);
  const heap: number[][] = [];
  while (fault === 'memory') heap.push(new Array<number>(1 << 17).fill(heap.length));
}
