import { LinkType, sniffEthernetOrRawIp } from '../packet/link-type.ts';
import { NdisPacketCaptureKeyword } from './ndis-packet-capture.ts';
import { outOfBandVlan } from './vmswitch-frame.ts';
import {
  ComponentSource,
  resetSite,
  skipStrings,
  takeSizedFrame,
  type PacketSite,
  type PacketSiteReader,
} from './site.ts';

/** Halves of the 64-bit keyword bits, for the 32-bit arithmetic of a hot loop. */
const nativeWifi = Number(NdisPacketCaptureKeyword.NativeWifi);
const wirelessWan = Number(NdisPacketCaptureKeyword.WirelessWan);
const tunnel = Number(NdisPacketCaptureKeyword.Tunnel);
const packetTruncated = Number(NdisPacketCaptureKeyword.PacketTruncated);
const packetStart = Number(NdisPacketCaptureKeyword.PacketStart);
const packetEnd = Number(NdisPacketCaptureKeyword.PacketEnd);
const sendPathHigh = Number(NdisPacketCaptureKeyword.SendPath >> 32n);
const receivePathHigh = Number(NdisPacketCaptureKeyword.ReceivePath >> 32n);

function takeKeywords(keywordLow: number, keywordHigh: number, site: PacketSite): void {
  site.isFirstFragment = (keywordLow & packetStart) !== 0;
  site.isLastFragment = (keywordLow & packetEnd) !== 0;
  site.isTruncated = (keywordLow & packetTruncated) !== 0;
  site.outbound = (keywordHigh & sendPathHigh) !== 0;
  site.inbound = !site.outbound && (keywordHigh & receivePathHigh) !== 0;
}

/** NDIS names its medium by a bit. A WAN miniport's frames are Ethernet; a tunnel's may be that or bare IP. */
function mediumOf(keywordLow: number, view: DataView, { frameStart, frameEnd }: PacketSite): LinkType {
  if ((keywordLow & nativeWifi) !== 0) return LinkType.WiFi;
  if ((keywordLow & wirelessWan) !== 0) return LinkType.RawIp;
  if ((keywordLow & tunnel) === 0) return LinkType.Ethernet;
  return sniffEthernetOrRawIp(new Uint8Array(view.buffer, view.byteOffset), frameStart, frameEnd);
}

/** What 1001 and 1003 begin with: MiniportIfIndex and LowerIfIndex; the keyword tells direction and position. */
function takeNdisHeader(
  view: DataView,
  start: number,
  keywordLow: number,
  keywordHigh: number,
  site: PacketSite,
): void {
  resetSite(site);
  takeKeywords(keywordLow, keywordHigh, site);
  site.miniportIfIndex = view.getUint32(start, true);
  site.lowerIfIndex = view.getUint32(start + 4, true);
}

function takeNdisFrame(view: DataView, at: number, end: number, keywordLow: number, site: PacketSite): boolean {
  if (!takeSizedFrame(view, at, end, site)) return false;
  site.linkType = mediumOf(keywordLow, view, site);
  return true;
}

/** 1001 PacketFragment: the interface indexes, FragmentSize, Fragment, then two GFT fields in newer builds. */
export const readNdisFragment: PacketSiteReader = (view, start, end, keywordLow, keywordHigh, site) => {
  if (start + 12 > end) return false;
  takeNdisHeader(view, start, keywordLow, keywordHigh, site);
  site.source = ComponentSource.Ndis;
  return takeNdisFrame(view, start + 8, end, keywordLow, site);
};

/** 1003 VMSwitchPacketFragment: like 1001, with the source port's names and the destinations before the fragment. */
export const readVmSwitchFragment: PacketSiteReader = (view, start, end, keywordLow, keywordHigh, site) => {
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
  if (!takeNdisFrame(view, at, end, keywordLow, site)) return false;
  site.isRouted = destinations > 0;
  site.outOfBandVlan = outOfBandVlan(view, site.frameEnd, end, site.pointerSize);
  return true;
};
