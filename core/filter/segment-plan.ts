import type { FindingTable } from '../diagnosis/columns.ts';
import {
  componentKey,
  eventKindKey,
  keywordOf,
  type EventKind,
  type ForeignFragment,
  type Segment,
} from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { ColumnScan, NumberColumn, NumberTest } from './column-scan.ts';
import { guidNumber } from './field-values.ts';
import { constant, leafOf, not, replaceLeaves, type Logic } from './logic.ts';
import type { MessageTest } from './message-test.ts';
import {
  messageCost,
  rowCost,
  type EventTest,
  type FilterPlan,
  type KindProperty,
  type PacketForm,
  type PacketPlan,
  type PacketTest,
} from './plan.ts';
import { bigEndian, contains, upTo, type Range, type Ranges } from './ranges.ts';

/** A plan in one segment's own numbers. Parts that this segment cannot match are folded away. */
export type SegmentPlan = Logic<EventScan>;
export type EventScan =
  | ({ readonly kind: 'column' } & ColumnScan)
  /** The tick lies in one of the ranges: ascending lows, and the high of each. */
  | { readonly kind: 'ticks'; readonly lows: Float64Array; readonly highs: Float64Array }
  | { readonly kind: 'rows'; readonly ranges: Ranges }
  | { readonly kind: 'message'; readonly test: MessageTest }
  | {
      readonly kind: 'carries';
      readonly plan: Logic<ColumnScan>;
      readonly otherwise: boolean;
      readonly foreign: readonly ForeignPackets[];
    };

/** A segment in its trace, and what a plan may need besides its columns. */
export interface SegmentPlace {
  readonly columns: TraceColumns;
  /** Number of the segment. */
  readonly number: number;
  /** Event numbers by time. */
  readonly order: Uint32Array;
  /** What the diagnosis found, and the number of each segment's first packet in it. */
  readonly diagnosis?: { readonly found: FindingTable; readonly bases: Uint32Array } | undefined;
}

/** Packets of another segment that have fragments in this one: the same plan in that segment's numbers. */
export interface ForeignPackets {
  readonly plan: Logic<ColumnScan>;
  readonly packetSegment: Segment;
  readonly fragments: readonly ForeignFragment[];
}

export function planForSegment(plan: FilterPlan, place: SegmentPlace): SegmentPlan {
  return replaceLeaves(plan, (test) => eventScan(test, place));
}

function eventScan(test: EventTest, place: SegmentPlace): SegmentPlan {
  const segment = place.columns.segments[place.number];
  switch (test.kind) {
    case 'eventValue':
      return asEventScan(numberScan(segment.events[test.column], 0xffff_ffff, test.ranges));
    case 'eventKind':
      return kindScan(segment, (kind) => contains(test.ranges, kindValue(kind, test.property)));
    case 'eventKinds': {
      const keys = new Set(test.keys);
      return kindScan(segment, (kind) => keys.has(eventKindKey(kind)));
    }
    case 'eventTime':
      return tickScan(test.ranges, place);
    case 'eventRow':
      return leafOf({ kind: 'rows', ranges: test.ranges }, rowCost);
    case 'message':
      return leafOf({ kind: 'message', test: test.test }, messageCost(test.test));
    case 'carries':
      return carriedScan(test.plan, test.otherwise, place);
  }
}

function kindScan(segment: Segment, isWanted: (kind: EventKind) => boolean): SegmentPlan {
  const table = Uint8Array.from(segment.schemas, (kind) => Number(isWanted(kind)));
  if (table.every((match) => match === 1)) return constant(true);
  return asEventScan(lookupScan(segment.events.schema, table));
}

/** Times are ticks of the segment's clock: the lowest and the highest tick of each range. */
function tickScan(ranges: Ranges, { columns, number }: SegmentPlace): SegmentPlan {
  const segment = columns.segments[number];
  const ticks = ranges.map(([low, high]) => [
    lowestTick(columns, segment, low),
    lowestTick(columns, segment, high + 1n) - 1,
  ]);
  const lows = Float64Array.from(ticks, ([low]) => low);
  const highs = Float64Array.from(ticks, ([, high]) => high);
  return leafOf({ kind: 'ticks', lows, highs }, 1.5);
}

