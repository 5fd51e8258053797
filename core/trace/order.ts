import type { TraceColumns } from './trace-columns.ts';

/**
 * Time order. Events are sorted inside a buffer (one processor wrote it), buffers are not sorted among themselves, and
 * a merged file may hold one buffer per processor that covers the whole capture. So buffers are strung into streams
 * that are sorted by themselves, and the streams are merged. Ties keep file order.
 */

/**
 * How a trace's events fall into sorted streams. A run is a sorted stretch of events, mostly a buffer: numbers
 * first[r]..end[r] of the trace's event space. Stream s is the runs runOf[starts[s]] .. runOf[starts[s + 1] - 1], none
 * starting before the one in front ended. Plain columns, because every worker gets a copy.
 */
export interface OrderPlan {
  readonly segment: Uint32Array;
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
  readonly runOf: Uint32Array;
  readonly starts: Uint32Array;
}

type Runs = Omit<OrderPlan, 'runOf' | 'starts'>;

/** Cuts a trace into as few sorted streams as its buffers allow: a stream takes the next run once its last has ended. */
export function planOrder(columns: TraceColumns): OrderPlan {
  const runs = runsOf(columns);
  const { first, firstTime, lastTime } = runs;
  const byStart = sortedBy(firstTime, first);
  const byEnd = sortedBy(lastTime, first);
  const streamOf = new Int32Array(first.length).fill(-1);
  const free: number[] = [];
  let streams = 0;
  let ended = 0;
  for (const run of byStart) {
    for (; ended < byEnd.length && endsBefore(runs, byEnd[ended], run); ended++) {
      const stream = streamOf[byEnd[ended]];
      if (stream < 0) break;
      free.push(stream);
    }
    streamOf[run] = free.pop() ?? streams++;
  }
  return { ...runs, ...groupedByStream(byStart, streamOf, streams) };
}

/** Numbers 0..n sorted by a column, ties by another. */
function sortedBy(column: Float64Array, ties: Uint32Array): Uint32Array {
  return Uint32Array.from(column, (_, index) => index).sort((a, b) => column[a] - column[b] || ties[a] - ties[b]);
}

/** At a tie the earlier run must also lie earlier in the file, because ties keep file order. */
function endsBefore({ first, end, firstTime, lastTime }: Runs, run: number, next: number): boolean {
  return lastTime[run] < firstTime[next] || (lastTime[run] === firstTime[next] && end[run] <= first[next]);
}

function groupedByStream(byStart: Uint32Array, streamOf: Int32Array, streams: number): Pick<OrderPlan, 'runOf' | 'starts'> {
  const starts = new Uint32Array(streams + 1);
  for (const stream of streamOf) starts[stream + 1]++;
  for (let stream = 0; stream < streams; stream++) starts[stream + 1] += starts[stream];
  const next = starts.slice();
  const runOf = new Uint32Array(byStart.length);
  for (const run of byStart) runOf[next[streamOf[run]]++] = run;
  return { runOf, starts };
}

function runsOf(columns: TraceColumns): Runs {
  const segments: number[] = [];
  const firsts: number[] = [];
  const ends: number[] = [];
  const firstTimes: number[] = [];
  const lastTimes: number[] = [];
  columns.segments.forEach(({ buffers, events, input }, number) => {
    const base = columns.bases[number];
    const { factor, offset } = columns.scales[input];
    const addRun = (first: number, end: number): void => {
      segments.push(number);
      firsts.push(base + first);
      ends.push(base + end);
      firstTimes.push(events.tick[first] * factor + offset);
      lastTimes.push(events.tick[end - 1] * factor + offset);
    };
    for (let row = 0; row < buffers.length; row++) {
      const first = buffers.firstEvent[row];
      const end = row + 1 < buffers.length ? buffers.firstEvent[row + 1] : events.length;
      if (first === end) continue;
      if (buffers.unsorted[row] === 0) addRun(first, end);
      else addSortedPieces(events.tick, first, end, addRun);
    }
  });
  return {
    segment: Uint32Array.from(segments),
    first: Uint32Array.from(firsts),
    end: Uint32Array.from(ends),
    firstTime: Float64Array.from(firstTimes),
    lastTime: Float64Array.from(lastTimes),
  };
}

