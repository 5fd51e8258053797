import { TaskRunner, type Generation, type GenerationId, type TaskName, type Tasks } from './tasks.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';
import { TaskError, type TaskOptions, type TaskPool } from './worker-pool.ts';

/** Runs tasks in the calling thread, one a turn of the event loop: for tests, where threads would only hide faults. */
export class InlinePool implements TaskPool {
  readonly size: number;
  private readonly runner = new TaskRunner();

  /** `size` is what the pool claims to be, so that work is divided as it would be among threads. */
  constructor(size = 2) {
    this.size = size;
  }

  async run<Name extends TaskName>(
    name: Name,
    params: Tasks[Name]['params'],
    options: TaskOptions = {},
  ): Promise<Tasks[Name]['result']> {
    await new Promise(setImmediate);
    const isCancelled = (): boolean => options.signal?.aborted ?? false;
    if (isCancelled()) throw new TaskError('Cancelled', 'Cancelled.');
    return this.runner.run(name, params, { progress: (done, extra) => options.onProgress?.(done, extra), isCancelled });
  }

  learn(generation: Generation): void {
    this.runner.learn(generation);
  }

  teach(generation: GenerationId, knowledge: DecodingKnowledge): void {
    this.runner.teach(generation, knowledge);
  }

  forget(generation: GenerationId): void {
    this.runner.forget(generation);
  }

  closeFiles(paths: readonly string[]): void {
    this.runner.closeFiles(paths);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
