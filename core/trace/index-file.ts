import { memorySource } from '../base/byte-source.ts';
import { uniformBufferSize, uniformRanges, walkChain } from '../etl/buffer-chain.ts';
import { BufferReader } from '../etl/buffer-reader.ts';
import { readLogFileHeader } from '../etl/log-file-header.ts';
import { EventReader } from './event-reader.ts';
import { mergeSlice, orderSlices, planOrder } from './order.ts';
import type { Problem } from './segment.ts';
import { SegmentIndexer } from './segment-indexer.ts';
import { TraceColumns } from './trace-columns.ts';

/** A whole trace indexed from memory in one go. */
export interface IndexedFile {
  readonly columns: TraceColumns;
  readonly order: Uint32Array;
  readonly reader: EventReader;
  readonly problems: Problem[];
}

/**
 * Indexes an ETL that lies in memory, without threads: what the engine does over a pool, for tests and small tools.
 * Throws EtlFormatError when the bytes are no ETL.
 */
export function indexFile(
  file: Uint8Array,
  { rangeBytes = 1 << 20, chunkBytes = 1 << 16, slices = 2 } = {},
): IndexedFile {
  const source = memorySource(file);
  const { clock, pointerSize } = readLogFileHeader(file);
  const problems: Problem[] = [];
  const sizes = { first: rangeBytes, full: rangeBytes };
  const stride = uniformBufferSize(source, rangeBytes);
  const steps =
    stride > 0 ? uniformRanges(file.length, stride, sizes).map((range) => ({ range })) : walkChain(source, sizes);
  const segments = [];
  for (const step of steps) {
    if (step === undefined) continue;
    if ('gap' in step) {
      problems.push({ offset: step.gap.offset, message: step.gap.message });
      continue;
    }
    const indexer = new SegmentIndexer(clock, 0);
    new BufferReader(source, chunkBytes).readRange(step.range, {
      buffer: (buffer) => {
        indexer.addBuffer(buffer);
      },
      problem: (offset, message) => {
        indexer.addProblem(offset, message);
      },
      progress: () => false,
    });
    segments.push(indexer.finish());
    problems.push(...indexer.problems);
  }
  const columns = new TraceColumns(segments, [clock]);
  const order = new Uint32Array(columns.events);
  const plan = planOrder(columns);
  for (const slice of orderSlices(columns, plan, slices)) mergeSlice(columns, plan, slice, order);
  return { columns, order, reader: new EventReader([source], [pointerSize]), problems };
}
