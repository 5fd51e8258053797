import { timeScales, type TraceColumns } from './trace-columns.ts';

/**
 * Time order. Events are sorted inside a buffer (one processor wrote it), buffers are not sorted among themselves, and
 * a merged file may hold one buffer per processor that covers the whole capture. So buffers are strung into streams
 * that are sorted by themselves, and the streams are merged. Ties keep file order.
 */

/** A run of events in time order: numbers `first`..`end` of the trace's event space, and their time range. */
export interface Run {
  readonly segment: number;
  readonly first: number;
  readonly end: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** Runs one after the other, none starting before the one in front ended. */
export type Stream = readonly Run[];

/** Cuts a trace into as few sorted streams as its buffers allow: a stream takes the next run once its last has ended. */
export function streamsOf(columns: TraceColumns): Stream[] {
  const runs = runsOf(columns);
  const byStart = [...runs].sort((a, b) => a.firstTime - b.firstTime || a.first - b.first);
  const byEnd = [...runs].sort((a, b) => a.lastTime - b.lastTime || a.first - b.first);
  const streams: Run[][] = [];
  const streamOf = new Map<Run, Run[]>();
  const free: Run[][] = [];
  let ended = 0;
  for (const run of byStart) {
    for (; ended < byEnd.length && endsBefore(byEnd[ended], run); ended++) {
      const stream = streamOf.get(byEnd[ended]);
      if (!stream) break;
      free.push(stream);
    }
    let stream = free.pop();
    if (!stream) streams.push((stream = []));
    stream.push(run);
    streamOf.set(run, stream);
  }
  return streams;
}

/** At a tie the earlier run must also lie earlier in the file, because ties keep file order. */
function endsBefore(run: Run, next: Run): boolean {
  return run.lastTime < next.firstTime || (run.lastTime === next.firstTime && run.end <= next.first);
}

function runsOf(columns: TraceColumns): Run[] {
  const scales = timeScales(columns.clocks);
  const runs: Run[] = [];
  columns.segments.forEach((segment, number) => {
    const { buffers, events } = segment;
    const base = columns.bases[number];
    const { factor, offset } = scales[segment.input];
    for (let row = 0; row < buffers.length; row++) {
      const first = buffers.firstEvent[row];
      const end = row + 1 < buffers.length ? buffers.firstEvent[row + 1] : events.length;
      if (first === end) continue;
      const cuts = buffers.unsorted[row] === 1 ? sortedCuts(events.tick, first, end) : [first, end];
      for (let cut = 0; cut + 1 < cuts.length; cut++) {
        runs.push({
          segment: number,
          first: base + cuts[cut],
          end: base + cuts[cut + 1],
          firstTime: events.tick[cuts[cut]] * factor + offset,
          lastTime: events.tick[cuts[cut + 1] - 1] * factor + offset,
        });
      }
    }
  });
  return runs;
}

/** Borders of the sorted pieces of an unsorted buffer. */
function sortedCuts(tick: Float64Array, first: number, end: number): number[] {
  const cuts = [first];
  for (let event = first + 1; event < end; event++) if (tick[event] < tick[event - 1]) cuts.push(event);
  cuts.push(end);
  return cuts;
}

/** A part of the merge that can run by itself: all events with fromTime <= time < toTime. */
export interface OrderSlice {
  readonly fromTime: number;
  readonly toTime: number;
  /** Where the slice's events go in the order, and how many they are. */
  readonly at: number;
  readonly count: number;
}

/** Cuts the merge into `parts` slices of about equal size. */
export function orderSlices(columns: TraceColumns, streams: readonly Stream[], parts: number): OrderSlice[] {
  const borders = [Number.NEGATIVE_INFINITY, ...timeQuantiles(streams, parts), Number.POSITIVE_INFINITY];
  const slices: OrderSlice[] = [];
  let at = 0;
  for (let part = 0; part + 1 < borders.length; part++) {
    const [fromTime, toTime] = [borders[part], borders[part + 1]];
    const count = eventsBefore(columns, streams, toTime) - at;
    if (count > 0) slices.push({ fromTime, toTime, at, count });
    at += count;
  }
  return slices;
}

/** Times that cut the runs into parts of about equal numbers of events, judged by whole runs. */
function timeQuantiles(streams: readonly Stream[], parts: number): number[] {
  const runs = streams.flat().sort((a, b) => a.firstTime - b.firstTime);
  const total = runs.reduce((sum, run) => sum + run.end - run.first, 0);
  const borders: number[] = [];
  let seen = 0;
  for (const run of runs) {
    const size = run.end - run.first;
    while (borders.length < parts - 1 && seen + size > (total * (borders.length + 1)) / parts) {
      const share = ((total * (borders.length + 1)) / parts - seen) / size;
      borders.push(run.firstTime + (run.lastTime - run.firstTime) * share);
    }
    seen += size;
  }
  return borders.filter((border, index) => index === 0 || border > borders[index - 1]);
}

function eventsBefore(columns: TraceColumns, streams: readonly Stream[], time: number): number {
  let count = 0;
  for (const stream of streams) {
    for (const run of stream) {
      if (run.firstTime >= time) break;
      count += firstAtOrAfter(columns, run, time) - run.first;
    }
  }
  return count;
}

/** Number of the run's first event at or after a time; run.end when there is none. */
function firstAtOrAfter(columns: TraceColumns, run: Run, time: number): number {
  if (run.lastTime < time) return run.end;
  const { tick } = columns.segments[run.segment].events;
  const base = columns.bases[run.segment];
  const { factor, offset } = timeScales(columns.clocks)[columns.segments[run.segment].input];
  let low = run.first;
  let high = run.end;
  while (low < high) {
    const middle = low + ((high - low) >>> 1);
    if (tick[middle - base] * factor + offset < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Merges one slice into `order`: event numbers by time, ties by event number. */
export function mergeSlice(columns: TraceColumns, streams: readonly Stream[], slice: OrderSlice, order: Uint32Array): void {
  const heads = streams.map((stream) => new StreamHead(columns, stream, slice)).filter((head) => head.isAlive);
  let at = slice.at;
  if (heads.length > 1) at = mergeHeads(heads, order, at);
  if (heads.length > 0) drain(heads[0], order, at);
}

/**
 * Merges until one head is left, which is then heads[0]. A binary heap of heads; the top is advanced for as long as it
 * stays below its smaller child, so that long stretches of one processor cost one comparison an event.
 */
function mergeHeads(heads: StreamHead[], order: Uint32Array, start: number): number {
  let at = start;
  let size = heads.length;
  for (let parent = (size >> 1) - 1; parent >= 0; parent--) sink(heads, parent, size);
  while (size > 1) {
    const top = heads[0];
    const rival = size > 2 && comesBefore(heads[2], heads[1]) ? heads[2] : heads[1];
    do {
      order[at++] = top.event;
      top.advance();
    } while (top.isAlive && comesBefore(top, rival));
    if (!top.isAlive) heads[0] = heads[--size];
    sink(heads, 0, size);
  }
  return at;
}

function drain(head: StreamHead, order: Uint32Array, start: number): void {
  let at = start;
  while (head.isAlive) {
    order[at++] = head.event;
    head.advance();
  }
}

function comesBefore(a: StreamHead, b: StreamHead): boolean {
  return a.time < b.time || (a.time === b.time && a.event < b.event);
}

function sink(heads: StreamHead[], start: number, size: number): void {
  let parent = start;
  const moving = heads[parent];
  for (;;) {
    let child = parent * 2 + 1;
    if (child >= size) break;
    if (child + 1 < size && comesBefore(heads[child + 1], heads[child])) child++;
    if (!comesBefore(heads[child], moving)) break;
    heads[parent] = heads[child];
    parent = child;
  }
  heads[parent] = moving;
}

/** The next event of one stream inside a slice. */
class StreamHead {
  event = 0;
  time = 0;
  isAlive = true;

  private readonly columns: TraceColumns;
  private readonly stream: Stream;
  private readonly slice: OrderSlice;
  private runNumber = -1;
  private end = 0;
  private tick: Float64Array = new Float64Array(0);
  private base = 0;
  private factor = 1;
  private offset = 0;

  constructor(columns: TraceColumns, stream: Stream, slice: OrderSlice) {
    this.columns = columns;
    this.stream = stream;
    this.slice = slice;
    this.nextRun();
  }

  advance(): void {
    if (++this.event < this.end) this.time = this.tick[this.event - this.base] * this.factor + this.offset;
    else this.nextRun();
  }

  private nextRun(): void {
    const { columns, slice, stream } = this;
    while (++this.runNumber < stream.length) {
      const run = stream[this.runNumber];
      if (run.lastTime < slice.fromTime) continue;
      if (run.firstTime >= slice.toTime) break;
      const segment = columns.segments[run.segment];
      const scale = timeScales(columns.clocks)[segment.input];
      this.event = run.firstTime >= slice.fromTime ? run.first : firstAtOrAfter(columns, run, slice.fromTime);
      this.end = firstAtOrAfter(columns, run, slice.toTime);
      if (this.event >= this.end) continue;
      this.tick = segment.events.tick;
      this.base = columns.bases[run.segment];
      this.factor = scale.factor;
      this.offset = scale.offset;
      this.time = this.tick[this.event - this.base] * this.factor + this.offset;
      return;
    }
    this.isAlive = false;
  }
}
