import { guidAt } from '../../base/guid.ts';
import { fieldPathName } from '../../base/field-path.ts';
import { noProcess } from '../../etl/record-cursor.ts';
import { messageName } from '../../filter/field-catalogue.ts';
import type { Layer, LayerField, LayerValue } from '../../packet/layer.ts';
import { moduleName } from '../../provider/known-providers.ts';
import { ndisPacketCaptureProvider, NdisPacketCaptureEvent } from '../../provider/ndis-packet-capture.ts';
import type { EventRecord } from '../../trace/event-reader.ts';
import { indexFile } from '../../trace/index-file.ts';
import { isInFragments, packetCarriedBy, packetFrame } from '../../trace/packet-bytes.ts';
import type { EventKind } from '../../trace/segment.ts';
import { packetLayers } from '../packet-layers.ts';

/** A row of a trace with everything in it decoded: what filters are judged by, read without any column of packets. */
export interface DecodedRow {
  /** From 1, in time order. */
  readonly number: number;
  /** Topmost first. */
  readonly layers: readonly DecodedLayer[];
  /** The event's payload, and the whole frame where it came in several events. */
  readonly bytes: readonly Uint8Array[];
}

export interface DecodedLayer {
  /** In lower case. */
  readonly module: string;
  readonly fields: readonly DecodedField[];
}

export interface DecodedField {
  /** Names from the module down, as the details show them: `TCP`, `Segment`, `Flags`, `SYN`. */
  readonly names: readonly string[];
  /** Empty for what only holds other fields. */
  readonly values: readonly DecodedValue[];
}

export interface DecodedValue {
  readonly value: LayerValue;
  readonly text: string;
}

/** All rows of a trace of packets and of events without a layout; `providers` are names by GUID. */
export function decodedRows(file: Uint8Array, providers: ReadonlyMap<string, string>): DecodedRow[] {
  const { columns, order, reader } = indexFile(file);
  return Array.from(order, (event, row) => {
    const { segment, index } = columns.locate(event);
    const kind = segment.schemas[segment.events.schema[index]];
    const record = reader.read(segment, index);
    if (!record) throw new Error(`row ${row} cannot be read again`);
    const carried = packetCarriedBy(segment, index);
    const isSplit = carried !== undefined && isInFragments(carried.segment, carried.packet);
    const packet = carried ? packetLayers(reader, carried.segment, carried.packet).layers : [];
    const owner = { process: segment.events.process[index], thread: segment.events.thread[index] };
    return {
      number: row + 1,
      layers: [
        ...packet
          .map(({ module, fields }, place) =>
            layer(module, [
              ...fieldsIn(fields, [module, messageName(module)]),
              ...(module === 'Ethernet' ? typeBehindTags(packet.slice(place + 1)) : []),
            ]),
          )
          .reverse(),
        layer(moduleName(providers.get(kind.provider) ?? kind.provider), captureFields(kind, record)),
        layer('Etw', recordFields(kind, record, owner)),
      ],
      bytes: [
        record.bytes.subarray(record.userData, record.end),
        ...(isSplit ? [packetFrame(reader, carried.segment, carried.packet)] : []),
      ],
    };
  });
}

/** What a tagged frame carries is its type too. */
function typeBehindTags(above: readonly Layer[]): DecodedField[] {
  if (above.at(0)?.module !== 'VLAN') return [];
  const [first, ...others] = above;
  if (others.at(0)?.module === 'VLAN') return typeBehindTags(others);
  const type = first.fields.find(({ name }) => name === 'Type');
  return type?.raw === undefined ? [] : [single(['Ethernet', 'Frame', 'Type'], type.raw)];
}

function layer(module: string, fields: readonly DecodedField[]): DecodedLayer {
  return { module: module.toLowerCase(), fields };
}

function fieldsIn(fields: readonly LayerField[], above: readonly string[]): DecodedField[] {
  return fields.flatMap(({ name, value, raw, more = [], members = [] }) => {
    const names = [...above, fieldPathName(name)];
    const own = raw === undefined ? [] : [{ value: raw, text: value }];
    const shown = own.length > 0 || value === '' ? own : [{ value, text: value }];
    const values = [...shown, ...more.map((further) => ({ value: further, text: '' }))];
    return [{ names, values }, ...fieldsIn(members, names)];
  });
}

/** A packet fragment (1001) of NDIS-PacketCapture: three numbers, then the fragment and two numbers more. */
function captureFields({ provider, id }: EventKind, { view, bytes, userData, end }: EventRecord): DecodedField[] {
  if (provider !== ndisPacketCaptureProvider || id !== NdisPacketCaptureEvent.PacketFragment) return [];
  const field = (name: string, value: LayerValue): DecodedField =>
    single(['Microsoft_Windows_NDIS_PacketCapture', 'Message', name], value);
  const size = view.getUint32(userData + 8, true);
  const rest = userData + 12 + size;
  if (rest > end) throw new Error('a fragment that its event does not hold');
  return [
    field('MiniportIfIndex', view.getUint32(userData, true)),
    field('LowerIfIndex', view.getUint32(userData + 4, true)),
    field('FragmentSize', size),
    field('Fragment', bytes.subarray(userData + 12, rest)),
  ];
}

function recordFields(
  kind: EventKind,
  record: EventRecord,
  { process, thread }: { readonly process: number; readonly thread: number },
): DecodedField[] {
  const header = ['Etw', 'EtwProviderMsg', 'EventRecord', 'Header'];
  const owner: readonly (readonly [string, number])[] =
    process === noProcess
      ? []
      : [
          ['ProcessId', process],
          ['ThreadId', thread],
        ];
  const isEventHeader = kind.family === 'manifest';
  const descriptor = {
    Id: kind.id,
    Version: kind.version,
    Channel: kind.channel,
    Level: kind.level,
    Opcode: kind.opcode,
    Task: kind.task,
    Keywords: (BigInt(kind.keywordHigh >>> 0) << 32n) | BigInt(kind.keywordLow >>> 0),
  };
  return [
    ...owner.flatMap(([name, value]) => [
      single([...header, name], value),
      single([...header.slice(0, 2), name], value),
    ]),
    single([...header, 'ProviderId'], kind.provider),
    ...(isEventHeader
      ? [
          single([...header, 'ActivityId'], guidAt(record.bytes, record.start + 0x40)),
          single([...header, 'Flags'], record.view.getUint16(record.start + 4, true)),
        ]
      : []),
    ...Object.entries(descriptor).map(([name, value]) => single([...header, 'Descriptor', name], value)),
    single(['Etw', 'EtwProviderMsg', 'Processor'], record.processor),
  ];
}

function single(names: readonly string[], value: LayerValue): DecodedField {
  return { names, values: [{ value, text: String(value) }] };
}
