import { ipv4At, ipv6At, macAt } from '../../base/address.ts';
import { nameKey } from '../../names/name-key.ts';
import type { BookSource, ShownThing } from '../../names/name-source.ts';
import type { NameKey } from '../../names/named-thing.ts';
import { vmSwitchFacts } from '../../provider/vmswitch-frame.ts';
import { NblStep, nblStepOf } from '../../provider/vmswitch-nbl.ts';
import { vmSwitchProvider } from '../../provider/vmswitch.ts';
import type { DecodedField } from '../../schema/decode.ts';
import type { EventReader, EventRecord } from '../../trace/event-reader.ts';
import type { EventKind, PacketComponent, Segment } from '../../trace/segment.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import type { EventDecoder } from '../event-decoder.ts';
import { macOf, textOf } from '../network-identity.ts';
import { pktMonComponents, type PktMonComponent, type PktMonComponents } from '../pktmon-components.ts';
import { readInterfaceRows, type InterfaceRow } from './interface-rows.ts';
import { MachineNumbers } from './machine-numbers.ts';
import { namesSwitchThings, type SegmentNames } from './segment-names.ts';
import { machineOf, macKeys, ShownThings, switchNicKeys, switchObjectKeys } from './shown-things.ts';

/** What a trace itself knows of who is who. */
export interface TraceFacts {
  readonly shown: readonly ShownThing[];
  /** The trace as a source of names. */
  readonly source: BookSource;
  readonly interfaces: readonly InterfaceRow[];
  readonly components: PktMonComponents;
  readonly interfaceNumbers: MachineNumbers;
  readonly componentNumbers: MachineNumbers;
}

export const traceSourceId = 'trace';

/** Reads it from the trace's events. `gathered`: the events that workers found to name things at a vSwitch. */
export function traceFacts(
  columns: TraceColumns,
  reader: EventReader,
  decoder: EventDecoder,
  gathered: (segment: Segment) => SegmentNames,
): TraceFacts {
  const interfaces = readInterfaceRows(columns.segments, reader, decoder);
  const components = pktMonComponents(columns, reader, decoder);
  const told = components.all();
  const interfaceNumbers = new MachineNumbers(interfaces.map(({ input }) => input));
  const componentNumbers = new MachineNumbers(told.map(({ input }) => input));
  const things = new ShownThings();
  const taking = new FactTaking(things, interfaceNumbers, componentNumbers);
  for (const row of interfaces) taking.takeInterface(row);
  for (const { input, id, component } of told) taking.takeComponent(input, id, component);
  let leftOut = 0;
  for (const segment of columns.segments) {
    taking.takePlaces(segment);
    const names = gathered(segment);
    leftOut += names.leftOut;
    names.events.forEach((event, place) => {
      const kind = segment.schemas[segment.events.schema[event]];
      const record = namesSwitchThings(kind) ? reader.read(segment, event) : undefined;
      if (!record) return;
      if (kind.provider === vmSwitchProvider) {
        const fields = decoder.decode(kind, record)?.fields ?? [];
        taking.takeSwitchEvent(kind, fields, names.counts[place]);
      } else taking.takeSwitchFrame(segment, record, names.counts[place]);
    });
  }
  const named = things.named();
  const source: BookSource = {
    ...{ id: traceSourceId, kind: 'trace', title: 'this trace', addedAt: 0, things: named },
    contents: contentsOf(interfaces.length, told.length, named.length),
    notes: notesOf(leftOut, things.leftOut),
  };
  return { shown: things.shown(), source, interfaces, components, interfaceNumbers, componentNumbers };
}

function contentsOf(interfaces: number, components: number, names: number): string[] {
  return [
    ...(interfaces > 0 ? [`${interfaces} interfaces`] : []),
    ...(components > 0 ? [`${components} pktmon components`] : []),
    `${names} names`,
  ];
}

function notesOf(events: number, things: number): string[] {
  return [
    ...(events > 0 ? [`${events} vSwitch events were not searched for names: the trace has too many of them.`] : []),
    ...(things > 0 ? [`${things} further names were left out: the trace has too many.`] : []),
  ];
}

/** ComponentTypes that are network adapters, or one end of them; others only stand in an adapter's stack. */
const adapterTypes: readonly number[] = [1, 2, 5, 6, 9, 14];
class FactTaking {
  private readonly things: ShownThings;
  private readonly interfaces: MachineNumbers;
  private readonly components: MachineNumbers;

