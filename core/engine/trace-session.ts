import { readFully } from '../base/byte-source.ts';
import { uniformBufferSize, uniformRanges, walkChain, type FileRange } from '../etl/buffer-chain.ts';
import { EtlFormatError, headSize, readLogFileHeader, type LogFileHeader } from '../etl/log-file-header.ts';
import { EventReader } from '../trace/event-reader.ts';
import { orderSlices, planOrder } from '../trace/order.ts';
import type { Problem, Segment } from '../trace/segment.ts';
import { TraceColumns } from '../trace/trace-columns.ts';
import type { OpenProgress, TraceId } from './contract.ts';
import { FileOpenError, openFile, type FileSource } from './file-source.ts';
import type { Generation, GenerationId } from './tasks.ts';
import { TraceSchemas } from './trace-schemas.ts';
import type { TaskPool } from './worker-pool.ts';

/** One file of a trace. */
export interface TraceInput {
  readonly path: string;
  readonly source: FileSource;
  readonly header: LogFileHeader;
}

/** What has been read of a trace at some moment, in time order. The last one covers everything. */
export interface OrderedTrace {
  readonly id: GenerationId;
  readonly columns: TraceColumns;
  /** Event numbers by time. */
  readonly order: Uint32Array;
  readonly complete: boolean;
}

const mostProblems = 1000;
/** Events the first rows are taken from: ordered in a moment, and more than anybody looks at. */
const firstRows = 1 << 17;
/** The first ranges are small, so that the first rows are there at once; then they double up to the full size. */
const firstRangeBytes = 1 << 20;
const fullRangeBytes = 32 << 20;
const smallestFullRange = 4 << 20;
/** Ranges handed to the pool ahead of time, per worker: enough to keep it busy, few enough to let others in between. */
const rangesAhead = 3;
let lastGeneration = 0;

/** An opened trace: its files, what the workers have read of them, and the order of its events. */
export class TraceSession {
  readonly id: TraceId;
  readonly inputs: readonly TraceInput[];
  readonly reader: EventReader;
  readonly schemas = new TraceSchemas();
  readonly problems: Problem[] = [];
  complete = false;

  private readonly pool: TaskPool;
  /** Segments in file order; undefined where a worker is still reading. */
  private readonly segments: (Segment | undefined)[] = [];
  private readonly generations: OrderedTrace[] = [];
  private readonly ending = new AbortController();
  /** Everything is read and being ordered: no more provisional states. */
  private isOrdering = false;
  private provisional: Promise<void> | undefined;

  private constructor(id: TraceId, inputs: readonly TraceInput[], pool: TaskPool) {
    this.id = id;
    this.inputs = inputs;
    this.pool = pool;
    this.reader = new EventReader(
      inputs.map((input) => input.source),
      inputs.map((input) => input.header.pointerSize),
    );
  }

  /** Opens the files and reads their headers. Throws FileOpenError when one of them is no trace. */
  static open(id: TraceId, paths: readonly string[], pool: TaskPool): TraceSession {
    const inputs: TraceInput[] = [];
    try {
      for (const path of paths) inputs.push(openInput(path));
    } catch (error) {
      for (const input of inputs) input.source.close();
      throw error;
    }
    return new TraceSession(id, inputs, pool);
  }

  get size(): number {
    return this.inputs.reduce((sum, input) => sum + input.source.size, 0);
  }

  /** Reads everything, then orders it. Rejects with an error named Cancelled when the signal is aborted. */
  async index(onProgress: (progress: OpenProgress) => void, signal: AbortSignal | undefined): Promise<void> {
    const stop = AbortSignal.any([this.ending.signal, ...(signal ? [signal] : [])]);
    await this.readAll(onProgress, stop);
    this.isOrdering = true;
    onProgress(this.progress('ordering', this.size, this.eventsSoFar()));
    const segments = this.segmentsRead;
    for (const segment of segments) this.learnSchemas(segment);
    this.generations.push(await this.order(segments, true, stop));
    this.complete = true;
  }

  /**
   * The newest ordered state. While reading goes on, what the workers have delivered up to the first gap is ordered
   * when there is at least twice as much of it as last time, so that the work stays proportional to the trace.
   */
  async ordered(): Promise<OrderedTrace | undefined> {
    const { newest } = this;
    if (this.isOrdering || newest?.complete) return newest;
    this.provisional ??= this.orderProvisionally(newest?.columns.events ?? 0).finally(() => {
      this.provisional = undefined;
    });
    await this.provisional;
    return this.newest;
  }

  /** Orders what is there, but not much more than four times as much as before: early rows are to come early. */
  private async orderProvisionally(eventsBefore: number): Promise<void> {
    const gap = this.segments.indexOf(undefined);
    const ready: Segment[] = [];
    let events = 0;
    for (const segment of this.segments.slice(0, gap < 0 ? undefined : gap)) {
      if (!segment || events >= Math.max(firstRows, 4 * eventsBefore)) break;
      ready.push(segment);
      events += segment.events.length;
    }
    if (events === 0 || events < 2 * eventsBefore) return;
    const ordered = await this.order(ready, false, this.ending.signal);
    // The whole may have been ordered in the meantime: then this part of it comes too late.
    if (this.newest?.complete) this.pool.forget(ordered.id);
    else this.generations.push(ordered);
  }

