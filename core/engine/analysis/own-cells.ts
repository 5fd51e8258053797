import { WordInterner } from '../../base/word-interner.ts';
import { filetimeToIso, unixEpochInFiletime } from '../../base/filetime.ts';
import { reportsDrop } from '../../diagnosis/choice.ts';
import type { Message } from '../../filter/message.ts';
import { LinkType } from '../../packet/link-type.ts';
import { holdsIpv6, nestedBit } from '../../packet/module.ts';
import { dropReasonText } from '../../provider/pktmon-drop-text.ts';
import { vmSwitchProvider } from '../../provider/vmswitch.ts';
import { nblStepOf } from '../../provider/vmswitch-nbl.ts';
import { isInFragments, originalLength, packetBegunBy, packetCarriedBy, sightingOf } from '../../trace/packet-bytes.ts';
import { componentKey, PacketTrait, type EventKind, type Segment } from '../../trace/segment.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import { splitUnixTime, UnixClock } from '../../trace/unix-clock.ts';
import type { TextSource } from '../event-text.ts';
import { elapsedAt, eventPlace, pktMonPlaceOf, readEvent } from '../row-builder.ts';
import { CarriedPacket } from './carried-packet.ts';
import { unread, type Cell, type CellBook, type CellContent, type SegmentCells } from './cell-book.ts';
import { conversationProtocol, holdsAddresses, hasPorts, ipConversation, plainConversation } from './conversation.ts';
import type { OwnColumn } from './own-columns.ts';

/** One segment, and what the columns of ours are told from. */
export interface OwnCellsSource extends TextSource {
  /** Of the segment. */
  readonly number: number;
  readonly book: CellBook;
  /** Later fragments of packets have what the packet has. */
  readonly asFiltered: boolean;
  /** What the message of an event has, remembered for all events with this key. */
  readonly learn: (group: number, key: number, event: number) => CellContent;
}

/** Cells of a column of ours in a segment. */
export function ownCells(name: OwnColumn, source: OwnCellsSource): SegmentCells {
  switch (name) {
    case 'MessageNumber':
      return (_, row) => row + 1;
    case 'Timestamp':
      return timestampCells(source);
    case 'TimeElapsed':
      return elapsedCells(source);
    case 'Source':
      return addressCells(source, 'sourceAddress');
    case 'Destination':
      return addressCells(source, 'destinationAddress');
    case 'Module':
      return moduleCells(source);
    case 'Summary':
      return () => unread;
    case 'Diagnosis':
      return diagnosisCells(source);
    case 'Sighting':
      return sightingCells(source);
    case 'Component':
      return componentCells(source);
    case 'Conversation':
      return conversationCells(source);
    case 'Direction':
      return directionCells(source);
    case 'DropReason':
      return dropCells(source);
    case 'Length':
      return lengthCells(source);
    case 'Provider':
      return providerCells(source);
  }
}

/** What the message of an event has in a column of ours that its segment's columns leave open. */
export function ownMessageCell(
  name: OwnColumn,
  source: TextSource,
  event: number,
  message: Message,
  book: CellBook,
): CellContent {
  switch (name) {
    case 'Source':
    case 'Destination':
    case 'Summary':
      return gridCell(message.column(name), book);
    case 'Module':
      return gridCell(message.column('ModuleName'), book);
    case 'Conversation': {
      const [from = '', to = '', module = ''] = [
        message.column('Source'),
        message.column('Destination'),
        message.column('ModuleName'),
      ];
      if (from === '' && to === '') return undefined;
      const text = plainConversation(from, to, module);
      return book.of(text, text);
    }
    case 'DropReason':
      return reportedDropCell(source, event, book);
    default:
      return undefined;
  }
}

function gridCell(text: string | undefined, book: CellBook): CellContent {
  return text === undefined || text === '' ? undefined : book.ofGridText(text);
}

/** How the number of a column of ours is shown. */
export function numberText(name: OwnColumn, value: number, { columns }: TextSource): string {
  switch (name) {
    case 'Timestamp': {
      const start = BigInt(startSeconds(columns)) * 10_000_000n;
      return filetimeToIso(start + BigInt(value) + unixEpochInFiletime);
    }
    case 'TimeElapsed':
      return (value / 1e7).toFixed(7);
    default:
      return String(value);
  }
}

/** Times are told in 100 ns from this second on, so that they fit a number. */
function startSeconds({ clocks }: TraceColumns): number {
  return splitUnixTime(clocks[0].startTime).seconds;
}

