import type { CaptureFormat } from '../capture-file/capture-context.ts';
import type { TraceClock } from '../etl/clock.ts';

export type TraceFormatName = 'etl' | CaptureFormat;

/** What a session says of itself, whatever the format. */
export interface SessionHeader {
  readonly clock: TraceClock;
  readonly pointerSize: 4 | 8;
  /** Name of the session; of a capture file, the program that wrote it, or empty. */
  readonly loggerName: string;
  /** The system that was traced: `10.0.20348` of Windows in an ETL, a capture file's own words, or empty. */
  readonly osVersion: string;
  /** Build number of Windows, which some of its numbers depend on; 0 where it is not known. */
  readonly osBuild: number;
  /** The same as a reader of another file is told it: `Windows 10.0.20348`. */
  readonly operatingSystem: string;
  /** FILETIME of the machine's start; 0 where the format does not say. */
  readonly bootTime: bigint;
  /** 0 where the format does not say. */
  readonly processors: number;
  /** Minutes to subtract from UTC for local time. */
  readonly timeZoneBias: number;
  /** False when the session was not stopped in the regular way. */
  readonly stoppedCleanly: boolean;
  /** How the session wrote, in words: `circular`, `relogged`; of a capture file, its format, byte order and resolution. */
  readonly modes: readonly string[];
  /** Bits of LogFileMode; 0 of capture files, which know no such thing. So are the counts that follow. */
  readonly logFileMode: number;
  readonly buffersWritten: number;
  readonly eventsLost: number;
  readonly buffersLost: number;
}

/**
 * A part of an input that one session wrote: nearly always the whole file. Where a session was appended with a header of
 * its own, or files were put behind each other, everything from a log file header (of a pcapng, a section header) up to the
 * next is a section with its own clock, pointer size and start.
 */
export interface TraceSection {
  /** Which of the trace's inputs (files), counted from 0. */
  readonly input: number;
  /** Offsets in the file: where the header stands, and where the next section begins or the file ends. */
  readonly from: number;
  readonly to: number;
  readonly header: SessionHeader;
}
