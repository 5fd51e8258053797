import { Worker } from 'node:worker_threads';
import type { Generation, GenerationId, TaskName, Tasks } from './tasks.ts';
import { mostAttempts, reasonInWords, repetitions, workInWords, type WorkerLoss } from './task-recovery.ts';
import { FaultTrigger, type TestFault } from './test-fault.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';

export type ToWorker =
  | {
      kind: 'task';
      id: number;
      name: TaskName;
      params: unknown;
      cancelFlag: Int32Array;
      /** The death that this worker is to die in the middle of it; in tests only. */
      fault?: TestFault['what'] | undefined;
    }
  | { kind: 'learn'; generation: Generation }
  | { kind: 'teach'; generation: GenerationId; knowledge: DecodingKnowledge }
  | { kind: 'forget'; generation: GenerationId }
  | { kind: 'close-files'; paths: readonly string[] };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; error: { name: string; message: string } }
  | { kind: 'progress'; id: number; done: number; extra: number };

export interface TaskOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, extra: number) => void) | undefined;
  /** Somebody waits in front of the screen: goes before everything queued without it. */
  urgent?: boolean;
}

/** Whoever runs tasks: worker threads, or the calling thread itself for tests and small files. */
export interface TaskPool {
  readonly size: number;
  run<Name extends TaskName>(
    name: Name,
    params: Tasks[Name]['params'],
    options?: TaskOptions,
  ): Promise<Tasks[Name]['result']>;
  learn(generation: Generation): void;
  /** Lets the workers decode a generation's events; forgotten together with the generation. */
  teach(generation: GenerationId, knowledge: DecodingKnowledge): void;
  forget(generation: GenerationId): void;
  closeFiles(paths: readonly string[]): void;
  close(): Promise<void>;
}

interface Job {
  readonly id: number;
  readonly name: TaskName;
  readonly params: unknown;
  readonly options: TaskOptions;
  readonly cancelFlag: Int32Array;
  /** Workers that were lost while they worked on it. */
  losses: number;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Member {
  worker: Worker;
  job: Job | undefined;
  /** Its program runs: what ends it from then on is its work, or somebody outside. */
  isReady: boolean;
}

/** An error of a task, with the name it had in the worker. */
export class TaskError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface WorkerPoolOptions {
  readonly execArgv?: string[] | undefined;
  /** Told of every worker that was lost. */
  readonly onLost?: ((loss: WorkerLoss) => void) | undefined;
  readonly fault?: TestFault | undefined;
}

/**
 * All workers share one heap cage in Electron, of 4 GiB; who fills it ends the whole app. Columns and buffers lie outside of
 * it: a worker whose objects take more than this has run away, and is better lost alone.
 */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };
/** Workers that end before they have begun to run, one after the other, until nobody is hired any more. */
const mostFailedStarts = 4;

/** A pool of worker threads. A worker that dies is replaced, and its task done again where that is safe (`repetitions`). */
export class WorkerPool implements TaskPool {
  readonly size: number;
  private readonly workerFile: URL | string;
  private readonly options: WorkerPoolOptions;
  private readonly trigger: FaultTrigger;
  private readonly members: Member[];
  private readonly queue: Job[] = [];
  private readonly generations = new Map<GenerationId, Generation>();
  private readonly knowledge = new Map<GenerationId, DecodingKnowledge>();
  private lastId = 0;
  private closing = false;
  private failedStarts = 0;

  constructor(workerFile: URL | string, size: number, options: WorkerPoolOptions = {}) {
    this.workerFile = workerFile;
    this.size = size;
    this.options = options;
    this.trigger = new FaultTrigger(options.fault);
    this.members = Array.from({ length: size }, () => this.hire());
  }

