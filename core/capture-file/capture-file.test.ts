import { describe, expect, it } from 'vitest';
import { concatenate } from '../base/bytes.ts';
import { memorySource } from '../base/byte-source.ts';
import type { CaptureProblem, CaptureRange } from './capture-context.ts';
import { captureFields, openCapture, readCaptureRange, readCaptureRecord, sniffCapture } from './capture-file.ts';
import { CaptureRecord, RecordKind } from './capture-record.ts';
import { FileWindow } from './file-window.ts';
import { foreignFormat } from './foreign-format.ts';
import { FieldWriter, netmonFile, pcapFile, PcapngWriter, textOption } from './test-support/capture-writers.ts';

const start = 1_714_572_187_000_000_000n;
const frameOf = (length: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 7 + seed) & 0xff);

interface ReadRecord {
  readonly time: bigint;
  readonly frame: Uint8Array;
  readonly record: CaptureRecord;
  readonly fields: readonly string[];
}
interface Reading {
  readonly records: ReadRecord[];
  readonly problems: CaptureProblem[];
  readonly drops: (readonly [number, number])[];
}

/** Everything a file holds, read in ranges of so many bytes by chunks of so many. */
function read(file: Uint8Array, rangeBytes = 1 << 20, chunkBytes = 1 << 16): Reading {
  const source = memorySource(file, 61);
  const reading: Reading = { records: [], problems: [], drops: [] };
  for (let from: number | undefined = 0; from !== undefined;) {
    const { context, position, problems } = openCapture(source, from);
    reading.problems.push(...problems);
    const window = new FileWindow(source, chunkBytes);
    const record = new CaptureRecord();
    from = undefined;
    let range: CaptureRange | undefined = {
      context,
      position,
      bytes: rangeBytes,
      fullBytes: rangeBytes,
      lastTick: 0,
      bytesBefore: 0,
    };
    while (range) {
      const current: CaptureRange = range;
      const places: { start: number; end: number; read: Omit<ReadRecord, 'fields'> }[] = [];
      const end = readCaptureRange(window, current, record, {
        record: (found, view, offset) => {
          const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
          places.push({
            start: offset + found.start,
            end: offset + found.end,
            read: {
              time: context.start + BigInt(found.tick),
              frame: bytes.slice(found.dataStart, found.dataEnd),
              record: Object.assign(new CaptureRecord(), found),
            },
          });
        },
        problem: (problem) => reading.problems.push(problem),
        interfaceDrops: (number, packets) => reading.drops.push([number, packets]),
        progress: () => false,
      });
      for (const place of places) {
        // Read again by its place alone, as it is when somebody looks at it.
        const bytes = file.slice(place.start, place.end);
        const view = new DataView(bytes.buffer);
        const again = new CaptureRecord();
        expect(readCaptureRecord(end.context, view, bytes, 0, bytes.length, again)).toBe(true);
        expect(bytes.slice(again.dataStart, again.dataEnd)).toEqual(place.read.frame);
        const fields = captureFields(end.context, view, bytes, again, place.start);
        reading.records.push({ ...place.read, fields: fields.map(({ name, value }) => `${name}=${value}`) });
      }
      from = end.nextSectionAt;
      range = end.next && { ...current, ...end.next, context: end.context };
    }
  }
  return reading;
}

const times = [0n, 1n, 999n, 1_000_000_123n, 86_400_000_000_456n].map((offset) => start + offset);
const packets = times.map((time, index) => ({
  time,
  frame: frameOf(60 + index, index),
  originalLength: 60 + index * 10,
}));

describe('a capture', () => {
  it('is known by its first bytes', () => {
    expect(sniffCapture(new PcapngWriter(true).section())).toBe('pcapng');
    expect(sniffCapture(new PcapngWriter(false).section())).toBe('pcapng');
    for (const littleEndian of [true, false]) {
      for (const flavour of [{}, { nanoseconds: true }, { modified: true }]) {
        expect(sniffCapture(pcapFile([], { littleEndian, ...flavour }))).toBe('pcap');
      }
    }
    expect(sniffCapture(netmonFile([]))).toBe('netmon');
    expect(sniffCapture(netmonFile([], { major: 1, minor: 1 }))).toBe('netmon');
    expect(sniffCapture(new Uint8Array(64))).toBeUndefined();
    expect(sniffCapture(new Uint8Array(0))).toBeUndefined();
  });

  it('that it is not is named', () => {
    expect(foreignFormat(Uint8Array.of(0x1f, 0x8b, 8))).toContain('gzip');
    expect(foreignFormat(Uint8Array.of(0x50, 0x4b, 3, 4))).toContain('ZIP');
    expect(foreignFormat(Uint8Array.of(0x4d, 0x53, 0x43, 0x46))).toContain('cabinet');
    expect(foreignFormat(Uint8Array.of(1, 2, 3))).toBeUndefined();
  });
});

