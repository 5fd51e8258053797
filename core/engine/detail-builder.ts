import { filetimeToIso } from '../base/filetime.ts';
import { guidAt } from '../base/guid.ts';
import { hexPairs } from '../base/text.ts';
import type { ExtendedItem } from '../etl/extended-data.ts';
import { ExtendedType } from '../etl/format.ts';
import { noProcess } from '../etl/record-cursor.ts';
import { fieldFilter, moduleFilter } from '../filter/field-filter.ts';
import { etwModule } from '../filter/vocabulary.ts';
import type { Layer, LayerField, LayerValue } from '../packet/layer.ts';
import type { DecodedField } from '../schema/decode.ts';
import { eventTitle, layoutText } from '../schema/event-title.ts';
import { sidAt } from '../schema/sid.ts';
import { standardLevelName, standardOpcodeName } from '../schema/standard-names.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from '../provider/ndis-packet-capture.ts';
import { wifiMetadata } from '../provider/wifi-metadata.ts';
import { metadataEvent } from '../trace/packet-bytes.ts';
import { keywordOf } from '../trace/segment.ts';
import type { DetailNode, EventDetail } from './contract.ts';
import { decodedValue, isElement } from './message-source.ts';
import { packetLayers } from './packet-layers.ts';
import { placeNodes, vmSwitchNodes } from './place-details.ts';
import { addressNote, fieldNote } from './names/name-notes.ts';
import type { TraceNames } from './names/trace-names.ts';
import {
  diagnosedPacket,
  kindText,
  placeOf,
  readEvent,
  unreadableText,
  type ReadEvent,
  type RowPlace,
  type RowSource,
} from './row-builder.ts';

/** What details are built from besides rows: who is who. */
export interface DetailSource extends RowSource {
  readonly names: TraceNames;
}

/** Everything about one event: the layers of its packet from the top down, then the event itself and its header. */
export function buildDetail(source: DetailSource, row: number): EventDetail {
  const place = placeOf(source, row);
  const read = readEvent(source, place);
  if (!read) return { row, sources: [], nodes: [node('Unreadable', unreadableText)] };
  const { record } = read;
  const packet = packetOf(source, place);
  const metadata = metadataRecord(source, place);
  const eventName = record.capture ? 'Record' : 'Event';
  const sources = [
    ...(packet && packet.frame.length > 0 ? [{ name: 'Frame', bytes: packet.frame }] : []),
    { name: eventName, bytes: record.bytes.slice(record.start, recordEnd(record)) },
    ...(metadata ? [{ name: 'Metadata event', bytes: metadata.bytes.slice(metadata.start, metadata.end) }] : []),
  ];
  const eventSource = sources.findIndex(({ name }) => name === eventName);
  return {
    row,
    sources,
    nodes: [
      ...diagnosisNodes(source, place),
      ...(packet?.layers.map((layer) => layerNode(layer, 0, source.names)).reverse() ?? []),
      ...(metadata ? wifiMetadataNodes(metadata, eventSource + 1) : []),
      ...ownMetadataNodes(place, record, eventSource),
      ...vmSwitchNodes(place, record, source.names),
      ...placeNodes(place, record, source.names),
      payloadNode(source, place, read, eventSource),
      record.capture ? captureNode(place, record) : headerNode(place, record, eventSource),
    ],
  };
}

function packetOf(
  { reader, diagnosis }: RowSource,
  place: RowPlace,
): { frame: Uint8Array; layers: Layer[] } | undefined {
  const { segment, packet } = place;
  if (packet < 0) return undefined;
  return packetLayers(reader, segment, packet, diagnosis?.context(diagnosedPacket(diagnosis, place)));
}

/** The event in front of a packet that holds what its 802.11 miniport knew of it. */
function metadataRecord({ reader }: RowSource, { segment, packet }: RowPlace): EventRecord | undefined {
  const event = packet < 0 ? -1 : metadataEvent(segment, packet);
  return event < 0 ? undefined : reader.read(segment, event);
}

