import { expect, it, describe } from 'vitest';
import { memorySource, readFully, type ByteSource } from '../base/byte-source.ts';
import { uniformBufferSize, uniformRanges, walkChain, type FileRange } from '../etl/buffer-chain.ts';
import { BufferReader } from '../etl/buffer-reader.ts';
import { readLogFileHeader } from '../etl/log-file-header.ts';
import { compileScenario } from '../scenario/compile.ts';
import { EventReader } from './event-reader.ts';
import { SegmentIndexer } from './segment-indexer.ts';
import type { Segment } from './segment.ts';

/** Files of more than 4 GiB that nobody has to write: one data buffer stands in every place but the first. */

const bufferSize = 4 << 20;
const fileSize = 5 * 2 ** 30;
const payload = 'c0ffee';
const small = compileScenario(
  `trace buffer=4MiB\n+1 event {11111111-2222-3333-4444-555555555555} id=7 payload=${payload}`,
);

/** Every data buffer but those of `sizeOf` has the size of the small trace's; each has its own sequence number. */
function hugeSource(stretch: (buffer: number) => number): ByteSource {
  const starts: number[] = [];
  for (let at = 0; at < fileSize; at += stretch(starts.length - 1)) starts.push(at);
  const bufferOf = (position: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= position) low = middle;
      else high = middle;
    }
    return low;
  };
  const header = new Uint8Array(0x48);
  return {
    size: fileSize,
    read(position, target, offset, length) {
      if (position >= fileSize) return 0;
      const buffer = bufferOf(position);
      const size = stretch(buffer);
      const within = position - starts[buffer];
      const count = Math.min(length, size - within, fileSize - position);
      const template = small.subarray(buffer === 0 ? 0 : bufferSize, (buffer === 0 ? 0 : bufferSize) + size);
      target.set(template.subarray(within, within + count), offset);
      header.set(template.subarray(0, 0x48));
      new DataView(header.buffer).setUint32(0, size, true);
      new DataView(header.buffer).setBigInt64(0x18, BigInt(buffer), true);
      if (within < 0x48) target.set(header.subarray(within, Math.min(0x48, within + count)), offset);
      return count;
    },
  };
}

const uniform = hugeSource(() => bufferSize);
/** The data fills only the front of a buffer, so a buffer may be shorter. */
const unequal = hugeSource((buffer) => (buffer % 2 === 0 ? bufferSize : bufferSize - 4096));
const sizes = { first: 1 << 20, full: 32 << 20 };
const { clock, pointerSize, osBuild } = readLogFileHeader(small);

function indexRange(source: ByteSource, range: FileRange): Segment {
  const indexer = new SegmentIndexer({ input: 0, section: 0, clock, pointerSize, osBuild });
  new BufferReader(source).readRange(range, {
    buffer: (buffer) => {
      indexer.addBuffer(buffer);
    },
    gap: (gap) => {
      indexer.addGap(gap);
    },
    progress: () => false,
  });
  expect(indexer.problems).toEqual([]);
  return indexer.finish();
}

function payloadAt(source: ByteSource, segment: Segment, event: number): string {
  const record = new EventReader([source]).read(segment, event);
  if (!record) return 'unreadable';
  expect(record.bufferOffset).toBeGreaterThan(2 ** 32);
  return Buffer.from(record.bytes.subarray(record.userData, record.end)).toString('hex');
}

describe('a file of 5 GiB', () => {
  it('with buffers of one size is cut into ranges without gap or overlap, and read at its end', () => {
    expect(uniformBufferSize(uniform, sizes.full)).toBe(bufferSize);
    const ranges = uniformRanges(fileSize, bufferSize, sizes);
    expect(ranges.map(({ from }) => from).slice(1)).toEqual(ranges.map(({ to }) => to).slice(0, -1));
    const segment = indexRange(uniform, ranges[ranges.length - 1]);
    const last = segment.buffers.length - 1;
    expect(segment.buffers.fileOffset[last]).toBe(fileSize - bufferSize);
    expect(segment.buffers.sequence[last]).toBe(fileSize / bufferSize - 1);
    expect(payloadAt(uniform, segment, segment.events.length - 1)).toBe(payload);
  });

  it('with buffers of several sizes is walked to its end, and read there', () => {
    expect(uniformBufferSize(unequal, sizes.full)).toBe(0);
    const ranges = [...walkChain(unequal, sizes)].flatMap((step) => (step && 'range' in step ? [step.range] : []));
    expect(ranges.at(-1)?.to).toBe(fileSize);
    expect(ranges.map(({ from }) => from).slice(1)).toEqual(ranges.map(({ to }) => to).slice(0, -1));
    const segment = indexRange(unequal, ranges[ranges.length - 2]);
    expect(payloadAt(unequal, segment, 0)).toBe(payload);
    expect(segment.buffers.fileOffset[0]).toBeGreaterThan(2 ** 32);
  });

  it('whose second half is another session is read up to there', () => {
    const border = 4.5 * 2 ** 30;
    const joined: ByteSource = {
      size: fileSize,
      read: (position, target, offset, length) =>
        position < border
          ? uniform.read(position, target, offset, Math.min(length, border - position))
          : uniform.read(position - border, target, offset, Math.min(length, fileSize - position)),
    };
    const range = uniformRanges(fileSize, bufferSize, sizes).find(({ from, to }) => from <= border && border < to);
    const stopped =
      range && new BufferReader(joined).readRange(range, { buffer: () => 0, gap: () => 0, progress: () => false });
    expect(stopped).toBe(border);
    expect(uniformBufferSize(joined, sizes.full, border)).toBe(bufferSize);
    expect(uniformRanges(fileSize, bufferSize, sizes, border)[0]).toMatchObject({ from: border, sessionStart: border });
  });

  it('reads as the small file it is made of', () => {
    const head = new Uint8Array(bufferSize);
    expect(readFully(uniform, 0, head, 0, bufferSize)).toBe(bufferSize);
    expect(readLogFileHeader(head)).toEqual(readLogFileHeader(small));
    expect(memorySource(small).size).toBe(2 * bufferSize);
  });
});