describe.each([
  { littleEndian: true, nanoseconds: false },
  { littleEndian: false, nanoseconds: false },
  { littleEndian: true, nanoseconds: true },
  { littleEndian: false, nanoseconds: true },
  { littleEndian: false, nanoseconds: false, modified: true },
])('a pcap with %o', (flavour) => {
  it.each([
    [1 << 20, 1 << 16],
    [1, 1],
    [200, 17],
  ])('gives its packets, read in ranges of %i bytes by chunks of %i', (rangeBytes, chunkBytes) => {
    const { records, problems } = read(pcapFile(packets, flavour), rangeBytes, chunkBytes);
    expect(problems).toEqual([]);
    expect(records.map(({ frame }) => frame)).toEqual(packets.map(({ frame }) => frame));
    const resolution = flavour.nanoseconds ? 1n : 1000n;
    expect(records.map(({ time }) => time)).toEqual(times.map((time) => time - (time % resolution)));
    expect(records.map(({ record }) => record.originalLength)).toEqual(packets.map((packet) => packet.originalLength));
  });
});

describe.each([true, false])('a pcapng that is little-endian: %s', (littleEndian) => {
  const writer = new PcapngWriter(littleEndian);
  const fields = (): FieldWriter => writer.fields();
  const nanoseconds = [9, Uint8Array.of(9)] as const;

  it.each([
    [1 << 20, 1 << 16],
    [1, 1],
    [100, 33],
  ])('gives every kind of record, read in ranges of %i bytes by chunks of %i', (rangeBytes, chunkBytes) => {
    const blocks = [
      writer.section([textOption(3, 'Linux 6.1'), textOption(4, 'dumpcap')]),
      writer.interface(1, [textOption(2, 'eth0'), textOption(3, 'Uplink'), nanoseconds]),
      writer.block(4, frameOf(40)),
      writer.packet(0, start, frameOf(61), [[2, fields().u32(1).done()]], 1514),
      writer.interface(101, [textOption(2, 'tun0')]),
      writer.packet(1, start / 1000n + 5n, frameOf(40), [
        [2, fields().u32(0x0102).done()],
        [5, fields().u64(0x1234_5678_9abcn).done()],
        [7, fields().u8(0).u32(9).done()],
        textOption(1, 'PID=4 TID=88 hello'),
      ]),
      writer.oldPacket(0, 3, start + 7n, frameOf(60)),
      writer.simplePacket(frameOf(59)),
      writer.journal(`__REALTIME_TIMESTAMP=${start / 1000n + 8n}\nMESSAGE=link is up\n_PID=77\n`),
      writer.statistics(0, 12n),
      writer.block(0x0bad, frameOf(100)),
      writer.packet(0, start + 9000n, frameOf(60), [
        [4, fields().u64(2n).done()],
        [8, fields().u32(1234).u32(0).done()],
      ]),
    ];
    const { records, problems, drops } = read(concatenate(blocks), rangeBytes, chunkBytes);
    expect(problems).toEqual([]);
    expect(drops).toEqual([[0, 12]]);
    expect(records.map(({ time }) => time - start)).toEqual([0n, 5000n, 7n, 7n, 8000n, 9000n]);
    expect(records.map(({ record }) => [record.kind, record.linkType, record.interfaceNumber])).toEqual([
      [RecordKind.Packet, 1, 0],
      [RecordKind.Packet, 101, 1],
      [RecordKind.Packet, 1, 0],
      [RecordKind.Packet, 1, 0],
      [RecordKind.Journal, 0xffff, 0],
      [RecordKind.Packet, 1, 0],
    ]);
    expect(records[0].record).toMatchObject({ inbound: true, outbound: false, originalLength: 1514 });
    expect(records[1].record).toMatchObject({
      outbound: true,
      isSighting: true,
      packetId: 0x1234_5678_9abc,
      isDrop: true,
      dropReason: 9,
      process: 4,
      thread: 88,
    });
    expect(records[1].fields).toContain('Comment=PID=4 TID=88 hello');
    expect(records[2].record.dropCount).toBe(3);
    expect(records[4].fields).toContain('MESSAGE=link is up');
    expect(records[4].record.process).toBe(77);
    expect(records[5].record).toMatchObject({ dropCount: 2, process: 1234, thread: 0xffff_ffff });
  });

  it.each([
    ['seconds', 0, (time: bigint) => time / 1_000_000_000n, 1_000_000_000n],
    ['milliseconds', 3, (time: bigint) => time / 1_000_000n, 1_000_000n],
    ['tenths of nanoseconds', 10, (time: bigint) => time * 10n + 9n, 1n],
    ['1/1024 s', 0x8a, (time: bigint) => (time * 1024n) / 1_000_000_000n, undefined],
    ['2^-32 s', 0xa0, (time: bigint) => (time * 2n ** 32n) / 1_000_000_000n, undefined],
  ])('tells time in %s', (_, resolution, units, step) => {
    const blocks = [writer.section(), writer.interface(1, [[9, Uint8Array.of(resolution)]])];
    for (const time of times) blocks.push(writer.packet(0, units(time), frameOf(14)));
    const { records } = read(concatenate(blocks));
    const shift =
      resolution === 10 ? 0 : 1_000_000_000 / (resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution);
    records.forEach(({ time }, index) => {
      if (step === undefined) expect(Math.abs(Number(time - times[index]))).toBeLessThanOrEqual(shift + 1);
      else expect(time).toBe(times[index] - (times[index] % step));
    });
  });

  it('adds the offset that an interface gives', () => {
    const offset = fields().u64(1_000_000n).done();
    const early = start / 1000n - 1_000_000n * 1_000_000n;
    const file = concatenate([
      writer.section(),
      writer.interface(1, [[14, offset]]),
      writer.packet(0, early, frameOf(14)),
    ]);
    expect(read(file).records[0].time).toBe(start);
  });

  it('may hold several sections, each with its own interfaces and byte order', () => {
    const other = new PcapngWriter(!littleEndian);
    const file = concatenate([
      writer.section(),
      writer.interface(1, [textOption(2, 'first')]),
      writer.packet(0, start / 1000n, frameOf(14)),
      other.section(),
      other.interface(101, [textOption(2, 'second')]),
      other.packet(0, start / 1000n + 1n, frameOf(20)),
    ]);
    const { records, problems } = read(file, 64, 8);
    expect(problems).toEqual([]);
    expect(records.map(({ time, record }) => [time - start, record.linkType])).toEqual([
      [0n, 1],
      [1000n, 101],
    ]);
  });

  it('loses a block that makes no sense, and goes on behind it', () => {
    const good = [writer.section(), writer.interface(1), writer.packet(0, start / 1000n, frameOf(60))];
    const bad = writer.packet(0, start / 1000n, frameOf(60));
    bad[4] ^= 0x55;
    bad[7] ^= 0x55;
    const unknownInterface = writer.packet(7, start / 1000n, frameOf(60));
    const last = writer.packet(0, start / 1000n + 3n, frameOf(50));
    const { records, problems } = read(concatenate([...good, bad, last, unknownInterface, last]));
    expect(records.map(({ frame }) => frame.length)).toEqual([60, 50, 50]);
    expect(problems.map(({ kind, offset, bytes }) => ({ kind, offset, bytes }))).toEqual([
      { kind: 'skipped', offset: concatenate(good).length, bytes: bad.length },
      { kind: 'damaged', offset: concatenate([...good, bad, last]).length, bytes: unknownInterface.length },
    ]);
  });
});

