import { unixEpochInFiletime } from '../base/filetime.ts';
import { hexPairs } from '../base/text.ts';
import { dissectFrame } from '../packet/dissect.ts';
import type { LinkType } from '../packet/link-type.ts';
import { packetLine } from '../packet/stack.ts';
import {
  ndisPacketCaptureProvider,
  withFragmentPosition as withNdisFragmentPosition,
} from '../provider/ndis-packet-capture.ts';
import { isDropEvent } from '../provider/drop-events.ts';
import { dropReasonMap } from '../provider/pktmon-drop-reasons.ts';
import { renderMessage } from '../schema/message.ts';
import type { EventReader, EventRecord } from '../trace/event-reader.ts';
import { packetBegunBy, packetEvents, packetFrame, sightingOf } from '../trace/packet-bytes.ts';
import { PacketTrait, type EventKind, type Segment } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { Row } from './contract.ts';
import type { DecodedEvent, EventDecoder } from './event-decoder.ts';

/** What rows are built from: an opened trace, or a worker's copy of one. */
export interface RowSource {
  readonly columns: TraceColumns;
  /** Event numbers by time. */
  readonly order: Uint32Array;
  readonly reader: EventReader;
  readonly decoder: EventDecoder;
}

/** One line of the grid, decoded now because somebody looks at it. */
export function buildRow(source: RowSource, row: number): Row {
  const place = placeOf(source, row);
  return {
    row,
    ...splitTicks(place.time - unixEpochInFiletime),
    timeElapsed: elapsedAt(source, place),
    ...(packetText(source, place) ?? eventText(source, place, readEvent(source, place))),
    diagnosis: '',
    diagnosisLevel: 'none',
    sighting: 0,
  };
}

/** Where the event of a row lies. */
export interface RowPlace {
  /** Number in the trace's event space, and inside its segment. */
  readonly event: number;
  readonly index: number;
  readonly segment: Segment;
  readonly kind: EventKind;
  /** FILETIME. */
  readonly time: bigint;
  /** Number, inside the segment, of the packet that begins with the event; -1 when none does. */
  readonly packet: number;
}

export function placeOf({ columns, order }: RowSource, row: number): RowPlace {
  const event = order[row];
  const { segment, index } = columns.locate(event);
  return {
    event,
    index,
    segment,
    kind: segment.schemas[segment.events.schema[index]],
    time: columns.timeOf(event),
    packet: packetBegunBy(segment, index),
  };
}

/** An event read again: its record, and its fields where a layout is known. */
export interface ReadEvent {
  readonly record: EventRecord;
  readonly decoded: DecodedEvent | undefined;
}

/** Undefined when the file no longer holds the event. */
export function readEvent({ reader, decoder }: RowSource, { segment, index, kind }: RowPlace): ReadEvent | undefined {
  const record = reader.read(segment, index);
  return record && { record, decoded: decoder.decode(kind, record) };
}

export type RowText = Pick<Row, 'source' | 'destination' | 'module' | 'summary' | 'mark'>;

function splitTicks(unixTicks: bigint): Pick<Row, 'milliseconds' | 'hundredNanoseconds'> {
  const rest = ((unixTicks % 10_000n) + 10_000n) % 10_000n;
  return { milliseconds: Number((unixTicks - rest) / 10_000n), hundredNanoseconds: Number(rest) };
}

/** From a packet's first fragment to its last, in 100 ns. */
export function elapsedAt({ columns }: RowSource, { event, index, segment, packet }: RowPlace): number {
  if (packet < 0) return 0;
  const events = packetEvents(segment, packet);
  const last = events[events.length - 1];
  const base = event - index;
  return last === events[0] ? 0 : Number(columns.timeOf(base + last) - columns.timeOf(base + events[0]));
}

/** The row of the packet that begins with the event; undefined when none does, or nobody can read it. */
export function packetText({ reader }: RowSource, { segment, packet }: RowPlace): RowText | undefined {
  if (packet < 0) return undefined;
  const frame = packetFrame(reader, segment, packet);
  const line = packetLine(dissectFrame(frame, segment.packets.linkType[packet] as LinkType));
  if (!line) return undefined;
  const isDropped = (segment.packets.traits[packet] & PacketTrait.Dropped) !== 0;
  return isDropped
    ? { ...line, summary: `Dropped: ${dropText(segment, packet)}. ${line.summary}`, mark: 'drop' }
    : { ...line, mark: 'none' };
}

function dropText(segment: Segment, packet: number): string {
  const sighting = sightingOf(segment, packet);
  if (sighting < 0) return 'no reason given';
  const reason = segment.sightings.dropReason[sighting];
  return dropReasonMap.entries.get(reason) ?? `reason ${reason}`;
}

/** The row of an event that is shown as an event. */
export function eventText({ decoder }: RowSource, { kind }: RowPlace, read: ReadEvent | undefined): RowText {
  const isDrop = kind.family === 'manifest' && isDropEvent(kind.provider, kind.id);
  const line = {
    source: '',
    destination: '',
    module: decoder.moduleOf(kind),
    mark: isDrop ? ('drop' as const) : ('none' as const),
  };
  if (!read) return { ...line, summary: unreadableText, mark: 'error' };
  const { decoded, record } = read;
  if (decoded) return { ...line, summary: withFragmentPosition(renderMessage(decoded.schema, decoded.fields), kind) };
  const payload = record.bytes.subarray(record.userData, record.end);
  return {
    ...line,
    summary: `${kindText(kind.family, kind.id, kind.opcode)}, ${payload.length} bytes: ${hexPairs(payload, 16)}`,
  };
}

/** What stands in the place of an event that was there when the trace was opened. */
export const unreadableText = 'This event can no longer be read: the file changed after it was opened.';

/** NDIS says by a keyword, not by a field, that more fragments follow. */
function withFragmentPosition(summary: string, { provider, keywordHigh, keywordLow }: EventKind): string {
  if (provider !== ndisPacketCaptureProvider) return summary;
  return withNdisFragmentPosition(summary, (BigInt(keywordHigh) << 32n) | BigInt(keywordLow));
}

/** How an event is called whose layout nobody knows. */
export function kindText(family: string, id: number, opcode: number): string {
  return family === 'manifest' || family === 'message' ? `Event ${id}` : `Event type ${opcode}`;
}
