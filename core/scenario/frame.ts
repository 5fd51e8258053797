/**
 * Builds frames from layers, outermost first, with the lengths and checksums that a real stack would have put in.
 * Addresses come as bytes: the scenario's reader has turned text into them.
 */

export interface EthernetLayer {
  readonly protocol: 'eth';
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** Default: what the next layer asks for. */
  readonly etherType?: number | undefined;
}

/** An IEEE 802.1Q tag; behind `eth` or another tag. */
export interface VlanLayer {
  readonly protocol: 'vlan';
  readonly id: number;
  readonly priority?: number | undefined;
  /** EtherType that announces the tag: 0x8100, or 0x88A8 for a provider's outer tag. */
  readonly tagType?: number | undefined;
  readonly etherType?: number | undefined;
}

/** An 802.11 data frame's header (24 bytes, 26 with QoS) with LLC/SNAP behind it. */
export interface WifiLayer {
  readonly protocol: 'wifi';
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly bssid: Uint8Array;
  readonly direction: 'to-ds' | 'from-ds';
  readonly qos?: boolean | undefined;
  readonly etherType?: number | undefined;
}

export interface Ipv4Layer {
  readonly protocol: 'ipv4';
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly id?: number | undefined;
  readonly ttl?: number | undefined;
  readonly tos?: number | undefined;
  readonly dontFragment?: boolean | undefined;
  readonly moreFragments?: boolean | undefined;
  /** In bytes, a multiple of 8. */
  readonly fragmentOffset?: number | undefined;
  readonly ipProtocol?: number | undefined;
  /** Replaces the true total length: 0 is what large-send offload leaves there. */
  readonly totalLength?: number | undefined;
  /** Replaces the true header checksum: 0 is what checksum offload leaves there. */
  readonly checksum?: number | undefined;
}

export interface Ipv6Layer {
  readonly protocol: 'ipv6';
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly hopLimit?: number | undefined;
  readonly trafficClass?: number | undefined;
  readonly flowLabel?: number | undefined;
  readonly ipProtocol?: number | undefined;
}

export interface TcpLayer {
  readonly protocol: 'tcp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** TCP flag bits: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
  readonly flags: number;
  readonly sequence?: number | undefined;
  readonly acknowledgement?: number | undefined;
  readonly window?: number | undefined;
  readonly urgent?: number | undefined;
  readonly maximumSegmentSize?: number | undefined;
  readonly windowScale?: number | undefined;
  readonly selectiveAcknowledgement?: boolean | undefined;
  readonly timestamps?: readonly [number, number] | undefined;
  /** Left and right edges of SACK blocks, in pairs. */
  readonly sackEdges?: readonly number[] | undefined;
  readonly checksum?: number | undefined;
}

export interface UdpLayer {
  readonly protocol: 'udp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly checksum?: number | undefined;
}

/** ICMP or ICMPv6: type and code, then four bytes, then what follows. */
export interface IcmpLayer {
  readonly protocol: 'icmp' | 'icmpv6';
  readonly type: number;
  readonly code: number;
  readonly rest: Uint8Array;
  readonly body?: Uint8Array | undefined;
}

export interface ArpLayer {
  readonly protocol: 'arp';
  readonly operation: number;
  readonly senderMac: Uint8Array;
  readonly senderIp: Uint8Array;
  readonly targetMac: Uint8Array;
  readonly targetIp: Uint8Array;
}

export interface PayloadLayer {
  readonly protocol: 'payload';
  readonly bytes: Uint8Array;
}

export type FrameLayer =
  | EthernetLayer
  | VlanLayer
  | WifiLayer
  | Ipv4Layer
  | Ipv6Layer
  | TcpLayer
  | UdpLayer
  | IcmpLayer
  | ArpLayer
  | PayloadLayer;

const etherTypes: Readonly<Partial<Record<FrameLayer['protocol'], number>>> = {
  ipv4: 0x0800,
  arp: 0x0806,
  ipv6: 0x86dd,
};
const ipProtocols: Readonly<Partial<Record<FrameLayer['protocol'], number>>> = {
  icmp: 1,
  ipv4: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  icmpv6: 58,
};
/** "No next header" of IPv6; also what stands in IPv4 in front of a bare payload. */
const noNextHeader = 59;

