import type { CaptureContext, CaptureProblem, CaptureVisitor } from '../capture-file/capture-context.ts';
import { RecordKind, type CaptureRecord } from '../capture-file/capture-record.ts';
import { eventHeaderSize, isClassicEvent, readNetmonEvent } from '../capture-file/netmon-event.ts';
import type { OpenBuffer } from '../etl/buffer-reader.ts';
import { noBufferHeader } from '../etl/buffer-header.ts';
import { RecordFamily } from '../etl/record-cursor.ts';
import { linkTypeOfPcap } from '../packet/link-type.ts';
import { ComponentSource, resetSite } from '../provider/site.ts';
import type { CaptureSegment, PacketComponent, Segment } from './segment.ts';
import {
  nothingExpected,
  SegmentIndexer,
  smallestGrowth,
  type ExpectedRows,
  type SegmentOrigin,
} from './segment-indexer.ts';
import { reserveRows } from './tables.ts';

/** Records within so many bytes are read together when one of them is looked at. */
const stretchBytes = 1 << 18;

/** The bytes at hand, as indexing knows them of a buffer. */
class Stretch implements OpenBuffer {
  readonly header = noBufferHeader;
  readonly problem = undefined;
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  base = 0;
  limit = 0;
  fileOffset = 0;
}

/** Fills one segment's columns from the records of a stretch of a capture file. */
export class CaptureIndexer extends SegmentIndexer implements CaptureVisitor<CaptureRecord> {
  /** Told the bytes read so far; true stops the reading. */
  onProgress: (bytesRead: number) => boolean = () => false;
  private context: CaptureContext;
  private readonly here = new Stretch();
  private firstEventHere = 0;
  private endHere = 0;
  private recordDrops = 0;
  private readonly dropsByInterface = new Map<number, number>();

  constructor(origin: SegmentOrigin, context: CaptureContext, expected: ExpectedRows = nothingExpected) {
    super(origin, expected);
    this.context = context;
  }

  record(record: CaptureRecord, view: DataView, viewOffset: number): void {
    const offset = viewOffset + record.start;
    this.enter(view, viewOffset, offset, viewOffset + record.end);
    const { columns } = this.roomForEvent();
    const row = this.events;
    const kind = this.kindOf(record, view);
    if (kind === this.kindEvents.length) this.addKind(kind);
    this.kindEvents[kind]++;
    columns.tick[row] = record.tick;
    columns.offset[row] = offset - this.here.fileOffset;
    columns.schema[row] = kind;
    columns.process[row] = record.process;
    columns.thread[row] = record.thread;
    this.recordDrops += record.dropCount;
    if (record.kind === RecordKind.Packet) this.takePacket(record, row);
    else if (record.kind === RecordKind.Event) this.takeEvent(record, view, kind, row);
    this.events = row + 1;
  }

  problem(problem: CaptureProblem): void {
    const { kind, bytes = 0 } = problem;
    if (kind === 'skipped') this.addGap({ ...problem, kind, bytes });
    else this.addProblem(problem);
  }

  interfaceDrops(interfaceNumber: number, packets: number): void {
    this.dropsByInterface.set(interfaceNumber, packets);
  }

  progress(bytesRead: number): boolean {
    return this.onProgress(bytesRead);
  }

  /** `context` as the range ended with it: it knows the interfaces that were described on the way. */
  finishCapture(context: CaptureContext): Segment {
    this.context = context;
    this.leave();
    const capture: CaptureSegment = {
      context,
      recordDrops: this.recordDrops,
      interfaceDrops: [...this.dropsByInterface],
    };
    return { ...this.finish(), components: this.components.map((component) => this.named(component)), capture };
  }

  private named(component: PacketComponent): PacketComponent {
    if (component.source !== 'capture') return component;
    const { context, origin } = this;
    const known = context.format === 'pcapng' ? context.interfaces.at(component.id) : undefined;
    const { name, description } = known ?? { name: '', description: '' };
    return { ...component, interface: { input: origin.input, name, description } };
  }

  /** Goes on in the stretch at hand, or begins another when the record lies too far off. */
  private enter(view: DataView, viewOffset: number, offset: number, end: number): void {
    const { here } = this;
    if (here.view !== view) {
      here.view = view;
      here.bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    }
    const isNear = this.buffers > 0 && offset >= this.endHere && end - here.fileOffset <= stretchBytes;
    if (!isNear) {
      this.leave();
      here.fileOffset = offset;
      this.begin(offset);
    }
    here.base = here.fileOffset - viewOffset;
    this.endHere = end;
  }

  private begin(offset: number): void {
    const { buffers } = this.tables;
    reserveRows(buffers, this.buffers + 1);
    const row = this.buffers++;
    buffers.columns.fileOffset[row] = offset;
    buffers.columns.firstEvent[row] = this.events;
    this.firstEventHere = this.events;
  }

  private leave(): void {
    if (this.buffers === 0) return;
    const { columns } = this.tables.buffers;
    const bytes = this.endHere - this.here.fileOffset;
    columns.diskSize[this.buffers - 1] = bytes;
    columns.filledSize[this.buffers - 1] = bytes;
    this.noteTimes(this.firstEventHere);
  }

  private roomForEvent() {
    const table = this.tables.events;
    if (this.events === table.capacity) reserveRows(table, this.events + smallestGrowth);
    return table;
  }

  private kindOf(record: CaptureRecord, view: DataView): number {
    const { kinds, context } = this;
    const isEvent = record.kind === RecordKind.Event && record.dataEnd - record.dataStart >= eventHeaderSize;
    if (!isEvent) return kinds.numberOfCapture(context.format, record.id);
    return kinds.numberOfHeader(view, record.dataStart, isClassicEvent(view, record.dataStart));
  }

  private takePacket(record: CaptureRecord, event: number): void {
    const { site, here } = this;
    resetSite(site);
    site.frameStart = record.dataStart;
    site.frameEnd = record.dataEnd;
    site.linkType = linkTypeOfPcap(record.linkType);
    site.originalLength = record.originalLength;
    site.inbound = record.inbound;
    site.outbound = record.outbound;
    site.source = ComponentSource.Capture;
    site.componentId = record.interfaceNumber;
    site.isSighting = record.isSighting;
    site.group = record.packetId;
    site.appearance = 0;
    site.dropReason = record.dropReason;
    site.dropLocation = 0;
    site.isDrop = record.isDrop;
    this.addPacket(here, record.id, event);
  }

  /** An ETW event in a NetMon file: its header has the ids, and it may carry a frame as it would in an ETL. */
  private takeEvent(record: CaptureRecord, view: DataView, kind: number, event: number): void {
    const { cursor, here, tables } = this;
    const reader = this.kindReaders[kind];
    if (record.dataEnd - record.dataStart < eventHeaderSize) return;
    tables.events.columns.thread[event] = view.getUint32(record.dataStart + 8, true);
    tables.events.columns.process[event] = view.getUint32(record.dataStart + 12, true);
    if (this.kindIsMetadata[kind]) this.metadataEvents.push(event);
    if (!reader) return;
    const { userData, end } = readNetmonEvent(view, record.dataStart, record.dataEnd);
    // Its extended items have been stepped over: nothing but a payload is left, as in the shortest family.
    cursor.family = RecordFamily.Short;
    cursor.start = record.dataStart;
    cursor.payload = userData;
    cursor.end = end;
    cursor.thread = tables.events.columns.thread[event];
    this.addPacketEvent(here, reader, kind, event);
  }
}