function timestampCells({ columns, number }: OwnCellsSource): SegmentCells {
  const clock = new UnixClock(columns);
  const segment = columns.segments[number];
  const start = startSeconds(columns);
  return (index) => {
    clock.set(segment, index);
    return (clock.seconds - start) * 1e7 + clock.hundredNanoseconds;
  };
}

function elapsedCells(source: OwnCellsSource): SegmentCells {
  const { columns, number } = source;
  const segment = columns.segments[number];
  const begun = new CarriedPacket();
  return (index) => {
    if (!begun.findBegun(segment, index) || !isInFragments(segment, begun.packet)) return 0;
    return elapsedAt(source, eventPlace(columns, columns.bases[number] + index));
  };
}

/** The innermost IP header's, where it is the only one and stands in the columns. */
function addressCells(source: OwnCellsSource, column: 'sourceAddress' | 'destinationAddress'): SegmentCells {
  const { columns, number, book, asFiltered } = source;
  const segment = columns.segments[number];
  const ofEvents = segment.schemas.map((kind) => (namesPlaces(kind) ? unread : undefined));
  const carried = new CarriedPacket();
  return (index) => {
    if (!(asFiltered ? carried.find(segment, index) : carried.findBegun(segment, index))) {
      return ofEvents[segment.events.schema[index]];
    }
    const { packets, ipv6Addresses } = carried.segment;
    const { packet } = carried;
    const modules = packets.modules[packet];
    if (!holdsAddresses(modules)) return unread;
    // Of a header that is cut both are 0.
    if (packets.sourceAddress[packet] === packets.destinationAddress[packet]) return unread;
    // The grid shows what stands on top: ARP in a tunnel, where columns and filters know the tunnel's addresses.
    const isPlain = (modules & nestedBit) === 0 && packets.linkType[packet] < LinkType.HeadersOnly;
    if (!asFiltered && !isPlain) return unread;
    const address = packets[column][packet];
    return holdsIpv6(modules) ? book.ipv6(ipv6Addresses, address) : book.ipv4(address);
  };
}

/** Events of a vSwitch that tell NICs and switches. */
function namesPlaces({ family, provider, id }: EventKind): boolean {
  return family === 'manifest' && provider === vmSwitchProvider && nblStepOf(id) !== undefined;
}

/** Packets of the same modules have the same one on top, unless modules occur more than once. */
function moduleCells({ columns, number, book, decoder, learn }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const base = columns.bases[number];
  const ofEvents = segment.schemas.map((kind) => book.ofGridText(decoder.moduleOf(kind)));
  const begun = new CarriedPacket();
  return (index) => {
    if (!begun.findBegun(segment, index)) return ofEvents[segment.events.schema[index]];
    const { modules, application, linkType } = segment.packets;
    const { packet } = begun;
    if (modules[packet] === 0 || (modules[packet] & nestedBit) !== 0) return unread;
    return learn(linkType[packet], modules[packet] * 256 + application[packet], base + index);
  };
}

function diagnosisCells({ columns, number, book, diagnosis, order, asFiltered }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const carried = new CarriedPacket();
  if (!diagnosis) return () => undefined;
  const { findings } = diagnosis.data.found;
  const numberOfSegment = segmentNumbers(columns, number);
  return (index) => {
    if (!(asFiltered ? carried.find(segment, index) : carried.findBegun(segment, index))) return undefined;
    const packet = diagnosis.numberOf(numberOfSegment(carried.segment), carried.packet);
    if (findings[packet] === 0) return undefined;
    const text = diagnosis.text(packet, order);
    return book.of(text, text);
  };
}

function sightingCells({ columns, number, diagnosis, asFiltered }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const carried = new CarriedPacket();
  if (!diagnosis) return () => undefined;
  const numberOfSegment = segmentNumbers(columns, number);
  return (index) => {
    if (!(asFiltered ? carried.find(segment, index) : carried.findBegun(segment, index))) return undefined;
    const ordinal = diagnosis.ordinal(diagnosis.numberOf(numberOfSegment(carried.segment), carried.packet));
    return ordinal === 0 ? undefined : ordinal;
  };
}

/** Packets seldom lie in another segment than the event does. */
function segmentNumbers({ segments }: TraceColumns, own: number): (segment: Segment) => number {
  return (segment) => (segment === segments[own] ? own : segments.indexOf(segment));
}

