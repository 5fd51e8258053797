import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../base/byte-source.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { hexPairs } from '../base/text.ts';
import { compileScenario } from '../scenario/compile.ts';
import { containerVariants, plainVariant, ringOf } from '../scenario/container-variants.ts';
import { indexFile, indexSources, type IndexedFile } from './index-file.ts';
import { packetBegunBy, packetFrame } from './packet-bytes.ts';

const indexed = (files: readonly Uint8Array[], options: Parameters<typeof indexSources>[1] = {}): IndexedFile =>
  indexSources(
    files.map((file) => memorySource(file)),
    options,
  );

/** What a person would see of each event but the log file headers, in time order. */
function eventsOf(
  { columns, order, reader }: IndexedFile,
  isWanted: (sequence: number) => boolean = () => true,
): string[] {
  const lines: string[] = [];
  for (const event of order) {
    const { segment, index } = columns.locate(event);
    const kind = segment.schemas[segment.events.schema[index]];
    if (kind.family === 'system' && kind.task === 0) continue;
    const record = reader.read(segment, index);
    const row = segment.buffers.firstEvent.findLastIndex((first) => first <= index);
    if (!record || !isWanted(segment.buffers.sequence[row])) continue;
    const packet = packetBegunBy(segment, index);
    lines.push(
      [
        filetimeToIso(columns.timeOf(event)),
        `cpu${record.processor} ${segment.events.process[index]}/${segment.events.thread[index]}`,
        `${kind.family} ${kind.provider} ${kind.id} ${kind.opcode} ${kind.level} ${kind.keywordLow}`,
        hexPairs(record.bytes.subarray(record.userData, record.end), 100),
        packet < 0 ? '' : hexPairs(packetFrame(reader, segment, packet), 100),
      ].join(' | '),
    );
  }
  return lines;
}

const wholeRanges = { rangeBytes: 1 << 20 };
const plain = indexed(plainVariant().files, wholeRanges);
const wanted = eventsOf(plain);
const variants = containerVariants();

