import { filetimeToIso } from '../base/filetime.ts';
import { guidAt } from '../base/guid.ts';
import { hexPairs } from '../base/text.ts';
import { noProcess } from '../etl/record-cursor.ts';
import { dissectFrame } from '../packet/dissect.ts';
import type { Layer, LayerField } from '../packet/layer.ts';
import type { LinkType } from '../packet/link-type.ts';
import type { DecodedField } from '../schema/decode.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { packetBegunBy, packetFrame } from '../trace/packet-bytes.ts';
import type { EventKind, Segment } from '../trace/segment.ts';
import type { DetailNode, EventDetail } from './contract.ts';
import { kindText } from './row-builder.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';

/** Everything about one event: the layers of its packet from the top down, then the event itself and its header. */
export function buildDetail(session: TraceSession, ordered: OrderedTrace, row: number): EventDetail {
  const event = ordered.order[row];
  const { segment, index } = ordered.columns.locate(event);
  const record = session.reader.read(segment, index);
  if (!record) {
    return { row, sources: [], nodes: [node('Unreadable', 'The file changed after it was opened; open it again.')] };
  }
  const kind = segment.schemas[segment.events.schema[index]];
  const frame = frameOf(session, segment, index);
  const sources = [
    ...(frame ? [{ name: 'Frame', bytes: frame.bytes }] : []),
    { name: 'Event', bytes: record.bytes.slice(record.start, record.end) },
  ];
  const eventSource = sources.length - 1;
  return {
    row,
    sources,
    nodes: [
      ...(frame?.layers.map((layer) => layerNode(layer, 0)).reverse() ?? []),
      payloadNode(session, kind, record, eventSource),
      headerNode(segment, index, kind, record, filetimeToIso(ordered.columns.timeOf(event)), eventSource),
    ],
  };
}

function frameOf(
  session: TraceSession,
  segment: Segment,
  event: number,
): { bytes: Uint8Array; layers: Layer[] } | undefined {
  const packet = packetBegunBy(segment, event);
  if (packet < 0) return undefined;
  const bytes = packetFrame(session.reader, segment, packet);
  return { bytes, layers: dissectFrame(bytes, segment.packets.linkType[packet] as LinkType) };
}

function node(name: string, value: string, children: DetailNode[] = []): DetailNode {
  return { name, value, children };
}

function layerNode(layer: Layer, source: number): DetailNode {
  return {
    name: layer.module,
    value: layer.summary,
    bytes: { source, start: layer.start, length: layer.end - layer.start },
    ...(layer.note === undefined ? {} : { note: layer.note }),
    children: layer.fields.map((field) => layerFieldNode(field, source)),
  };
}

function layerFieldNode(field: LayerField, source: number): DetailNode {
  return {
    name: field.name,
    value: field.value,
    ...(field.length > 0 ? { bytes: { source, start: field.start, length: field.length } } : {}),
    children: field.members?.map((member) => layerFieldNode(member, source)) ?? [],
  };
}

const schemaSourceText: Readonly<Record<EventSchema['source'], string>> = {
  file: 'Layout described in the trace itself.',
  'trace-logging': 'Layout carried by the event itself.',
  imported: 'Layout from an imported manifest.',
  harvested: 'Layout remembered from another trace.',
  'built-in': 'Layout built into Hopscope.',
  system: "Layout from this computer's registered providers.",
};

function payloadNode(session: TraceSession, kind: EventKind, record: EventRecord, source: number): DetailNode {
  const length = record.end - record.userData;
  const bytes = { source, start: record.userData - record.start, length };
  const decoded = session.schemas.decode(kind, record);
  if (!decoded) {
    const payload = record.bytes.subarray(record.userData, record.end);
    return {
      name: session.schemas.moduleOf(kind),
      value: kindText(kind.family, kind.id, kind.opcode),
      bytes,
      note: 'No layout is known for this event: its payload is shown as bytes.',
      children: length > 0 ? [{ name: 'Payload', value: hexPairs(payload, 64), bytes, children: [] }] : [],
    };
  }
  const { schema } = decoded;
  return {
    name: session.schemas.moduleOf(kind),
    value:
      [schema.task, schema.opcode].filter((name) => name !== '').join('/') ||
      kindText(kind.family, kind.id, kind.opcode),
    bytes,
    note: [schemaSourceText[schema.source], decoded.note].filter((note) => note !== undefined).join(' '),
    children: decoded.fields.map((field) => payloadFieldNode(field, record.start, source)),
  };
}

function payloadFieldNode(field: DecodedField, recordStart: number, source: number): DetailNode {
  return {
    name: field.name,
    value: field.value,
    ...(field.length > 0 ? { bytes: { source, start: field.start - recordStart, length: field.length } } : {}),
    ...(field.note === undefined ? {} : { note: field.note }),
    children: field.children?.map((child) => payloadFieldNode(child, recordStart, source)) ?? [],
  };
}

/** The ETW record around the payload, with Message Analyzer's module name. */
function headerNode(
  segment: Segment,
  event: number,
  kind: EventKind,
  record: EventRecord,
  time: string,
  source: number,
): DetailNode {
  const at = (name: string, value: string, start: number, length: number): DetailNode => ({
    name,
    value,
    bytes: { source, start, length },
    children: [],
  });
  const process = segment.events.process[event];
  const thread = segment.events.thread[event];
  const isEventHeader = kind.family === 'manifest';
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  return {
    name: 'Etw',
    value: time,
    bytes: { source, start: 0, length: record.userData - record.start },
    children: [
      node('Timestamp', time),
      node('Processor', String(record.processor)),
      ...(process === noProcess ? [] : [node('ProcessId', String(process)), node('ThreadId', String(thread))]),
      node('Provider', kind.provider),
      node('Id', String(kind.id)),
      node('Version', String(kind.version)),
      node('Level', String(kind.level)),
      node('Opcode', String(kind.opcode)),
      node('Task', String(kind.task)),
      ...(isEventHeader
        ? [
            at('Keywords', `0x${hex(kind.keywordHigh)}${hex(kind.keywordLow)}`, 0x30, 8),
            at('ActivityId', guidAt(record.bytes, record.start + 0x40), 0x40, 16),
          ]
        : []),
      ...record.extendedItems.map((item) =>
        at(
          `ExtendedData ${item.type}`,
          hexPairs(record.bytes.subarray(item.start, item.start + item.length), 32),
          item.start - record.start,
          item.length,
        ),
      ),
    ],
  };
}
