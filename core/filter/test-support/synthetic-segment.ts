import { parseIpv4, parseIpv6, parseMac } from '../../base/address.ts';
import { moduleBit, type CarrierModule } from '../../packet/module.ts';
import {
  bufferColumns,
  continuationColumns,
  eventColumns,
  looseFragmentColumns,
  metadataColumns,
  packetColumns,
  sightingColumns,
  type EventKind,
  type Segment,
  type Table,
} from '../../trace/segment.ts';

/** A packet of a test, as a person writes it. Whatever its modules do not have is left out. */
export interface TestPacket {
  readonly modules: readonly CarrierModule[];
  readonly source?: string;
  readonly destination?: string;
  readonly sourceMac?: string;
  readonly destinationMac?: string;
  readonly etherType?: number;
  readonly vlan?: number;
  readonly protocol?: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** Bits of the TCP header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16. */
  readonly flags?: number;
  readonly sequence?: number;
  readonly acknowledgement?: number;
  readonly window?: number;
  readonly payloadLength?: number;
}

/** An event of a test. It begins a packet, goes on with the packet of an earlier event (by number), or has none. */
export interface TestEvent {
  readonly provider: string;
  readonly id: number;
  readonly process?: number;
  readonly thread?: number;
  readonly packet?: TestPacket;
  readonly continues?: number;
}

/** A segment that holds the events, with its own numbering of schemas, IPv6 addresses and MAC pairs. */
export function segmentOf(rows: readonly TestEvent[]): Segment {
  const schemas = new Numbered<EventKind>();
  const ipv6 = new Numbered<Uint8Array>();
  const macs = new Numbered<Uint8Array>();
  const starters = rows.flatMap((row, event) => (row.packet ? [{ packet: row.packet, event }] : []));
  const packetOfEvent = new Map(starters.map(({ event }, packet) => [event, packet]));
  const continued = rows.flatMap(({ continues }, event) => {
    const packet = continues === undefined ? undefined : packetOfEvent.get(continues);
    return packet === undefined ? [] : [{ packet, event }];
  });
  const packetNumber = new Map([
    ...packetOfEvent,
    ...continued.map(({ event, packet }): [number, number] => [event, packet]),
  ]);
  const schema = rows.map((row) => schemas.numberOf(`${row.provider} ${row.id}`, kindOf(row)));
  const address = (text: string | undefined): number => {
    if (text === undefined) return 0;
    const bytes = parseIpv6(text);
    return bytes ? ipv6.numberOf(bytes.join(), bytes) : (parseIpv4(text) ?? 0);
  };
  const macPair = ({ sourceMac, destinationMac }: TestPacket): number => {
    if (sourceMac === undefined || destinationMac === undefined) return 0;
    const pair = Uint8Array.from([...(parseMac(destinationMac) ?? []), ...(parseMac(sourceMac) ?? [])]);
    return macs.numberOf(pair.join(), pair) + 1;
  };
  const packets = starters.map(({ packet, event }) => ({
    event,
    modules: packet.modules.reduce((bits, module) => bits + moduleBit[module], 0),
    sourceAddress: address(packet.source),
    destinationAddress: address(packet.destination),
    sequence: packet.sequence ?? 0,
    acknowledgement: packet.acknowledgement ?? 0,
    payloadLength: packet.payloadLength ?? 0,
    macPair: macPair(packet),
    etherType: packet.etherType ?? 0,
    vlan: packet.vlan ?? 0,
    sourcePort: packet.sourcePort ?? 0,
    destinationPort: packet.destinationPort ?? 0,
    window: packet.window ?? 0,
    ipProtocol: packet.protocol ?? 0,
    tcpFlags: packet.flags ?? 0,
  }));
  return {
    input: 0,
    section: 0,
    pointerSize: 8,
    osBuild: 0,
    buffers: tableOf(bufferColumns, []),
    events: tableOf(
      eventColumns,
      rows.map((row, event) => ({
        tick: event,
        schema: schema[event],
        process: row.process ?? 0,
        thread: row.thread ?? 0,
        packet: (packetNumber.get(event) ?? -1) + 1,
      })),
    ),
    packets: tableOf(packetColumns, packets),
    sightings: tableOf(sightingColumns, []),
    continuations: tableOf(continuationColumns, continued),
    metadata: tableOf(metadataColumns, []),
    seam: {
      origins: [],
      begins: [],
      openPackets: [],
      loose: tableOf(looseFragmentColumns, []),
      strays: 0,
      firstStrayOffset: 0,
    },
    fragmentsElsewhere: [],
    fragmentsFromElsewhere: [],
    schemas: schemas.values,
    schemaEvents: schemas.values.map((_, number) => schema.filter((each) => each === number).length),
    schemaPackets: schemas.values.map((_, number) => starters.filter(({ event }) => schema[event] === number).length),
    schemaTruncated: schemas.values.map(() => 0),
    components: [],
    ipv6Addresses: joined(ipv6.values, 16),
    macPairs: joined(macs.values, 12),
    metadataEvents: [],
    gaps: { skippedBuffers: 0, skippedBytes: 0, unwrittenBytes: 0, unwrittenOffset: 0 },
    unknownRecords: [],
  };
}

/** Things numbered in the order they are first met. */
class Numbered<Value> {
  readonly values: Value[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(key: string, value: Value): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}

const arrayOf = { Uint8: Uint8Array, Uint16: Uint16Array, Uint32: Uint32Array, Float64: Float64Array };
type ColumnType = keyof typeof arrayOf;
type AnyColumn = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function tableOf<Columns extends Readonly<Record<string, ColumnType>>>(
  columns: Columns,
  rows: readonly Readonly<Partial<Record<keyof Columns, number>>>[],
): Table<Columns> {
  const entries = Object.entries(columns).map(([name, type]) => {
    const Column: (new (memory: SharedArrayBuffer) => AnyColumn) & { BYTES_PER_ELEMENT: number } = arrayOf[type];
    const column = new Column(new SharedArrayBuffer(rows.length * Column.BYTES_PER_ELEMENT));
    column.set(rows.map((row) => row[name] ?? 0));
    return [name, column] as const;
  });
  return { ...Object.fromEntries(entries), length: rows.length } as Table<Columns>;
}

function kindOf({ provider, id }: TestEvent): EventKind {
  const nothing = { version: 0, channel: 0, level: 0, opcode: 0, task: 0, keywordLow: 0, keywordHigh: 0 };
  return { family: 'manifest', provider, id, ...nothing };
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(parts.length * size);
  parts.forEach((part, index) => {
    bytes.set(part, index * size);
  });
  return bytes;
}