/** The bytes of a frame. An empty list gives an empty frame. */
export function buildFrame(layers: readonly FrameLayer[]): Uint8Array {
  return buildFrom(layers, 0, undefined);
}

/** Cuts a frame into pieces of the given sizes; what is left over becomes one more piece. */
export function splitFrame(frame: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (const size of sizes) {
    pieces.push(frame.subarray(offset, Math.min(offset + size, frame.length)));
    offset += size;
  }
  if (offset < frame.length || pieces.length === 0) pieces.push(frame.subarray(offset));
  return pieces;
}

type IpLayer = Ipv4Layer | Ipv6Layer;

/** Layer `index` with everything behind it; `ip` is the layer whose pseudo header the transport checksum covers. */
function buildFrom(layers: readonly FrameLayer[], index: number, ip: IpLayer | undefined): Uint8Array {
  if (index >= layers.length) return new Uint8Array(0);
  const layer = layers[index];
  const next = layers.at(index + 1);
  const isIp = layer.protocol === 'ipv4' || layer.protocol === 'ipv6';
  const inner = buildFrom(layers, index + 1, isIp ? layer : ip);
  switch (layer.protocol) {
    case 'eth':
      return joined(layer.destination, layer.source, word(layer.etherType ?? etherTypeFor(next)), inner);
    case 'vlan':
      return joined(word(((layer.priority ?? 0) << 13) | layer.id), word(layer.etherType ?? etherTypeFor(next)), inner);
    case 'wifi':
      return joined(wifiHeader(layer), word(layer.etherType ?? etherTypeFor(next)), inner);
    case 'ipv4':
      return joined(ipv4Header(layer, next, inner.length), inner);
    case 'ipv6':
      return joined(ipv6Header(layer, next, inner.length), inner);
    case 'tcp':
      return tcpSegment(layer, inner, ip);
    case 'udp':
      return udpDatagram(layer, inner, ip);
    case 'icmp':
    case 'icmpv6':
      return icmpMessage(layer, inner, ip);
    case 'arp':
      return joined(arpMessage(layer), inner);
    case 'payload':
      return joined(layer.bytes, inner);
  }
}

function etherTypeFor(next: FrameLayer | undefined): number {
  if (next?.protocol === 'vlan') return next.tagType ?? 0x8100;
  return (next && etherTypes[next.protocol]) ?? 0;
}

/** Frame control, duration, three addresses in the order the DS bits ask for, sequence, and LLC/SNAP up to the type. */
function wifiHeader(layer: WifiLayer): Uint8Array {
  const dataSubtype = layer.qos === true ? 0x88 : 0x08;
  const toDs = layer.direction === 'to-ds';
  const addresses = toDs
    ? [layer.bssid, layer.source, layer.destination]
    : [layer.destination, layer.bssid, layer.source];
  const control = Uint8Array.of(dataSubtype, toDs ? 1 : 2, 0, 0);
  const qosControl = new Uint8Array(layer.qos === true ? 2 : 0);
  return joined(control, ...addresses, new Uint8Array(2), qosControl, Uint8Array.of(0xaa, 0xaa, 3, 0, 0, 0));
}

function ipProtocolFor(layer: IpLayer, next: FrameLayer | undefined): number {
  return layer.ipProtocol ?? (next && ipProtocols[next.protocol]) ?? noNextHeader;
}

function ipv4Header(layer: Ipv4Layer, next: FrameLayer | undefined, innerLength: number): Uint8Array {
  const header = new Uint8Array(20);
  const view = new DataView(header.buffer);
  const fragment =
    (layer.dontFragment === true ? 0x4000 : 0) |
    (layer.moreFragments === true ? 0x2000 : 0) |
    ((layer.fragmentOffset ?? 0) >> 3);
  header[0] = 0x45;
  header[1] = layer.tos ?? 0;
  view.setUint16(2, layer.totalLength ?? header.length + innerLength);
  view.setUint16(4, layer.id ?? 0);
  view.setUint16(6, fragment);
  header[8] = layer.ttl ?? 128;
  header[9] = ipProtocolFor(layer, next);
  header.set(layer.source, 12);
  header.set(layer.destination, 16);
  view.setUint16(10, layer.checksum ?? internetChecksum([header]));
  return header;
}

