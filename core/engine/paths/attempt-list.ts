import { ipv4Text, ipv6At } from '../../base/address.ts';
import { AttemptProtocolCode } from '../../path/attempts.ts';
import { hopsOf, locateSighting, pathOf } from '../../path/sighting-table.ts';
import type { Lane } from '../../path/topology.ts';
import { holdsIpv6 } from '../../packet/module.ts';
import { rowOf } from '../../trace/order.ts';
import {
  attemptProtocols,
  verdictKinds,
  type AttemptOrder,
  type AttemptProtocol,
  type ConnectionAttempt,
  type ConnectionQuery,
  type VerdictKind,
} from '../contract-paths.ts';
import { rowTime } from '../row-builder.ts';
import { durationText } from './duration-text.ts';
import { buildPath, type PathSource } from './path-builder.ts';

/** Lanes of an attempt's strip, and hops that are looked at for it. */
const longestStrip = 12;
const mostHopsOfStrip = 64;

/** The connection attempts of a trace: picked and sorted by their columns, told when somebody looks at them. */
export class AttemptList {
  private readonly source: PathSource;
  private readonly columns;
  /** Searched texts of attempts, made when somebody searches. */
  private texts: string[] | undefined;

  constructor(source: PathSource) {
    this.source = source;
    this.columns = source.data.state.attempts.table.columns;
  }

  /** Attempts of these protocols, by number. */
  ofProtocols(protocols: readonly AttemptProtocol[]): number[] {
    const wanted = new Set(protocols.map((protocol) => attemptProtocols.indexOf(protocol)));
    const found: number[] = [];
    for (let attempt = 0; attempt < this.source.data.attempts; attempt++) {
      if (wanted.has(this.columns.protocol[attempt])) found.push(attempt);
    }
    return found;
  }

  verdictOf(attempt: number): VerdictKind {
    return verdictKinds[this.source.data.verdicts.verdict[attempt]];
  }

  /** Those of some attempts that have one of the verdicts and show the words. */
  pick(attempts: readonly number[], { verdicts = [], text = '' }: ConnectionQuery): number[] {
    const words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const wanted = new Set(verdicts);
    return attempts.filter(
      (attempt) =>
        (wanted.size === 0 || wanted.has(this.verdictOf(attempt))) &&
        (words.length === 0 || words.every((word) => this.textOf(attempt).includes(word))),
    );
  }

  sort(attempts: readonly number[], { sort }: ConnectionQuery): number[] {
    if (!sort || (sort.by === 'time' && !sort.descending)) return [...attempts];
    const key = this.sortKey(sort.by);
    const keys = new Map(attempts.map((attempt) => [attempt, key(attempt)]));
    const sign = sort.descending ? -1 : 1;
    return [...attempts].sort((a, b) => sign * compared(keys.get(a) ?? 0, keys.get(b) ?? 0) || a - b);
  }

  /** Rows in which packets of the attempt were captured. */
  rowsOf(attempt: number): number[] {
    const { data, rows } = this.source;
    return this.sendings(attempt)
      .flatMap((sighting) => hopsOf(data.work, sighting, mostHopsOfStrip))
      .map((sighting) => this.rowOfSighting(sighting))
      .filter((row) => row < rows.order.length);
  }

  /** First sightings of the attempt's packets, in the order in which they were sent. */
  sendings(attempt: number): number[] {
    const { nextOfAttempt } = this.source.data.work.links;
    const found: number[] = [];
    for (let at = this.columns.first[attempt] + 1; at !== 0; at = nextOfAttempt[at - 1]) found.push(at - 1);
    return found;
  }

  rowOfSighting(sighting: number): number {
    const { data, rows } = this.source;
    const { segmentNumber, event } = locateSighting(data.work, rows.columns, sighting);
    return rowOf(rows.columns, rows.order, rows.columns.bases[segmentNumber] + event);
  }

  tell(attempt: number): ConnectionAttempt {
    const { data, rows } = this.source;
    const { columns } = this;
    const { verdicts } = data;
    const row = this.rowOfSighting(columns.first[attempt]);
    const ends = this.endsOf(attempt);
    return {
      number: attempt + 1,
      protocol: protocolNames[columns.protocol[attempt]],
      row,
      ...rowTime(rows, row),
      ...ends,
      verdict: this.verdictOf(attempt),
      verdictText: this.verdictText(attempt),
      verdictRow: this.rowOfSighting(verdicts.shownBy[attempt]),
      retransmissions: columns.packets[attempt] - 1,
      hops: verdicts.hops[attempt],
      firstLatency: verdicts.firstLatency[attempt],
      totalLatency: verdicts.totalLatency[attempt],
      roundTrip: roundTripOf(verdicts.roundTrip[attempt]),
      strip: this.strip(attempt),
      isInferred: verdicts.isInferred[attempt] !== 0,
    };
  }

  /** The attempt that a path's packet belongs to, and the one that it answers; -1 for none. */
  attemptOf(sightings: readonly number[]): { asks: number; answers: number } {
    const { links } = this.source.data.work;
    const asks = links.attempt[pathOf(links, sightings[0])] - 1;
    const own = new Set(sightings);
    const answers = asks >= 0 ? -1 : this.answeredBy(own);
    return { asks, answers };
  }

  /** Sighting of the answer, or refusal, of an attempt; -1 for none. */
  answerOf(attempt: number): number {
    return (this.columns.answer[attempt] || this.columns.refusal[attempt]) - 1;
  }

  private answered: Map<number, number> | undefined;

  private answeredBy(sightings: ReadonlySet<number>): number {
    this.answered ??= new Map(
      Array.from({ length: this.source.data.attempts }, (_, attempt): [number, number] => [
        this.answerOf(attempt),
        attempt,
      ]).filter(([answer]) => answer >= 0),
    );
    for (const sighting of sightings) {
      const attempt = this.answered.get(sighting);
      if (attempt !== undefined) return attempt;
    }
    return -1;
  }

