import type { packetColumns } from '../trace/segment.ts';
import { all, any, constant, leafOf, not, operandsOf, type Logic } from './logic.ts';
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

/** `(column & mask)` lies in one of the ranges; for the other forms the value that the number stands for does. */
export interface PacketTest {
  readonly kind: 'packetValue';
  readonly column: PacketColumn;
  readonly form: PacketForm;
  readonly mask: number;
  readonly ranges: Ranges;
}

/** What all events of one schema have in common. */
export type KindProperty = 'provider' | 'id' | 'version' | 'channel' | 'level' | 'opcode' | 'task' | 'keyword';

export type EventTest =
  | { readonly kind: 'eventValue'; readonly column: EventColumn; readonly ranges: Ranges }
  | { readonly kind: 'eventKind'; readonly property: KindProperty; readonly ranges: Ranges }
  /** The event carries a packet, or a fragment of one, for which `plan` holds. `otherwise`: the answer without a packet. */
  | { readonly kind: 'carries'; readonly plan: PacketPlan; readonly otherwise: boolean };

/** Setting the bits of a packet's events, one packet at a time. */
const liftCost = 1;

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
  return JSON.stringify(node, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** One value is a masked comparison, one range costs a little more, the rest is looked up or searched. */
function costOf(ranges: Ranges, direct: boolean): number {
  if (!direct) return 2;
  if (ranges.length > 1) return 3;
  return ranges[0][0] === ranges[0][1] ? 1 : 1.5;
}
