import { instantOfFiletime } from '../base/filetime.ts';
import { hexPairs } from '../base/text.ts';
import type { TraceDiagnosis } from '../diagnosis/trace-diagnosis.ts';
import { troubleOfKind } from '../diagnosis/troubles.ts';
import { packetLine, topmostLayer } from '../packet/stack.ts';
import { isTold } from '../packet/told-headers.ts';
import {
  ndisPacketCaptureProvider,
  withFragmentPosition as withNdisFragmentPosition,
} from '../provider/ndis-packet-capture.ts';
import { pktMonProvider } from '../provider/pktmon.ts';
import { dropText } from '../provider/pktmon-drop-text.ts';
import { pktMonPlace, type PktMonPlace } from '../provider/pktmon-shapes.ts';
import { renderMessage } from '../schema/message.ts';
import type { EventReader, EventRecord } from '../trace/event-reader.ts';
import { packetBegunBy, packetEvents, sightingOf } from '../trace/packet-bytes.ts';
import { keywordOf, PacketTrait, type EventKind, type Segment } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { Row } from './contract.ts';
import type { DecodedEvent, EventDecoder } from './event-decoder.ts';
import { switchWay, type SwitchNames } from './names/switch-names.ts';
import { packetLayers } from './packet-layers.ts';

/** What rows are built from: an opened trace, or a worker's copy of one. */
export interface RowSource {
  readonly columns: TraceColumns;
  /** Event numbers by time. */
  readonly order: Uint32Array;
  readonly reader: EventReader;
  readonly decoder: EventDecoder;
  /** Where the trace has been diagnosed. */
  readonly diagnosis?: TraceDiagnosis | undefined;
  /** What a vSwitch's NICs and switches are called; events' own words without. */
  readonly switchNames?: SwitchNames | undefined;
}

/** One line of the grid, decoded now because somebody looks at it. */
export function buildRow(source: RowSource, row: number): Row {
  const place = placeOf(source, row);
  return {
    row,
    ...instantOfFiletime(place.time),
    timeElapsed: elapsedAt(source, place),
    ...markedRow(
      packetText(source, place) ?? eventText(source, place, readEvent(source, place)),
      diagnosisText(source, place),
    ),
    colorRule: -1,
    marked: false,
    comment: '',
  };
}

export type DiagnosisText = Pick<Row, 'diagnosis' | 'diagnosisLevel' | 'sighting'>;

const notDiagnosed: DiagnosisText = { diagnosis: '', diagnosisLevel: 'none', sighting: 0 };

/** What was found out about the packet that begins with the event; nothing when none does. */
export function diagnosisText({ diagnosis, order }: RowSource, place: RowPlace): DiagnosisText {
  const packet = diagnosedPacket(diagnosis, place);
  if (!diagnosis || packet < 0) return notDiagnosed;
  return {
    diagnosis: diagnosis.text(packet, order),
    diagnosisLevel: diagnosis.level(packet),
    sighting: diagnosis.ordinal(packet),
  };
}

/** The diagnosis's number of the packet that begins with the event, or -1. */
export function diagnosedPacket(diagnosis: TraceDiagnosis | undefined, { segmentNumber, packet }: RowPlace): number {
  return diagnosis && packet >= 0 ? diagnosis.numberOf(segmentNumber, packet) : -1;
}

/** A row is marked by what is gravest; that a packet was dropped says more than any finding. */
export function markedRow<Text extends { mark: Row['mark'] }>(row: Text, found: DiagnosisText): Text & DiagnosisText {
  const { diagnosisLevel } = found;
  const isMarked = row.mark === 'none' && (diagnosisLevel === 'error' || diagnosisLevel === 'warning');
  return { ...row, ...found, mark: isMarked ? diagnosisLevel : row.mark };
}

/** Where the event of a row lies. */
export interface RowPlace {
  /** Number in the trace's event space, and inside its segment. */
  readonly event: number;
  readonly index: number;
  readonly segment: Segment;
  readonly segmentNumber: number;
  readonly kind: EventKind;
  /** FILETIME. */
  readonly time: bigint;
  /** Number, inside the segment, of the packet that begins with the event; -1 when none does. */
  readonly packet: number;
}

export function placeOf({ columns, order }: RowSource, row: number): RowPlace {
  return eventPlace(columns, order[row]);
}

