import type { TraceClock } from '../etl/clock.ts';
import { exportPcapng, type PcapngInterface, type PcapngResult } from '../export/pcapng-export.ts';
import { scanSegment } from '../filter/scan.ts';
import type { FilterPlan } from '../filter/plan.ts';
import { EventReader } from '../trace/event-reader.ts';
import { mergeSlice, type OrderPlan, type OrderSlice } from '../trace/order.ts';
import type { Segment } from '../trace/segment.ts';
import { nothingExpected, type ExpectedRows, type SegmentOrigin } from '../trace/segment-indexer.ts';
import { TraceColumns } from '../trace/trace-columns.ts';
import type { RangeReader, RangeResult, ReadRange } from '../trace/trace-format.ts';
import { formatOfRange } from '../trace/trace-formats.ts';
import { ViewRows } from '../trace/view-rows.ts';
import type { TextFormatName } from './contract.ts';
import type { EventDecoder } from './event-decoder.ts';
import { FileSink } from './file-sink.ts';
import { openFile, type FileSource } from './file-source.ts';
import { formattedRows } from './text-rows.ts';
import { decoderOf, type DecodingKnowledge } from './trace-schemas.ts';

/** The work that workers do, as plain data in and out. Every task can be told to stop. */
export interface Tasks {
  /** Reads one range of one file into a segment. */
  index: {
    params: { path: string; origin: SegmentOrigin; range: ReadRange };
    result: RangeResult;
  };
  /** Merges one slice of the time order into shared memory. */
  order: { params: { generation: GenerationId; plan: OrderPlan; slice: OrderSlice; order: Uint32Array }; result: null };
  /** Sets the bits of the events of some segments that a filter lets through. */
  scan: {
    params: { generation: GenerationId; plan: FilterPlan; from: number; to: number; bits: Uint32Array };
    result: null;
  };
  /** Rows of a part of the time order whose events have their bit set. */
  collect: { params: { order: Uint32Array; bits: Uint32Array; from: number; to: number }; result: Uint32Array };
  /** Writes a view's packets to a file. */
  exportPcapng: {
    params: {
      generation: GenerationId;
      order: Uint32Array;
      view: readonly Uint32Array[];
      viewLength: number;
      interfaces: PcapngInterface[];
      operatingSystem: string;
      target: string;
    };
    result: PcapngResult & { bytes: number };
  };
  /** Some rows as lines of text, in the order given. The workers must have been taught to decode the generation. */
  formatRows: {
    params: { generation: GenerationId; order: Uint32Array; rows: Uint32Array; format: TextFormatName };
    result: Uint8Array;
  };
}
export type TaskName = keyof Tasks;
export type GenerationId = number;

/** What a worker must know of a trace before it can order, scan or export: sent once to every worker. */
export interface Generation {
  readonly id: GenerationId;
  readonly paths: readonly string[];
  /** Of each section. */
  readonly clocks: readonly TraceClock[];
  /** Of each input, in steps of 100 ns. */
  readonly shifts: readonly number[];
  readonly segments: readonly Segment[];
}

/** How a running task tells how far it is, and learns that nobody wants it any more. */
export interface TaskContext {
  /** `done` in the task's own unit: bytes read, rows written; `extra` a second figure: bytes written. */
  progress(done: number, extra: number): void;
  isCancelled(): boolean;
}

export class TaskCancelled extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'Cancelled';
  }
}

interface KnownGeneration {
  readonly generation: Generation;
  readonly columns: TraceColumns;
  /** Kept while the generation is known, because one portion of rows follows another. */
  decoding?: { readonly decoder: EventDecoder; readonly reader: EventReader };
}

/** Runs tasks one after the other; keeps open files, known generations and working memory between them. */
export class TaskRunner {
  private readonly files = new Map<string, FileSource>();
  /** Sequential readers keep their buffers from range to range. */
  private readonly readers = new Map<string, RangeReader>();
  private readonly generations = new Map<GenerationId, KnownGeneration>();
  /** What the range before had, per byte of file: the next one will be much the same. */
  private expectedPerByte: ExpectedRows | undefined;

  learn(generation: Generation): void {
    this.generations.set(generation.id, {
      generation,
      columns: new TraceColumns(generation.segments, generation.clocks, generation.shifts),
    });
  }

  teach(id: GenerationId, knowledge: DecodingKnowledge): void {
    const known = this.known(id);
    known.decoding = { decoder: decoderOf(knowledge), reader: this.eventReader(known.generation, textCacheBytes) };
  }

  forget(id: GenerationId): void {
    this.generations.delete(id);
  }

  closeFiles(paths: readonly string[]): void {
    for (const path of paths) {
      this.files.get(path)?.close();
      this.files.delete(path);
      this.readers.delete(path);
    }
  }

