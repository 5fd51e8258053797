import { LinkType } from '../packet/link-type.ts';
import { ToldHeaders } from '../packet/told-headers.ts';

/** Where a frame lies in an event, and what the event says about it. Filled by a PacketSiteReader; one serves a range. */
export class PacketSite {
  /** Of the session that logged the event; set before reading. */
  pointerSize: 4 | 8 = 8;
  frameStart = 0;
  frameEnd = 0;
  linkType: LinkType = LinkType.Unknown;
  /** Length of the whole packet where the event tells, else the captured length. */
  originalLength = 0;
  /** The event says that the frame was cut, whether or not its headers tell by how much. */
  isTruncated = false;
  /** First and last fragment of a packet: both for almost every event. */
  isFirstFragment = true;
  isLastFragment = true;
  inbound = false;
  outbound = false;
  /** Component: the numbers that tell one place of capture from another. */
  source: ComponentSource = ComponentSource.Ndis;
  miniportIfIndex = 0;
  lowerIfIndex = 0;
  /** vSwitch port, pktmon component, a capture's interface, or a number made of a RAS connection's names. */
  componentId = 0;
  /** Offset of the zero-terminated names of a vSwitch port (port, NIC, NIC type) or a RAS connection (domain, user). */
  namesAt = 0;
  /** A vSwitch names the ports that the frame goes to. */
  isRouted = false;
  /** VLAN of a frame whose tag travels beside it, out of band; 0 when it has none. */
  outOfBandVlan = 0;
  /** pktmon's group and verdict, or a capture's packet id; group 0 where the event has none. */
  isSighting = false;
  group = 0;
  appearance = 0;
  dropReason = 0;
  dropLocation = 0;
  isDrop = false;
  /** Headers that the event tells in words of its own; heeded when `hasToldHeaders`. */
  hasToldHeaders = false;
  readonly toldHeaders = new ToldHeaders();
}

export const ComponentSource = { Ndis: 0, VmSwitch: 1, PktMon: 2, Ras: 3, Capture: 4 } as const;
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

/** The whole frame in one event, of no pktmon group: what most readers begin with. */
export function resetSite(site: PacketSite): void {
  site.isTruncated = false;
  site.isFirstFragment = true;
  site.isLastFragment = true;
  site.inbound = false;
  site.outbound = false;
  site.miniportIfIndex = 0;
  site.lowerIfIndex = 0;
  site.componentId = 0;
  site.outOfBandVlan = 0;
  site.isSighting = false;
  site.isDrop = false;
  site.isRouted = false;
  site.hasToldHeaders = false;
}

/** A size of four bytes and as many bytes of frame. False when fewer are there. */
export function takeSizedFrame(view: DataView, sizeAt: number, end: number, site: PacketSite): boolean {
  if (sizeAt + 4 > end) return false;
  const size = view.getUint32(sizeAt, true);
  site.frameStart = sizeAt + 4;
  if (size > end - site.frameStart) return false;
  site.frameEnd = site.frameStart + size;
  site.originalLength = size;
  return true;
}

/** The offset behind `count` zero-terminated UTF-16 strings, or beyond `end` when they do not fit. */
export function skipStrings(view: DataView, start: number, end: number, count: number): number {
  let at = start;
  for (let index = 0; index < count; index++) {
    while (at + 2 <= end && view.getUint16(at, true) !== 0) at += 2;
    at += 2;
  }
  return at;
}
