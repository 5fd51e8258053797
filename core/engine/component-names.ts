import { componentKey, type InterfaceDescription } from '../export/packets/interfaces.ts';
import { SystemConfigExOpcode, systemConfigExClass } from '../provider/event-metadata.ts';
import { PktMonEvent, pktMonProvider, PktMonProperty } from '../provider/pktmon.ts';
import type { DecodedField } from '../schema/decode.ts';
import type { EventKind, PacketComponent, Segment } from '../trace/segment.ts';
import type { TraceSession } from './trace-session.ts';

/** What a trace tells of one network interface or pktmon component; what it does not tell is empty. */
interface Identity {
  name: string;
  description: string;
  mac: Uint8Array;
  readonly ipv4: Uint8Array[];
  readonly ipv6: Uint8Array[];
  /** Interface index of a pktmon component; 0 when it has none. */
  interfaceIndex: number;
}

/** Identities by number. */
type Identities = Map<number, Identity>;

/** Names for every place where a packet of the trace was seen, and what else is known of it. */
export function componentNames(session: TraceSession, segments: readonly Segment[]): InterfaceDescription[] {
  const components = new Map(
    segments.flatMap((segment) => segment.components).map((component) => [componentKey(component), component]),
  );
  if (components.size === 0) return [];
  const interfaces = readInterfaces(session, segments);
  const pktMon = readPktMonComponents(session, segments);
  return [...components].map(([key, component]) => ({ key, ...describe(component, interfaces, pktMon) }));
}

type Description = Omit<InterfaceDescription, 'key'>;

function describe(component: PacketComponent, interfaces: Identities, pktMon: Identities): Description {
  switch (component.source) {
    case 'pktmon':
      return describePktMon(component.id, interfaces, pktMon);
    case 'vmswitch':
      return describeSwitchPort(component, interfaces);
    case 'ndis':
      return describeLayer(component, interfaces);
  }
}

function describePktMon(id: number, interfaces: Identities, pktMon: Identities): Description {
  const own = pktMon.get(id) ?? unknownIdentity();
  const below = interfaces.get(own.interfaceIndex);
  const mac = own.mac.length > 0 ? own.mac : (below?.mac ?? own.mac);
  return { ...own, name: `pktmon ${id}${own.name === '' ? '' : ` ${own.name}`}`, mac };
}

function describeSwitchPort(component: PacketComponent, interfaces: Identities): Description {
  const { id, miniportIfIndex, lowerIfIndex, nicType, nicName, portName } = component;
  const { name, mac } = interfaces.get(miniportIfIndex) ?? unknownIdentity();
  const parts = [nicType, portName, name, `miniport ${miniportIfIndex}, lower ${lowerIfIndex}`];
  return {
    name: `vSwitch port ${id}${nicName === '' ? '' : ` ${nicName}`}`,
    description: joined(parts),
    mac,
    ipv4: [],
    ipv6: [],
  };
}

function describeLayer({ miniportIfIndex, lowerIfIndex }: PacketComponent, interfaces: Identities): Description {
  const miniport = interfaces.get(miniportIfIndex) ?? unknownIdentity();
  const { mac, ipv4, ipv6 } = miniport;
  const miniportName = named(`interface ${miniportIfIndex}`, miniport.name);
  if (miniportIfIndex === lowerIfIndex) {
    const description = joined([miniport.description, `Miniport with interface index ${miniportIfIndex}`]);
    return { name: miniportName, description, mac, ipv4, ipv6 };
  }
  const layer = interfaces.get(lowerIfIndex) ?? unknownIdentity();
  const layerText = `Filter layer with interface index ${lowerIfIndex} over miniport ${miniportIfIndex}`;
  return {
    name: `${miniportName} above ${named(String(lowerIfIndex), layer.name)}`,
    description: joined([layer.description, layerText]),
    mac,
    ipv4,
    ipv6,
  };
}

