import type { PacketComponent } from '../trace/segment.ts';
import { plainNicName } from './nbl-numbers.ts';
import type { FriendlyName } from './sighting-table.ts';
import { Side } from './verdicts.ts';

/** What a component is; the contract's ComponentKind. */
export type PlaceKind =
  | 'physical-nic'
  | 'team'
  | 'switch'
  | 'extension'
  | 'host-vnic'
  | 'vm-nic'
  | 'container-nic'
  | 'filter'
  | 'protocol'
  | 'ip-interface'
  | 'other';

/** A component as a lane of the diagram: several ways of naming it are one lane. */
export interface Lane {
  readonly key: string;
  readonly kind: PlaceKind;
  readonly name: string;
  readonly identifier: string;
  readonly within: string | null;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** What a trace and its name book tell of the things it shows; names in force, empty when nobody gives any. */
export interface Whereabouts {
  interfaceAt(index: number, input: number): InterfaceFacts | undefined;
  /** In the order of the trace. */
  interfaces(): readonly (InterfaceFacts & { readonly index: number; readonly input: number })[];
  interfaceName(index: number, input: number): string;
  nicName(nicName: string): string;
  switchName(switchName: string): string;
  pktMonComponent(input: number, id: number): PktMonFacts | undefined;
}

export interface InterfaceFacts {
  readonly alias: string;
  readonly description: string;
  /** In braces or bare; empty when it is not told. */
  readonly guid: string;
  /** `00-15-5D-00-0A-09`, or empty. */
  readonly mac: string;
}

export interface PktMonFacts {
  readonly name: string;
  readonly description: string;
  /** ComponentType: its word, and its number. */
  readonly type: string;
  readonly typeNumber: number;
  readonly interfaceIndex: number;
  readonly switchName: string;
  readonly mac: string;
}

/** A NIC and the switch that it is connected to, as an event of the switch says. */
export interface Connection {
  readonly nic: FriendlyName;
  readonly switch: FriendlyName;
}

/** ComponentType of pktmon (provider/pktmon.ts names them). */
const kindOfPktMonType: ReadonlyMap<number, PlaceKind> = new Map([
  [2, 'physical-nic'],
  [3, 'filter'],
  [4, 'protocol'],
  [5, 'vm-nic'],
  [6, 'host-vnic'],
  [7, 'switch'],
  [8, 'switch'],
  [9, 'physical-nic'],
  [10, 'protocol'],
  [11, 'ip-interface'],
  [14, 'physical-nic'],
  [15, 'protocol'],
]);

/** Gives every component, NIC and switch of a trace its lane. */
export class Topology {
  private readonly whereabouts: Whereabouts;
  /** By plain NIC name. */
  private readonly switchOfNic = new Map<string, FriendlyName>();
  private readonly friendlyNics = new Map<string, FriendlyName>();
  private readonly friendlySwitches = new Map<string, FriendlyName>();
  /** NIC types as vSwitch frames tell them: External, Internal, Synthetic, Emulated. */
  private readonly nicTypes = new Map<string, string>();
  private readonly lanes = new Map<string, Lane>();

  constructor(
    whereabouts: Whereabouts,
    connections: readonly Connection[],
    switches: readonly FriendlyName[],
    components: readonly PacketComponent[],
  ) {
    this.whereabouts = whereabouts;
    for (const { nic, switch: own } of connections) {
      const plain = plainNicName(nic.name);
      if (!this.switchOfNic.has(plain) && own.name !== '') this.switchOfNic.set(plain, own);
      if (this.friendlyNics.get(plain)?.friendlyName === undefined || nic.friendlyName !== '')
        this.friendlyNics.set(plain, nic);
    }
    for (const own of switches) this.friendlySwitches.set(plainNicName(own.name), own);
    for (const { source, nicName, nicType } of components) {
      if (source === 'vmswitch' && nicType !== '') this.nicTypes.set(plainNicName(nicName), nicType);
    }
  }

