/**
 * Blocks of a pcapng file as bytes (the pcapng capture file format, IETF draft-ietf-opsawg-pcapng). All little-endian,
 * every block padded to 32 bits and closed by its own length.
 */

const BlockType = { SectionHeader: 0x0a0d_0d0a, InterfaceDescription: 1, EnhancedPacket: 6 } as const;
const OptionCode = {
  End: 0,
  Os: 3,
  UserApplication: 4,
  InterfaceName: 2,
  InterfaceDescription: 3,
  TimeResolution: 9,
  PacketFlags: 2,
} as const;

/** Time stamps are nanoseconds: 10^-9. */
const nanoseconds = 9;

/** Every interface declares the same: libpcap refuses files whose snap lengths differ. */
const snapLength = 262_144;

const utf8 = new TextEncoder();

interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

export function sectionHeaderBlock(application: string, operatingSystem: string): Uint8Array {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setUint32(0, 0x1a2b_3c4d, true);
  view.setUint16(4, 1, true);
  view.setBigInt64(8, -1n, true);
  return block(BlockType.SectionHeader, body, [
    { code: OptionCode.Os, value: utf8.encode(operatingSystem) },
    { code: OptionCode.UserApplication, value: utf8.encode(application) },
  ]);
}

export function interfaceBlock(linkType: number, name: string, description: string): Uint8Array {
  const body = new Uint8Array(8);
  const view = new DataView(body.buffer);
  view.setUint16(0, linkType, true);
  view.setUint32(4, snapLength, true);
  return block(BlockType.InterfaceDescription, body, [
    { code: OptionCode.InterfaceName, value: utf8.encode(name) },
    { code: OptionCode.InterfaceDescription, value: utf8.encode(description) },
    { code: OptionCode.TimeResolution, value: Uint8Array.of(nanoseconds) },
  ]);
}

export interface PacketBlock {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly originalLength: number;
  /** 1 inbound, 2 outbound, 0 unknown. */
  readonly direction: 0 | 1 | 2;
  /** The frame: parts[i].bytes[start..end), joined. */
  readonly parts: readonly { readonly bytes: Uint8Array; readonly start: number; readonly end: number }[];
}

/** An enhanced packet block on interface 0, written in one allocation because there are millions of them. */
export function packetBlock(packet: PacketBlock): Uint8Array {
  const captured = packet.parts.reduce((sum, part) => sum + part.end - part.start, 0);
  const padded = (captured + 3) & ~3;
  const flagsOption = packet.direction === 0 ? 0 : 12;
  const total = 28 + padded + flagsOption + 4;
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, BlockType.EnhancedPacket, true);
  view.setUint32(4, total, true);
  view.setUint32(12, Number(packet.time >> 32n), true);
  view.setUint32(16, Number(packet.time & 0xffff_ffffn), true);
  view.setUint32(20, captured, true);
  view.setUint32(24, packet.originalLength, true);
  let at = 28;
  for (const part of packet.parts) {
    bytes.set(part.bytes.subarray(part.start, part.end), at);
    at += part.end - part.start;
  }
  at = 28 + padded;
  if (packet.direction !== 0) {
    view.setUint16(at, OptionCode.PacketFlags, true);
    view.setUint16(at + 2, 4, true);
    view.setUint32(at + 4, packet.direction, true);
    at += flagsOption;
  }
  view.setUint32(at, total, true);
  return bytes;
}

/** Puts a packet block on its interface, whose number is known only when the block's turn to be written comes. */
export function setInterfaceNumber(block: Uint8Array, number: number): void {
  new DataView(block.buffer, block.byteOffset).setUint32(8, number, true);
}

function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  const given = options.filter((option) => option.value.length > 0);
  const optionBytes = given.reduce((sum, option) => sum + 4 + padTo4(option.value.length), 0) + 4;
  const total = 12 + body.length + optionBytes;
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, total, true);
  bytes.set(body, 8);
  let at = 8 + body.length;
  for (const option of given) {
    view.setUint16(at, option.code, true);
    view.setUint16(at + 2, option.value.length, true);
    bytes.set(option.value, at + 4);
    at += 4 + padTo4(option.value.length);
  }
  view.setUint32(total - 4, total, true);
  return bytes;
}

function padTo4(length: number): number {
  return (length + 3) & ~3;
}
