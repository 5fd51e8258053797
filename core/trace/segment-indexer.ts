import { utf16ZeroTerminated } from '../base/text.ts';
import { WordInterner } from '../base/word-interner.ts';
import type { FileGap } from '../etl/buffer-chain.ts';
import type { OpenBuffer } from '../etl/buffer-reader.ts';
import { relativeTick, type TraceClock } from '../etl/clock.ts';
import { skipExtendedItems } from '../etl/extended-data.ts';
import { BufferFlag, bufferHeaderSize, extendedInfoFlag } from '../etl/format.ts';
import { CursorEnd, RecordCursor, RecordFamily } from '../etl/record-cursor.ts';
import type { LinkType } from '../packet/link-type.ts';
import { clearFrameColumns, FrameScanner, type FrameColumns, type FrameDictionaries } from '../packet/scan.ts';
import { eventMetadataClass } from '../provider/event-metadata.ts';
import { moduleBit } from '../packet/module.ts';
import { takeToldHeaders } from '../packet/told-headers.ts';
import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from '../provider/ndis-packet-capture.ts';
import { packetSiteReader } from '../provider/packet-site.ts';
import { PacketSite, type PacketSiteReader } from '../provider/site.ts';
import { EventKinds } from './event-kinds.ts';
import { GapTally } from './gap-tally.ts';
import { JoinedFrames } from './joined-frames.ts';
import {
  bufferColumns,
  continuationColumns,
  eventColumns,
  metadataColumns,
  packetColumns,
  PacketTrait,
  sightingColumns,
  type PacketComponent,
  type Problem,
  type Segment,
  type UnknownRecords,
} from './segment.ts';
import { addFragment, SeamTally } from './seam-tally.ts';
import { freezeTable, growingTable, reserveRows } from './tables.ts';

/** How many problems one segment reports in words; the rest are only counted. */
const mostProblems = 200;
/** Names that stand one after the other in an event: of port, NIC and NIC type; of routing domain and user. */
const namesOfSource = { ndis: 0, vmswitch: 3, pktmon: 0, ras: 2, capture: 0 } as const;
const sourceNames = ['ndis', 'vmswitch', 'pktmon', 'ras', 'capture'] as const;

/** Whose events a segment holds. */
export interface SegmentOrigin {
  readonly input: number;
  readonly section: number;
  /** Of the section. */
  readonly clock: TraceClock;
  readonly pointerSize: 4 | 8;
  readonly osBuild: number;
}

/** How many rows a segment is expected to have: the better the guess, the less is copied. */
export interface ExpectedRows {
  readonly buffers: number;
  readonly events: number;
  readonly packets: number;
  readonly sightings: number;
}

export const nothingExpected: ExpectedRows = { buffers: 64, events: 4096, packets: 0, sightings: 0 };

/**
 * Fills one segment's columns from the buffers of one range. Everything it takes from an event stands at a fixed place
 * of a header, or of the few events that carry packets; no payload is decoded.
 */
export class SegmentIndexer {
  readonly problems: Problem[] = [];
  events = 0;

  protected readonly tables;
  private readonly clock: TraceClock;
  protected readonly origin: SegmentOrigin;
  protected readonly cursor = new RecordCursor((headerType, _, size) => {
    this.countUnknownRecord(headerType, size);
  });
  protected readonly site = new PacketSite();
  protected readonly kinds = new EventKinds();
  /** Per kind: how many events, and how to find the frame in them. */
  protected readonly kindEvents: number[] = [];
  protected readonly kindIsMetadata: boolean[] = [];
  protected readonly metadataEvents: number[] = [];
  protected readonly kindReaders: (PacketSiteReader | undefined)[] = [];
  private readonly componentKeys = new WordInterner(4);
  protected readonly components: PacketComponent[] = [];
  private readonly dictionaries: FrameDictionaries = {
    macPairs: new WordInterner(3),
    ipv6Addresses: new WordInterner(4),
  };
  private readonly scanner = new FrameScanner(this.dictionaries);
  private readonly seam = new SeamTally();
  private readonly joined = new JoinedFrames();
  /** Metadata events whose packet has not come yet, by where it will come from. */
  private readonly metadataAhead = new Map<string, number>();
  private readonly kindIsPacketMetadata: boolean[] = [];
  private readonly gaps = new GapTally();
  /** By header type. */
  private readonly unknownRecords = new Map<number, UnknownRecords>();
  private bufferOffset = 0;
  private firstProblemNotKept: Problem | undefined;
  private problemsNotKept = 0;
  protected buffers = 0;
  private packets = 0;
  private sightings = 0;
  private continuations = 0;
  private metadata = 0;

