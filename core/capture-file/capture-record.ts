import { noProcess } from '../etl/record-cursor.ts';

/** What a record is: a captured frame, an ETW event (NetMon), lines of a log (systemd's journal), or some bytes. */
export const RecordKind = { Packet: 0, Event: 1, Journal: 2, Bytes: 3 } as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** A link type that no LINKTYPE_* number stands for. */
export const noLinkType = 0xffff;

/** One record of a capture file; one object serves all records of a range. Offsets count in the view it was read from. */
export class CaptureRecord {
  kind: RecordKind = RecordKind.Packet;
  /** Which kind of record in the format's own words: pcapng's block type, NetMon's media type; 1 for a pcap's record. */
  id = 0;
  start = 0;
  end = 0;
  /** The captured bytes; of events their EVENT_HEADER and all behind it. */
  dataStart = 0;
  dataEnd = 0;
  /** Bytes the packet had on the wire. */
  originalLength = 0;
  /** A LINKTYPE_* number of the tcpdump registry, or noLinkType. */
  linkType = noLinkType;
  /** Number of the interface in its section; 0 where the format has none. */
  interfaceNumber = 0;
  /** Nanoseconds since the section's start; NaN when the record has no time of its own. */
  tick = 0;
  inbound = false;
  outbound = false;
  process = noProcess;
  thread = noProcess;
  /** Whether the record says which packet it is one of several sightings of, or what became of it. */
  isSighting = false;
  /** epb_packetid; exact below 2^53. */
  packetId = 0;
  isDrop = false;
  dropReason = 0;
  /** Packets that were lost before this one, as the record says. */
  dropCount = 0;

  /** Forgets what the record before said; offsets and kind are the reader's to set. */
  reset(): void {
    this.kind = RecordKind.Packet;
    this.interfaceNumber = 0;
    this.tick = 0;
    this.inbound = false;
    this.outbound = false;
    this.process = noProcess;
    this.thread = noProcess;
    this.isSighting = false;
    this.packetId = 0;
    this.isDrop = false;
    this.dropReason = 0;
    this.dropCount = 0;
  }
}

/** A field of a record as it is shown. Offsets count in the view it was read from. */
export interface RecordField {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly raw: string | number | bigint | Uint8Array;
  readonly start: number;
  readonly length: number;
}
