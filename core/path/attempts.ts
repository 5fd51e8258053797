import { SharedMap, newSharedMap, type SharedMapState } from '../base/shared-map.ts';
import type { GlobalNumbers } from '../diagnosis/places.ts';
import { holdsIpv6, moduleBit } from '../packet/module.ts';
import { TcpFlag } from '../packet/tcp.ts';
import type { Segment } from '../trace/segment.ts';
import { growingTable, reserveRows, type GrowingTable } from '../trace/tables.ts';
import { componentOfPlace, echoNumber, FlowKey } from './gather.ts';
import { pathOf, type LinkTable, type SightingTable } from './sighting-table.ts';
import { EchoKind } from '../packet/scan.ts';

export const AttemptProtocolCode = { Tcp: 0, Udp: 1, Icmp: 2 } as const;
export type AttemptProtocolCode = (typeof AttemptProtocolCode)[keyof typeof AttemptProtocolCode];

/** One row a connection attempt, in the order of time. */
export const attemptColumns = {
  protocol: 'Uint8',
  /** First sighting of its first packet, and of its latest one. */
  first: 'Uint32',
  latest: 'Uint32',
  /** TCP: the SYN's sequence number. */
  sequence: 'Uint32',
  /** Packets that asked: 1 without retransmissions. */
  packets: 'Uint32',
  /** First sightings of what answered and of what refused, plus 1. */
  answer: 'Uint32',
  refusal: 'Uint32',
  /** From the latest asking packet to its answer, both at the first one's component, in 100 ns, plus 1. */
  roundTrip: 'Uint32',
  /** When the latest asking packet was at that component. */
  askedAt: 'Uint32',
} as const;
export type AttemptTable = GrowingTable<typeof attemptColumns>;

/** Plain data, so that another worker can go on with it. */
export interface AttemptState {
  count: number;
  readonly table: AttemptTable;
  /** From a flow's key to its newest attempt. */
  readonly flows: SharedMapState;
}

export function newAttemptState(): AttemptState {
  return { count: 0, table: growingTable(attemptColumns, 256), flows: newSharedMap() };
}

/** In 100 ns: what looks like an attempt's packet after that belongs to another one. */
const longestAttempt = 2_000_000_000;
const longestUdpSilence = 600_000_000;

/** What a packet tells of its flow; one object serves many packets. */
interface Ends {
  source: number;
  destination: number;
  sourcePort: number;
  destinationPort: number;
}

/** Finds connection attempts and their answers among packets that come in time order, each linked to its path already. */
export class Attempts {
  private readonly state: AttemptState;
  private readonly sightings: SightingTable;
  private readonly links: LinkTable;
  private readonly addresses: readonly Uint32Array[];
  private readonly flows: SharedMap;
  private readonly key = new FlowKey();
  private readonly ends: Ends = { source: 0, destination: 0, sourcePort: 0, destinationPort: 0 };
  private columns;

  constructor(state: AttemptState, sightings: SightingTable, links: LinkTable, { ipv6Addresses }: GlobalNumbers) {
    this.state = state;
    this.sightings = sightings;
    this.links = links;
    this.addresses = ipv6Addresses;
    this.flows = new SharedMap(state.flows);
    this.columns = state.table.columns;
  }

  /** `isNew`: with this sighting the packet's path begins. */
  take(sighting: number, segment: Segment, segmentNumber: number, packet: number, isNew: boolean): void {
    const { packets } = segment;
    const modules = packets.modules[packet];
    if ((modules & moduleBit.TCP) !== 0) {
      const flags = packets.tcpFlags[packet];
      if ((flags & (TcpFlag.SYN | TcpFlag.RST)) === 0) return;
      this.readEnds(segment, segmentNumber, packet);
      if ((flags & TcpFlag.RST) !== 0) this.takeReset(sighting, packets.acknowledgement[packet]);
      else if ((flags & TcpFlag.ACK) !== 0) this.takeSynAck(sighting, packets.acknowledgement[packet]);
      else this.takeSyn(sighting, packets.sequence[packet], isNew);
    } else if ((modules & moduleBit.UDP) !== 0) {
      this.readEnds(segment, segmentNumber, packet);
      this.takeDatagram(sighting, isNew);
    } else if ((modules & (moduleBit.ICMP | moduleBit.ICMPv6)) !== 0) {
      const print = packets.fingerprint[packet];
      if (echoNumber(print) === 0) return;
      this.readEnds(segment, segmentNumber, packet);
      this.takeEcho(sighting, print, isNew);
    }
  }

  private takeSyn(sighting: number, sequence: number, isNew: boolean): void {
    this.setKey(6, false);
    if (!isNew) {
      this.noteTranslated(sighting);
      return;
    }
    const known = this.flows.get(this.key.first, this.key.second);
    const isAgain =
      known >= 0 && this.columns.sequence[known] === sequence && this.isWithin(known, sighting, longestAttempt);
    if (isAgain) this.addPacket(known, sighting);
    else this.begin(AttemptProtocolCode.Tcp, sighting, sequence);
  }

  private takeSynAck(sighting: number, acknowledgement: number): void {
    this.setKey(6, true);
    const attempt = this.flows.get(this.key.first, this.key.second);
    if (attempt < 0 || (this.columns.sequence[attempt] + 1) >>> 0 !== acknowledgement) return;
    this.answerWith(attempt, sighting, this.columns.answer);
  }

