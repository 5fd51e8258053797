import type { SchemaElement } from 'hyparquet-writer';
import { filetimeToUnixNanoseconds } from '../../base/filetime.ts';
import { fieldsJson } from '../text/jsonl.ts';
import { keywordText } from '../text/field-text.ts';
import type { EventText, PacketText } from '../text/event-text.ts';

/** A cell of a column; null where the event has nothing to say. */
export type Cell = string | number | bigint | null;

/** One column of the table. */
export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly cell: (event: EventText) => Cell;
}

export type ColumnType = 'text' | 'json' | 'unsigned' | 'long' | 'instant';

/**
 * How each type of cell is declared (parquet-format LogicalTypes.md). Instants are nanoseconds of UTC: FILETIMEs are steps of
 * 100 ns. Unsigned columns hold 32 bits.
 */
const declarations: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  // Declared as text: engines differ in what they make of Parquet's JSON type, and all have functions for JSON in text.
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  unsigned: {
    type: 'INT32',
    converted_type: 'UINT_32',
    logical_type: { type: 'INTEGER', bitWidth: 32, isSigned: false },
  },
  long: { type: 'INT64' },
  instant: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' } },
};

/** The schema of a table: its root, then its columns. */
export function tableSchema(columns: readonly TableColumn[]): SchemaElement[] {
  return [
    { name: 'event', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...declarations[type] })),
  ];
}

const ofPacket =
  (cell: (packet: PacketText) => Cell) =>
  ({ packet }: EventText): Cell =>
    packet && cell(packet);

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

const eventColumns: readonly TableColumn[] = [
  { name: 'message_number', type: 'long', cell: ({ messageNumber }) => BigInt(messageNumber) },
  { name: 'timestamp', type: 'instant', cell: ({ time }) => inRange(filetimeToUnixNanoseconds(time)) },
  { name: 'time_elapsed_100ns', type: 'long', cell: ({ timeElapsed }) => BigInt(timeElapsed) },
  { name: 'source', type: 'text', cell: ({ source }) => orNull(source) },
  { name: 'destination', type: 'text', cell: ({ destination }) => orNull(destination) },
  { name: 'module', type: 'text', cell: ({ module }) => orNull(module) },
  { name: 'summary', type: 'text', cell: ({ summary }) => orNull(summary) },
  { name: 'mark', type: 'text', cell: ({ mark }) => (mark === 'none' ? null : mark) },
  { name: 'provider_guid', type: 'text', cell: ({ provider }) => provider.guid },
  { name: 'provider', type: 'text', cell: ({ provider }) => provider.name },
  { name: 'event_name', type: 'text', cell: ({ name }) => orNull(name) },
  { name: 'event_id', type: 'unsigned', cell: ({ id }) => id },
  { name: 'version', type: 'unsigned', cell: ({ version }) => version },
  { name: 'level', type: 'unsigned', cell: ({ level }) => level },
  { name: 'opcode', type: 'unsigned', cell: ({ opcode }) => opcode },
  { name: 'task', type: 'unsigned', cell: ({ task }) => task },
  { name: 'keyword', type: 'text', cell: ({ keyword }) => keywordText(keyword) },
  { name: 'process', type: 'unsigned', cell: ({ process }) => process },
  { name: 'thread', type: 'unsigned', cell: ({ thread }) => thread },
  { name: 'processor', type: 'unsigned', cell: ({ processor }) => processor },
  { name: 'activity', type: 'text', cell: ({ activity }) => activity },
  { name: 'link_type', type: 'text', cell: ofPacket(({ linkType }) => linkType) },
  { name: 'direction', type: 'text', cell: ofPacket(({ direction }) => direction) },
  { name: 'component', type: 'text', cell: ofPacket(({ component }) => component) },
  { name: 'vlan', type: 'unsigned', cell: ofPacket(({ vlan }) => vlan) },
  { name: 'ip_protocol', type: 'unsigned', cell: ofPacket(({ ipProtocol }) => ipProtocol) },
  { name: 'source_port', type: 'unsigned', cell: ofPacket(({ sourcePort }) => sourcePort) },
  { name: 'destination_port', type: 'unsigned', cell: ofPacket(({ destinationPort }) => destinationPort) },
  { name: 'tcp_flags', type: 'unsigned', cell: ofPacket(({ tcpFlags }) => tcpFlags) },
  { name: 'tcp_sequence', type: 'unsigned', cell: ofPacket(({ sequence }) => sequence) },
  { name: 'tcp_acknowledgment', type: 'unsigned', cell: ofPacket(({ acknowledgment }) => acknowledgment) },
  { name: 'tcp_window', type: 'unsigned', cell: ofPacket(({ window }) => window) },
  { name: 'payload_length', type: 'unsigned', cell: ofPacket(({ payloadLength }) => payloadLength) },
  { name: 'captured_length', type: 'unsigned', cell: ofPacket(({ capturedLength }) => capturedLength) },
  { name: 'original_length', type: 'unsigned', cell: ofPacket(({ originalLength }) => originalLength) },
  { name: 'drop_reason', type: 'unsigned', cell: ofPacket(({ dropReason }) => dropReason) },
  { name: 'drop_text', type: 'text', cell: ofPacket(({ dropText }) => dropText) },
  { name: 'fields', type: 'json', cell: (event) => (event.fields.length === 0 ? null : fieldsJson(event)) },
  { name: 'notes', type: 'text', cell: ({ notes }) => orNull(notes.join(' ')) },
];

/** The columns of a table; a trace's name is one of them where no folder tells it. */
export function tableColumns(trace: string | null): readonly TableColumn[] {
  return trace === null ? eventColumns : [{ name: 'trace', type: 'text', cell: () => trace }, ...eventColumns];
}

/** Nanoseconds of 64 bits reach from 1677 to 2262: clocks of damaged files may be beyond. */
function inRange(nanoseconds: bigint): bigint | null {
  return BigInt.asIntN(64, nanoseconds) === nanoseconds ? nanoseconds : null;
}
