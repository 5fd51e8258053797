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
  /** `NetVsc Miniport`, or the number of a type without a name. */
  type: string;
  /** Index of the interface that the component belongs to; 0 when it has none. */
  interfaceIndex: number;
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
      const component = this.componentOf(`${segment.input}/${id}`);
      if (describingIds.includes(kind.id)) {
        component.type = componentTypeMap.entries.get(type) ?? `type ${type}`;
        component.name = textOf(name);
        component.description = textOf(description);
      } else takeProperty(component, type, raws.at(-1));
    }
  }

  find(input: number, id: number): PktMonComponent | undefined {
    return this.components.get(`${input}/${id}`);
  }

  private componentOf(key: string): PktMonComponent {
    const known = this.components.get(key) ?? { ...unknownIdentity(), type: '', interfaceIndex: 0 };
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
  PktMonEvent.Ipv4Property,
  PktMonEvent.Ipv6Property,
  PktMonEvent.BinaryProperty,
];

function isAboutComponents({ family, provider, id }: EventKind): boolean {
  const isOfPktMon = family === 'manifest' && provider === pktMonProvider;
  return isOfPktMon && (describingIds.includes(id) || propertyIds.includes(id));
}

function takeProperty(component: PktMonComponent, property: number, value: DecodedField['raw']): void {
  switch (property) {
    case PktMonProperty.IfIndex:
      if (typeof value === 'number') component.interfaceIndex = value;
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
