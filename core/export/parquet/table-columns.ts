import type { SchemaElement } from 'hyparquet-writer';
import { unixEpochInFiletime } from '../../base/filetime.ts';
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

export type ColumnType = 'text' | 'integer' | 'long' | 'instant';

/**
 * How each type of cell is declared (parquet-format LogicalTypes.md), by what Spark, Trino and DuckDB all read: signed
 * integers of 32 and 64 bits, and instants of UTC in microseconds; only some of them know nanoseconds.
 */
const declarations: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  integer: { type: 'INT32' },
  long: { type: 'INT64' },
  instant: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
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

function long(number: number | null): bigint | null {
  return number === null ? null : BigInt(number);
}

/** Names of the fields that hold a packet's frame: its bytes belong into a file of packets, not into a table. */
const frameFields: ReadonlySet<string> = new Set(['Fragment', 'Payload']);

function decodedFields({ fields, packet }: EventText): string | null {
  const shown = packet
    ? fields.filter(({ name, raw }) => !(frameFields.has(name) && raw instanceof Uint8Array))
    : fields;
  return shown.length === 0 ? null : fieldsJson(shown);
}

const eventColumns: readonly TableColumn[] = [
  { name: 'message_number', type: 'long', cell: ({ messageNumber }) => BigInt(messageNumber) },
  { name: 'timestamp', type: 'instant', cell: ({ time }) => BigInt.asIntN(64, (time - unixEpochInFiletime) / 10n) },
  // Exact, where an instant has only microseconds: steps of 100 ns since 1601.
  { name: 'filetime', type: 'long', cell: ({ time }) => BigInt.asIntN(64, time) },
  { name: 'time_elapsed_100ns', type: 'long', cell: ({ timeElapsed }) => BigInt(timeElapsed) },
  { name: 'source', type: 'text', cell: ({ source }) => orNull(source) },
  { name: 'destination', type: 'text', cell: ({ destination }) => orNull(destination) },
  { name: 'module', type: 'text', cell: ({ module }) => orNull(module) },
  { name: 'summary', type: 'text', cell: ({ summary }) => orNull(summary) },
  { name: 'mark', type: 'text', cell: ({ mark }) => (mark === 'none' ? null : mark) },
  { name: 'provider_guid', type: 'text', cell: ({ provider }) => provider.guid },
  { name: 'provider', type: 'text', cell: ({ provider }) => provider.name },
  { name: 'event_name', type: 'text', cell: ({ name }) => orNull(name) },
  { name: 'event_id', type: 'integer', cell: ({ id }) => id },
  { name: 'version', type: 'integer', cell: ({ version }) => version },
  { name: 'level', type: 'integer', cell: ({ level }) => level },
  { name: 'opcode', type: 'integer', cell: ({ opcode }) => opcode },
  { name: 'task', type: 'integer', cell: ({ task }) => task },
  { name: 'keyword', type: 'text', cell: ({ keyword }) => keywordText(keyword) },
  { name: 'process', type: 'long', cell: ({ process }) => long(process) },
  { name: 'thread', type: 'long', cell: ({ thread }) => long(thread) },
  { name: 'processor', type: 'integer', cell: ({ processor }) => processor },
  { name: 'activity', type: 'text', cell: ({ activity }) => activity },
  { name: 'link_type', type: 'text', cell: ofPacket(({ linkType }) => linkType) },
  { name: 'direction', type: 'text', cell: ofPacket(({ direction }) => direction) },
  { name: 'component', type: 'text', cell: ofPacket(({ component }) => component) },
  { name: 'vlan', type: 'integer', cell: ofPacket(({ vlan }) => vlan) },
  { name: 'ip_protocol', type: 'integer', cell: ofPacket(({ ipProtocol }) => ipProtocol) },
  { name: 'source_port', type: 'integer', cell: ofPacket(({ sourcePort }) => sourcePort) },
  { name: 'destination_port', type: 'integer', cell: ofPacket(({ destinationPort }) => destinationPort) },
  { name: 'tcp_flags', type: 'integer', cell: ofPacket(({ tcpFlags }) => tcpFlags) },
  { name: 'tcp_sequence', type: 'long', cell: ofPacket(({ sequence }) => long(sequence)) },
  { name: 'tcp_acknowledgment', type: 'long', cell: ofPacket(({ acknowledgment }) => long(acknowledgment)) },
  { name: 'tcp_window', type: 'integer', cell: ofPacket(({ window }) => window) },
  { name: 'payload_length', type: 'long', cell: ofPacket(({ payloadLength }) => long(payloadLength)) },
  { name: 'captured_length', type: 'long', cell: ofPacket(({ capturedLength }) => long(capturedLength)) },
  { name: 'original_length', type: 'long', cell: ofPacket(({ originalLength }) => long(originalLength)) },
  { name: 'drop_reason', type: 'long', cell: ofPacket(({ dropReason }) => long(dropReason)) },
  { name: 'drop_text', type: 'text', cell: ofPacket(({ dropText }) => dropText) },
  { name: 'fields', type: 'text', cell: decodedFields },
  { name: 'notes', type: 'text', cell: ({ notes }) => orNull(notes.join(' ')) },
];

/** The columns of a table; a trace's name is one of them where no folder tells it. */
export function tableColumns(trace: string | null): readonly TableColumn[] {
  return trace === null ? eventColumns : [{ name: 'trace', type: 'text', cell: () => trace }, ...eventColumns];
}
