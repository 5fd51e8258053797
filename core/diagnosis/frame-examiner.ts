import { WordInterner } from '../base/word-interner.ts';
import { IpProtocol } from '../packet/ip-protocols.ts';
import type { LinkType } from '../packet/link-type.ts';
import { FrameScanner, type FrameColumns } from '../packet/scan.ts';
import { TcpFlag } from '../packet/tcp.ts';
import { PacketTrait } from '../trace/segment.ts';
import { folded, wordSum } from './checksum.ts';
import { PacketFact } from './columns.ts';
import { findingBit } from './kinds.ts';

const outermostBytes = 64;
/** Of the transport: enough for a TCP header with timestamps, and within what a capture of 128 bytes a packet keeps. */
const identifyingBytes = 40;
/** No medium carries more in one packet: it was put together from several, and nobody gave it a checksum. */
const longestFrame = 9216;
/** RFC 7323, 2.3. */
const highestShift = 14;

/**
 * Reads what the packet columns lack from a frame: what identifies the packet wherever it is seen, whether its checksums
 * are right, and the TCP options that a connection's meaning depends on. One examiner serves a segment; the results stand
 * in its fields.
 */
export class FrameExaminer {
  /** Two hashes of all that stays the same while the packet travels: not MACs, VLAN tags, hop counts, checksums. */
  identity = 0;
  identityCheck = 0;
  /** Hash of the pair of addresses, the same for both directions. Packets of one conversation have the same. */
  lot = 0;
  /** Bits of PacketFact. */
  facts = 0;
  /** Bits of kinds.ts. */
  findings = 0;

  private readonly scanner = new FrameScanner({ macPairs: new WordInterner(3), ipv6Addresses: new WordInterner(4) });
  private readonly scratch = scratchColumns();

  /** Examines the frame view[start..end). `traits` are PacketTrait's. Never reads outside the frame. */
  examine(view: DataView, start: number, end: number, linkType: LinkType, traits: number): void {
    const { scanner } = this;
    this.identity = 0;
    this.identityCheck = 0;
    this.lot = 0;
    this.facts = 0;
    this.findings = traitFindings(traits);
    // Whatever the frame before wrote is of no interest: only the places that the scanner notes are.
    this.scratch.capturedLength[0] = end - start;
    scanner.scan(view, start, end, linkType, this.scratch, 0);
    if (scanner.networkStart < 0) {
      this.identify(end - start);
      this.identifyBytes(view, start, Math.min(end, start + outermostBytes));
      this.lot = this.identity & 0xff;
      return;
    }
    const isCut = (traits & (PacketTrait.Truncated | PacketTrait.Incomplete)) !== 0;
    const isOutbound = (traits & PacketTrait.Outbound) !== 0;
    if (scanner.networkVersion === 4) this.examineIpv4(view, end, isOutbound, isCut);
    else this.examineIpv6(view);
    if (scanner.transportStart >= 0) this.examineTransport(view, end, isOutbound, isCut);
  }

  private examineIpv4(view: DataView, end: number, isOutbound: boolean, isCut: boolean): void {
    const at = this.scanner.networkStart;
    const headerLength = (view.getUint8(at) & 15) * 4;
    const totalLength = view.getUint16(at + 2);
    const identification = view.getUint16(at + 4);
    const source = view.getUint32(at + 12);
    const destination = view.getUint32(at + 16);
    this.facts |= PacketFact.IsIpv4 | (identification === 0 ? 0 : PacketFact.HasIdentification);
    this.lot = lotOf(source, destination);
    const fragment = view.getUint16(at + 6) & 0x3fff;
    this.identify(source);
    this.identify(destination);
    this.identify((identification << 16) | fragment);
    this.identify(view.getUint8(at + 9));
    const isImpossible = view.getUint8(at) >> 4 !== 4 || headerLength < 20;
    if (isImpossible || (totalLength > 0 && totalLength < headerLength)) this.findings |= findingBit.malformed;
    if (isImpossible) return;
    if (at + headerLength > end) {
      if (!isCut) this.findings |= findingBit.malformed;
      return;
    }
    if (this.scanner.transportStart < 0) this.identifyBytes(view, at + headerLength, end);
    if (folded(wordSum(view, at, at + headerLength)) === 0xffff) return;
    const isLeftToCard = isOutbound || totalLength === 0 || view.getUint16(at + 10) === 0;
    this.findings |= isLeftToCard ? findingBit['checksum-offload'] : findingBit['ip-checksum'];
  }

