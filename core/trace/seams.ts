import { filetimeOfTick } from '../etl/clock.ts';
import { addFragment } from './seam-tally.ts';
import type { TraceSection } from './section.ts';
import { PacketTrait, type Problem, type Segment } from './segment.ts';
import { lastNotAbove } from './trace-columns.ts';

/** A packet that waits for fragments, and where the last one seen of it stands. */
interface OpenPacket {
  readonly segment: Segment;
  readonly packet: number;
  /** FILETIME of its latest fragment. */
  time: bigint;
  fragments: number;
}

/** Fragments that one packet takes over all seams: more than any real packet has. */
const mostFragments = 4096;
/** One thread logs a packet's fragments in one go: what comes a second later, in 100 ns, is of another packet. */
const longestPause = 10_000_000n;

/** What is wrong with the packets of a trace once its segments are joined, told once for each input. */
export interface SeamProblem extends Problem {
  readonly input: number;
}

/**
 * Joins packets whose fragments lie in several segments, or in several files that one session wrote one after the other.
 * To be called once, when all segments are there, in file order. Lengths and traits of the joined packets are corrected in
 * place (columns are shared memory); the segments' `fragmentsElsewhere` and `fragmentsFromElsewhere` are filled.
 * Gives the problems that are left: packets without an end, and fragments without a packet.
 */
export function joinSeams(segments: readonly Segment[], sections: readonly TraceSection[]): SeamProblem[] {
  const joiner = new SeamJoiner(sections);
  const inOrder = [...segments].sort((a, b) => startOf(sections, a) - startOf(sections, b));
  for (const segment of inOrder) joiner.take(segment);
  // Where a circular file has wrapped, its oldest buffers follow behind the newest: the next of the last is the first.
  for (const segment of inOrder) joiner.takeLoose(segment);
  for (const segment of segments) {
    segment.fragmentsElsewhere.sort((a, b) => a.packet - b.packet);
    segment.fragmentsFromElsewhere.sort((a, b) => a.event - b.event);
  }
  return problemsOf(segments);
}

/** Milliseconds, exact enough to order sections by. */
function startOf(sections: readonly TraceSection[], { section }: Segment): number {
  return Number(sections[section].header.clock.startTime / 10_000n);
}

class SeamJoiner {
  private readonly sections: readonly TraceSection[];
  /** By session and origin. */
  private readonly open = new Map<string, OpenPacket>();
  private readonly sessions: readonly string[];
  private readonly taken = new Map<Segment, Uint8Array>();

  constructor(sections: readonly TraceSection[]) {
    this.sections = sections;
    this.sessions = sections.map(sessionOf);
  }

  /** First its fragments that may continue what is open, then the packets that begin in it. */
  take(segment: Segment): void {
    this.takeLoose(segment);
    const { origins, begins, openPackets } = segment.seam;
    origins.forEach((origin, number) => {
      if (!begins[number]) return;
      const key = this.keyOf(segment, origin);
      const packet = openPackets[number];
      if (packet < 0) this.open.delete(key);
      else {
        const time = this.timeOf(segment, segment.packets.event[packet]);
        this.open.set(key, { segment, packet, time, fragments: 1 });
      }
    });
  }

  /** Fragments that were joined before are left where they are. */
  takeLoose(segment: Segment): void {
    const { origins, loose } = segment.seam;
    if (loose.length === 0 || this.open.size === 0) return;
    const taken = this.takenOf(segment);
    for (let row = 0; row < loose.length; row++) {
      const key = this.keyOf(segment, origins[loose.origin[row]]);
      const open = this.open.get(key);
      if (!open || taken[row] !== 0) continue;
      const event = loose.event[row];
      const time = this.timeOf(segment, event);
      const isNext = time >= open.time && time - open.time < longestPause;
      if (!isNext || open.fragments === mostFragments) continue;
      taken[row] = 1;
      const isLast = loose.isLast[row] !== 0;
      join(open, segment, event, loose.bytes[row], isLast);
      open.time = time;
      open.fragments++;
      if (isLast) this.open.delete(key);
    }
  }

  private takenOf(segment: Segment): Uint8Array {
    const known = this.taken.get(segment) ?? new Uint8Array(segment.seam.loose.length);
    this.taken.set(segment, known);
    return known;
  }

  private keyOf({ section }: Segment, origin: string): string {
    return `${this.sessions[section]}/${origin}`;
  }

  private timeOf({ section, events }: Segment, event: number): bigint {
    return filetimeOfTick(this.sections[section].header.clock, events.tick[event]);
  }
}

/** Files of a series bear the same marks: the machine's start, the session's name, its clock. */
function sessionOf({ header }: TraceSection): string {
  const { bootTime, loggerName, osBuild, pointerSize, clock } = header;
  return `${bootTime}/${loggerName}/${osBuild}/${pointerSize}/${clock.kind}/${clock.frequency}`;
}

function join(
  { segment, packet }: OpenPacket,
  eventSegment: Segment,
  event: number,
  bytes: number,
  isLast: boolean,
): void {
  const fragment = { packet, packetSegment: segment, event, eventSegment };
  segment.fragmentsElsewhere.push(fragment);
  eventSegment.fragmentsFromElsewhere.push(fragment);
  const { traits, event: firstEvents } = segment.packets;
  const wasTruncated = (traits[packet] & PacketTrait.Truncated) !== 0;
  addFragment(segment.packets, packet, bytes, isLast);
  const isTruncated = (traits[packet] & PacketTrait.Truncated) !== 0;
  if (isTruncated && !wasTruncated) segment.schemaTruncated[segment.events.schema[firstEvents[packet]]]++;
}

/** What is left of one input. */
interface Leftovers {
  openPackets: number;
  openOffset: number;
  strays: number;
  strayOffset: number;
}

function problemsOf(segments: readonly Segment[]): SeamProblem[] {
  const byInput = new Map<number, Leftovers>();
  for (const segment of segments) {
    const left = byInput.get(segment.input) ?? { openPackets: 0, openOffset: 0, strays: 0, strayOffset: 0 };
    byInput.set(segment.input, left);
    countOpenPackets(segment, left);
    const strays = segment.seam.strays - segment.fragmentsFromElsewhere.length;
    if (left.strays === 0 && strays > 0) left.strayOffset = segment.seam.firstStrayOffset;
    left.strays += strays;
  }
  return [...byInput].flatMap(([input, left]) => problemsLeft(left).map((problem) => ({ input, ...problem })));
}

function countOpenPackets({ packets, buffers, seam }: Segment, left: Leftovers): void {
  if (!seam.begins.includes(true)) return;
  for (let packet = 0; packet < packets.length; packet++) {
    if ((packets.traits[packet] & PacketTrait.Incomplete) === 0) continue;
    if (left.openPackets++ > 0) continue;
    const buffer = lastNotAbove(buffers.firstEvent, packets.event[packet], buffers.length);
    left.openOffset = buffers.fileOffset[buffer];
  }
}

function problemsLeft({ openPackets, openOffset, strays, strayOffset }: Leftovers): Problem[] {
  const problems: Problem[] = [];
  if (openPackets > 0) {
    const message = `${openPackets} packets lack their last fragment; what was captured of them is shown.`;
    problems.push({ offset: openOffset, kind: 'packet', message });
  }
  if (strays > 0) {
    const message = `${strays} fragments lack the beginning of their packet; they are shown as events.`;
    problems.push({ offset: strayOffset, kind: 'packet', message });
  }
  return problems;
}
