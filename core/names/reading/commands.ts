/** What the objects of each command are: how they are told, what they are called, and by which keys. */
import { nameKey } from '../name-key.ts';
import type { NameKey, NamedThing } from '../named-thing.ts';
import { fetchCommands } from '../fetch-commands.ts';
import type { FieldValue, OutputRecord } from './output.ts';
import {
  addressKeys,
  commonFacts,
  fieldOf,
  guidKeys,
  indexKeys,
  interfaceGuidKeys,
  macKeys,
  neighbours,
  nicKeys,
  textOf,
} from './record-keys.ts';
import { isName, namedThing, type RawThing } from './thing.ts';

export interface CommandReader {
  /** `Get-NetAdapter`. */
  readonly command: string;
  readonly noun: string;
  /** Part of the .NET or CIM type that CLIXML and `#TYPE` name. */
  readonly typeNames: RegExp;
  /** Whether columns (field keys) are this command's and no other's. */
  matches(columns: ReadonlySet<string>, records: readonly OutputRecord[]): boolean;
  /** The object of a row, without a name when the row tells none; first of all that the row tells. */
  thing(record: OutputRecord): RawThing;
  /** Further things a row tells. */
  others?(record: OutputRecord): NamedThing[];
  /** By which keys traces know these objects best: their kind, and the column that has them. */
  readonly best: { readonly kinds: readonly NameKey['kind'][]; readonly column: string };
  /** What gives all keys. */
  readonly fetch: string;
}

function hasAny(columns: ReadonlySet<string>, ...names: readonly string[]): boolean {
  return names.some((name) => columns.has(name));
}

function hasAll(columns: ReadonlySet<string>, ...names: readonly string[]): boolean {
  return names.every((name) => columns.has(name));
}

function named(field: FieldValue | undefined): { name: string; isCut: boolean } {
  return { name: field?.text ?? '', isCut: field?.isCut ?? false };
}

const netAdapter: CommandReader = {
  command: 'Get-NetAdapter',
  noun: 'adapter',
  typeNames: /MSFT_NetAdapter\b/i,
  matches: (columns) =>
    !hasAny(columns, 'ipaddress', 'ipv4address') &&
    (columns.has('interfaceguid') ||
      (hasAny(columns, 'interfacedescription', 'ifdesc') &&
        hasAny(columns, 'ifindex', 'interfaceindex', 'macaddress', 'linkspeed', 'permanentaddress'))),
  thing: (record) => ({
    kind: 'interface',
    ...named(fieldOf(record, 'ifalias', 'interfacealias', 'name')),
    keys: [...interfaceGuidKeys(record), ...indexKeys(record), ...macKeys(record)],
    facts: [
      { label: 'Description', value: textOf(record, 'interfacedescription', 'ifdesc') },
      { label: 'Status', value: textOf(record, 'status') },
      ...commonFacts(record),
    ],
  }),
  best: { kinds: ['guid'], column: 'InterfaceGuid' },
  fetch: fetchCommands['Get-NetAdapter'],
};

const vmNetworkAdapter: CommandReader = {
  command: 'Get-VMNetworkAdapter',
  noun: 'virtual adapter',
  typeNames: /\.VM(?:Internal)?NetworkAdapter\b/i,
  matches: (columns) =>
    hasAny(columns, 'ismanagementos', 'vmcheckpointid', 'adapterid') ||
    (columns.has('vmname') && hasAny(columns, 'macaddress', 'switchname', 'switchid', 'ipaddresses')) ||
    hasAll(columns, 'switchname', 'macaddress'),
  thing: (record) => {
    const machine = fieldOf(record, 'vmname');
    return {
      kind: 'nic',
      ...nicName(fieldOf(record, 'name'), machine, isTrue(textOf(record, 'ismanagementos'))),
      keys: [...nicKeys(record), ...macKeys(record), ...addressKeys(record)],
      facts: [
        { label: 'VM', value: machine?.text ?? '' },
        { label: 'Switch', value: textOf(record, 'switchname') },
        ...commonFacts(record),
      ],
    };
  },
  others: neighbours,
  best: { kinds: ['nic', 'guid'], column: 'Id' },
  fetch: fetchCommands['Get-VMNetworkAdapter'],
};

/** `web01: Network Adapter`, for every VM has a Network Adapter; `Management (host)`. */
function nicName(
  adapter: FieldValue | undefined,
  machine: FieldValue | undefined,
  isOfHost: boolean,
): { name: string; isCut: boolean } {
  const { name, isCut } = named(adapter);
  if (name === '') return { name, isCut };
  if (machine) return { name: `${machine.text}: ${name}`, isCut: isCut || machine.isCut };
  return { name: isOfHost ? `${name} (host)` : name, isCut };
}

function isTrue(text: string): boolean {
  return /^(?:true|1|-1)$/i.test(text);
}

const switchTypes: Readonly<Record<string, string>> = { '0': 'Private', '1': 'Internal', '2': 'External' };

