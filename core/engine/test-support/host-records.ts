import { builtInSchema } from '../../provider/built-in-schemas.ts';
import {
  NdisPacketCaptureEvent,
  NdisPacketCaptureKeyword as Keyword,
  ndisPacketCaptureProvider,
} from '../../provider/ndis-packet-capture.ts';
import { PktMonEvent, PktMonKeyword, pktMonProvider } from '../../provider/pktmon.ts';
import { VmSwitchEvent, vmSwitchProvider } from '../../provider/vmswitch.ts';
import type { EventRecord } from '../../etl/writer.ts';
import { encodePayload, type EncodableValue } from '../../schema/encode.ts';
import type { EventSchema } from '../../schema/event-schema.ts';

/** A network adapter that a simulated host logs packets at: a physical one, a team's, or one at a port of a vSwitch. */
export interface Nic {
  readonly kind: 'physical' | 'team' | 'host-vnic' | 'vm-nic' | 'container';
  /** As vSwitch events name it: `/DEVICE/{…}` for what is below the switch, a bare GUID for what is above. */
  readonly name: string;
  readonly friendlyName: string;
  readonly mac: Uint8Array;
  /** LowerIfIndex of each layer that ndiscap watches, lowest first; the first is the miniport. Empty for a VM's NIC. */
  readonly layers: readonly number[];
  /** Components at which pktmon sees a packet on its way up. */
  readonly pktMon: readonly PktMonPlace[];
  readonly port: number;
  readonly portName: string;
  /** Its packets change over to a processor of its own queue. */
  readonly hasQueue: boolean;
}

export interface PktMonPlace {
  readonly component: number;
  readonly edge: number;
}

export interface VirtualSwitch {
  readonly name: string;
  readonly friendlyName: string;
  readonly interfaceIndex: number;
}

/** Everything of a record but when and by whom it was logged. */
export type Logged = Omit<EventRecord, 'kind' | 'timestamp' | 'process' | 'thread'>;

const schemas = new Map<string, EventSchema>();
function schemaOf(provider: string, id: number): EventSchema {
  const key = `${provider} ${id}`;
  const known = schemas.get(key) ?? builtInSchema({ provider, id, version: 0 });
  if (!known) throw new Error(`nobody knows the fields of event ${id} of ${provider}`);
  schemas.set(key, known);
  return known;
}

function logged(
  provider: string,
  id: number,
  header: Pick<EventRecord, 'keyword' | 'channel'>,
  values: Readonly<Record<string, EncodableValue>>,
): Logged {
  return { provider, id, level: 4, ...header, payload: encodePayload(schemaOf(provider, id), values, 8) };
}

export type Direction = 'in' | 'out';

const channelKeyword = 0x8000_0000_0000_0000n;
const wholeEthernetFrame =
  channelKeyword | Keyword.PiiPresent | Keyword.Packet | Keyword.PacketStart | Keyword.PacketEnd | Keyword.Ethernet;

function frameHeader(direction: Direction): { keyword: bigint; channel: number } {
  const path = direction === 'in' ? Keyword.ReceivePath : Keyword.SendPath;
  return { keyword: wholeEthernetFrame | path, channel: 16 };
}

/** Event 1001 at one of a NIC's layers. */
export function frameAt(nic: Nic, layer: number, direction: Direction, frame: Uint8Array): Logged {
  const values = { MiniportIfIndex: nic.layers[0], LowerIfIndex: layer, Fragment: frame };
  return logged(ndisPacketCaptureProvider, NdisPacketCaptureEvent.PacketFragment, frameHeader(direction), values);
}

/** Event 1003: `out` when a frame has come from a port and is not routed yet, `in` when it has been. */
export function switchFrame(where: VirtualSwitch, from: Nic, to: readonly Nic[], frame: Uint8Array): Logged {
  const { keyword, channel } = frameHeader(to.length === 0 ? 'out' : 'in');
  const values = {
    MiniportIfIndex: where.interfaceIndex,
    LowerIfIndex: where.interfaceIndex,
    ...portValues('Source', from),
    Destination: to.map((nic) => portValues('Destination', nic)),
    Fragment: frame,
    OOBData: new Uint8Array(80),
  };
  const header = { keyword: keyword | Keyword.VmSwitch, channel };
  return logged(ndisPacketCaptureProvider, NdisPacketCaptureEvent.VmSwitchPacketFragment, header, values);
}

