import { isDropEvent } from '../provider/drop-events.ts';
import { componentKey, type EventKind, type Segment } from '../trace/segment.ts';
import { lastNotAbove, type TraceColumns } from '../trace/trace-columns.ts';
import { packetBases, type FindingTable } from './columns.ts';
import { findingBit, type DiagnosisKind } from './kinds.ts';

/** Which packets are wanted; see ViewChoice of the engine's contract. */
export interface PacketChoice {
  readonly sightings?: 'all' | 'first';
  readonly diagnosis?: DiagnosisKind | 'any';
  readonly component?: string;
}

/** Whether the choice keeps everything. */
export function isOpenChoice({ sightings = 'all', diagnosis, component }: PacketChoice): boolean {
  return sightings === 'all' && diagnosis === undefined && component === undefined;
}

/**
 * Takes the events of packets that are not wanted out of a set of a segment's events (bit e of the words is event e).
 * Events that carry no packet stay where only repeated sightings are unwanted, and go where a finding or a component is
 * wanted, because they have neither; but those that report a drop go with the dropped packets.
 */
export function keepChosen(
  choice: PacketChoice,
  columns: TraceColumns,
  number: number,
  found: FindingTable,
  events: Uint32Array,
): void {
  const segment = columns.segments[number];
  const { packets, continuations } = segment;
  const isWanted = packetTest(choice, columns, number, found);
  const wanted = new Uint32Array(events.length);
  const keepsOthers = choice.diagnosis === undefined && choice.component === undefined;
  if (keepsOthers) wanted.fill(0xffff_ffff);
  const mark = (event: number, isKept: boolean): void => {
    if (isKept) wanted[event >>> 5] |= 1 << (event & 31);
    else wanted[event >>> 5] &= ~(1 << (event & 31));
  };
  if (wantsDrops(choice)) for (const event of dropEventsOf(segment)) mark(event, true);
  for (let packet = 0; packet < packets.length; packet++) mark(packets.event[packet], isWanted(packet));
  for (let row = 0; row < continuations.length; row++)
    mark(continuations.event[row], isWanted(continuations.packet[row]));
  for (let word = 0; word < events.length; word++) events[word] &= wanted[word];
}

function wantsDrops({ diagnosis, component }: PacketChoice): boolean {
  return component === undefined && (diagnosis === 'dropped' || diagnosis === 'any');
}

/** Numbers of the segment's events that report a drop, be it with a packet or without. */
function* dropEventsOf({ schemas, events }: Segment): Generator<number> {
  const isDrop = schemas.map(reportsDrop);
  if (!isDrop.includes(true)) return;
  for (let event = 0; event < events.length; event++) if (isDrop[events.schema[event]]) yield event;
}

/** Whether events of a kind report a drop. */
export function reportsDrop({ family, provider, id }: EventKind): boolean {
  return family === 'manifest' && isDropEvent(provider, id);
}

/** Events that report a drop and carry no packet. */
export function dropEventsWithoutPacket(segments: readonly Segment[]): number {
  let events = 0;
  for (const { schemas, schemaEvents, schemaPackets } of segments) {
    schemas.forEach((kind, number) => {
      if (reportsDrop(kind)) events += schemaEvents[number] - schemaPackets[number];
    });
  }
  return events;
}

function packetTest(
  { sightings, diagnosis, component }: PacketChoice,
  columns: TraceColumns,
  number: number,
  { findings, first, previous }: FindingTable,
): (packet: number) => boolean {
  const bases = packetBases(columns.segments);
  const base = bases[number];
  const wantedFindings = diagnosis === undefined || diagnosis === 'any' ? 0xffff_ffff : findingBit[diagnosis];
  const isAt = columns.segments.map(({ components }) => components.map((each) => componentKey(each) === component));
  const wasSeenAt = (packet: number): boolean => {
    const segment = lastNotAbove(bases, packet, bases.length);
    return isAt[segment][columns.segments[segment].packets.component[packet - bases[segment]]];
  };
  const isRepeated = (packet: number): boolean => {
    if (component === undefined) return first[packet] !== 0;
    // At one component the first sighting is the first one there.
    for (let entry = previous[packet]; entry !== 0; entry = previous[entry - 1]) {
      if (wasSeenAt(entry - 1)) return true;
    }
    return false;
  };
  return (own) => {
    const packet = base + own;
    if (diagnosis !== undefined && (findings[packet] & wantedFindings) === 0) return false;
    if (component !== undefined && !wasSeenAt(packet)) return false;
    return sightings !== 'first' || !isRepeated(packet);
  };
}
