import type { CaptureContext } from '../capture-file/capture-context.ts';

/**
 * A segment: what one worker read from one range of a file, as columns (struct of arrays) in one SharedArrayBuffer.
 * Rows of a segment are events in file order. Nothing per event is ever an object.
 */

type ColumnType = 'Uint8' | 'Uint16' | 'Uint32' | 'Float64';
type ColumnTypes = Readonly<Record<string, ColumnType>>;
interface ArrayOf {
  Uint8: Uint8Array;
  Uint16: Uint16Array;
  Uint32: Uint32Array;
  Float64: Float64Array;
}
/** The typed arrays of a table, all of one length. */
export type Table<Columns extends ColumnTypes> = { readonly [Name in keyof Columns]: ArrayOf[Columns[Name]] } & {
  readonly length: number;
};

/**
 * One row a buffer that was read, in file order. Position, CPU and buffer of an event follow from this table. Capture files
 * have no buffers: a row there is a stretch of records that is read together.
 */
export const bufferColumns = {
  /** Offset of the buffer header in the file. */
  fileOffset: 'Float64',
  /** Bytes the buffer takes in the file, and bytes of header plus events once inflated. */
  diskSize: 'Uint32',
  filledSize: 'Uint32',
  /** Number, inside the segment, of the first event of this buffer. */
  firstEvent: 'Uint32',
  /** Lowest and highest tick of the buffer's events; both 0 when it has none. */
  firstTick: 'Float64',
  lastTick: 'Float64',
  processor: 'Uint16',
  /** SequenceNumber of the header: one counter per file over all processors; the header buffer has 0. Exact below 2^53. */
  sequence: 'Float64',
  /** BufferFlag of the header; 0x40 means compressed. */
  flags: 'Uint16',
  /** 1 when the buffer's events are not in time order, which Windows promises but a file may break. */
  unsorted: 'Uint8',
} as const satisfies ColumnTypes;

/** One row an event. */
export const eventColumns = {
  /** Clock ticks since the trace's first record; may be negative. Exact below 2^53. */
  tick: 'Float64',
  /** Offset of the record inside its inflated buffer, buffer header included; of a capture's, inside its stretch. */
  offset: 'Uint32',
  /** Index into the segment's own `schemas`. */
  schema: 'Uint32',
  process: 'Uint32',
  thread: 'Uint32',
} as const satisfies ColumnTypes;

/**
 * One row a packet, in the order of the packets' first events, so that the packet of an event is found by a binary
 * search. Columns are laid out so that the usual value is 0 where there is one: pages never written cost no memory.
 */
export const packetColumns = {
  /** Number, inside the segment, of the packet's first event. */
  event: 'Uint32',
  /** Bit set of packet/module.ts. */
  modules: 'Uint32',
  /** IPv4: the address, first octet highest. IPv6: index into the segment's `ipv6Addresses`. Else 0. */
  sourceAddress: 'Uint32',
  destinationAddress: 'Uint32',
  /** TCP sequence and acknowledgement numbers. */
  sequence: 'Uint32',
  acknowledgement: 'Uint32',
  /** Bytes of transport payload by the IP header, not by what was captured. */
  payloadLength: 'Uint32',
  capturedLength: 'Uint32',
  /** Bytes of the packet that were not captured: its original length is the sum of the two. */
  cutLength: 'Uint32',
  /** Index into the segment's `macPairs` (destination, source) plus 1; 0 when there is no Ethernet header. */
  macPair: 'Uint32',
  /** Index into the segment's `components`. */
  component: 'Uint32',
  etherType: 'Uint16',
  /** VLAN id of the outermost tag, in the frame or, at a vSwitch, beside it; 0 when untagged (the modules tell). */
  vlan: 'Uint16',
  sourcePort: 'Uint16',
  destinationPort: 'Uint16',
  window: 'Uint16',
  /** IPv4's identification. */
  identification: 'Uint16',
  /**
   * A hash of payload that stays the same while the packet travels, of what TCP's numbers do not tell apart: UDP, ICMP (see
   * EchoKind), ARP, others. 0 where there is none: TCP, and what the capture cut.
   */
  fingerprint: 'Uint32',
  ipProtocol: 'Uint8',
  /** Number of the application protocol whose message the packet begins (packet/module.ts), 0 for none. */
  application: 'Uint8',
  tcpFlags: 'Uint8',
  linkType: 'Uint8',
  /** Bits of PacketTrait. */
  traits: 'Uint8',
} as const satisfies ColumnTypes;

/** One row a packet that pktmon saw, or that a capture gives an id or a verdict; `packet` ascends. */
export const sightingColumns = {
  packet: 'Uint32',
  /** PktGroupId or epb_packetid, exact below 2^53; above, another number that stands for it. */
  group: 'Float64',
  appearance: 'Uint16',
  dropReason: 'Uint32',
  dropLocation: 'Uint32',
} as const satisfies ColumnTypes;

