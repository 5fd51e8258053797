import { rowOf } from '../trace/order.ts';
import type { Segment } from '../trace/segment.ts';
import { lastNotAbove } from '../trace/trace-columns.ts';
import {
  addRow,
  addRows,
  everyRow,
  hasRow,
  hasRowBetween,
  intersection,
  isEmpty,
  keepBetween,
  noRows,
  without,
  type RowSet,
} from './bitset.ts';
import { scanColumn } from './column-scan.ts';
import type { Logic } from './logic.ts';
import { readsBytesOnly, type MessageTest } from './message-test.ts';
import type { FilterPlan } from './plan.ts';
import { contains, upTo, type Ranges } from './ranges.ts';
import {
  planForSegment,
  type EventScan,
  type ForeignPackets,
  type SegmentPlace,
  type SegmentPlan,
} from './segment-plan.ts';

/** Whoever reads messages again, to answer what no column does. Events are numbered inside the segment. */
export interface MessageReader {
  passes(test: MessageTest, segmentNumber: number, event: number): boolean;
  /**
   * Whether no event of a buffer passes, as its bytes as a whole tell, but for events whose packet came in several. Asked
   * only where the test reads bytes alone.
   */
  excludesBuffer(test: MessageTest, segmentNumber: number, buffer: number): boolean;
}

/**
 * The events of the segment, of those in `within`, that the filter lets through: bit e of the words is event e, in file
 * order. Messages are read only where the columns leave the question open.
 */
export function scanSegment(
  plan: FilterPlan,
  place: SegmentPlace,
  within: RowSet = everyRow(place.columns.segments[place.number].events.length),
  messages?: MessageReader,
): RowSet {
  return scanPlanned(planForSegment(plan, place), place, within, messages);
}

/** As scanSegment, for who asks about the same segment again and again. */
export function scanPlanned(
  plan: SegmentPlan,
  place: SegmentPlace,
  within: RowSet,
  messages: MessageReader | undefined,
): RowSet {
  return evaluate(plan, within, (leaf, rows) => scanEvents(leaf, rows, place, messages));
}

type ScanLeaf<Leaf> = (leaf: Leaf, within: RowSet) => RowSet;

/** The rows of `within` for which the tree holds. Each child is asked only about rows that still matter. */
function evaluate<Leaf>(node: Logic<Leaf>, within: RowSet, scanLeaf: ScanLeaf<Leaf>): RowSet {
  switch (node.kind) {
    case 'constant':
      return node.value ? within : new Uint32Array(within.length);
    case 'not':
      return without(within, evaluate(node.child, within, scanLeaf));
    case 'and':
      return evaluateAll(node.children, within, scanLeaf);
    case 'or':
      return evaluateAny(node.children, within, scanLeaf);
    case 'leaf':
      return scanLeaf(node.leaf, within);
  }
}

function evaluateAll<Leaf>(children: readonly Logic<Leaf>[], within: RowSet, scanLeaf: ScanLeaf<Leaf>): RowSet {
  let left = within;
  for (const child of children) {
    if (isEmpty(left)) break;
    left = evaluate(child, left, scanLeaf);
  }
  return left;
}

function evaluateAny<Leaf>(children: readonly Logic<Leaf>[], within: RowSet, scanLeaf: ScanLeaf<Leaf>): RowSet {
  const found = new Uint32Array(within.length);
  let left = within;
  for (const child of children) {
    if (isEmpty(left)) break;
    const matched = evaluate(child, left, scanLeaf);
    addRows(found, matched);
    left = without(left, matched);
  }
  return found;
}

function scanEvents(leaf: EventScan, within: RowSet, place: SegmentPlace, messages: MessageReader | undefined): RowSet {
  const segment = place.columns.segments[place.number];
  switch (leaf.kind) {
    case 'column':
      return scanColumn(leaf, within);
    case 'ticks':
      return scanTicks(segment.events.tick, leaf, within);
    case 'rows':
      return scanRows(leaf.ranges, within, place);
    case 'message':
      if (!messages) throw new Error('this filter needs somebody who reads messages');
      return keepRows(inQuestion(leaf.test, within, place, messages), (event) =>
        messages.passes(leaf.test, place.number, event),
      );
    case 'carries':
      return scanPackets(leaf, within, segment);
  }
}

function scanPackets(leaf: Extract<EventScan, { kind: 'carries' }>, within: RowSet, segment: Segment): RowSet {
  const packets = packetsOf(within, segment);
  const matched = evaluate(leaf.plan, packets, scanColumn);
  const wanted = leaf.otherwise ? without(packets, matched) : matched;
  const events = eventsOf(wanted, segment);
  for (const foreign of leaf.foreign) addForeignEvents(events, foreign, !leaf.otherwise);
  return leaf.otherwise ? without(within, events) : intersection(within, events);
}

