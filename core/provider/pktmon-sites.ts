import { IpProtocol } from '../packet/ip-protocols.ts';
import { LinkType, sniffWifiOrEthernet } from '../packet/link-type.ts';
import { PktMonPacketType } from './pktmon.ts';
import { pktMonPlaceSize, type PktMonShape } from './pktmon-shapes.ts';
import { ComponentSource, resetSite, type PacketSite, type PacketSiteReader } from './site.ts';

/** Directions that mean "receiving" by pktmon's DirTag: In, Rx, Ingress; their successors mean "sending". */
const ReceivingTags = new Set([1, 3, 5]);
const SendingTags = new Set([2, 4, 6]);

/** The reader of events of this shape; undefined when they tell neither bytes nor headers of the packet. */
export function pktMonSiteReader(shape: PktMonShape): PacketSiteReader | undefined {
  if (shape.payloadAt < 0 && shape.networkAt < 0) return undefined;
  return (view, start, end, _keywordLow, _keywordHigh, site) => readSite(shape, view, start, end, site);
}

function readSite(shape: PktMonShape, view: DataView, start: number, end: number, site: PacketSite): boolean {
  const headersEnd = start + (shape.payloadAt < 0 ? shape.placeAt + pktMonPlaceSize : shape.payloadAt + 4);
  if (headersEnd > end) return false;
  resetSite(site);
  takePlace(view, start + shape.placeAt, site);
  takeGroup(view, shape.groupAt < 0 ? -1 : start + shape.groupAt, site);
  site.isDrop = shape.isDrop;
  if (!takePayload(shape, view, start, end, site)) return false;
  const packetType = view.getUint16(start + shape.placeAt + 2, true);
  site.hasToldHeaders = shape.networkAt >= 0;
  if (site.hasToldHeaders) takeToldHeaders(shape, view, start, packetType, site);
  site.linkType = site.hasToldHeaders ? aboveHeaders(view, packetType, site) : mediumOf(view, packetType, site);
  return true;
}

function takePlace(view: DataView, at: number, site: PacketSite): void {
  const directionTag = view.getUint16(at, true);
  site.inbound = ReceivingTags.has(directionTag);
  site.outbound = SendingTags.has(directionTag);
  site.source = ComponentSource.PktMon;
  site.componentId = view.getUint16(at + 4, true);
  site.dropReason = view.getUint32(at + 10, true);
  site.dropLocation = view.getUint32(at + 14, true);
}

/**
 * A number of 53 bits for a group of 64. Groups have been seen to hold the processor in their highest 16 bits and to count
 * in the lowest, so the bits that do not fit are laid over some that lie between.
 */
function exactGroup(low: number, high: number): number {
  return low + ((high & 0x1f_ffff) ^ (high >>> 21)) * 0x1_0000_0000;
}

function takeGroup(view: DataView, at: number, site: PacketSite): void {
  site.isSighting = true;
  site.group = at < 0 ? 0 : exactGroup(view.getUint32(at, true), view.getUint32(at + 4, true));
  site.appearance = at < 0 ? 0 : view.getUint16(at + 10, true);
}

/** A shape without payload has an empty frame. False when the payload is longer than the event. */
function takePayload(
  { payloadAt }: PktMonShape,
  view: DataView,
  start: number,
  end: number,
  site: PacketSite,
): boolean {
  site.frameStart = payloadAt < 0 ? end : start + payloadAt + 4;
  const logged = payloadAt < 0 ? 0 : view.getUint16(start + payloadAt + 2, true);
  site.frameEnd = site.frameStart + logged;
  site.originalLength = payloadAt < 0 ? 0 : Math.max(view.getUint16(start + payloadAt, true), logged);
  return site.frameEnd <= end;
}

function mediumOf(view: DataView, packetType: number, { frameStart, frameEnd }: PacketSite): LinkType {
  if (packetType === PktMonPacketType.Ethernet) return LinkType.Ethernet;
  if (packetType === PktMonPacketType.Ip) return LinkType.RawIp;
  if (packetType === PktMonPacketType.Wifi)
    return sniffWifiOrEthernet(new Uint8Array(view.buffer, view.byteOffset), frameStart, frameEnd);
  return LinkType.Unknown;
}

/** What the payload behind told headers begins with. */
function aboveHeaders(view: DataView, packetType: number, site: PacketSite): LinkType {
  if (site.frameStart === site.frameEnd) return LinkType.HeadersOnly;
  const medium = mediumOf(view, packetType, site);
  if (medium !== LinkType.Unknown) return medium;
  if (packetType === PktMonPacketType.Arp) return LinkType.Arp;
  if (packetType === PktMonPacketType.Http || packetType === PktMonPacketType.L4Payload)
    return LinkType.TransportPayload;
  return protocolOf(packetType, 4) === 0 ? LinkType.HeadersOnly : LinkType.Transport;
}

/** The IP protocol that a packet type names; 0 when it names none. */
function protocolOf(packetType: number, addressLength: 0 | 4 | 16): number {
  switch (packetType) {
    case PktMonPacketType.Http:
    case PktMonPacketType.Tcp:
      return IpProtocol.TCP;
    case PktMonPacketType.Udp:
      return IpProtocol.UDP;
    case PktMonPacketType.Icmp:
      return addressLength === 16 ? IpProtocol.ICMPv6 : IpProtocol.ICMP;
    case PktMonPacketType.Esp:
      return IpProtocol.ESP;
    case PktMonPacketType.Ah:
      return IpProtocol.AuthenticationHeader;
    default:
      return 0;
  }
}

/** Every block was found to lie inside the event. Numbers are little-endian, MACs and IP addresses as in the packet. */
function takeToldHeaders(
  { ethernetAt, networkAt, addressLength, tcpFlagsAt }: PktMonShape,
  view: DataView,
  start: number,
  packetType: number,
  { toldHeaders }: PacketSite,
): void {
  toldHeaders.clear();
  if (ethernetAt >= 0) {
    const at = start + ethernetAt;
    // Above the network interface there is no Ethernet header, and the MACs are zero.
    toldHeaders.macsAt = hasBytes(view, at, 12) ? at : -1;
    toldHeaders.etherType = view.getUint16(at + 12, true);
    toldHeaders.vlan = view.getUint16(at + 14, true) & 0xfff;
  }
  if (packetType === PktMonPacketType.Arp) return;
  const protocolAt = start + networkAt + 2 * addressLength;
  const protocol = view.getUint8(protocolAt);
  // Of a frame that is not IP, the addresses and the protocol are zero.
  if (protocol === 0 && !hasBytes(view, start + networkAt, 2 * addressLength)) return;
  toldHeaders.addressesAt = start + networkAt;
  toldHeaders.addressLength = addressLength;
  toldHeaders.protocol = protocolOf(packetType, addressLength) || protocol;
  toldHeaders.destinationPort = view.getUint16(protocolAt + 1, true);
  toldHeaders.sourcePort = view.getUint16(protocolAt + 3, true);
  if (tcpFlagsAt >= 0) toldHeaders.tcpFlags = view.getUint8(start + tcpFlagsAt);
}

function hasBytes(view: DataView, at: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (view.getUint8(at + index) !== 0) return true;
  return false;
}