const vmSwitch: CommandReader = {
  command: 'Get-VMSwitch',
  noun: 'switch',
  typeNames: /\.VMSwitch\b/i,
  matches: (columns) =>
    hasAny(columns, 'switchtype', 'allowmanagementos', 'embeddedteamingenabled', 'netadapterinterfacedescriptions') ||
    hasAll(columns, 'name', 'netadapterinterfacedescription'),
  thing: (record) => ({
    kind: 'switch',
    ...named(fieldOf(record, 'name', 'switchname')),
    keys: guidKeys(record, 'id', 'switchid'),
    facts: [
      { label: 'Type', value: switchTypes[textOf(record, 'switchtype')] ?? textOf(record, 'switchtype') },
      {
        label: 'Adapter',
        value: textOf(record, 'netadapterinterfacedescriptions', 'netadapterinterfacedescription'),
      },
      ...commonFacts(record),
    ],
  }),
  best: { kinds: ['guid'], column: 'Id' },
  fetch: fetchCommands['Get-VMSwitch'],
};

const virtualMachine: CommandReader = {
  command: 'Get-VM',
  noun: 'VM',
  typeNames: /\.VirtualMachine\b/i,
  matches: (columns) =>
    hasAny(columns, 'cpuusage', 'memoryassigned', 'memoryassignedm', 'processorcount', 'automaticstartaction') ||
    (columns.has('vmid') && hasAny(columns, 'vmname', 'name') && !hasAny(columns, 'macaddress', 'ipaddresses')),
  thing: (record) => ({
    kind: 'vm',
    ...named(fieldOf(record, 'vmname', 'name')),
    keys: guidKeys(record, 'vmid', 'id'),
    facts: [{ label: 'State', value: stateOf(textOf(record, 'state')) }, ...commonFacts(record)],
  }),
  others: (record) =>
    (record.get('networkadapters')?.records ?? []).flatMap((adapter) =>
      thingsOf(vmNetworkAdapter, vmNetworkAdapter.thing(adapter), adapter),
    ),
  best: { kinds: ['guid'], column: 'Id' },
  fetch: fetchCommands['Get-VM'],
};

/** JSON writes states as numbers, which say nothing to a person. */
function stateOf(text: string): string {
  return /^\d+$/.test(text) ? '' : text;
}

const hnsEndpoint: CommandReader = {
  command: 'Get-HnsEndpoint',
  noun: 'endpoint',
  typeNames: /HnsEndpoint\b/i,
  matches: (columns) =>
    hasAny(columns, 'virtualnetwork', 'virtualnetworkname', 'sharedcontainers', 'hostcomputenetwork'),
  thing: (record) => ({
    kind: 'nic',
    ...endpointName(record),
    keys: [...guidKeys(record, 'id'), ...macKeys(record), ...addressKeys(record), ...nestedAddresses(record)],
    facts: [
      { label: 'Network', value: textOf(record, 'virtualnetworkname') },
      { label: 'Containers', value: (fieldOf(record, 'sharedcontainers')?.texts ?? []).join(', ') },
      ...commonFacts(record),
    ],
  }),
  others: neighbours,
  best: { kinds: ['guid'], column: 'ID' },
  fetch: fetchCommands['Get-HnsEndpoint'],
};

/** Many endpoints have no name; the switch calls them `Container NIC` and the first digits of their id, and so do we. */
function endpointName(record: OutputRecord): { name: string; isCut: boolean } {
  const given = fieldOf(record, 'name');
  if (given && isName(given.text)) return named(given);
  const id = guidKeys(record, 'id').at(0);
  return { name: id ? `Container NIC ${id.value.slice(0, 8).toLowerCase()}` : '', isCut: false };
}

/** The host compute network service nests them: `IpConfigurations: [{ IpAddress, PrefixLength }]`. */
function nestedAddresses(record: OutputRecord): NameKey[] {
  return (record.get('ipconfigurations')?.records ?? []).flatMap(addressKeys);
}

const hnsNetwork: CommandReader = {
  command: 'Get-HnsNetwork',
  noun: 'network',
  typeNames: /HnsNetwork\b/i,
  matches: (columns) =>
    hasAny(columns, 'subnets', 'managementip', 'natname', 'currentendpointcount', 'macpools', 'ipams'),
  thing: (record) => ({
    kind: 'network',
    ...named(fieldOf(record, 'name')),
    keys: guidKeys(record, 'id'),
    facts: [
      { label: 'Type', value: textOf(record, 'type') },
      { label: 'Management address', value: textOf(record, 'managementip') },
      { label: 'Adapter', value: textOf(record, 'networkadaptername') },
      ...commonFacts(record),
    ],
  }),
  others: neighbours,
  best: { kinds: ['guid'], column: 'ID' },
  fetch: fetchCommands['Get-HnsNetwork'],
};

const componentColumns = ['id', 'macaddress', 'driver', 'name', 'type', 'edges', 'group', 'properties'];

