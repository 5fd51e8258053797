import { guidAt } from '../base/guid.ts';
import { parseIpv4 } from '../base/address.ts';
import { ExtendedType } from '../etl/format.ts';
import { noProcess } from '../etl/record-cursor.ts';
import { messageName } from '../filter/field-catalogue.ts';
import type { MessageEvaluation } from '../filter/message-evaluation.ts';
import type { MessageTest, TextPattern } from '../filter/message-test.ts';
import type { Message, MessageColumn, MessageField, MessageLayer } from '../filter/message.ts';
import type { MessageReader } from '../filter/scan.ts';
import { etwModule } from '../filter/vocabulary.ts';
import { connectionFindings, findingBit } from '../diagnosis/kinds.ts';
import { fieldPathName } from '../base/field-path.ts';
import type { Layer, LayerField, LayerValue } from '../packet/layer.ts';
import type { DecodedField } from '../schema/decode.ts';
import { messageSpans } from './event-spans.ts';
import type { DecodedEvent } from './event-decoder.ts';
import { eventTitle } from '../schema/event-title.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { isInFragments, packetCarriedBy, packetFrame, type SegmentPacket } from '../trace/packet-bytes.ts';
import { keywordOf, type EventKind, type Segment } from '../trace/segment.ts';
import { packetLayers } from './packet-layers.ts';
import {
  eventPlace,
  eventText,
  packetText,
  readEvent,
  type ReadEvent,
  type RowPlace,
  type RowSource,
  type RowText,
} from './row-builder.ts';

/** Rows whose messages are kept where a filter asks several things of each: as many as a span of theirs has. */
const mostKept = messageSpans.largest;

/** Reads messages of a trace again for what a filter asks of them. */
export class MessageSource implements MessageReader {
  private readonly source: RowSource;
  private readonly evaluation: MessageEvaluation;
  private readonly kept: Map<number, Message> | undefined;
  private readonly onRead: () => void;

  /** `onRead` is called for every message; what it throws ends the search. `keeps`: a message may be asked for again. */
  constructor(source: RowSource, evaluation: MessageEvaluation, keeps: boolean, onRead: () => void = () => undefined) {
    this.source = source;
    this.evaluation = evaluation;
    this.kept = keeps ? new Map() : undefined;
    this.onRead = onRead;
  }

  passes(test: MessageTest, segmentNumber: number, event: number): boolean {
    this.onRead();
    if (test.kind === 'contains' && test.operand === null) {
      const segment = this.source.columns.segments[segmentNumber];
      // No message need be made for what the record alone tells.
      if (this.isInEvent(test, segment, event)) return true;
      if (!carriesPart(segment, event)) return false;
    }
    return this.evaluation.holds(test, this.message(this.source.columns.bases[segmentNumber] + event));
  }

  excludesBuffer(test: MessageTest, segmentNumber: number, buffer: number): boolean {
    if (test.kind !== 'contains' || test.operand !== null) return false;
    const bytes = this.source.reader.readBuffer(this.source.columns.segments[segmentNumber], buffer);
    return bytes !== undefined && !this.evaluation.isInBytes(test, bytes, 0, bytes.length);
  }

  private isInEvent(test: TextPattern, segment: Segment, event: number): boolean {
    const record = this.source.reader.read(segment, event);
    return record !== undefined && this.evaluation.isInBytes(test, record.bytes, record.userData, record.end);
  }

  /** The message of an event, given by its number in the trace's event space. */
  read(event: number): Message {
    this.onRead();
    return this.message(event);
  }

  private message(event: number): Message {
    const known = this.kept?.get(event);
    if (known) return known;
    const message = new TraceMessage(this.source, eventPlace(this.source.columns, event));
    if (this.kept?.size === mostKept) this.kept.clear();
    this.kept?.set(event, message);
    return message;
  }
}

/** Whether the event carries a packet that came in several. */
function carriesPart(segment: Segment, event: number): boolean {
  const carried = packetCarriedBy(segment, event);
  return carried !== undefined && isInFragments(carried.segment, carried.packet);
}

