import { mix } from '../base/hash.ts';
import { bitCount } from '../base/words.ts';
import { hundredNanosecondsPerTick } from '../etl/clock.ts';
import { EchoKind } from '../packet/scan.ts';
import { IpProtocol } from '../packet/ip-protocols.ts';
import { holdsIpv6, moduleBit } from '../packet/module.ts';
import { lastNotAbove, type TraceColumns } from '../trace/trace-columns.ts';
import { PacketTrait, type Segment } from '../trace/segment.ts';
import { nblItem, type PathWork } from './sighting-table.ts';

/** A place is a component, a direction (PacketTrait's lowest bits), and whether the switch had decided. */
export function placeOfPacket(component: number, traits: number): number {
  return component * 8 + (traits & 3) + ((traits & PacketTrait.Routed) === 0 ? 0 : 4);
}

export function componentOfPlace(place: number): number {
  return place >>> 3;
}

/** A flow's key in one direction: two hashes of addresses, ports and protocol. One object serves many packets. */
export class FlowKey {
  first = 0;
  second = 0;

  set(source: number, destination: number, ports: number, protocol: number): void {
    const hash = mix(mix(mix(mix(0x51ed, source), destination), ports), protocol);
    this.first = (hash ^ (hash >>> 15)) >>> 0;
    const other = mix(mix(mix(mix(0x2c1b, ports), source), protocol), destination);
    this.second = (other ^ (other >>> 13)) >>> 0;
  }
}

/**
 * Fills the sightings of a segment: where its packets and NBL events were seen and when, and the hashes that tell packets
 * apart. Reads columns only.
 */
export function gatherSightings(columns: TraceColumns, segmentNumber: number, work: PathWork): void {
  const segment = columns.segments[segmentNumber];
  const { table } = work.nbls[segmentNumber];
  markSightings(columns, segmentNumber, work);
  const { packets } = segment;
  const timeOf = timesOf(columns, segment);
  const processors = new ProcessorCursor(segment);
  const { item, time, origin } = work.sightings;
  const { thread } = segment.events;
  const identities = new PacketIdentities(segment, segmentNumber, work);
  let sighting = work.bases[segmentNumber];
  let packet = 0;
  let nbl = 0;
  while (packet < packets.length || nbl < table.length) {
    const isNbl = packet === packets.length || (nbl < table.length && table.event[nbl] < packets.event[packet]);
    const event = isNbl ? table.event[nbl] : packets.event[packet];
    item[sighting] = isNbl ? nblItem + nbl : packet;
    time[sighting] = timeOf(event);
    if (isNbl) nbl++;
    else identities.take(packet++, sighting);
    origin[sighting] = originOf(thread[event], processors.of(event));
    sighting++;
  }
}

function markSightings(columns: TraceColumns, segmentNumber: number, { index, nbls, bases }: PathWork): void {
  const segment = columns.segments[segmentNumber];
  const { marks, ranks } = index;
  const firstWord = columns.bases[segmentNumber] / 32;
  for (const events of [segment.packets.event, nbls[segmentNumber].table.event]) {
    for (const event of events) marks[firstWord + (event >>> 5)] |= 1 << (event & 31);
  }
  let rank = bases[segmentNumber];
  const words = Math.ceil(segment.events.length / 32);
  for (let word = firstWord; word < firstWord + words; word++) {
    ranks[word] = rank;
    rank += bitCount(marks[word]);
  }
}

/** Of a segment's events: 100 ns since the trace's start, modulo 2^32. */
function timesOf(columns: TraceColumns, { section, events }: Segment): (event: number) => number {
  const { factor, offset } = columns.scales[section];
  // A trace of one section is ordered by raw ticks.
  const step = columns.scales.length === 1 ? hundredNanosecondsPerTick(columns.clocks[section]) : factor;
  const { tick } = events;
  return (event) => Math.round(tick[event] * step + offset) % 0x1_0000_0000;
}

function originOf(thread: number, processor: number): number {
  const hash = mix(mix(0x7ed5, thread), processor);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}

/** The processor of events that ascend. */
class ProcessorCursor {
  private readonly segment: Segment;
  private row = -1;
  private end = 0;