describe.each([
  { major: 1, minor: 1, step: 1_000_000n },
  { major: 2, minor: 0, step: 1000n },
  { major: 2, minor: 1, step: 1000n },
  { major: 2, minor: 2, step: 1000n },
  { major: 2, minor: 3, step: 100n },
])('a NetMon file of version %o', ({ major, minor, step }) => {
  it.each([
    [1 << 20, 1 << 16],
    [1, 1],
  ])('gives its frames, read in ranges of %i bytes by chunks of %i', (rangeBytes, chunkBytes) => {
    const { records, problems } = read(netmonFile(packets, { major, minor }), rangeBytes, chunkBytes);
    expect(problems.map(({ kind }) => kind)).toEqual(minor === 3 ? [] : ['other']);
    expect(records.map(({ frame }) => frame)).toEqual(packets.map(({ frame }) => frame));
    expect(records.map(({ time }) => time)).toEqual(times.map((time) => time - (time % step)));
    expect(records.map(({ record }) => record.originalLength)).toEqual(packets.map((packet) => packet.originalLength));
  });
});

describe('a NetMon file', () => {
  it('gives each frame its medium, its process and its comment', () => {
    const wifi = new FieldWriter().u8(2).u16(8).bytes(new Uint8Array(5)).bytes(frameOf(30)).done();
    const file = netmonFile(
      [
        { time: start, frame: frameOf(60), process: 1 },
        { time: start, frame: wifi, mediaType: 6 },
        { time: start, frame: frameOf(40), mediaType: 9 },
        { time: start, frame: frameOf(40), mediaType: 0xe071 },
        { time: start, frame: frameOf(40), mediaType: 0xfffb },
        { time: start, frame: frameOf(40), mediaType: 0xfffc },
      ],
      {
        processes: [
          { id: 4, path: 'System' },
          { id: 88, path: 'C:\\chrome.exe' },
        ],
        comments: [[2, 'here it goes wrong']],
      },
    );
    const { records } = read(file);
    expect(records.map(({ record, frame }) => [record.kind, record.linkType, frame.length])).toEqual([
      [RecordKind.Packet, 1, 60],
      [RecordKind.Packet, 105, 30],
      [RecordKind.Packet, 101, 40],
      [RecordKind.Packet, 0x71, 40],
      [RecordKind.Bytes, 0xffff, 40],
    ]);
    expect(records[0].record.process).toBe(88);
    expect(records[0].fields).toContain('ProcessPath=C:\\chrome.exe');
    expect(records[2].fields).toContain('Comment=here it goes wrong');
  });

  it('whose table names the same frame over and over is not read for ever', () => {
    const [packet] = packets;
    const file = netmonFile(Array.from({ length: 2000 }, () => packet));
    const view = new DataView(file.buffer);
    const table = view.getUint32(24, true);
    for (let frame = 0; frame < 2000; frame++) view.setUint32(table + frame * 4, 128, true);
    view.setUint32(128 + 12, 100_000, true);
    const { problems } = read(file);
    expect(problems.at(-1)?.message).toContain('over and over');
  });
});

