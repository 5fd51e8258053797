import { describe, expect, it } from 'vitest';
import { concatenate } from '../base/bytes.ts';
import { memorySource } from '../base/byte-source.ts';
import { netmonFile, pcapFile, PcapngWriter, textOption } from '../capture-file/test-support/capture-writers.ts';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile, indexSources, type IndexedFile } from './index-file.ts';
import { packetBegunBy, packetFrame } from './packet-bytes.ts';

const start = 1_714_572_187_000_000_000n;
const frameOf = (number: number): Uint8Array =>
  Uint8Array.from({ length: 60 + (number % 700) }, (_, index) =>
    index === 12 ? 8 : index === 13 ? 0 : (index + number) & 0xff,
  );
/** More than one stretch is read for, and here and there a packet that comes late. */
const packets = Array.from({ length: 900 }, (_, number) => ({
  time: start + BigInt(number) * 1_000_000n - (number % 10 === 9 ? 30_000_000n : 0n),
  frame: frameOf(number),
}));
const writer = new PcapngWriter();
const captures: readonly (readonly [string, Uint8Array])[] = [
  ['pcap', pcapFile(packets)],
  ['NetMon file', netmonFile(packets)],
  [
    'pcapng',
    concatenate([
      writer.section(),
      writer.interface(1, [textOption(2, 'eth0')]),
      ...packets.map(({ time, frame }) => writer.packet(0, time / 1000n, frame)),
    ]),
  ],
];

/** Times and frames in time order, each read again from the file. */
function contents({ columns, order, reader }: IndexedFile): { time: bigint; frame: Uint8Array }[] {
  return Array.from(order, (event) => {
    const { segment, index } = columns.locate(event);
    const packet = packetBegunBy(segment, index);
    return { time: columns.timeOf(event), frame: packetFrame(reader, segment, packet) };
  });
}

const unixEpoch = 116_444_736_000_000_000n;
const inOrder = [...packets]
  .sort((a, b) => Number(a.time - b.time))
  .map(({ time, frame }) => ({ time: time / 100n + unixEpoch, frame }));

describe.each(captures)('a %s', (_, file) => {
  it.each([
    { rangeBytes: 1 << 20, chunkBytes: 1 << 16 },
    { rangeBytes: 1, chunkBytes: 1 },
    { rangeBytes: 5000, chunkBytes: 700 },
  ])('has its packets in time order, whatever the ranges and chunks: %o', (sizes) => {
    const indexed = indexFile(file, sizes);
    expect(indexed.problems).toEqual([]);
    expect(contents(indexed)).toEqual(inOrder);
  });

  it('is merged with an ETL by time, with its shift', () => {
    const etl = compileScenario(
      'trace start=2024-05-01T14:03:07.0000000Z cpus=1\n+0.45 ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | bytes 0011',
    );
    const indexed = indexSources([memorySource(etl), memorySource(file)], { shifts: [0, 10_000_000] });
    const times = Array.from(indexed.order, (event) => indexed.columns.timeOf(event));
    expect(times).toEqual([...times].sort((a, b) => Number(a - b)));
    expect(times.slice(0, 3)).toEqual([
      start / 100n + unixEpoch,
      start / 100n + unixEpoch + 4_500_000n,
      inOrder[0].time + 10_000_000n,
    ]);
  });

  it('whose bytes change after it was indexed gives less, and throws nothing', () => {
    const bytes = file.slice();
    const { columns, reader } = indexFile(bytes);
    bytes.fill(0xff, Math.floor(bytes.length / 3));
    const [segment] = columns.segments;
    for (let event = 0; event < segment.events.length; event += 7) reader.read(segment, event);
    expect(reader.read(segment, segment.events.length - 1)).toBeUndefined();
  });
});
