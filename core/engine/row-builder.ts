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
import { packetBegunBy, packetEvents, packetFrame, sightingOf } from '../trace/packet-bytes.ts';
import { PacketTrait, type EventKind, type Segment } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { Row } from './contract.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';

/** One line of the grid, decoded now because somebody looks at it. */
export function buildRow(session: TraceSession, ordered: OrderedTrace, row: number): Row {
  const event = ordered.order[row];
  const { segment, index } = ordered.columns.locate(event);
  const unixTicks = ordered.columns.timeOf(event) - unixEpochInFiletime;
  const packet = packetBegunBy(segment, index);
  return {
    row,
    ...splitTicks(unixTicks),
    timeElapsed: packet < 0 ? 0 : elapsedOf(ordered.columns, event - index, segment, packet),
    ...(packetText(session, segment, packet) ?? eventText(session, segment, index)),
  };
}

type RowText = Pick<Row, 'source' | 'destination' | 'module' | 'summary' | 'mark'>;

function splitTicks(unixTicks: bigint): Pick<Row, 'milliseconds' | 'hundredNanoseconds'> {
  const rest = ((unixTicks % 10_000n) + 10_000n) % 10_000n;
  return { milliseconds: Number((unixTicks - rest) / 10_000n), hundredNanoseconds: Number(rest) };
}

function elapsedOf(columns: TraceColumns, base: number, segment: Segment, packet: number): number {
  const events = packetEvents(segment, packet);
  const last = events[events.length - 1];
  return last === events[0] ? 0 : Number(columns.timeOf(base + last) - columns.timeOf(base + events[0]));
}

function packetText(session: TraceSession, segment: Segment, packet: number): RowText | undefined {
  if (packet < 0) return undefined;
  const frame = packetFrame(session.reader, segment, packet);
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

function eventText(session: TraceSession, segment: Segment, event: number): RowText {
  const kind = segment.schemas[segment.events.schema[event]];
  const record = session.reader.read(segment, event);
  const isDrop = kind.family === 'manifest' && isDropEvent(kind.provider, kind.id);
  const line = {
    source: '',
    destination: '',
    module: session.schemas.moduleOf(kind),
    mark: isDrop ? ('drop' as const) : ('none' as const),
  };
  if (!record)
    return {
      ...line,
      summary: 'This event can no longer be read: the file changed after it was opened.',
      mark: 'error',
    };
  const decoded = session.schemas.decode(kind, record);
  if (decoded) {
    return { ...line, summary: withFragmentPosition(renderMessage(decoded.schema, decoded.fields), kind) };
  }
  const payload = record.bytes.subarray(record.userData, record.end);
  return {
    ...line,
    summary: `${kindText(kind.family, kind.id, kind.opcode)}, ${payload.length} bytes: ${hexPairs(payload, 16)}`,
  };
}

/** NDIS says by a keyword, not by a field, that more fragments follow. */
function withFragmentPosition(summary: string, { provider, keywordHigh, keywordLow }: EventKind): string {
  if (provider !== ndisPacketCaptureProvider) return summary;
  return withNdisFragmentPosition(summary, (BigInt(keywordHigh) << 32n) | BigInt(keywordLow));
}

/** How an event is called whose layout nobody knows. */
export function kindText(family: string, id: number, opcode: number): string {
  return family === 'manifest' || family === 'message' ? `Event ${id}` : `Event type ${opcode}`;
}
