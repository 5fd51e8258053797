import { EtherType } from '../packet/ethertypes.ts';
import { PktMonEvent, PktMonKeyword, PktMonProperty, pktMonProvider } from '../provider/pktmon.ts';
import type { EncodableValue } from '../schema/encode.ts';
import { guidOf, ipv6Of, macOf, numberOf, type Arguments } from './arguments.ts';
import {
  readEventHeader,
  readFieldValues,
  schemaEvent,
  type EventHeader,
  type ScenarioEvent,
  type Statement,
} from './event-builder.ts';
import { buildFrame, type FrameLayer } from './frame.ts';
import { knownSchema } from './known-schema.ts';
import { ScenarioError } from './scenario-error.ts';
import type { Token } from './tokens.ts';

const frameHeader: EventHeader = { level: 4, keyword: BigInt(PktMonKeyword.Payload) };
const rundownHeader: EventHeader = { level: 4, keyword: BigInt(PktMonKeyword.Rundown) };

/**
 * What pktmon tells of one packet; with `drop` behind it, where it was dropped. `frame`: 160 and 170, `duplicate`: 240.
 * `headers`: 120 to 150. `nbl`: 180 and 190. `payload`: 200 to 230. `context`: 250 and 260.
 */
const packetEvents: Readonly<Record<string, (statement: Statement, isDrop: boolean, kind: Token) => ScenarioEvent>> = {
  frame: (statement, isDrop, kind) =>
    frameEvent(statement, isDrop ? PktMonEvent.DroppedFrame : PktMonEvent.Frame, kind),
  drop: (statement, _, kind) => frameEvent(statement, PktMonEvent.DroppedFrame, kind),
  duplicate: (statement, _, kind) => frameEvent(statement, PktMonEvent.DuplicateDrop, kind),
  headers: headersEvent,
  nbl: (statement, isDrop, kind) =>
    metadataEvent(statement, isDrop ? PktMonEvent.DroppedNblInformation : PktMonEvent.NblInformation, kind),
  payload: payloadEvent,
  context: (statement, isDrop, kind) =>
    metadataEvent(statement, isDrop ? PktMonEvent.DroppedContext : PktMonEvent.Context, kind),
};

/** `pktmon frame …` and its kin, or `pktmon <id> Field=…`, any event of the provider. */
export function pktMonEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const kind = line.word(`${Object.keys(packetEvents).join(', ')} or an event id`);
  if (kind.key === undefined && Object.hasOwn(packetEvents, kind.text))
    return [packetEvents[kind.text](statement, line.flag('drop'), kind)];
  const schema = knownSchema(pktMonProvider, numberOf(kind, 0xffff), kind);
  const header = { ...rundownHeader, ...readEventHeader(line) };
  return [schemaEvent(statement, schema, header, readFieldValues(line))];
}

function frameEvent(statement: Statement, id: number, kind: Token): ScenarioEvent {
  const line = statement.arguments;
  const whole = buildFrame(statement.layers);
  const logged = whole.subarray(0, line.number('snap', 0xffff) ?? whole.length);
  const values: Record<string, EncodableValue> = {
    ...readGroup(line, 'PktNumber'),
    ...readPlace(line, packetTypeOf(statement.layers)),
    OriginalPayloadSize: line.number('original', 0xffff) ?? whole.length,
    Payload: logged,
  };
  const header = { ...frameHeader, ...readEventHeader(line) };
  line.finish();
  return schemaEvent(statement, knownSchema(pktMonProvider, id, kind), header, values);
}

type Values = Record<string, EncodableValue>;

function readGroup(line: Arguments, counter: 'PktNumber' | 'PktCount'): Values {
  return {
    PktGroupId: line.bigint('group') ?? 0n,
    [counter]: line.number('packet', 0xffff) ?? 0,
    AppearanceCount: line.number('appearance', 0xffff) ?? 1,
  };
}

function readPlace(line: Arguments, packetType: number): Values {
  return {
    DirTag: line.text('direction') ?? 0,
    PacketType: line.number('type', 0xffff) ?? packetType,
    ComponentId: line.number('component', 0xffff) ?? 0,
    EdgeId: line.number('edge', 0xffff) ?? 0,
    FilterId: line.number('filter', 0xffff) ?? 0,
    DropReason: line.text('reason') ?? 0,
    DropLocation: line.text('location') ?? 0,
  };
}

const parsedIds = {
  ipv4: [PktMonEvent.ParsedIpv4, PktMonEvent.DroppedParsedIpv4],
  ipv6: [PktMonEvent.ParsedIpv6, PktMonEvent.DroppedParsedIpv6],
} as const;
const payloadIds = {
  ipv4: [PktMonEvent.Ipv4Payload, PktMonEvent.DroppedIpv4Payload],
  ipv6: [PktMonEvent.Ipv6Payload, PktMonEvent.DroppedIpv6Payload],
} as const;