const samples: readonly (readonly [string, Uint8Array])[] = [
  ['pcap', pcapFile(packets)],
  ['NetMon file', netmonFile(packets, { processes: [{ id: 4, path: 'System' }], comments: [[1, 'note']] })],
  [
    'pcapng',
    concatenate([
      new PcapngWriter().section([textOption(4, 'test')]),
      new PcapngWriter().interface(1, [textOption(2, 'eth0')]),
      ...packets.map(({ time, frame }) => new PcapngWriter().packet(0, time / 1000n, frame, [textOption(1, 'PID=4')])),
      new PcapngWriter().journal('MESSAGE=text\n'),
      new PcapngWriter().statistics(0, 1n),
    ]),
  ],
];

describe.each(samples)('a %s', (_, file) => {
  const whole = read(file).records.map(({ frame }) => frame);

  it('cut anywhere gives the records in front of the cut, or says why it gives none', () => {
    for (let length = 0; length < file.length; length++) {
      let reading: Reading | undefined;
      try {
        reading = read(file.slice(0, length));
      } catch (error) {
        expect(error).toMatchObject({ name: 'CaptureFormatError' });
      }
      const frames = reading?.records.map(({ frame }) => frame) ?? [];
      expect(frames).toEqual(whole.slice(0, frames.length));
    }
  });

  it('survives any byte being changed', () => {
    let state = 0x9e37_79b9;
    const random = (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    for (let change = 0; change < 2000; change++) {
      const damaged = file.slice();
      damaged[random(file.length)] ^= 1 + random(255);
      try {
        const { records, problems } = read(damaged);
        expect(records.length + problems.length).toBeLessThan(100);
      } catch (error) {
        expect(error).toMatchObject({ name: 'CaptureFormatError' });
      }
    }
  });
});
