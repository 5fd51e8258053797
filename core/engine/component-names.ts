import { fileName } from '../base/file-name.ts';
import type { InterfaceDescription } from '../export/packets/interfaces.ts';
import { SystemConfigExOpcode, systemConfigExClass } from '../provider/event-metadata.ts';
import type { DecodedField } from '../schema/decode.ts';
import { componentKey, type EventKind, type PacketComponent } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { decodedEvents } from './decoded-events.ts';
import { macOf, textOf, unknownIdentity, type Identity } from './network-identity.ts';
import { pktMonComponents, type PktMonComponent } from './pktmon-components.ts';
import type { TraceSession } from './trace-session.ts';

/** By interface index. */
type Interfaces = ReadonlyMap<number, Identity>;
type Description = Omit<InterfaceDescription, 'key'>;

/** How the places of capture of a trace are called. */
export interface ComponentNames {
  readonly descriptions: readonly InterfaceDescription[];
  /** By componentKey. */
  readonly names: ReadonlyMap<string, string>;
}

const known = new WeakMap<TraceColumns, ComponentNames>();

/**
 * Names for every place where a packet of the trace was seen, and what else is known of it: read from the trace's events
 * when they are first asked for, once for each state of it.
 */
export function componentNames(session: TraceSession, columns: TraceColumns): ComponentNames {
  let components = known.get(columns);
  if (!components) {
    const descriptions = describeComponents(session, columns);
    components = { descriptions, names: new Map(descriptions.map(({ key, name }) => [key, name])) };
    known.set(columns, components);
  }
  return components;
}

function describeComponents({ inputs, reader, schemas }: TraceSession, columns: TraceColumns): InterfaceDescription[] {
  const { segments } = columns;
  const places = segments.flatMap(({ input, components }) => components.map((component) => ({ input, component })));
  if (places.length === 0) return [];
  const interfaces = readInterfaces(decodedEvents(segments, reader, schemas.decoder, isInterface));
  const byKey = new Map(places.map((place) => [componentKey(place.component), place]));
  const hasPktMon = places.some(({ component }) => component.source === 'pktmon');
  const pktMon = hasPktMon ? pktMonComponents(columns, reader, schemas.decoder) : undefined;
  return [...byKey].map(([key, { input, component }]) => ({
    key,
    ...describe(component, interfaces, fileName(inputs[input].path), pktMon?.find(input, component.id)),
  }));
}

function describe(
  component: PacketComponent,
  interfaces: Interfaces,
  file: string,
  pktMon: PktMonComponent | undefined,
): Description {
  switch (component.source) {
    case 'pktmon':
      return describePktMon(component.id, interfaces, pktMon);
    case 'vmswitch':
      return describeSwitchPort(component, interfaces);
    case 'ras':
      return {
        ...unknownIdentity(),
        name: `RAS connection${component.nicName === '' ? '' : ` of ${component.nicName}`}`,
        description: component.portName === '' ? '' : `Routing domain ${component.portName}`,
      };
    case 'capture':
      return describeCapture(component, file);
    case 'ndis':
      return describeLayer(component, interfaces);
  }
}

function describePktMon(id: number, interfaces: Interfaces, component: PktMonComponent | undefined): Description {
  const { name, description, mac, ipv4, ipv6 } = component ?? unknownIdentity();
  const below = interfaces.get(component?.interfaceIndex ?? 0);
  return {
    name: named(`pktmon ${id}`, name),
    description,
    mac: mac.length > 0 ? mac : (below?.mac ?? mac),
    ipv4,
    ipv6,
  };
}

function describeSwitchPort(component: PacketComponent, interfaces: Interfaces): Description {
  const { id, miniportIfIndex, lowerIfIndex, nicType, nicName, portName } = component;
  const { name, mac } = interfaces.get(miniportIfIndex) ?? unknownIdentity();
  const parts = [nicType, portName, name, `miniport ${miniportIfIndex}, lower ${lowerIfIndex}`];
  return { ...unknownIdentity(), name: named(`vSwitch port ${id}`, nicName), description: joined(parts), mac };
}

function describeLayer({ miniportIfIndex, lowerIfIndex }: PacketComponent, interfaces: Interfaces): Description {
  const miniport = interfaces.get(miniportIfIndex) ?? unknownIdentity();
  const miniportName = named(`interface ${miniportIfIndex}`, miniport.name);
  if (miniportIfIndex === lowerIfIndex) {
    const description = joined([miniport.description, `Miniport with interface index ${miniportIfIndex}`]);
    return { ...miniport, name: miniportName, description };
  }
  const layer = interfaces.get(lowerIfIndex) ?? unknownIdentity();
  const layerText = `Filter layer with interface index ${lowerIfIndex} over miniport ${miniportIfIndex}`;
  return {
    ...miniport,
    name: `${miniportName} above ${named(String(lowerIfIndex), layer.name)}`,
    description: joined([layer.description, layerText]),
  };
}

/** `interface 9 Ethernet`: the number is what events say, the name what a person knows. */
function named(number: string, name: string): string {
  return name === '' ? number : `${number} ${name}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function isInterface({ family, provider, opcode }: EventKind): boolean {
  return family === 'classic' && provider === systemConfigExClass && opcode === SystemConfigExOpcode.NetworkInterface;
}

/** By interface index, as a merge wrote them down. */
function readInterfaces(events: Iterable<{ fields: readonly DecodedField[] }>): Interfaces {
  const interfaces = new Map<number, Identity>();
  for (const { fields } of events) {
    const field = (name: string): DecodedField['raw'] | undefined =>
      fields.find((candidate) => candidate.name === name)?.raw;
    const index = field('InterfaceIndex');
    if (typeof index !== 'number') continue;
    interfaces.set(index, {
      ...unknownIdentity(),
      name: textOf(field('Alias')),
      description: textOf(field('Description')),
      mac: macOf(field('PhysicalAddress')),
    });
  }
  return interfaces;
}

/** As the file names it, so that names survive being written again; else by the file, for it is all that is known. */
function describeCapture({ id, interface: named }: PacketComponent, file: string): Description {
  const name = named?.name ?? '';
  return {
    ...unknownIdentity(),
    name: name === '' ? `${file}${id === 0 ? '' : ` interface ${id}`}` : name,
    description: named?.description ?? '',
  };
}
