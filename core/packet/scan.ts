import type { WordInterner } from '../base/word-interner.ts';
import { applicationNumberAt } from './applications.ts';
import type { Transport } from './dissector.ts';
import { EtherType, largestLength } from './ethertypes.ts';
import { IpProtocol } from './ip-protocols.ts';
import { LinkType } from './link-type.ts';
import { etherTypeOrganizations, snapServiceAccessPoint } from './llc.ts';
import { moduleBit } from './module.ts';

/**
 * The packet columns that a frame's own bytes fill. Indexing reads just these, straight from the buffer; everything
 * else about a packet waits in dissect.ts until somebody looks.
 */
export interface FrameColumns {
  readonly modules: Uint32Array;
  readonly sourceAddress: Uint32Array;
  readonly destinationAddress: Uint32Array;
  readonly sequence: Uint32Array;
  readonly acknowledgement: Uint32Array;
  readonly payloadLength: Uint32Array;
  readonly capturedLength: Uint32Array;
  readonly cutLength: Uint32Array;
  readonly macPair: Uint32Array;
  readonly etherType: Uint16Array;
  readonly vlan: Uint16Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  readonly window: Uint16Array;
  readonly ipProtocol: Uint8Array;
  readonly application: Uint8Array;
  readonly tcpFlags: Uint8Array;
}

/** Addresses too long for a column: columns hold their numbers. */
export interface FrameDictionaries {
  /** Three words: destination MAC, then source MAC, as they lie in the frame. */
  readonly macPairs: WordInterner;
  /** Four words, as they lie in the packet. */
  readonly ipv6Addresses: WordInterner;
}

const ethernetBit = moduleBit.Ethernet;
const wifiBit = moduleBit.WiFi;
const vlanBit = moduleBit.VLAN;
const llcBit = moduleBit.LLC;
const snapBit = moduleBit.SNAP;
const arpBit = moduleBit.ARP;
const ipv4Bit = moduleBit.IPv4;
const ipv6Bit = moduleBit.IPv6;
const icmpBit = moduleBit.ICMP;
const icmpv6Bit = moduleBit.ICMPv6;
const igmpBit = moduleBit.IGMP;
const tcpBit = moduleBit.TCP;
const udpBit = moduleBit.UDP;

/** IP packets inside IP packets, and VLAN tags: more of them than any real frame has are not followed. */
const deepestNesting = 8;

/**
 * Fills a row of the packet columns from a frame. One scanner serves a whole range: it holds the frame at hand, so that
 * the hot path passes no objects around. It sees a frame as dissect.ts does (a test holds the two against each other),
 * but reads only what the columns want.
 */
export class FrameScanner {
  private readonly dictionaries: FrameDictionaries;
  private view: DataView = new DataView(new ArrayBuffer(0));
  /** The same bytes as `view`. */
  private bytes: Uint8Array = new Uint8Array(0);
  private frameStart = 0;
  /** The byte behind what can be read: the frame's end, or the end of the innermost packet found so far. */
  private end = 0;
  private columns!: FrameColumns;
  private row = 0;
  private modules = 0;
  private nesting = 0;
  /** Of the frame scanned last, for who reads on: the innermost IP header; -1 when there is none or it is cut. */
  networkStart = -1;
  networkVersion: 4 | 6 = 4;
  /** What that header carries: its first byte, -1 when it is not there, its protocol, and the byte behind it by the header. */
  transportStart = -1;
  transportProtocol = 0;
  transportEnd = 0;
  /** The transport's bytes are not all there or not its own: it is a fragment, or a routing header changes addresses. */
  isPartial = false;

  constructor(dictionaries: FrameDictionaries) {
    this.dictionaries = dictionaries;
  }

