import { LinkType, sniffWifiOrEthernet } from '../packet/link-type.ts';
import { captureFrameKinds } from './capture-formats.ts';
import { NdisPacketCaptureEvent, NdisPacketCaptureKeyword, ndisPacketCaptureProvider } from './ndis-packet-capture.ts';
import { PktMonEvent, pktMonProvider } from './pktmon.ts';

/**
 * Where in an event's user data a captured frame lies, and what the event says about it: all that indexing needs, read
 * from fixed places. One entry per event that carries frames; full decoding is schema work and happens later.
 */

/** Filled by a PacketSiteReader; one object serves all events of a range. */
export class PacketSite {
  frameStart = 0;
  frameEnd = 0;
  linkType: LinkType = LinkType.Unknown;
  /** Length of the whole packet where the event tells, else the captured length. */
  originalLength = 0;
  /** First and last fragment of a packet: both for almost every event. */
  isFirstFragment = true;
  isLastFragment = true;
  inbound = false;
  outbound = false;
  /** Component: the numbers that tell one place of capture from another. */
  source: ComponentSource = ComponentSource.Ndis;
  miniportIfIndex = 0;
  lowerIfIndex = 0;
  /** vSwitch port, pktmon component, or a capture's interface. */
  componentId = 0;
  /** vSwitch events: offset of SourcePortName, which SourceNicName and SourceNicType follow. */
  namesAt = 0;
  /** pktmon's group and verdict, or a capture's packet id; group 0 where the event has none. */
  isSighting = false;
  group = 0;
  appearance = 0;
  dropReason = 0;
  dropLocation = 0;
  isDrop = false;
}

export const ComponentSource = { Ndis: 0, VmSwitch: 1, PktMon: 2, Capture: 3 } as const;
export type ComponentSource = (typeof ComponentSource)[keyof typeof ComponentSource];

/** Reads the site from user data view[start..end). False when the data is too short for what it claims. */
export type PacketSiteReader = (
  view: DataView,
  start: number,
  end: number,
  keywordLow: number,
  keywordHigh: number,
  site: PacketSite,
) => boolean;

/** Halves of the 64-bit keyword bits, for the 32-bit arithmetic of a hot loop. */
const nativeWifi = Number(NdisPacketCaptureKeyword.NativeWifi);
const wirelessWan = Number(NdisPacketCaptureKeyword.WirelessWan);
const packetStart = Number(NdisPacketCaptureKeyword.PacketStart);
const packetEnd = Number(NdisPacketCaptureKeyword.PacketEnd);
const sendPathHigh = Number(NdisPacketCaptureKeyword.SendPath >> 32n);
const receivePathHigh = Number(NdisPacketCaptureKeyword.ReceivePath >> 32n);

function takeKeywords(keywordLow: number, keywordHigh: number, site: PacketSite): void {
  site.isFirstFragment = (keywordLow & packetStart) !== 0;
  site.isLastFragment = (keywordLow & packetEnd) !== 0;
  site.outbound = (keywordHigh & sendPathHigh) !== 0;
  site.inbound = !site.outbound && (keywordHigh & receivePathHigh) !== 0;
  if ((keywordLow & nativeWifi) !== 0) site.linkType = LinkType.WiFi;
  else if ((keywordLow & wirelessWan) !== 0) site.linkType = LinkType.RawIp;
  else site.linkType = LinkType.Ethernet;
}

function takeFragment(view: DataView, sizeAt: number, end: number, site: PacketSite): boolean {
  if (sizeAt + 4 > end) return false;
  const size = view.getUint32(sizeAt, true);
  site.frameStart = sizeAt + 4;
  if (size > end - site.frameStart) return false;
  site.frameEnd = site.frameStart + size;
  site.originalLength = size;
  return true;
}

/** What 1001 and 1003 begin with: MiniportIfIndex and LowerIfIndex; the keyword tells medium, direction and position. */
function takeNdisHeader(
  view: DataView,
  start: number,
  keywordLow: number,
  keywordHigh: number,
  site: PacketSite,
): void {
  takeKeywords(keywordLow, keywordHigh, site);
  site.isSighting = false;
  site.isDrop = false;
  site.miniportIfIndex = view.getUint32(start, true);
  site.lowerIfIndex = view.getUint32(start + 4, true);
}

/** 1001 PacketFragment: the interface indexes, FragmentSize, Fragment, then two GFT fields in newer builds. */
const readNdisFragment: PacketSiteReader = (view, start, end, keywordLow, keywordHigh, site) => {
  if (start + 12 > end) return false;
  takeNdisHeader(view, start, keywordLow, keywordHigh, site);
  site.source = ComponentSource.Ndis;
  site.componentId = 0;
  return takeFragment(view, start + 8, end, site);
};

