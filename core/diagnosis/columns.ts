import { bitCount } from '../base/words.ts';
import { hundredNanosecondsPerTick } from '../etl/clock.ts';
import type { Segment, Table } from '../trace/segment.ts';
import { freezeTable, growingTable } from '../trace/tables.ts';
import { lastNotAbove, type TraceColumns } from '../trace/trace-columns.ts';

/**
 * All packets of a trace are numbered, segment by segment, in the order of their first events. What the diagnosis finds
 * lies in columns over these numbers, in shared memory: workers fill and read them. A number that may be absent is
 * stored plus 1, so that 0 is none and pages never written cost no memory.
 */
export const findingColumns = {
  /** Bit set of kinds.ts. */
  findings: 'Uint32',
  /** The packet that a finding points to, plus 1: the original of a retransmission, the ACK that was duplicated. */
  related: 'Uint32',
  /** Which time in a row the same acknowledgment was duplicated. */
  repetition: 'Uint16',
  /** Conversation, plus 1, as the packet's share of the work numbers them; see ConversationNumbers. */
  conversation: 'Uint32',
  /** Which share that is, before it is divided by the number of shares. */
  lot: 'Uint8',
  /** TCP: the window scale shift that holds for this segment, plus 1, and FlowMark.Down on the way to the lower endpoint. */
  flow: 'Uint8',
  /** 1 for the first sighting of a packet, 2 for the second, … */
  ordinal: 'Uint16',
  /** Of a repeated sighting: the packet's first one and the one before this, each plus 1. */
  first: 'Uint32',
  previous: 'Uint32',
  /** Of a first sighting that is not the only one: the last, plus 1. */
  last: 'Uint32',
} as const;
export type FindingTable = Table<typeof findingColumns>;

/** What following the connections needs beyond that; dropped when it is done. */
export const workColumns = {
  /** Two hashes of what stays the same while a packet travels: millions of packets a second make one too few. */
  identity: 'Uint32',
  identityCheck: 'Uint32',
  /** pktmon's group (its lower half), 0 when there is none. */
  group: 'Uint32',
  /** Component and direction; see placeOf. */
  place: 'Uint16',
  /** Bits of PacketFact. */
  facts: 'Uint16',
  /** The packet before with an identity that falls into the same slot, plus 1. */
  sameSlot: 'Uint32',
  /** The segment before that took sequence numbers of the same flow, plus 1. */
  earlierSegment: 'Uint32',
  /** Of first sightings: findings of any sighting so far. */
  findingsOfAll: 'Uint32',
} as const;
export type WorkTable = Table<typeof workColumns>;

/** What the frames tell that the packet columns do not. */
export const PacketFact = {
  /** The lowest four bits: the window scale shift that the segment announces, plus 1. */
  ShiftMask: 0x0f,
  HasSack: 0x10,
  /** The innermost IP header is IPv4 with an identification that is not 0. */
  HasIdentification: 0x20,
  /** Which IP the innermost header is; neither bit for everything else. */
  IsIpv4: 0x40,
  IsIpv6: 0x80,
  /** The TCP header is there and possible. */
  HasTcp: 0x100,
} as const;

/** Parts of the column `flow`. */
export const FlowMark = { ShiftMask: 0x0f, Down: 0x80 } as const;

/** Which packets begin in which events: a bit set over event numbers, and the packet numbers it counts up to. */
export interface PacketIndex {
  readonly beginnings: Uint32Array;
  /** Of each word of `beginnings`: the number of its first packet. */
  readonly ranks: Uint32Array;
}

/** Everything that frames and connections tasks share. */
export interface DiagnosisWork {
  readonly index: PacketIndex;
  readonly found: FindingTable;
  readonly work: WorkTable;
}

export function newDiagnosisWork(columns: TraceColumns): DiagnosisWork {
  const packets = columns.segments.reduce((sum, segment) => sum + segment.packets.length, 0);
  const words = columns.span / 32;
  const bits = new SharedArrayBuffer(words * 8);
  return {
    index: { beginnings: new Uint32Array(bits, 0, words), ranks: new Uint32Array(bits, words * 4, words) },
    found: freezeTable(growingTable(findingColumns, packets), packets),
    work: freezeTable(growingTable(workColumns, packets), packets),
  };
}

