import type { ByteBuilder } from '../base/byte-builder.ts';
import type { TraceClock } from '../etl/clock.ts';
import { keepChosen, type PacketChoice } from '../diagnosis/choice.ts';
import { packetBases, type DiagnosisWork, type FindingTable } from '../diagnosis/columns.ts';
import { ConnectionTracker, type TrackerState } from '../diagnosis/connection-tracker.ts';
import { examineSegment } from '../diagnosis/examine-segment.ts';
import type { GlobalNumbers } from '../diagnosis/places.ts';
import { TraceDiagnosis } from '../diagnosis/trace-diagnosis.ts';
import { findTroubles, type TroubleBits, type TroubleCounts } from '../diagnosis/troubles.ts';
import {
  countPackets,
  packetPortion,
  type PacketCount,
  type PacketExportPlan,
  type PacketPortion,
  type PacketSource,
  type Remarks,
} from '../export/packets/portion.ts';
import type { RowGroup } from '../export/parquet/row-group.ts';
import { rowsBetween } from '../filter/bitset.ts';
import { needsOf, type FilterPlan } from '../filter/plan.ts';
import { MessageEvaluation } from '../filter/message-evaluation.ts';
import { matchingRows } from '../filter/row-match.ts';
import { scanSegment } from '../filter/scan.ts';
import type { SegmentPlace } from '../filter/segment-plan.ts';
import { gatherSightings } from '../path/gather.ts';
import { Linker, type LinkState } from '../path/linker.ts';
import { readNbls } from '../path/read-nbls.ts';
import type { PathWork, SegmentNbls } from '../path/sighting-table.ts';
import { Judge, type Sides, type VerdictTable } from '../path/verdicts.ts';
import { EventReader } from '../trace/event-reader.ts';
import { mergeSlice, type OrderPlan, type OrderSlice } from '../trace/order.ts';
import type { Segment } from '../trace/segment.ts';
import { nothingExpected, type ExpectedRows, type SegmentOrigin } from '../trace/segment-indexer.ts';
import { TraceColumns } from '../trace/trace-columns.ts';
import type { RangeReader, RangeResult, ReadRange } from '../trace/trace-format.ts';
import { formatOfRange } from '../trace/trace-formats.ts';
import type { TextFormatName } from './contract.ts';
import type { EventText } from '../export/text/event-text.ts';
import type { ColumnPlan } from './analysis/column-plan.ts';
import { ColumnReader, type ColumnSource } from './analysis/column-reader.ts';
import { groupRows, type RowGroups } from './analysis/row-groups.ts';
import { fillSortKeys, rankedKeys, replaceCodes } from './analysis/sort-keys.ts';
import { stableOrder } from './analysis/stable-order.ts';
import type { EventSpan } from './event-spans.ts';
import { openFile, type FileSource } from './file-source.ts';
import { MessageSource } from './message-source.ts';
import { buildEventText, type TextSource } from './event-text.ts';
import { readPart, type ReadPart } from './bundle/bundle-parts.ts';
import { readReport, type NetshReport } from './names/netsh-report.ts';
import { gatherSegmentNames, type SegmentNames } from './names/segment-names.ts';
import { formattedRows, rowGroups } from './text-rows.ts';
import { decoderOf, type DecodingKnowledge } from './trace-schemas.ts';

