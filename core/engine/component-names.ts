import { parseMac } from '../base/address.ts';
import { fileName } from '../base/file-name.ts';
import type { InterfaceDescription } from '../export/packets/interfaces.ts';
import { componentKey, type PacketComponent } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { traceNames, type TraceNames } from './names/trace-names.ts';
import { unknownIdentity } from './network-identity.ts';
import type { TraceSession } from './trace-session.ts';

type Description = Omit<InterfaceDescription, 'key'>;

/** How the places of capture of a trace are called. */
export interface ComponentNames {
  readonly descriptions: readonly InterfaceDescription[];
  /** By componentKey. */
  readonly names: ReadonlyMap<string, string>;
  /** By componentKey: all that people may call it for short, without the number that its name begins with. */
  readonly shortNames: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<TraceNames, ComponentNames>();

/** Names for every place where a packet of the trace was seen, and what else is known of it, as the name book has them now. */
export function componentNames(session: TraceSession, columns: TraceColumns): ComponentNames {
  const names = traceNames(session, columns);
  let components = known.get(names);
  if (!components) {
    const places = placesOf(columns);
    const descriptions = [...places].map(([key, { input, component }]) => ({
      key,
      ...describe(component, names, input, fileName(session.inputs[input].path)),
    }));
    components = {
      descriptions,
      names: new Map(descriptions.map(({ key, name }) => [key, name])),
      shortNames: new Map([...places].map(([key, place]) => [key, shortNames(place, names)])),
    };
    known.set(names, components);
  }
  return components;
}

interface Place {
  readonly input: number;
  readonly component: PacketComponent;
}

function placesOf({ segments }: TraceColumns): Map<string, Place> {
  const places = segments.flatMap(({ input, components }) => components.map((component) => ({ input, component })));
  return new Map(places.map((place) => [componentKey(place.component), place]));
}

function describe(component: PacketComponent, names: TraceNames, input: number, file: string): Description {
  switch (component.source) {
    case 'pktmon':
      return describePktMon(component.id, names, input);
    case 'vmswitch':
      return describeSwitchPort(component, names, input);
    case 'ras':
      return {
        ...unknownIdentity(),
        name: `RAS connection${component.nicName === '' ? '' : ` of ${component.nicName}`}`,
        description: component.portName === '' ? '' : `Routing domain ${component.portName}`,
      };
    case 'capture':
      return describeCapture(component, file);
    case 'ndis':
      return describeLayer(component, names, input);
  }
}

function describePktMon(id: number, names: TraceNames, input: number): Description {
  const component = names.pktMonComponent(input, id);
  const { description, mac, ipv4, ipv6 } = component ?? unknownIdentity();
  const below = names.interfaceAt(component?.interfaceIndex ?? 0, input);
  return {
    name: named(`pktmon ${id}`, names.plainComponent(input, id)),
    description,
    mac: mac.length > 0 ? mac : (below?.mac ?? mac),
    ipv4,
    ipv6,
  };
}

function describeSwitchPort(component: PacketComponent, names: TraceNames, input: number): Description {
  const { id, miniportIfIndex, lowerIfIndex, nicType, nicName, portName } = component;
  const nic = names.nic(nicName)?.name ?? nicName;
  const port = names.port(portName)?.name ?? portName;
  const parts = [
    nicType,
    port,
    names.plainInterface(miniportIfIndex, input),
    `miniport ${miniportIfIndex}, lower ${lowerIfIndex}`,
    nic === nicName ? '' : nicName,
  ];
  const mac = names.interfaceAt(miniportIfIndex, input)?.mac ?? new Uint8Array(0);
  return { ...unknownIdentity(), name: named(`vSwitch port ${id}`, nic), description: joined(parts), mac };
}

function describeLayer(
  { miniportIfIndex, lowerIfIndex }: PacketComponent,
  names: TraceNames,
  input: number,
): Description {
  const miniport = names.interfaceAt(miniportIfIndex, input);
  const identity = { ...unknownIdentity(), mac: macOfInterface(miniportIfIndex, names, input) };
  const miniportName = named(`interface ${miniportIfIndex}`, names.plainInterface(miniportIfIndex, input));
  if (miniportIfIndex === lowerIfIndex) {
    const parts = [miniport?.description ?? '', `Miniport with interface index ${miniportIfIndex}`];
    return { ...identity, name: miniportName, description: joined(parts) };
  }
  const layerText = `Filter layer with interface index ${lowerIfIndex} over miniport ${miniportIfIndex}`;
  const layerName = names.plainInterface(lowerIfIndex, input);
  return {
    ...identity,
    name: `${miniportName} above ${named(String(lowerIfIndex), layerName)}`,
    description: joined([names.interfaceAt(lowerIfIndex, input)?.description ?? '', layerText]),
  };
}

/** As the trace tells it, else as an import does. */
function macOfInterface(index: number, names: TraceNames, input: number): Uint8Array {
  const told = names.interfaceAt(index, input)?.mac;
  if (told && told.length > 0) return told;
  const facts = names.book.keysOf(names.interfaceKeys(index, input), 'interface');
  return parseMac(facts.find(({ kind }) => kind === 'mac')?.value ?? '') ?? new Uint8Array(0);
}

/** Without the number: the names of its NIC or interface, and those of its switch port. */
function shortNames({ input, component }: Place, names: TraceNames): string[] {
  const { source, id, miniportIfIndex, lowerIfIndex, nicName, portName } = component;
  switch (source) {
    case 'pktmon':
      return names.book.allNames(names.componentKeys(id, input), 'pktmon-component');
    case 'vmswitch':
      return [nicName, portName, ...names.allOfNic(nicName), ...names.allOfPort(portName)];
    case 'ndis': {
      const ofMiniport = names.book.allNames(names.interfaceKeys(miniportIfIndex, input), 'interface');
      if (miniportIfIndex === lowerIfIndex) return ofMiniport;
      const layer = named(String(lowerIfIndex), names.plainInterface(lowerIfIndex, input));
      return ofMiniport.map((name) => `${name} above ${layer}`);
    }
    default:
      return [nicName, portName];
  }
}

/** `interface 9 Ethernet`: the number is what events say, the name what a person knows. */
function named(number: string, name: string): string {
  return name === '' ? number : `${number} ${name}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
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
