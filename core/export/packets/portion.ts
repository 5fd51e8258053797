import { ByteBuilder } from '../../base/byte-builder.ts';
import { putBytes } from '../../base/bytes.ts';
import { LinkType, pcapLinkType } from '../../packet/link-type.ts';
import type { EventReader } from '../../trace/event-reader.ts';
import { originalLength, sightingOf, type FrameSlice } from '../../trace/packet-bytes.ts';
import { PacketCursor } from '../../trace/packet-cursor.ts';
import { PacketTrait } from '../../trace/segment.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import { UnixClock } from '../../trace/unix-clock.ts';
import type { EventText } from '../text/event-text.ts';
import { PacketComments } from './comments.ts';
import { InterfaceCounter, interfaceText, PerInterface, type InterfaceKey, type InterfaceTally } from './interfaces.ts';
import { netmonFormat } from './netmon.ts';
import type { ExportedPacket, Instant, PacketFileFormat } from './packet-file.ts';
import { pcapFormat } from './pcap.ts';
import { pcapngFormat } from './pcapng.ts';

/** The formats of packets by the ending of their files. */
export const packetFormats = {
  pcapng: pcapngFormat,
  pcap: pcapFormat,
  cap: netmonFormat,
} as const satisfies Readonly<Record<string, PacketFileFormat>>;

/** What the packets of a view are written into: plain data. */
export interface PacketExportPlan {
  readonly format: keyof typeof packetFormats;
  /** The interfaces of each file, in the order of their numbers. */
  readonly files: readonly (readonly InterfaceKey[])[];
  /** Whether events without a packet are written, into the first file. */
  readonly events: boolean;
  /** Of the view's first row. */
  readonly start: Instant;
}

/** What people said of some rows: row numbers with their comments. */
export type Remarks = readonly (readonly [row: number, comment: string])[];

/** A trace as portions of its packets are read from it. */
export interface PacketSource {
  readonly columns: TraceColumns;
  readonly reader: EventReader;
  /** Event numbers by time. */
  readonly order: Uint32Array;
  /** Memory that portions are built in, one after the other: a builder for each file of the plan. */
  readonly workshop: ByteBuilder[];
  /** The event of a row, decoded. */
  text(row: number): EventText;
}

/** The records of some rows, in the view's order, for each file of the plan. */
export interface PacketPortion extends PortionTally {
  readonly files: readonly {
    readonly bytes: Uint8Array;
    /** Where each record begins in `bytes`. */
    readonly starts: Uint32Array;
    readonly packets: number;
  }[];
}

/** Rows by what became of them. */
export interface PortionTally {
  readonly events: number;
  /** Rows without a packet, and packets that came to nothing: no link type in the format, not in the file any more. */
  readonly withoutPacket: number;
  readonly withoutLinkType: number;
  readonly unreadable: number;
  /** Packets that were written with fragments missing. */
  readonly incomplete: number;
}

/** What the view holds, before anything is written. */
export interface PacketCount {
  readonly interfaces: readonly InterfaceTally[];
  readonly withoutPacket: number;
}

/** Counts the packets of some rows by interface, in their order. */
export function countPackets({ columns, reader, order }: PacketSource, rows: Uint32Array): PacketCount {
  const cursor = new PacketCursor(columns, reader);
  const counter = new InterfaceCounter();
  let withoutPacket = 0;
  for (const row of rows) {
    if (cursor.moveTo(order[row])) counter.add(cursor);
    else if (!cursor.carriesFrame) withoutPacket++;
  }
  return { interfaces: counter.tallies, withoutPacket };
}

/**
 * Writes some rows of a view. Neighbours in time lie in as many buffers as the machine has processors, and inflating one may
 * cost 16 MiB: so rows are read in file order, and their records put into the view's order at the end.
 */
export function packetPortion(
  source: PacketSource,
  rows: Uint32Array,
  plan: PacketExportPlan,
  remarks: Remarks = [],
): PacketPortion {
  const writer = new PortionWriter(source, plan, rows.length, remarks);
  const { order } = source;
  for (const position of positionsByPlace(order, rows))
    writer.writeRow(rows[position], order[rows[position]], position);
  return { ...writer.tally, files: writer.files.map((file) => file.inOrder()) };
}

