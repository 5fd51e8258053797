import { setMaxListeners } from 'node:events';
import { fileName } from '../base/file-name.ts';
import { filetimeOfTick } from '../etl/clock.ts';
import { CaptureFormatError } from '../capture-file/capture-context.ts';
import { EtlFormatError } from '../etl/log-file-header.ts';
import { EventReader } from '../trace/event-reader.ts';
import { joinSeams } from '../trace/seams.ts';
import { orderSlices, planOrder } from '../trace/order.ts';
import type { SessionHeader, TraceSection } from '../trace/section.ts';
import type { GapTotals, Problem, Segment } from '../trace/segment.ts';
import { TraceColumns } from '../trace/trace-columns.ts';
import type { TraceFormat } from '../trace/trace-format.ts';
import { foreignFormatOf, formatOf } from '../trace/trace-formats.ts';
import type { OpenProgress, TraceId, TraceInfo } from './contract.ts';
import { fileState, type FileState } from './file-changes.ts';
import { FileOpenError, openFile, type FileSource } from './file-source.ts';
import { SessionNames } from './names/session-names.ts';
import { TaskCancelled, type Generation, type GenerationId } from './tasks.ts';
import { TraceReading } from './trace-reading.ts';
import { TraceSchemas } from './trace-schemas.ts';
import type { TaskPool } from './worker-pool.ts';

/** One file of a trace. */
export interface TraceInput {
  readonly path: string;
  readonly source: FileSource;
  readonly format: TraceFormat;
  /** The file's first session header; `TraceSession.sections` has all. */
  readonly header: SessionHeader;
  /** As the file was when it was opened. */
  readonly opened: FileState | undefined;
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
let lastGeneration = 0;

/** An opened trace: its files, what the workers have read of them, and the order of its events. */
export class TraceSession {
  readonly id: TraceId;
  readonly inputs: readonly TraceInput[];
  readonly reader: EventReader;
  readonly schemas = new TraceSchemas();
  readonly names = new SessionNames();
  readonly problems: Problem[] = [];
  /** What was read beside its files. */
  companions: TraceInfo['companions'] = [];
  complete = false;

  private readonly pool: TaskPool;
  private readonly reading: TraceReading;
  private readonly generations: OrderedTrace[] = [];
  private readonly ending = new AbortController();
  /** Everything is read and being ordered: no more provisional states. */
  private isOrdering = false;
  private provisional: Promise<void> | undefined;
  private currentShifts: readonly number[];
  private shifting: Promise<void> = Promise.resolve();
  private readonly whole = new Milestone();