  constructor(origin: SegmentOrigin, expected = nothingExpected) {
    this.tables = tablesFor(expected);
    // Number 0 is the address ::, so that packets cut before their addresses share no number with a real one.
    this.dictionaries.ipv6Addresses.intern();
    this.origin = origin;
    this.clock = origin.clock;
    this.site.pointerSize = origin.pointerSize;
  }

  addGap(gap: FileGap): void {
    this.gaps.add(gap);
    if (gap.kind !== 'unwritten') this.addProblem(gap);
  }

  addBuffer(buffer: OpenBuffer): void {
    this.addBufferRow(buffer);
    const offset = buffer.fileOffset;
    if (buffer.problem !== undefined) this.addProblem({ offset, ...buffer.problem });
    if ((buffer.header.flags & BufferFlag.RealTimeBackupCorrupt) !== 0) {
      this.addProblem({ offset, kind: 'corrupt-backup', message: corruptBackupText(offset) });
    }
    this.bufferOffset = offset;
    const { cursor } = this;
    const { view, base } = buffer;
    cursor.open(view, base + bufferHeaderSize, buffer.limit);
    const firstEvent = this.events;
    this.addEvents(buffer);
    this.noteTimes(firstEvent);
    if (cursor.ended !== CursorEnd.Regular) {
      const bytes = buffer.limit - cursor.start;
      this.addProblem({ offset, kind: 'damaged', message: this.brokenRecordText(buffer, firstEvent), bytes });
    }
  }

  finish(): Segment {
    const { tables, origin } = this;
    if (this.firstProblemNotKept) {
      const { offset } = this.firstProblemNotKept;
      const message = `${this.problemsNotKept} more problems in this part of the file are not listed; they begin at offset ${offset}.`;
      this.problems.push({ offset, message, kind: 'other' });
    }
    this.sortContinuations();
    return {
      input: origin.input,
      section: origin.section,
      pointerSize: origin.pointerSize,
      osBuild: origin.osBuild,
      buffers: freezeTable(tables.buffers, this.buffers),
      events: freezeTable(tables.events, this.events),
      packets: freezeTable(tables.packets, this.packets),
      sightings: freezeTable(tables.sightings, this.sightings),
      continuations: freezeTable(tables.continuations, this.continuations),
      metadata: freezeTable(tables.metadata, this.metadata),
      seam: this.seam.finish(),
      fragmentsElsewhere: [],
      fragmentsFromElsewhere: [],
      schemas: this.kinds.kinds,
      schemaEvents: this.kindEvents,
      ...this.countPackets(),
      components: this.components,
      ipv6Addresses: bytesOf(this.dictionaries.ipv6Addresses),
      macPairs: bytesOf(this.dictionaries.macPairs),
      metadataEvents: this.metadataEvents,
      gaps: this.gaps.totals,
      unknownRecords: [...this.unknownRecords.values()],
    };
  }

  protected addProblem(problem: Problem): void {
    if (this.problems.length < mostProblems) this.problems.push(problem);
    else {
      this.firstProblemNotKept ??= problem;
      this.problemsNotKept++;
    }
  }

  private countUnknownRecord(headerType: number, size: number): void {
    const known = this.unknownRecords.get(headerType);
    this.unknownRecords.set(headerType, {
      headerType,
      records: (known?.records ?? 0) + 1,
      bytes: (known?.bytes ?? 0) + size,
      offset: known?.offset ?? this.bufferOffset,
    });
  }

  private addBufferRow(buffer: OpenBuffer): void {
    const { buffers } = this.tables;
    reserveRows(buffers, this.buffers + 1);
    const row = this.buffers++;
    const { columns } = buffers;
    columns.fileOffset[row] = buffer.fileOffset;
    columns.diskSize[row] = buffer.header.size;
    columns.filledSize[row] = buffer.limit - buffer.base;
    columns.firstEvent[row] = this.events;
    columns.processor[row] = buffer.header.processor;
    columns.sequence[row] = Number(buffer.header.sequence);
    columns.flags[row] = buffer.header.flags;
  }

  /** What ordering needs to know of the buffer just read: its time range, and whether it is in order. */
  protected noteTimes(firstEvent: number): void {
    const { columns } = this.tables.buffers;
    const row = this.buffers - 1;
    const { tick } = this.tables.events.columns;
    let lowest = this.events > firstEvent ? tick[firstEvent] : 0;
    let highest = lowest;
    let unsorted = 0;
    for (let event = firstEvent + 1; event < this.events; event++) {
      const at = tick[event];
      if (at >= highest) highest = at;
      else {
        unsorted = 1;
        if (at < lowest) lowest = at;
      }
    }
    columns.firstTick[row] = lowest;
    columns.lastTick[row] = highest;
    columns.unsorted[row] = unsorted;
  }