/** Number of the first packet of each segment. */
export function packetBases(segments: readonly Segment[]): Uint32Array {
  const bases = new Uint32Array(segments.length);
  let base = 0;
  segments.forEach((segment, number) => {
    bases[number] = base;
    base += segment.packets.length;
  });
  return bases;
}

/** Writes which events of a segment begin packets. */
export function indexPackets({ index }: DiagnosisWork, columns: TraceColumns, segment: number, base: number): void {
  const { packets } = columns.segments[segment];
  const firstWord = columns.bases[segment] / 32;
  const words = Math.ceil(columns.segments[segment].events.length / 32);
  const { beginnings, ranks } = index;
  for (let packet = 0; packet < packets.length; packet++) {
    const event = packets.event[packet];
    beginnings[firstWord + (event >>> 5)] |= 1 << (event & 31);
  }
  let rank = base;
  for (let word = firstWord; word < firstWord + words; word++) {
    ranks[word] = rank;
    rank += bitCount(beginnings[word]);
  }
}

/** The packet that begins in this event, or -1. */
export function packetAt({ beginnings, ranks }: PacketIndex, event: number): number {
  const word = event >>> 5;
  const bit = 1 << (event & 31);
  const bits = beginnings[word];
  return (bits & bit) === 0 ? -1 : ranks[word] + bitCount(bits & (bit - 1));
}

/** The packets' own columns of one segment at hand for hot loops, with what makes its ticks times. */
export class SegmentPackets {
  readonly segment: number;
  readonly base: number;
  readonly event: Uint32Array;
  readonly modules: Uint32Array;
  readonly sourceAddress: Uint32Array;
  readonly destinationAddress: Uint32Array;
  readonly sequence: Uint32Array;
  readonly acknowledgement: Uint32Array;
  readonly payloadLength: Uint32Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  readonly window: Uint16Array;
  readonly tcpFlags: Uint8Array;
  private readonly tick: Float64Array;
  private readonly factor: number;
  private readonly offset: number;

  constructor(columns: TraceColumns, segment: number, base: number) {
    const { packets, events, section } = columns.segments[segment];
    const scale = columns.scales[section];
    this.segment = segment;
    this.base = base;
    this.event = packets.event;
    this.modules = packets.modules;
    this.sourceAddress = packets.sourceAddress;
    this.destinationAddress = packets.destinationAddress;
    this.sequence = packets.sequence;
    this.acknowledgement = packets.acknowledgement;
    this.payloadLength = packets.payloadLength;
    this.sourcePort = packets.sourcePort;
    this.destinationPort = packets.destinationPort;
    this.window = packets.window;
    this.tcpFlags = packets.tcpFlags;
    this.tick = events.tick;
    // A trace of one section is ordered by raw ticks.
    this.factor = columns.scales.length === 1 ? hundredNanosecondsPerTick(columns.clocks[section]) : scale.factor;
    this.offset = scale.offset;
  }

  /** Time of a packet, by its number in the segment: 100 ns since the trace's start. */
  time(packet: number): number {
    return this.tick[this.event[packet]] * this.factor + this.offset;
  }
}

/** Finds the segment of packet numbers, most of which lie in the one that was asked for last. */
export class PacketLocator {
  private readonly bases: Uint32Array;
  private readonly parts: readonly SegmentPackets[];
  private current: SegmentPackets;
  private from = 0;
  private to = 0;

  constructor(columns: TraceColumns) {
    this.bases = packetBases(columns.segments);
    this.parts = columns.segments.map((_, number) => new SegmentPackets(columns, number, this.bases[number]));
    this.current = this.parts[0];
  }

  segmentOf(packet: number): SegmentPackets {
    if (packet < this.from || packet >= this.to) {
      const number = lastNotAbove(this.bases, packet, this.bases.length);
      this.current = this.parts[number];
      this.from = this.bases[number];
      this.to = this.from + this.current.event.length;
    }
    return this.current;
  }

  timeOf(packet: number): number {
    const part = this.segmentOf(packet);
    return part.time(packet - part.base);
  }
}
