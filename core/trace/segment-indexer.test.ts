import { describe, expect, it } from 'vitest';
import { ipv4Text, macAt } from '../base/address.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { dissectFrame } from '../packet/dissect.ts';
import type { LinkType } from '../packet/link-type.ts';
import { isApplication, moduleBit } from '../packet/module.ts';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile } from './index-file.ts';
import { packetBegunBy, packetEvents, packetFrame, sightingOf, toldHeaders } from './packet-bytes.ts';
import { PacketTrait } from './segment.ts';

const head = 'trace start=2024-05-01T14:03:07.0000000Z cpus=4 buffer=2KiB';
const syn =
  'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 id=7 | tcp 52891 > 80 SYN seq=1717747265 win=8192 mss=1460 scale=8';

describe('indexing', () => {
  it('fills the packet columns from the frame alone', () => {
    const { columns } = indexFile(
      compileScenario(`${head}\n+1us cpu2 pid4 tid88 ndis in miniport=9 lower=11 | ${syn}`),
    );
    const [segment] = columns.segments;
    const { packets, events } = segment;
    expect(packets.length).toBe(1);
    expect(ipv4Text(packets.sourceAddress[0])).toBe('10.0.0.50');
    expect(macAt(segment.macPairs, 0)).toBe('00-15-5D-00-00-02');
    expect({
      modules: packets.modules[0],
      ports: [packets.sourcePort[0], packets.destinationPort[0]],
      sequence: packets.sequence[0],
      flags: packets.tcpFlags[0],
      window: packets.window[0],
      traits: packets.traits[0],
      component: segment.components[packets.component[0]],
    }).toEqual({
      modules: moduleBit.Ethernet | moduleBit.IPv4 | moduleBit.TCP,
      ports: [52891, 80],
      sequence: 1717747265,
      flags: 2,
      window: 8192,
      traits: PacketTrait.Inbound,
      component: {
        source: 'ndis',
        miniportIfIndex: 9,
        lowerIfIndex: 11,
        id: 0,
        portName: '',
        nicName: '',
        nicType: '',
      },
    });
    const event = packets.event[0];
    expect([events.process[event], events.thread[event], packetBegunBy(segment, event)]).toEqual([4, 88, 0]);
  });

  it('keeps time to 100 ns and the processor of the buffer', () => {
    const { columns, order } = indexFile(compileScenario(`${head}\n+0.0001182 cpu3 ndis in miniport=9 | ${syn}`));
    expect(filetimeToIso(columns.timeOf(order[order.length - 1]))).toBe('2024-05-01T14:03:07.0001182Z');
    const { buffers } = columns.segments[0];
    expect(buffers.processor[buffers.length - 1]).toBe(3);
  });

  it('joins fragments that come interleaved from two threads', () => {
    const text = [
      head,
      `+1us cpu0 tid1 ndis in miniport=9 fragments=30,36 | ${syn}`,
      `+1us cpu0 tid2 ndis in miniport=9 fragments=20,20,26 | ${syn}`,
    ].join('\n');
    const { columns, reader } = indexFile(compileScenario(text));
    const [segment] = columns.segments;
    expect(segment.packets.length).toBe(2);
    expect(packetEvents(segment, 1)).toHaveLength(3);
    expect(packetFrame(reader, segment, 0)).toEqual(packetFrame(reader, segment, 1));
    expect(segment.packets.traits[1]).toBe(PacketTrait.Inbound);
    expect(segment.packets.capturedLength[1]).toBe(62);
  });

  it('says when the last fragment never came', () => {
    const { columns, problems } = indexFile(
      compileScenario(`${head}\n+1us cpu0 ndis in miniport=9 fragments=30,36 without-end | ${syn}`),
    );
    expect(columns.segments[0].packets.traits[0] & PacketTrait.Incomplete).toBe(PacketTrait.Incomplete);
    expect(problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('1 packets lack their last fragment') as string }),
    ]);
  });

  it('marks a packet cut by truncation and keeps its original length', () => {
    const { columns } = indexFile(compileScenario(`${head}\n+1us cpu0 ndis in miniport=9 snap=40 | ${syn}`));
    const { packets } = columns.segments[0];
    expect([packets.capturedLength[0], packets.cutLength[0], packets.traits[0] & PacketTrait.Truncated]).toEqual([
      40,
      22,
      PacketTrait.Truncated,
    ]);
  });

  it('tells the length of a cut packet by its IP header, but not of one that the network card was to cut', () => {
    const ethernet = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
    const ipv4 = 'ipv4 10.0.0.50 > 10.0.0.60';
    const ipv6 = 'ipv6 fe80::1 > fe80::2';
    const lines: [statement: string, captured: number, cut: number][] = [
      [`ndis in miniport=9 snap=80 | ${ethernet} | ${ipv4} | tcp 1 > 2 | zeros 946`, 80, 920],
      [`ndis in miniport=9 snap=80 | ${ethernet} | vlan 5 | ${ipv4} | tcp 1 > 2 | zeros 942`, 80, 920],
      [`ndis in miniport=9 snap=80 | ${ethernet} | ${ipv6} | tcp 1 > 2 | zeros 926`, 80, 920],
      [`ndis in miniport=9 snap=80 | ${ipv6} | tcp 1 > 2 | zeros 940`, 80, 920],
      // Large send offload leaves a total length of 0, or that of the first segment.
      [`ndis out miniport=9 snap=80 | ${ethernet} | ${ipv4} length=0 | tcp 1 > 2 | zeros 946`, 80, 0],
      [`ndis out miniport=9 | ${ethernet} | ${ipv4} length=60 | tcp 1 > 2 | zeros 946`, 1000, 0],
      // Jumbo frames, and padding behind a short packet.
      [`ndis in miniport=9 | ${ethernet} | ${ipv4} | tcp 1 > 2 | zeros 8946`, 9000, 0],
      [`ndis in miniport=9 snap=9 | ${ethernet} | ${ipv4} | tcp 1 > 2`, 9, 0],
      [`pktmon frame snap=60 | ${ethernet} | ${ipv4} | tcp 1 > 2 | zeros 946`, 60, 940],
      [`pktmon frame snap=60 original=2000 | ${ethernet} | ${ipv4} | tcp 1 > 2 | zeros 946`, 60, 1940],
      [
        `pktmon frame snap=10 original=500 | ${ethernet} | arp who-has 10.0.0.1 tell 10.0.0.2 from 00-15-5D-00-00-01`,
        10,
        490,
      ],
    ];
    const text = lines.map(([statement], index) => `+${index}us ${statement}`).join('\n');
    const [{ packets }] = indexFile(compileScenario(`trace cpus=1 buffer=64KiB\n${text}`)).columns.segments;
    lines.forEach(([statement, captured, cut], packet) => {
      expect([statement, packets.capturedLength[packet], packets.cutLength[packet]]).toEqual([
        statement,
        captured,
        cut,
      ]);
      const isTruncated = cut > 0 || statement.includes('snap=');
      expect([statement, (packets.traits[packet] & PacketTrait.Truncated) !== 0]).toEqual([statement, isTruncated]);
    });
  });

  it('takes group, appearance and drop reason of pktmon sightings', () => {
    const { columns } = indexFile(
      compileScenario(
        `${head}\n+1us pktmon frame group=5 appearance=2 direction=Rx component=59 edge=1 | ${syn}\n+2us pktmon drop group=5 appearance=3 direction=Rx component=60 edge=0 reason=9 location=0xE0002006 | ${syn}`,
      ),
    );
    const [segment] = columns.segments;
    const row = sightingOf(segment, 1);
    const { sightings } = segment;
    expect([
      sightings.group[row],
      sightings.appearance[row],
      sightings.dropReason[row],
      sightings.dropLocation[row],
    ]).toEqual([5, 3, 9, 0xe000_2006]);
    expect(segment.packets.traits[1] & PacketTrait.Dropped).toBe(PacketTrait.Dropped);
  });

  it('has the same modules in the columns as the dissectors give, where an event tells headers', () => {
    const ethernet = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
    const networks = ['ipv4 10.0.0.50 > 10.0.0.60', 'ipv6 fe80::1 > fe80::2'];
    const above = ['tcp 1 > 2 SYN | zeros 4', 'udp 5 > 6 | zeros 4', 'bytes 60010203'];
    const ways = ['headers', ...[0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((type) => `payload type=${type}`)];
    const frames = networks.flatMap((network) =>
      above.map((payload) => `${ethernet} | vlan 5 | ${network} | ${payload}`),
    );
    const lines = ways.flatMap((way) => frames.map((frame) => `pktmon ${way} | ${frame}`));
    const { columns, reader } = indexFile(compileScenario(['trace buffer=64KiB', ...lines].join('\n')));
    const [segment] = columns.segments;
    expect(segment.packets.length).toBe(lines.length);
    for (let packet = 0; packet < segment.packets.length; packet++) {
      const headers = toldHeaders(segment, packet);
      const linkType = segment.packets.linkType[packet] as LinkType;
      const layers = dissectFrame(packetFrame(reader, segment, packet), linkType, headers ? { headers } : {});
      const modules = layers.reduce((bits, { module }) => bits | (isApplication(module) ? 0 : moduleBit[module]), 0);
      expect([lines[packet], segment.packets.modules[packet]]).toEqual([lines[packet], modules]);
    }
  });

  it('reads the same whatever the range and chunk sizes, plain or compressed', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `+${index}us cpu${index % 4} ndis in miniport=9 | ${syn}`);
    const text = [head, ...lines].join('\n');
    const wanted = indexFile(compileScenario(text));
    const times = (indexed: typeof wanted): bigint[] =>
      Array.from(indexed.order, (event) => indexed.columns.timeOf(event));
    for (const compressed of [false, true]) {
      for (const rangeBytes of [1, 4096, 1 << 20]) {
        const indexed = indexFile(compileScenario(text, { compressed }), { rangeBytes, chunkBytes: 128, slices: 3 });
        expect(times(indexed)).toEqual(times(wanted));
        expect(indexed.problems).toEqual([]);
      }
    }
  });

  it('tells the kinds of event apart and counts them', () => {
    const { columns } = indexFile(
      compileScenario(
        `${head}\n+1us event {11111111-2222-3333-4444-555555555555} id=7 version=1 level=4 keyword=0x8000000000000010 payload=00\n+2us event {11111111-2222-3333-4444-555555555555} id=7 version=1 level=4 keyword=0x8000000000000010 payload=00\n+3us classic {22222222-2222-3333-4444-555555555555} opcode=33 payload=00`,
      ),
    );
    const [segment] = columns.segments;
    const kinds = segment.schemas
      .map((kind, number) => ({ ...kind, events: segment.schemaEvents[number] }))
      .filter(({ provider }) => /^\{[12]{8}-/.test(provider));
    expect(kinds).toEqual([
      expect.objectContaining({
        family: 'manifest',
        id: 7,
        version: 1,
        level: 4,
        keywordLow: 0x10,
        keywordHigh: 0x8000_0000,
        events: 2,
      }),
      expect.objectContaining({ family: 'classic', opcode: 33, events: 1 }),
    ]);
  });

  it('counts the packets of each kind of event, and those the capture cut', () => {
    const text = `${head}\n+1us ndis in miniport=9 snap=40 | ${syn}\n+2us ndis in miniport=9 | ${syn}\n+3us ndis out miniport=9 fragments=40,22 snap=50 | ${syn}`;
    const [segment] = indexFile(compileScenario(text)).columns.segments;
    const counts = segment.schemas.map((_, kind) => [segment.schemaPackets[kind], segment.schemaTruncated[kind]]);
    const sum = (column: 0 | 1): number => counts.reduce((total, each) => total + each[column], 0);
    expect([sum(0), sum(1)]).toEqual([3, 2]);
    counts.forEach(([packets, truncated], kind) => {
      expect(packets).toBeLessThanOrEqual(segment.schemaEvents[kind]);
      expect(truncated).toBeLessThanOrEqual(packets);
    });
  });

  it('numbers events by what short headers, WNODEs and messages have', () => {
    const guid = '{22222222-2222-3333-4444-555555555555}';
    const text = [
      head,
      'timed number=70000',
      'timed old number=70000',
      `wnode ${guid}`,
      `message ${guid} number=5`,
      'message component=12 number=5',
      'message number=5',
    ].join('\n');
    const [segment] = indexFile(compileScenario(text)).columns.segments;
    const kinds = segment.schemas.map((kind, number) => [
      kind.family,
      kind.provider,
      kind.id,
      segment.schemaEvents[number],
    ]);
    const none = '{00000000-0000-0000-0000-000000000000}';
    expect(kinds.slice(1)).toEqual([
      ['message', none, 70_000, 2],
      ['classic', guid, 0, 1],
      ['message', guid, 5, 1],
      ['message', '{0000000c-0000-0000-0000-000000000000}', 5, 1],
      ['message', none, 5, 1],
    ]);
  });

  it('gives messages the pointer size that they name, not that of the session', () => {
    const { columns, reader } = indexFile(compileScenario(`${head}\nmessage number=1 pointer=4\nmessage number=2`));
    const [segment] = columns.segments;
    expect([1, 2].map((event) => reader.read(segment, event)?.pointerSize)).toEqual([4, 8]);
  });

  it('takes the time of the buffer where a record has none, whatever the buffers count in', () => {
    for (const session of ['Plain', 'Relogger']) {
      const text = `${head} session=${session}\n+1 timed number=1\n+2 timed untimed number=2\n+3 timed number=3`;
      const { columns, order } = indexFile(compileScenario(text));
      const times = Array.from(order, (event) => filetimeToIso(columns.timeOf(event)).slice(17, 19));
      expect(times).toEqual(['07', '08', '10', '10']);
    }
  });

  it('leaves out records of unknown types, keeps their neighbours, and tells once for each type', () => {
    const unknown = (type: string): string => `raw payload=1000${type}c00000000000000000`;
    const lines = Array.from({ length: 30 }, () => [unknown('7b'), 'timed number=1', unknown('7c'), unknown('7b')]);
    const { columns, problems } = indexFile(compileScenario([head, ...lines.flat()].join('\n')), { rangeBytes: 1 });
    expect(columns.events).toBe(1 + 30);
    expect(problems).toEqual([
      expect.objectContaining({
        kind: 'damaged',
        bytes: 60 * 16,
        message: expect.stringContaining('60 records') as string,
      }),
      expect.objectContaining({
        kind: 'damaged',
        bytes: 30 * 16,
        message: expect.stringContaining('30 records') as string,
      }),
    ]);
  });

  it('says when fragments lack the beginning of their packet', () => {
    const { problems } = indexFile(
      compileScenario(`${head}\n+1us cpu0 ndis in miniport=9 fragments=30,36 without-start | ${syn}`),
    );
    expect(problems).toEqual([
      expect.objectContaining({ kind: 'packet', message: expect.stringContaining('2 fragments lack') as string }),
    ]);
  });

  it('says how many bytes of a damaged buffer were skipped', () => {
    const file = compileScenario(`${head}\ntimed number=1\nraw payload=eeeeeeeeeeeeeeee\ntimed number=2`);
    const { columns, problems } = indexFile(file);
    expect(columns.events).toBe(2);
    expect(problems).toEqual([expect.objectContaining({ kind: 'damaged', bytes: 8 + 16, offset: 2048 })]);
  });
});