/** 1003 VMSwitchPacketFragment: like 1001, with the source port's names and the destinations before the fragment. */
const readVmSwitchFragment: PacketSiteReader = (view, start, end, keywordLow, keywordHigh, site) => {
  if (start + 12 > end) return false;
  takeNdisHeader(view, start, keywordLow, keywordHigh, site);
  site.source = ComponentSource.VmSwitch;
  site.componentId = view.getUint32(start + 8, true);
  site.namesAt = start + 12;
  let at = skipStrings(view, start + 12, end, 3);
  if (at + 4 > end) return false;
  const destinations = view.getUint32(at, true);
  at += 4;
  for (let index = 0; index < destinations; index++) {
    at = skipStrings(view, at + 4, end, 3);
    if (at > end) return false;
  }
  return takeFragment(view, at, end, site);
};

/** The offset behind `count` NUL-terminated UTF-16 strings, or beyond `end` when they do not fit. */
function skipStrings(view: DataView, start: number, end: number, count: number): number {
  let at = start;
  for (let index = 0; index < count; index++) {
    while (at + 2 <= end && view.getUint16(at, true) !== 0) at += 2;
    at += 2;
  }
  return at;
}

/** Directions that mean "receiving" by pktmon's DirTag: In, Rx, Ingress; their successors mean "sending". */
const ReceivingTags = new Set([1, 3, 5]);
const SendingTags = new Set([2, 4, 6]);
const PktMonPacketType = { Ethernet: 1, Wifi: 2, Ip: 3 } as const;
const pktMonHeaderSize = 34;

/** 160 FramePayload, 170 FrameDropPayload, 240 DuplicateDrop: a fixed header of 34 bytes, then the payload. */
function readPktMonFrame(view: DataView, start: number, end: number, site: PacketSite): boolean {
  if (start + pktMonHeaderSize > end) return false;
  const directionTag = view.getUint16(start + 12, true);
  const logged = view.getUint16(start + 32, true);
  site.frameStart = start + pktMonHeaderSize;
  if (logged > end - site.frameStart) return false;
  site.frameEnd = site.frameStart + logged;
  site.originalLength = Math.max(view.getUint16(start + 30, true), logged);
  site.linkType = pktMonLinkType(view, view.getUint16(start + 14, true), site.frameStart, site.frameEnd);
  site.isFirstFragment = true;
  site.isLastFragment = true;
  site.inbound = ReceivingTags.has(directionTag);
  site.outbound = SendingTags.has(directionTag);
  site.source = ComponentSource.PktMon;
  site.miniportIfIndex = 0;
  site.lowerIfIndex = 0;
  site.componentId = view.getUint16(start + 16, true);
  site.isSighting = true;
  site.group = view.getUint32(start, true) + view.getUint32(start + 4, true) * 0x1_0000_0000;
  site.appearance = view.getUint16(start + 10, true);
  site.dropReason = view.getUint32(start + 22, true);
  site.dropLocation = view.getUint32(start + 26, true);
  return true;
}

function pktMonLinkType(view: DataView, packetType: number, start: number, end: number): LinkType {
  if (packetType === PktMonPacketType.Ethernet) return LinkType.Ethernet;
  if (packetType === PktMonPacketType.Ip) return LinkType.RawIp;
  if (packetType === PktMonPacketType.Wifi)
    return sniffWifiOrEthernet(new Uint8Array(view.buffer, view.byteOffset), start, end);
  return LinkType.Unknown;
}

function pktMonReader(isDrop: boolean): PacketSiteReader {
  return (view, start, end, _keywordLow, _keywordHigh, site) => {
    site.isDrop = isDrop;
    return readPktMonFrame(view, start, end, site);
  };
}

/** Of a capture file's record, all that is left between `start` and `end` is the frame; columns have the rest. */
const readCaptureFrame: PacketSiteReader = (_view, start, end, _keywordLow, _keywordHigh, site) => {
  site.frameStart = start;
  site.frameEnd = end;
  site.originalLength = end - start;
  site.isFirstFragment = true;
  site.isLastFragment = true;
  site.source = ComponentSource.Capture;
  site.isSighting = false;
  return true;
};

const readers: ReadonlyMap<string, PacketSiteReader> = new Map([
  ...captureFrameKinds.map((kind): [string, PacketSiteReader] => [kind, readCaptureFrame]),
  [`${ndisPacketCaptureProvider}/${NdisPacketCaptureEvent.PacketFragment}`, readNdisFragment],
  [`${ndisPacketCaptureProvider}/${NdisPacketCaptureEvent.VmSwitchPacketFragment}`, readVmSwitchFragment],
  [`${pktMonProvider}/${PktMonEvent.Frame}`, pktMonReader(false)],
  [`${pktMonProvider}/${PktMonEvent.DroppedFrame}`, pktMonReader(true)],
  [`${pktMonProvider}/${PktMonEvent.DuplicateDrop}`, pktMonReader(true)],
]);

/** The reader for events of this provider and id, or undefined when they carry no frame. All are version 0. */
export function packetSiteReader(provider: string, id: number): PacketSiteReader | undefined {
  return readers.get(`${provider}/${id}`);
}