  private examineIpv6(view: DataView): void {
    const at = this.scanner.networkStart;
    const source = addressHash(view, at + 8);
    const destination = addressHash(view, at + 24);
    this.facts |= PacketFact.IsIpv6;
    this.lot = lotOf(source, destination);
    this.identify(source);
    this.identify(destination);
    this.identify((view.getUint8(at + 6) << 16) | view.getUint16(at + 4));
    if (view.getUint8(at) >> 4 !== 6) this.findings |= findingBit.malformed;
  }

  private examineTransport(view: DataView, end: number, isOutbound: boolean, isCut: boolean): void {
    const { transportStart: at, transportProtocol, transportEnd, isPartial } = this.scanner;
    const checksumAt = checksumOffset(transportProtocol);
    const captured = Math.min(end, transportEnd);
    const length = transportEnd - at;
    const identified = Math.min(captured, at + identifyingBytes);
    const hasChecksum = checksumAt >= 0 && at + checksumAt + 2 <= captured;
    const gap = hasChecksum ? at + checksumAt : identified;
    this.identify(length);
    this.identifyBytes(view, at, Math.min(gap, identified));
    this.identifyBytes(view, Math.min(gap + 2, identified), identified);
    const isCutHere = isCut || transportEnd > end;
    let checkedLength = length;
    if (transportProtocol === IpProtocol.TCP) {
      if (!this.examineTcp(view, at, captured, length, isCutHere)) return;
    } else if (transportProtocol === IpProtocol.UDP) {
      checkedLength = this.examineUdp(view, at, captured, length, isCutHere, isPartial);
    }
    const canBeChecked = !isCutHere && !isPartial && checksumAt >= 0 && checkedLength >= checksumAt + 2;
    if (canBeChecked) this.checkTransport(view, at, at + checkedLength, checksumAt, isOutbound);
  }

  /** False when the header is impossible or not all there. */
  private examineTcp(view: DataView, at: number, captured: number, length: number, isCut: boolean): boolean {
    if (at + 20 > captured) {
      if (!isCut) this.findings |= findingBit.malformed;
      return false;
    }
    const headerLength = (view.getUint8(at + 12) >> 4) * 4;
    if (headerLength < 20 || headerLength > length) {
      this.findings |= findingBit.malformed;
      return false;
    }
    this.facts |= PacketFact.HasTcp;
    const optionsEnd = Math.min(at + headerLength, captured);
    if (headerLength > 20) this.readOptions(view, at + 20, optionsEnd, view.getUint8(at + 13));
    return true;
  }

  /** RFC 9293, 3.2: a kind, and but for kinds 0 and 1 a length that counts both. */
  private readOptions(view: DataView, start: number, end: number, flags: number): void {
    let at = start;
    while (at < end) {
      const kind = view.getUint8(at);
      if (kind === 0) return;
      if (kind === 1) {
        at++;
        continue;
      }
      if (at + 2 > end) return;
      const length = view.getUint8(at + 1);
      if (length < 2 || at + length > end) return;
      if (kind === 3 && length === 3 && (flags & TcpFlag.SYN) !== 0) {
        this.facts |= Math.min(view.getUint8(at + 2), highestShift) + 1;
      } else if (kind === 5 && length > 2) this.facts |= PacketFact.HasSack;
      at += length;
    }
  }

  /** Bytes that the checksum covers; 0 when there is none to check. */
  private examineUdp(
    view: DataView,
    at: number,
    captured: number,
    length: number,
    isCut: boolean,
    isPartial: boolean,
  ): number {
    if (at + 8 > captured) {
      if (!isCut) this.findings |= findingBit.malformed;
      return 0;
    }
    const udpLength = view.getUint16(at + 4);
    // 0 is a jumbogram's (RFC 2675), or what segmentation by the card leaves.
    const isImpossible = udpLength > 0 && (udpLength < 8 || (udpLength > length && !isPartial));
    if (isImpossible) this.findings |= findingBit.malformed;
    const hasChecksum = view.getUint16(at + 6) !== 0;
    return isImpossible || !hasChecksum ? 0 : udpLength || length;
  }

