import { concatenate } from '../../base/bytes.ts';
import { utf16Bytes } from '../../base/text.ts';

/** Small writers of captures for tests: everything can be said, also what is wrong. */

export interface WrittenPacket {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly frame: Uint8Array;
  /** On the wire; the frame's length when absent. */
  readonly originalLength?: number;
}

/** Fields one behind the other, in one byte order. */
export class FieldWriter {
  private readonly parts: Uint8Array[] = [];
  private readonly littleEndian: boolean;

  constructor(littleEndian = true) {
    this.littleEndian = littleEndian;
  }

  u8(...values: number[]): this {
    this.parts.push(Uint8Array.from(values));
    return this;
  }

  u16(value: number): this {
    return this.put(2, (view) => {
      view.setUint16(0, value, this.littleEndian);
    });
  }

  u32(value: number): this {
    return this.put(4, (view) => {
      view.setUint32(0, value, this.littleEndian);
    });
  }

  u64(value: bigint): this {
    return this.put(8, (view) => {
      view.setBigUint64(0, BigInt.asUintN(64, value), this.littleEndian);
    });
  }

  bytes(bytes: Uint8Array, multipleOf = 1): this {
    this.parts.push(bytes, new Uint8Array((multipleOf - (bytes.length % multipleOf)) % multipleOf));
    return this;
  }

  done(): Uint8Array {
    return concatenate(this.parts);
  }

  private put(size: number, set: (view: DataView) => void): this {
    const bytes = new Uint8Array(size);
    set(new DataView(bytes.buffer));
    this.parts.push(bytes);
    return this;
  }
}

const utf8 = new TextEncoder();
type Options = readonly (readonly [code: number, value: Uint8Array])[];

export function textOption(code: number, text: string): readonly [number, Uint8Array] {
  return [code, utf8.encode(text)];
}

/** Blocks of a pcapng in one byte order. */
export class PcapngWriter {
  readonly littleEndian: boolean;

  constructor(littleEndian = true) {
    this.littleEndian = littleEndian;
  }

  fields(): FieldWriter {
    return new FieldWriter(this.littleEndian);
  }

  block(type: number, body: Uint8Array, options: Options = []): Uint8Array {
    const padded = this.fields().bytes(body, 4).done();
    const tail = this.fields();
    for (const [code, value] of options) tail.u16(code).u16(value.length).bytes(value, 4);
    if (options.length > 0) tail.u32(0);
    const optionBytes = tail.done();
    const length = 12 + padded.length + optionBytes.length;
    return this.fields().u32(type).u32(length).bytes(padded).bytes(optionBytes).u32(length).done();
  }

  section(options: Options = []): Uint8Array {
    return this.block(0x0a0d0d0a, this.fields().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1n).done(), options);
  }

  interface(linkType: number, options: Options = [], snapLength = 0): Uint8Array {
    return this.block(1, this.fields().u16(linkType).u16(0).u32(snapLength).done(), options);
  }

  /** `units` of the interface's resolution since 1970. */
  packet(interfaceNumber: number, units: bigint, frame: Uint8Array, options: Options = [], original = frame.length) {
    const body = this.fields()
      .u32(interfaceNumber)
      .u32(Number(units >> 32n))
      .u32(Number(units & 0xffff_ffffn))
      .u32(frame.length)
      .u32(original)
      .bytes(frame);
    return this.block(6, body.done(), options);
  }

  /** The obsolete block, with its count of drops. */
  oldPacket(interfaceNumber: number, drops: number, units: bigint, frame: Uint8Array): Uint8Array {
    const body = this.fields()
      .u16(interfaceNumber)
      .u16(drops)
      .u32(Number(units >> 32n))
      .u32(Number(units & 0xffff_ffffn));
    return this.block(2, body.u32(frame.length).u32(frame.length).bytes(frame).done());
  }

  simplePacket(frame: Uint8Array, original = frame.length): Uint8Array {
    return this.block(3, this.fields().u32(original).bytes(frame).done());
  }

  statistics(interfaceNumber: number, dropped: bigint): Uint8Array {
    const body = this.fields().u32(interfaceNumber).u64(0n).done();
    return this.block(5, body, [[5, this.fields().u64(dropped).done()]]);
  }

  journal(text: string): Uint8Array {
    return this.block(9, utf8.encode(text));
  }
}

export interface PcapFlavour {
  readonly littleEndian?: boolean;
  readonly nanoseconds?: boolean;
  readonly modified?: boolean;
  readonly linkType?: number;
  readonly snapLength?: number;
}