  /** The hot loop: one pass over a buffer's records, columns and counters at hand. */
  private addEvents(buffer: OpenBuffer): void {
    const { clock, cursor, kinds, kindEvents, kindReaders } = this;
    const { view, base } = buffer;
    const table = this.tables.events;
    let { columns, capacity } = table;
    let row = this.events;
    while (cursor.next()) {
      if (row === capacity) {
        reserveRows(table, row + smallestGrowth);
        ({ columns, capacity } = table);
      }
      const kind = kinds.numberOf(view, cursor);
      if (kind === kindEvents.length) this.addKind(kind);
      kindEvents[kind]++;
      const { timeAt } = cursor;
      columns.tick[row] =
        timeAt >= 0
          ? relativeTick(clock, view.getInt32(timeAt + 4, true), view.getUint32(timeAt, true))
          : this.flushTick(buffer);
      columns.offset[row] = cursor.start - base;
      columns.schema[row] = kind;
      columns.process[row] = cursor.process;
      columns.thread[row] = cursor.thread;
      const reader = kindReaders[kind];
      if (reader !== undefined) this.addPacketEvent(buffer, reader, kind, row);
      else if (this.kindIsMetadata[kind]) this.metadataEvents.push(row);
      else if (this.kindIsPacketMetadata[kind]) this.keepMetadata(buffer, row);
      row++;
    }
    this.events = row;
  }

  protected addKind(number: number): void {
    const kind = this.kinds.kinds[number];
    this.kindEvents.push(0);
    this.kindIsMetadata.push(kind.family === 'classic' && kind.provider === eventMetadataClass);
    this.kindReaders.push(kind.family === 'manifest' ? packetSiteReader(kind.provider, kind.id) : undefined);
    this.kindIsPacketMetadata.push(
      kind.family === 'manifest' &&
        kind.provider === ndisPacketCaptureProvider &&
        kind.id === NdisPacketCaptureEvent.PacketMetadata,
    );
  }

  /** Only WPP messages may lack a time; their buffer's flush time is the nearest there is. */
  private flushTick({ header }: OpenBuffer): number {
    const sinceStart = Number(header.flushTime - this.clock.startTime);
    const isFiletime = Math.abs(sinceStart) < hundredNanosecondsOfTenYears;
    if (isFiletime) return (sinceStart * this.clock.frequency) / 10_000_000;
    return relativeTick(this.clock, Number(header.flushTime >> 32n), Number(header.flushTime & 0xffff_ffffn));
  }

  protected addPacketEvent(buffer: OpenBuffer, reader: PacketSiteReader, kindNumber: number, event: number): void {
    const { cursor, site } = this;
    const { view } = buffer;
    const kind = this.kinds.kinds[kindNumber];
    const start = userDataStart(view, cursor);
    if (!reader(view, start, cursor.end, kind.keywordLow, kind.keywordHigh, site)) {
      const message = `Event ${kind.id} of ${kind.provider} at byte ${cursor.start - buffer.base} of the buffer at offset ${buffer.fileOffset} claims a longer frame than it holds; its packet was left out.`;
      this.addProblem({ offset: buffer.fileOffset, kind: 'packet', message });
    } else if (site.isFirstFragment) this.addPacket(buffer, kind.id, event);
    else this.continuePacket(buffer, kind.id, event);
  }

  protected addPacket(buffer: OpenBuffer, eventId: number, event: number): void {
    const { site } = this;
    const { packets } = this.tables;
    if (this.packets === packets.capacity) reserveRows(packets, this.packets + smallestGrowth);
    const row = this.packets++;
    const { columns } = packets;
    const captured = site.frameEnd - site.frameStart;
    columns.event[row] = event;
    columns.capturedLength[row] = captured;
    if (site.originalLength !== captured) columns.cutLength[row] = site.originalLength - captured;
    columns.linkType[row] = site.linkType;
    const component = this.componentOf(buffer);
    if (component !== 0) columns.component[row] = component;
    if (site.hasToldHeaders) takeToldHeaders(buffer.view, site.toldHeaders, this.dictionaries, columns, row);
    this.scanner.scan(buffer.view, site.frameStart, site.frameEnd, site.linkType, columns, row);
    noteOutOfBandVlan(columns, row, site.outOfBandVlan);
    let traits = 0;
    if (site.inbound) traits |= PacketTrait.Inbound;
    if (site.outbound) traits |= PacketTrait.Outbound;
    if (site.isDrop) traits |= PacketTrait.Dropped;
    if (site.isRouted) traits |= PacketTrait.Routed;
    if (!site.isLastFragment) {
      traits |= PacketTrait.Incomplete;
      const key = this.fragmentKey(buffer, eventId);
      this.seam.begin(key, row);
      this.joined.begin(key, frameBytes(buffer.view, site), site.outOfBandVlan);
    } else if (columns.cutLength[row] > 0) traits |= PacketTrait.Truncated;
    if (site.isTruncated) traits |= PacketTrait.Truncated;
    columns.traits[row] = traits;
    if (site.isSighting) this.addSighting(row);
    if (this.metadataAhead.size > 0) this.takeMetadata(buffer, eventId, row);
  }

