import type { DecodedField } from '../../schema/decode.ts';

/** Everything one line of exported text may tell about an event, decoded; absent things are null or empty. */
export interface EventText {
  /** Place in time order, from 1. */
  readonly messageNumber: number;
  /** FILETIME: steps of 100 ns since 1601, UTC. */
  readonly time: bigint;
  /** From a packet's first fragment to its last, in 100 ns. */
  readonly timeElapsed: number;
  /** The grid's columns; source and destination are empty for everything that is no packet. */
  readonly source: string;
  readonly destination: string;
  readonly module: string;
  readonly summary: string;
  readonly mark: 'none' | 'drop' | 'error' | 'warning';
  /** What the diagnosis says of a packet; empty, 'none', null and 0 where it was not made. */
  readonly diagnosis: string;
  readonly diagnosisLevel: 'error' | 'warning' | 'information' | 'none';
  /** Number among the trace's TCP, UDP or IP conversations, from 0. */
  readonly conversation: number | null;
  /** 1 for the first sighting of a packet, 2 for the second, … */
  readonly sighting: number;
  readonly provider: { readonly guid: string; readonly name: string | null };
  /** The event's own name (TraceLogging), or `Task/Opcode`; empty when it has none. */
  readonly name: string;
  readonly family: 'manifest' | 'classic' | 'system' | 'message' | 'capture';
  readonly id: number;
  readonly version: number;
  readonly channel: number;
  readonly level: number;
  /** Of classic and system events, the event type: the number that tells one from another. */
  readonly opcode: number;
  readonly task: number;
  readonly keyword: bigint;
  readonly levelName: string;
  readonly opcodeName: string;
  readonly taskName: string;
  readonly channelName: string;
  readonly keywordNames: readonly string[];
  readonly processor: number;
  readonly process: number | null;
  readonly thread: number | null;
  readonly activity: string | null;
  readonly relatedActivity: string | null;
  readonly fields: readonly DecodedField[];
  /** Where the layout came from, in words. Null when nobody knows it, and when the event cannot be read any more. */
  readonly layout: string | null;
  /** The bytes of an event whose layout nobody knows; null for all others. */
  readonly payload: Uint8Array | null;
  /** What is wrong with the event as a whole, in sentences. */
  readonly notes: readonly string[];
  /** Of the packet that begins with the event; null when none does. */
  readonly packet: PacketText | null;
}

/** A packet in numbers. What the packet does not have is null: ports without a transport protocol, a VLAN without a tag. */
export interface PacketText {
  readonly linkType: string;
  readonly direction: 'inbound' | 'outbound' | null;
  /** Name of the place where it was seen, as pcapng names its interfaces. */
  readonly component: string;
  readonly vlan: number | null;
  readonly ipProtocol: number | null;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** The eight flags of RFC 9293: FIN 1 to CWR 0x80. */
  readonly tcpFlags: number | null;
  readonly sequence: number | null;
  readonly acknowledgment: number | null;
  /** As it stands in the header. */
  readonly window: number | null;
  /** Bytes of transport payload by the IP header. */
  readonly payloadLength: number | null;
  readonly capturedLength: number;
  readonly originalLength: number;
  /** Number and text; of a packet that was dropped. */
  readonly dropReason: number | null;
  readonly dropText: string | null;
}

/** A file of text: the header, then the lines of all events, then the footer. Each part brings its own line ends. */
export interface TextFormat {
  readonly header: string;
  /** One event, line end included. Pure, and never throws. */
  readonly line: (event: EventText) => string;
  readonly footer: string;
}
