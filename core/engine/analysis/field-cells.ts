import { noProcess } from '../../etl/record-cursor.ts';
import type { ColumnField, FieldSource } from '../../filter/field-catalogue.ts';
import type { KindProperty } from '../../filter/plan.ts';
import { LinkType } from '../../packet/link-type.ts';
import { moduleBit } from '../../packet/module.ts';
import { keywordOf, type EventKind, type PacketTable, type Segment } from '../../trace/segment.ts';
import { CarriedPacket } from './carried-packet.ts';
import { unread, type CellBook, type CellContent, type SegmentCells } from './cell-book.ts';

/**
 * Cells of fields that are columns of a segment. An event has at most one of the fields. Whole numbers are given as they are,
 * since their texts follow from them.
 */
export function fieldCells(fields: readonly ColumnField[], segment: Segment, book: CellBook): SegmentCells {
  const ofPackets = fields.flatMap((field) =>
    field.source.table === 'packets' ? [packetCell(field, field.source, book)] : [],
  );
  const ofEvents = fields.flatMap((field) => eventCells(field, segment, book));
  const carried = new CarriedPacket();
  return (index) => {
    for (const cell of ofEvents) {
      const content = cell(index);
      if (content !== undefined) return content;
    }
    if (ofPackets.length === 0 || !carried.find(segment, index)) return undefined;
    for (const cell of ofPackets) {
      const content = cell(carried.segment, carried.packet);
      if (content !== undefined) return content;
    }
    return undefined;
  };
}

type PacketCell = (segment: Segment, packet: number) => CellContent;

function packetCell(field: ColumnField, source: FieldSource & { table: 'packets' }, book: CellBook): PacketCell {
  const { column, anyOf, noneOf, covered, mask } = source;
  // The column has the type behind VLAN tags, the field the one in front of them too.
  const elsewhere = (covered | (column === 'etherType' ? moduleBit.VLAN : 0)) >>> 0;
  const valueOf = valueCell(field, source, book);
  return (segment, packet) => {
    const { packets } = segment;
    const modules = packets.modules[packet];
    if ((modules & anyOf) === 0 || (modules & noneOf) !== 0) return undefined;
    if ((modules & elsewhere) !== 0 || packets.linkType[packet] >= LinkType.HeadersOnly) return unread;
    if (mayBeCut(packets, packet, anyOf)) return unread;
    return valueOf(segment, (packets[column][packet] & mask) >>> 0);
  };
}

/** The columns of a header that is cut are 0; so are those of few that are not. */
function mayBeCut(packets: PacketTable, packet: number, module: number): boolean {
  switch (module) {
    case moduleBit.TCP:
      return packets.tcpFlags[packet] === 0;
    case moduleBit.UDP:
      return packets.sourcePort[packet] === 0 && packets.destinationPort[packet] === 0;
    case moduleBit.IPv4:
    case moduleBit.IPv6:
      return packets.sourceAddress[packet] === packets.destinationAddress[packet];
    case moduleBit.VLAN:
      return packets.vlan[packet] === 0;
    default:
      return packets.macPair[packet] === 0 || packets.etherType[packet] === 0;
  }
}

function valueCell(
  { type }: ColumnField,
  { form }: FieldSource & { table: 'packets' },
  book: CellBook,
): (segment: Segment, value: number) => CellContent {
  switch (type) {
    case 'boolean':
      return (_, value) => book.of(String(value !== 0), value !== 0);
    case 'ipv4':
      return (_, value) => book.ipv4(value);
    case 'ipv6':
      return ({ ipv6Addresses }, value) => book.ipv6(ipv6Addresses, value);
    case 'mac':
      return ({ macPairs }, value) => book.mac(macPairs, (value - 1) * 12 + (form === 'sourceMac' ? 6 : 0));
    default:
      return (_, value) => value;
  }
}

function eventCells({ source }: ColumnField, segment: Segment, book: CellBook): ((index: number) => CellContent)[] {
  switch (source.table) {
    case 'packets':
      return [];
    case 'events': {
      const column = segment.events[source.column];
      const { process } = segment.events;
      return [(index) => (process[index] === noProcess ? undefined : column[index])];
    }
    case 'schemas': {
      const contents = segment.schemas.map((kind) => kindCell(kind, source.property, book));
      const { schema } = segment.events;
      return [(index) => contents[schema[index]]];
    }
  }
}

function kindCell(kind: EventKind, property: KindProperty, book: CellBook): CellContent {
  switch (property) {
    case 'provider':
      return book.of(kind.provider, kind.provider);
    case 'keyword': {
      const keyword = keywordOf(kind);
      return book.of(String(keyword), keyword);
    }
    default:
      return kind[property];
  }
}
