import { ByteBuilder } from '../../base/byte-builder.ts';
import { unixEpochInFiletime } from '../../base/filetime.ts';
import { writeGuid } from '../../base/guid.ts';
import { noProcess } from '../../etl/record-cursor.ts';
import { LinkType } from '../../packet/link-type.ts';
import { putFrame, type ExportedEvent, type Instant, type PacketFileFormat } from './packet-file.ts';

/**
 * Network Monitor's capture file, version 2.3 (Network Monitor 3.4, "Capture File Format"), little-endian: a header of 128
 * bytes, frames, and at the end a table of their offsets. Each frame names its medium and its time in UTC.
 */
export const netmonFormat: PacketFileFormat = {
  hasComments: false,
  head: ({ start }) => {
    const out = new ByteBuilder(headerSize);
    out.take(headerSize);
    const { view } = out;
    view.setUint32(0, signature, true);
    view.setUint8(4, minorVersion);
    view.setUint8(5, majorVersion);
    view.setUint16(6, MediaType.Ethernet, true);
    putSystemTime(view, 8, start.seconds, captureMilliseconds(start));
    return out.finish();
  },
  writePacket: (out, packet, start) => {
    const { capturedLength, originalLength, linkType, parts } = packet;
    const at = out.take(frameHeaderSize + capturedLength + trailerSize);
    putFrameHeader(out.view, at, packet, start, capturedLength, originalLength);
    putFrame(out, at + frameHeaderSize, parts);
    putTrailer(out.view, at + frameHeaderSize + capturedLength, mediaTypes[linkType] ?? MediaType.Unknown, packet);
  },
  writeEvent: (out, event, start) => {
    const { record } = event;
    const length = eventHeaderSize + eventContextSize + (record.end - record.userData);
    const at = out.take(frameHeaderSize + length + trailerSize);
    putFrameHeader(out.view, at, event, start, length, length);
    putEvent(out, at + frameHeaderSize, event);
    putTrailer(out.view, at + frameHeaderSize + length, MediaType.NetEvent, event);
  },
};

/** 'GMBU' */
const signature = 0x5542_4d47;
const majorVersion = 2;
const minorVersion = 3;
const headerSize = 128;
const frameHeaderSize = 16;
const trailerSize = 15;

/** Frames are found by offsets of 32 bits. */
const largestFile = 0xffff_ffff;

/** The offsets of a file's frames, which are written behind the last one. */
export class NetmonFrameTable {
  private offsets = new Uint32Array(1 << 12);
  private frames = 0;

  /** Notes frames that begin at `starts`, counted from `base`. False when the file would grow too large for its offsets. */
  add(base: number, starts: Uint32Array, length: number): boolean {
    const frames = this.frames + starts.length;
    if (base + length + frames * 4 > largestFile) return false;
    if (frames > this.offsets.length) {
      const larger = new Uint32Array(Math.max(frames, this.offsets.length * 2));
      larger.set(this.offsets);
      this.offsets = larger;
    }
    for (let index = 0; index < starts.length; index++) this.offsets[this.frames + index] = base + starts[index];
    this.frames = frames;
    return true;
  }

  /** The table as it stands in the file at `offset`, and what the header says of it and where. */
  finish(offset: number): { table: Uint8Array; header: { position: number; bytes: Uint8Array } } {
    const table = new ByteBuilder(this.frames * 4);
    table.take(this.frames * 4);
    for (let index = 0; index < this.frames; index++) table.view.setUint32(index * 4, this.offsets[index], true);
    const header = new ByteBuilder(8);
    header.take(8);
    header.view.setUint32(0, offset, true);
    header.view.setUint32(4, this.frames * 4, true);
    return { table: table.finish(), header: { position: frameTableAt, bytes: header.finish() } };
  }
}

/** Where the header says where the frame table lies, and how many bytes it has. */
const frameTableAt = 24;

/**
 * Media of single frames. 0xE000 and more are link types of pcap: the only name for 802.11 frames without Network
 * Monitor's own radio header in front.
 */
const MediaType = { Unknown: 0, Ethernet: 1, RawIp: 9, PcapWifi: 0xe069, NetEvent: 0xffe0 } as const;
const mediaTypes: Readonly<Partial<Record<LinkType, number>>> = {
  [LinkType.Ethernet]: MediaType.Ethernet,
  [LinkType.RawIp]: MediaType.RawIp,
  [LinkType.WiFi]: MediaType.PcapWifi,
};

function captureMilliseconds({ hundredNanoseconds }: Instant): number {
  return Math.floor(hundredNanoseconds / 10_000);
}