const nicTypes: Readonly<Record<Nic['kind'], string>> = {
  physical: 'External',
  team: 'External',
  'host-vnic': 'Internal',
  container: 'Internal',
  'vm-nic': 'Synthetic',
};

function portValues(prefix: 'Source' | 'Destination', nic: Nic): Record<string, EncodableValue> {
  return {
    [`${prefix}PortId`]: nic.port,
    [`${prefix}PortName`]: nic.portName,
    [`${prefix}NicName`]: nic.name,
    [`${prefix}NicType`]: nicTypes[nic.kind],
  };
}

const packetPath = { keyword: 0x2n };

function switchValues(where: VirtualSwitch): Record<string, EncodableValue> {
  return { SwitchName: where.name, SwitchFName: where.friendlyName };
}

function nicValues(prefix: '' | 'Src' | 'Dest', nic: Nic): Record<string, EncodableValue> {
  return { [`${prefix}NicName`]: nic.name, [`${prefix}NicFName`]: nic.friendlyName };
}

/** Event 56 or 58. */
export function nblAt(what: 'received' | 'delivered', where: VirtualSwitch, nic: Nic, nbl: bigint): Logged {
  const id = what === 'received' ? VmSwitchEvent.NblReceived : VmSwitchEvent.NblDelivered;
  return logged(vmSwitchProvider, id, packetPath, {
    ...nicValues('', nic),
    ...switchValues(where),
    BufferAddress: nbl,
  });
}

/** Event 57. */
export function nblRouted(where: VirtualSwitch, from: Nic, to: Nic, nbl: bigint): Logged {
  const values = { ...nicValues('Src', from), ...nicValues('Dest', to), ...switchValues(where), BufferAddress: nbl };
  return logged(vmSwitchProvider, VmSwitchEvent.NblRouted, packetPath, values);
}

export type DropEvent = 'at source' | 'at destination' | 'by extension';
const securityPolicy = 12;

/** Event 54, 55 or 60. */
export function droppedBy(where: VirtualSwitch, event: DropEvent, from: Nic, to: Nic): Logged {
  switch (event) {
    case 'at source': {
      const values = { ...nicValues('', from), ...switchValues(where), DropReason: securityPolicy };
      return logged(vmSwitchProvider, VmSwitchEvent.DroppedAtNic, packetPath, values);
    }
    case 'at destination': {
      const values = { ...nicValues('', to), ...switchValues(where), DropReason: securityPolicy };
      return logged(vmSwitchProvider, VmSwitchEvent.DroppedAtNicToo, packetPath, values);
    }
    case 'by extension': {
      const extension = {
        ExtensionGuid: '{E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017}',
        ExtensionFriendlyName: 'Microsoft Azure VFP Switch Extension',
        Reason: 'ACL: no rule lets it through',
      };
      const values = { ...nicValues('Src', from), ...switchValues(where), ...extension };
      return logged(vmSwitchProvider, VmSwitchEvent.ExtensionDropped, packetPath, values);
    }
  }
}

/** What pktmon says of a packet besides its bytes. */
export interface PktMonSighting {
  readonly group: bigint;
  /** Number of the NET_BUFFER in the group. */
  readonly packet: number;
  readonly appearance: number;
  readonly place: PktMonPlace;
  readonly direction: 'Rx' | 'Tx' | 'Ingress' | 'Egress';
  readonly isDrop: boolean;
}

const switchRouter = 0xe000_2015;

/** Event 160 or 170. */
export function pktMonSighting(sighting: PktMonSighting, frame: Uint8Array): Logged {
  const { group, packet, appearance, place, direction, isDrop } = sighting;
  const values = {
    PktGroupId: group,
    PktNumber: packet,
    AppearanceCount: appearance,
    DirTag: direction,
    PacketType: 1,
    ComponentId: place.component,
    EdgeId: isDrop ? 0 : place.edge,
    DropReason: isDrop ? securityPolicy : 0,
    DropLocation: isDrop ? switchRouter : 0,
    OriginalPayloadSize: frame.length,
    Payload: frame,
  };
  const id = isDrop ? PktMonEvent.DroppedFrame : PktMonEvent.Frame;
  return logged(pktMonProvider, id, { keyword: BigInt(PktMonKeyword.Payload) }, values);
}