/** Positions in `rows`, sorted by where their events lie in the files. */
function positionsByPlace(order: Uint32Array, rows: Uint32Array): Uint32Array {
  // One number holds event and position: sorting numbers is many times faster than sorting by a function.
  const keys = new Float64Array(rows.length);
  for (let position = 0; position < rows.length; position++)
    keys[position] = order[rows[position]] * rows.length + position;
  keys.sort();
  const positions = new Uint32Array(rows.length);
  for (let index = 0; index < keys.length; index++) positions[index] = keys[index] % rows.length;
  return positions;
}

/** A packet's place: which file, and which interface in it. */
interface Place {
  readonly file: RecordFile;
  readonly interfaceNumber: number;
}

const noComment = new Uint8Array(0);
const utf8 = new TextEncoder();

class PortionWriter {
  readonly files: readonly RecordFile[];
  readonly tally = { events: 0, withoutPacket: 0, withoutLinkType: 0, unreadable: 0, incomplete: 0 };

  private readonly source: PacketSource;
  private readonly plan: PacketExportPlan;
  private readonly format: PacketFileFormat;
  private readonly cursor: PacketCursor;
  private readonly clock: UnixClock;
  private readonly comments = new PacketComments();
  private readonly remarks: ReadonlyMap<number, string>;
  private readonly places: PerInterface<Place | null>;
  private readonly packet: { -readonly [Name in keyof ExportedPacket]: ExportedPacket[Name] } = emptyPacket();

  constructor(source: PacketSource, plan: PacketExportPlan, rows: number, remarks: Remarks) {
    this.source = source;
    this.plan = plan;
    this.format = packetFormats[plan.format];
    this.cursor = new PacketCursor(source.columns, source.reader);
    this.clock = new UnixClock(source.columns);
    this.remarks = new Map(remarks);
    this.files = plan.files.map((_, file) => new RecordFile((source.workshop[file] ??= new ByteBuilder()), rows));
    const places = new Map(
      plan.files.flatMap((interfaces, file) =>
        interfaces.map((key, interfaceNumber) => [interfaceText(key), { file: this.files[file], interfaceNumber }]),
      ),
    );
    this.places = new PerInterface((key) => places.get(interfaceText(key)) ?? null);
  }

  writeRow(row: number, event: number, position: number): void {
    const { cursor, tally } = this;
    if (!cursor.moveTo(event)) {
      if (!cursor.carriesFrame) this.writeEvent(row, position);
      return;
    }
    const { segment, packet } = cursor;
    const linkType = segment.packets.linkType[packet] as LinkType;
    if (pcapLinkType[linkType] === undefined) {
      tally.withoutLinkType++;
      return;
    }
    const place = this.places.of(cursor);
    const parts = cursor.readFrame();
    if (parts.length === 0 || !place) {
      tally.unreadable++;
      return;
    }
    if ((segment.packets.traits[packet] & PacketTrait.Incomplete) !== 0) tally.incomplete++;
    this.writePacket(place, linkType, parts, row, position);
  }

  private writePacket(
    place: Place,
    linkType: LinkType,
    parts: readonly FrameSlice[],
    row: number,
    position: number,
  ): void {
    const { cursor, packet: exported, clock } = this;
    const { segment, index, packet } = cursor;
    const traits = segment.packets.traits[packet];
    clock.set(segment, index);
    exported.seconds = clock.seconds;
    exported.hundredNanoseconds = clock.hundredNanoseconds;
    exported.interfaceNumber = place.interfaceNumber;
    exported.linkType = linkType;
    exported.direction = directionOf(traits);
    exported.parts = parts;
    exported.capturedLength = lengthOf(parts);
    exported.originalLength = Math.max(originalLength(segment, packet), exported.capturedLength);
    exported.isDropped = (traits & PacketTrait.Dropped) !== 0;
    this.takeSighting();
    exported.comment = this.format.hasComments ? this.comments.of(cursor) : noComment;
    exported.remark = this.format.hasComments ? this.remarkOn(row) : noComment;
    place.file.begin(position);
    this.format.writePacket(place.file.out, exported, this.plan.start);
    place.file.packets++;
  }