function ipv6Header(layer: Ipv6Layer, next: FrameLayer | undefined, innerLength: number): Uint8Array {
  const header = new Uint8Array(40);
  const view = new DataView(header.buffer);
  view.setUint32(0, ((6 << 28) | ((layer.trafficClass ?? 0) << 20) | (layer.flowLabel ?? 0)) >>> 0);
  view.setUint16(4, innerLength);
  header[6] = ipProtocolFor(layer, next);
  header[7] = layer.hopLimit ?? 64;
  header.set(layer.source, 8);
  header.set(layer.destination, 24);
  return header;
}

function tcpSegment(layer: TcpLayer, payload: Uint8Array, ip: IpLayer | undefined): Uint8Array {
  const options = tcpOptions(layer);
  const segment = joined(new Uint8Array(20), options, payload);
  const view = new DataView(segment.buffer);
  view.setUint16(0, layer.sourcePort);
  view.setUint16(2, layer.destinationPort);
  view.setUint32(4, layer.sequence ?? 0);
  view.setUint32(8, layer.acknowledgement ?? 0);
  segment[12] = (5 + options.length / 4) << 4;
  segment[13] = layer.flags;
  view.setUint16(14, layer.window ?? 65_535);
  view.setUint16(18, layer.urgent ?? 0);
  view.setUint16(16, layer.checksum ?? transportChecksum(segment, 6, ip));
  return segment;
}

/** Options in the order Windows sends them, filled up with no-operation bytes to a multiple of 4. */
function tcpOptions(layer: TcpLayer): Uint8Array {
  const options: number[] = [];
  if (layer.maximumSegmentSize !== undefined) options.push(2, 4, ...word(layer.maximumSegmentSize));
  if (layer.windowScale !== undefined) options.push(1, 3, 3, layer.windowScale);
  if (layer.timestamps)
    options.push(1, 1, 8, 10, ...doubleWord(layer.timestamps[0]), ...doubleWord(layer.timestamps[1]));
  if (layer.selectiveAcknowledgement === true) options.push(1, 1, 4, 2);
  const edges = layer.sackEdges ?? [];
  if (edges.length > 0) options.push(1, 1, 5, 2 + edges.length * 4, ...edges.flatMap((edge) => [...doubleWord(edge)]));
  while (options.length % 4 !== 0) options.push(1);
  return Uint8Array.from(options);
}

function udpDatagram(layer: UdpLayer, payload: Uint8Array, ip: IpLayer | undefined): Uint8Array {
  const datagram = joined(new Uint8Array(8), payload);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, layer.sourcePort);
  view.setUint16(2, layer.destinationPort);
  view.setUint16(4, datagram.length);
  // RFC 768: a computed zero is sent as all ones, because zero says "no checksum".
  view.setUint16(6, layer.checksum ?? (transportChecksum(datagram, 17, ip) || 0xffff));
  return datagram;
}

function icmpMessage(layer: IcmpLayer, payload: Uint8Array, ip: IpLayer | undefined): Uint8Array {
  const head = Uint8Array.of(layer.type, layer.code, 0, 0);
  const message = joined(head, layer.rest, layer.body ?? new Uint8Array(0), payload);
  const checksum = layer.protocol === 'icmp' ? internetChecksum([message]) : transportChecksum(message, 58, ip);
  new DataView(message.buffer).setUint16(2, checksum);
  return message;
}

function arpMessage(layer: ArpLayer): Uint8Array {
  const ethernetAndIpv4 = [...word(1), ...word(0x0800), 6, 4];
  const head = Uint8Array.from([...ethernetAndIpv4, ...word(layer.operation)]);
  return joined(head, layer.senderMac, layer.senderIp, layer.targetMac, layer.targetIp);
}

/** Checksum over pseudo header and segment; 0 when no IP layer is around to give the pseudo header. */
function transportChecksum(segment: Uint8Array, protocol: number, ip: IpLayer | undefined): number {
  if (!ip) return 0;
  const length = doubleWord(segment.length);
  const tail = ip.protocol === 'ipv6' ? [...length, 0, 0, 0, protocol] : [0, protocol, length[2], length[3]];
  return internetChecksum([joined(ip.source, ip.destination, Uint8Array.from(tail)), segment]);
}

/** RFC 1071 over parts of which all but the last have an even length. */
export function internetChecksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 2) sum += (part[index] << 8) | (part.at(index + 1) ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}

function word(value: number): Uint8Array {
  return Uint8Array.of((value >> 8) & 255, value & 255);
}

function doubleWord(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