const pktmonList: CommandReader = {
  command: 'pktmon list',
  noun: 'component',
  typeNames: /^$/,
  matches: (columns, records) =>
    hasAll(columns, 'id', 'name') &&
    hasAny(columns, 'macaddress', 'driver', 'properties') &&
    (columns.has('properties') || [...columns].every((column) => componentColumns.includes(column))) &&
    records.some((record) => nameKey('component', textOf(record, 'id'), '') !== undefined),
  thing: (record) => {
    const properties = propertiesOf(record);
    return {
      kind: 'pktmon-component',
      ...named(fieldOf(record, 'name')),
      keys: [
        nameKey('component', textOf(record, 'id'), record.get('id')?.label ?? 'Id'),
        ...[record, properties].flatMap((told) => [
          ...indexKeys(told),
          ...macKeys(told),
          ...keysOfPhysicalAddress(told),
          ...guidKeys(told, 'ifguid', 'interfaceguid'),
          ...addressKeys(told),
        ]),
      ],
      facts: [
        { label: 'Group', value: textOf(record, 'group') },
        { label: 'Type', value: textOf(record, 'type') },
        { label: 'Driver', value: textOf(record, 'driver') },
        { label: 'Switch', value: textOf(properties, 'vmswitchname') },
      ],
    };
  },
  best: { kinds: ['component'], column: 'Id' },
  fetch: fetchCommands['pktmon list'],
};

function keysOfPhysicalAddress(record: OutputRecord): NameKey[] {
  const field = record.get('physaddress');
  return (field?.texts ?? []).map((text) => nameKey('mac', text, 'PhysAddress')).filter((key) => key !== undefined);
}

/** `Properties: [{ Name: "ifIndex", Value: 8 }]` as one record. */
function propertiesOf(record: OutputRecord): OutputRecord {
  const found = new Map<string, FieldValue>();
  for (const property of record.get('properties')?.records ?? []) {
    const value = fieldOf(property, 'value');
    const label = textOf(property, 'name');
    if (value !== undefined && label !== '')
      found.set(label.toLowerCase().replaceAll(/[\s-]/g, ''), { ...value, label });
  }
  return found;
}

const commandReaders: readonly CommandReader[] = [
  pktmonList,
  hnsEndpoint,
  hnsNetwork,
  vmNetworkAdapter,
  vmSwitch,
  virtualMachine,
  netAdapter,
];

/** Names that come first where several columns could be one. */
const nameFields = [
  ...['ifalias', 'interfacealias', 'netconnectionid', 'name', 'friendlyname', 'displayname', 'vmname', 'switchname'],
  ...['elementname', 'interfacedescription', 'description'],
];

/** Any table or list with a name beside a key. */
function anyCommand(command: string): CommandReader {
  return {
    command,
    noun: 'name',
    typeNames: /^$/,
    matches: () => true,
    thing: (record) => {
      const keys = [
        ...interfaceGuidKeys(record),
        ...guidKeys(record, 'id', 'adapterid', 'endpointid'),
        ...indexKeys(record),
        ...macKeys(record),
        ...addressKeys(record),
      ];
      const name = nameFields.map((field) => fieldOf(record, field)).find((field) => field && isName(field.text));
      const description = textOf(record, 'interfacedescription', 'description');
      return {
        kind: kindBy(keys),
        ...named(keys.length === 0 ? undefined : name),
        keys,
        facts: [{ label: 'Description', value: description === name?.text ? '' : description }, ...commonFacts(record)],
      };
    },
    others: neighbours,
    best: { kinds: ['guid', 'nic', 'ifindex', 'mac', 'ip', 'component'], column: 'a GUID, MAC address or ifIndex' },
    fetch: fetchCommands['Get-NetAdapter'],
  };
}

function kindBy(keys: readonly NameKey[]): NamedThing['kind'] {
  const kinds = new Set(keys.map(({ kind }) => kind));
  if (
    kinds.has('ifindex') ||
    keys.some(({ label }) => /^(?:InterfaceGuid|DeviceId|DeviceName|GUID|SettingID)$/i.test(label))
  )
    return 'interface';
  if (kinds.has('guid') || kinds.has('nic')) return 'nic';
  return kinds.has('mac') ? 'mac' : 'ip-address';
}

/** Who reads an output: by the type it names, by its columns, by the command that was typed; anyone, in the end. */
export function readerOf(
  typeName: string,
  columns: ReadonlySet<string>,
  records: readonly OutputRecord[],
  typed: string,
): CommandReader {
  return (
    commandReaders.find(({ typeNames }) => typeName !== '' && typeNames.test(typeName)) ??
    commandReaders.find((reader) => reader.matches(columns, records)) ??
    commandReaders.find(({ command }) => command.toLowerCase() === typed.toLowerCase()) ??
    anyCommand(typed)
  );
}

/** The things of a row, whose own is `row`: that first, when it has a name. */
export function thingsOf(reader: CommandReader, row: RawThing, record: OutputRecord): NamedThing[] {
  return [...(isName(row.name) ? [namedThing(row)] : []), ...(reader.others?.(record) ?? [])];
}