/** SYSTEMTIME: year, month, day of the week, day, hour, minute, second, milliseconds, two bytes each. */
function putSystemTime(view: DataView, at: number, seconds: number, milliseconds: number): void {
  const date = new Date(seconds * 1000);
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    milliseconds,
  ];
  parts.forEach((part, index) => {
    view.setUint16(at + index * 2, part, true);
  });
}

/** Microseconds since the header's time, then the lengths. */
function putFrameHeader(
  view: DataView,
  at: number,
  time: Instant,
  start: Instant,
  capturedLength: number,
  originalLength: number,
): void {
  const seconds = time.seconds - start.seconds;
  const rest = Math.floor(time.hundredNanoseconds / 10) - captureMilliseconds(start) * 1000;
  const microseconds = seconds * 1_000_000 + rest;
  view.setUint32(at, microseconds, true);
  view.setUint32(at + 4, Math.floor(microseconds / 0x1_0000_0000), true);
  view.setUint32(at + 8, originalLength, true);
  view.setUint32(at + 12, capturedLength, true);
}

/** Medium, index into the table of processes (none), time as FILETIME, index into the table of time zones (none). */
function putTrailer(view: DataView, at: number, mediaType: number, time: Instant): void {
  view.setUint16(at, mediaType, true);
  view.setUint32(at + 2, noProcess, true);
  putFiletime(view, at + 6, time);
  view.setUint8(at + 14, 0);
}

const epochSeconds = Number(unixEpochInFiletime / 10_000_000n);

/** Sums of halves, because a double does not hold a FILETIME whole. */
function putFiletime(view: DataView, at: number, { seconds, hundredNanoseconds }: Instant): void {
  const perSecond = 10_000_000;
  const since1601 = seconds + epochSeconds;
  const highSeconds = Math.floor(since1601 / 0x1_0000);
  const high = highSeconds * perSecond;
  const upper = Math.floor(high / 0x1_0000);
  const lower = (high - upper * 0x1_0000) * 0x1_0000;
  const rest = lower + (since1601 - highSeconds * 0x1_0000) * perSecond + hundredNanoseconds;
  const carry = Math.floor(rest / 0x1_0000_0000);
  view.setUint32(at, rest - carry * 0x1_0000_0000, true);
  view.setUint32(at + 4, upper + carry, true);
}

/** EVENT_HEADER of evntcons.h, then ETW_BUFFER_CONTEXT, the counts of what follows and a mark for reassembled events. */
const eventHeaderSize = 80;
const eventContextSize = 9;
const EventFlag = { Header32: 0x20, Header64: 0x40, Classic: 0x100, ExtendedInfo: 1 } as const;

/** An event as Message Analyzer saved it: its header with a FILETIME, and its user data without extended items. */
function putEvent(out: ByteBuilder, at: number, event: ExportedEvent): void {
  const { kind, record } = event;
  const { view } = out;
  out.bytes.fill(0, at, at + eventHeaderSize + eventContextSize);
  if (kind.family === 'manifest') {
    out.put(at, record.bytes, record.start, record.start + eventHeaderSize);
    view.setUint16(at + 2, 0, true);
    view.setUint16(at + 4, view.getUint16(at + 4, true) & ~EventFlag.ExtendedInfo, true);
  } else putClassicHeader(out, at, event);
  const userData = record.end - record.userData;
  view.setUint16(at, Math.min(eventHeaderSize + userData, 0xffff), true);
  putFiletime(view, at + 16, event);
  const context = at + eventHeaderSize;
  view.setUint8(context, record.processor);
  view.setUint16(context + 6, userData, true);
  out.put(context + eventContextSize, record.bytes, record.userData, record.end);
}

function putClassicHeader(out: ByteBuilder, at: number, { kind, record, process, thread }: ExportedEvent): void {
  const { view } = out;
  view.setUint16(
    at + 4,
    EventFlag.Classic | (record.pointerSize === 4 ? EventFlag.Header32 : EventFlag.Header64),
    true,
  );
  view.setUint32(at + 8, thread, true);
  view.setUint32(at + 12, process, true);
  writeGuid(kind.provider, out.bytes, at + 24);
  view.setUint16(at + 40, kind.id, true);
  view.setUint8(at + 42, kind.version);
  view.setUint8(at + 43, kind.channel);
  view.setUint8(at + 44, kind.level);
  view.setUint8(at + 45, kind.opcode);
  view.setUint16(at + 46, kind.task, true);
  view.setUint32(at + 48, kind.keywordLow, true);
  view.setUint32(at + 52, kind.keywordHigh, true);
}