  private continuePacket(buffer: OpenBuffer, eventId: number, event: number): void {
    const { site } = this;
    const key = this.fragmentKey(buffer, eventId);
    const packet = this.seam.openPacket(key);
    const length = site.frameEnd - site.frameStart;
    const { tick } = this.tables.events.columns;
    const { columns } = this.tables.packets;
    // Where a circular file begins, the oldest events follow the newest: no fragment is older than its packet.
    if (packet < 0 || tick[event] < tick[columns.event[packet]]) {
      this.seam.addStray({ key, event, length, isLast: site.isLastFragment, bufferOffset: buffer.fileOffset });
      return;
    }
    this.scanJoined(key, frameBytes(buffer.view, site), packet);
    addFragment(columns, packet, length, site.isLastFragment);
    if (site.isLastFragment) {
      this.seam.end(key);
      this.joined.end(key);
    }
    const { continuations } = this.tables;
    if (this.continuations === continuations.capacity) reserveRows(continuations, this.continuations + smallestGrowth);
    continuations.columns.packet[this.continuations] = packet;
    continuations.columns.event[this.continuations] = event;
    this.continuations++;
  }

  /** A packet's columns once more, from all of it that has come; its lengths do not count the new fragment yet. */
  private scanJoined(key: string, fragment: Uint8Array, packet: number): void {
    const frame = this.joined.add(key, fragment);
    if (!frame) return;
    const { columns } = this.tables.packets;
    clearFrameColumns(columns, packet);
    this.scanner.scan(frame.view, 0, frame.length, columns.linkType[packet] as LinkType, columns, packet);
    noteOutOfBandVlan(columns, packet, frame.outOfBandVlan);
  }

  /** Fragments of one packet come from one miniport, thread and processor, in events of one id. */
  private fragmentKey(buffer: OpenBuffer, eventId: number): string {
    return fragmentKeyOf(this.site, eventId, this.cursor.thread, buffer.header.processor);
  }

  /** Waits for the next packet of the same path. */
  private keepMetadata({ view, header }: OpenBuffer, event: number): void {
    const { cursor, site } = this;
    const start = userDataStart(view, cursor);
    if (start + 8 > cursor.end) return;
    site.miniportIfIndex = view.getUint32(start, true);
    site.lowerIfIndex = view.getUint32(start + 4, true);
    this.metadataAhead.set(
      fragmentKeyOf(site, NdisPacketCaptureEvent.PacketFragment, cursor.thread, header.processor),
      event,
    );
  }

  private takeMetadata(buffer: OpenBuffer, eventId: number, packet: number): void {
    const key = this.fragmentKey(buffer, eventId);
    const event = this.metadataAhead.get(key);
    if (event === undefined) return;
    this.metadataAhead.delete(key);
    const { metadata } = this.tables;
    if (this.metadata === metadata.capacity) reserveRows(metadata, this.metadata + smallestGrowth);
    metadata.columns.packet[this.metadata] = packet;
    metadata.columns.event[this.metadata] = event;
    this.metadata++;
  }

  private addSighting(packet: number): void {
    const { site } = this;
    const { sightings } = this.tables;
    if (this.sightings === sightings.capacity) reserveRows(sightings, this.sightings + smallestGrowth);
    const row = this.sightings++;
    const { columns } = sightings;
    columns.packet[row] = packet;
    columns.group[row] = site.group;
    columns.appearance[row] = site.appearance;
    columns.dropReason[row] = site.dropReason;
    columns.dropLocation[row] = site.dropLocation;
  }

  private componentOf(buffer: OpenBuffer): number {
    const { site } = this;
    const { key } = this.componentKeys;
    key[0] = site.source;
    key[1] = site.miniportIfIndex;
    key[2] = site.lowerIfIndex;
    key[3] = site.componentId;
    const number = this.componentKeys.intern();
    if (number === this.components.length) this.components.push(this.describeComponent(buffer));
    return number;
  }