  /** RFC 9293, 3.5.2: the answer to a SYN that nobody wants acknowledges it. */
  private takeReset(sighting: number, acknowledgement: number): void {
    this.setKey(6, true);
    const attempt = this.flows.get(this.key.first, this.key.second);
    if (attempt < 0 || this.columns.answer[attempt] !== 0) return;
    const isAnswer = (this.columns.sequence[attempt] + 1) >>> 0 === acknowledgement;
    if (isAnswer) this.answerWith(attempt, sighting, this.columns.refusal);
  }

  private takeDatagram(sighting: number, isNew: boolean): void {
    this.setKey(17, true);
    const asked = this.flows.get(this.key.first, this.key.second);
    if (asked >= 0 && this.isWithin(asked, sighting, longestUdpSilence)) {
      if (this.columns.answer[asked] === 0 || !isNew) this.answerWith(asked, sighting, this.columns.answer);
      return;
    }
    this.setKey(17, false);
    if (!isNew) {
      this.noteTranslated(sighting);
      return;
    }
    const known = this.flows.get(this.key.first, this.key.second);
    if (known < 0 || !this.isWithin(known, sighting, longestUdpSilence)) {
      this.begin(AttemptProtocolCode.Udp, sighting, 0);
    } else if (this.columns.answer[known] === 0) this.addPacket(known, sighting);
  }

  private takeEcho(sighting: number, print: number, isNew: boolean): void {
    const number = echoNumber(print);
    const isReply = (print & EchoKind.Mask) === EchoKind.Reply;
    this.setKey(number, isReply);
    const known = this.flows.get(this.key.first, this.key.second);
    if (isReply) {
      if (known >= 0) this.answerWith(known, sighting, this.columns.answer);
    } else if (isNew) this.begin(AttemptProtocolCode.Icmp, sighting, 0);
    else this.noteTranslated(sighting);
  }

  private begin(protocol: AttemptProtocolCode, sighting: number, sequence: number): void {
    const { state } = this;
    const attempt = state.count++;
    reserveRows(state.table, state.count);
    this.columns = state.table.columns;
    const { columns } = this;
    columns.protocol[attempt] = protocol;
    columns.first[attempt] = sighting;
    columns.latest[attempt] = sighting;
    columns.sequence[attempt] = sequence;
    columns.packets[attempt] = 1;
    columns.askedAt[attempt] = this.sightings.time[sighting];
    this.links.attempt[pathOf(this.links, sighting)] = attempt + 1;
    this.flows.set(this.key.first, this.key.second, attempt);
  }

  private addPacket(attempt: number, sighting: number): void {
    const { columns, links } = this;
    links.nextOfAttempt[columns.latest[attempt]] = sighting + 1;
    links.attempt[pathOf(links, sighting)] = attempt + 1;
    columns.latest[attempt] = sighting;
    columns.packets[attempt]++;
    if (this.isAtFirstComponent(attempt, sighting)) columns.askedAt[attempt] = this.sightings.time[sighting];
  }

  /** Behind a translator the attempt goes by other addresses. */
  private noteTranslated(sighting: number): void {
    const attempt = this.links.attempt[pathOf(this.links, sighting)];
    if (attempt === 0) return;
    const known = this.flows.get(this.key.first, this.key.second);
    if (known !== attempt - 1) this.flows.set(this.key.first, this.key.second, attempt - 1);
  }

  private answerWith(attempt: number, sighting: number, column: Uint32Array): void {
    const { columns, sightings } = this;
    if (column[attempt] === 0) column[attempt] = sighting + 1;
    if (columns.roundTrip[attempt] === 0 && this.isAtFirstComponent(attempt, sighting)) {
      columns.roundTrip[attempt] = ((sightings.time[sighting] - columns.askedAt[attempt]) >>> 0) + 1;
    }
  }

  private isAtFirstComponent(attempt: number, sighting: number): boolean {
    const { place } = this.sightings;
    return componentOfPlace(place[sighting]) === componentOfPlace(place[this.columns.first[attempt]]);
  }

  private isWithin(attempt: number, sighting: number, longest: number): boolean {
    const { time } = this.sightings;
    return (time[sighting] - time[this.columns.latest[attempt]]) >>> 0 <= longest;
  }

  private readEnds({ packets }: Segment, segmentNumber: number, packet: number): void {
    const isV6 = holdsIpv6(packets.modules[packet]);
    const addresses = this.addresses[segmentNumber];
    const { ends } = this;
    const { sourceAddress, destinationAddress, sourcePort, destinationPort } = packets;
    ends.source = isV6 ? addresses[sourceAddress[packet]] : sourceAddress[packet];
    ends.destination = isV6 ? addresses[destinationAddress[packet]] : destinationAddress[packet];
    ends.sourcePort = sourcePort[packet];
    ends.destinationPort = destinationPort[packet];
  }

  private setKey(protocol: number, isReversed: boolean): void {
    const { source, destination, sourcePort, destinationPort } = this.ends;
    if (isReversed) this.key.set(destination, source, (destinationPort << 16) | sourcePort, protocol);
    else this.key.set(source, destination, (sourcePort << 16) | destinationPort, protocol);
  }
}
