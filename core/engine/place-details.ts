import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from '../provider/ndis-packet-capture.ts';
import { directionMap, packetTypeMap } from '../provider/pktmon.ts';
import { dropLocationText, dropReasonText, dropText } from '../provider/pktmon-drop-text.ts';
import { namedOutOfBand, vmSwitchFacts, type VmSwitchPort } from '../provider/vmswitch-frame.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { sightingOf } from '../trace/packet-bytes.ts';
import type { DetailNode } from './contract.ts';
import type { TraceNames } from './names/trace-names.ts';
import { pktMonPlaceOf, type RowPlace } from './row-builder.ts';

/** What an event says of the place a packet was seen at, put together from its fields: details that no field shows. */

/** Where pktmon saw the packet, and why it was dropped there. Empty for other providers' events. */
export function placeNodes(place: RowPlace, record: EventRecord, names: TraceNames): DetailNode[] {
  const { segment, kind, packet } = place;
  const seen = pktMonPlaceOf(kind, record);
  if (!seen) return [];
  const { dropReason, dropLocation, component, edge, filter, direction, packetType } = seen;
  const described = names.pktMonComponent(segment.input, component);
  const name = names.plainComponent(segment.input, component);
  const sighting = packet < 0 ? -1 : sightingOf(segment, packet);
  const { group, appearance } = segment.sightings;
  const hasGroup = sighting >= 0 && group[sighting] > 0;
  const seenAt = {
    name: 'PktMon',
    value: described ? `Component ${component}: ${name} (${described.type})` : withName(`Component ${component}`, name),
    children: [
      ...(described ? [leaf('Description', described.description)] : []),
      leaf('Edge', String(edge)),
      leaf('Direction', directionMap.entries.get(direction) ?? String(direction)),
      leaf('PacketType', packetTypeMap.entries.get(packetType) ?? String(packetType)),
      leaf('Filter', filter === 0 ? 'none' : String(filter)),
      ...(hasGroup ? [leaf('Group', String(group[sighting])), leaf('Appearance', String(appearance[sighting]))] : []),
    ],
  };
  const drop = {
    name: 'Drop',
    value: dropText(dropReason, dropLocation, segment.osBuild),
    children: [
      leaf('Reason', dropReasonText(dropReason, segment.osBuild)),
      leaf('Location', dropLocationText(dropLocation) || 'none given'),
    ],
  };
  return seen.isDrop ? [drop, seenAt] : [seenAt];
}

/** Ports, tag and hash of a frame that a vSwitch passed on. Empty for any other event. */
export function vmSwitchNodes({ kind, segment }: RowPlace, record: EventRecord, names: TraceNames): DetailNode[] {
  const { family, provider, id } = kind;
  if (family !== 'manifest' || provider !== ndisPacketCaptureProvider) return [];
  if (id !== NdisPacketCaptureEvent.VmSwitchPacketFragment) return [];
  const facts = vmSwitchFacts(record.view, record.userData, record.end, segment.pointerSize);
  if (!facts) return [];
  const { source, destinations, tag, rssHash, outOfBand } = facts;
  const portText = (port: VmSwitchPort): string => portTextOf(port, names);
  return [
    {
      name: 'VmSwitch',
      value: `${portText(source)} -> ${destinations.length === 0 ? 'not routed yet' : destinations.map(portText).join(', ')}`,
      children: [
        leaf('Source', portText(source)),
        ...destinations.map((destination) => leaf('Destination', portText(destination))),
        ...(tag
          ? [leaf('802.1Q', `VLAN ID: ${tag.vlanId}, Priority: ${tag.priority}, CFI: ${Number(tag.canonicalFormat)}`)]
          : []),
        ...(rssHash === undefined ? [] : [leaf('RssHash', hexText(BigInt(rssHash)))]),
        ...outOfBand.flatMap((value, index) =>
          value === 0n || namedOutOfBand.includes(index) ? [] : [leaf(`OOBData[${index}]`, hexText(value))],
        ),
      ],
    },
  ];
}

/** `port 3 "Guest" (NIC1, Synthetic)`. */
function portTextOf({ portId, portName, nicName, nicType }: VmSwitchPort, names: TraceNames): string {
  const friendly = names.nic(nicName)?.name;
  const nic = [friendly === nicName ? '' : (friendly ?? ''), nicName, nicType].filter((part) => part !== '').join(', ');
  return `port ${portId}${portName === '' ? '' : ` "${portName}"`}${nic === '' ? '' : ` (${nic})`}`;
}

/** `Component 134: Ethernet`. */
function withName(text: string, name: string): string {
  return name === '' ? text : `${text}: ${name}`;
}

function hexText(value: bigint): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

function leaf(name: string, value: string): DetailNode {
  return { name, value, children: [] };
}
