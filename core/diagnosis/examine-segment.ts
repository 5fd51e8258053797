import type { LinkType } from '../packet/link-type.ts';
import type { EventReader } from '../trace/event-reader.ts';
import { visitFrames } from '../trace/packet-bytes.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { packetBases, indexPackets, type DiagnosisWork } from './columns.ts';
import { placeOf, type GlobalNumbers } from './places.ts';
import { FrameExaminer } from './frame-examiner.ts';

const packetsPerReport = 4096;

/**
 * Examines the frames of all packets of a segment and fills its rows of the shared columns. `report` is told how many
 * packets are done and may throw to stop.
 */
export function examineSegment(
  columns: TraceColumns,
  reader: EventReader,
  number: number,
  { index, found, work }: DiagnosisWork,
  { components }: GlobalNumbers,
  report: (packets: number) => void,
): void {
  const segment = columns.segments[number];
  const { packets, sightings } = segment;
  const base = packetBases(columns.segments)[number];
  indexPackets({ index, found, work }, columns, number, base);
  const examiner = new FrameExaminer();
  visitFrames(reader, segment, (packet, frame) => {
    if (packet % packetsPerReport === 0) report(packet);
    const row = base + packet;
    const traits = packets.traits[packet];
    work.place[row] = placeOf(components[number][packets.component[packet]], traits);
    if (frame && frame.end > frame.start) {
      examiner.examine(frame.view, frame.start, frame.end, packets.linkType[packet] as LinkType, traits);
      work.identity[row] = examiner.identity;
      work.identityCheck[row] = examiner.identityCheck;
      work.facts[row] = examiner.facts;
      found.findings[row] = examiner.findings;
      found.lot[row] = examiner.lot;
    } else {
      // Nobody can say what it looks like: it is no sighting of anything.
      work.identity[row] = Math.imul(row, 0x9e37_79b1);
      found.lot[row] = row;
    }
  });
  for (let row = 0; row < sightings.length; row++)
    work.group[base + sightings.packet[row]] = sightings.group[row] % 2 ** 32;
  report(packets.length);
}