  private checkTransport(view: DataView, at: number, end: number, checksumAt: number, isOutbound: boolean): void {
    const { networkStart, networkVersion, transportProtocol } = this.scanner;
    const length = end - at;
    const pseudo = transportProtocol === IpProtocol.ICMP ? 0 : this.addressSum(view) + transportProtocol;
    const counted = transportProtocol === IpProtocol.ICMP ? 0 : pseudo + length;
    if (folded(counted + wordSum(view, at, end)) === 0xffff) return;
    const stored = view.getUint16(at + checksumAt);
    // A card is handed the sum of the pseudo header to go on from: with the length, or without it before segmentation.
    const isSeed = stored === folded(counted) || stored === folded(pseudo);
    const isSegmented = networkVersion === 4 && view.getUint16(networkStart + 2) === 0;
    const isLeftToCard = isOutbound || stored === 0 || isSeed || isSegmented || length > longestFrame;
    this.findings |= isLeftToCard ? findingBit['checksum-offload'] : findingBit['transport-checksum'];
  }

  private identify(word: number): void {
    this.identity = mix(this.identity, word);
    this.identityCheck = mixOtherwise(this.identityCheck, word);
  }

  private identifyBytes(view: DataView, start: number, end: number): void {
    let at = start;
    for (; at + 4 <= end; at += 4) this.identify(view.getUint32(at));
    for (; at < end; at++) this.identify(view.getUint8(at));
  }

  private addressSum(view: DataView): number {
    const { networkStart, networkVersion } = this.scanner;
    return networkVersion === 4
      ? wordSum(view, networkStart + 12, networkStart + 20)
      : wordSum(view, networkStart + 8, networkStart + 40);
  }
}

/** Where the checksum of a protocol stands in its header; -1 where we know of none. */
function checksumOffset(protocol: number): number {
  switch (protocol) {
    case IpProtocol.TCP:
      return 16;
    case IpProtocol.UDP:
      return 6;
    case IpProtocol.ICMP:
    case IpProtocol.ICMPv6:
      return 2;
    default:
      return -1;
  }
}

function traitFindings(traits: number): number {
  let findings = 0;
  if ((traits & PacketTrait.Dropped) !== 0) findings |= findingBit.dropped;
  if ((traits & PacketTrait.Truncated) !== 0) findings |= findingBit.truncated;
  if ((traits & PacketTrait.Incomplete) !== 0) findings |= findingBit.incomplete;
  return findings;
}

/** One round of a multiplicative hash (the constant is 2^32 divided by the golden ratio). */
function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e37_79b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function mixOtherwise(hash: number, word: number): number {
  const mixed = Math.imul((hash << 5) ^ (hash >>> 27) ^ word, 0x85eb_ca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function addressHash(view: DataView, at: number): number {
  let hash = 0;
  for (let word = at; word < at + 16; word += 4) hash = mix(hash, view.getUint32(word));
  return hash;
}

function lotOf(source: number, destination: number): number {
  return mix(source ^ destination, (source + destination) | 0) & 0xff;
}

/** A row that the scanner may write into. */
function scratchColumns(): FrameColumns {
  const words = (): Uint32Array => new Uint32Array(1);
  const halves = (): Uint16Array => new Uint16Array(1);
  const bytes = (): Uint8Array => new Uint8Array(1);
  return {
    modules: words(),
    sourceAddress: words(),
    destinationAddress: words(),
    sequence: words(),
    acknowledgement: words(),
    payloadLength: words(),
    capturedLength: words(),
    cutLength: words(),
    macPair: words(),
    etherType: halves(),
    vlan: halves(),
    sourcePort: halves(),
    destinationPort: halves(),
    window: halves(),
    identification: halves(),
    fingerprint: words(),
    ipProtocol: bytes(),
    application: bytes(),
    tcpFlags: bytes(),
  };
}