/** The first tick, within what a column may hold, that is at or after a time. */
function lowestTick(columns: TraceColumns, segment: Segment, time: bigint): number {
  let low = Number.MIN_SAFE_INTEGER;
  let high = Number.MAX_SAFE_INTEGER;
  while (low < high) {
    // Not the mean of both: beside the lowest number it is rounded up to `high`, and the search would never end.
    const middle = low + Math.floor((high - low) / 2);
    if (columns.timeOfTick(segment, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function carriedScan(packetPlan: PacketPlan, otherwise: boolean, place: SegmentPlace): SegmentPlan {
  const segment = place.columns.segments[place.number];
  const plan = packetScans(packetPlan, place);
  const foreign = foreignPackets(packetPlan, place);
  if (foreign.length === 0) {
    if (segment.packets.length === 0) return constant(otherwise);
    if (plan.kind === 'constant' && plan.value === otherwise) return constant(otherwise);
  }
  return leafOf({ kind: 'carries', plan, otherwise, foreign }, plan.cost + 1);
}

function packetScans(plan: PacketPlan, place: SegmentPlace): Logic<ColumnScan> {
  return replaceLeaves(plan, (packet) => packetScan(packet, place));
}

function foreignPackets(plan: PacketPlan, place: SegmentPlace): ForeignPackets[] {
  const { fragmentsFromElsewhere } = place.columns.segments[place.number];
  const bySegment = new Map<Segment, ForeignFragment[]>();
  for (const fragment of fragmentsFromElsewhere) {
    const known = bySegment.get(fragment.packetSegment);
    if (known) known.push(fragment);
    else bySegment.set(fragment.packetSegment, [fragment]);
  }
  return [...bySegment].map(([packetSegment, fragments]) => ({
    plan: packetScans(plan, { ...place, number: place.columns.segments.indexOf(packetSegment) }),
    packetSegment,
    fragments,
  }));
}

function asEventScan(scan: Logic<ColumnScan>): SegmentPlan {
  return replaceLeaves(scan, (leaf): SegmentPlan => leafOf({ kind: 'column', ...leaf }, scan.cost));
}

function packetScan(test: PacketTest, place: SegmentPlace): Logic<ColumnScan> {
  const segment = place.columns.segments[place.number];
  switch (test.kind) {
    case 'packetValue': {
      const column = segment.packets[test.column];
      if (test.form === 'number') return numberScan(column, test.mask, test.ranges);
      return lookupScan(column, addressTable(test.form, test.ranges, segment));
    }
    case 'packetComponent': {
      const keys = new Set(test.keys);
      const table = Uint8Array.from(segment.components, (component) => Number(keys.has(componentKey(component))));
      return lookupScan(segment.packets.component, table);
    }
    case 'packetFinding': {
      const { diagnosis, number } = place;
      if (!diagnosis) return constant(false);
      const first = diagnosis.bases[number];
      const column = diagnosis.found[test.column].subarray(first, first + segment.packets.length);
      return numberScan(column, test.mask, test.ranges);
    }
  }
}

function numberScan(column: NumberColumn, mask: number, ranges: Ranges): Logic<ColumnScan> {
  const widest = 2 ** (column.BYTES_PER_ELEMENT * 8) - 1;
  const highest = (widest & mask) >>> 0;
  const reachable = upTo(ranges, BigInt(highest));
  if (reachable.length === 0) return constant(false);
  const gap = onlyGap(reachable, BigInt(highest));
  if (gap === 'none') return constant(true);
  if (gap !== 'several') return not(scanOf(column, { kind: 'equal', mask, value: Number(gap) }, 1));
  if (reachable.length === 1) return singleRange(column, mask, reachable[0]);
  // A table is indexed by the whole number, so it serves only where the mask keeps all of it.
  if (column.BYTES_PER_ELEMENT < 4 && highest === widest) return lookupScan(column, numberTable(highest, reachable));
  const lows = Uint32Array.from(reachable, ([low]) => Number(low));
  const highs = Uint32Array.from(reachable, ([, high]) => Number(high));
  return scanOf(column, { kind: 'search', mask, lows, highs }, 3);
}

function singleRange(column: NumberColumn, mask: number, [low, high]: Range): Logic<ColumnScan> {
  if (low === high) return scanOf(column, { kind: 'equal', mask, value: Number(low) }, 1);
  return scanOf(column, { kind: 'range', mask, low: Number(low), high: Number(high) }, 1.5);
}

/** The one number from 0 to `highest` that the ranges leave out, if it is just one: "not that number" is the faster test. */
function onlyGap(ranges: Ranges, highest: bigint): bigint | 'none' | 'several' {
  const covered = ranges.reduce((sum, [low, high]) => sum + high - low + 1n, 0n);
  if (covered === highest + 1n) return 'none';
  if (covered !== highest) return 'several';
  const [[low, high]] = ranges;
  return low === 0n ? high + 1n : 0n;
}

function lookupScan(column: NumberColumn, table: Uint8Array): Logic<ColumnScan> {
  if (!table.includes(1)) return constant(false);
  return scanOf(column, { kind: 'lookup', table }, 2);
}

function scanOf(column: NumberColumn, test: NumberTest, cost: number): Logic<ColumnScan> {
  return leafOf({ column, test }, cost);
}

function numberTable(highest: number, ranges: Ranges): Uint8Array {
  const table = new Uint8Array(highest + 1);
  for (const [low, high] of ranges) table.fill(1, Number(low), Number(high) + 1);
  return table;
}

/** 1 for every index of the segment's addresses whose address lies in the ranges. */
function addressTable(form: Exclude<PacketForm, 'number'>, ranges: Ranges, segment: Segment): Uint8Array {
  switch (form) {
    case 'ipv6Index':
      return Uint8Array.from({ length: Math.floor(segment.ipv6Addresses.length / 16) }, (_, index) =>
        Number(contains(ranges, bigEndian(segment.ipv6Addresses, index * 16, index * 16 + 16))),
      );
    case 'destinationMac':
      return macTable(segment.macPairs, 0, ranges);
    case 'sourceMac':
      return macTable(segment.macPairs, 6, ranges);
  }
}

/** MAC pairs count from 1; 0 is a packet without Ethernet. */
function macTable(pairs: Uint8Array, offset: number, ranges: Ranges): Uint8Array {
  const table = new Uint8Array(Math.floor(pairs.length / 12) + 1);
  for (let pair = 1; pair < table.length; pair++) {
    const start = (pair - 1) * 12 + offset;
    table[pair] = Number(contains(ranges, bigEndian(pairs, start, start + 6)));
  }
  return table;
}

function kindValue(kind: EventKind, property: KindProperty): bigint {
  switch (property) {
    case 'provider':
      return guidNumber(kind.provider);
    case 'keyword':
      return keywordOf(kind);
    default:
      return BigInt(kind[property]);
  }
}