function ownMetadataNodes({ kind }: RowPlace, record: EventRecord, source: number): DetailNode[] {
  const isMetadata =
    kind.family === 'manifest' &&
    kind.provider === ndisPacketCaptureProvider &&
    kind.id === NdisPacketCaptureEvent.PacketMetadata;
  return isMetadata ? wifiMetadataNodes(record, source) : [];
}

function wifiMetadataNodes({ view, start: recordStart, userData, end }: EventRecord, source: number): DetailNode[] {
  const fields = wifiMetadata(view, userData, end);
  if (!fields) return [];
  const valueOf = (name: string): string => fields.find((field) => field.name === name)?.value ?? '';
  const children = fields.map(({ name, value, start, length }) => ({
    name,
    value,
    bytes: { source, start: start - recordStart, length },
    children: [],
  }));
  return [node('WiFi metadata', `${valueOf('Phy')}, ${valueOf('ChannelFrequency')}, ${valueOf('Rssi')}`, children)];
}

/** What is wrong with the packet and where else it was seen; nothing when there is nothing to say. */
function diagnosisNodes({ diagnosis, order }: RowSource, place: RowPlace): DetailNode[] {
  const packet = diagnosedPacket(diagnosis, place);
  if (!diagnosis || packet < 0) return [];
  const findings = diagnosis
    .findings(packet, order)
    .map(({ kind, level, text, explanation, relatedRow }): DetailNode => ({
      ...node(text, level, relatedRow < 0 ? [] : [node('Original', `#${relatedRow + 1}`)]),
      note: kind === 'duplicate-ack' ? `Duplicate ${diagnosis.repetition(packet)}. ${explanation}` : explanation,
    }));
  const sightings = diagnosis.sightings(packet, order);
  const seen = sightings.length > 1 ? [sightingsNode(sightings)] : [];
  if (findings.length + seen.length === 0) return [];
  return [node('Diagnosis', diagnosis.text(packet, order), [...findings, ...seen])];
}

/** `Seen 3 times: #12 at interface 9, #15 at vSwitch port 2`. */
function sightingsNode(sightings: readonly { row: number; component: string }[]): DetailNode {
  const places = sightings.map(({ row, component }) => node(`#${row + 1}`, component));
  const named = sightings.map(({ row, component }) => `#${row + 1} at ${component}`).join(', ');
  return node('Sightings', `Seen ${sightings.length} times: ${named}`, places);
}

function node(name: string, value: string, children: DetailNode[] = []): DetailNode {
  return { name, value, children };
}

function layerNode(layer: Layer, source: number, names: TraceNames): DetailNode {
  return {
    name: layer.module,
    value: layer.summary,
    ...filterOf(moduleFilter(layer.module)),
    ...(layer.end > layer.start ? { bytes: { source, start: layer.start, length: layer.end - layer.start } } : {}),
    ...(layer.note === undefined ? {} : { note: layer.note }),
    children: layer.fields.map((field) => layerFieldNode(field, [layer.module], source, names)),
  };
}

function layerFieldNode(field: LayerField, above: readonly string[], source: number, names: TraceNames): DetailNode {
  const path = [...above, field.name];
  // What only holds members has no value of its own.
  const text = field.members ? '' : field.value;
  const note = field.members ? undefined : addressNote(field.value, names);
  return {
    name: field.name,
    value: field.value,
    ...filterOf(fieldFilter(path, field.raw, text)),
    ...(field.length > 0 ? { bytes: { source, start: field.start, length: field.length } } : {}),
    ...(note === undefined ? {} : { note }),
    children: field.members?.map((member) => layerFieldNode(member, path, source, names)) ?? [],
  };
}