  /** Lets go of states that no view is made of any more; the newest stays. */
  forgetAllBut(inUse: ReadonlySet<OrderedTrace | undefined>): void {
    const { newest } = this;
    for (const generation of [...this.generations]) {
      if (generation === newest || inUse.has(generation)) continue;
      this.generations.splice(this.generations.indexOf(generation), 1);
      this.pool.forget(generation.id);
    }
  }

  /** What the workers have delivered so far, in file order. */
  get segmentsRead(): readonly Segment[] {
    return this.segments.filter((segment) => segment !== undefined);
  }

  /** The newest ordered state that exists already. */
  get newest(): OrderedTrace | undefined {
    return this.generations.at(-1);
  }

  close(): void {
    this.ending.abort();
    for (const generation of this.generations) this.pool.forget(generation.id);
    this.pool.closeFiles(this.inputs.map((input) => input.path));
    for (const input of this.inputs) input.source.close();
  }

  private async readAll(onProgress: (progress: OpenProgress) => void, signal: AbortSignal): Promise<void> {
    const running = new Set<Promise<void>>();
    const bytesOfTask: number[] = [];
    const eventsOfTask: number[] = [];
    const report = (): void => {
      onProgress(this.progress('reading', sum(bytesOfTask), sum(eventsOfTask)));
    };
    for (const [input, { path, source, header }] of this.inputs.entries()) {
      for await (const range of this.ranges(source, input)) {
        signal.throwIfAborted();
        const place = this.segments.push(undefined) - 1;
        const task = this.pool
          .run(
            'index',
            { path, input, range, clock: header.clock },
            {
              signal,
              onProgress: (bytes, events) => {
                bytesOfTask[place] = bytes;
                eventsOfTask[place] = events;
                report();
              },
            },
          )
          .then(({ segment, problems }) => {
            this.segments[place] = segment;
            this.problems.push(...problems);
            bytesOfTask[place] = range.to - range.from;
            eventsOfTask[place] = segment.events.length;
            report();
          });
        const settled = task.finally(() => running.delete(settled));
        settled.catch(() => undefined);
        running.add(settled);
        if (running.size >= this.pool.size * rangesAhead) await Promise.race(running);
      }
    }
    await Promise.all(running);
    signal.throwIfAborted();
    this.limitProblems();
  }

  /** Ranges of one file. A chain of unequal buffers is walked in steps, letting other work in between. */
  private async *ranges(source: FileSource, input: number): AsyncGenerator<FileRange> {
    const share = Math.ceil(source.size / (this.pool.size * 4));
    const sizes = { first: firstRangeBytes, full: Math.min(fullRangeBytes, Math.max(smallestFullRange, share)) };
    const stride = uniformBufferSize(source, sizes.full);
    if (stride > 0) {
      yield* uniformRanges(source.size, stride, sizes);
      return;
    }
    for (const step of walkChain(source, sizes)) {
      if (step === undefined) await new Promise(setImmediate);
      else if ('range' in step) yield step.range;
      else this.problems.push({ offset: step.gap.offset, message: this.problemText(input, step.gap.message) });
    }
  }

  /** A file of rubbish has no end of problems; nobody reads more than these. */
  private limitProblems(): void {
    this.problems.sort((a, b) => a.offset - b.offset);
    const more = this.problems.length - mostProblems;
    if (more <= 0) return;
    const [{ offset }] = this.problems.splice(mostProblems);
    this.problems.push({ offset, message: `${more} more problems from offset ${offset} on are not listed.` });
  }

  private problemText(input: number, message: string): string {
    return this.inputs.length > 1 ? `${fileName(this.inputs[input].path)}: ${message}` : message;
  }

  private async order(segments: readonly Segment[], complete: boolean, signal: AbortSignal): Promise<OrderedTrace> {
    const clocks = this.inputs.map((input) => input.header.clock);
    const columns = new TraceColumns(segments, clocks);
    const generation: Generation = {
      id: ++lastGeneration,
      paths: this.inputs.map((input) => input.path),
      pointerSizes: this.inputs.map((input) => input.header.pointerSize),
      clocks,
      segments,
    };
    this.pool.learn(generation);
    const order = new Uint32Array(new SharedArrayBuffer(columns.events * 4));
    const plan = planOrder(columns);
    const slices = orderSlices(columns, plan, this.pool.size);
    await Promise.all(
      slices.map((slice) =>
        this.pool.run('order', { generation: generation.id, plan, slice, order }, { signal, urgent: true }),
      ),
    );
    return { id: generation.id, columns, order, complete };
  }

  private learnSchemas(segment: Segment): void {
    this.problems.push(...this.schemas.learnSegment(segment, this.reader));
  }

  private eventsSoFar(): number {
    return sum(this.segments.map((segment) => segment?.events.length ?? 0));
  }

  private progress(stage: OpenProgress['stage'], bytesRead: number, events: number): OpenProgress {
    return { trace: this.id, bytesRead, bytesTotal: this.size, events, stage };
  }
}

function openInput(path: string): TraceInput {
  const source = openFile(path);
  try {
    const head = new Uint8Array(Math.min(headSize, source.size));
    const length = readFully(source, 0, head, 0, head.length);
    return { path, source, header: readLogFileHeader(head.subarray(0, length)) };
  } catch (error) {
    source.close();
    if (error instanceof EtlFormatError) {
      throw new FileOpenError(
        `${fileName(path)}: ${error.message} Offset ${error.offset}. Hopscope reads ETL files from netsh trace, NetEventPacketCapture and pktmon.`,
      );
    }
    throw error;
  }
}

/** Last part of a path, on any system. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