  /** Where a captured packet was seen. */
  laneOf(component: PacketComponent, input: number): Lane {
    switch (component.source) {
      case 'ndis':
        return this.laneOfInterface(component.miniportIfIndex, input);
      case 'vmswitch':
        return this.laneOfSwitchPort(component, input);
      case 'pktmon':
        return this.laneOfPktMon(component.id, input);
      case 'ras':
        return this.other(`ras/${component.id}`, `RAS connection${ofName(component.nicName)}`, '');
      case 'capture':
        return this.other(
          `capture/${input}/${component.id}/${component.interface?.name ?? ''}`,
          component.interface?.name ?? '',
          `interface ${component.id}`,
        );
    }
  }

  /** A NIC by the name that the switch gives it. */
  laneOfNic(name: string): Lane {
    const plain = plainNicName(name);
    return this.remember(`nic/${plain}`, () => {
      const friendly = this.friendlyNics.get(plain);
      const own = this.interfaceOfGuid(plain);
      const named = firstOf(this.whereabouts.nicName(name), own?.alias, friendly?.friendlyName, name);
      const owner = this.switchOfNic.get(plain);
      return {
        kind: this.kindOfNic(name, plain, friendly?.friendlyName ?? ''),
        name: named,
        identifier: name,
        within: null,
        facts: facts([
          ['Friendly name in the switch', friendly?.friendlyName ?? ''],
          ['Switch', owner ? this.laneOfSwitch(owner.name).name : ''],
          ['Interface', own ? `${own.alias} (ifIndex ${own.index})` : ''],
          ['Description', own?.description ?? ''],
          ['MAC', own?.mac ?? ''],
        ]),
      };
    });
  }

  laneOfSwitch(name: string): Lane {
    const plain = plainNicName(name);
    return this.remember(`switch/${plain}`, () => {
      const friendly = this.friendlySwitches.get(plain)?.friendlyName ?? '';
      return {
        kind: 'switch',
        name: firstOf(this.whereabouts.switchName(name), friendly, `vSwitch ${name}`),
        identifier: name,
        within: null,
        facts: facts([['Friendly name', friendly]]),
      };
    });
  }

  laneOfInterface(index: number, input: number): Lane {
    const own = this.whereabouts.interfaceAt(index, input);
    const kind = kindOfInterface(own);
    if (kind === 'switch') return this.laneOfSwitchAdapter(own, index, input);
    const nic = own ? this.nicOfInterface(own) : undefined;
    if (nic !== undefined) return this.laneOfNic(nic);
    return this.remember(`interface/${input}/${index}`, () => ({
      kind,
      name: firstOf(this.whereabouts.interfaceName(index, input), own?.alias, `interface ${index}`),
      identifier: own && own.guid !== '' ? own.guid : `ifIndex ${index}`,
      within: null,
      facts: facts([
        ['ifIndex', String(index)],
        ['Description', own?.description ?? ''],
        ['MAC', own?.mac ?? ''],
      ]),
    }));
  }

  /** On which side of a switch a lane is. */
  static sideOf({ kind }: Lane): number {
    switch (kind) {
      case 'physical-nic':
      case 'team':
        return Side.Outside;
      case 'switch':
      case 'extension':
        return Side.Switch;
      case 'host-vnic':
      case 'vm-nic':
      case 'container-nic':
        return Side.Inside;
      default:
        return Side.Unknown;
    }
  }

  private laneOfSwitchPort({ nicName, miniportIfIndex }: PacketComponent, input: number): Lane {
    const own = this.switchOfNic.get(plainNicName(nicName));
    if (own) return this.laneOfSwitch(own.name);
    const adapter = this.whereabouts.interfaceAt(miniportIfIndex, input);
    return this.laneOfSwitchAdapter(adapter, miniportIfIndex, input);
  }

  /** The adapter in the name of a switch: of the switch that it shares its GUID or its name with, if there is one. */
  private laneOfSwitchAdapter(adapter: InterfaceFacts | undefined, index: number, input: number): Lane {
    const guid = adapter ? plainNicName(adapter.guid) : '';
    if (this.friendlySwitches.has(guid)) return this.laneOfSwitch(this.friendlySwitches.get(guid)?.name ?? guid);
    const inName = /\((.+)\)$/.exec(adapter?.alias ?? '')?.[1];
    const named = [...this.friendlySwitches.values()].filter(({ friendlyName }) => friendlyName === inName);
    if (named.length === 1) return this.laneOfSwitch(named[0].name);
    return this.remember(`switch-adapter/${input}/${index}`, () => ({
      kind: 'switch',
      name: firstOf(this.whereabouts.interfaceName(index, input), adapter?.alias, `vSwitch at interface ${index}`),
      identifier: adapter && adapter.guid !== '' ? adapter.guid : `ifIndex ${index}`,
      within: null,
      facts: facts([['ifIndex', String(index)]]),
    }));
  }