/** The work that workers do, as plain data in and out. Every task can be told to stop. */
export interface Tasks {
  /** Looks for names in the report that lies beside a trace. */
  readReport: { params: { path: string }; result: NetshReport };
  /** Makes names or layouts of a part of a bundle; `bundle` and `path` are for showing. */
  readPart: { params: { bundle: string; path: string; bytes: Uint8Array }; result: ReadPart };
  /** Reads one range of one file into a segment. */
  index: {
    params: { path: string; origin: SegmentOrigin; range: ReadRange };
    result: RangeResult;
  };
  /** Merges one slice of the time order into shared memory. */
  order: { params: { generation: GenerationId; plan: OrderPlan; slice: OrderSlice; order: Uint32Array }; result: null };
  /**
   * Sets the bits of events in some spans that a filter lets through. Where the plan decodes messages, the workers must have
   * been taught to decode the generation.
   */
  scan: {
    params: {
      generation: GenerationId;
      plan: FilterPlan;
      spans: readonly EventSpan[];
      order: Uint32Array;
      found: FindingTable | null;
      bits: Uint32Array;
    };
    result: null;
  };
  /** Of some rows, those that a filter lets through, in the order given. As for `scan`. */
  match: {
    params: {
      generation: GenerationId;
      plan: FilterPlan;
      rows: Uint32Array;
      order: Uint32Array;
      found: FindingTable | null;
    };
    result: Uint32Array;
  };
  /** Reads the frames of a segment again for what the diagnosis needs of them, into shared memory. */
  examine: {
    params: { generation: GenerationId; segment: number; work: DiagnosisWork; numbers: GlobalNumbers };
    result: null;
  };
  /** Follows a share of the connections through a part of the time order; the next part needs the state it gives. */
  follow: {
    params: {
      generation: GenerationId;
      order: Uint32Array;
      work: DiagnosisWork;
      numbers: GlobalNumbers;
      state: TrackerState;
      from: number;
      to: number;
    };
    /** `followed`: packets of the share in this part. */
    result: { state: TrackerState; followed: number };
  };
  /** Reads what the VmSwitch events of a segment say of NBLs. */
  readNbls: { params: { generation: GenerationId; segment: number }; result: SegmentNbls };
  /** Fills the sightings of a segment, into shared memory. */
  gather: { params: { generation: GenerationId; segment: number; work: PathWork }; result: null };
  /** Links the sightings of a part of the time order into paths; the next part needs the state it gives. */
  link: {
    params: {
      generation: GenerationId;
      order: Uint32Array;
      work: PathWork;
      state: LinkState;
      from: number;
      to: number;
    };
    result: LinkState;
  };
  /** Judges some connection attempts, into shared memory. */
  judge: {
    params: {
      generation: GenerationId;
      work: PathWork;
      state: LinkState;
      sides: Sides;
      verdicts: VerdictTable;
      from: number;
      to: number;
    };
    result: null;
  };
  /** Takes events of packets that are not wanted out of the bits of some segments. */
  choose: {
    params: {
      generation: GenerationId;
      choice: PacketChoice;
      found: FindingTable;
      from: number;
      to: number;
      bits: Uint32Array;
    };
    result: null;
  };
  /** Sets the bits of a segment's drops and errors, `found` telling what the diagnosis says, where there is one. */
  findTroubles: {
    params: { generation: GenerationId; segment: number; found: FindingTable | null; bits: TroubleBits };
    result: TroubleCounts;
  };
  /**
   * Rows of a part of the time order whose events have their bit set, up to the first event that has not been scanned yet:
   * `scanned` has a byte for each word of bits. `reached` is that event's row, or `to`.
   */
  collect: {
    params: { order: Uint32Array; bits: Uint32Array; scanned: Uint8Array; from: number; to: number };
    result: { rows: Uint32Array; reached: number };
  };
  /** Counts the packets of some rows by interface. */
  countPackets: { params: { generation: GenerationId; order: Uint32Array; rows: Uint32Array }; result: PacketCount };
  /**
   * The packets of some rows as records of a file, in the order given. Where the plan wants events too, the workers must
   * have been taught to decode the generation.
   */
  packetPortion: {
    params: {
      generation: GenerationId;
      order: Uint32Array;
      rows: Uint32Array;
      plan: PacketExportPlan;
      remarks: Remarks;
    };
    result: PacketPortion;
  };
  /** Events of a segment that name NICs, ports and switches, at most `mostEvents` of which are read. */
  gatherNames: { params: { generation: GenerationId; segment: number; mostEvents: number }; result: SegmentNames };
  /** Some rows as lines of text, in the order given. The workers must have been taught to decode the generation. */
  formatRows: {
    params: { generation: GenerationId; order: Uint32Array; rows: Uint32Array; format: TextFormatName };
    result: Uint8Array;
  };
  /**
   * Fills the keys by which some rows are sorted, into shared memory. The result are order keys of what has codes there. The
   * workers must have been taught to decode the generation.
   */
  sortKeys: {
    params: { generation: GenerationId; order: Uint32Array; rows: Uint32Array; column: ColumnPlan; keys: Float64Array };
    result: string[];
  };
  /** The sort keys of values, by their order keys, each of which is given once. */
  rankKeys: { params: { orderKeys: readonly string[] }; result: Float64Array };
  /** Sorts rows by their keys, into shared memory; each portion's codes become the sort keys that `ranks` has for them. */
  sortRows: {
    params: {
      keys: Float64Array;
      portions: readonly { readonly from: number; readonly to: number; readonly ranks: Float64Array }[];
      rows: Uint32Array;
      descending: boolean;
      sorted: Uint32Array;
    };
    result: null;
  };
  /** Counts some rows by the values of columns. As for `sortKeys`. */
  groupRows: {
    params: { generation: GenerationId; order: Uint32Array; rows: Uint32Array; by: readonly ColumnPlan[] };
    result: RowGroups;
  };
  /** Some rows as row groups of a table, one for each input that has some. The workers must have been taught as well. */
  rowGroups: {
    params: { generation: GenerationId; order: Uint32Array; rows: Uint32Array; traces: readonly (string | null)[] };
    result: { input: number; group: RowGroup }[];
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
  reader?: EventReader;
  decoding?: Pick<TextSource, 'decoder' | 'componentNames' | 'diagnosis' | 'switchNames'>;
}

/** Runs tasks one after the other; keeps open files, known generations and working memory between them. */
export class TaskRunner {
  private readonly files = new Map<string, FileSource>();
  /** Sequential readers keep their buffers from range to range. */
  private readonly readers = new Map<string, RangeReader>();
  private readonly generations = new Map<GenerationId, KnownGeneration>();
  private readonly workshop: ByteBuilder[] = [];
  /** What filters search for stays prepared from one span of events to the next. */
  private readonly evaluation = new MessageEvaluation();
  /** Room for the rows of one `collect`: fresh memory costs more than what is done with it. */
  private collected = new Uint32Array(0);
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
    const { componentNames, switchNames } = knowledge;
    const diagnosis = knowledge.diagnosis && new TraceDiagnosis(knowledge.diagnosis, known.columns);
    known.decoding = { decoder: decoderOf(knowledge), componentNames, switchNames, diagnosis };
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
    readReport: ({ path }) => readReport(path),
    readPart: ({ bundle, path, bytes }) => readPart(bundle, path, bytes),
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
    scan: ({ generation, plan, spans, order, found, bits }, context) => {
      const { columns, messages, diagnosis } = this.filterSource({ generation, plan, order, found }, context);
      for (const { segment, from, to } of spans) {
        if (context.isCancelled()) throw new TaskCancelled();
        const within = rowsBetween(columns.segments[segment].events.length, from, to);
        const matched = scanSegment(plan, { columns, number: segment, order, diagnosis }, within, messages);
        const words = matched.subarray(from / 32, Math.ceil(to / 32));
        bits.set(words, (columns.bases[segment] + from) / 32);
      }
      return null;
    },
    match: ({ generation, plan, rows, order, found }, context) => {
      const { columns, messages, diagnosis } = this.filterSource({ generation, plan, order, found }, context);
      return matchingRows(plan, rows, { columns, order, diagnosis }, messages);
    },
    examine: ({ generation, segment, work, numbers }, context) => {
      const known = this.known(generation);
      const reader = this.eventReader(known);
      examineSegment(known.columns, reader, segment, work, numbers, (packets) => {
        context.progress(packets, 0);
        if (context.isCancelled()) throw new TaskCancelled();
      });
      return null;
    },
    gatherNames: ({ generation, segment, mostEvents }, context) => {
      const known = this.known(generation);
      let read = 0;
      return gatherSegmentNames(known.columns.segments[segment], this.eventReader(known), mostEvents, () => {
        if (++read % eventsPerCheck === 0 && context.isCancelled()) throw new TaskCancelled();
      });
    },
    follow: ({ generation, order, work, numbers, state, from, to }) => {
      const tracker = new ConnectionTracker(this.known(generation).columns, work, numbers, state);
      const followed = tracker.follow(order, from, to);
      if (to === order.length) tracker.finish();
      return { state, followed };
    },
    readNbls: ({ generation, segment }, context) => {
      const known = this.known(generation);
      return readNbls(known.columns.segments[segment], this.eventReader(known), (events) => {
        context.progress(events, 0);
        if (context.isCancelled()) throw new TaskCancelled();
      });
    },
    gather: ({ generation, segment, work }) => {
      gatherSightings(this.known(generation).columns, segment, work);
      return null;
    },
    link: ({ generation, order, work, state, from, to }) => {
      const linker = new Linker(this.known(generation).columns, work, state);
      linker.link(order, from, to);
      if (to === order.length) linker.finish();
      return state;
    },
    judge: ({ generation, work, state, sides, verdicts, from, to }) => {
      const { columns } = this.known(generation);
      new Judge(columns, work, state.attempts.table.columns, sides).judge(from, to, verdicts);
      return null;
    },
    choose: ({ generation, choice, found, from, to, bits }) => {
      const { columns } = this.known(generation);
      for (let number = from; number < to; number++) {
        const firstWord = columns.bases[number] / 32;
        const words = Math.ceil(columns.segments[number].events.length / 32);
        keepChosen(choice, columns, number, found, bits.subarray(firstWord, firstWord + words));
      }
      return null;
    },
    findTroubles: ({ generation, segment, found, bits }) =>
      findTroubles(this.known(generation).columns, segment, found, bits),
    collect: ({ order, bits, scanned, from, to }) => {
      if (to < from) throw new RangeError('the rows to collect end before they begin');
      if (this.collected.length < to - from) this.collected = new Uint32Array(to - from);
      const rows = this.collected;
      let count = 0;
      let row = from;
      for (; row < to; row++) {
        const event = order[row];
        if (scanned[event >>> 5] === 0) break;
        rows[count] = row;
        count += (bits[event >>> 5] >>> (event & 31)) & 1;
      }
      return { rows: rows.slice(0, count), reached: row };
    },
    countPackets: ({ generation, order, rows }) => countPackets(this.packetSource(generation, order), rows),
    packetPortion: ({ generation, order, rows, plan, remarks }) =>
      packetPortion(this.packetSource(generation, order), rows, plan, remarks),
    formatRows: ({ generation, order, rows, format }) =>
      encoder.encode(formattedRows(this.textSource(generation, order), rows, format)),
    rowGroups: ({ generation, order, rows, traces }) => rowGroups(this.textSource(generation, order), rows, traces),
    sortKeys: ({ generation, order, rows, column, keys }, context) =>
      fillSortKeys(new ColumnReader(column, this.columnSource(generation, order, context)), rows, keys),
    rankKeys: ({ orderKeys }) => rankedKeys(orderKeys),
    sortRows: ({ keys, portions, rows, descending, sorted }, context) => {
      const check = (): void => {
        if (context.isCancelled()) throw new TaskCancelled();
      };
      for (const { from, to, ranks } of portions) replaceCodes(keys.subarray(from, to), ranks);
      const positions = stableOrder(keys, descending, check);
      for (let place = 0; place < positions.length; place++) sorted[place] = rows[positions[place]];
      return null;
    },
    groupRows: ({ generation, order, rows, by }, context) => {
      const source = this.columnSource(generation, order, context);
      const readers = by.map((column) => new ColumnReader(column, source, { asFiltered: true }));
      return groupRows(readers, rows, source);
    },
  };

