import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from './ndis-packet-capture.ts';
import { dropLocationText, dropReasonText } from './pktmon-drop-text.ts';
import { directionMap, pktMonProvider } from './pktmon.ts';
import { pktMonPlace } from './pktmon-shapes.ts';
import { vmSwitchFacts, type VmSwitchPort } from './vmswitch-frame.ts';

/** What the event of a frame says about it beside the frame itself: for files that have room for a remark on each packet. */
export interface EventData {
  readonly view: DataView;
  /** The first byte of the user data, and the byte behind the last. */
  readonly userData: number;
  readonly end: number;
  readonly pointerSize: 4 | 8;
}

/**
 * The event's facts as `Name=value` words, one behind the other; empty when it says nothing more. `osBuild` is the Windows
 * build that wrote it, 0 when it is not known.
 */
export function packetFacts(provider: string, id: number, data: EventData, osBuild: number): string {
  if (provider === pktMonProvider) return pktMonFacts(data, id, osBuild);
  const isSwitch = provider === ndisPacketCaptureProvider && id === NdisPacketCaptureEvent.VmSwitchPacketFragment;
  return isSwitch ? switchFacts(data) : '';
}

/** A broadcast on a busy switch goes to hundreds of ports; a remark names the first. */
const mostDestinations = 16;

/** 1003: source port, out-of-band data, then every port the frame was sent to. */
function switchFacts({ view, userData, end, pointerSize }: EventData): string {
  const facts = vmSwitchFacts(view, userData, end, pointerSize);
  if (!facts) return '';
  const { source, destinations, tag, rssHash } = facts;
  return words([
    portFacts('Source', source),
    tag === undefined ? '' : `VlanId=${tag.vlanId}`,
    rssHash === undefined ? '' : `RssHash=0x${rssHash.toString(16)}`,
    destinations.length === 1 ? '' : `DestinationCount=${destinations.length}`,
    ...destinations.slice(0, mostDestinations).map((port) => portFacts('Destination', port)),
  ]);
}

function portFacts(role: string, { portId, portName, nicName, nicType }: VmSwitchPort): string {
  return words([
    `${role}PortId=${portId}`,
    named(`${role}PortName`, portName),
    named(`${role}NicName`, nicName),
    named(`${role}NicType`, nicType),
  ]);
}

function pktMonFacts({ view, userData, end }: EventData, id: number, osBuild: number): string {
  const place = pktMonPlace(view, userData, end, id);
  if (!place) return '';
  const { sighting, component, edge, direction, filter, isDrop, dropReason, dropLocation } = place;
  return words([
    `Component=${component}`,
    `Edge=${edge}`,
    `Direction=${directionMap.entries.get(direction) ?? direction}`,
    sighting ? `Group=${sighting.group} Packet=${sighting.number} Appearance=${sighting.appearance}` : '',
    filter === 0 ? '' : `Filter=${filter}`,
    isDrop ? named('DropReason', dropReasonText(dropReason, osBuild)) : '',
    isDrop ? named('DropLocation', dropLocationText(dropLocation)) : '',
  ]);
}

function named(name: string, value: string): string {
  if (value === '') return '';
  return /[\s"=]/.test(value) ? `${name}="${value.replaceAll('"', "'")}"` : `${name}=${value}`;
}

function words(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
