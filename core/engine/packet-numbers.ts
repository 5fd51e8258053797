import type { PacketText } from '../export/text/event-text.ts';
import { linkTypeNames, type LinkType } from '../packet/link-type.ts';
import { moduleBit } from '../packet/module.ts';
import { dropReasonText } from '../provider/pktmon-drop-text.ts';
import { originalLength, sightingOf } from '../trace/packet-bytes.ts';
import { componentKey, PacketTrait, type Segment } from '../trace/segment.ts';
import type { RowPlace } from './row-builder.ts';

const internetBits = moduleBit.IPv4 | moduleBit.IPv6;
const transportBits = moduleBit.TCP | moduleBit.UDP;

/** The packet that begins with the row's event, in the numbers of its columns; `names` are those of components, by key. */
export function packetNumbers(names: ReadonlyMap<string, string>, { segment, packet }: RowPlace): PacketText {
  const { packets } = segment;
  const modules = packets.modules[packet];
  const given = (bits: number, column: Readonly<Record<number, number>>): number | null =>
    (modules & bits) === 0 ? null : column[packet];
  const key = componentKey(segment.components[packets.component[packet]]);
  const vlan = packets.vlan[packet];
  return {
    linkType: linkTypeNames[packets.linkType[packet] as LinkType],
    direction: directionOf(packets.traits[packet]),
    component: names.get(key) ?? key,
    vlan: vlan === 0 && (modules & moduleBit.VLAN) === 0 ? null : vlan,
    ipProtocol: given(internetBits, packets.ipProtocol),
    sourcePort: given(transportBits, packets.sourcePort),
    destinationPort: given(transportBits, packets.destinationPort),
    tcpFlags: given(moduleBit.TCP, packets.tcpFlags),
    sequence: given(moduleBit.TCP, packets.sequence),
    acknowledgment: given(moduleBit.TCP, packets.acknowledgement),
    window: given(moduleBit.TCP, packets.window),
    payloadLength: given(transportBits, packets.payloadLength),
    capturedLength: packets.capturedLength[packet],
    originalLength: originalLength(segment, packet),
    ...dropOf(segment, packet),
  };
}

function directionOf(traits: number): PacketText['direction'] {
  if ((traits & PacketTrait.Inbound) !== 0) return 'inbound';
  return (traits & PacketTrait.Outbound) !== 0 ? 'outbound' : null;
}

function dropOf(segment: Segment, packet: number): Pick<PacketText, 'dropReason' | 'dropText'> {
  const isDropped = (segment.packets.traits[packet] & PacketTrait.Dropped) !== 0;
  const sighting = isDropped ? sightingOf(segment, packet) : -1;
  if (sighting < 0) return { dropReason: null, dropText: null };
  const reason = segment.sightings.dropReason[sighting];
  return { dropReason: reason, dropText: dropReasonText(reason, segment.osBuild) };
}
