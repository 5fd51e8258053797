import { packetSiteReader } from '../provider/packet-site.ts';
import { PacketSite, type PacketSiteReader } from '../provider/site.ts';
import type { EventReader, EventRecord } from './event-reader.ts';
import { frameSlice, packetBegunBy, packetEvents, type FrameSlice } from './packet-bytes.ts';
import type { EventKind, Segment } from './segment.ts';
import type { TraceColumns } from './trace-columns.ts';

/**
 * Goes from packet to packet of a trace, for work on millions of them. Events may come in any order, and fastest when they
 * ascend: then the next packet is where the last one was. No object is made per packet unless it came in several events.
 */
export class PacketCursor {
  segment: Segment;
  /** Numbers, inside the segment, of the event and of the packet that was found last. */
  index = 0;
  packet = -1;
  /** Of the packet whose frame was read last: its first event, and what that says about the frame. */
  record: EventRecord | undefined;
  readonly site = new PacketSite();

  private readonly columns: TraceColumns;
  private readonly reader: EventReader;
  private base = 0;
  private end = 0;
  private readers: readonly (PacketSiteReader | undefined)[] = [];
  private readonly single: { record: EventRecord; start: number; end: number }[] = [];

  constructor(columns: TraceColumns, reader: EventReader) {
    this.columns = columns;
    this.reader = reader;
    [this.segment] = columns.segments;
  }

  get kind(): EventKind {
    return this.segment.schemas[this.segment.events.schema[this.index]];
  }

  /** Moves to an event. True when a packet begins with it. */
  moveTo(event: number): boolean {
    if (event < this.base || event >= this.end) this.enterSegmentOf(event);
    const index = event - this.base;
    const expected = this.packet + 1;
    const { packets } = this.segment;
    const isExpected = expected < packets.length && packets.event[expected] === index;
    const found = isExpected ? expected : packetBegunBy(this.segment, index);
    this.index = index;
    if (found < 0) return false;
    this.packet = found;
    return true;
  }

  /** Whether events of this kind carry frames, be it the beginning of a packet or what follows. */
  get carriesFrame(): boolean {
    return this.readers[this.segment.events.schema[this.index]] !== undefined;
  }

  /** Reads the event the cursor stands on; undefined when the file no longer holds it. */
  readRecord(): EventRecord | undefined {
    return this.reader.read(this.segment, this.index);
  }

  /**
   * The pieces of the packet's frame; none when the file no longer holds them. They and `site` are valid until the cursor
   * moves on.
   */
  readFrame(): readonly FrameSlice[] {
    const { segment, index, site } = this;
    const record = this.reader.read(segment, index);
    const readSite = this.readers[segment.events.schema[index]];
    const { keywordLow, keywordHigh } = this.kind;
    this.record = record;
    site.pointerSize = segment.pointerSize;
    if (!record || !readSite?.(record.view, record.userData, record.end, keywordLow, keywordHigh, site)) return [];
    if (site.isLastFragment) {
      this.single[0] = { record, start: site.frameStart, end: site.frameEnd };
      return this.single;
    }
    return packetEvents(segment, this.packet)
      .map((part) => frameSlice(this.reader, part.segment, part.event))
      .filter((slice) => slice !== undefined);
  }

  private enterSegmentOf(event: number): void {
    const number = this.columns.segmentOf(event);
    this.segment = this.columns.segments[number];
    this.base = this.columns.bases[number];
    this.end = this.base + this.segment.events.length;
    this.packet = -1;
    this.readers = this.segment.schemas.map(({ family, provider, id }) =>
      family === 'manifest' || family === 'capture' ? packetSiteReader(provider, id) : undefined,
    );
  }
}