  constructor(things: ShownThings, interfaces: MachineNumbers, components: MachineNumbers) {
    this.things = things;
    this.interfaces = interfaces;
    this.components = components;
  }

  takeInterface({ input, index, alias, description, guid, mac }: InterfaceRow): void {
    this.seeInterface(index, input, {
      keys: [...guidKeys(guid, 'InterfaceGuid'), ...macKeys(mac, 'PhysicalAddress')],
      name: alias === '' ? description : alias,
      seenIn: 'interfaces of the trace',
      facts: [fact('Description', description), fact('GUID', guid), fact('MAC', macText(mac))],
    });
  }

  takeComponent(input: number, id: number, component: PktMonComponent): void {
    const { name, description, type, typeNumber, interfaceIndex, interfaceGuid, switchName, mac } = component;
    const addresses = [
      ...component.ipv4.map((each) => ipv4At(each, 0)),
      ...component.ipv6.map((each) => ipv6At(each, 0)),
    ];
    const isAdapter = adapterTypes.includes(typeNumber);
    const adapterKeys = [
      ...this.interfaces.key('ifindex', interfaceIndex, input, 'IfIndex'),
      ...guidKeys(interfaceGuid, 'IfGuid'),
      ...macKeys(mac, 'PhysAddress'),
      ...addresses.map((address) => nameKey('ip', address, 'IpAddress')).filter((key) => key !== undefined),
    ];
    this.things.see({
      ...{ kind: 'pktmon-component', text: `component ${id}`, name, seenIn: 'pktmon components', uses: 0 },
      keys: [...this.components.key('component', id, input, 'ComponentId'), ...(isAdapter ? adapterKeys : [])],
      facts: [
        fact('Type', type),
        fact('Description', description),
        fact('ifIndex', interfaceIndex === 0 ? '' : String(interfaceIndex)),
        fact('GUID', interfaceGuid),
        fact('MAC', macText(mac)),
        fact('Switch', switchName),
        ...addresses.map((address) => fact('IP address', address)),
      ],
    });
  }

  /** Places where packets were captured. */
  takePlaces({ input, components, packets }: Segment): void {
    if (components.length === 0) return;
    const uses = new Uint32Array(components.length);
    for (let packet = 0; packet < packets.length; packet++) uses[packets.component[packet]]++;
    components.forEach((component, number) => {
      this.takePlace(component, input, uses[number]);
    });
  }

  private takePlace({ source, id, miniportIfIndex, lowerIfIndex }: PacketComponent, input: number, uses: number): void {
    switch (source) {
      case 'ndis':
        this.seeInterface(miniportIfIndex, input, { seenIn: 'NDIS frames', uses });
        if (lowerIfIndex !== miniportIfIndex) this.seeInterface(lowerIfIndex, input, { seenIn: 'NDIS frames', uses });
        return;
      case 'vmswitch':
        this.seeInterface(miniportIfIndex, input, { seenIn: 'vSwitch frames', uses });
        return;
      case 'pktmon':
        this.things.see({
          ...{ kind: 'pktmon-component', text: `component ${id}`, seenIn: 'pktmon frames', uses },
          keys: this.components.key('component', id, input, 'ComponentId'),
        });
        return;
      default:
    }
  }

