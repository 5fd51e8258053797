import { NblStep } from '../provider/vmswitch-nbl.ts';
import { PacketTrait } from '../trace/segment.ts';
import { freezeTable, growingTable } from '../trace/tables.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { Table } from '../trace/segment.ts';
import type { AttemptTable } from './attempts.ts';
import { componentOfPlace } from './gather.ts';
import { hopsOf, LinkMark, locateSighting, nblItem, pathOf, type PathWork } from './sighting-table.ts';

/** In the order in which they are told; the numbers stand in the column `verdict`. */
export const Verdict = {
  Answered: 0,
  Refused: 1,
  Dropped: 2,
  Vanished: 3,
  Unanswered: 4,
  OutsideOnly: 5,
  InsideOnly: 6,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** What is known of a component or a NIC: on which side of the switch it is. */
export const Side = { Unknown: 0, Outside: 1, Switch: 2, Inside: 3 } as const;

/** Sides of components by their number (GlobalNumbers), and of NICs by number minus 1 (NblNumbers). */
export interface Sides {
  readonly components: Uint8Array;
  /** Of each component: the number of its lane, which all ports of a switch share. */
  readonly lanes: Uint16Array;
  readonly nics: Uint8Array;
}

/** One row an attempt. Latencies in 100 ns. */
export const verdictColumns = {
  verdict: 'Uint8',
  /** The sighting that shows it: the answer, the drop, the last one. */
  shownBy: 'Uint32',
  /** Of the first packet's path. */
  hops: 'Uint32',
  firstLatency: 'Uint32',
  totalLatency: 'Uint32',
  isInferred: 'Uint8',
  /** From an asking packet to the answer, both at one place, plus 1; 0 where there is no such place. */
  roundTrip: 'Uint32',
} as const;
export type VerdictTable = Table<typeof verdictColumns>;

export function newVerdicts(attempts: number): VerdictTable {
  return freezeTable(growingTable(verdictColumns, attempts), attempts);
}

/** What walking a path comes to. */
interface Walk {
  hops: number;
  first: number;
  firstLatency: number;
  latest: number;
  totalLatency: number;
  drop: number;
  outside: number;
  switchHops: number;
  inside: number;
  delivered: number;
  deliveredOutside: number;
  isInferred: boolean;
}

const mostHops = 4096;

/** Judges the attempts from..to, into `verdicts`. */
export class Judge {
  private readonly columns: TraceColumns;
  private readonly work: PathWork;
  private readonly attempts: AttemptTable['columns'];
  private readonly sides: Sides;
  private readonly seesOutside: boolean;
  private readonly seesInside: boolean;

  constructor(columns: TraceColumns, work: PathWork, attempts: AttemptTable['columns'], sides: Sides) {
    this.columns = columns;
    this.work = work;
    this.attempts = attempts;
    this.sides = sides;
    this.seesOutside = sides.components.includes(Side.Outside);
    this.seesInside =
      sides.components.includes(Side.Switch) ||
      sides.components.includes(Side.Inside) ||
      work.nbls.some(({ table }) => table.length > 0);
  }

  judge(from: number, to: number, verdicts: VerdictTable): void {
    for (let attempt = from; attempt < to; attempt++) {
      const walk = this.walk(this.attempts.first[attempt]);
      verdicts.hops[attempt] = walk.hops;
      verdicts.firstLatency[attempt] = walk.firstLatency;
      verdicts.totalLatency[attempt] = walk.totalLatency;
      verdicts.isInferred[attempt] = walk.isInferred ? 1 : 0;
      const [verdict, shownBy] = this.verdictOf(attempt, walk);
      verdicts.verdict[attempt] = verdict;
      verdicts.shownBy[attempt] = shownBy;
      verdicts.roundTrip[attempt] = this.roundTripOf(attempt);
    }
  }

  private verdictOf(attempt: number, first: Walk): [Verdict, number] {
    const { answer, refusal, latest } = this.attempts;
    if (answer[attempt] !== 0) return [Verdict.Answered, answer[attempt] - 1];
    if (refusal[attempt] !== 0) return [Verdict.Refused, refusal[attempt] - 1];
    const drop = this.firstDrop(attempt, first);
    if (drop >= 0) return [Verdict.Dropped, drop];
    const last = this.attempts.packets[attempt] === 1 ? first : this.walk(latest[attempt]);
    if (this.seesInside && last.outside > 0 && last.outside === last.hops) return [Verdict.OutsideOnly, last.latest];
    const wentOut = last.deliveredOutside > 0 && last.outside === 0;
    if (this.seesOutside && wentOut) return [Verdict.InsideOnly, last.latest];
    const arrived = last.delivered > 0 || last.switchHops === 0 || (last.inside > 0 && last.outside > 0);
    return [arrived ? Verdict.Unanswered : Verdict.Vanished, last.latest];
  }

  /** At the place where the attempt began, else at the first of its packet's places that saw the answer too. */
  private roundTripOf(attempt: number): number {
    const { answer, refusal, roundTrip } = this.attempts;
    const shownBy = answer[attempt] || refusal[attempt];
    if (roundTrip[attempt] !== 0 || shownBy === 0) return roundTrip[attempt];
    const answered = this.firstTimes(shownBy - 1);
    for (const sending of this.sendings(attempt).reverse()) {
      for (const [lane, time] of this.firstTimes(sending)) {
        const answeredAt = answered.get(lane);
        if (answeredAt === undefined) continue;
        const since = (answeredAt - time) >>> 0;
        if (since < 0x8000_0000) return since + 1;
      }
    }
    return 0;
  }

  /** When the frames of a packet were first seen at each lane, in the order of time. */
  private firstTimes(sighting: number): Map<number, number> {
    const { sightings } = this.work;
    const times = new Map<number, number>();
    for (const at of hopsOf(this.work, sighting, mostHops)) {
      if (sightings.item[at] >= nblItem) continue;
      const lane = this.sides.lanes[componentOfPlace(sightings.place[at])];
      if (!times.has(lane)) times.set(lane, sightings.time[at]);
    }
    return times;
  }

  /** First sightings of the attempt's packets, in the order in which they were sent. */
  private sendings(attempt: number): number[] {
    const { nextOfAttempt } = this.work.links;
    const found: number[] = [];
    for (let at = this.attempts.first[attempt] + 1; at !== 0; at = nextOfAttempt[at - 1]) found.push(at - 1);
    return found;
  }

  private firstDrop(attempt: number, first: Walk): number {
    if (first.drop >= 0) return first.drop;
    for (const again of this.sendings(attempt).slice(1)) {
      const { drop } = this.walk(again);
      if (drop >= 0) return drop;
    }
    return -1;
  }

  private walk(sighting: number): Walk {
    const { links, sightings } = this.work;
    const start = pathOf(links, sighting);
    const { time } = sightings;
    const walk: Walk = {
      hops: 0,
      first: start,
      firstLatency: 0,
      latest: start,
      totalLatency: 0,
      drop: -1,
      outside: 0,
      switchHops: 0,
      inside: 0,
      delivered: 0,
      deliveredOutside: 0,
      isInferred: false,
    };
    // The circle is not in the order of time: first it has to be known where the path begins. Sightings of one time are in
    // the order of their numbers.
    this.eachHop(start, (at) => {
      const since = (time[at] - time[walk.first]) >>> 0;
      if (since >= 0x8000_0000 || (since === 0 && at < walk.first)) walk.first = at;
    });
    walk.latest = walk.first;
    let second = 0xffff_ffff;
    this.eachHop(start, (at) => {
      const since = (time[at] - time[walk.first]) >>> 0;
      if (since > walk.totalLatency || (since === walk.totalLatency && at > walk.latest)) {
        walk.totalLatency = since;
        walk.latest = at;
      }
      if (at !== walk.first && since < second) second = since;
      this.takeHop(at, walk);
    });
    walk.firstLatency = walk.hops > 1 ? second : 0;
    return walk;
  }

  private takeHop(at: number, walk: Walk): void {
    const { links, sightings, nbls, nblNumbers } = this.work;
    walk.hops++;
    if ((links.link[at] & LinkMark.Inferred) !== 0) walk.isInferred = true;
    const { segment, segmentNumber, packet, nbl } = locateSighting(this.work, this.columns, at);
    if (packet >= 0) {
      if ((segment.packets.traits[packet] & PacketTrait.Dropped) !== 0) walk.drop = at;
      const side = this.sides.components[componentOfPlace(sightings.place[at])];
      if (side === Side.Outside) walk.outside++;
      else if (side === Side.Switch) walk.switchHops++;
      else if (side === Side.Inside) walk.inside++;
      return;
    }
    walk.switchHops++;
    const { step, nic } = nbls[segmentNumber].table;
    if (step[nbl] === NblStep.Dropped) walk.drop = at;
    if (step[nbl] !== NblStep.Delivered) return;
    walk.delivered++;
    const number = nic[nbl] === 0 ? 0 : nblNumbers.nics[segmentNumber][nic[nbl] - 1];
    if (number !== 0 && this.sides.nics[number - 1] === Side.Outside) walk.deliveredOutside++;
  }

  private eachHop(start: number, take: (sighting: number) => void): void {
    const { next } = this.work.links;
    let at = start;
    for (let hops = 0; hops < mostHops; hops++) {
      take(at);
      if (next[at] === 0) return;
      at = next[at] - 1;
      if (at === start) return;
    }
  }
}