/** One row an event that continues a packet another event began; by packet, then by event. */
export const continuationColumns = {
  packet: 'Uint32',
  event: 'Uint32',
} as const satisfies ColumnTypes;

/** One row a packet whose capture filter logged metadata just in front of it; `packet` ascends. */
export const metadataColumns = {
  packet: 'Uint32',
  event: 'Uint32',
} as const satisfies ColumnTypes;

/**
 * One row a fragment in front of all that begin a packet of the same origin: it may continue a packet of an earlier
 * segment. In file order.
 */
export const looseFragmentColumns = {
  /** Index into the seam's `origins`. */
  origin: 'Uint32',
  event: 'Uint32',
  /** How much of the frame it is. */
  bytes: 'Uint32',
  isLast: 'Uint8',
} as const satisfies ColumnTypes;

export const PacketTrait = {
  Inbound: 1,
  Outbound: 2,
  Dropped: 4,
  /** The frame is cut: fewer bytes captured than the packet had. */
  Truncated: 8,
  /** Fragments are missing: the last one never came. */
  Incomplete: 16,
  /** A vSwitch frame whose destination ports are known: it was seen behind the switch's decision. */
  Routed: 32,
} as const;

export type BufferTable = Table<typeof bufferColumns>;
export type EventTable = Table<typeof eventColumns>;
export type PacketTable = Table<typeof packetColumns>;
export type SightingTable = Table<typeof sightingColumns>;
export type ContinuationTable = Table<typeof continuationColumns>;
export type MetadataTable = Table<typeof metadataColumns>;
export type LooseFragmentTable = Table<typeof looseFragmentColumns>;

/** Where a segment's packets in fragments hang together with those of other segments: see seams.ts. */
export interface Seam {
  /** Where fragments come from: event id, miniport, layer, thread and processor in one text. One row an origin. */
  readonly origins: readonly string[];
  /** Per origin: whether a packet in fragments begins in the segment. Such a one ends all that went before it. */
  readonly begins: readonly boolean[];
  /** Per origin: the packet that still lacks its last fragment at the segment's end; -1 when there is none. */
  readonly openPackets: readonly number[];
  readonly loose: LooseFragmentTable;
  /** Fragments that belong to no packet, the loose ones included; the offset of the buffer that has the first. */
  readonly strays: number;
  readonly firstStrayOffset: number;
}

/** A later fragment of a packet that lies in another segment than the packet's beginning. */
export interface ForeignFragment {
  /** Number of the packet in its own segment. */
  readonly packet: number;
  readonly packetSegment: Segment;
  readonly event: number;
  readonly eventSegment: Segment;
}

/** A kind of event as its headers tell it, before anybody knows its layout. */
export interface EventKind {
  /**
   * Which header family: an EVENT_HEADER, a classic class GUID, a kernel group and type, or a WPP message; as the last
   * also counts what has only a number and a time (TIMED_TRACE_HEADER and the old markers). 'capture': no ETW record, but
   * one of a capture file; its id is the kind of record in the format's own numbers.
   */
  readonly family: 'manifest' | 'classic' | 'system' | 'message' | 'capture';
  /**
   * Provider GUID; for classic events the class GUID, for system events the group's class GUID, for messages the GUID they
   * name, or their component id as its first group.
   */
  readonly provider: string;
  readonly id: number;
  readonly version: number;
  readonly channel: number;
  readonly level: number;
  readonly opcode: number;
  readonly task: number;
  /** Keyword as two 32-bit halves. */
  readonly keywordLow: number;
  readonly keywordHigh: number;
}

/** Both halves of an event's keyword as one number. */
export function keywordOf({ keywordHigh, keywordLow }: Pick<EventKind, 'keywordHigh' | 'keywordLow'>): bigint {
  return (BigInt(keywordHigh >>> 0) << 32n) | BigInt(keywordLow >>> 0);
}

/** Tells one kind of event from another, over all segments. */
export function eventKindKey({ family, provider, id, version, channel, level, opcode, task }: EventKind): string {
  return `${family}/${provider}/${id}/${version}/${channel}/${level}/${opcode}/${task}`;
}

/**
 * Where packets were seen: one NDIS layer, one vSwitch port, one pktmon component, one RAS connection, or one interface of a
 * capture file.
 */
export interface PacketComponent {
  readonly source: 'ndis' | 'vmswitch' | 'pktmon' | 'ras' | 'capture';
  /** NDIS and vSwitch: interface indexes; else 0. */
  readonly miniportIfIndex: number;
  readonly lowerIfIndex: number;
  /** vSwitch: SourcePortId; pktmon: component id; RAS: a number made of its names; capture: the interface's number in its section; NDIS: 0. */
  readonly id: number;
  /** vSwitch: names as the event gives them. RAS: the routing domain as `portName`, the user as `nicName`. */
  readonly portName: string;
  readonly nicName: string;
  readonly nicType: string;
  /** Captures: whose interface it is, and what the file says of it; names are empty where it says nothing. */
  readonly interface?: { readonly input: number; readonly name: string; readonly description: string };
}

