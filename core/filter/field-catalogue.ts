import { aliasesOf, leadsTo, pathNames } from './field-reference.ts';
import type { PathStep } from './language/ast.ts';
import { coveredBit, moduleBit, type CarrierModule } from '../packet/module.ts';
import type { EventColumn, KindProperty, PacketColumn, PacketForm } from './plan.ts';
import { etwModule } from './vocabulary.ts';

/** What values a field has, and so which literals it can be compared with. */
export type FieldType = 'integer' | 'boolean' | 'ipv4' | 'ipv6' | 'mac' | 'guid';

/** A field that is a column of every segment, or part of one. */
export interface ColumnField {
  readonly module: string;
  /**
   * Full paths from the module down, the module left out: `Segment`, `Flags`, `SYN`. A field has more than one when it
   * has an alias. Names of messages are Message Analyzer's, so that `TCP:Segment:Flags:SYN` works.
   */
  readonly paths: readonly (readonly string[])[];
  readonly type: FieldType;
  /** Highest value that the field can have. */
  readonly highest: bigint;
  readonly source: FieldSource;
}

export type FieldSource =
  | {
      readonly table: 'packets';
      readonly column: PacketColumn;
      readonly form: PacketForm;
      /** Bits of the column that are the field. */
      readonly mask: number;
      /** The field is there when the packet has one of the module bits `anyOf` and none of `noneOf`. */
      readonly anyOf: number;
      readonly noneOf: number;
      /** With one of these bits the column holds the value of a packet inside, and only decoding tells the field's own. */
      readonly covered: number;
    }
  | { readonly table: 'events'; readonly column: EventColumn }
  | { readonly table: 'schemas'; readonly property: KindProperty };

const coveredBits: Readonly<Partial<Record<CarrierModule, number>>> = coveredBit;

const messageNames: Readonly<Record<string, string>> = {
  Ethernet: 'Frame',
  WiFi: 'Frame',
  VLAN: 'Frame',
  IPv4: 'Datagram',
  IPv6: 'Datagram',
  TCP: 'Segment',
  UDP: 'Datagram',
};

/** The level between a packet module and its fields, `Segment` of TCP: Message Analyzer's where it has one. */
export function messageName(module: string): string {
  return messageNames[module] ?? 'Message';
}

const bits = (count: number): bigint => (1n << BigInt(count)) - 1n;
const everyBit = 0xffff_ffff;

interface PacketFieldShape {
  readonly names: readonly (readonly string[])[];
  readonly type: FieldType;
  readonly width: number;
  readonly column: PacketColumn;
  readonly form?: PacketForm;
  readonly mask?: number;
  readonly noneOf?: number;
}

function packetField(module: CarrierModule, shape: PacketFieldShape): ColumnField {
  return {
    module,
    paths: shape.names.map((names) => [messageName(module), ...names]),
    type: shape.type,
    highest: bits(shape.width),
    source: {
      table: 'packets',
      column: shape.column,
      form: shape.form ?? 'number',
      mask: shape.mask ?? everyBit,
      anyOf: moduleBit[module],
      noneOf: shape.noneOf ?? 0,
      covered: coveredBits[module] ?? 0,
    },
  };
}

function integer(module: CarrierModule, name: string, width: number, column: PacketColumn): ColumnField {
  return packetField(module, { names: [[name]], type: 'integer', width, column });
}

function ports(module: 'TCP' | 'UDP'): ColumnField[] {
  const shape = { type: 'integer', width: 16 } as const;
  return [
    packetField(module, { ...shape, names: withAliases(module, 'SourcePort'), column: 'sourcePort' }),
    packetField(module, { ...shape, names: withAliases(module, 'DestinationPort'), column: 'destinationPort' }),
  ];
}

function withAliases(module: CarrierModule, name: string): string[][] {
  return [name, ...aliasesOf(module, name)].map((each) => [each]);
}

function ipAddresses(module: 'IPv4' | 'IPv6'): ColumnField[] {
  const shape =
    module === 'IPv4'
      ? ({ type: 'ipv4', width: 32, form: 'number' } as const)
      : ({ type: 'ipv6', width: 128, form: 'ipv6Index' } as const);
  return [
    packetField(module, { ...shape, names: withAliases(module, 'SourceAddress'), column: 'sourceAddress' }),
    packetField(module, { ...shape, names: withAliases(module, 'DestinationAddress'), column: 'destinationAddress' }),
  ];
}

function macAddresses(): ColumnField[] {
  const shape = { type: 'mac', width: 48, column: 'macPair' } as const;
  return [
    packetField('Ethernet', { ...shape, names: withAliases('Ethernet', 'SourceAddress'), form: 'sourceMac' }),
    packetField('Ethernet', { ...shape, names: withAliases('Ethernet', 'DestinationAddress'), form: 'destinationMac' }),
  ];
}

