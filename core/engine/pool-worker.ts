import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-pool.ts';
import { TaskRunner, type TaskContext } from './tasks.ts';

/** Entry of a pool worker: takes tasks one by one and answers each with its result or its failure. */

const port = parentPort;
if (!port) throw new Error('pool-worker runs only as a worker thread');

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
    case 'task':
      port.postMessage(answer(message));
  }
});

function answer({ id, name, params, cancelFlag }: Extract<ToWorker, { kind: 'task' }>): FromWorker {
  try {
    return { kind: 'done', id, result: runner.run(name, params as never, contextOf(id, cancelFlag)) };
  } catch (error) {
    const { name: errorName, message } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', id, error: { name: errorName, message } };
  }
}

function contextOf(id: number, cancelFlag: Int32Array): TaskContext {
  let lastProgress = 0;
  return {
    progress(done, extra) {
      const now = performance.now();
      if (now - lastProgress < progressInterval) return;
      lastProgress = now;
      const progress: FromWorker = { kind: 'progress', id, done, extra };
      port?.postMessage(progress);
    },
    isCancelled: () => Atomics.load(cancelFlag, 0) !== 0,
  };
}