  /**
   * Scans the frame view[start..end). All columns of the row must be zero before, but for `capturedLength` and
   * `cutLength`; the latter is raised to what the IP header promises. Reads nothing outside the frame: a cut header
   * leaves its columns zero. A zero is never written.
   */
  scan(view: DataView, start: number, end: number, linkType: LinkType, columns: FrameColumns, row: number): void {
    if (this.view !== view) {
      this.view = view;
      this.bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    }
    this.frameStart = start;
    this.end = end;
    this.columns = columns;
    this.row = row;
    this.modules = 0;
    this.nesting = 0;
    this.networkStart = -1;
    this.transportStart = -1;
    this.isPartial = false;
    if (start < end) {
      if (linkType === LinkType.Ethernet) this.scanEthernet(start);
      else if (linkType === LinkType.RawIp) this.scanRawIp(start);
      else if (linkType === LinkType.WiFi) this.scanWifi(start);
    }
    columns.modules[row] = this.modules;
  }

  private scanEthernet(at: number): void {
    this.modules = ethernetBit;
    if (at + 14 > this.end) return;
    const { view } = this;
    const { macPairs } = this.dictionaries;
    macPairs.key[0] = view.getUint32(at, true);
    macPairs.key[1] = view.getUint32(at + 4, true);
    macPairs.key[2] = view.getUint32(at + 8, true);
    this.columns.macPair[this.row] = macPairs.intern() + 1;
    this.scanTyped(at + 14, view.getUint16(at + 12));
  }

  /** What follows a type-or-length field: VLAN tags, an LLC frame, or a network protocol. */
  private scanTyped(start: number, typeOrLength: number): void {
    const { columns, row, view } = this;
    let at = start;
    let etherType = typeOrLength;
    let isOutermost = (this.modules & vlanBit) === 0;
    while (isVlan(etherType) && at < this.end && this.nesting++ < deepestNesting) {
      this.modules |= vlanBit;
      if (at + 2 <= this.end && isOutermost) columns.vlan[row] = view.getUint16(at) & 0x0fff;
      isOutermost = false;
      if (at + 4 > this.end) return;
      etherType = view.getUint16(at + 2);
      at += 4;
    }
    if (etherType > largestLength) this.scanNetwork(at, etherType);
    else {
      if (etherType > 0) this.end = Math.min(this.end, at + etherType);
      this.scanLlc(at);
    }
  }

  private scanNetwork(at: number, etherType: number): void {
    this.columns.etherType[this.row] = etherType;
    if (at >= this.end) return;
    if (etherType === EtherType.IPv4) this.scanIpv4(at);
    else if (etherType === EtherType.IPv6) this.scanIpv6(at);
    else if (etherType === EtherType.ARP || etherType === EtherType.RARP) this.modules |= arpBit;
  }

  /** 802.2 LLC; DSAP AA announces SNAP, which names an EtherType when its organisation is one of two. */
  private scanLlc(at: number): void {
    if (at >= this.end) return;
    const { view } = this;
    this.modules |= llcBit;
    if (at + 3 > this.end || view.getUint8(at) !== snapServiceAccessPoint) return;
    const isUnnumbered = (view.getUint8(at + 2) & 3) === 3;
    const snap = at + (isUnnumbered ? 3 : 4);
    if (snap >= this.end) return;
    this.modules |= snapBit;
    if (snap + 5 > this.end || !etherTypeOrganizations.includes((view.getUint16(snap) << 8) | view.getUint8(snap + 2)))
      return;
    const etherType = view.getUint16(snap + 3);
    if (isVlan(etherType)) this.scanTyped(snap + 5, etherType);
    else if (etherType > largestLength) this.scanNetwork(snap + 5, etherType);
    else this.scanLlc(snap + 5);
  }

  /** 802.11: only data frames that carry something have an LLC header; encrypted ones do not show it. */
  private scanWifi(at: number): void {
    this.modules = wifiBit;
    if (at + 24 > this.end) return;
    const { view } = this;
    const control = view.getUint16(at, true);
    const subtype = (control >> 4) & 15;
    const isData = ((control >> 2) & 3) === 2;
    if (!isData || (subtype & 4) !== 0) return;
    const fourAddresses = (control & 0x0300) === 0x0300;
    const isQos = (subtype & 8) !== 0;
    const qosAt = at + (fourAddresses ? 30 : 24);
    const body = qosAt + (isQos ? ((control & 0x8000) !== 0 ? 6 : 2) : 0);
    if (body > this.end) return;
    const isAggregate = isQos && (view.getUint8(qosAt) & 0x80) !== 0;
    const isProtected = (control & 0x4000) !== 0;
    const isSnap = body + 3 <= this.end && view.getUint16(body) === 0xaaaa && view.getUint8(body + 2) === 3;
    // Windows hands up frames that are already decrypted but still have the flag, so the bytes decide.
    if (isSnap || (!isAggregate && !isProtected)) this.scanLlc(body);
  }