function componentCells({ columns, number, book, componentNames }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const carried = new CarriedPacket();
  const cellsOf = perSegment(({ components }) =>
    components.map((component) => {
      const key = componentKey(component);
      const name = componentNames.get(key) ?? key;
      return book.of(name, name);
    }),
  );
  return (index) => {
    if (!carried.find(segment, index)) return undefined;
    return cellsOf(carried.segment)[carried.segment.packets.component[carried.packet]];
  };
}

/** Packets in fragments may lie in other segments than their fragments. */
function perSegment<Made>(make: (segment: Segment) => Made): (segment: Segment) => Made {
  const known = new Map<Segment, Made>();
  return (segment) => {
    let made = known.get(segment);
    if (made === undefined) {
      made = make(segment);
      known.set(segment, made);
    }
    return made;
  };
}

function directionCells({ columns, number, book }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const carried = new CarriedPacket();
  const [inbound, outbound] = ['inbound', 'outbound'].map((text) => book.of(text, text));
  return (index) => {
    if (!carried.find(segment, index)) return undefined;
    const traits = carried.segment.packets.traits[carried.packet];
    if ((traits & PacketTrait.Inbound) !== 0) return inbound;
    return (traits & PacketTrait.Outbound) !== 0 ? outbound : undefined;
  };
}

function lengthCells({ columns, number }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const begun = new CarriedPacket();
  return (index) => (begun.findBegun(segment, index) ? originalLength(segment, begun.packet) : undefined);
}

function providerCells({ columns, number, book, decoder }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const cells = segment.schemas.map(({ provider }) => {
    const name = decoder.providerName(provider) ?? provider;
    return book.of(name, name);
  });
  return (index) => cells[segment.events.schema[index]];
}

/** Most packets belong to a conversation that was met before: it is found by words, and no text is made. */
function conversationCells({ columns, number, book }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const carried = new CarriedPacket();
  const knownOf = perSegment(() => ({ interner: new WordInterner(4), cells: [] as Cell[] }));
  return (index) => {
    if (!carried.find(segment, index)) return undefined;
    const { segment: owner, packet } = carried;
    const { packets } = owner;
    const modules = packets.modules[packet];
    if (!holdsAddresses(modules)) return packetBegunBy(segment, index) < 0 ? undefined : unread;
    const protocol = conversationProtocol(owner, packet);
    const { interner, cells } = knownOf(owner);
    const { key } = interner;
    key[0] = packets.sourceAddress[packet];
    key[1] = packets.destinationAddress[packet];
    key[2] = hasPorts(protocol) ? packets.sourcePort[packet] * portSpace + packets.destinationPort[packet] : 0;
    key[3] = protocol * 2 + Number(holdsIpv6(modules));
    const conversation = interner.intern();
    if (conversation === cells.length) {
      const text = ipConversation(owner, packet);
      cells.push(book.of(text, text));
    }
    return cells[conversation];
  };
}

const portSpace = 2 ** 16;

/** What is said of a packet that was dropped for a reason that nobody tells. */
export const noReason = 'no reason given';

/** Why a packet was dropped: as pktmon's sighting of it says, or the event that reports it. */
function dropCells({ columns, number, book }: OwnCellsSource): SegmentCells {
  const segment = columns.segments[number];
  const ofEvents = segment.schemas.map((kind) => (reportsDrop(kind) ? unread : undefined));
  const carried = new CarriedPacket();
  return (index) => {
    if (!carried.find(segment, index)) return ofEvents[segment.events.schema[index]];
    const { segment: owner, packet } = carried;
    if ((owner.packets.traits[packet] & PacketTrait.Dropped) === 0) return undefined;
    const sighting = sightingOf(owner, packet);
    if (sighting < 0) return book.of(noReason, noReason);
    const reason = owner.sightings.dropReason[sighting];
    return book.of(dropReasonText(reason, owner.osBuild), reason);
  };
}

function reportedDropCell(source: TextSource, event: number, book: CellBook): CellContent {
  const place = eventPlace(source.columns, event);
  const read = readEvent(source, place);
  if (!read || packetCarriedBy(place.segment, place.index)) return undefined;
  const told = pktMonPlaceOf(place.kind, read.record);
  if (told)
    return told.isDrop ? book.of(dropReasonText(told.dropReason, place.segment.osBuild), told.dropReason) : undefined;
  const field = read.decoded?.fields.find(({ name }) => name === 'DropReason' || name === 'Reason');
  if (!field || field.value === '') return undefined;
  return book.of(
    typeof field.raw === 'number' ? dropReasonText(field.raw, place.segment.osBuild) : field.value,
    field.raw ?? field.value,
  );
}