/** The headers of the frame, and none of its bytes. */
function headersEvent(statement: Statement, isDrop: boolean, kind: Token): ScenarioEvent {
  const line = statement.arguments;
  const { layers } = statement;
  const { version, values } = networkValues(layers);
  const tcp = layerOf(layers, 'tcp');
  const header = { level: 4, keyword: BigInt(PktMonKeyword.NblParsed), ...readEventHeader(line) };
  const all = {
    ...ethernetValues(layers),
    ...values,
    TCPFlags: tcp ? tcpFlagsOf(layers) : 0,
    ...readGroup(line, 'PktCount'),
    ...readPlace(line, packetTypeOf(layers)),
  };
  line.finish();
  return schemaEvent(statement, knownSchema(pktMonProvider, parsedIds[version][Number(isDrop)], kind), header, all);
}

/** By PacketType: the layers that stand in front of what is logged. */
const layersInFront: Readonly<Record<number, readonly FrameLayer['protocol'][]>> = {
  3: ['eth', 'vlan'],
  4: ['eth', 'vlan', 'ipv4', 'ipv6', 'tcp', 'udp'],
  7: ['eth', 'vlan'],
  11: ['eth', 'vlan', 'ipv4', 'ipv6', 'tcp', 'udp'],
};
const layersInFrontOfTransport: readonly FrameLayer['protocol'][] = ['eth', 'vlan', 'ipv4', 'ipv6'];

/** The IP header's facts of the frame, and its bytes from the layer on that `type` names: 3 IP, 5 TCP, 11 what TCP carries. */
function payloadEvent(statement: Statement, isDrop: boolean, kind: Token): ScenarioEvent {
  const line = statement.arguments;
  const { layers } = statement;
  const { version, values } = networkValues(layers);
  const place = readPlace(line, 3);
  const inFront = layersInFront[Number(place.PacketType)] ?? layersInFrontOfTransport;
  const first = layers.findIndex(({ protocol }) => !inFront.includes(protocol));
  const headers = first < 0 ? layers : layers.slice(0, first);
  const payload = buildFrame(layers).subarray(buildFrame(headers).length);
  const logged = payload.subarray(0, line.number('snap', 0xffff) ?? payload.length);
  const header = { ...frameHeader, ...readEventHeader(line) };
  const all = {
    ...place,
    ...values,
    OriginalPayloadSize: line.number('original', 0xffff) ?? payload.length,
    Payload: logged,
  };
  line.finish();
  return schemaEvent(statement, knownSchema(pktMonProvider, payloadIds[version][Number(isDrop)], kind), header, all);
}

/** Facts about a packet that hold none of it; further fields as `Field=value`. */
function metadataEvent(statement: Statement, id: number, kind: Token): ScenarioEvent {
  const line = statement.arguments;
  const header = { level: 4, keyword: BigInt(PktMonKeyword.NblInfo), ...readEventHeader(line) };
  const values = { ...readGroup(line, 'PktNumber'), ...readPlace(line, 1), ...readFieldValues(line) };
  return schemaEvent(statement, knownSchema(pktMonProvider, id, kind), header, values);
}

function layerOf<Protocol extends FrameLayer['protocol']>(
  layers: readonly FrameLayer[],
  protocol: Protocol,
): Extract<FrameLayer, { protocol: Protocol }> | undefined {
  return layers.find((layer): layer is Extract<FrameLayer, { protocol: Protocol }> => layer.protocol === protocol);
}

const etherTypes: Readonly<Record<string, number>> = {
  ipv4: EtherType.IPv4,
  ipv6: EtherType.IPv6,
  arp: EtherType.ARP,
};

function ethernetValues(layers: readonly FrameLayer[]): Values {
  const ethernet = layerOf(layers, 'eth');
  const network = layers.find(({ protocol }) => Object.hasOwn(etherTypes, protocol));
  return {
    DestinationMAC: ethernet?.destination ?? new Uint8Array(6),
    SourceMAC: ethernet?.source ?? new Uint8Array(6),
    EtherType: network ? etherTypes[network.protocol] : 0,
    VlanId: layerOf(layers, 'vlan')?.id ?? 0,
  };
}

/** A frame without IP is told in the shape for IPv4, with zeros. */
function networkValues(layers: readonly FrameLayer[]): { version: 'ipv4' | 'ipv6'; values: Values } {
  const network = layerOf(layers, 'ipv4') ?? layerOf(layers, 'ipv6');
  const transport = layerOf(layers, 'tcp') ?? layerOf(layers, 'udp');
  const icmp = layers.find(({ protocol }) => protocol === 'icmp' || protocol === 'icmpv6');
  const protocols: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };
  const carried = transport ?? icmp;
  return {
    version: network?.protocol ?? 'ipv4',
    values: {
      ...(network && { DestinationIP: addressValue(network.destination), SourceIP: addressValue(network.source) }),
      Protocol: network?.ipProtocol ?? (carried ? protocols[carried.protocol] : 0),
      DestinationPort: transport?.destinationPort ?? 0,
      SourcePort: transport?.sourcePort ?? 0,
    },
  };
}