  /** An event of the vSwitch itself: NICs, ports and switches stand in fields of these names, friendly ones beside them. */
  takeSwitchEvent({ id }: EventKind, fields: readonly DecodedField[], uses: number): void {
    const texts = new Map(fields.map(({ name, raw }) => [name, textOf(raw)]));
    const seenIn = placeOfEvent(id);
    const machine = texts.get('VMName') ?? '';
    const switchText = firstGiven(texts.get('SwitchFName'), texts.get('SwitchFriendlyName'), texts.get('SwitchName'));
    const port = firstGiven(texts.get('PortFName'), texts.get('PortName'));
    const mac = macOf(fields.find(({ name }) => name === 'MacAddress')?.raw);
    const nics = [...texts.keys()].filter((name) => nicField.test(name));
    for (const [field, text] of texts) {
      if (text === '' || !field.endsWith('Name')) continue;
      const name = firstGiven(
        texts.get(field.replace(nameField, 'FName')),
        texts.get(field.replace(nameField, 'FriendlyName')),
      );
      const sight = { text, name, seenIn, uses };
      if (nicField.test(field)) {
        const isOnly = nics.length === 1;
        this.seeNic(text, {
          ...sight,
          keys: isOnly ? macKeys(mac, 'MacAddress') : [],
          facts: [
            fact('Switch', switchText),
            ...(isOnly ? [fact('VM', machine), fact('Port', port), fact('MAC', macText(mac))] : []),
          ],
        });
      } else if (switchField.test(field)) {
        this.things.see({ kind: 'switch', ...sight, ...ownName(text, name), keys: switchObjectKeys(text, field) });
      } else if (portField.test(field)) {
        const facts = [fact('Switch', switchText)];
        this.things.see({ kind: 'port', ...sight, ...ownName(text, name), keys: switchObjectKeys(text, field), facts });
      }
    }
    const machineKeys = guidKeys(texts.get('VMId') ?? '', 'VMId');
    if (machineKeys.length > 0) {
      this.things.see({ kind: 'vm', text: machineKeys[0].value, name: machine, keys: machineKeys, seenIn, uses });
    }
  }

  /** A frame that a vSwitch passed on (NDIS-PacketCapture 1003): where it came from, and where it goes to. */
  takeSwitchFrame({ pointerSize }: Segment, { view, userData, end }: EventRecord, uses: number): void {
    const facts = vmSwitchFacts(view, userData, end, pointerSize);
    for (const { portId, portName, nicName, nicType } of facts ? [facts.source, ...facts.destinations] : []) {
      const seenIn = 'vSwitch frames';
      if (nicName !== '') {
        this.seeNic(nicName, { seenIn, uses, facts: [fact('NIC type', nicType), fact('Port number', String(portId))] });
      }
      if (portName === '') continue;
      this.things.see({
        ...{ kind: 'port', text: portName, seenIn, uses, ...ownName(portName, '') },
        keys: switchObjectKeys(portName, 'PortName'),
        facts: [fact('Port number', String(portId)), fact('NIC', nicName)],
      });
    }
  }

  private seeNic(
    text: string,
    sight: { name?: string; seenIn: string; uses: number; keys?: NameKey[]; facts?: ShownThing['facts'] },
  ): void {
    const keys = [...switchNicKeys(text, 'NicName'), ...(sight.keys ?? [])];
    this.things.see({ kind: 'nic', text, ...sight, ...ownName(text, sight.name ?? ''), keys });
    const machine = machineOf(text);
    if (!machine) return;
    const { seenIn, uses } = sight;
    this.things.see({ kind: 'vm', text: machine.value, keys: [machine], seenIn, uses });
  }

  private seeInterface(
    index: number,
    input: number,
    sight: { keys?: NameKey[]; name?: string; seenIn: string; uses?: number; facts?: ShownThing['facts'] },
  ): void {
    const [key] = this.interfaces.key('ifindex', index, input, 'ifIndex');
    if (!(key as NameKey | undefined)) return;
    const { keys = [], uses = 0 } = sight;
    const text = `ifIndex ${index}`;
    this.things.see({ kind: 'interface', text, ...sight, uses, keys: [key, ...keys] });
  }
}

function placeOfEvent(id: number): string {
  const step = nblStepOf(id);
  if (step === undefined) return 'VmSwitch events';
  return step === NblStep.Dropped ? 'VmSwitch drops' : 'VmSwitch NBL events';
}

/** `SrcNicName`, `PtNicName`, `MemberAdapterName`; `Port1Name`; `SwitchName`. */
const nameField = /Name$/;
const nicField = /(?:Nic|MemberAdapter)Name$/;
const switchField = /^SwitchName$/;
const portField = /^Port\d?Name$/;

/** What holds no GUID is its own name. */
function ownName(text: string, name: string): { name: string } {
  const isReadable = switchNicKeys(text, '').some(({ kind, value }) => kind === 'nic' && !value.includes('--'));
  return { name: name === '' && isReadable ? text : name };
}

function guidKeys(guid: string, label: string): NameKey[] {
  const key = nameKey('guid', guid, label);
  return key ? [key] : [];
}

function fact(label: string, value: string): { label: string; value: string } {
  return { label, value };
}

function macText(mac: Uint8Array): string {
  return mac.length === 6 ? macAt(mac, 0) : '';
}

function firstGiven(...texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}
