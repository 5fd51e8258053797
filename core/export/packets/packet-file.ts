import type { ByteBuilder } from '../../base/byte-builder.ts';
import type { LinkType } from '../../packet/link-type.ts';
import type { FrameSlice } from '../../trace/packet-bytes.ts';
import type { EventRecord } from '../../trace/event-reader.ts';
import type { EventKind } from '../../trace/segment.ts';
import type { EventText } from '../text/event-text.ts';
import type { InterfaceDescription } from './interfaces.ts';

/** A moment: Unix time in whole seconds, and steps of 100 ns within the second. */
export interface Instant {
  readonly seconds: number;
  readonly hundredNanoseconds: number;
}

/** One interface of a file. */
export interface FileInterface extends Omit<InterfaceDescription, 'key'> {
  readonly linkType: LinkType;
}

/** What a file says before its first packet. */
export interface FileHead {
  readonly application: string;
  readonly operatingSystem: string;
  readonly interfaces: readonly FileInterface[];
  /** Of the first packet or event: formats that count from there need it. */
  readonly start: Instant;
}

/** A packet on its way into a file. One object serves all packets of a portion. */
export interface ExportedPacket extends Instant {
  readonly interfaceNumber: number;
  readonly linkType: LinkType;
  /** 1 inbound, 2 outbound, 0 unknown. */
  readonly direction: 0 | 1 | 2;
  /** The frame's pieces, one behind the other, and their length together. */
  readonly parts: readonly FrameSlice[];
  readonly capturedLength: number;
  readonly originalLength: number;
  /** UTF-8, one line; empty when there is nothing to say. */
  readonly comment: Uint8Array;
  /** What a person said of it: UTF-8, perhaps of several lines; empty as a rule. */
  readonly remark: Uint8Array;
  /** What pktmon calls the packet's group, the same at every sighting, as halves; both 0 where it has none. */
  readonly groupLow: number;
  readonly groupHigh: number;
  readonly isDropped: boolean;
  readonly dropReason: number;
}

/** An event without a packet on its way into a file. */
export interface ExportedEvent extends Instant {
  readonly kind: EventKind;
  readonly record: EventRecord;
  /** noProcess where the header has none. */
  readonly process: number;
  readonly thread: number;
  /** Decoded when it is asked for. */
  text(): EventText;
}

/** A format of packets. Records are pure bytes: where they stand in the file does not matter. */
export interface PacketFileFormat {
  /** Whether packets have room for a comment: then somebody must write it. */
  readonly hasComments: boolean;
  head(head: FileHead): Uint8Array;
  /** `start` is the head's. */
  writePacket(out: ByteBuilder, packet: ExportedPacket, start: Instant): void;
  /** Absent where the format has no place for events. */
  readonly writeEvent?: (out: ByteBuilder, event: ExportedEvent, start: Instant) => void;
}

/** Puts the frame at `at`, where room for it has been taken. */
export function putFrame(out: ByteBuilder, at: number, parts: readonly FrameSlice[]): void {
  let to = at;
  for (const { record, start, end } of parts) {
    out.put(to, record.bytes, start, end);
    to += end - start;
  }
}
