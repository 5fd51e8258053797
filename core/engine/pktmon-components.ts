import { componentTypeMap, PktMonEvent, PktMonProperty, pktMonProvider } from '../provider/pktmon.ts';
import type { DecodedField } from '../schema/decode.ts';
import type { EventReader } from '../trace/event-reader.ts';
import type { EventKind } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { decodedEvents } from './decoded-events.ts';
import type { EventDecoder } from './event-decoder.ts';
import { macOf, textOf, unknownIdentity, type Identity } from './network-identity.ts';

/** A place in Windows' network stack, as pktmon describes it. */
export interface PktMonComponent extends Identity {
  /** `NetVsc Miniport`, or the number of a type without a name; `typeNumber` is ComponentType's, 0 when it was not told. */
  type: string;
  typeNumber: number;
  /** Index of the interface that the component belongs to; 0 when it has none. So are the other indexes. */
  interfaceIndex: number;
  miniportIndex: number;
  lowerIndex: number;
  lowestIndex: number;
  /** Of a vSwitch's NIC: the interface index of the switch's external side. */
  switchExternalIndex: number;
  /** Of a component of the IP layer. */
  ipInterfaceIndex: number;
  /** GUID of the interface, in braces; empty when it has none. */
  interfaceGuid: string;
  /** Name of the vSwitch that it belongs to. */
  switchName: string;
  /** -1 when it was not told. */
  compartment: number;
  vlan: number;
}

function unknownComponent(): PktMonComponent {
  return {
    ...unknownIdentity(),
    ...{ type: '', typeNumber: 0, interfaceGuid: '', switchName: '', compartment: -1, vlan: -1 },
    ...{
      interfaceIndex: 0,
      miniportIndex: 0,
      lowerIndex: 0,
      lowestIndex: 0,
      switchExternalIndex: 0,
      ipInterfaceIndex: 0,
    },
  };
}

/** The components of a trace. Every machine numbers its own, so a component goes by the input it was met in. */
export class PktMonComponents {
  private readonly components = new Map<string, PktMonComponent>();

  /** Reads the events that describe components: in most traces they stand at the end. */
  constructor({ segments }: TraceColumns, reader: EventReader, decoder: EventDecoder) {
    for (const { segment, kind, fields } of decodedEvents(segments, reader, decoder, isAboutComponents)) {
      const raws = fields.map((field) => field.raw);
      const [id, type, name, description] = raws;
      if (typeof id !== 'number' || typeof type !== 'number') continue;
      const component = this.componentOf(segment.input, id);
      if (describingIds.includes(kind.id)) {
        component.typeNumber = type;
        component.type = componentTypeMap.entries.get(type) ?? `type ${type}`;
        component.name = textOf(name);
        component.description = textOf(description);
      } else takeProperty(component, type, raws.at(-1));
    }
  }

  find(input: number, id: number): PktMonComponent | undefined {
    return this.components.get(`${input}/${id}`);
  }

  /** All of them, in the order in which they were told. */
  all(): { input: number; id: number; component: PktMonComponent }[] {
    return [...this.components].map(([key, component]) => {
      const [input, id] = key.split('/').map(Number);
      return { input, id, component };
    });
  }

  private componentOf(input: number, id: number): PktMonComponent {
    const key = `${input}/${id}`;
    const known = this.components.get(key) ?? unknownComponent();
    this.components.set(key, known);
    return known;
  }
}

const describingIds: readonly number[] = [
  PktMonEvent.ComponentInfo,
  PktMonEvent.ComponentRegistered,
  PktMonEvent.ComponentUnregistered,
];
const propertyIds: readonly number[] = [
  PktMonEvent.NumberProperty,
  PktMonEvent.GuidProperty,
  PktMonEvent.StringProperty,
  PktMonEvent.Ipv4Property,
  PktMonEvent.Ipv6Property,
  PktMonEvent.BinaryProperty,
];

function isAboutComponents({ family, provider, id }: EventKind): boolean {
  const isOfPktMon = family === 'manifest' && provider === pktMonProvider;
  return isOfPktMon && (describingIds.includes(id) || propertyIds.includes(id));
}

type NumberName =
  | 'interfaceIndex'
  | 'miniportIndex'
  | 'lowerIndex'
  | 'lowestIndex'
  | 'switchExternalIndex'
  | 'ipInterfaceIndex'
  | 'compartment'
  | 'vlan';

const numberProperties: ReadonlyMap<number, NumberName> = new Map([
  [PktMonProperty.IfIndex, 'interfaceIndex'],
  [PktMonProperty.MiniportIfIndex, 'miniportIndex'],
  [PktMonProperty.LowerIfIndex, 'lowerIndex'],
  [PktMonProperty.LowestIfIndex, 'lowestIndex'],
  [PktMonProperty.VmsExtIfIndex, 'switchExternalIndex'],
  [PktMonProperty.IpIfIndex, 'ipInterfaceIndex'],
  [PktMonProperty.CompartmentId, 'compartment'],
  [PktMonProperty.Vlan, 'vlan'],
]);

function takeProperty(component: PktMonComponent, property: number, value: DecodedField['raw']): void {
  const name = numberProperties.get(property);
  if (name !== undefined && typeof value === 'number') component[name] = value;
  switch (property) {
    case PktMonProperty.IfGuid:
      component.interfaceGuid = textOf(value);
      return;
    case PktMonProperty.VmSwitchName:
      component.switchName = textOf(value);
      return;
    case PktMonProperty.PhysAddress:
      component.mac = macOf(value);
      return;
    case PktMonProperty.IpAddress:
      takeAddress(component, value);
      return;
    default:
  }
}

/** The address is told when pktmon starts and again when it stops. */
function takeAddress({ ipv4, ipv6 }: PktMonComponent, value: DecodedField['raw']): void {
  const bytes = typeof value === 'number' ? ipv4Bytes(value) : value;
  if (!(bytes instanceof Uint8Array) || (bytes.length !== 4 && bytes.length !== 16)) return;
  const known = bytes.length === 4 ? ipv4 : ipv6;
  if (!known.some((other) => String(other) === String(bytes))) known.push(bytes.slice());
}

/** Decoded fields have the first octet highest. */
function ipv4Bytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

const known = new WeakMap<TraceColumns, PktMonComponents>();

/** The components of a state of a trace, read when they are first asked for. */
export function pktMonComponents(columns: TraceColumns, reader: EventReader, decoder: EventDecoder): PktMonComponents {
  const components = known.get(columns) ?? new PktMonComponents(columns, reader, decoder);
  known.set(columns, components);
  return components;
}