  private remarkOn(row: number): Uint8Array {
    const remark = this.remarks.size === 0 ? undefined : this.remarks.get(row);
    return remark === undefined ? noComment : utf8.encode(remark);
  }

  private takeSighting(): void {
    const { packet: exported, cursor } = this;
    const { site, segment, packet } = cursor;
    const { sightings } = segment;
    const sighting = sightings.length === 0 ? -1 : sightingOf(segment, packet);
    const group = sighting < 0 ? 0 : sightings.group[sighting];
    // pktmon's events about a frame begin with the group's 64 bits; columns hold them as a double.
    const exact = site.isSighting && group !== 0 ? cursor.record : undefined;
    exported.groupLow = exact ? exact.view.getUint32(exact.userData, true) : group % 0x1_0000_0000;
    exported.groupHigh = exact ? exact.view.getUint32(exact.userData + 4, true) : Math.floor(group / 0x1_0000_0000);
    exported.dropReason = sighting < 0 || !exported.isDropped ? 0 : sightings.dropReason[sighting];
  }

  private writeEvent(row: number, position: number): void {
    const { cursor, clock, tally, format, source } = this;
    const { segment, index, kind } = cursor;
    const record = this.plan.events && format.writeEvent ? cursor.readRecord() : undefined;
    if (!record || !format.writeEvent) {
      tally.withoutPacket++;
      return;
    }
    clock.set(segment, index);
    const [file] = this.files;
    file.begin(position);
    format.writeEvent(
      file.out,
      {
        seconds: clock.seconds,
        hundredNanoseconds: clock.hundredNanoseconds,
        kind,
        record,
        process: segment.events.process[index],
        thread: segment.events.thread[index],
        text: () => source.text(row),
      },
      this.plan.start,
    );
    tally.events++;
  }
}

/** The records of one file, written in any order and put into the view's at the end. */
class RecordFile {
  readonly out: ByteBuilder;
  packets = 0;
  /** Of each position that has a record, one more than its number in the order of writing. */
  private readonly numbers: Uint32Array;
  private readonly starts: number[] = [];

  constructor(out: ByteBuilder, positions: number) {
    out.length = 0;
    this.out = out;
    this.numbers = new Uint32Array(positions);
  }

  /** What is written from here on is the record of this position. */
  begin(position: number): void {
    this.starts.push(this.out.length);
    this.numbers[position] = this.starts.length;
  }

  inOrder(): PacketPortion['files'][number] {
    const { out, packets } = this;
    const ends = [...this.starts.slice(1), out.length];
    const bytes = new Uint8Array(out.length);
    const starts = new Uint32Array(this.starts.length);
    let at = 0;
    let record = 0;
    for (const number of this.numbers) {
      if (number === 0) continue;
      const start = this.starts[number - 1];
      putBytes(bytes, at, out.bytes, start, ends[number - 1]);
      starts[record++] = at;
      at += ends[number - 1] - start;
    }
    return { bytes, starts, packets };
  }
}

function lengthOf(parts: readonly FrameSlice[]): number {
  let length = 0;
  for (const { start, end } of parts) length += end - start;
  return length;
}

function directionOf(traits: number): 0 | 1 | 2 {
  if ((traits & PacketTrait.Inbound) !== 0) return 1;
  return (traits & PacketTrait.Outbound) !== 0 ? 2 : 0;
}

function emptyPacket(): ExportedPacket {
  return {
    seconds: 0,
    hundredNanoseconds: 0,
    interfaceNumber: 0,
    linkType: LinkType.Unknown,
    direction: 0,
    parts: [],
    capturedLength: 0,
    originalLength: 0,
    comment: noComment,
    remark: noComment,
    groupLow: 0,
    groupHigh: 0,
    isDropped: false,
    dropReason: 0,
  };
}
