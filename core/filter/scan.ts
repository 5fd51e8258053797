import type { Segment } from '../trace/segment.ts';
import { addRow, addRows, everyRow, hasRow, intersection, isEmpty, noRows, without, type RowSet } from './bitset.ts';
import { scanColumn } from './column-scan.ts';
import type { Logic } from './logic.ts';
import type { FilterPlan } from './plan.ts';
import { planForSegment, type EventScan, type ForeignPackets } from './segment-plan.ts';

/** The events of the segment that the filter lets through: bit e of the words is event e, in file order. */
export function scanSegment(plan: FilterPlan, segment: Segment): RowSet {
  const events = everyRow(segment.events.length);
  return evaluate(planForSegment(plan, segment), events, (leaf, within) => scanEvents(leaf, within, segment));
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

function scanEvents(leaf: EventScan, within: RowSet, segment: Segment): RowSet {
  if (leaf.kind === 'column') return scanColumn(leaf, within);
  const packets = everyRow(segment.packets.length);
  const matched = evaluate(leaf.plan, packets, scanColumn);
  const wanted = leaf.otherwise ? without(packets, matched) : matched;
  const events = eventsOf(wanted, segment);
  for (const foreign of leaf.foreign) addForeignEvents(events, foreign, !leaf.otherwise);
  return leaf.otherwise ? without(within, events) : intersection(within, events);
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
