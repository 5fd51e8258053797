import { moduleBit } from '../packet/module.ts';
import { TcpFlag } from '../packet/tcp.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { FlowMark, packetAt, PacketFact, PacketLocator, type DiagnosisWork, type SegmentPackets } from './columns.ts';
import { sharedWords } from '../base/words.ts';
import {
  ConversationKind,
  Conversations,
  Handshake,
  kindKey,
  newConversationState,
  type ConversationState,
} from './conversations.ts';
import { connectionFindings, diagnosisKinds, findingBit } from './kinds.ts';
import { componentOfPlace, type GlobalNumbers } from './places.ts';
import { CutSegments, newCutState, type CutState } from './cut-segments.ts';
import { longestJourney, Sightings } from './sightings.ts';
import {
  endOf,
  isBefore,
  newFlowTable,
  SegmentFacts,
  TcpAnalysis,
  type FlowTable,
  type SegmentHistory,
} from './tcp-analysis.ts';

/** What following a share of the connections has come to; plain data, so that another worker can go on with it. */
export interface TrackerState {
  /** Packets whose `lot` leaves this rest when divided by the number of shares. */
  readonly share: number;
  readonly shares: number;
  readonly conversations: ConversationState;
  readonly flows: FlowTable;
  /** See Sightings. */
  readonly heads: Uint32Array;
  /** See CutSegments. */
  readonly cuts: CutState;
  /** Per kind: packets, each once, and sightings. */
  readonly packetsOfKind: Uint32Array;
  readonly sightingsOfKind: Uint32Array;
  /** Per component: sightings. */
  readonly sightingsAt: Uint32Array;
  packets: number;
  repeatedSightings: number;
}

const lotCount = 256;
const mostSlots = 1 << 22;
const fewestSlots = 1 << 10;

export function newTrackerState(share: number, shares: number, packets: number, components: number): TrackerState {
  const wanted = 2 ** Math.ceil(Math.log2(1 + packets / shares));
  return {
    share,
    shares,
    conversations: newConversationState(),
    flows: newFlowTable(512),
    heads: sharedWords(Math.min(mostSlots, Math.max(fewestSlots, wanted))),
    cuts: newCutState(),
    packetsOfKind: sharedWords(diagnosisKinds.length),
    sightingsOfKind: sharedWords(diagnosisKinds.length),
    sightingsAt: sharedWords(components),
    packets: 0,
    repeatedSightings: 0,
  };
}

/** More shares than lots would leave some without work. */
export function shareCount(workers: number): number {
  return Math.max(1, Math.min(workers, lotCount));
}

/** Segments of a flow that are looked back at. */
const mostEarlierSegments = 256;

const tcpBit = moduleBit.TCP;
const udpBit = moduleBit.UDP;

/**
 * Follows the connections of one share of a trace's packets in time order: finds out which packets were seen before,
 * numbers conversations, and judges TCP segments, each at its first sighting.
 */
export class ConnectionTracker implements SegmentHistory {
  holdsAll = false;
  private readonly work: DiagnosisWork;
  private readonly state: TrackerState;
  private readonly numbers: GlobalNumbers;
  private readonly locator: PacketLocator;
  private readonly sightings: Sightings;
  private readonly conversations: Conversations;
  private readonly tcp: TcpAnalysis;
  private readonly cuts: CutSegments;
  private readonly segment = new SegmentFacts();

  constructor(columns: TraceColumns, work: DiagnosisWork, numbers: GlobalNumbers, state: TrackerState) {
    this.work = work;
    this.state = state;
    this.numbers = numbers;
    this.locator = new PacketLocator(columns);
    this.sightings = new Sightings(work.found, work.work, this.locator, state.heads);
    this.conversations = new Conversations(state.conversations);
    this.tcp = new TcpAnalysis(state.flows, this);
    this.cuts = new CutSegments(state.cuts);
  }