/** Lowest bit first, as in the TCP header (RFC 9293, RFC 3168). */
const tcpFlags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'].map((name, position) =>
  packetField('TCP', {
    names: [['Flags', name]],
    type: 'boolean',
    width: 1,
    column: 'tcpFlags',
    mask: 1 << position,
  }),
);

const headerPath = ['EtwProviderMsg', 'EventRecord', 'Header'];

function eventField(name: string, column: EventColumn): ColumnField {
  return {
    module: etwModule,
    // The shorter one is the global property that `Etw::ProcessId` names.
    paths: [
      [...headerPath, name],
      ['EtwProviderMsg', name],
    ],
    type: 'integer',
    highest: bits(32),
    source: { table: 'events', column },
  };
}

function kindField(path: readonly string[], property: KindProperty, type: FieldType, width: number): ColumnField {
  return {
    module: etwModule,
    paths: [[...headerPath, ...path]],
    type,
    highest: bits(width),
    source: { table: 'schemas', property },
  };
}

/** Every field that a filter can test without decoding an event. */
export const columnFields: readonly ColumnField[] = [
  ...macAddresses(),
  // The column holds the type behind all VLAN tags. 802.3 frames have a length where others have a type.
  packetField('Ethernet', {
    names: [['Type']],
    type: 'integer',
    width: 16,
    column: 'etherType',
    noneOf: moduleBit.LLC,
  }),
  integer('VLAN', 'VlanId', 12, 'vlan'),
  ...ipAddresses('IPv4'),
  integer('IPv4', 'Protocol', 8, 'ipProtocol'),
  ...ipAddresses('IPv6'),
  ...ports('TCP'),
  integer('TCP', 'SequenceNumber', 32, 'sequence'),
  integer('TCP', 'AcknowledgmentNumber', 32, 'acknowledgement'),
  integer('TCP', 'Flags', 8, 'tcpFlags'),
  ...tcpFlags,
  integer('TCP', 'Window', 16, 'window'),
  integer('TCP', 'PayloadLength', 32, 'payloadLength'),
  ...ports('UDP'),
  eventField('ProcessId', 'process'),
  eventField('ThreadId', 'thread'),
  kindField(['ProviderId'], 'provider', 'guid', 128),
  kindField(['Descriptor', 'Id'], 'id', 'integer', 16),
  kindField(['Descriptor', 'Version'], 'version', 'integer', 8),
  kindField(['Descriptor', 'Channel'], 'channel', 'integer', 8),
  kindField(['Descriptor', 'Level'], 'level', 'integer', 8),
  kindField(['Descriptor', 'Opcode'], 'opcode', 'integer', 8),
  kindField(['Descriptor', 'Task'], 'task', 'integer', 16),
  kindField(['Descriptor', 'Keywords'], 'keyword', 'integer', 64),
];

/** Fields of the record around every event that only reading it again tells, from the module down. */
export const recordFields: readonly (readonly string[])[] = [
  [...headerPath, 'ActivityId'],
  [...headerPath, 'Flags'],
  ['EtwProviderMsg', 'RelatedActivityId'],
  ['EtwProviderMsg', 'Processor'],
];

/** Fields of TCP that are there only when its connection has been followed. */
export const connectionFields: readonly string[] = [
  'WindowScaled',
  'RelativeSequenceNumber',
  'RelativeAcknowledgmentNumber',
  'Conversation',
  'InitialRtt',
];

/** The fields of a module that the steps behind the module's name lead to; several when they name an alias. */
export function fieldsOf(module: string, steps: readonly PathStep[]): readonly ColumnField[] {
  const wanted = pathNames(steps);
  return columnFields.filter(
    (field) => sameName(field.module, module) && field.paths.some((path) => leadsTo(lowerCased(path), wanted)),
  );
}

/** The fields, of any module and at any depth, that a path behind `*` leads to. */
export function fieldsAnywhere(steps: readonly PathStep[]): readonly ColumnField[] {
  const wanted = pathNames(steps);
  return columnFields.filter((field) =>
    field.paths.some((path) => leadsTo(lowerCased([field.module, ...path]), wanted)),
  );
}

/** The short names of a module's fields, in alphabetical order: `Flags.SYN`, `Port`. All modules' when it is null. */
export function fieldNames(module: string | null): string[] {
  const fields = module === null ? columnFields : columnFields.filter((field) => sameName(field.module, module));
  return [...new Set(fields.flatMap((field) => field.paths.map((path) => shortName(field, path))))].sort();
}

/** `TCP.Flags.SYN` for messages to people. */
export function fieldName(field: ColumnField): string {
  return `${field.module}.${shortName(field, field.paths[0])}`;
}

/** Without the levels that a filter usually leaves out. */
function shortName(field: ColumnField, path: readonly string[]): string {
  return (field.module === etwModule ? path.slice(-1) : path.slice(1)).join('.');
}

function lowerCased(path: readonly string[]): string[] {
  return path.map((name) => name.toLowerCase());
}

/** Names of modules are the same in any case. */
export function sameName(first: string, second: string): boolean {
  return first.toLowerCase() === second.toLowerCase();
}
