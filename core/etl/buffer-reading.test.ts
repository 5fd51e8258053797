import { describe, expect, it } from 'vitest';
import { memorySource } from '../base/byte-source.ts';
import { compileScenario } from '../scenario/compile.ts';
import { uniformBufferSize, uniformRanges, walkChain, type FileGap, type FileRange } from './buffer-chain.ts';
import { BufferReader } from './buffer-reader.ts';
import { bufferHeaderSize } from './format.ts';
import { readLogFileHeader, sniffEtl } from './log-file-header.ts';
import { RecordCursor } from './record-cursor.ts';

const events = Array.from(
  { length: 60 },
  (_, index) =>
    `+${index}ms cpu${index % 3} event {11111111-2222-3333-4444-555555555555} id=${index + 1} payload=${'ab'.repeat(100)}`,
);
const scenario = ['trace start=2024-05-01T14:03:07.0000000Z cpus=3 buffer=1KiB', ...events].join('\n');
const plain = compileScenario(scenario);
const compressed = compileScenario(scenario, { compressed: true });

interface Reading {
  ids: number[];
  buffers: number;
  problems: string[];
}

function rangesOf(file: Uint8Array, rangeBytes: number): { ranges: FileRange[]; gaps: FileGap[] } {
  const source = memorySource(file);
  const sizes = { first: rangeBytes, full: rangeBytes * 4 };
  const stride = uniformBufferSize(source, rangeBytes);
  if (stride > 0) return { ranges: uniformRanges(file.length, stride, sizes), gaps: [] };
  const steps = [...walkChain(source, sizes)].filter((step) => step !== undefined);
  return {
    ranges: steps.flatMap((step) => ('range' in step ? [step.range] : [])),
    gaps: steps.flatMap((step) => ('gap' in step ? [step.gap] : [])),
  };
}

/** Ids of all EVENT_HEADER records, read range by range. */
function read(
  file: Uint8Array,
  { chunk = 1 << 16, readSize = Number.POSITIVE_INFINITY, rangeBytes = 4096 } = {},
): Reading {
  const { ranges, gaps } = rangesOf(file, rangeBytes);
  const reading: Reading = { ids: [], buffers: 0, problems: gaps.map((gap) => gap.message) };
  const cursor = new RecordCursor();
  for (const range of ranges) {
    new BufferReader(memorySource(file, readSize), chunk).readRange(range, {
      buffer: ({ view, base, limit, problem }) => {
        reading.buffers++;
        if (problem !== undefined) reading.problems.push(problem.message);
        cursor.open(view, base + bufferHeaderSize, limit);
        while (cursor.next()) if (cursor.headerType === 19) reading.ids.push(view.getUint16(cursor.start + 0x28, true));
        if (cursor.ended !== 0) reading.problems.push(`broken record at ${cursor.start - base}`);
      },
      gap: ({ message }) => reading.problems.push(message),
      progress: () => false,
    });
  }
  reading.ids.sort((a, b) => a - b);
  return reading;
}

const allIds = events.map((_, index) => index + 1);

describe.each([
  ['plain', plain],
  ['compressed', compressed],
])('a %s file', (name, file) => {
  it('is recognised, and its clock is read', () => {
    expect(sniffEtl(file)).toBe(true);
    const header = readLogFileHeader(file);
    expect(header).toMatchObject({
      pointerSize: 8,
      processors: 3,
      compressedMode: name === 'compressed',
      clock: { kind: 'QPC', frequency: 10_000_000 },
    });
  });

  it.each([
    ['in one go', {}],
    ['in chunks smaller than a buffer header', { chunk: 16 }],
    ['from a source that gives 7 bytes a time', { readSize: 7 }],
    ['in ranges of one buffer', { rangeBytes: 1 }],
    ['as one range', { rangeBytes: 1 << 30 }],
  ])('gives every event %s', (_, options) => {
    expect(read(file, options)).toMatchObject({ ids: allIds, problems: [] });
  });

  it('loses only what was cut off, wherever it is cut, and says so', () => {
    for (let length = 1; length < file.length; length += 13) {
      if (!sniffEtl(file.subarray(0, length))) continue;
      const { ids, problems } = read(file.subarray(0, length));
      expect(ids.every((id) => allIds.includes(id))).toBe(true);
      expect(problems.length > 0 || ids.length < allIds.length || length > file.length - 512).toBe(true);
    }
  });

  it('survives any byte being changed', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % below;
    for (let round = 0; round < 1500; round++) {
      const broken = file.slice();
      for (let change = 0; change <= round % 3; change++) broken[random(broken.length)] = random(256);
      if (!sniffEtl(broken)) continue;
      expect(read(broken).ids.length).toBeLessThanOrEqual(allIds.length + 60);
    }
  });
});

describe('a buffer that is no buffer', () => {
  it('costs itself and nothing else in a plain file', () => {
    const broken = plain.slice();
    broken.fill(0xee, 3 * 1024, 3 * 1024 + 72);
    const { ids, problems, buffers } = read(broken);
    expect(buffers).toBe(read(plain).buffers - 1);
    expect(ids.length).toBeGreaterThan(allIds.length - 8);
    expect(problems).toEqual([expect.stringMatching(/No buffer at offset 3072.*Skipped 1024 bytes/)]);
  });

  it('is stepped over by looking for the next one in a compressed file', () => {
    const firstBuffer = new DataView(compressed.buffer).getUint32(0, true);
    const broken = compressed.slice();
    broken.fill(0xff, firstBuffer, firstBuffer + 4);
    const { ids, problems, buffers } = read(broken);
    expect(buffers).toBe(read(compressed).buffers - 1);
    expect(ids.length).toBeGreaterThan(allIds.length - 8);
    expect(problems).toEqual([expect.stringContaining(`No buffer at offset ${firstBuffer}`)]);
  });

  it('that lies about its inflated size gives what there is, and a sentence', () => {
    const second = new DataView(compressed.buffer).getUint32(0, true);
    const broken = compressed.slice();
    new DataView(broken.buffer).setUint32(second + 0x30, 0x0100_0000, true);
    const { ids, problems } = read(broken);
    expect(ids).toEqual(allIds);
    expect(problems).toEqual([expect.stringMatching(/claims to inflate to 16777216 bytes but gave/)]);
  });
});

describe('what is no ETL', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'The file is empty.'],
    ['a text', new TextEncoder().encode('hello world '.repeat(50)), 'not an ETL trace'],
    ['zeros', new Uint8Array(5000), 'not an ETL trace'],
    ['a file cut inside the first header', plain.subarray(0, 60), 'only 60 bytes'],
    ['a file cut inside the log file header', plain.subarray(0, 200), 'ends after 200 bytes'],
  ])('%s is refused in words', (_, bytes, words) => {
    expect(() => readLogFileHeader(bytes)).toThrow(words);
  });
});