  private scanRawIp(at: number): void {
    const version = this.view.getUint8(at) >> 4;
    if (version === 4) this.scanIpv4(at);
    else if (version === 6) this.scanIpv6(at);
  }

  private scanIpv4(at: number): void {
    this.modules |= ipv4Bit;
    const { columns, row, view } = this;
    if (at + 20 > this.end) return;
    this.beginNetwork(at, 4);
    const versionAndLength = view.getUint8(at);
    const headerLength = (versionAndLength & 15) * 4;
    const totalLength = view.getUint16(at + 2);
    const protocol = view.getUint8(at + 9);
    columns.ipProtocol[row] = protocol;
    columns.sourceAddress[row] = view.getUint32(at + 12);
    columns.destinationAddress[row] = view.getUint32(at + 16);
    const payload = at + headerLength;
    if (versionAndLength >> 4 !== 4 || headerLength < 20 || payload > this.end) return;
    // A total length of 0 is what large send offload leaves in an outgoing packet: then the captured bytes count.
    const packetEnd = totalLength < headerLength ? this.end : at + totalLength;
    this.raiseCutLength(packetEnd);
    const fragment = view.getUint16(at + 6);
    const isLaterFragment = (fragment & 0x1fff) !== 0;
    this.isPartial = (fragment & 0x3fff) !== 0;
    if (!isLaterFragment) this.scanTransport(payload, packetEnd, protocol);
  }

  private scanIpv6(at: number): void {
    this.modules |= ipv6Bit;
    const { columns, row, view } = this;
    if (at + 40 > this.end) return;
    this.beginNetwork(at, 6);
    columns.sourceAddress[row] = this.internIpv6(at + 8);
    columns.destinationAddress[row] = this.internIpv6(at + 24);
    const payloadLength = view.getUint16(at + 4);
    const firstHeader = view.getUint8(at + 6);
    const packetEnd =
      payloadLength === 0 && firstHeader !== IpProtocol.NoNextHeader ? this.end : at + 40 + payloadLength;
    this.raiseCutLength(packetEnd);
    columns.ipProtocol[row] = firstHeader;
    if (view.getUint8(at) >> 4 === 6) this.scanExtensions(at + 40, packetEnd, firstHeader);
  }

  private scanExtensions(start: number, packetEnd: number, firstHeader: number): void {
    const { columns, row, view } = this;
    const end = Math.min(this.end, packetEnd);
    let at = start;
    let protocol = firstHeader;
    while (isExtensionHeader(protocol) && at < end) {
      if (at + 2 > end) return;
      const next = view.getUint8(at);
      const length = extensionLength(protocol, view.getUint8(at + 1));
      if (at + length > end) return;
      const isLaterFragment = protocol === IpProtocol.FragmentHeader && (view.getUint16(at + 2) & 0xfff8) !== 0;
      if (protocol === IpProtocol.FragmentHeader || protocol === IpProtocol.RoutingHeader) this.isPartial = true;
      protocol = next;
      columns.ipProtocol[row] = protocol;
      at += length;
      if (isLaterFragment) return;
    }
    if (!isExtensionHeader(protocol)) this.scanTransport(at, packetEnd, protocol);
  }

  private beginNetwork(at: number, version: 4 | 6): void {
    this.networkStart = at;
    this.networkVersion = version;
    this.transportStart = -1;
    this.isPartial = false;
  }