  /** What carrying out a plan takes; reading bytes alone needs no layouts. */
  private filterSource(
    { generation, plan, order, found }: Omit<Tasks['match']['params'], 'rows'>,
    context: TaskContext,
  ): { columns: TraceColumns; messages: MessageSource; diagnosis: SegmentPlace['diagnosis'] } {
    const known = this.known(generation);
    const { columns } = known;
    const decoding = known.decoding ?? withoutLayouts;
    const source = { columns, order, reader: this.eventReader(known), ...decoding };
    let read = 0;
    const messages = new MessageSource(source, this.evaluation, needsOf(plan).messageTests > 1, () => {
      if (++read % messagesPerCheck === 0 && context.isCancelled()) throw new TaskCancelled();
    });
    return { columns, messages, diagnosis: found ? { found, bases: packetBases(columns.segments) } : undefined };
  }

  private columnSource(id: GenerationId, order: Uint32Array, context: TaskContext): ColumnSource {
    const source = this.textSource(id, order);
    let read = 0;
    const messages = new MessageSource(source, this.evaluation, true, () => {
      if (++read % messagesPerCheck === 0 && context.isCancelled()) throw new TaskCancelled();
    });
    return { ...source, messages };
  }

  private packetSource(id: GenerationId, order: Uint32Array): PacketSource {
    const known = this.known(id);
    const text = (row: number): EventText => buildEventText(this.textSource(id, order), row);
    return { columns: known.columns, reader: this.eventReader(known), order, text, workshop: this.workshop };
  }