/** At least the packets that the events carry; all of the segment's when the events are many. */
function packetsOf(within: RowSet, segment: Segment): RowSet {
  const { packets, continuations } = segment;
  const first = within.findIndex((word) => word !== 0);
  const last = within.findLastIndex((word) => word !== 0);
  if (first < 0) return noRows(packets.length);
  if ((last - first) * 2 > within.length) return everyRow(packets.length);
  const found = noRows(packets.length);
  const from = lastNotAbove(packets.event, first * 32 - 1, packets.length) + 1;
  const to = lastNotAbove(packets.event, last * 32 + 31, packets.length);
  for (let packet = from; packet <= to; packet++) addRow(found, packet);
  for (let row = 0; row < continuations.length; row++) {
    if (hasRow(within, continuations.event[row])) addRow(found, continuations.packet[row]);
  }
  return found;
}

function scanTicks(
  ticks: Float64Array,
  { lows, highs }: { readonly lows: Float64Array; readonly highs: Float64Array },
  within: RowSet,
): RowSet {
  return keepRows(within, (event) => {
    const tick = ticks[event];
    for (let range = 0; range < lows.length; range++) if (tick >= lows[range] && tick <= highs[range]) return true;
    return false;
  });
}

/** Rows of the time order: few are looked up, of many each event is asked for its own. */
function scanRows(ranges: Ranges, within: RowSet, { columns, number, order }: SegmentPlace): RowSet {
  const base = columns.bases[number];
  const inReach = upTo(ranges, BigInt(order.length - 1));
  const count = inReach.reduce((sum, [low, high]) => sum + high - low + 1n, 0n);
  if (count > mostRowsLookedUp) {
    return keepRows(within, (event) => contains(inReach, BigInt(rowOf(columns, order, base + event))));
  }
  const found = noRows(within.length * 32);
  const end = base + columns.segments[number].events.length;
  for (const [low, high] of inReach) {
    for (const event of order.subarray(Number(low), Number(high) + 1)) {
      if (event >= base && event < end && hasRow(within, event - base)) addRow(found, event - base);
    }
  }
  return found;
}
const mostRowsLookedUp = 4096n;

/** The events that have to be read one by one: a buffer that has the bytes nowhere is searched once. */
function inQuestion(test: MessageTest, within: RowSet, place: SegmentPlace, messages: MessageReader): RowSet {
  if (!readsBytesOnly(test)) return within;
  const segment = place.columns.segments[place.number];
  const { firstEvent, length } = segment.buffers;
  const left = within.slice();
  for (let buffer = 0; buffer < length; buffer++) {
    const from = firstEvent[buffer];
    const to = buffer + 1 < length ? firstEvent[buffer + 1] : segment.events.length;
    if (!hasRowBetween(left, from, to) || !messages.excludesBuffer(test, place.number, buffer)) continue;
    keepBetween(left, from, to, eventsOfJoinedPackets(segment));
  }
  return left;
}

const joined = new WeakMap<Segment, RowSet>();

/** Events of packets that came in several: what is looked for may lie across their border. */
function eventsOfJoinedPackets(segment: Segment): RowSet {
  let events = joined.get(segment);
  if (!events) {
    events = noRows(segment.events.length);
    const { packets, continuations, fragmentsElsewhere, fragmentsFromElsewhere } = segment;
    for (let row = 0; row < continuations.length; row++) {
      addRow(events, continuations.event[row]);
      addRow(events, packets.event[continuations.packet[row]]);
    }
    for (const { packet } of fragmentsElsewhere) addRow(events, packets.event[packet]);
    for (const { event } of fragmentsFromElsewhere) addRow(events, event);
    joined.set(segment, events);
  }
  return events;
}

function keepRows(within: RowSet, isKept: (row: number) => boolean): RowSet {
  const found = new Uint32Array(within.length);
  for (let word = 0; word < within.length; word++) {
    for (let bits = within[word]; bits !== 0; bits &= bits - 1) {
      const row = word * 32 + 31 - Math.clz32(bits & -bits);
      if (isKept(row)) addRow(found, row);
    }
  }
  return found;
}

/** Adds the fragments of other segments' packets that match the plan, or that do not. */
function addForeignEvents(events: RowSet, { plan, packetSegment, fragments }: ForeignPackets, matching: boolean): void {
  const packets = noRows(packetSegment.packets.length);
  for (const { packet } of fragments) addRow(packets, packet);
  const matched = evaluate(plan, packets, scanColumn);
  for (const { packet, event } of fragments) if (hasRow(matched, packet) === matching) addRow(events, event);
}

/** The events that carry the packets, or fragments of them. */
function eventsOf(packets: RowSet, segment: Segment): RowSet {
  const events = noRows(segment.events.length);
  const firstEvent = segment.packets.event;
  for (let word = 0; word < packets.length; word++) {
    for (let bits = packets[word]; bits !== 0; bits &= bits - 1) {
      addRow(events, firstEvent[word * 32 + 31 - Math.clz32(bits & -bits)]);
    }
  }
  const { packet, event, length } = segment.continuations;
  for (let index = 0; index < length; index++) {
    if (hasRow(packets, packet[index])) addRow(events, event[index]);
  }
  return events;
}