/** The message of a row, read and decoded as far as somebody asks. */
class TraceMessage implements Message {
  private readonly source: RowSource;
  private readonly place: RowPlace;
  private readonly packet: SegmentPacket | undefined;
  private readRecord: EventRecord | null | undefined;
  private readWhole: ReadEvent | null | undefined;
  private knownLayers: readonly MessageLayer[] | undefined;
  private knownText: RowText | undefined;

  constructor(source: RowSource, place: RowPlace) {
    this.source = source;
    this.place = place;
    this.packet = packetCarriedBy(place.segment, place.index);
  }

  get bytes(): readonly Uint8Array[] {
    const { record, packet } = this;
    const own = record ? [record.bytes.subarray(record.userData, record.end)] : [];
    if (!packet || !isInFragments(packet.segment, packet.packet)) return own;
    return [...own, packetFrame(this.source.reader, packet.segment, packet.packet)];
  }

  get layers(): readonly MessageLayer[] {
    this.knownLayers ??= [...this.packetLayers(), ...this.eventLayers()];
    return this.knownLayers;
  }

  column(name: MessageColumn): string | undefined {
    switch (name) {
      case 'Summary':
        return this.text.summary;
      case 'Source':
        return this.text.source;
      case 'Destination':
        return this.text.destination;
      case 'ModuleName':
        return this.text.module;
      case 'Diagnosis':
        return this.diagnosis(() => true);
      case 'TCPDiagnosis':
        return this.diagnosis((bit) => (connectionFindings & bit) !== 0);
    }
  }

  private get text(): RowText {
    this.knownText ??=
      packetText(this.source, this.place) ?? eventText(this.source, this.place, this.whole ?? undefined);
    return this.knownText;
  }

  private get record(): EventRecord | null {
    this.readRecord ??= this.source.reader.read(this.place.segment, this.place.index) ?? null;
    return this.readRecord;
  }

  private get whole(): ReadEvent | null {
    this.readWhole ??= readEvent(this.source, this.place) ?? null;
    return this.readWhole;
  }

  /** The number of the packet in the diagnosis, or -1. */
  private get diagnosedPacket(): number {
    const { diagnosis, columns } = this.source;
    if (!diagnosis || !this.packet) return -1;
    const { segment, packet } = this.packet;
    const number = segment === this.place.segment ? this.place.segmentNumber : columns.segments.indexOf(segment);
    return diagnosis.numberOf(number, packet);
  }

  private diagnosis(isWanted: (bit: number) => boolean): string {
    const { diagnosis, order } = this.source;
    const packet = this.diagnosedPacket;
    if (!diagnosis || packet < 0) return '';
    return diagnosis
      .findings(packet, order)
      .filter(({ kind }) => isWanted(findingBit[kind]))
      .map(({ text }) => text)
      .join(', ');
  }

  private packetLayers(): MessageLayer[] {
    const { packet, source } = this;
    if (!packet) return [];
    const context = source.diagnosis?.context(this.diagnosedPacket);
    const { layers } = packetLayers(source.reader, packet.segment, packet.packet, context);
    return layers.map((layer, place) => withTypeBehindTags(messageLayer(layer), layers.slice(place + 1))).reverse();
  }

  /** Nothing is decoded before somebody asks for a field of the event or its record. */
  private eventLayers(): MessageLayer[] {
    if (!this.record) return [];
    const module = this.source.decoder.moduleOf(this.place.kind);
    const decoded = (): DecodedEvent | undefined => this.whole?.decoded;
    return [
      {
        module,
        get message() {
          return eventMessageName(decoded()?.schema);
        },
        get fields() {
          return (decoded()?.fields ?? []).map(decodedField);
        },
      },
      recordLayer(this.place, this.record),
    ];
  }
}

/** The level between a provider's module and the fields of one of its events. */
export function eventMessageName(schema: EventSchema | undefined): string {
  const title = schema ? eventTitle(schema) : '';
  return title === '' ? 'Event' : fieldPathName(title);
}

function messageLayer(layer: Layer): MessageLayer {
  const { module } = layer;
  return {
    module,
    message: messageName(module),
    get fields() {
      return layer.fields.map(layerField);
    },
  };
}