  run<Name extends TaskName>(
    name: Name,
    params: Tasks[Name]['params'],
    options: TaskOptions = {},
  ): Promise<Tasks[Name]['result']> {
    return new Promise((resolve, reject) => {
      if (options.signal?.aborted) {
        reject(new TaskError('Cancelled', 'Cancelled.'));
        return;
      }
      const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
      const cancel = (): void => {
        this.cancel(job);
      };
      const settle = (): void => options.signal?.removeEventListener('abort', cancel);
      const job: Job = {
        id: ++this.lastId,
        name,
        params,
        options,
        cancelFlag,
        losses: 0,
        resolve: (result) => {
          settle();
          resolve(result as Tasks[Name]['result']);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.enqueue(job);
      this.assign();
    });
  }

  /** Resolves when every worker has started: a task given earlier only waits for that. */
  async started(): Promise<void> {
    await Promise.all(this.members.map(async ({ worker }) => new Promise((resolve) => worker.once('online', resolve))));
  }

  learn(generation: Generation): void {
    this.generations.set(generation.id, generation);
    this.broadcast({ kind: 'learn', generation });
  }

  teach(generation: GenerationId, knowledge: DecodingKnowledge): void {
    this.knowledge.set(generation, knowledge);
    this.broadcast({ kind: 'teach', generation, knowledge });
  }

  forget(generation: GenerationId): void {
    this.generations.delete(generation);
    this.knowledge.delete(generation);
    this.broadcast({ kind: 'forget', generation });
  }

  closeFiles(paths: readonly string[]): void {
    this.broadcast({ kind: 'close-files', paths });
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const job of this.queue.splice(0)) job.reject(new TaskError('Cancelled', 'The engine is closing.'));
    await Promise.all(this.members.map(({ worker }) => worker.terminate()));
  }

  private broadcast(message: ToWorker): void {
    for (const { worker } of this.members) worker.postMessage(message);
  }

  private hire(): Member {
    const worker = new Worker(this.workerFile, { execArgv: this.options.execArgv ?? [], resourceLimits });
    const member: Member = { worker, job: undefined, isReady: false };
    worker.unref();
    worker.on('message', (message: FromWorker) => {
      this.take(member, message);
    });
    worker.on('error', (error: Error) => {
      this.replace(member, reasonInWords(error));
    });
    worker.on('exit', (code) => {
      this.replace(member, reasonInWords(code));
    });
    const tell = (message: ToWorker): void => {
      worker.postMessage(message);
    };
    for (const generation of this.generations.values()) tell({ kind: 'learn', generation });
    for (const [generation, knowledge] of this.knowledge) tell({ kind: 'teach', generation, knowledge });
    return member;
  }

  private replace(member: Member, reason: string): void {
    const place = this.members.indexOf(member);
    if (place < 0 || this.closing) return;
    const { job } = member;
    if (!member.isReady && ++this.failedStarts >= mostFailedStarts) {
      this.giveUp(place, job, reason);
      return;
    }
    this.members[place] = this.hire();
    // What ends a worker before it has begun to run is not its task.
    if (job && !member.isReady) this.queue.unshift(job);
    const outcome = job && member.isReady ? this.recover(job, reason) : 'nothing';
    if (member.isReady) {
      const work = job && workInWords(job.name, job.params as never, this.generations);
      this.options.onLost?.({ work, reason, outcome });
    }
    this.assign();
  }

  /** Puts a job whose worker was lost at the head of the queue, or fails it. */
  private recover(job: Job, reason: string): WorkerLoss['outcome'] {
    job.losses++;
    const work = workInWords(job.name, job.params as never, this.generations);
    if (job.options.signal?.aborted) {
      job.reject(new TaskError('Cancelled', 'Cancelled.'));
      return 'nothing';
    }
    if (repetitions[job.name] === 'in order') {
      job.reject(new TaskError('WorkerLost', `A worker was lost while ${work}: ${reason}.`));
      return 'whole';
    }
    if (job.losses < mostAttempts) {
      this.queue.unshift(job);
      return 'again';
    }
    const message = `The engine tried ${job.losses} times and lost a worker each time while ${work}: ${reason}. ${whatToDo}`;
    job.reject(new TaskError('WorkerLost', message));
    return 'given up';
  }

  /** No worker can be started: nothing can be done any more. */
  private giveUp(place: number, job: Job | undefined, reason: string): void {
    this.members.splice(place, 1);
    if (this.members.length > 0 && job) this.queue.unshift(job);
    if (this.members.length > 0) return;
    const error = new TaskError(
      'InternalError',
      `the engine's workers cannot be started: ${reason}. Start Hopscope again.`,
    );
    for (const waiting of [...(job ? [job] : []), ...this.queue.splice(0)]) waiting.reject(error);
  }

  /** Urgent jobs go before all others, but never before each other: the first rows of a view are asked for first. */
  private enqueue(job: Job): void {
    const place = job.options.urgent === true ? this.queue.findIndex(({ options }) => options.urgent !== true) : -1;
    if (place < 0) this.queue.push(job);
    else this.queue.splice(place, 0, job);
  }

  private assign(): void {
    // Nobody could be started the last time: what is asked now may fare better.
    if (this.members.length === 0 && this.queue.length > 0 && !this.closing) {
      this.failedStarts = 0;
      this.members.push(...Array.from({ length: this.size }, () => this.hire()));
    }
    for (const member of this.members) {
      if (member.job) continue;
      const job = this.queue.shift();
      if (!job) return;
      member.job = job;
      member.worker.ref();
      const { id, name, params, cancelFlag } = job;
      const fault = this.trigger.due(name);
      member.worker.postMessage({ kind: 'task', id, name, params, cancelFlag, fault } satisfies ToWorker);
    }
  }

  private take(member: Member, message: FromWorker): void {
    if (message.kind === 'ready') {
      member.isReady = true;
      this.failedStarts = 0;
      return;
    }
    const { job } = member;
    if (job?.id !== message.id) return;
    if (message.kind === 'progress') {
      job.options.onProgress?.(message.done, message.extra);
      return;
    }
    member.job = undefined;
    // While the pool closes, workers hold the process until they have ended; their last answers change nothing.
    if (!this.closing) member.worker.unref();
    this.assign();
    if (message.kind === 'done') job.resolve(message.result);
    else job.reject(new TaskError(message.error.name, message.error.message));
  }

  private cancel(job: Job): void {
    Atomics.store(job.cancelFlag, 0, 1);
    const place = this.queue.indexOf(job);
    if (place < 0) return;
    this.queue.splice(place, 1);
    job.reject(new TaskError('Cancelled', 'Cancelled.'));
  }
}

const whatToDo =
  'Close other programs if memory is short and try again; if it stays so, the file is damaged there or Hopscope has a fault.';