/** The place of an event, given by its number in the trace's event space. */
export function eventPlace(columns: TraceColumns, event: number): RowPlace {
  const segmentNumber = columns.segmentOf(event);
  const segment = columns.segments[segmentNumber];
  const index = event - columns.bases[segmentNumber];
  return {
    event,
    index,
    segment,
    segmentNumber,
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

/** The time of a row, as rows tell it. */
export function rowTime({ columns, order }: RowSource, row: number): Pick<Row, 'milliseconds' | 'hundredNanoseconds'> {
  return instantOfFiletime(columns.timeOf(order[row]));
}

/** From a packet's first fragment to its last, in 100 ns. */
export function elapsedAt({ columns }: RowSource, { segment, packet, time }: RowPlace): number {
  const last = packet < 0 ? undefined : packetEvents(segment, packet).slice(1).at(-1);
  if (last === undefined) return 0;
  return Number(columns.timeOfTick(last.segment, last.segment.events.tick[last.event]) - time);
}

/** The row of the packet that begins with the event; undefined when none does, or nobody can read it. */
export function packetText({ reader, diagnosis }: RowSource, place: RowPlace): RowText | undefined {
  const { segment, packet } = place;
  if (packet < 0) return undefined;
  const { layers } = packetLayers(reader, segment, packet, diagnosis?.context(diagnosedPacket(diagnosis, place)));
  const line = packetLine(layers);
  const top = topmostLayer(layers);
  if (!line || !top) return undefined;
  const summary = isTold(top) ? withOrigin(line.summary) : line.summary;
  const isDropped = (segment.packets.traits[packet] & PacketTrait.Dropped) !== 0;
  return isDropped
    ? { ...line, summary: `Dropped: ${sightedDropText(segment, packet)}. ${summary}`, mark: 'drop' }
    : { ...line, summary, mark: 'none' };
}

function withOrigin(summary: string): string {
  return summary === '' ? 'Headers parsed by pktmon' : `${summary} (headers parsed by pktmon)`;
}

function sightedDropText(segment: Segment, packet: number): string {
  const sighting = sightingOf(segment, packet);
  if (sighting < 0) return 'no reason given';
  const { dropReason, dropLocation } = segment.sightings;
  return dropText(dropReason[sighting], dropLocation[sighting], segment.osBuild);
}

/** Where pktmon saw the packet of an event; undefined of any other event. */
export function pktMonPlaceOf({ provider, id, family }: EventKind, record: EventRecord): PktMonPlace | undefined {
  if (family !== 'manifest' || provider !== pktMonProvider) return undefined;
  return pktMonPlace(record.view, record.userData, record.end, id);
}

/** The row of an event that is shown as an event. */
export function eventText(
  { decoder, switchNames }: RowSource,
  { kind, segment }: RowPlace,
  read: ReadEvent | undefined,
): RowText {
  const line = {
    ...switchWay(kind, read?.decoded?.fields ?? [], switchNames),
    module: decoder.moduleOf(kind),
    mark: troubleOfKind(kind),
  };
  if (!read) return { ...line, summary: unreadableText, mark: 'error' };
  const drop = pktMonPlaceOf(kind, read.record);
  const verdict =
    drop?.isDrop === true ? `Dropped: ${dropText(drop.dropReason, drop.dropLocation, segment.osBuild)}. ` : '';
  return { ...line, summary: verdict + eventSummary(kind, read) };
}

function eventSummary(kind: EventKind, { decoded, record }: ReadEvent): string {
  if (decoded) return withFragmentPosition(renderMessage(decoded.schema, decoded.fields), kind);
  const payload = record.bytes.subarray(record.userData, record.end);
  return `${kindText(kind.family, kind.id, kind.opcode)}, ${payload.length} bytes: ${hexPairs(payload, 16)}`;
}

/** What stands in the place of an event that was there when the trace was opened. */
export const unreadableText = 'This event can no longer be read: the file changed after it was opened.';

/** NDIS says by a keyword, not by a field, that more fragments follow. */
function withFragmentPosition(summary: string, kind: EventKind): string {
  if (kind.provider !== ndisPacketCaptureProvider) return summary;
  return withNdisFragmentPosition(summary, keywordOf(kind));
}

/** How an event is called whose layout nobody knows. */
export function kindText(family: string, id: number, opcode: number): string {
  if (family === 'capture') return `Record of type ${id}`;
  return family === 'manifest' || family === 'message' ? `Event ${id}` : `Event type ${opcode}`;
}