  /** Takes rows `from` to `to` of the time order; portions must follow each other. Returns the packets of the share. */
  follow(order: Uint32Array, from: number, to: number): number {
    const { index, found } = this.work;
    const { share, shares } = this.state;
    let followed = 0;
    for (let row = from; row < to; row++) {
      const packet = packetAt(index, order[row]);
      if (packet < 0 || found.lot[packet] % shares !== share) continue;
      this.take(packet, row);
      followed++;
    }
    return followed;
  }

  /** What can be said only at the trace's end. */
  finish(): void {
    const { columns, count } = this.conversations;
    for (let conversation = 0; conversation < count; conversation++) {
      const handshake = columns.handshake[conversation];
      if (handshake === Handshake.Asked) this.addToAllSightings(columns.syn[conversation] - 1, findingBit['half-open']);
      if (handshake === Handshake.Answered) {
        this.addToAllSightings(columns.synAck[conversation] - 1, findingBit['half-open']);
      }
    }
  }

  find(flow: number, sequence: number, end: number): number {
    const entry = this.latestHolding(flow, sequence, end);
    if (entry === 0) return 0;
    const { findings, related } = this.work.found;
    const isAgain = (findings[entry - 1] & retransmissions) !== 0;
    return isAgain && related[entry - 1] !== 0 ? related[entry - 1] : entry;
  }

  /** As `find`, but a retransmission stands for itself. */
  private latestHolding(flow: number, sequence: number, end: number): number {
    const { earlierSegment } = this.work.work;
    this.holdsAll = false;
    let entry = this.state.flows.columns.lastSegment[flow];
    for (let steps = 0; entry !== 0 && steps < mostEarlierSegments; steps++) {
      const part = this.locator.segmentOf(entry - 1);
      const packet = entry - 1 - part.base;
      const start = part.sequence[packet];
      const behind = start + part.payloadLength[packet] + ((part.tcpFlags[packet] & sequencedFlags) === 0 ? 0 : 1);
      if (!isBefore(sequence, start) && isBefore(sequence, behind)) {
        this.holdsAll = !isBefore(behind, end);
        return entry;
      }
      entry = earlierSegment[entry - 1];
    }
    return 0;
  }

  private take(packet: number, row: number): void {
    const { found, work } = this.work;
    const part = this.locator.segmentOf(packet);
    const time = part.time(packet - part.base);
    const first = this.sightings.firstOf(packet, time);
    if (first >= 0) this.takeRepeated(first, packet);
    else {
      found.ordinal[packet] = 1;
      const isIp = (work.facts[packet] & (PacketFact.IsIpv4 | PacketFact.IsIpv6)) !== 0;
      if (isIp) this.takeIp(packet, part, time, row);
      if (found.first[packet] === 0) this.sightings.add(packet);
    }
    this.count(packet);
  }

  /** What was seen before shares what was found out then. */
  private takeRepeated(first: number, packet: number): void {
    const { found } = this.work;
    this.sightings.link(first, packet);
    found.conversation[packet] = found.conversation[first];
    found.flow[packet] = found.flow[first];
    found.related[packet] = found.related[first];
    found.repetition[packet] = found.repetition[first];
    found.findings[packet] |= found.findings[first] & connectionFindings;
  }