describe('a trace', () => {
  it('is the same trace in every container', () => {
    // Fragments count as events: of ten statements two log one packet each, one of them in three pieces.
    expect(wanted).toHaveLength(90 + 9 * 2);
    expect(new Set(wanted).size).toBe(wanted.length);
  });

  it.each(variants)('$name gives the same events at the same times', ({ files, sections }) => {
    const read = indexed(files, wholeRanges);
    expect(eventsOf(read)).toEqual(wanted);
    expect(read.sections).toHaveLength(sections);
    expect(read.problems.filter(({ kind }) => kind !== 'unwritten')).toEqual([]);
    expect(read.completeness.flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  it.each(variants)('$name gives the same events however it is cut into ranges and chunks', ({ files, sections }) => {
    for (const [rangeBytes, chunkBytes] of [
      [1, 16],
      [3000, 100],
      [20_000, 5000],
    ]) {
      const read = indexed(files, { rangeBytes, chunkBytes, slices: 3 });
      expect(eventsOf(read)).toEqual(wanted);
      expect(read.sections).toHaveLength(sections);
      expect(read.problems.filter(({ kind }) => kind !== 'unwritten')).toEqual([]);
    }
  });

  it.each(variants)('$name loses only what was cut off, and says so', ({ files }) => {
    const last = files[files.length - 1];
    for (let length = 1024; length < last.length; length += Math.max(311, last.length >> 6)) {
      const read = indexed([...files.slice(0, -1), last.subarray(0, length)]);
      const lines = eventsOf(read);
      expect(lines.every((line) => wanted.includes(line)) || read.problems.length > 0).toBe(true);
      const lost = lines.length < wanted.length;
      const atBorder = [...read.columns.segments].reverse().find(({ buffers }) => buffers.length > 0);
      const told = read.problems.some(({ kind }) => kind === 'cut');
      const endsOnBuffer =
        atBorder !== undefined &&
        atBorder.buffers.fileOffset[atBorder.buffers.length - 1] +
          atBorder.buffers.diskSize[atBorder.buffers.length - 1] ===
          length;
      const unwritten = read.problems.some(({ kind }) => kind === 'unwritten');
      expect(!lost || told || endsOnBuffer || unwritten).toBe(true);
    }
  });

  it('survives any bytes being changed, in any container', () => {
    fastCheck.assert(
      fastCheck.property(
        fastCheck.constantFrom(...variants),
        fastCheck.array(fastCheck.tuple(fastCheck.nat(), fastCheck.nat(255)), { minLength: 1, maxLength: 8 }),
        ({ files }, changes) => {
          const broken = files.map((file) => file.slice());
          for (const [at, value] of changes) {
            const file = broken[at % broken.length];
            // The first header stays: without it, it is no trace.
            file[0x200 + (at % (file.length - 0x200))] = value;
          }
          const read = indexed(broken, { rangeBytes: 4096, chunkBytes: 300 });
          expect(eventsOf(read).length).toBeLessThan(2 * wanted.length);
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });
});

describe('a circular file that has wrapped', () => {
  const buffers = plain.columns.segments[0].buffers.length - 1;
  /** Fragments of one packet have one time: where the ring begins, they keep the order of the file. */
  const events = (lines: string[]): string[] => lines.map((line) => line.slice(0, line.lastIndexOf(' | '))).sort();

  it('holds the last buffers in time order, and counts those that were overwritten', () => {
    for (let ring = 1; ring < buffers; ring++) {
      const read = indexFile(ringOf(ring));
      expect(events(eventsOf(read))).toEqual(events(eventsOf(plain, (sequence) => sequence > buffers - ring)));
      const times = Array.from(read.order.subarray(1), (event) => read.columns.timeOf(event));
      expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
      expect(read.completeness[0]).toMatchObject({ gaps: [], overwrittenBuffers: buffers - ring });
    }
  });
});

describe('space that was reserved but never written', () => {
  const unwritten = (options: Parameters<typeof compileScenario>[1]): IndexedFile['problems'] =>
    indexed([compileScenario('trace buffer=1KiB\nflush', options)]).problems;

  it.each([
    ['plain', { reservedBytes: 65_536 }, 1024],
    ['plain, the end not a whole buffer', { reservedBytes: 65_616 }, 1024],
    ['compressed', { reservedBytes: 65_536, compressed: true }, 512],
  ] as const)('is one line, not a defect: %s', (_, options, offset) => {
    const bytes = options.reservedBytes - offset;
    expect(unwritten(options)).toEqual([
      { offset, kind: 'unwritten', bytes, message: expect.stringContaining('never written') as string },
    ]);
  });
});

describe('clocks', () => {
  it.each([
    ['system', 'system time', 10_000_000],
    ['qpc:10000000', 'QPC', 10_000_000],
    ['qpc:3117777', 'QPC', 3_117_777],
    ['cycles:2400', 'CPU cycles', 2_400_000_000],
  ])('%s: times are right to the tick, before the start too', (clock, kind, frequency) => {
    const text = `trace start=2024-05-01T14:03:07.0000000Z clock=${clock}\n-1 timed number=1\n+0.0001182 timed number=2\n+86400.5 timed number=3`;
    const { columns, order, sections } = indexFile(compileScenario(text));
    expect(sections[0].header.clock).toMatchObject({ kind, frequency });
    const times = Array.from(order, (event) => columns.timeOf(event)).filter((_, index) => index !== 1);
    const start = sections[0].header.clock.startTime;
    const exact = [-10_000_000n, 1182n, 864_005_000_000n].map((since) => start + since);
    const hundredNanosecondsPerTick = Math.ceil(10_000_000 / frequency);
    times.forEach((time, index) => {
      expect(Math.abs(Number(time - exact[index]))).toBeLessThanOrEqual(
        frequency === 3_117_777 ? hundredNanosecondsPerTick : 0,
      );
    });
  });
});

describe('a shift', () => {
  const file = (name: string, ...seconds: string[]): Uint8Array =>
    compileScenario(
      ['trace start=2024-05-01T14:03:07.0000000Z', ...seconds.map((time) => `${time} ${name}`)].join('\n'),
    );
  const files = [file('timed number=1', '+1', '+3'), file('timed number=2', '+2', '+4')];
  const shown = (shifts: readonly number[]): string[] => {
    const { columns, order } = indexed(files, { shifts });
    return Array.from(order, (event) => {
      const { segment, index } = columns.locate(event);
      const { family, id } = segment.schemas[segment.events.schema[index]];
      return family === 'message' ? `${id}@${filetimeToIso(columns.timeOf(event)).slice(17, 27)}` : '';
    }).filter((text) => text !== '');
  };

  it('moves the times of its input, and orders by them', () => {
    expect(shown([])).toEqual(['1@08.0000000', '2@09.0000000', '1@10.0000000', '2@11.0000000']);
    expect(shown([0, -15_000_000])).toEqual(['2@07.5000000', '1@08.0000000', '2@09.5000000', '1@10.0000000']);
    expect(shown([10_000_001, 0])).toEqual(['2@09.0000000', '1@09.0000001', '2@11.0000000', '1@11.0000001']);
  });

  it('moves the times of an only input too', () => {
    const { columns, order, completeness } = indexed([files[0]], { shifts: [-1] });
    expect(filetimeToIso(columns.timeOf(order[1]))).toBe('2024-05-01T14:03:07.9999999Z');
    expect(completeness[0].gaps).toEqual([]);
  });
});