/** Tells one place of capture from another, over all segments. */
export function componentKey(component: PacketComponent): string {
  const { interface: named } = component;
  // Of a pcapng's sections, each numbers its interfaces anew: a name tells them apart better.
  if (named && named.name !== '') return `capture/${named.input}/${named.name}/${named.description}`;
  if (named) return `capture/${named.input}/${component.id}`;
  return `${component.source}/${component.miniportIfIndex}/${component.lowerIfIndex}/${component.id}`;
}

/**
 * 'skipped': a buffer or bytes that could not be read at all. 'cut': the file ends inside a buffer. 'damaged': a part of a
 * buffer could not be read. 'packet': a packet is not whole. 'unwritten': space that was reserved but never written.
 * 'corrupt-backup': Windows itself marked the buffer. 'layout': a description of events is damaged. 'other': the rest.
 */
export type ProblemKind =
  'skipped' | 'cut' | 'damaged' | 'packet' | 'unwritten' | 'corrupt-backup' | 'layout' | 'other';

export interface Problem {
  /** Byte offset in the file, where the trouble starts. */
  readonly offset: number;
  readonly message: string;
  readonly kind: ProblemKind;
  /** Bytes that could not be read, where that can be said: of the file, or of an inflated buffer when it is damaged. */
  readonly bytes?: number;
}

/** Bytes of a file that hold no buffers, in sum; see etl/buffer-chain.ts FileGap. */
export interface GapTotals {
  readonly skippedBuffers: number;
  readonly skippedBytes: number;
  /** Space that was reserved but never written, and the first place where some of it lies. */
  readonly unwrittenBytes: number;
  readonly unwrittenOffset: number;
}

/** Records of one header type that nobody knows, which were stepped over. */
export interface UnknownRecords {
  readonly headerType: number;
  readonly records: number;
  readonly bytes: number;
  /** Offset in the file of the first such record's buffer. */
  readonly offset: number;
}

/** Everything a worker found in one range. Survives structured clone: tables lie in one SharedArrayBuffer. */
export interface Segment {
  /** Which of the trace's inputs (files), counted from 0. */
  readonly input: number;
  /** Which of the trace's sections (trace/section.ts), counted from 0: its clock is the one that ticks count by. */
  readonly section: number;
  /** Pointer size of the section's session, for records that do not tell their own. */
  readonly pointerSize: 4 | 8;
  /** Windows build that the section's session ran on; 0 when it is not known. */
  readonly osBuild: number;
  readonly buffers: BufferTable;
  readonly events: EventTable;
  readonly packets: PacketTable;
  readonly sightings: SightingTable;
  readonly continuations: ContinuationTable;
  /** Events that tell of a packet what its frame does not: 802.11 metadata. */
  readonly metadata: MetadataTable;
  readonly seam: Seam;
  /**
   * Fragments that join segments: of this segment's packets, and those in this segment. Empty until all segments are there
   * (seams.ts); then sorted by the packet, and its fragments in the order of time.
   */
  readonly fragmentsElsewhere: ForeignFragment[];
  readonly fragmentsFromElsewhere: ForeignFragment[];
  readonly schemas: readonly EventKind[];
  /** Events per entry of `schemas`. */
  readonly schemaEvents: readonly number[];
  /** Per entry of `schemas`: packets that begin in its events, and how many of them the capture cut. */
  readonly schemaPackets: readonly number[];
  readonly schemaTruncated: number[];
  readonly components: readonly PacketComponent[];
  /** 16 bytes an address. */
  readonly ipv6Addresses: Uint8Array;
  /** 12 bytes a pair: destination MAC, source MAC. */
  readonly macPairs: Uint8Array;
  /** Events that describe other events: the TRACE_EVENT_INFO and map records a merge writes. */
  readonly metadataEvents: readonly number[];
  /** What the range has that is no buffer, and records of unknown header types. */
  readonly gaps: GapTotals;
  readonly unknownRecords: readonly UnknownRecords[];
  /** Of a capture file; undefined for ETL. */
  readonly capture?: CaptureSegment;
}

/** What only a capture file's segment has. */
export interface CaptureSegment {
  /** What its records are read by. */
  readonly context: CaptureContext;
  /** Packets that the capture lost, as records say: each counts what was lost since the one before. */
  readonly recordDrops: number;
  /** Packets that interfaces say they lost since the capture began, by their numbers: the last word of each. */
  readonly interfaceDrops: readonly (readonly [interfaceNumber: number, packets: number])[];
}