  private takeIp(packet: number, part: SegmentPackets, time: number, row: number): void {
    const { found, work } = this.work;
    const own = packet - part.base;
    const modules = part.modules[own];
    const isIpv6 = (work.facts[packet] & PacketFact.IsIpv6) !== 0;
    const hasTransport = (modules & (tcpBit | udpBit)) !== 0;
    const isTcp = (modules & tcpBit) !== 0;
    const addresses = isIpv6 ? this.numbers.ipv6Addresses[part.segment] : undefined;
    const source = addresses ? addresses[part.sourceAddress[own]] : part.sourceAddress[own];
    const destination = addresses ? addresses[part.destinationAddress[own]] : part.destinationAddress[own];
    const sourcePort = part.sourcePort[own];
    const destinationPort = part.destinationPort[own];
    const isUp = source < destination || (source === destination && sourcePort <= destinationPort);
    const low = isUp ? source : destination;
    const high = isUp ? destination : source;
    if (!hasTransport) {
      found.conversation[packet] = this.conversations.find(kindKey(ConversationKind.Ip, isIpv6), low, high, 0, row) + 1;
      return;
    }
    const kind = kindKey(isTcp ? ConversationKind.Tcp : ConversationKind.Udp, isIpv6);
    const ports = ((isUp ? sourcePort : destinationPort) << 16) | (isUp ? destinationPort : sourcePort);
    const before = this.conversations.count;
    const conversation = this.conversations.find(kind, low, high, ports >>> 0, row);
    if (conversation === before) this.conversations.find(kindKey(ConversationKind.Ip, isIpv6), low, high, 0, row);
    found.conversation[packet] = conversation + 1;
    if ((work.facts[packet] & PacketFact.HasTcp) !== 0) {
      this.takeTcp(packet, part, time, row, conversation, isUp ? 0 : 1);
    }
  }

  private takeTcp(
    packet: number,
    part: SegmentPackets,
    time: number,
    row: number,
    known: number,
    direction: number,
  ): void {
    const { found, work } = this.work;
    const segment = this.readSegment(packet, part, time);
    this.tcp.reserve(this.conversations.countOf(ConversationKind.Tcp) * 2);
    let conversation = known;
    if (this.tcp.isNewConnection(this.flowOf(known, direction), segment)) {
      conversation = this.conversations.renew(known, row);
      found.conversation[packet] = conversation + 1;
      this.tcp.reserve(this.conversations.countOf(ConversationKind.Tcp) * 2);
    }
    const flow = this.flowOf(conversation, direction);
    const whole = this.seenOtherwise(flow, segment);
    if (whole >= 0) {
      this.takeRepeated(whole, packet);
      return;
    }
    this.followHandshake(conversation, direction, segment);
    const earlier = this.state.flows.columns.lastSegment[flow];
    found.findings[packet] |= this.tcp.judge(flow, segment, this.conversations.columns.roundTrip[conversation]);
    found.flow[packet] = this.tcp.effectiveShift(flow, segment) | (direction === 0 ? 0 : FlowMark.Down);
    found.related[packet] = this.tcp.related;
    found.repetition[packet] = this.tcp.repetition;
    if (this.state.flows.columns.lastSegment[flow] === packet + 1) work.earlierSegment[packet] = earlier;
  }

  private flowOf(conversation: number, direction: number): number {
    return this.conversations.columns.number[conversation] * 2 + direction;
  }

  private readSegment(packet: number, part: SegmentPackets, time: number): SegmentFacts {
    const { segment } = this;
    const own = packet - part.base;
    const facts = this.work.work.facts[packet];
    segment.packet = packet;
    segment.time = time;
    segment.sequence = part.sequence[own];
    segment.acknowledgment = part.acknowledgement[own];
    segment.window = part.window[own];
    segment.length = part.payloadLength[own];
    segment.flags = part.tcpFlags[own];
    segment.hasSack = (facts & PacketFact.HasSack) !== 0;
    segment.announcedShift = facts & PacketFact.ShiftMask;
    segment.place = this.work.work.place[packet];
    return segment;
  }

  /**
   * The first sighting of the segment that this one was cut from, or that was put together to make it; -1 when it is
   * nothing of the kind. Cards cut large segments on their way out and join small ones on their way in (LSO, RSC), so one
   * component sees other segments than the next: what is old for the connection but new at its own place was only seen
   * again, unless its borders are those of a segment that was sent before.
   */
  private seenOtherwise(flow: number, segment: SegmentFacts): number {
    const { home } = this.state.flows.columns;
    if (!this.tcp.isOld(flow, segment) || home[flow] === segment.place) return -1;
    const end = endOf(segment);
    const entry = this.latestHolding(flow, segment.sequence, end);
    if (entry === 0) return -1;
    const part = this.locator.segmentOf(entry - 1);
    const own = entry - 1 - part.base;
    const isSameCut = part.sequence[own] === segment.sequence && part.payloadLength[own] === segment.length;
    if (isSameCut || segment.time - part.time(own) > longestJourney) return -1;
    if (!this.cuts.isNew(entry - 1, segment.place, segment.sequence, end)) return -1;
    const { first } = this.work.found;
    return first[entry - 1] === 0 ? entry - 1 : first[entry - 1] - 1;
  }

