import { describe, expect, it } from 'vitest';
import { memorySource } from '../base/byte-source.ts';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile, indexSources, type IndexedFile } from './index-file.ts';
import { metadataEvent, packetBegunBy, packetEvents, packetFrame } from './packet-bytes.ts';
import { PacketTrait } from './segment.ts';

const head = 'trace start=2024-05-01T14:03:07.0000000Z cpus=2 buffer=1KiB';
const frame = (sequence: number): string =>
  `eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 ACK seq=${sequence} | zeros 400`;
const from = 'from=3:Guest:NIC1:Synthetic to=4:Host:NIC2:Internal';

/** What is known of every packet, in time order. */
function packetsOf({ columns, order, reader }: IndexedFile): object[] {
  return [...order].flatMap((event) => {
    const { segment, index } = columns.locate(event);
    const packet = packetBegunBy(segment, index);
    if (packet < 0) return [];
    const { packets } = segment;
    return [
      {
        sequence: packets.sequence[packet],
        captured: packets.capturedLength[packet],
        cut: packets.cutLength[packet],
        traits: packets.traits[packet],
        events: packetEvents(segment, packet).length,
        bytes: Buffer.from(packetFrame(reader, segment, packet)).toString('hex'),
      },
    ];
  });
}

function truncatedOf({ columns }: IndexedFile): number {
  return columns.segments.reduce((sum, { schemaTruncated }) => sum + schemaTruncated.reduce((a, b) => a + b, 0), 0);
}

describe('packets whose fragments lie in several ranges of a file', () => {
  const statements = Array.from({ length: 24 }, (_, index) => [
    `+${index * 10}us cpu${index % 2} tid7 ndis in miniport=9 fragments=200,150,104 | ${frame(index)}`,
    `+${index * 10 + 1}us cpu${index % 2} tid7 ndis switch out miniport=9 ${from} fragments=300,154 | ${frame(1000 + index)}`,
    `+${index * 10 + 2}us cpu${index % 2} tid8 ndis out miniport=9 snap=420 fragments=210,210 | ${frame(2000 + index)}`,
  ]).flat();
  const incomplete = [
    `+300us cpu0 tid7 ndis in miniport=9 fragments=200,254 without-end | ${frame(3000)}`,
    `+301us cpu0 tid7 ndis in miniport=9 fragments=200,254 | ${frame(3001)}`,
    `+302us cpu0 tid7 ndis in miniport=9 fragments=200,254 without-start | ${frame(3002)}`,
  ];
  const file = compileScenario([head, ...statements, ...incomplete].join('\n'));
  const whole = indexFile(file, { rangeBytes: 1 << 20 });

  it.each([1, 1024, 3000, 7000])('are the same as in one range when ranges have %i bytes', (rangeBytes) => {
    const cut = indexFile(file, { rangeBytes });
    expect(cut.columns.segments.length).toBeGreaterThan(3);
    expect(cut.columns.segments.some(({ fragmentsElsewhere }) => fragmentsElsewhere.length > 0)).toBe(true);
    expect(packetsOf(cut)).toEqual(packetsOf(whole));
    expect(truncatedOf(cut)).toBe(truncatedOf(whole));
    const told = (read: IndexedFile): string[] => read.problems.map(({ message }) => message).sort();
    expect(told(cut)).toEqual(told(whole));
  });

  it('are whole, and only what lacks fragments is told', () => {
    expect(packetsOf(whole)).toHaveLength(24 * 3 + 2);
    expect(packetsOf(whole).slice(0, 3)).toMatchObject([
      { captured: 454, cut: 0, events: 3, traits: PacketTrait.Inbound },
      { captured: 454, cut: 0, events: 2, traits: PacketTrait.Outbound | PacketTrait.Routed },
      { captured: 420, cut: 34, events: 2, traits: PacketTrait.Outbound | PacketTrait.Truncated },
    ]);
    expect(whole.problems.map(({ kind, message }) => [kind, message])).toEqual([
      ['packet', '1 packets lack their last fragment; what was captured of them is shown.'],
      ['packet', '2 fragments lack the beginning of their packet; they are shown as events.'],
    ]);
  });
});