function addressValue(address: Uint8Array): EncodableValue {
  return address.length === 4 ? address.join('.') : address;
}

/** The flags byte of the TCP header, from the frame's own bytes. */
function tcpFlagsOf(layers: readonly FrameLayer[]): number {
  const inFront = layers.slice(
    0,
    layers.findIndex(({ protocol }) => protocol === 'tcp'),
  );
  return buildFrame(layers)[buildFrame(inFront).length + 13];
}

function packetTypeOf(layers: readonly FrameLayer[]): number {
  const outermost = layers.at(0)?.protocol;
  if (outermost === 'wifi') return 2;
  return outermost === 'ipv4' || outermost === 'ipv6' ? 3 : 1;
}

interface PropertyKind {
  /** PropertyType of PktMon.sys, and the event that carries properties of this shape. */
  readonly type: number;
  readonly id: number;
  readonly field: string;
  readonly value: (token: Token) => EncodableValue;
}

const numberProperty = (type: number): PropertyKind => ({
  type,
  id: PktMonEvent.NumberProperty,
  field: 'Value',
  value: numberOf,
});
const properties: Readonly<Record<string, PropertyKind>> = {
  ifindex: numberProperty(PktMonProperty.IfIndex),
  miniport: numberProperty(PktMonProperty.MiniportIfIndex),
  lower: numberProperty(PktMonProperty.LowerIfIndex),
  guid: { type: PktMonProperty.IfGuid, id: PktMonEvent.GuidProperty, field: 'Value', value: guidOf },
  medium: { type: PktMonProperty.NdisMedium, id: PktMonEvent.MediumProperty, field: 'Value', value: textOf },
  mac: { type: PktMonProperty.PhysAddress, id: PktMonEvent.BinaryProperty, field: 'Value', value: macOf },
  ethertype: { type: PktMonProperty.EtherType, id: PktMonEvent.EtherTypeProperty, field: 'EtherType', value: textOf },
  object: { type: PktMonProperty.NdisObject, id: PktMonEvent.HexProperty, field: 'Value', value: numberOf },
  switch: { type: PktMonProperty.VmSwitchName, id: PktMonEvent.StringProperty, field: 'Value', value: textOf },
  'ext-ifindex': numberProperty(PktMonProperty.VmsExtIfIndex),
  ipv4: { type: PktMonProperty.IpAddress, id: PktMonEvent.Ipv4Property, field: 'IpAddress', value: textOf },
  ipv6: { type: PktMonProperty.IpAddress, id: PktMonEvent.Ipv6Property, field: 'IpAddress', value: ipv6Of },
  'ip-ifindex': numberProperty(PktMonProperty.IpIfIndex),
  vlan: numberProperty(PktMonProperty.Vlan),
  compartment: numberProperty(PktMonProperty.CompartmentId),
};

function textOf(token: Token): string {
  return token.text;
}

/**
 * `component 59 type=9 name=netvsc.sys description="…" mac=… ifindex=…`: event 20, then one event a property. With
 * `registered` or `unregistered` it came or went during the session: event 270 or 280.
 */
export function componentEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const id = numberOf(line.word('a component id'), 0xffff);
  const component = schemaEvent(
    statement,
    knownSchema(pktMonProvider, componentEventId(line), line.place),
    rundownHeader,
    {
      Id: id,
      Type: line.number('type', 0xffff) ?? 0,
      Name: line.text('name') ?? '',
      Description: line.text('description') ?? '',
    },
  );
  const described = line.remaining().map((token) => propertyEvent(statement, id, token));
  return [component, ...described];
}

function componentEventId(line: Arguments): number {
  if (line.flag('registered')) return PktMonEvent.ComponentRegistered;
  return line.flag('unregistered') ? PktMonEvent.ComponentUnregistered : PktMonEvent.ComponentInfo;
}

function propertyEvent(statement: Statement, component: number, token: Token): ScenarioEvent {
  const key = token.key ?? '';
  if (!(key in properties)) {
    throw new ScenarioError(
      `a component has no property "${key}"; it has ${Object.keys(properties).join(', ')}`,
      token,
    );
  }
  const { type, id, field, value } = properties[key];
  const schema = knownSchema(pktMonProvider, id, token);
  return schemaEvent(statement, schema, rundownHeader, { ComponentId: component, Type: type, [field]: value(token) });
}