/** As in the columns, `Ethernet.Type` of a tagged frame is also the type behind its tags: what the frame carries. */
function withTypeBehindTags(layer: MessageLayer, above: readonly Layer[]): MessageLayer {
  if (layer.module !== 'Ethernet' || above.at(0)?.module !== 'VLAN') return layer;
  const firstOther = above.findIndex(({ module }) => module !== 'VLAN');
  const tag = above.slice(0, firstOther < 0 ? above.length : firstOther).at(-1);
  const behind = tag?.fields.find(({ name }) => name === 'Type')?.raw;
  if (behind === undefined) return layer;
  const fields = layer.fields.map((field) =>
    field.name === 'Type' ? { ...field, more: [...(field.more ?? []), behind] } : field,
  );
  return { ...layer, fields };
}

function layerField({ name, raw, more, value, members }: LayerField): MessageField {
  return { name, value: raw, more, text: value, members: members ? members.map(layerField) : noFields };
}

const noFields: readonly MessageField[] = [];

function decodedField({ name, type, raw, value, label, children = [] }: DecodedField): MessageField {
  const elements = children.filter(isElement);
  const values = elements.map(decodedValue);
  const [first, ...more] = values.filter((each) => each !== undefined);
  // The elements of an array have no names: they stand where the array does.
  const members = elements.length > 0 ? elements.flatMap((element) => element.children ?? []) : children;
  return {
    name,
    value: decodedValue({ type, raw, value }) ?? first,
    more,
    text: value,
    label,
    members: members.map(decodedField),
  };
}

/** An element of an array is named by its place, `[0]`. */
export function isElement({ name }: Pick<DecodedField, 'name'>): boolean {
  return name.startsWith('[');
}

type OfValue = Pick<DecodedField, 'type' | 'value'> & { readonly raw?: DecodedField['raw'] | undefined };

/** What a filter compares of a decoded field: an IPv4 address as its bytes, a truth value as one. */
export function decodedValue({ type, raw, value }: OfValue): LayerValue | undefined {
  if (type === 'IPv4' && typeof raw === 'number') return Uint8Array.of(raw >>> 24, raw >>> 16, raw >>> 8, raw);
  if (type === 'Boolean' && (raw === 0 || raw === 1)) return raw === 1;
  // A socket address reads as an address where that is all it holds.
  if (type === 'SocketAddress' && parseIpv4(value) !== undefined) return value;
  return raw;
}

/** The ETW record around the event, under Message Analyzer's names. */
function recordLayer(place: RowPlace, record: EventRecord): MessageLayer {
  return {
    module: etwModule,
    message: 'EtwProviderMsg',
    get fields() {
      return recordFieldsOf(place, record);
    },
  };
}

function recordFieldsOf({ segment, index, kind }: RowPlace, record: EventRecord): MessageField[] {
  const process = segment.events.process[index];
  const thread = segment.events.thread[index];
  const owner = process === noProcess ? [] : [leaf('ProcessId', process), leaf('ThreadId', thread)];
  const related = record.extendedItems.find((item) => item.type === ExtendedType.RelatedActivityId);
  const isEventHeader = kind.family === 'manifest' && !record.capture;
  const header = [
    ...owner,
    leaf('ProviderId', kind.provider),
    ...(isEventHeader
      ? [
          leaf('ActivityId', guidAt(record.bytes, record.start + 0x40)),
          leaf('Flags', record.view.getUint16(record.start + 4, true)),
        ]
      : []),
    group('Descriptor', descriptorFields(kind)),
  ];
  return [
    group('EventRecord', [group('Header', header)]),
    ...owner,
    leaf('Processor', record.processor),
    ...(related?.length === 16 ? [leaf('RelatedActivityId', guidAt(record.bytes, related.start))] : []),
  ];
}

function descriptorFields(kind: EventKind): MessageField[] {
  const { id, version, channel, level, opcode, task } = kind;
  return [
    leaf('Id', id),
    leaf('Version', version),
    leaf('Channel', channel),
    leaf('Level', level),
    leaf('Opcode', opcode),
    leaf('Task', task),
    leaf('Keywords', keywordOf(kind)),
  ];
}

function leaf(name: string, value: LayerValue): MessageField {
  return { name, value, text: String(value), members: noFields };
}

function group(name: string, members: readonly MessageField[]): MessageField {
  return { name, value: undefined, text: '', members };
}