  private laneOfPktMon(id: number, input: number): Lane {
    const own = this.whereabouts.pktMonComponent(input, id);
    const kind = kindOfPktMonType.get(own?.typeNumber ?? 0) ?? 'other';
    return this.remember(`component/${input}/${id}`, () => ({
      kind,
      name: own && own.name !== '' ? own.name : `component ${id}`,
      identifier: `component ${id}`,
      within: null,
      facts: facts([
        ['Type', own?.type ?? ''],
        ['Description', own?.description ?? ''],
        ['Interface', own && own.interfaceIndex !== 0 ? this.interfaceText(own.interfaceIndex, input) : ''],
        ['Switch', own?.switchName ?? ''],
        ['MAC', own?.mac ?? ''],
      ]),
    }));
  }

  private interfaceText(index: number, input: number): string {
    const name = this.whereabouts.interfaceName(index, input);
    return name === '' ? `ifIndex ${index}` : `${name} (ifIndex ${index})`;
  }

  private other(key: string, name: string, identifier: string): Lane {
    return this.remember(key, () => ({
      kind: 'other',
      name: firstOf(name, identifier),
      identifier,
      within: null,
      facts: [],
    }));
  }

  private kindOfNic(name: string, plain: string, friendlyName: string): PlaceKind {
    const own = this.interfaceOfGuid(plain);
    if (own) return kindOfInterface(own);
    if (/^[\\/]device[\\/]/i.test(name) || this.nicTypes.get(plain) === 'External') return 'physical-nic';
    if (/^container nic/i.test(friendlyName) || /^[0-9a-f]{12,}$/i.test(friendlyName)) return 'container-nic';
    const type = this.nicTypes.get(plain);
    if (type === 'Synthetic' || type === 'Emulated' || plain.includes('--')) return 'vm-nic';
    return 'host-vnic';
  }

  /** The name of the NIC in a switch that an interface is: by GUID, or by what stands in brackets of its alias. */
  private nicOfInterface({ guid, alias }: InterfaceFacts): string | undefined {
    const byGuid = this.friendlyNics.get(plainNicName(guid))?.name;
    if (byGuid !== undefined) return byGuid;
    const inName = /^vEthernet \((.+)\)$/.exec(alias)?.[1];
    if (inName === undefined) return undefined;
    const named = [...this.friendlyNics.values()].filter(
      ({ friendlyName }) => friendlyName === inName || friendlyName.endsWith(` ${inName}`),
    );
    return named.length === 1 ? named[0].name : undefined;
  }

  private interfaceOfGuid(plain: string): (InterfaceFacts & { index: number }) | undefined {
    return this.whereabouts.interfaces().find(({ guid }) => guid !== '' && plainNicName(guid) === plain);
  }

  private remember(key: string, make: () => Omit<Lane, 'key'>): Lane {
    const lane = this.lanes.get(key) ?? { key, ...make() };
    this.lanes.set(key, lane);
    return lane;
  }
}

/** By the descriptions that Windows gives its own adapters. */
function kindOfInterface(own: Pick<InterfaceFacts, 'description' | 'alias'> | undefined): PlaceKind {
  const description = own?.description ?? '';
  if (/virtual switch extension adapter/i.test(description)) return 'switch';
  if (/multiplexor/i.test(description)) return 'team';
  if (/virtual ethernet container adapter/i.test(description)) return 'container-nic';
  if (/virtual ethernet adapter/i.test(description) || own?.alias.startsWith('vEthernet (') === true)
    return 'host-vnic';
  return 'physical-nic';
}

function facts(entries: readonly (readonly [label: string, value: string])[]): Lane['facts'] {
  return entries.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}

function ofName(name: string): string {
  return name === '' ? '' : ` of ${name}`;
}

/** The first text that says something. */
function firstOf(...texts: (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}
