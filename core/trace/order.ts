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

function groupedByStream(
  byStart: Uint32Array,
  streamOf: Int32Array,
  streams: number,
): Pick<OrderPlan, 'runOf' | 'starts'> {
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
  columns.segments.forEach(({ buffers, events, section }, number) => {
    const base = columns.bases[number];
    const { factor, offset } = columns.scales[section];
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
function addSortedPieces(
  tick: Float64Array,
  first: number,
  end: number,
  addRun: (first: number, end: number) => void,
): void {
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
function timeQuantiles(
  { events: total }: TraceColumns,
  { first, end, firstTime, lastTime }: OrderPlan,
  parts: number,
): number[] {
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
  const { events, section } = columns.segments[plan.segment[run]];
  const base = columns.bases[plan.segment[run]];
  const { factor, offset } = columns.scales[section];
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
  const heads = new StreamHeads(columns, plan, slice);
  const { count, event, time } = heads;
  // A tournament: winner[1] is the stream whose next event comes first, winner[n] the better of winner[2n], winner[2n + 1].
  const leaves = 2 ** Math.ceil(Math.log2(Math.max(2, count)));
  const winner = new Uint32Array(leaves * 2);
  const better = (a: number, b: number): number =>
    time[a] < time[b] || (time[a] === time[b] && event[a] < event[b]) ? a : b;
  for (let leaf = 0; leaf < leaves; leaf++) winner[leaves + leaf] = Math.min(leaf, count);
  for (let node = leaves - 1; node > 0; node--) winner[node] = better(winner[node * 2], winner[node * 2 + 1]);
  const end = slice.at + slice.count;
  for (let at = slice.at; at < end; at++) {
    const stream = winner[1];
    order[at] = event[stream];
    heads.advance(stream);
    for (let node = (leaves + stream) >> 1; node > 0; node >>= 1) {
      winner[node] = better(winner[node * 2], winner[node * 2 + 1]);
    }
  }
}

/** The row of an event in the finished order. */
export function rowOf(columns: TraceColumns, order: Uint32Array, event: number): number {
  const time = orderTime(columns, event);
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = orderTime(columns, order[middle]);
    if (other < time || (other === time && order[middle] < event)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function orderTime(columns: TraceColumns, event: number): number {
  const { segment, index } = columns.locate(event);
  const { factor, offset } = columns.scales[segment.section];
  return segment.events.tick[index] * factor + offset;
}

/** The next event of each stream inside a slice, as columns. The last entry is a stream that has nothing to give. */
class StreamHeads {
  readonly count: number;
  readonly event: Uint32Array;
  /** Infinity when the stream has no more events in the slice. */
  readonly time: Float64Array;

  private readonly columns: TraceColumns;
  private readonly plan: OrderPlan;
  private readonly slice: OrderSlice;
  /** Place in `plan.runOf` of each stream's next run. */
  private readonly nextPlace: Uint32Array;
  /** Of each stream's run: the number behind its last event in the slice, its ticks, and what makes them times. */
  private readonly end: Uint32Array;
  private readonly base: Uint32Array;
  private readonly factor: Float64Array;
  private readonly offset: Float64Array;
  private readonly tick: Float64Array[];

  constructor(columns: TraceColumns, plan: OrderPlan, slice: OrderSlice) {
    this.columns = columns;
    this.plan = plan;
    this.slice = slice;
    this.count = plan.starts.length - 1;
    this.event = new Uint32Array(this.count + 1);
    this.time = new Float64Array(this.count + 1).fill(Number.POSITIVE_INFINITY);
    this.nextPlace = plan.starts.slice();
    this.end = new Uint32Array(this.count);
    this.base = new Uint32Array(this.count);
    this.factor = new Float64Array(this.count);
    this.offset = new Float64Array(this.count);
    this.tick = Array.from({ length: this.count }, () => new Float64Array(0));
    for (let stream = 0; stream < this.count; stream++) this.nextRun(stream);
  }

  /** Moves a stream to its next event. */
  advance(stream: number): void {
    const next = ++this.event[stream];
    if (next < this.end[stream]) {
      this.time[stream] = this.tick[stream][next - this.base[stream]] * this.factor[stream] + this.offset[stream];
    } else this.nextRun(stream);
  }

  private nextRun(stream: number): void {
    const { columns, plan, slice } = this;
    while (this.nextPlace[stream] < plan.starts[stream + 1]) {
      const run = plan.runOf[this.nextPlace[stream]++];
      if (plan.lastTime[run] < slice.fromTime) continue;
      if (plan.firstTime[run] >= slice.toTime) break;
      const first =
        plan.firstTime[run] >= slice.fromTime ? plan.first[run] : firstAtOrAfter(columns, plan, run, slice.fromTime);
      const end = firstAtOrAfter(columns, plan, run, slice.toTime);
      if (first >= end) continue;
      const segment = columns.segments[plan.segment[run]];
      const { factor, offset } = columns.scales[segment.section];
      const base = columns.bases[plan.segment[run]];
      this.tick[stream] = segment.events.tick;
      this.base[stream] = base;
      this.end[stream] = end;
      this.factor[stream] = factor;
      this.offset[stream] = offset;
      this.event[stream] = first;
      this.time[stream] = segment.events.tick[first - base] * factor + offset;
      return;
    }
    this.time[stream] = Number.POSITIVE_INFINITY;
  }
}