  run<Name extends TaskName>(name: Name, params: Tasks[Name]['params'], context: TaskContext): Tasks[Name]['result'] {
    const task = this.tasks[name] as (params: Tasks[Name]['params'], context: TaskContext) => Tasks[Name]['result'];
    return task(params, context);
  }

  private readonly tasks: {
    [Name in TaskName]: (params: Tasks[Name]['params'], context: TaskContext) => Tasks[Name]['result'];
  } = {
    index: ({ path, origin, range }, context) => {
      const result = this.reader(path, range).read(origin, range, this.expectedRows(range), (bytesRead, events) => {
        context.progress(bytesRead, events);
        return context.isCancelled();
      });
      if (context.isCancelled()) throw new TaskCancelled();
      this.learnDensity(result.segment, range);
      return result;
    },
    order: ({ generation, plan, slice, order }) => {
      mergeSlice(this.known(generation).columns, plan, slice, order);
      return null;
    },
    scan: ({ generation, plan, from, to, bits }, context) => {
      const { columns } = this.known(generation);
      for (let number = from; number < to; number++) {
        if (context.isCancelled()) throw new TaskCancelled();
        bits.set(scanSegment(plan, columns.segments[number]), columns.bases[number] / 32);
      }
      return null;
    },
    collect: ({ order, bits, from, to }) => {
      const rows = new Uint32Array(to - from);
      let count = 0;
      for (let row = from; row < to; row++) {
        const event = order[row];
        rows[count] = row;
        count += (bits[event >>> 5] >>> (event & 31)) & 1;
      }
      return rows.slice(0, count);
    },
    exportPcapng: ({ generation, order, view, viewLength, interfaces, operatingSystem, target }, context) => {
      const known = this.known(generation);
      const sink = new FileSink(target);
      try {
        const result = exportPcapng({
          columns: known.columns,
          reader: this.eventReader(known.generation, exportCacheBytes),
          order,
          view: new ViewRows(view, viewLength),
          interfaces,
          operatingSystem,
          write: (bytes) => {
            sink.write(bytes);
          },
          progress: (rowsDone) => {
            context.progress(rowsDone, sink.written);
            if (context.isCancelled()) throw new TaskCancelled();
          },
        });
        sink.finish();
        return { ...result, bytes: sink.written };
      } catch (error) {
        sink.discard();
        throw error;
      }
    },
    formatRows: ({ generation, order, rows, format }) => {
      const { columns, decoding } = this.known(generation);
      if (!decoding) throw new Error(`this worker was not taught to decode generation ${generation}`);
      return encoder.encode(formattedRows({ columns, order, ...decoding }, rows, format));
    },
  };

  private eventReader({ paths }: Generation, cacheBytes: number): EventReader {
    return new EventReader(
      paths.map((path) => this.file(path)),
      cacheBytes,
    );
  }

  private expectedRows(range: ReadRange): ExpectedRows {
    const perByte = this.expectedPerByte;
    if (!perByte) return nothingExpected;
    const rows = (density: number): number => Math.ceil(bytesOf(range) * density * expectationMargin);
    return {
      buffers: rows(perByte.buffers),
      events: rows(perByte.events),
      packets: rows(perByte.packets),
      sightings: rows(perByte.sightings),
    };
  }

  private learnDensity({ buffers, events, packets, sightings }: Segment, range: ReadRange): void {
    const bytes = bytesOf(range);
    this.expectedPerByte = {
      buffers: buffers.length / bytes,
      events: events.length / bytes,
      packets: packets.length / bytes,
      sightings: sightings.length / bytes,
    };
  }

  private known(id: GenerationId): KnownGeneration {
    const known = this.generations.get(id);
    if (!known) throw new Error(`generation ${id} is not known to this worker`);
    return known;
  }

  private reader(path: string, range: ReadRange): RangeReader {
    let reader = this.readers.get(path);
    if (!reader) {
      reader = formatOfRange(range).rangeReader(this.file(path));
      this.readers.set(path, reader);
    }
    return reader;
  }

  private file(path: string): FileSource {
    let file = this.files.get(path);
    if (!file) {
      file = openFile(path);
      this.files.set(path, file);
    }
    return file;
  }
}

function bytesOf(range: ReadRange): number {
  return range.format === 'etl' ? range.buffers.to - range.buffers.from : range.records.bytes;
}

/** Room beyond the expectation, so that ranges a little denser than the last need no second allocation. */
const expectationMargin = 1.05;

const encoder = new TextEncoder();

/** Every worker has one: together they must not take more than a machine of many processors can spare. */
const textCacheBytes = 64 << 20;

/** Export walks a view in time order, that is through as many buffers at once as the machine has processors. */
const exportCacheBytes = 512 << 20;