/** `interface 9 Ethernet`: the number is what events say, the name what a person knows. */
function named(number: string, name: string): string {
  return name === '' ? number : `${number} ${name}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function unknownIdentity(): Identity {
  return { name: '', description: '', mac: new Uint8Array(0), ipv4: [], ipv6: [], interfaceIndex: 0 };
}

function identityOf(identities: Identities, number: number): Identity {
  const known = identities.get(number) ?? unknownIdentity();
  identities.set(number, known);
  return known;
}

/** By interface index, as a merge wrote them down. */
function readInterfaces(session: TraceSession, segments: readonly Segment[]): Identities {
  const identities: Identities = new Map();
  const isInterface = ({ family, provider, opcode }: EventKind): boolean =>
    family === 'classic' && provider === systemConfigExClass && opcode === SystemConfigExOpcode.NetworkInterface;
  for (const { fields } of decodedEvents(session, segments, isInterface)) {
    const field = (name: string): DecodedField['raw'] => fields.find((candidate) => candidate.name === name)?.raw;
    const index = field('InterfaceIndex');
    if (typeof index !== 'number') continue;
    const identity = identityOf(identities, index);
    identity.name = textOf(field('Alias'));
    identity.description = textOf(field('Description'));
    identity.mac = macOf(field('PhysicalAddress'));
  }
  return identities;
}

const pktMonRundown: ReadonlySet<number> = new Set([
  PktMonEvent.ComponentInfo,
  PktMonEvent.NumberProperty,
  PktMonEvent.Ipv4Property,
  PktMonEvent.Ipv6Property,
  PktMonEvent.BinaryProperty,
]);

/** By component id, as pktmon writes them down when it starts and stops. */
function readPktMonComponents(session: TraceSession, segments: readonly Segment[]): Identities {
  const identities: Identities = new Map();
  const isRundown = ({ provider, id }: EventKind): boolean => provider === pktMonProvider && pktMonRundown.has(id);
  for (const { kind, fields } of decodedEvents(session, segments, isRundown)) {
    const raws = fields.map((field) => field.raw);
    const [id] = raws;
    if (typeof id !== 'number') continue;
    const identity = identityOf(identities, id);
    if (kind.id === PktMonEvent.ComponentInfo) {
      identity.name = textOf(raws[2]);
      identity.description = textOf(raws[3]);
    } else takeProperty(identity, Number(raws[1]), raws.at(-1));
  }
  return identities;
}

function takeProperty(identity: Identity, property: number, value: DecodedField['raw']): void {
  switch (property) {
    case PktMonProperty.IfIndex:
      if (typeof value === 'number') identity.interfaceIndex = value;
      return;
    case PktMonProperty.PhysAddress:
      identity.mac = macOf(value);
      return;
    case PktMonProperty.IpAddress:
      takeAddress(identity, value);
      return;
    default:
  }
}

/** The address is told when pktmon starts and again when it stops. */
function takeAddress(identity: Identity, value: DecodedField['raw']): void {
  const bytes = typeof value === 'number' ? ipv4Bytes(value) : value;
  if (!(bytes instanceof Uint8Array)) return;
  const known = bytes.length === 4 ? identity.ipv4 : identity.ipv6;
  if (bytes.length !== 4 && bytes.length !== 16) return;
  if (!known.some((other) => String(other) === String(bytes))) known.push(bytes.slice());
}

/** Decoded fields have the first octet highest. */
function ipv4Bytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

function* decodedEvents(
  session: TraceSession,
  segments: readonly Segment[],
  isWanted: (kind: EventKind) => boolean,
): Generator<{ kind: EventKind; fields: readonly DecodedField[] }> {
  for (const segment of segments) {
    const wanted = segment.schemas.map(isWanted);
    if (!wanted.includes(true)) continue;
    for (let event = 0; event < segment.events.length; event++) {
      const number = segment.events.schema[event];
      if (!wanted[number]) continue;
      const kind = segment.schemas[number];
      const record = session.reader.read(segment, event);
      const decoded = record && session.schemas.decoder.decode(kind, record);
      if (decoded) yield { kind, fields: decoded.fields };
    }
  }
}

function textOf(value: DecodedField['raw']): string {
  return typeof value === 'string' ? value : '';
}

/** Six bytes, or none: tunnels have fewer, and other media more. */
function macOf(value: DecodedField['raw']): Uint8Array {
  const isMac = value instanceof Uint8Array && value.length >= 6 && value.some((byte) => byte !== 0);
  return isMac ? value.slice(0, 6) : new Uint8Array(0);
}