  private verdictText(attempt: number): string {
    const { verdicts } = this.source.data;
    const roundTrip = roundTripOf(verdicts.roundTrip[attempt]);
    const after = roundTrip === null ? '' : ` after ${durationText(roundTrip)}`;
    const shownBy = verdicts.shownBy[attempt];
    switch (this.verdictOf(attempt)) {
      case 'answered':
        return `answered${after}`;
      case 'refused':
        return `refused${after}`;
      case 'dropped':
        return this.dropText(shownBy);
      case 'vanished':
        return `last seen at ${this.laneOf(shownBy).name}, and neither delivered nor dropped`;
      case 'unanswered':
        return `no answer; last seen at ${this.laneOf(shownBy).name}`;
      case 'outside-only':
        return `seen at ${this.laneOf(shownBy).name} only, never in the switch`;
      case 'inside-only':
        return `sent to ${this.laneOf(shownBy).name}, where no frame of it was captured`;
    }
  }

  private dropText(sighting: number): string {
    const built = buildPath(this.source, this.rowOfSighting(sighting));
    const hop = built?.path.hops[built.sightings.indexOf(sighting)];
    if (!built || !hop?.drop) return 'dropped';
    const where = built.path.lanes[hop.lane].name;
    return `dropped by ${where}: ${hop.drop.reason}`;
  }

  /** Lanes in the order in which the packet came to them. */
  private strip(attempt: number): ConnectionAttempt['strip'] {
    const built = buildPath(this.source, this.rowOfSighting(this.columns.first[attempt]));
    if (!built) return [];
    const { hops, lanes } = built.path;
    const dropped = new Set(hops.filter(({ drop }) => drop !== null).map(({ lane }) => lane));
    const visited = new Set(hops.flatMap(({ from, lane, to }) => [from, lane, to]).filter((lane) => lane !== null));
    return [...visited]
      .slice(0, longestStrip)
      .map((lane) => ({ kind: lanes[lane].kind, name: lanes[lane].name, isDrop: dropped.has(lane) }));
  }

  private laneOf(sighting: number): Lane {
    const { data, rows, topology } = this.source;
    const { segment, segmentNumber, packet, nbl } = locateSighting(data.work, rows.columns, sighting);
    if (packet >= 0) return topology.laneOf(segment.components[segment.packets.component[packet]], segment.input);
    const { table } = data.work.nbls[segmentNumber];
    const { nblNumbers } = data.work;
    const nic = table.destination[nbl] || table.nic[nbl];
    return topology.laneOfNic(nic === 0 ? '' : nblNumbers.nicNames[nblNumbers.nics[segmentNumber][nic - 1] - 1].name);
  }

  private endsOf(attempt: number): Ends {
    const { data, rows } = this.source;
    const { segment, packet } = locateSighting(data.work, rows.columns, this.columns.first[attempt]);
    const { packets, ipv6Addresses } = segment;
    const isV6 = holdsIpv6(packets.modules[packet]);
    const text = (address: number): string => (isV6 ? ipv6At(ipv6Addresses, address * 16) : ipv4Text(address));
    return {
      client: text(packets.sourceAddress[packet]),
      clientPort: packets.sourcePort[packet],
      server: text(packets.destinationAddress[packet]),
      serverPort: packets.destinationPort[packet],
    };
  }

  private textOf(attempt: number): string {
    this.texts ??= [];
    return (this.texts[attempt] ??= this.searchText(attempt));
  }

  private searchText(attempt: number): string {
    const told = this.tell(attempt);
    const names = told.strip.map(({ name }) => name).join(' ');
    return `${told.client}:${told.clientPort} ${told.server}:${told.serverPort} ${told.protocol} ${told.verdict} ${told.verdictText} ${names}`.toLowerCase();
  }

  private sortKey(by: AttemptOrder): (attempt: number) => number | string {
    const { columns } = this;
    const { verdicts } = this.source.data;
    switch (by) {
      case 'time':
        return (attempt) => attempt;
      case 'client':
        return (attempt) => addressKey(this.endsOf(attempt).client);
      case 'server':
        return (attempt) => addressKey(this.endsOf(attempt).server);
      case 'port':
        return (attempt) => this.endsOf(attempt).serverPort;
      case 'verdict':
        return (attempt) => verdicts.verdict[attempt];
      case 'hops':
        return (attempt) => verdicts.hops[attempt];
      case 'firstLatency':
        return (attempt) => verdicts.firstLatency[attempt];
      case 'totalLatency':
        return (attempt) => verdicts.totalLatency[attempt];
      case 'roundTrip':
        return (attempt) => verdicts.roundTrip[attempt];
      case 'retransmissions':
        return (attempt) => columns.packets[attempt];
    }
  }
}

interface Ends {
  readonly client: string;
  readonly clientPort: number;
  readonly server: string;
  readonly serverPort: number;
}

const protocolNames: Readonly<Record<number, AttemptProtocol>> = {
  [AttemptProtocolCode.Tcp]: 'TCP',
  [AttemptProtocolCode.Udp]: 'UDP',
  [AttemptProtocolCode.Icmp]: 'ICMP',
};

function roundTripOf(stored: number): number | null {
  return stored === 0 ? null : stored - 1;
}

/** IPv4 addresses sort by their numbers, in front of IPv6 ones. */
function addressKey(address: string): string {
  return address.includes(':')
    ? `6${address}`
    : `4${address
        .split('.')
        .map((part) => part.padStart(3, '0'))
        .join('.')}`;
}

function compared(one: number | string, other: number | string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
