import { ByteBuilder } from '../../base/byte-builder.ts';
import { pcapLinkType } from '../../packet/link-type.ts';
import { journalEntry } from './journal.ts';
import {
  putFrame,
  type ExportedPacket,
  type FileInterface,
  type Instant,
  type PacketFileFormat,
} from './packet-file.ts';

/**
 * pcapng (draft-ietf-opsawg-pcapng), little-endian; every block is padded to 32 bits and closed by its own length. Events
 * become systemd journal export blocks (draft-richardson-opsawg-pcapng-extras).
 */
export const pcapngFormat: PacketFileFormat = {
  hasComments: true,
  head: ({ application, operatingSystem, interfaces }) => {
    const out = new ByteBuilder();
    writeSectionHeader(out, application, operatingSystem);
    for (const entry of interfaces) writeInterface(out, entry, operatingSystem);
    return out.finish();
  },
  writePacket,
  writeEvent: (out, event) => {
    const entry = journalEntry(event);
    const start = out.take(12 + padded(entry.length));
    putBlockEnds(out, start, BlockType.JournalExport);
    putPadded(out, start + 8, entry);
  },
};

const BlockType = {
  SectionHeader: 0x0a0d_0d0a,
  Interface: 1,
  EnhancedPacket: 6,
  JournalExport: 9,
} as const;

const SectionOption = { Os: 3, UserApplication: 4 } as const;
const InterfaceOption = {
  Name: 2,
  Description: 3,
  Ipv4Address: 4,
  Ipv6Address: 5,
  MacAddress: 6,
  TimeResolution: 9,
  Os: 12,
} as const;
const PacketOption = { Comment: 1, Flags: 2, PacketId: 5, Verdict: 7 } as const;

/** Time stamps are nanoseconds: 10^-9. */
const nanoseconds = 9;

/** Every interface declares the same: libpcap refuses files whose snap lengths differ. */
const snapLength = 262_144;

const utf8 = new TextEncoder();
const longestOption = 0xffff;

interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

function writeSectionHeader(out: ByteBuilder, application: string, operatingSystem: string): void {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setUint32(0, 0x1a2b_3c4d, true);
  view.setUint16(4, 1, true);
  view.setBigInt64(8, -1n, true);
  writeBlock(out, BlockType.SectionHeader, body, [
    { code: SectionOption.Os, value: utf8.encode(operatingSystem) },
    { code: SectionOption.UserApplication, value: utf8.encode(application) },
  ]);
}

function writeInterface(out: ByteBuilder, described: FileInterface, operatingSystem: string): void {
  const { linkType, name, description, mac, ipv4, ipv6 } = described;
  const body = new Uint8Array(8);
  const view = new DataView(body.buffer);
  view.setUint16(0, pcapLinkType[linkType] ?? 0, true);
  view.setUint32(4, snapLength, true);
  writeBlock(out, BlockType.Interface, body, [
    { code: InterfaceOption.Name, value: utf8.encode(name) },
    { code: InterfaceOption.Description, value: utf8.encode(description) },
    { code: InterfaceOption.MacAddress, value: mac },
    ...ipv4.map((address) => ({ code: InterfaceOption.Ipv4Address, value: withMask(address) })),
    ...ipv6.map((address) => ({ code: InterfaceOption.Ipv6Address, value: withPrefix(address) })),
    { code: InterfaceOption.Os, value: utf8.encode(operatingSystem) },
    { code: InterfaceOption.TimeResolution, value: Uint8Array.of(nanoseconds) },
  ]);
}

/** The option wants a net mask, which traces do not tell: the address alone. */
function withMask(ipv4: Uint8Array): Uint8Array {
  return Uint8Array.of(...ipv4, 255, 255, 255, 255);
}

function withPrefix(ipv6: Uint8Array): Uint8Array {
  return Uint8Array.of(...ipv6, 128);
}

const fixedPart = 28;
const flagsOption = 8;
const packetIdOption = 12;
/** Code and length, then 9 bytes padded to 12. */
const verdictOption = 16;
const endOfOptions = 4;

