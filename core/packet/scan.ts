import { mix } from '../base/hash.ts';
import type { WordInterner } from '../base/word-interner.ts';
import { applicationNumberAt } from './applications.ts';
import type { Transport } from './dissector.ts';
import { EtherType, largestLength } from './ethertypes.ts';
import { geneveHeaderLength } from './geneve.ts';
import { greHeaderLength, isNvgre } from './gre.ts';
import { IpProtocol } from './ip-protocols.ts';
import { mostLayers } from './layer.ts';
import { LinkType } from './link-type.ts';
import { etherTypeOrganizations, snapServiceAccessPoint } from './llc.ts';
import { coveredBit, moduleBit, nestedBit } from './module.ts';
import { bridgeServiceAccessPoint } from './spanning-tree.ts';
import { vxlanHeaderLength } from './vxlan.ts';
import { UdpTunnelPort } from './well-known-ports.ts';

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
  readonly identification: Uint16Array;
  readonly fingerprint: Uint32Array;
  readonly ipProtocol: Uint8Array;
  readonly application: Uint8Array;
  readonly tcpFlags: Uint8Array;
}

/** Makes the row ready for another scan of the same packet, of which more has come. */
export function clearFrameColumns(columns: FrameColumns, row: number): void {
  columns.modules[row] = 0;
  columns.sourceAddress[row] = 0;
  columns.destinationAddress[row] = 0;
  columns.sequence[row] = 0;
  columns.acknowledgement[row] = 0;
  columns.payloadLength[row] = 0;
  columns.macPair[row] = 0;
  columns.etherType[row] = 0;
  columns.vlan[row] = 0;
  columns.sourcePort[row] = 0;
  columns.destinationPort[row] = 0;
  columns.window[row] = 0;
  columns.identification[row] = 0;
  columns.fingerprint[row] = 0;
  columns.ipProtocol[row] = 0;
  columns.application[row] = 0;
  columns.tcpFlags[row] = 0;
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
const greBit = moduleBit.GRE;
const nvgreBit = moduleBit.NVGRE;
const vxlanBit = moduleBit.VXLAN;
const geneveBit = moduleBit.Geneve;
const eapolBit = moduleBit.EAPOL;
const spanningTreeBit = moduleBit.STP;

/**
 * Fills a row of the packet columns from a frame. One scanner serves a whole range: it holds the frame at hand, so that
 * the hot path passes no objects around. It sees a frame as dissect.ts does (a test holds the two against each other),
 * but reads only what the columns want.
 *
 * Of packets inside packets, the innermost fills the columns. Each IP header that is whole clears what the packet around
 * it left in the address and transport columns; modules whose values are lost so are marked by `coveredBit`. An inner
 * packet without such a header (ARP, a header that is cut) leaves the outer packet's values, as the grid's line does.
 */
export class FrameScanner {
  private readonly dictionaries: FrameDictionaries;
  private view: DataView = new DataView(new ArrayBuffer(0));
  /** The same bytes as `view`. */
  private bytes: Uint8Array = new Uint8Array(0);
  private frameStart = 0;
  private frameEnd = 0;
  /** The byte behind the innermost layer found so far, as its lengths tell it: lies outside a frame that is cut. */
  private promisedEnd = 0;
  /** The byte behind what can be read of that layer. */
  private end = 0;
  private columns!: FrameColumns;
  private row = 0;
  private modules = 0;
  /** Layers found so far. */
  private layers = 0;
  /** Whether the columns hold an IP packet's values. */
  private holdsPacket = false;
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
   * Scans the frame view[start..end). All columns of the row must be zero before, but for `capturedLength`, `cutLength`
   * and told headers (told-headers.ts); `cutLength` is raised to what the IP header promises. Reads nothing outside the
   * frame: a cut header leaves its columns zero. A zero is only ever written over what a packet around the innermost left.
   */
  scan(view: DataView, start: number, end: number, linkType: LinkType, columns: FrameColumns, row: number): void {
    if (this.view !== view) {
      this.view = view;
      this.bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    }
    this.frameStart = start;
    this.frameEnd = end;
    this.promisedEnd = end;
    this.end = end;
    this.columns = columns;
    this.row = row;
    this.modules = 0;
    this.layers = 0;
    this.holdsPacket = false;
    this.networkStart = -1;
    this.transportStart = -1;
    this.isPartial = false;
    if (start < end) {
      if (linkType === LinkType.Ethernet) this.scanEthernet(start);
      else if (linkType === LinkType.RawIp) this.scanRawIp(start);
      else if (linkType === LinkType.WiFi) this.scanWifi(start);
      else this.scanAboveToldHeaders(start, linkType);
    }
    if (this.modules !== 0) columns.modules[row] |= this.modules;
  }

  /** Notes one more layer; false when there are too many, and this one is not to be looked at. */
  private enter(bit: number): boolean {
    if (this.layers >= mostLayers) return false;
    this.layers++;
    if ((this.modules & bit) !== 0) this.modules |= nestedBit;
    this.modules |= bit;
    return true;
  }

  private scanEthernet(at: number): void {
    if (at >= this.end || !this.enter(ethernetBit)) return;
    if (at + 14 > this.end) return;
    const { view } = this;
    const { macPairs } = this.dictionaries;
    macPairs.key[0] = view.getUint32(at, true);
    macPairs.key[1] = view.getUint32(at + 4, true);
    macPairs.key[2] = view.getUint32(at + 8, true);
    this.columns.macPair[this.row] = macPairs.intern() + 1;
    this.scanTyped(at + 14, view.getUint16(at + 12), true);
  }

  /** The columns hold the headers that stand in front of such a frame. */
  private scanAboveToldHeaders(at: number, linkType: LinkType): void {
    const { columns, row } = this;
    const protocol = columns.ipProtocol[row];
    this.promisedEnd = this.end + columns.cutLength[row];
    if (linkType === LinkType.Arp) this.enter(arpBit);
    else if (linkType === LinkType.Transport) this.scanTransport(at, protocol);
    else if (linkType === LinkType.TransportPayload) {
      this.takePayloadLength(this.promisedEnd - at);
      this.scanApplication(at, protocol === IpProtocol.UDP ? 'UDP' : 'TCP');
    }
  }

  /** What follows a type-or-length field: VLAN tags, an LLC frame, or a network protocol. */
  private scanTyped(start: number, typeOrLength: number, isUntagged: boolean): void {
    const { columns, row, view } = this;
    let at = start;
    let etherType = typeOrLength;
    let isOutermost = isUntagged;
    while (isVlan(etherType)) {
      if (at >= this.end || !this.enter(vlanBit)) return;
      if (at + 2 <= this.end && isOutermost) columns.vlan[row] = view.getUint16(at) & 0x0fff;
      isOutermost = false;
      if (at + 4 > this.end) return;
      etherType = view.getUint16(at + 2);
      at += 4;
    }
    if (etherType > largestLength) {
      columns.etherType[row] = etherType;
      this.scanNetwork(at, etherType);
    } else {
      if (etherType > 0) this.endWithin(at + etherType);
      this.scanLlc(at, isOutermost);
    }
  }

  private scanNetwork(at: number, etherType: number): void {
    if (at >= this.end) return;
    switch (etherType) {
      case EtherType.IPv4:
        this.scanIpv4(at);
        return;
      case EtherType.IPv6:
        this.scanIpv6(at);
        return;
      case EtherType.ARP:
      case EtherType.RARP:
        this.enter(arpBit);
        this.takeFingerprint(at, arpLength);
        return;
      case EtherType.EAPOL:
        this.enter(eapolBit);
        return;
      case EtherType.TransparentEthernetBridging:
        this.scanEthernet(at);
        return;
      default:
        this.takeFingerprint(at, fingerprintBytes);
    }
  }

  /** 802.2 LLC; DSAP AA announces SNAP, which names an EtherType when its organisation is one of two. */
  private scanLlc(at: number, isUntagged: boolean): void {
    if (at >= this.end || !this.enter(llcBit)) return;
    const { view } = this;
    if (at + 3 > this.end) return;
    const isUnnumbered = (view.getUint8(at + 2) & 3) === 3;
    const payload = at + (isUnnumbered ? 3 : 4);
    if (payload >= this.end) return;
    const accessPoint = view.getUint8(at);
    if (accessPoint === snapServiceAccessPoint) this.scanSnap(payload, isUntagged);
    else if (accessPoint === bridgeServiceAccessPoint) this.enter(spanningTreeBit);
  }

  private scanSnap(snap: number, isUntagged: boolean): void {
    if (!this.enter(snapBit)) return;
    const { view } = this;
    if (snap + 5 > this.end || !etherTypeOrganizations.includes((view.getUint16(snap) << 8) | view.getUint8(snap + 2)))
      return;
    const etherType = view.getUint16(snap + 3);
    if (etherType > largestLength) this.scanTyped(snap + 5, etherType, isUntagged);
    else this.scanLlc(snap + 5, isUntagged);
  }

  /** 802.11: only data frames that carry something have an LLC header; encrypted ones do not show it. */
  private scanWifi(at: number): void {
    this.enter(wifiBit);
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
    if (isSnap || (!isAggregate && !isProtected)) this.scanLlc(body, true);
  }

  private scanRawIp(at: number): void {
    const version = this.view.getUint8(at) >> 4;
    if (version === 4) this.scanIpv4(at);
    else if (version === 6) this.scanIpv6(at);
  }

  private scanIpv4(at: number): void {
    if (!this.enter(ipv4Bit) || at + 20 > this.end) return;
    this.beginPacket(coveredBit.IPv4);
    const { columns, row, view } = this;
    this.beginNetwork(at, 4);
    const versionAndLength = view.getUint8(at);
    const headerLength = (versionAndLength & 15) * 4;
    const totalLength = view.getUint16(at + 2);
    const protocol = view.getUint8(at + 9);
    columns.ipProtocol[row] = protocol;
    columns.identification[row] = view.getUint16(at + 4);
    columns.sourceAddress[row] = view.getUint32(at + 12);
    columns.destinationAddress[row] = view.getUint32(at + 16);
    const payload = at + headerLength;
    if (versionAndLength >> 4 !== 4 || headerLength < 20 || payload > this.end) return;
    // A total length of 0 is what large send offload leaves in an outgoing packet: then the captured bytes count.
    if (totalLength >= headerLength) this.endWithin(at + totalLength);
    this.raiseCutLength();
    const fragment = view.getUint16(at + 6);
    const isLaterFragment = (fragment & 0x1fff) !== 0;
    this.isPartial = (fragment & 0x3fff) !== 0;
    if (isLaterFragment) columns.fingerprint[row] = fragment & 0x1fff;
    else this.scanTransport(payload, protocol);
  }

  private scanIpv6(at: number): void {
    if (!this.enter(ipv6Bit) || at + 40 > this.end) return;
    this.beginPacket(coveredBit.IPv6);
    const { columns, row, view } = this;
    this.beginNetwork(at, 6);
    columns.sourceAddress[row] = this.internIpv6(at + 8);
    columns.destinationAddress[row] = this.internIpv6(at + 24);
    const payloadLength = view.getUint16(at + 4);
    const firstHeader = view.getUint8(at + 6);
    const isUnsegmented = payloadLength === 0 && firstHeader !== IpProtocol.NoNextHeader;
    if (!isUnsegmented) this.endWithin(at + 40 + payloadLength);
    this.raiseCutLength();
    columns.ipProtocol[row] = firstHeader;
    if (view.getUint8(at) >> 4 === 6) this.scanExtensions(at + 40, firstHeader);
  }

  /** Makes the columns ready for an IP packet, `own` being its bit of `coveredBit`: the packet around it leaves them. */
  private beginPacket(own: number): void {
    if (this.holdsPacket) this.coverPacket();
    this.holdsPacket = true;
    this.modules &= ~own;
  }

  private coverPacket(): void {
    const { columns, row, modules } = this;
    columns.sourcePort[row] = 0;
    columns.destinationPort[row] = 0;
    columns.payloadLength[row] = 0;
    columns.identification[row] = 0;
    columns.fingerprint[row] = 0;
    this.modules |= nestedBit;
    if ((modules & ipv4Bit) !== 0) this.modules |= coveredBit.IPv4;
    if ((modules & ipv6Bit) !== 0) this.modules |= coveredBit.IPv6;
    if ((modules & udpBit) !== 0) this.modules |= coveredBit.UDP;
  }

  private scanExtensions(start: number, firstHeader: number): void {
    const { columns, end, row, view } = this;
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
    if (!isExtensionHeader(protocol)) this.scanTransport(at, protocol);
  }

  private beginNetwork(at: number, version: 4 | 6): void {
    this.networkStart = at;
    this.networkVersion = version;
    this.transportStart = -1;
    this.isPartial = false;
  }

  private scanTransport(at: number, protocol: number): void {
    if (at >= this.end) return;
    this.transportStart = at;
    this.transportProtocol = protocol;
    this.transportEnd = this.promisedEnd;
    switch (protocol) {
      case IpProtocol.TCP:
        this.scanTcp(at);
        return;
      case IpProtocol.UDP:
        this.scanUdp(at);
        return;
      case IpProtocol.ICMP:
        this.enter(icmpBit);
        this.takeEchoFingerprint(at, echoTypesOfIcmp);
        return;
      case IpProtocol.ICMPv6:
        this.enter(icmpv6Bit);
        this.takeEchoFingerprint(at, echoTypesOfIcmpv6);
        return;
      case IpProtocol.IGMP:
        this.enter(igmpBit);
        this.takeFingerprint(at, fingerprintBytes);
        return;
      case IpProtocol.IPv4:
        this.scanIpv4(at);
        return;
      case IpProtocol.IPv6:
        this.scanIpv6(at);
        return;
      case IpProtocol.GRE:
        this.scanGre(at);
        return;
      default:
        this.takeFingerprint(at, fingerprintBytes);
    }
  }

  private scanTcp(at: number): void {
    if (!this.enter(tcpBit)) return;
    this.scanPorts(at);
    if (at + 20 > this.end) return;
    const { columns, row, view } = this;
    columns.sequence[row] = view.getUint32(at + 4);
    const acknowledgement = view.getUint32(at + 8);
    if (acknowledgement !== 0) columns.acknowledgement[row] = acknowledgement;
    columns.tcpFlags[row] = view.getUint8(at + 13);
    columns.window[row] = view.getUint16(at + 14);
    const headerLength = (view.getUint8(at + 12) >> 4) * 4;
    this.takePayloadLength(this.promisedEnd - at - headerLength);
    if (headerLength >= 20) this.scanApplication(at + headerLength, 'TCP');
  }

  private scanUdp(at: number): void {
    if (!this.enter(udpBit)) return;
    this.modules &= ~coveredBit.UDP;
    this.scanPorts(at);
    this.takePayloadLength(this.promisedEnd - at - 8);
    if (at + 8 > this.end) return;
    // A datagram ends by its own length; one below the header's is that of a jumbogram or of nonsense (RFC 2675).
    const length = this.view.getUint16(at + 4);
    if (length >= 8) this.endAt(Math.min(this.promisedEnd, at + length));
    const payload = at + 8;
    switch (this.view.getUint16(at + 2)) {
      case UdpTunnelPort.VXLAN:
        this.scanVxlan(payload);
        return;
      case UdpTunnelPort.Geneve:
        this.scanGeneve(payload);
        return;
      default:
        this.takeFingerprint(payload, fingerprintBytes);
        this.scanApplication(payload, 'UDP');
    }
  }

  private scanVxlan(at: number): void {
    if (at >= this.end || !this.enter(vxlanBit)) return;
    this.scanEthernet(at + vxlanHeaderLength);
  }

  private scanGeneve(at: number): void {
    if (at >= this.end || !this.enter(geneveBit) || at + 4 > this.end) return;
    const headerLength = geneveHeaderLength(this.view.getUint8(at));
    if (headerLength > 0) this.scanTunnelled(at + headerLength, this.view.getUint16(at + 2));
  }

  private scanGre(at: number): void {
    const isReadable = at + 4 <= this.end;
    const flags = isReadable ? this.view.getUint16(at) : 0;
    const protocol = isReadable ? this.view.getUint16(at + 2) : 0;
    if (!this.enter(isNvgre(flags, protocol) ? nvgreBit : greBit) || !isReadable) return;
    const headerLength = greHeaderLength(flags);
    if (headerLength > 0) this.scanTunnelled(at + headerLength, protocol);
  }

  /** The packet behind a tunnel's header. Its type is not that of an Ethernet frame, and goes into no column. */
  private scanTunnelled(at: number, protocol: number): void {
    if (isVlan(protocol)) this.scanTyped(at, protocol, true);
    else if (protocol > largestLength) this.scanNetwork(at, protocol);
  }

  private scanApplication(at: number, transport: Transport): void {
    const { columns, row } = this;
    if (at >= this.end || this.layers >= mostLayers) return;
    const ports = [columns.sourcePort[row], columns.destinationPort[row]] as const;
    const number = applicationNumberAt(this.bytes, at, this.end, transport, ports[0], ports[1]);
    if (number > 0) columns.application[row] = number;
  }

  private scanPorts(at: number): void {
    if (at + 4 > this.end) return;
    this.columns.sourcePort[this.row] = this.view.getUint16(at);
    this.columns.destinationPort[this.row] = this.view.getUint16(at + 2);
  }

  /** Of what stands at `at`, at most so many bytes; none when the capture cut them, for then it would not be the same. */
  private takeFingerprint(at: number, bytes: number): void {
    const promised = Math.min(bytes, this.promisedEnd - at);
    if (promised > 0 && at + promised <= this.end) {
      this.columns.fingerprint[this.row] = hashOf(this.view, at, at + promised);
    }
  }

  /** An echo's checksum and identifier change on the way through a translator; its number and data do not. */
  private takeEchoFingerprint(at: number, types: EchoTypes): void {
    if (at + 8 > this.end) return;
    const { columns, row, view } = this;
    const type = view.getUint8(at);
    const kind = type === types.request ? EchoKind.Request : type === types.reply ? EchoKind.Reply : EchoKind.None;
    const start = kind === EchoKind.None ? at : at + 6;
    const end = Math.min(start + fingerprintBytes, this.promisedEnd);
    if (end > this.end) return;
    columns.fingerprint[row] = ((hashOf(view, start, end) & ~EchoKind.Mask) | kind) >>> 0;
  }

  private takePayloadLength(length: number): void {
    if (length > 0) this.columns.payloadLength[this.row] = length;
  }

  /** As `endWithin` of header-reader.ts, for the layers from here on. */
  private endWithin(claimed: number): void {
    this.endAt(this.promisedEnd === this.frameEnd ? claimed : Math.min(claimed, this.promisedEnd));
  }

  private endAt(promisedEnd: number): void {
    this.promisedEnd = promisedEnd;
    this.end = Math.min(this.end, promisedEnd);
  }

  private raiseCutLength(): void {
    const cut = this.promisedEnd - this.frameStart - this.columns.capturedLength[this.row];
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

/** Bytes that a fingerprint is made of: enough to tell packets apart, few enough for what captures keep. */
const fingerprintBytes = 16;
/** RFC 826, with addresses of Ethernet and IPv4. */
const arpLength = 28;

/** The lowest bits of an ICMP packet's fingerprint. What stands above them is the same in an echo request and its reply. */
export const EchoKind = { Request: 1, Reply: 2, None: 3, Mask: 3 } as const;

interface EchoTypes {
  readonly request: number;
  readonly reply: number;
}
/** RFC 792 and RFC 4443. */
const echoTypesOfIcmp: EchoTypes = { request: 8, reply: 0 };
const echoTypesOfIcmpv6: EchoTypes = { request: 128, reply: 129 };

/** Never 0, which is no fingerprint. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mix(hash, view.getUint32(at));
  for (; at < end; at++) hash = mix(hash, view.getUint8(at));
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
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
