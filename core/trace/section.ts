import type { LogFileHeader } from '../etl/log-file-header.ts';

/**
 * A part of an input that one session wrote: nearly always the whole file. Where a session was appended with a header of
 * its own, or files were put behind each other, everything from a log file header up to the next is a section with its
 * own clock, pointer size and start.
 */
export interface TraceSection {
  /** Which of the trace's inputs (files), counted from 0. */
  readonly input: number;
  /** Offsets in the file: where the log file header's buffer stands, and where the next section begins or the file ends. */
  readonly from: number;
  readonly to: number;
  readonly header: LogFileHeader;
}