  protected describeComponent({ bytes }: OpenBuffer): PacketComponent {
    const { site } = this;
    const names = ['', '', ''];
    let at = site.namesAt;
    for (let index = 0; index < namesOfSource[sourceNames[site.source]]; index++) {
      const name = utf16ZeroTerminated(bytes, at, site.frameStart);
      names[index] = name.text;
      at = name.next;
    }
    return {
      source: sourceNames[site.source],
      miniportIfIndex: site.miniportIfIndex,
      lowerIfIndex: site.lowerIfIndex,
      id: site.componentId,
      portName: names[0],
      nicName: names[1],
      nicType: names[2],
    };
  }

  /** Packets by the kind of the event they begin in. */
  private countPackets(): Pick<Segment, 'schemaPackets' | 'schemaTruncated'> {
    const schemaPackets = this.kindEvents.map(() => 0);
    const schemaTruncated = this.kindEvents.map(() => 0);
    const { event, traits } = this.tables.packets.columns;
    const { schema } = this.tables.events.columns;
    for (let packet = 0; packet < this.packets; packet++) {
      const kind = schema[event[packet]];
      schemaPackets[kind]++;
      if ((traits[packet] & PacketTrait.Truncated) !== 0) schemaTruncated[kind]++;
    }
    return { schemaPackets, schemaTruncated };
  }

  /** By packet, then by event, so that a packet's events are found by a binary search. */
  private sortContinuations(): void {
    const { packet, event } = this.tables.continuations.columns;
    const rows = Array.from({ length: this.continuations }, (_, row) => ({ packet: packet[row], event: event[row] }));
    rows.sort((a, b) => a.packet - b.packet || a.event - b.event);
    rows.forEach((row, index) => {
      packet[index] = row.packet;
      event[index] = row.event;
    });
  }

  private brokenRecordText(buffer: OpenBuffer, firstEvent: number): string {
    const { cursor } = this;
    const at = cursor.start - buffer.base;
    const why =
      cursor.ended === CursorEnd.UnknownHeader ? 'no known record header stands there' : 'its size runs past the data';
    const when = this.events > firstEvent ? ` The events before it were kept.` : '';
    return `Event at byte ${at} of the buffer at offset ${buffer.fileOffset} cannot be read: ${why}; the rest of this buffer was skipped.${when}`;
  }
}

function corruptBackupText(offset: number): string {
  return `Windows marked the buffer at offset ${offset} as damaged: it comes from the file behind a real-time session. What it holds is shown, but events of it may be missing.`;
}

/** A merged file has FILETIMEs in its buffer headers, a raw one clock ticks: a date near the trace's start is the former. */
const hundredNanosecondsOfTenYears = 10 * 365 * 86_400 * 10_000_000;

/** Rows by which a table grows at least. */
export const smallestGrowth = 1024;

function tablesFor(expected: ExpectedRows) {
  return {
    buffers: growingTable(bufferColumns, expected.buffers),
    events: growingTable(eventColumns, expected.events),
    packets: growingTable(packetColumns, expected.packets),
    sightings: growingTable(sightingColumns, expected.sightings),
    continuations: growingTable(continuationColumns, 0),
    metadata: growingTable(metadataColumns, 0),
  };
}

/** Fragments of one packet, and metadata and its packet, come from one miniport, layer, thread and processor. */
function fragmentKeyOf(
  { miniportIfIndex, lowerIfIndex }: PacketSite,
  eventId: number,
  thread: number,
  processor: number,
): string {
  return `${eventId}/${miniportIfIndex}/${lowerIfIndex}/${thread}/${processor}`;
}

/** A vSwitch takes the tag out of a frame and hands it on beside it. */
function noteOutOfBandVlan(columns: FrameColumns, packet: number, vlan: number): void {
  if (vlan === 0 || (columns.modules[packet] & moduleBit.VLAN) !== 0) return;
  columns.vlan[packet] = vlan;
  columns.modules[packet] |= moduleBit.VLAN;
}

function frameBytes(view: DataView, { frameStart, frameEnd }: PacketSite): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + frameStart, frameEnd - frameStart);
}

function userDataStart(view: DataView, cursor: RecordCursor): number {
  if (cursor.family !== RecordFamily.Event) return cursor.payload;
  const hasExtendedItems = (view.getUint16(cursor.start + 4, true) & extendedInfoFlag) !== 0;
  return hasExtendedItems ? skipExtendedItems(view, cursor.payload, cursor.end) : cursor.payload;
}

function bytesOf(interner: WordInterner): Uint8Array {
  const words = interner.keys();
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