export function pcapFile(
  packets: readonly WrittenPacket[],
  { littleEndian = true, nanoseconds = false, modified = false, linkType = 1, snapLength = 262_144 }: PcapFlavour = {},
): Uint8Array {
  const magic = modified ? 0xa1b2cd34 : nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  const file = new FieldWriter(littleEndian).u32(magic).u16(2).u16(4).u64(0n).u32(snapLength).u32(linkType);
  for (const { time, frame, originalLength = frame.length } of packets) {
    const fraction = time % 1_000_000_000n;
    file.u32(Number(time / 1_000_000_000n)).u32(Number(nanoseconds ? fraction : fraction / 1000n));
    file.u32(frame.length).u32(originalLength);
    if (modified) file.u64(0n);
    file.bytes(frame);
  }
  return file.done();
}

export interface WrittenFrame extends WrittenPacket {
  /** Of the frame's trailer; 1 is Ethernet. */
  readonly mediaType?: number;
  /** Index into the table of processes. */
  readonly process?: number;
}

export interface NetmonFlavour {
  readonly major?: number;
  readonly minor?: number;
  readonly processes?: readonly { readonly id: number; readonly path: string }[];
  /** By the number of the frame. */
  readonly comments?: readonly (readonly [frame: number, text: string])[];
}

const unixEpoch = 116_444_736_000_000_000n;
const noProcess = 0xffff_ffff;

/** NetMon's .cap: header, frames, tables. The header's time is the first frame's, in whole milliseconds, as UTC. */
export function netmonFile(
  frames: readonly WrittenFrame[],
  { major = 2, minor = 3, processes = [], comments = [] }: NetmonFlavour = {},
): Uint8Array {
  const start = (frames.at(0)?.time ?? 0n) / 1_000_000n;
  const offsets: number[] = [];
  const written: Uint8Array[] = [];
  let at = 128;
  for (const frame of frames) {
    const bytes = netmonFrame(frame, start * 1_000_000n, major, minor);
    offsets.push(at);
    written.push(bytes);
    at += bytes.length;
  }
  const table = new FieldWriter();
  for (const offset of offsets) table.u32(offset);
  const tableBytes = table.done();
  const commentTable = new FieldWriter();
  for (const [frame, text] of comments) {
    const title = utf16Bytes(text, true);
    commentTable.u32(1).u32(offsets[frame]).u32(title.length).bytes(title).u32(0);
  }
  const commentBytes = commentTable.done();
  const processTable = new FieldWriter().u16(1);
  for (const { id, path } of processes) {
    const name = utf16Bytes(path, true);
    processTable.u32(name.length).bytes(name).u32(0).u32(id).u32(443).u32(50_000).u32(0).bytes(new Uint8Array(32));
  }
  const date = new Date(Number(start));
  const header = new FieldWriter()
    .bytes(utf8.encode(major === 1 ? 'RTSS' : 'GMBU'))
    .u8(minor, major)
    .u16(1)
    .u16(date.getUTCFullYear())
    .u16(date.getUTCMonth() + 1)
    .u16(date.getUTCDay())
    .u16(date.getUTCDate())
    .u16(date.getUTCHours())
    .u16(date.getUTCMinutes())
    .u16(date.getUTCSeconds())
    .u16(date.getUTCMilliseconds())
    .u32(at)
    .u32(tableBytes.length)
    .u64(0n)
    .u32(at + tableBytes.length)
    .u32(commentBytes.length)
    .u32(processes.length === 0 ? 0 : at + tableBytes.length + commentBytes.length)
    .u32(processes.length);
  return new FieldWriter()
    .bytes(header.done(), 128)
    .bytes(concatenate(written))
    .bytes(tableBytes)
    .bytes(commentBytes)
    .bytes(processTable.done())
    .done();
}

function netmonFrame(
  { time, frame, originalLength = frame.length, mediaType = 1, process = noProcess }: WrittenFrame,
  start: bigint,
  major: number,
  minor: number,
): Uint8Array {
  const file = new FieldWriter();
  if (major === 1) {
    return file
      .u32(Number((time - start) / 1_000_000n))
      .u16(originalLength)
      .u16(frame.length)
      .bytes(frame)
      .done();
  }
  file
    .u64((time - start) / 1000n)
    .u32(originalLength)
    .u32(frame.length)
    .bytes(frame);
  if (minor >= 1) file.u16(mediaType);
  if (minor >= 2) file.u32(process);
  if (minor >= 3) file.u64(time / 100n + unixEpoch).u8(0);
  return file.done();
}
