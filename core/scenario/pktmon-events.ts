import { PktMonEvent, PktMonKeyword, PktMonProperty, pktMonProvider } from '../provider/pktmon.ts';
import type { EncodableValue } from '../schema/encode.ts';
import { guidOf, ipv6Of, macOf, numberOf } from './arguments.ts';
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
import { isWord, type Token } from './tokens.ts';

const frameHeader: EventHeader = { level: 4, keyword: BigInt(PktMonKeyword.Payload) };
const rundownHeader: EventHeader = { level: 4, keyword: BigInt(PktMonKeyword.Rundown) };

/** `pktmon frame …` is 160, `pktmon drop …` is 170, `pktmon <id> Field=…` any other event of the provider. */
export function pktMonEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const kind = line.word('"frame", "drop" or an event id');
  if (isWord(kind, 'frame')) return [frameEvent(statement, PktMonEvent.Frame, kind)];
  if (isWord(kind, 'drop')) return [frameEvent(statement, PktMonEvent.DroppedFrame, kind)];
  const schema = knownSchema(pktMonProvider, numberOf(kind, 0xffff), kind);
  const header = { ...rundownHeader, ...readEventHeader(line) };
  return [schemaEvent(statement, schema, header, readFieldValues(line))];
}

function frameEvent(statement: Statement, id: number, kind: Token): ScenarioEvent {
  const line = statement.arguments;
  const whole = buildFrame(statement.layers);
  const logged = whole.subarray(0, line.number('snap', 0xffff) ?? whole.length);
  const values: Record<string, EncodableValue> = {
    PktGroupId: line.bigint('group') ?? 0n,
    PktNumber: line.number('packet', 0xffff) ?? 0,
    AppearanceCount: line.number('appearance', 0xffff) ?? 1,
    DirTag: line.text('direction') ?? 0,
    PacketType: line.number('type', 0xffff) ?? packetTypeOf(statement.layers),
    ComponentId: line.number('component', 0xffff) ?? 0,
    EdgeId: line.number('edge', 0xffff) ?? 0,
    FilterId: line.number('filter', 0xffff) ?? 0,
    DropReason: line.text('reason') ?? 0,
    DropLocation: line.text('location') ?? 0,
    OriginalPayloadSize: line.number('original', 0xffff) ?? whole.length,
    Payload: logged,
  };
  const header = { ...frameHeader, ...readEventHeader(line) };
  line.finish();
  return schemaEvent(statement, knownSchema(pktMonProvider, id, kind), header, values);
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

/** `component 59 type=9 name=netvsc.sys description="…" mac=… ifindex=…`: event 20, then one event a property. */
export function componentEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const id = numberOf(line.word('a component id'), 0xffff);
  const component = schemaEvent(
    statement,
    knownSchema(pktMonProvider, PktMonEvent.ComponentInfo, line.place),
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