  private followHandshake(conversation: number, direction: number, segment: SegmentFacts): void {
    const { columns } = this.conversations;
    const { handshake } = columns;
    const { flags } = segment;
    const isSyn = (flags & TcpFlag.SYN) !== 0;
    const hasAck = (flags & TcpFlag.ACK) !== 0;
    if (isSyn && !hasAck) {
      columns.synTime[conversation] = segment.time;
      if (handshake[conversation] !== Handshake.None) return;
      columns.syn[conversation] = segment.packet + 1;
      columns.serverFlow[conversation] = direction ^ 1;
      handshake[conversation] = Handshake.Asked;
    } else if (isSyn) {
      if (handshake[conversation] >= Handshake.Answered) return;
      columns.synAck[conversation] = segment.packet + 1;
      columns.serverFlow[conversation] = direction;
      handshake[conversation] = Handshake.Answered;
    } else if ((flags & TcpFlag.RST) !== 0) handshake[conversation] = Handshake.Open;
    else if (hasAck && handshake[conversation] !== Handshake.Open)
      this.acceptHandshake(conversation, direction, segment);
  }

  /** The client's first acknowledgment of the SYN-ACK opens the connection; the server's data before it does not. */
  private acceptHandshake(conversation: number, direction: number, segment: SegmentFacts): void {
    const { columns } = this.conversations;
    if (direction === columns.serverFlow[conversation] && columns.handshake[conversation] !== Handshake.None) return;
    const wasAnswered = columns.handshake[conversation] === Handshake.Answered;
    columns.handshake[conversation] = Handshake.Open;
    const { base } = this.state.flows.columns;
    const server = this.flowOf(conversation, direction ^ 1);
    const completes = wasAnswered && segment.acknowledgment === (base[server] + 1) >>> 0;
    if (completes && columns.syn[conversation] !== 0) {
      columns.roundTrip[conversation] = segment.time - columns.synTime[conversation];
    }
  }

  private count(packet: number): void {
    const { found, work } = this.work;
    const { state } = this;
    const first = found.first[packet];
    if (first === 0) state.packets++;
    else state.repeatedSightings++;
    const component = componentOfPlace(work.place[packet]);
    state.sightingsAt[component]++;
    const findings = found.findings[packet];
    if (findings !== 0) this.countFindings(first === 0 ? packet : first - 1, findings);
  }

  private countFindings(first: number, findings: number): void {
    const { findingsOfAll } = this.work.work;
    const { packetsOfKind, sightingsOfKind } = this.state;
    const fresh = findings & ~findingsOfAll[first];
    findingsOfAll[first] |= findings;
    for (let bits = findings; bits !== 0; bits &= bits - 1) {
      const kind = 31 - Math.clz32(bits & -bits);
      sightingsOfKind[kind]++;
      packetsOfKind[kind] += (fresh >>> kind) & 1;
    }
  }

  private addToAllSightings(first: number, finding: number): void {
    const { found } = this.work;
    let packet = found.last[first] === 0 ? first : found.last[first] - 1;
    for (;;) {
      found.findings[packet] |= finding;
      this.countFindings(first, finding);
      if (packet === first) return;
      packet = found.previous[packet] - 1;
    }
  }
}

const sequencedFlags = TcpFlag.SYN | TcpFlag.FIN;
const retransmissions =
  findingBit.retransmission |
  findingBit['fast-retransmission'] |
  findingBit['spurious-retransmission'] |
  findingBit['syn-retransmission'];