  private constructor(id: TraceId, inputs: readonly TraceInput[], pool: TaskPool) {
    this.id = id;
    this.inputs = inputs;
    this.pool = pool;
    // Every task under way listens, however many segments there are.
    setMaxListeners(0, this.ending.signal);
    this.reading = new TraceReading(inputs, pool);
    this.currentShifts = inputs.map(() => 0);
    this.reader = new EventReader(inputs.map((input) => input.source));
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

  /** The sections found so far, by their numbers. */
  get sections(): readonly TraceSection[] {
    return this.reading.sections;
  }

  /** What is added to the times of each input, in steps of 100 ns. */
  get shifts(): readonly number[] {
    return this.currentShifts;
  }

  /** FILETIME of the earliest start of the sections found so far, with their shifts. */
  get startTime(): bigint {
    return this.sections
      .map(({ header, input }) => header.clock.startTime + BigInt(this.currentShifts[input]))
      .reduce((earliest, time) => (time < earliest ? time : earliest));
  }

  /** FILETIME of a tick of a segment's clock, its input's shift included. */
  timeOfTick({ section, input }: Segment, tick: number): bigint {
    return filetimeOfTick(this.sections[section].header.clock, tick) + BigInt(this.currentShifts[input]);
  }

  /** Ranges that no worker survived. */
  get rangesLeftOut(): number {
    return this.reading.rangesLeftOut;
  }

  /** Of an input: bytes that lie in no segment's range, because no buffer stands there. */
  gapsBetweenRanges(input: number): GapTotals {
    return this.reading.gapsBetweenRanges(input);
  }

  /**
   * Moves all times of an input by steps of 100 ns, forward or, when negative, back, counted from what its clock says, and
   * orders the trace anew. While the trace is still being read, the shift is heeded when that ends.
   */
  async shift(input: number, hundredNanoseconds: number): Promise<void> {
    if (!Number.isSafeInteger(hundredNanoseconds)) throw new RangeError('A shift is a whole number of 100 ns steps.');
    this.currentShifts = this.currentShifts.with(input, hundredNanoseconds);
    if (!this.complete) return;
    this.shifting = this.shifting.catch(() => undefined).then(async () => this.orderWhole(this.ending.signal));
    await this.shifting;
  }

  /** Reads everything, then orders it. Rejects with an error named Cancelled when the signal is aborted. */
  async index(onProgress: (progress: OpenProgress) => void, signal: AbortSignal | undefined): Promise<void> {
    const stop = AbortSignal.any([this.ending.signal, ...(signal ? [signal] : [])]);
    await this.reading.readAll((bytes, events) => {
      onProgress(this.progress('reading', bytes, events));
    }, stop);
    this.isOrdering = true;
    const segments = this.segmentsRead;
    onProgress(this.progress('ordering', this.size, sum(segments.map((segment) => segment.events.length))));
    for (const input of this.inputs.keys()) this.addProblems(input, this.reading.problemsOf(input));
    for (const { input, ...problem } of joinSeams(segments, this.sections)) this.addProblems(input, [problem]);
    for (const segment of segments) {
      this.addProblems(segment.input, this.schemas.learnSegment(segment, this.reader));
    }
    this.addProblems(0, this.schemas.unfinished());
    this.limitProblems();
    await this.orderWhole(stop);
    this.complete = true;
    this.whole.reach();
  }

  /** The newest ordered state of everything; waits until there is one. Rejected when the trace is closed before. */
  async orderedWhole(): Promise<OrderedTrace> {
    await this.whole.reached;
    await this.shifting.catch(() => undefined);
    const { newest } = this;
    if (!newest) throw new Error('a trace that was read whole has an order');
    return newest;
  }

  /** Makes the newest generation, of everything there is. Shifts may be set meanwhile: then it is made again. */
  private async orderWhole(stop: AbortSignal): Promise<void> {
    for (;;) {
      const shifts = this.currentShifts;
      const ordered = await this.order(this.segmentsRead, true, stop);
      if (shifts === this.currentShifts) {
        this.generations.push(ordered);
        return;
      }
      this.pool.forget(ordered.id);
    }
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
    const ready: Segment[] = [];
    let events = 0;
    for (const segment of this.reading.segmentsInReach()) {
      if (events >= Math.max(firstRows, 4 * eventsBefore)) break;
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
    return this.reading.segments;
  }

  /** The newest ordered state that exists already. */
  get newest(): OrderedTrace | undefined {
    return this.generations.at(-1);
  }

  /** Aborted when the trace is closed. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  close(): void {
    this.ending.abort();
    this.whole.miss(new TaskCancelled());
    for (const generation of this.generations) this.pool.forget(generation.id);
    this.pool.closeFiles(this.inputs.map((input) => input.path));
    for (const input of this.inputs) input.source.close();
  }

  /** A file of rubbish has no end of problems; nobody reads more than these. */
  private limitProblems(): void {
    this.problems.sort((a, b) => a.offset - b.offset);
    const more = this.problems.length - mostProblems;
    if (more <= 0) return;
    const [{ offset }] = this.problems.splice(mostProblems);
    const message = `${more} more problems from offset ${offset} on are not listed.`;
    this.problems.push({ offset, message, kind: 'other' });
  }

  private addProblems(input: number, problems: readonly Problem[]): void {
    const file = this.inputs.length > 1 ? `${fileName(this.inputs[input].path)}: ` : '';
    for (const problem of problems) this.problems.push({ ...problem, message: file + problem.message });
  }

  private async order(segments: readonly Segment[], complete: boolean, signal: AbortSignal): Promise<OrderedTrace> {
    const clocks = this.sections.map((section) => section.header.clock);
    const shifts = this.currentShifts;
    const columns = new TraceColumns(segments, clocks, shifts);
    const generation: Generation = {
      id: ++lastGeneration,
      paths: this.inputs.map((input) => input.path),
      clocks,
      shifts,
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

  private progress(stage: OpenProgress['stage'], bytesRead: number, events: number): OpenProgress {
    return { trace: this.id, bytesRead, bytesTotal: this.size, events, stage };
  }
}

/** Something that many may wait for; it is reached or missed once. */
class Milestone {
  readonly reached: Promise<void>;
  reach!: () => void;
  miss!: (reason: Error) => void;

  constructor() {
    this.reached = new Promise((resolve, reject) => {
      this.reach = resolve;
      this.miss = reject;
    });
    // Nobody need wait for it.
    this.reached.catch(() => undefined);
  }
}

function openInput(path: string): TraceInput {
  // Before anything is read: what is written meanwhile counts as a change.
  const opened = fileState(path);
  const source = openFile(path);
  try {
    const format = formatOf(source);
    return { path, source, format, header: format.readHeader(source, 0), opened };
  } catch (error) {
    const reason = whyUnreadable(error, source);
    source.close();
    throw reason === undefined ? error : new FileOpenError(`${fileName(path)}: ${reason} ${whatIsRead}`);
  }
}

const whatIsRead =
  'Hopscope reads ETL files from netsh trace, NetEventPacketCapture and pktmon, and pcapng, pcap and NetMon .cap captures.';

/** What is wrong with a file that no format reads, in words; undefined when the trouble is another. */
function whyUnreadable(error: unknown, source: FileSource): string | undefined {
  if (!(error instanceof EtlFormatError) && !(error instanceof CaptureFormatError)) return undefined;
  const foreign = foreignFormatOf(source);
  return foreign === undefined ? `${error.message} Offset ${error.offset}.` : `This is ${foreign}.`;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
