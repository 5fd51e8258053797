/** What becomes of a task whose worker was lost in the middle of it, and how its work is told to people. */
import { setMaxListeners } from 'node:events';
import { fileName } from '../base/file-name.ts';
import type { EngineNotice } from './contract.ts';
import type { Generation, GenerationId, TaskName, Tasks } from './tasks.ts';
import type { ReadRange } from '../trace/trace-format.ts';

/**
 * Whether a task can simply be done again by another worker. 'pure': it gives its result and changes nothing besides.
 * 'overwrites': it writes words of shared memory that no other task writes, and the same ones the next time; who reads them
 * waits for its end. 'in order': it goes on from what the task before it left in shared memory, and has changed that already:
 * only everything from the beginning on can be done again (`SharedRuns`).
 */
export const repetitions: Readonly<Record<TaskName, 'pure' | 'overwrites' | 'in order'>> = {
  // Reads a range by what its parameters tell; a segment is handed over when it is whole.
  index: 'pure',
  readReport: 'pure',
  readPart: 'pure',
  // Each slice has its part of the order.
  order: 'overwrites',
  // Segments begin at multiples of 32 events, so that each span has its words of bits.
  scan: 'overwrites',
  match: 'pure',
  // Rows of one segment's packets; marks are set, never taken back.
  examine: 'overwrites',
  follow: 'in order',
  readNbls: 'pure',
  // Rows of one segment's sightings; marks are set, never taken back.
  gather: 'overwrites',
  link: 'in order',
  // Verdicts of its own attempts.
  judge: 'overwrites',
  // Takes bits out of its own segments: those that are gone already stay gone.
  choose: 'overwrites',
  collect: 'pure',
  // Keys of its own rows.
  sortKeys: 'overwrites',
  rankKeys: 'pure',
  // Puts ranks in the place of codes, which cannot be told apart afterwards.
  sortRows: 'in order',
  groupRows: 'pure',
  // Words of one segment's events; bits are set, never taken back.
  findTroubles: 'overwrites',
  countPackets: 'pure',
  packetPortion: 'pure',
  gatherNames: 'pure',
  formatRows: 'pure',
  rowGroups: 'pure',
};

/** True for the failure of a task whose worker was lost, and that was not, or not once more, done again. */
export function isWorkerLost(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkerLost';
}

/** Does work of which some tasks are 'in order'. Where a worker was lost, everything is done once more from the beginning. */
export async function onceMoreWhenLost<Result>(
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const first = within(signal);
  try {
    return await work(first.signal);
  } catch (error) {
    // Others of its tasks may be under way: nobody wants what they write any more.
    first.abort();
    if (!isWorkerLost(error) || signal?.aborted) throw error;
    return await work(within(signal).signal);
  }
}

/** A signal of its own for work that ends together with another. */
function within(signal: AbortSignal | undefined): AbortController {
  const controller = new AbortController();
  // Every task under way listens, however many segments there are.
  setMaxListeners(0, controller.signal);
  const stop = (): void => {
    controller.abort();
  };
  if (signal?.aborted) controller.abort();
  signal?.addEventListener('abort', stop, { once: true, signal: controller.signal });
  return controller;
}

/** A task is given to so many workers before it counts as what kills them. */
export const mostAttempts = 3;

/** A worker that is gone. */
export interface WorkerLoss {
  /** What it worked on, as `workInWords` says it; undefined when it had nothing to do. */
  readonly work: string | undefined;
  /** Why it ended: "it ran out of memory". */
  readonly reason: string;
  /** 'again': another worker does the work; 'whole': it is begun anew as a whole; 'given up': it was tried often enough. */
  readonly outcome: 'again' | 'whole' | 'given up' | 'nothing';
}

