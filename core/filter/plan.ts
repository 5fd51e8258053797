import type { packetColumns } from '../trace/segment.ts';
import { all, any, constant, leafOf, leavesOf, not, operandsOf, type Logic } from './logic.ts';
import { readsBytesOnly, type MessageTest } from './message-test.ts';
import type { Range, Ranges } from './ranges.ts';

/**
 * A bound filter: what to look for in the columns of any segment of the trace. Plain data that crosses to a worker by
 * structured clone. Everything that depends on one segment's own numbering (schemas, IPv6 addresses, MAC pairs) is still
 * written as values here; segment-plan.ts looks it up.
 */
export type FilterPlan = Logic<EventTest>;
export type PacketPlan = Logic<PacketTest>;

export type PacketColumn = keyof typeof packetColumns;
/** Columns of whole numbers; the tick needs a test of its own. */
export type EventColumn = 'process' | 'thread';

/** How the number in a packet column stands for the value that is compared. */
export type PacketForm = 'number' | 'ipv6Index' | 'destinationMac' | 'sourceMac';

export type PacketTest =
  /** `(column & mask)` lies in one of the ranges; for the other forms the value that the number stands for does. */
  | {
      readonly kind: 'packetValue';
      readonly column: PacketColumn;
      readonly form: PacketForm;
      readonly mask: number;
      readonly ranges: Ranges;
    }
  /** The packet was seen at one of these places (componentKey). */
  | { readonly kind: 'packetComponent'; readonly keys: readonly string[] }
  /** As a packet value, of what the diagnosis found. */
  | { readonly kind: 'packetFinding'; readonly column: FindingColumn; readonly mask: number; readonly ranges: Ranges };

/** Columns of the diagnosis that a filter asks about. */
export type FindingColumn = 'findings' | 'ordinal';

/** What all events of one schema have in common. */
export type KindProperty = 'provider' | 'id' | 'version' | 'channel' | 'level' | 'opcode' | 'task' | 'keyword';

export type EventTest =
  | { readonly kind: 'eventValue'; readonly column: EventColumn; readonly ranges: Ranges }
  | { readonly kind: 'eventKind'; readonly property: KindProperty; readonly ranges: Ranges }
  /** The event is of one of these kinds (eventKindKey). */
  | { readonly kind: 'eventKinds'; readonly keys: readonly string[] }
  /** The event's time, as FILETIME, lies in one of the ranges. */
  | { readonly kind: 'eventTime'; readonly ranges: Ranges }
  /** Its row in time order does. */
  | { readonly kind: 'eventRow'; readonly ranges: Ranges }
  /** Asked of the decoded message. */
  | { readonly kind: 'message'; readonly test: MessageTest }
  /** The event carries a packet, or a fragment of one, for which `plan` holds. `otherwise`: the answer without a packet. */
  | { readonly kind: 'carries'; readonly plan: PacketPlan; readonly otherwise: boolean };

/** Setting the bits of a packet's events, one packet at a time. */
const liftCost = 1;
/** Finding out which row of the time order an event is. */
export const rowCost = 20;
/** Against a test of a column: reading a message's bytes again, and decoding it. */
const readCost = 200;
const decodeCost = 2000;

export function packetValue(column: PacketColumn, form: PacketForm, mask: number, ranges: Ranges): PacketPlan {
  if (ranges.length === 0) return constant(false);
  return leafOf({ kind: 'packetValue', column, form, mask, ranges }, costOf(ranges, form === 'number'));
}

/** Packets whose module bits have at least one of `anyOf` and none of `noneOf`. */
export function packetModulesAre(anyOf: number, noneOf: number): PacketPlan {
  if ((anyOf & (anyOf - 1)) === 0) return packetValue('modules', 'number', (anyOf | noneOf) >>> 0, [single(anyOf)]);
  const without = noneOf === 0 ? constant(true) : packetValue('modules', 'number', noneOf, [single(0)]);
  return all([not(packetValue('modules', 'number', anyOf, [single(0)])), without]);
}

/** Packets that begin a message of the application protocol with this number. */
export function applicationIs(number: number): PacketPlan {
  return packetValue('application', 'number', 0xff, [single(number)]);
}

export function packetComponentIs(keys: readonly string[]): PacketPlan {
  return keys.length === 0 ? constant(false) : leafOf({ kind: 'packetComponent', keys }, 2);
}

export function packetFinding(column: FindingColumn, mask: number, ranges: Ranges): PacketPlan {
  if (ranges.length === 0) return constant(false);
  return leafOf({ kind: 'packetFinding', column, mask, ranges }, costOf(ranges, true));
}

function single(value: number): Range {
  return [BigInt(value), BigInt(value)];
}

export function eventValue(column: EventColumn, ranges: Ranges): FilterPlan {
  if (ranges.length === 0) return constant(false);
  return leafOf({ kind: 'eventValue', column, ranges }, costOf(ranges, true));
}