  private textSource(id: GenerationId, order: Uint32Array): TextSource {
    const known = this.known(id);
    if (!known.decoding) throw new Error(`this worker was not taught to decode generation ${id}`);
    return { columns: known.columns, order, reader: this.eventReader(known), ...known.decoding };
  }

  private eventReader(known: KnownGeneration): EventReader {
    const { paths, segments } = known.generation;
    known.reader ??= new EventReader(
      paths.map((path) => this.file(path)),
      cacheBytesFor(segments),
    );
    return known.reader;
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

const withoutLayouts = { decoder: decoderOf({ layouts: [], names: [] }) };
const messagesPerCheck = 64;
const eventsPerCheck = 4096;

function bytesOf(range: ReadRange): number {
  return range.format === 'etl' ? range.buffers.to - range.buffers.from : range.records.bytes;
}

/** Room beyond the expectation, so that ranges a little denser than the last need no second allocation. */
const expectationMargin = 1.05;

const encoder = new TextEncoder();

/** Every worker has a cache: together they must not take more than a machine of many processors can spare. */
const largestCache = 512 << 20;
const smallestCache = 16 << 20;

/** Neighbours in time lie in one buffer of each processor, and the next portion begins where the last one ended. */
function cacheBytesFor(segments: readonly Segment[]): number {
  let processors = 1;
  let largest = 0;
  for (const { buffers } of segments) {
    for (let buffer = 0; buffer < buffers.length; buffer++) {
      processors = Math.max(processors, buffers.processor[buffer] + 1);
      largest = Math.max(largest, buffers.filledSize[buffer]);
    }
  }
  return Math.min(largestCache, Math.max(smallestCache, 2 * processors * largest));
}
