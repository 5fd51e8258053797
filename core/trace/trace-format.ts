import type { ByteSource } from '../base/byte-source.ts';
import type { CaptureRange } from '../capture-file/capture-context.ts';
import type { FileGap, FileRange, RangeSizes } from '../etl/buffer-chain.ts';
import type { SessionHeader, TraceFormatName } from './section.ts';
import type { Problem, Segment } from './segment.ts';
import type { ExpectedRows, SegmentOrigin } from './segment-indexer.ts';

/**
 * What a worker reads into one segment, as plain data. An ETL's ranges are known from its chain of buffers; what a capture
 * file's range begins with, only the range before knows.
 */
export type ReadRange =
  | { readonly format: 'etl'; readonly buffers: FileRange }
  | { readonly format: 'capture'; readonly records: CaptureRange };

/** Something to read, bytes that are nothing to read, something to tell, or only a moment to give others a turn. */
export type ReadStep =
  { readonly range: ReadRange } | { readonly gap: FileGap } | { readonly problem: Problem } | undefined;

export interface RangeResult {
  readonly segment: Segment;
  readonly problems: Problem[];
  /** Of the file, in this range. */
  readonly bytesRead: number;
  /** Where the header of another section stands; the range ended there. */
  readonly nextSectionAt: number | undefined;
  /** The range behind, where only this one knows it. */
  readonly following: ReadRange | undefined;
}

/** Told the bytes of the range and the events read so far; true stops the reading. */
export type RangeCourse = (bytesRead: number, events: number) => boolean;

/** Reads ranges of one file, one after the other, and keeps its working memory between them. */
export interface RangeReader {
  read(origin: SegmentOrigin, range: ReadRange, expected: ExpectedRows, course: RangeCourse): RangeResult;
}

/** A format that traces come in. Records are read again, one by one, by `EventReader`: a segment says how. */
export interface TraceFormat {
  readonly name: TraceFormatName;
  /** Cheap test on a file's first bytes. */
  readonly sniff: (head: Uint8Array) => boolean;
  /** What the session says of itself whose header stands at `from`. Throws EtlFormatError or CaptureFormatError when none can be read. */
  readonly readHeader: (source: ByteSource, from: number) => SessionHeader;
  /** How the section that begins at `from` is read, range by range. The header has been read before. */
  readonly steps: (source: ByteSource, from: number, sizes: RangeSizes) => Iterable<ReadStep>;
  /**
   * The range as it is read when other sections' headers in it are not to end it. Where there is no such reading, what lies
   * behind a header can only be read as a section, or be left out.
   */
  readonly pastHeaders?: (range: ReadRange) => ReadRange;
  /** `chunkBytes` are read at once. */
  readonly rangeReader: (source: ByteSource, chunkBytes?: number) => RangeReader;
}