  constructor(segment: Segment) {
    this.segment = segment;
  }

  of(event: number): number {
    const { buffers } = this.segment;
    if (event >= this.end) {
      this.row = lastNotAbove(buffers.firstEvent, event, buffers.length);
      this.end = this.row + 1 < buffers.length ? buffers.firstEvent[this.row + 1] : Number.MAX_SAFE_INTEGER;
    }
    return this.row < 0 ? 0 : buffers.processor[this.row];
  }
}

const ipBits = moduleBit.IPv4 | moduleBit.IPv6;

/** Hashes packets. IPv6 addresses go by their numbers over the whole trace. */
class PacketIdentities {
  private readonly segment: Segment;
  private readonly work: PathWork;
  private readonly components: Uint16Array;
  private readonly addresses: Uint32Array;

  constructor(segment: Segment, segmentNumber: number, work: PathWork) {
    this.segment = segment;
    this.work = work;
    this.components = work.numbers.components[segmentNumber];
    this.addresses = work.numbers.ipv6Addresses[segmentNumber];
  }

  take(packet: number, sighting: number): void {
    const { packets } = this.segment;
    const { sightings } = this.work;
    sightings.place[sighting] = placeOfPacket(this.components[packets.component[packet]], packets.traits[packet]);
    if ((packets.modules[packet] & ipBits) === 0) this.takeOther(packet, sighting);
    else this.takeIp(packet, sighting);
  }

  private takeOther(packet: number, sighting: number): void {
    const { etherType, fingerprint } = this.segment.packets;
    const { identity, identityCheck } = this.work.sightings;
    if (fingerprint[packet] === 0) return;
    identity[sighting] = finish(mix(mix(0x33, etherType[packet]), fingerprint[packet]));
    identityCheck[sighting] = fingerprint[packet];
  }

  private takeIp(packet: number, sighting: number): void {
    const { packets } = this.segment;
    const { identity, identityCheck, translation } = this.work.sightings;
    const isV6 = holdsIpv6(packets.modules[packet]);
    const source = isV6 ? this.addresses[packets.sourceAddress[packet]] : packets.sourceAddress[packet];
    const destination = isV6 ? this.addresses[packets.destinationAddress[packet]] : packets.destinationAddress[packet];
    const ports = (packets.sourcePort[packet] << 16) | packets.destinationPort[packet];
    const protocol = packets.ipProtocol[packet];
    const numbers = this.carriedNumbers(packet, protocol);
    const around = mix(mix(mix(mix(0x11, source), destination), ports), packets.identification[packet]);
    identity[sighting] = finish(mix(around, numbers));
    identityCheck[sighting] = finish(mix(mix(mix(numbers, ports), destination), source)) || 1;
    translation[sighting] = this.translationOf(packet, protocol, numbers);
  }

  /** What neither routing nor translation changes. */
  private carriedNumbers(packet: number, protocol: number): number {
    const { packets } = this.segment;
    let numbers = mix(mix(0x77, protocol), packets.payloadLength[packet]);
    if (protocol === IpProtocol.TCP) {
      numbers = mix(mix(numbers, packets.sequence[packet]), packets.acknowledgement[packet]);
      return mix(numbers, packets.tcpFlags[packet]);
    }
    return mix(numbers, packets.fingerprint[packet]);
  }

  /** TCP's numbers are random enough; of others, payload and IPv4's identification together. */
  private translationOf(packet: number, protocol: number, numbers: number): number {
    const { sequence, acknowledgement, fingerprint, identification } = this.segment.packets;
    const isTcp = protocol === IpProtocol.TCP;
    const isEnough = isTcp ? sequence[packet] !== 0 || acknowledgement[packet] !== 0 : fingerprint[packet] !== 0;
    return isEnough ? finish(mix(numbers, isTcp ? 0 : identification[packet])) : 0;
  }
}

/** What an ICMP echo shares with its answer; 0 when the packet is no echo. */
export function echoNumber(fingerprint: number): number {
  const kind = fingerprint & EchoKind.Mask;
  return kind === EchoKind.Request || kind === EchoKind.Reply ? (fingerprint & ~EchoKind.Mask) >>> 0 || 1 : 0;
}

function finish(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}