export function eventKind(property: KindProperty, ranges: Ranges): FilterPlan {
  if (ranges.length === 0) return constant(false);
  return leafOf({ kind: 'eventKind', property, ranges }, costOf(ranges, false));
}

export function eventKinds(keys: readonly string[]): FilterPlan {
  return keys.length === 0 ? constant(false) : leafOf({ kind: 'eventKinds', keys }, 2);
}

export function eventTime(ranges: Ranges): FilterPlan {
  return ranges.length === 0 ? constant(false) : leafOf({ kind: 'eventTime', ranges }, 1.5);
}

export function eventRow(ranges: Ranges): FilterPlan {
  return ranges.length === 0 ? constant(false) : leafOf({ kind: 'eventRow', ranges }, rowCost);
}

export function messageCost(test: MessageTest): number {
  return readsBytesOnly(test) ? readCost : decodeCost;
}

/** Of the events in `scope`, those whose message passes the test. */
export function messagePasses(test: MessageTest, scope: FilterPlan): FilterPlan {
  const leaf: FilterPlan = leafOf({ kind: 'message', test }, messageCost(test));
  return scope.kind === 'constant' ? (scope.value ? leaf : scope) : allEvents([scope, leaf]);
}

/** What carrying out a plan takes besides the columns. */
export interface PlanNeeds {
  /** Messages are read again, or decoded as well. */
  readonly messages: 'none' | 'read' | 'decode';
  /** How many things are asked of messages. */
  readonly messageTests: number;
  readonly diagnosis: boolean;
}

export function needsOf(plan: FilterPlan): PlanNeeds {
  let messages: PlanNeeds['messages'] = 'none';
  let messageTests = 0;
  let diagnosis = false;
  for (const leaf of leavesOf(plan)) {
    if (leaf.kind === 'message') messageTests++;
    if (leaf.kind === 'message' && messages !== 'decode') messages = readsBytesOnly(leaf.test) ? 'read' : 'decode';
    if (leaf.kind !== 'carries') continue;
    for (const test of leavesOf(leaf.plan)) diagnosis ||= test.kind === 'packetFinding';
  }
  return { messages, messageTests, diagnosis };
}

export function carries(plan: PacketPlan, otherwise: boolean): FilterPlan {
  if (plan.kind === 'constant' && plan.value === otherwise) return constant(otherwise);
  return leafOf({ kind: 'carries', plan, otherwise }, plan.cost + liftCost);
}

/**
 * `and`, `or` and `not` over events. Tests of packets are drawn together first, so that they are combined packet by packet
 * and carried over to events once. An event without a packet answers by `otherwise`, to which the same operator applies.
 */
export function allEvents(children: readonly FilterPlan[]): FilterPlan {
  const { others, carried } = partition(children.flatMap((child) => operandsOf('and', child)));
  if (carried.length === 0) return all(others);
  const plan = all(distinct(carried.flatMap((test) => operandsOf('and', test.plan))));
  return all([
    ...others,
    carries(
      plan,
      carried.every((test) => test.otherwise),
    ),
  ]);
}

export function anyEvent(children: readonly FilterPlan[]): FilterPlan {
  const { others, carried } = partition(children.flatMap((child) => operandsOf('or', child)));
  if (carried.length === 0) return any(others);
  const plan = any(distinct(carried.flatMap((test) => operandsOf('or', test.plan))));
  return any([
    ...others,
    carries(
      plan,
      carried.some((test) => test.otherwise),
    ),
  ]);
}

export function notEvents(child: FilterPlan): FilterPlan {
  if (child.kind !== 'leaf' || child.leaf.kind !== 'carries') return not(child);
  return carries(not(child.leaf.plan), !child.leaf.otherwise);
}

type Carries = Extract<EventTest, { kind: 'carries' }>;

function partition(nodes: readonly FilterPlan[]): { others: FilterPlan[]; carried: Carries[] } {
  const others: FilterPlan[] = [];
  const carried: Carries[] = [];
  for (const node of nodes) {
    if (node.kind === 'leaf' && node.leaf.kind === 'carries') carried.push(node.leaf);
    else others.push(node);
  }
  return { others: distinct(others), carried };
}

/** Each node once: `TCP.Port == 80 and TCP.Flags.SYN == true` asks twice whether the packet is TCP. */
function distinct<Leaf>(nodes: readonly Logic<Leaf>[]): Logic<Leaf>[] {
  return [...new Map(nodes.map((node) => [keyOf(node), node])).values()];
}

function keyOf(node: Logic<unknown>): string {
  return JSON.stringify(node, (_, value: unknown) => {
    if (value instanceof Uint8Array) return `bytes ${value.join()}`;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}

/** One value is a masked comparison, one range costs a little more, the rest is looked up or searched. */
function costOf(ranges: Ranges, direct: boolean): number {
  if (!direct) return 2;
  if (ranges.length > 1) return 3;
  return ranges[0][0] === ranges[0][1] ? 1 : 1.5;
}
