import type { ByteSource } from '../base/byte-source.ts';
import { uniformBufferSize, uniformRanges, walkChain, type RangeSizes } from '../etl/buffer-chain.ts';
import { BufferReader } from '../etl/buffer-reader.ts';
import { osVersionText, readLogFileHeaderAt, sniffEtl } from '../etl/log-file-header.ts';
import { logFileModeNames } from '../etl/log-file-mode.ts';
import type { SessionHeader } from './section.ts';
import { SegmentIndexer } from './segment-indexer.ts';
import type { RangeReader, ReadStep, TraceFormat } from './trace-format.ts';

/** ETL: buffers that workers read side by side. */
export const etlFormat: TraceFormat = {
  name: 'etl',
  sniff: sniffEtl,
  readHeader: readSessionHeader,
  steps: etlSteps,
  pastHeaders: (range) =>
    range.format === 'etl' ? { ...range, buffers: { ...range.buffers, sessionStart: undefined } } : range,
  rangeReader: (source, chunkBytes) => etlRangeReader(new BufferReader(source, chunkBytes)),
};

function readSessionHeader(source: ByteSource, from: number): SessionHeader {
  const header = readLogFileHeaderAt(source, from);
  const osVersion = osVersionText(header);
  return {
    clock: header.clock,
    pointerSize: header.pointerSize,
    loggerName: header.loggerName,
    osVersion,
    osBuild: header.osBuild,
    operatingSystem: `Windows ${osVersion}`,
    bootTime: header.bootTime,
    processors: header.processors,
    timeZoneBias: header.timeZoneBias,
    stoppedCleanly: header.endTime !== 0n,
    modes: logFileModeNames(header.logFileMode),
    logFileMode: header.logFileMode,
    buffersWritten: header.buffersWritten,
    eventsLost: header.eventsLost,
    buffersLost: header.buffersLost,
  };
}

/** Computed where all buffers have one size; else the chain is walked, in steps that let other work in between. */
function* etlSteps(source: ByteSource, from: number, sizes: RangeSizes): Generator<ReadStep> {
  const stride = uniformBufferSize(source, sizes.full, from);
  if (stride > 0) {
    for (const buffers of uniformRanges(source.size, stride, sizes, from)) yield { range: { format: 'etl', buffers } };
    return;
  }
  for (const step of walkChain(source, sizes, from)) {
    yield step && 'range' in step ? { range: { format: 'etl', buffers: step.range } } : step;
  }
}

function etlRangeReader(reader: BufferReader): RangeReader {
  return {
    read: (origin, range, expected, course) => {
      if (range.format !== 'etl') throw new TypeError('a range of a capture file is none of an ETL');
      const indexer = new SegmentIndexer(origin, expected);
      const nextSectionAt = reader.readRange(range.buffers, {
        buffer: (buffer) => {
          indexer.addBuffer(buffer);
        },
        gap: (gap) => {
          indexer.addGap(gap);
        },
        progress: (bytesRead) => course(bytesRead, indexer.events),
      });
      const bytesRead = (nextSectionAt ?? range.buffers.to) - range.buffers.from;
      return { segment: indexer.finish(), problems: indexer.problems, bytesRead, nextSectionAt, following: undefined };
    },
  };
}
