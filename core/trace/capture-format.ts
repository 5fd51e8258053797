import type { ByteSource } from '../base/byte-source.ts';
import type { CaptureFormat, CaptureRange, OpenedCapture } from '../capture-file/capture-context.ts';
import { openCapture, readCaptureRange, sniffCapture } from '../capture-file/capture-file.ts';
import { CaptureRecord } from '../capture-file/capture-record.ts';
import { FileWindow } from '../capture-file/file-window.ts';
import { filetimeOfNanoseconds } from '../capture-file/timestamp.ts';
import type { RangeSizes } from '../etl/buffer-chain.ts';
import { CaptureIndexer } from './capture-indexer.ts';
import type { SessionHeader } from './section.ts';
import type { RangeReader, ReadRange, ReadStep, TraceFormat } from './trace-format.ts';

const ticksPerSecond = 1_000_000_000;

/**
 * pcapng, pcap and NetMon's .cap. Nobody knows where a record begins but who has read the one before: so a range hands on
 * to the next where that begins, and what has been learnt on the way.
 */
export function captureFileFormat(name: CaptureFormat): TraceFormat {
  return {
    name,
    sniff: (head) => sniffCapture(head) === name,
    readHeader: (source, from) => sessionHeader(openCapture(source, from)),
    steps: captureSteps,
    rangeReader: (source, chunkBytes) => captureRangeReader(new FileWindow(source, chunkBytes)),
  };
}

function sessionHeader({ context, application, operatingSystem, traits }: OpenedCapture): SessionHeader {
  return {
    clock: {
      kind: 'system time',
      frequency: ticksPerSecond,
      startTime: filetimeOfNanoseconds(context.start),
      startTickHigh: 0,
      startTickLow: 0,
    },
    pointerSize: 8,
    loggerName: application,
    osVersion: operatingSystem,
    osBuild: 0,
    operatingSystem,
    bootTime: 0n,
    processors: 0,
    timeZoneBias: 0,
    stoppedCleanly: true,
    modes: traits,
    logFileMode: 0,
    buffersWritten: 0,
    eventsLost: 0,
    buffersLost: 0,
  };
}

function* captureSteps(source: ByteSource, from: number, sizes: RangeSizes): Generator<ReadStep> {
  const { context, position, problems } = openCapture(source, from);
  for (const problem of problems) yield { problem };
  yield {
    range: {
      format: 'capture',
      records: { context, position, bytes: sizes.first, fullBytes: sizes.full, lastTick: 0, bytesBefore: 0 },
    },
  };
}

function captureRangeReader(window: FileWindow): RangeReader {
  const record = new CaptureRecord();
  return {
    read: (origin, range, expected, course) => {
      if (range.format !== 'capture') throw new TypeError('a range of an ETL is none of a capture file');
      const { records } = range;
      const indexer = new CaptureIndexer(origin, records.context, expected);
      let bytesRead = 0;
      indexer.onProgress = (bytes) => {
        bytesRead = bytes;
        return course(bytes, indexer.events);
      };
      const { context, next, nextSectionAt } = readCaptureRange(window, records, record, indexer);
      return {
        segment: indexer.finishCapture(context),
        problems: indexer.problems,
        bytesRead,
        nextSectionAt,
        following: next && followingRange(records, { ...next, context }),
      };
    },
  };
}

/** Ranges double in size up to the full one, so that the first rows come at once. */
function followingRange(before: CaptureRange, next: Omit<CaptureRange, 'bytes' | 'fullBytes'>): ReadRange {
  const { bytes, fullBytes } = before;
  return { format: 'capture', records: { ...next, fullBytes, bytes: Math.min(fullBytes, bytes * 2) } };
}
