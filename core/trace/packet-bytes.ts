import { ipv4Text, ipv6At, macAt } from '../base/address.ts';
import { concatenate } from '../base/bytes.ts';
import { LinkType } from '../packet/link-type.ts';
import { moduleBit } from '../packet/module.ts';
import type { PacketHeaders } from '../packet/told-headers.ts';
import { packetSiteReader } from '../provider/packet-site.ts';
import { PacketSite } from '../provider/site.ts';
import type { EventReader, EventRecord } from './event-reader.ts';
import type { Segment } from './segment.ts';
import { lastNotAbove } from './trace-columns.ts';

/** Where the frame bytes of one event lie inside its record. */
export interface FrameSlice {
  readonly record: EventRecord;
  readonly start: number;
  readonly end: number;
}

/** An event by its segment, and its number inside that. */
export interface SegmentEvent {
  readonly segment: Segment;
  readonly event: number;
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
  site.pointerSize = segment.pointerSize;
  if (!readSite(record.view, record.userData, record.end, kind.keywordLow, kind.keywordHigh, site)) return undefined;
  return { record, start: site.frameStart, end: site.frameEnd };
}

/** All bytes of a packet, its fragments joined, in memory of their own. */
export function packetFrame(reader: EventReader, segment: Segment, packet: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { segment: place, event } of packetEvents(segment, packet)) {
    const slice = frameSlice(reader, place, event);
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
  const { packets } = segment;
  const site = new PacketSite();
  const inFragments = new Set([
    ...segment.continuations.packet,
    ...segment.fragmentsElsewhere.map((fragment) => fragment.packet),
  ]);
  for (let packet = 0; packet < packets.length; packet++) {
    if (inFragments.has(packet)) {
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
  // In a trace of nothing but packets each stands where its event does.
  if (event < packets.length && packets.event[event] === event) return event;
  const packet = lastNotAbove(packets.event, event, packets.length);
  return packet >= 0 && packets.event[packet] === event ? packet : -1;
}

/** A packet by its segment, and its number inside that. */
export interface SegmentPacket {
  readonly segment: Segment;
  readonly packet: number;
}

/** The packet of which the event carries a part, be it the first or a later one; undefined when it carries none. */
export function packetCarriedBy(segment: Segment, event: number): SegmentPacket | undefined {
  const begun = packetBegunBy(segment, event);
  if (begun >= 0) return { segment, packet: begun };
  const { events, packets } = continuationsByEvent(segment);
  const place = lastNotAbove(events, event, events.length);
  if (place >= 0 && events[place] === event) return { segment, packet: packets[place] };
  const foreign = segment.fragmentsFromElsewhere.find((fragment) => fragment.event === event);
  return foreign && { segment: foreign.packetSegment, packet: foreign.packet };
}

const byEvent = new WeakMap<Segment, { events: Uint32Array; packets: Uint32Array }>();

/** The continuations, which are sorted by packet, sorted by event; made once for a segment. */
function continuationsByEvent(segment: Segment): { events: Uint32Array; packets: Uint32Array } {
  let known = byEvent.get(segment);
  if (!known) {
    const { packet, event, length } = segment.continuations;
    const rows = Uint32Array.from({ length }, (_, row) => row).sort((a, b) => event[a] - event[b]);
    known = { events: rows.map((row) => event[row]), packets: rows.map((row) => packet[row]) };
    byEvent.set(segment, known);
  }
  return known;
}

/** Whether the packet came in more events than one. */
export function isInFragments(segment: Segment, packet: number): boolean {
  const { packet: owners, length } = segment.continuations;
  if (length > 0) {
    const last = lastNotAbove(owners, packet, length);
    if (last >= 0 && owners[last] === packet) return true;
  }
  return segment.fragmentsElsewhere.length > 0 && fragmentsElsewhere(segment, packet).length > 0;
}

/** Length of the whole packet, also where the capture cut it. */
export function originalLength({ packets }: Segment, packet: number): number {
  return packets.capturedLength[packet] + packets.cutLength[packet];
}

/** The events a packet came in: the first, then those that continue it, which may lie in later segments. */
export function packetEvents(segment: Segment, packet: number): SegmentEvent[] {
  const events = [{ segment, event: segment.packets.event[packet] }];
  const { packet: owners, event, length } = segment.continuations;
  const last = lastNotAbove(owners, packet, length);
  for (let row = firstOwned(owners, packet, last); row <= last; row++) events.push({ segment, event: event[row] });
  return segment.fragmentsElsewhere.length === 0 ? events : [...events, ...fragmentsElsewhere(segment, packet)];
}

/** Number of the event, inside the segment, that holds the packet's 802.11 metadata, or -1. */
export function metadataEvent({ metadata }: Segment, packet: number): number {
  const row = lastNotAbove(metadata.packet, packet, metadata.length);
  return row >= 0 && metadata.packet[row] === packet ? metadata.event[row] : -1;
}

/** Row of the packet in the sightings table, or -1. */
export function sightingOf(segment: Segment, packet: number): number {
  const row = lastNotAbove(segment.sightings.packet, packet, segment.sightings.length);
  return row >= 0 && segment.sightings.packet[row] === packet ? row : -1;
}

/** The headers that the packet's event told in words of its own; undefined when its frame has them all. */
export function toldHeaders({ packets, macPairs, ipv6Addresses }: Segment, packet: number): PacketHeaders | undefined {
  if (packets.linkType[packet] < LinkType.HeadersOnly) return undefined;
  const modules = packets.modules[packet];
  const isIpv4 = (modules & moduleBit.IPv4) !== 0;
  const isIpv6 = (modules & moduleBit.IPv6) !== 0;
  const addressText = (value: number): string => (isIpv4 ? ipv4Text(value) : ipv6At(ipv6Addresses, value * 16));
  const macsAt = (packets.macPair[packet] - 1) * 12;
  return {
    ...(macsAt >= 0 && { ethernet: { source: macAt(macPairs, macsAt + 6), destination: macAt(macPairs, macsAt) } }),
    etherType: packets.etherType[packet],
    vlan: packets.vlan[packet],
    ...((isIpv4 || isIpv6) && {
      network: {
        module: isIpv4 ? 'IPv4' : 'IPv6',
        source: addressText(packets.sourceAddress[packet]),
        destination: addressText(packets.destinationAddress[packet]),
      },
    }),
    isArp: (modules & moduleBit.ARP) !== 0 && packets.linkType[packet] !== LinkType.Arp,
    protocol: packets.ipProtocol[packet],
    sourcePort: packets.sourcePort[packet],
    destinationPort: packets.destinationPort[packet],
    tcpFlags: packets.tcpFlags[packet],
  };
}

function fragmentsElsewhere({ fragmentsElsewhere: fragments }: Segment, packet: number): SegmentEvent[] {
  let low = 0;
  let high = fragments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fragments[middle].packet < packet) low = middle + 1;
    else high = middle;
  }
  const found: SegmentEvent[] = [];
  for (let row = low; row < fragments.length && fragments[row].packet === packet; row++) {
    found.push({ segment: fragments[row].eventSegment, event: fragments[row].event });
  }
  return found;
}

/** First row of those up to `last` that belong to the packet; `last` + 1 when none does. */
function firstOwned(owners: Uint32Array, packet: number, last: number): number {
  let row = last + 1;
  while (row > 0 && owners[row - 1] === packet) row--;
  return row;
}