describe('packets whose fragments lie in several files', () => {
  const start = `ndis in miniport=9 fragments=200,254 without-end | ${frame(1)}`;
  const end = `ndis in miniport=9 without-start | ${frame(1)}`;
  const read = (first: string, second: string): IndexedFile =>
    indexSources([first, second].map((text) => memorySource(compileScenario(text))));
  const at = (time: string, boot = '2024-05-01T00:00:00.0000000Z'): string =>
    `trace start=2024-05-01T14:03:${time} session=Series cpus=2 boot=${boot}`;

  it('are joined when one session wrote them one after the other', () => {
    const { columns, problems } = read(
      `${at('07.0000000Z')}\n+1us cpu1 tid7 ${start}`,
      `${at('07.0000010Z')}\n+1us cpu1 tid7 ${end}`,
    );
    const [first] = columns.segments;
    expect(first.packets.capturedLength[0]).toBe(908);
    expect(first.packets.traits[0] & PacketTrait.Incomplete).toBe(0);
    expect(problems).toEqual([]);
  });

  it.each([
    ['another session', at('07.0000010Z').replace('Series', 'Other'), '+1us cpu1 tid7'],
    ['another machine', at('07.0000010Z', '2024-04-01T00:00:00.0000000Z'), '+1us cpu1 tid7'],
    ['another processor', at('07.0000010Z'), '+1us cpu0 tid7'],
    ['another thread', at('07.0000010Z'), '+1us cpu1 tid8'],
    ['earlier', at('06.0000000Z'), '+1us cpu1 tid7'],
    ['much later', at('09.0000000Z'), '+1us cpu1 tid7'],
  ])('are not joined with those of %s', (_, second, place) => {
    const { columns, problems } = read(`${at('07.0000000Z')}\n+1us cpu1 tid7 ${start}`, `${second}\n${place} ${end}`);
    expect(columns.segments[0].packets.capturedLength[0]).toBe(454);
    expect(problems.map(({ kind }) => kind)).toEqual(['packet', 'packet']);
  });
});

describe('a circular file that has wrapped inside a packet', () => {
  const lines = Array.from(
    { length: 30 },
    (_, index) => `+${index * 10}us cpu0 tid7 ndis in miniport=9 fragments=200,150,104 | ${frame(index)}`,
  );
  const text = [head, ...lines].join('\n');
  const known = new Map(
    packetsOf(indexFile(compileScenario(text))).map((packet) => [(packet as { sequence: number }).sequence, packet]),
  );

  it.each([3, 4, 5, 6, 7])(
    'a ring of %i buffers joins over its end, and never the newest with the oldest',
    (ringBuffers) => {
      for (const rangeBytes of [1, 2500, 1 << 20]) {
        const ring = indexFile(compileScenario(text, { ringBuffers }), { rangeBytes });
        const packets = packetsOf(ring);
        expect(packets.length).toBeGreaterThan(1);
        for (const packet of packets) expect(packet).toEqual(known.get((packet as { sequence: number }).sequence));
      }
    },
  );
});

describe('802.11 metadata', () => {
  const wifi = 'wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03 from-ds | ipv4 10.0.0.5 > 10.0.0.6';

  it('belongs to the next packet of the same miniport, layer, thread and processor', () => {
    const text = [
      'trace cpus=2',
      '+1us cpu0 tid7 ndis metadata miniport=4',
      `+2us cpu0 tid8 ndis in miniport=4 | ${wifi}`,
      `+3us cpu0 tid7 ndis in miniport=5 | ${wifi}`,
      `+4us cpu0 tid7 ndis in miniport=4 lower=9 | ${wifi}`,
      `+5us cpu0 tid7 ndis in miniport=4 | ${wifi}`,
      `+6us cpu0 tid7 ndis in miniport=4 | ${wifi}`,
    ].join('\n');
    const [segment] = indexFile(compileScenario(text)).columns.segments;
    const kinds = [0, 1, 2, 3, 4].map((packet) => metadataEvent(segment, packet)).map((event) => event >= 0);
    expect(kinds).toEqual([false, false, false, true, false]);
    const event = metadataEvent(segment, 3);
    expect(segment.schemas[segment.events.schema[event]].id).toBe(1002);
  });
});