  private scanTransport(at: number, packetEnd: number, protocol: number): void {
    this.end = Math.min(this.end, packetEnd);
    if (at >= this.end) return;
    this.transportStart = at;
    this.transportProtocol = protocol;
    this.transportEnd = packetEnd;
    switch (protocol) {
      case IpProtocol.TCP:
        this.scanTcp(at, packetEnd);
        return;
      case IpProtocol.UDP:
        this.modules |= udpBit;
        this.scanPorts(at);
        this.takePayloadLength(packetEnd - at - 8);
        this.scanUdpPayload(at);
        return;
      case IpProtocol.ICMP:
        this.modules |= icmpBit;
        return;
      case IpProtocol.ICMPv6:
        this.modules |= icmpv6Bit;
        return;
      case IpProtocol.IGMP:
        this.modules |= igmpBit;
        return;
      case IpProtocol.IPv4:
        if (this.nesting++ < deepestNesting) this.scanIpv4(at);
        return;
      case IpProtocol.IPv6:
        if (this.nesting++ < deepestNesting) this.scanIpv6(at);
        return;
      default:
    }
  }

  private scanTcp(at: number, packetEnd: number): void {
    this.modules |= tcpBit;
    this.scanPorts(at);
    if (at + 20 > this.end) return;
    const { columns, row, view } = this;
    columns.sequence[row] = view.getUint32(at + 4);
    const acknowledgement = view.getUint32(at + 8);
    if (acknowledgement !== 0) columns.acknowledgement[row] = acknowledgement;
    columns.tcpFlags[row] = view.getUint8(at + 13);
    columns.window[row] = view.getUint16(at + 14);
    const headerLength = (view.getUint8(at + 12) >> 4) * 4;
    this.takePayloadLength(packetEnd - at - headerLength);
    if (headerLength >= 20) this.scanApplication(at + headerLength, 'TCP');
  }

  /** A datagram ends by its own length; one below the header's is that of a jumbogram or of nonsense (RFC 2675). */
  private scanUdpPayload(at: number): void {
    if (at + 8 > this.end) return;
    const length = this.view.getUint16(at + 4);
    if (length >= 8) this.end = Math.min(this.end, at + length);
    this.scanApplication(at + 8, 'UDP');
  }

  private scanApplication(at: number, transport: Transport): void {
    const { columns, row } = this;
    if (at >= this.end) return;
    const ports = [columns.sourcePort[row], columns.destinationPort[row]] as const;
    const number = applicationNumberAt(this.bytes, at, this.end, transport, ports[0], ports[1]);
    if (number > 0) columns.application[row] = number;
  }

  private scanPorts(at: number): void {
    if (at + 4 > this.end) return;
    this.columns.sourcePort[this.row] = this.view.getUint16(at);
    this.columns.destinationPort[this.row] = this.view.getUint16(at + 2);
  }

  private takePayloadLength(length: number): void {
    if (length > 0) this.columns.payloadLength[this.row] = length;
  }

  private raiseCutLength(packetEnd: number): void {
    const cut = packetEnd - this.frameStart - this.columns.capturedLength[this.row];
    if (cut > this.columns.cutLength[this.row]) this.columns.cutLength[this.row] = cut;
  }

  private internIpv6(at: number): number {
    const { ipv6Addresses } = this.dictionaries;
    ipv6Addresses.key[0] = this.view.getUint32(at, true);
    ipv6Addresses.key[1] = this.view.getUint32(at + 4, true);
    ipv6Addresses.key[2] = this.view.getUint32(at + 8, true);
    ipv6Addresses.key[3] = this.view.getUint32(at + 12, true);
    return ipv6Addresses.intern();
  }
}

function isVlan(etherType: number): boolean {
  return etherType === EtherType.VLAN || etherType === EtherType.ServiceVLAN || etherType === EtherType.OldServiceVLAN;
}

function isExtensionHeader(protocol: number): boolean {
  return (
    protocol === IpProtocol.HopByHopOptions ||
    protocol === IpProtocol.RoutingHeader ||
    protocol === IpProtocol.FragmentHeader ||
    protocol === IpProtocol.AuthenticationHeader ||
    protocol === IpProtocol.DestinationOptions
  );
}

/** Bytes of an extension header by its second byte (RFC 8200; RFC 4302 counts the authentication header in fours). */
function extensionLength(protocol: number, lengthByte: number): number {
  if (protocol === IpProtocol.FragmentHeader) return 8;
  return protocol === IpProtocol.AuthenticationHeader ? (lengthByte + 2) * 4 : (lengthByte + 1) * 8;
}