function payloadNode(
  { decoder, names }: DetailSource,
  { kind, segment }: RowPlace,
  { record, decoded }: ReadEvent,
  source: number,
): DetailNode {
  const start = record.capture ? record.start : record.userData;
  const length = recordEnd(record) - start;
  const bytes = { source, start: start - record.start, length };
  const name = decoder.moduleOf(kind);
  if (!decoded) {
    const payload = record.bytes.subarray(record.userData, record.end);
    return {
      name,
      value: kindText(kind.family, kind.id, kind.opcode),
      ...filterOf(moduleFilter(name)),
      bytes,
      note: 'No layout is known for this event: its payload is shown as bytes.',
      children: length > 0 ? [{ name: 'Payload', value: hexPairs(payload, 64), bytes, children: [] }] : [],
    };
  }
  const { schema } = decoded;
  return {
    name,
    value: eventTitle(schema) || kindText(kind.family, kind.id, kind.opcode),
    ...filterOf(moduleFilter(name)),
    bytes,
    note: [layoutText(schema), decoded.note].filter((note) => note !== undefined).join(' '),
    children: decoded.fields.map((field) =>
      payloadFieldNode(field, [name], record.start, source, (each) => fieldNote(each, names, segment.input)),
    ),
  };
}

function payloadFieldNode(
  field: DecodedField,
  above: readonly string[],
  recordStart: number,
  source: number,
  nameNote: (field: DecodedField) => string | undefined,
): DetailNode {
  const notes = [field.note, nameNote(field)].filter((note) => note !== undefined);
  // The elements of an array stand where it does.
  const path = isElement(field) ? above : [...above, field.name];
  return {
    name: field.name,
    value: field.value,
    ...(field.children ? {} : filterOf(fieldFilter(path, decodedValue(field), field.value))),
    ...(field.type === '' ? {} : { type: field.type }),
    ...(field.length > 0 ? { bytes: { source, start: field.start - recordStart, length: field.length } } : {}),
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
    children: field.children?.map((child) => payloadFieldNode(child, path, recordStart, source, nameNote)) ?? [],
  };
}

function filterOf(filter: string | undefined): Pick<DetailNode, 'filter'> {
  return filter === undefined ? {} : { filter };
}

/** Of a capture's record, the frame is not all: options may stand behind it. */
function recordEnd({ capture, end }: EventRecord): number {
  return capture?.recordEnd ?? end;
}

/** What is known of a capture file's record besides what it says itself. */
function captureNode(
  { segment, index, time: filetime }: RowPlace,
  { start, bufferOffset, capture }: EventRecord,
): DetailNode {
  const time = filetimeToIso(filetime);
  const process = segment.events.process[index];
  const thread = segment.events.thread[index];
  return node('Capture', time, [
    node('Timestamp', time),
    node('Format', capture?.context.format ?? ''),
    ...(process === noProcess ? [] : [node('ProcessId', String(process))]),
    ...(thread === noProcess ? [] : [node('ThreadId', String(thread))]),
    node('FileOffset', String(bufferOffset + start)),
  ]);
}