/** An enhanced packet block. There are millions of them, so its bytes are put one by one. */
function writePacket(out: ByteBuilder, packet: ExportedPacket): void {
  const { parts, capturedLength, comment } = packet;
  const hasGroup = packet.groupLow !== 0 || packet.groupHigh !== 0;
  const options = optionsLength(packet, hasGroup);
  const frame = padded(capturedLength);
  const start = out.take(fixedPart + frame + options + 4);
  const { view } = out;
  putBlockEnds(out, start, BlockType.EnhancedPacket);
  view.setUint32(start + 8, packet.interfaceNumber, true);
  putNanoseconds(view, start + 12, packet);
  view.setUint32(start + 20, capturedLength, true);
  view.setUint32(start + 24, packet.originalLength, true);
  putFrame(out, start + fixedPart, parts);
  out.bytes.fill(0, start + fixedPart + capturedLength, start + fixedPart + frame);
  if (options === 0) return;
  let at = start + fixedPart + frame;
  if (packet.direction !== 0) {
    view.setUint32(at, PacketOption.Flags | (4 << 16), true);
    view.setUint32(at + 4, packet.direction, true);
    at += flagsOption;
  }
  if (hasGroup) {
    view.setUint32(at, PacketOption.PacketId | (8 << 16), true);
    view.setUint32(at + 4, packet.groupLow, true);
    view.setUint32(at + 8, packet.groupHigh, true);
    at += packetIdOption;
  }
  if (packet.isDropped) {
    putVerdict(view, at, packet.dropReason);
    at += verdictOption;
  }
  at = putComment(out, at, comment);
  at = putComment(out, at, packet.remark);
  view.setUint32(at, 0, true);
}

/** Returns where the next option begins; nothing is put for no comment. */
function putComment(out: ByteBuilder, at: number, comment: Uint8Array): number {
  if (comment.length === 0) return at;
  const length = Math.min(comment.length, longestOption);
  out.view.setUint32(at, PacketOption.Comment + length * 0x1_0000, true);
  out.put(at + 4, comment, 0, length);
  out.bytes.fill(0, at + 4 + length, at + 4 + padded(length));
  return at + 4 + padded(length);
}

function optionsLength({ direction, isDropped, comment, remark }: ExportedPacket, hasGroup: boolean): number {
  let length = direction === 0 ? 0 : flagsOption;
  if (hasGroup) length += packetIdOption;
  if (isDropped) length += verdictOption;
  length += commentLength(comment) + commentLength(remark);
  return length === 0 ? 0 : length + endOfOptions;
}

function commentLength({ length }: Uint8Array): number {
  return length === 0 ? 0 : 4 + padded(Math.min(length, longestOption));
}

/**
 * The draft knows verdicts of hardware and of two Linux hooks. Type 0, hardware, is the only one whose data the writer may
 * define: here the reason's number, and the comment says it in words.
 */
function putVerdict(view: DataView, at: number, reason: number): void {
  const hardware = 0;
  view.setUint32(at, PacketOption.Verdict | (9 << 16), true);
  view.setUint32(at + 4, 0, true);
  view.setUint32(at + 8, 0, true);
  view.setUint32(at + 12, 0, true);
  view.setUint8(at + 4, hardware);
  view.setUint32(at + 5, reason, true);
}

/** Nanoseconds since 1970, the high half first; sums of halves, because a double does not hold them whole. */
function putNanoseconds(view: DataView, at: number, { seconds, hundredNanoseconds }: Instant): void {
  const perSecond = 1e9;
  const highSeconds = Math.floor(seconds / 0x1_0000);
  const lowSeconds = seconds - highSeconds * 0x1_0000;
  const high = highSeconds * perSecond;
  const upper = Math.floor(high / 0x1_0000);
  const rest = (high - upper * 0x1_0000) * 0x1_0000 + lowSeconds * perSecond + hundredNanoseconds * 100;
  const carry = Math.floor(rest / 0x1_0000_0000);
  view.setUint32(at, upper + carry, true);
  view.setUint32(at + 4, rest - carry * 0x1_0000_0000, true);
}

function writeBlock(out: ByteBuilder, type: number, body: Uint8Array, options: readonly Option[]): void {
  const given = options.filter((option) => option.value.length > 0 && option.value.length <= longestOption);
  const optionBytes = given.reduce((sum, { value }) => sum + 4 + padded(value.length), endOfOptions);
  const start = out.take(12 + body.length + optionBytes);
  putBlockEnds(out, start, type);
  out.put(start + 8, body, 0, body.length);
  let at = start + 8 + body.length;
  for (const { code, value } of given) {
    out.view.setUint16(at, code, true);
    out.view.setUint16(at + 2, value.length, true);
    putPadded(out, at + 4, value);
    at += 4 + padded(value.length);
  }
  out.view.setUint32(at, 0, true);
}

/** Type and length of the block from `start` to the end of what has been taken, and its length again at that end. */
function putBlockEnds(out: ByteBuilder, start: number, type: number): void {
  const length = out.length - start;
  out.view.setUint32(start, type, true);
  out.view.setUint32(start + 4, length, true);
  out.view.setUint32(out.length - 4, length, true);
}

function putPadded(out: ByteBuilder, at: number, value: Uint8Array): void {
  out.put(at, value, 0, value.length);
  out.bytes.fill(0, at + value.length, at + padded(value.length));
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