/** The sorted pieces of an unsorted buffer. */
function addSortedPieces(tick: Float64Array, first: number, end: number, addRun: (first: number, end: number) => void): void {
  let start = first;
  for (let event = first + 1; event < end; event++) {
    if (tick[event] >= tick[event - 1]) continue;
    addRun(start, event);
    start = event;
  }
  addRun(start, end);
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
export function orderSlices(columns: TraceColumns, plan: OrderPlan, parts: number): OrderSlice[] {
  const borders = [Number.NEGATIVE_INFINITY, ...timeQuantiles(columns, plan, parts), Number.POSITIVE_INFINITY];
  const slices: OrderSlice[] = [];
  let at = 0;
  for (let part = 0; part + 1 < borders.length; part++) {
    const [fromTime, toTime] = [borders[part], borders[part + 1]];
    const count = eventsBefore(columns, plan, toTime) - at;
    if (count > 0) slices.push({ fromTime, toTime, at, count });
    at += count;
  }
  return slices;
}

/** Times that cut the trace into parts of about equal numbers of events, judged by whole runs. */
function timeQuantiles({ events: total }: TraceColumns, { first, end, firstTime, lastTime }: OrderPlan, parts: number): number[] {
  const borders: number[] = [];
  let seen = 0;
  for (const run of sortedBy(firstTime, first)) {
    const size = end[run] - first[run];
    while (borders.length < parts - 1 && seen + size > (total * (borders.length + 1)) / parts) {
      const share = ((total * (borders.length + 1)) / parts - seen) / size;
      borders.push(firstTime[run] + (lastTime[run] - firstTime[run]) * share);
    }
    seen += size;
  }
  return borders.filter((border, index) => index === 0 || border > borders[index - 1]);
}

function eventsBefore(columns: TraceColumns, plan: OrderPlan, time: number): number {
  let count = 0;
  for (let run = 0; run < plan.first.length; run++) {
    if (plan.firstTime[run] < time) count += firstAtOrAfter(columns, plan, run, time) - plan.first[run];
  }
  return count;
}

/** Number of the run's first event at or after a time; the run's end when there is none. */
function firstAtOrAfter(columns: TraceColumns, plan: OrderPlan, run: number, time: number): number {
  if (plan.lastTime[run] < time) return plan.end[run];
  const { events, input } = columns.segments[plan.segment[run]];
  const base = columns.bases[plan.segment[run]];
  const { factor, offset } = columns.scales[input];
  let low = plan.first[run];
  let high = plan.end[run];
  while (low < high) {
    const middle = low + ((high - low) >>> 1);
    if (events.tick[middle - base] * factor + offset < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Merges one slice into `order`: event numbers by time, ties by event number. */
export function mergeSlice(columns: TraceColumns, plan: OrderPlan, slice: OrderSlice, order: Uint32Array): void {
  const heads = Array.from({ length: plan.starts.length - 1 }, (_, stream) => new StreamHead(columns, plan, stream, slice)).filter(
    (head) => head.isAlive,
  );
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
  private readonly plan: OrderPlan;
  private readonly slice: OrderSlice;
  /** Place in `plan.runOf` of the next run, and behind the stream's last. */
  private nextPlace: number;
  private readonly endPlace: number;
  private end = 0;
  private tick: Float64Array = new Float64Array(0);
  private base = 0;
  private factor = 1;
  private offset = 0;

  constructor(columns: TraceColumns, plan: OrderPlan, stream: number, slice: OrderSlice) {
    this.columns = columns;
    this.plan = plan;
    this.slice = slice;
    this.nextPlace = plan.starts[stream];
    this.endPlace = plan.starts[stream + 1];
    this.nextRun();
  }

  advance(): void {
    if (++this.event < this.end) this.time = this.tick[this.event - this.base] * this.factor + this.offset;
    else this.nextRun();
  }

  private nextRun(): void {
    const { columns, plan, slice } = this;
    while (this.nextPlace < this.endPlace) {
      const run = plan.runOf[this.nextPlace++];
      if (plan.lastTime[run] < slice.fromTime) continue;
      if (plan.firstTime[run] >= slice.toTime) break;
      this.event = plan.firstTime[run] >= slice.fromTime ? plan.first[run] : firstAtOrAfter(columns, plan, run, slice.fromTime);
      this.end = firstAtOrAfter(columns, plan, run, slice.toTime);
      if (this.event >= this.end) continue;
      const segment = columns.segments[plan.segment[run]];
      const { factor, offset } = columns.scales[segment.input];
      this.tick = segment.events.tick;
      this.base = columns.bases[plan.segment[run]];
      this.factor = factor;
      this.offset = offset;
      this.time = this.tick[this.event - this.base] * factor + offset;
      return;
    }
    this.isAlive = false;
  }
}