/** The ETW record around the payload, with Message Analyzer's module name. */
function headerNode(
  { segment, index, kind, time: filetime }: RowPlace,
  record: EventRecord,
  source: number,
): DetailNode {
  const time = filetimeToIso(filetime);
  const at = (name: string, value: string, start: number, length: number): DetailNode => ({
    name,
    value,
    bytes: { source, start, length },
    children: [],
  });
  const process = segment.events.process[index];
  const thread = segment.events.thread[index];
  const isEventHeader = kind.family === 'manifest';
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  const asked = (node: DetailNode, path: string, value: LayerValue): DetailNode => ({
    ...node,
    ...filterOf(fieldFilter([etwModule, ...path.split('.')], value, '')),
  });
  return {
    name: 'Etw',
    value: time,
    bytes: { source, start: 0, length: record.userData - record.start },
    children: [
      { ...node('Timestamp', time), filter: `#Timestamp == "${time}"` },
      asked(node('Processor', String(record.processor)), 'Processor', record.processor),
      ...(process === noProcess
        ? []
        : [
            asked(node('ProcessId', String(process)), 'ProcessId', process),
            asked(node('ThreadId', String(thread)), 'ThreadId', thread),
          ]),
      asked(node('Provider', kind.provider), 'ProviderId', kind.provider),
      asked(node('Id', String(kind.id)), 'Descriptor.Id', kind.id),
      asked(node('Version', String(kind.version)), 'Descriptor.Version', kind.version),
      asked(node('Level', named(standardLevelName(kind.level), kind.level)), 'Descriptor.Level', kind.level),
      asked(
        node('Opcode', named(isEventHeader ? standardOpcodeName(kind.opcode) : '', kind.opcode)),
        'Descriptor.Opcode',
        kind.opcode,
      ),
      asked(node('Task', String(kind.task)), 'Descriptor.Task', kind.task),
      ...(isEventHeader
        ? [
            asked(
              at('Keywords', `0x${hex(kind.keywordHigh)}${hex(kind.keywordLow)}`, 0x30, 8),
              'Descriptor.Keywords',
              keywordOf(kind),
            ),
            asked(
              at('ActivityId', guidAt(record.bytes, record.start + 0x40), 0x40, 16),
              'ActivityId',
              guidAt(record.bytes, record.start + 0x40),
            ),
          ]
        : []),
      ...record.extendedItems.map((item) => {
        const { name, value } = extendedItemText(record, item);
        return at(name, value, item.start - record.start, item.length);
      }),
    ],
  };
}

/** `Error (2)`; the bare number where it has no name. */
function named(name: string, number: number): string {
  return name === '' ? String(number) : `${name} (${number})`;
}

/** An extended item by its name, with its content where that is one value. */
function extendedItemText(
  { bytes, view }: EventRecord,
  { type, start, length }: ExtendedItem,
): { name: string; value: string } {
  const whole = bytes.subarray(start, start + length);
  switch (type) {
    case ExtendedType.RelatedActivityId:
      return { name: 'RelatedActivityId', value: length === 16 ? guidAt(bytes, start) : hexPairs(whole, 32) };
    case ExtendedType.Sid:
      return { name: 'Sid', value: sidAt(bytes, start, start + length)?.text ?? hexPairs(whole, 32) };
    case ExtendedType.TerminalSession:
      return {
        name: 'TerminalSession',
        value: length >= 4 ? String(view.getUint32(start, true)) : hexPairs(whole, 32),
      };
    case ExtendedType.StackTrace32:
    case ExtendedType.StackTrace64:
      return { name: 'StackTrace', value: stackText(view, start, length, type === ExtendedType.StackTrace64 ? 8 : 4) };
    default:
      return { name: extendedNames.get(type) ?? `ExtendedData ${type}`, value: hexPairs(whole, 32) };
  }
}

const extendedNames: ReadonlyMap<number, string> = new Map([
  [ExtendedType.InstanceInfo, 'InstanceInfo'],
  [ExtendedType.EventKey, 'EventKey'],
  [ExtendedType.EventSchema, 'EventSchema'],
  [ExtendedType.ProviderTraits, 'ProviderTraits'],
  [ExtendedType.ProcessStartKey, 'ProcessStartKey'],
]);

const shownAddresses = 64;

/** A 64-bit match id, then return addresses. */
function stackText(view: DataView, start: number, length: number, addressSize: 4 | 8): string {
  const count = Math.floor((length - 8) / addressSize);
  if (count <= 0) return '';
  const addresses = Array.from({ length: Math.min(count, shownAddresses) }, (_, index) => {
    const at = start + 8 + index * addressSize;
    const address = addressSize === 8 ? view.getBigUint64(at, true) : view.getUint32(at, true);
    return `0x${address.toString(16)}`;
  });
  return `${addresses.join(' ')}${count > shownAddresses ? ` … (${count} addresses)` : ''}`;
}
