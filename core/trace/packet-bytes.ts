import { concatenate } from '../base/bytes.ts';
import { packetSiteReader, PacketSite } from '../provider/packet-site.ts';
import type { EventReader, EventRecord } from './event-reader.ts';
import type { Segment } from './segment.ts';
import { lastNotAbove } from './trace-columns.ts';

/** Where the frame bytes of one event lie inside its record. */
export interface FrameSlice {
  readonly record: EventRecord;
  readonly start: number;
  readonly end: number;
}

/**
 * The slice of frame an event carries; undefined when it carries none or can no longer be read. Who reads many hands in
 * one `site` for all of them.
 */
export function frameSlice(
  reader: EventReader,
  segment: Segment,
  event: number,
  site = new PacketSite(),
): FrameSlice | undefined {
  const record = reader.read(segment, event);
  const kind = segment.schemas[segment.events.schema[event]];
  const readSite = packetSiteReader(kind.provider, kind.id);
  if (!record || !readSite) return undefined;
  if (!readSite(record.view, record.userData, record.end, kind.keywordLow, kind.keywordHigh, site)) return undefined;
  return { record, start: site.frameStart, end: site.frameEnd };
}

/** All bytes of a packet, its fragments joined, in memory of their own. */
export function packetFrame(reader: EventReader, segment: Segment, packet: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const event of packetEvents(segment, packet)) {
    const slice = frameSlice(reader, segment, event);
    if (slice) parts.push(slice.record.bytes.slice(slice.start, slice.end));
  }
  return parts.length === 1 ? parts[0] : concatenate(parts);
}

/** A packet's frame where it lies, or joined; undefined when nothing of it can be read any more. */
export interface FrameBytes {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

/**
 * Visits the frames of all packets of a segment in file order, which inflates each buffer once. The bytes are valid only
 * during the visit.
 */
export function visitFrames(
  reader: EventReader,
  segment: Segment,
  visit: (packet: number, frame: FrameBytes | undefined) => void,
): void {
  const { packets, continuations } = segment;
  const site = new PacketSite();
  let continuation = 0;
  for (let packet = 0; packet < packets.length; packet++) {
    if (continuation < continuations.length && continuations.packet[continuation] === packet) {
      while (continuation < continuations.length && continuations.packet[continuation] === packet) continuation++;
      visit(packet, joinedFrame(packetFrame(reader, segment, packet)));
      continue;
    }
    const slice = frameSlice(reader, segment, packets.event[packet], site);
    visit(packet, slice && { view: slice.record.view, start: slice.start, end: slice.end });
  }
}

function joinedFrame(bytes: Uint8Array): FrameBytes {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), start: 0, end: bytes.length };
}

/** The packet whose first fragment this event carries, or -1. */
export function packetBegunBy({ packets }: Segment, event: number): number {
  const packet = lastNotAbove(packets.event, event, packets.length);
  return packet >= 0 && packets.event[packet] === event ? packet : -1;
}

/** Length of the whole packet, also where the capture cut it. */
export function originalLength({ packets }: Segment, packet: number): number {
  return packets.capturedLength[packet] + packets.cutLength[packet];
}

/** Numbers, inside the segment, of the events a packet came in: the first, then those that continue it. */
export function packetEvents(segment: Segment, packet: number): number[] {
  const events = [segment.packets.event[packet]];
  const { packet: owners, event, length } = segment.continuations;
  const last = lastNotAbove(owners, packet, length);
  for (let row = firstOwned(owners, packet, last); row <= last; row++) events.push(event[row]);
  return events;
}

/** Row of the packet in the sightings table, or -1. */
export function sightingOf(segment: Segment, packet: number): number {
  const row = lastNotAbove(segment.sightings.packet, packet, segment.sightings.length);
  return row >= 0 && segment.sightings.packet[row] === packet ? row : -1;
}

/** First row of those up to `last` that belong to the packet; `last` + 1 when none does. */
function firstOwned(owners: Uint32Array, packet: number, last: number): number {
  let row = last + 1;
  while (row > 0 && owners[row - 1] === packet) row--;
  return row;
}