/** What a task does: "reading bytes 0 to 1,048,576 of host.etl". */
export function workInWords<Name extends TaskName>(
  name: Name,
  params: Tasks[Name]['params'],
  generations: ReadonlyMap<GenerationId, Generation>,
): string {
  if ('range' in params) return `reading ${rangeInWords(params.range)} of ${fileName(params.path)}`;
  if (name === 'readReport' && 'path' in params) return `${verbs[name]} ${fileName(params.path)}`;
  if ('bundle' in params) return `reading ${params.path} of ${params.bundle}`;
  const paths = 'generation' in params ? (generations.get(params.generation)?.paths ?? []) : [];
  const trace = paths.length === 0 ? 'the trace' : paths.map(fileName).join(', ');
  const part = 'segment' in params ? ` (part ${params.segment + 1})` : '';
  return `${verbs[name]} ${trace}${part}`;
}

const verbs: Readonly<Record<TaskName, string>> = {
  index: 'reading',
  readReport: 'looking for names in the report of',
  readPart: 'reading a part of the bundle of',
  order: 'ordering the events of',
  scan: 'filtering',
  match: 'filtering rows of',
  examine: 'looking through the packets of',
  follow: 'following the connections of',
  readNbls: 'reading the NBL events of',
  gather: 'gathering the sightings of packets of',
  link: 'linking the paths of',
  judge: 'judging the connection attempts of',
  choose: 'choosing the packets of',
  collect: 'collecting rows of',
  sortKeys: 'reading a column of',
  rankKeys: 'ordering the values of a column of',
  sortRows: 'sorting rows of',
  groupRows: 'counting rows of',
  findTroubles: 'looking for drops and errors in',
  countPackets: 'counting the packets of',
  packetPortion: 'exporting packets of',
  gatherNames: 'looking for names in',
  formatRows: 'exporting rows of',
  rowGroups: 'exporting rows of',
};

function rangeInWords(range: ReadRange): string {
  const { from, to } = boundsOf(range);
  return `bytes ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
}

/** Offsets in the file between which a range lies; of a capture file's range the end is roughly told. */
export function boundsOf(range: ReadRange): { from: number; to: number } {
  if (range.format === 'etl') return { from: range.buffers.from, to: range.buffers.to };
  const { position, bytes } = range.records;
  return { from: position, to: position + bytes };
}

/** Why a worker ended, from what Node tells: an error, or the code it exited with. */
export function reasonInWords(cause: Error | number): string {
  if (typeof cause === 'number') return `it ended with code ${cause}`;
  const isMemory = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? 'it ran out of memory' : cause.message;
}

/** What everybody is told of lost workers; several that are lost in one go are told together. */
export function lossNotice(losses: readonly WorkerLoss[]): EngineNotice {
  const [first, ...others] = losses;
  const heading =
    others.length === 0
      ? 'A worker of the engine was lost and replaced'
      : `${losses.length} workers of the engine were lost and replaced`;
  const work = first.work === undefined ? 'It had nothing to do' : `It was ${first.work}`;
  const last = losses.at(-1) ?? first;
  return {
    heading,
    detail: `${work} when ${first.reason}. ${outcomeWords[last.outcome]} No file was changed, and nothing that was saved is lost.`,
  };
}

const outcomeWords: Readonly<Record<WorkerLoss['outcome'], string>> = {
  again: 'Another worker does that work again.',
  whole: 'That work is begun anew.',
  'given up': 'The work was tried often enough and is given up: see what the trace says of itself.',
  nothing: 'There is no work to be done again.',
};

/** Tells of lost workers: of the first at once, of those that follow soon together, so that nobody is flooded. */
export class LossTeller {
  private readonly tell: (notice: EngineNotice) => void;
  private readonly pause: number;
  private waiting: WorkerLoss[] = [];
  private isPausing = false;

  /** `pause` in milliseconds. */
  constructor(tell: (notice: EngineNotice) => void, pause = 3000) {
    this.tell = tell;
    this.pause = pause;
  }

  add(loss: WorkerLoss): void {
    if (this.isPausing) {
      this.waiting.push(loss);
      return;
    }
    this.tell(lossNotice([loss]));
    this.isPausing = true;
    setTimeout(() => {
      this.flush();
    }, this.pause).unref();
  }

  private flush(): void {
    this.isPausing = false;
    const losses = this.waiting;
    this.waiting = [];
    if (losses.length > 0) this.tell(lossNotice(losses));
  }
}
