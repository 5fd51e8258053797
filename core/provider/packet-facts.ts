import { utf16ZeroTerminated } from '../base/text.ts';
import { dropLocationMap } from './pktmon-drop-locations.ts';
import { dropReasonMap } from './pktmon-drop-reasons.ts';
import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from './ndis-packet-capture.ts';
import { ComponentSource, type PacketSite } from './packet-site.ts';
import { directionMap, PktMonEvent, pktMonProvider } from './pktmon.ts';

/**
 * What the event of a frame says about it beside the frame itself, read from fixed places: for files that have room for a
 * remark on each packet. All functions take the event's user data, bytes[start..end), of which `site` has been read.
 */
export interface EventData {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The first byte of the user data, and the byte behind the last. */
  readonly userData: number;
  readonly end: number;
}

/** NET_BUFFER_LIST_INFO: pointers, of which these hold the 802.1Q tag and the RSS hash (ndis.h). */
const OutOfBand = { Ieee8021Q: 4, HashValue: 8 } as const;
/** Ieee8021QNetBufferListInfo: three bits of priority and one of format lie below the VLAN's number. */
const vlanShift = 4;
const vlanMask = 0xfff;

/** VLAN that the virtual switch took off the frame and carries beside it (event 1003); 0 when there is none. */
export function outOfBandVlan(data: EventData, site: PacketSite, pointerSize: 4 | 8): number {
  return (outOfBandWord(data, site, pointerSize, OutOfBand.Ieee8021Q) >>> vlanShift) & vlanMask;
}

function outOfBandWord({ view, end }: EventData, site: PacketSite, pointerSize: 4 | 8, index: number): number {
  if (site.source !== ComponentSource.VmSwitch || site.frameEnd + 4 > end) return 0;
  const size = Math.min(view.getUint32(site.frameEnd, true), end - site.frameEnd - 4);
  const at = index * pointerSize;
  return at + 4 <= size ? view.getUint32(site.frameEnd + 4 + at, true) : 0;
}

/** The event's facts as `Name=value` words, one behind the other; empty when it says nothing more. */
export function packetFacts(
  provider: string,
  id: number,
  data: EventData,
  site: PacketSite,
  pointerSize: 4 | 8,
): string {
  if (provider === pktMonProvider) return pktMonFrames.has(id) ? pktMonFacts(data, id) : '';
  const isSwitch = provider === ndisPacketCaptureProvider && id === NdisPacketCaptureEvent.VmSwitchPacketFragment;
  return isSwitch ? switchFacts(data, site, pointerSize) : '';
}

/** 1003: source port, out-of-band data, then every port the frame was sent to. */
function switchFacts(data: EventData, site: PacketSite, pointerSize: 4 | 8): string {
  const { bytes, view } = data;
  const source = portFacts('Source', bytes, site.namesAt - 4, site.frameStart);
  const words = [source.text];
  const vlan = outOfBandVlan(data, site, pointerSize);
  if (vlan !== 0) words.push(`VlanId=${vlan}`);
  const hash = outOfBandWord(data, site, pointerSize, OutOfBand.HashValue);
  if (hash !== 0) words.push(`RssHash=0x${hash.toString(16)}`);
  const sizeAt = site.frameStart - 4;
  if (source.next + 4 > sizeAt) return words.join(' ');
  const count = view.getUint32(source.next, true);
  if (count !== 1) words.push(`DestinationCount=${count}`);
  let at = source.next + 4;
  for (let index = 0; index < Math.min(count, mostDestinations) && at + 4 <= sizeAt; index++) {
    const destination = portFacts('Destination', bytes, at, sizeAt);
    words.push(destination.text);
    at = destination.next;
  }
  return words.join(' ');
}

/** A broadcast on a busy switch goes to hundreds of ports; a remark names the first. */
const mostDestinations = 16;

/** Port number, then three texts: port name, NIC name and NIC type. */
function portFacts(role: string, bytes: Uint8Array, at: number, end: number): { text: string; next: number } {
  const number = bytes[at] + bytes[at + 1] * 0x100 + bytes[at + 2] * 0x1_0000 + bytes[at + 3] * 0x100_0000;
  const portName = utf16ZeroTerminated(bytes, at + 4, end);
  const nicName = utf16ZeroTerminated(bytes, portName.next, end);
  const nicType = utf16ZeroTerminated(bytes, nicName.next, end);
  const words = [
    `${role}PortId=${number}`,
    named(`${role}PortName`, portName.text),
    named(`${role}NicName`, nicName.text),
    named(`${role}NicType`, nicType.text),
  ];
  return { text: words.filter((word) => word !== '').join(' '), next: nicType.next };
}

function named(name: string, value: string): string {
  if (value === '') return '';
  return /[\s"=]/.test(value) ? `${name}="${value.replaceAll('"', "'")}"` : `${name}=${value}`;
}

/** The events with a frame that begin with those bytes. */
const pktMonFrames: ReadonlySet<number> = new Set([
  PktMonEvent.Frame,
  PktMonEvent.DroppedFrame,
  PktMonEvent.DuplicateDrop,
]);

/** Offsets inside the 30 bytes that pktmon's events about one packet begin with. */
const PktMonAt = {
  Number: 8,
  Appearance: 10,
  Direction: 12,
  Component: 16,
  Edge: 18,
  Filter: 20,
  DropReason: 22,
  DropLocation: 26,
  End: 30,
} as const;

function pktMonFacts({ view, userData, end }: EventData, id: number): string {
  if (userData + PktMonAt.End > end) return '';
  const short = (at: number): number => view.getUint16(userData + at, true);
  const direction = short(PktMonAt.Direction);
  const words = [
    `Component=${short(PktMonAt.Component)}`,
    `Edge=${short(PktMonAt.Edge)}`,
    `Direction=${directionMap.entries.get(direction) ?? direction}`,
    `Group=${view.getBigUint64(userData, true)}`,
    `Packet=${short(PktMonAt.Number)}`,
    `Appearance=${short(PktMonAt.Appearance)}`,
  ];
  const filter = short(PktMonAt.Filter);
  if (filter !== 0) words.push(`Filter=${filter}`);
  if (id === PktMonEvent.Frame) return words.join(' ');
  const location = view.getUint32(userData + PktMonAt.DropLocation, true);
  words.push(named('DropReason', dropReasonText(view.getUint32(userData + PktMonAt.DropReason, true))));
  words.push(named('DropLocation', dropLocationMap.entries.get(location) ?? `0x${location.toString(16)}`));
  return words.join(' ');
}

/** Why pktmon or the virtual switch dropped a packet, in words: `Filtered VLAN`, or `reason 4711`. */
export function dropReasonText(reason: number): string {
  return dropReasonMap.entries.get(reason) ?? `reason ${reason}`;
}
