import { readFully, type ByteSource } from '../base/byte-source.ts';
import { utf16ZeroTerminated } from '../base/text.ts';
import { readBufferHeader, whyNoBuffer } from './buffer-header.ts';
import type { TraceClock } from './clock.ts';
import { bufferHeaderSize, HeaderSize, HeaderType, LogFileMode, Marker } from './format.ts';

/** TRACE_LOGFILE_HEADER: the payload of a file's first record, which tells how to read all others. */
export interface LogFileHeader {
  readonly pointerSize: 4 | 8;
  /** What the session was configured to; buffers of compressed and relogged files differ from it. */
  readonly sessionBufferSize: number;
  readonly osMajor: number;
  readonly osMinor: number;
  readonly osBuild: number;
  readonly processors: number;
  /** FILETIME; 0 when the session was not stopped cleanly. */
  readonly endTime: bigint;
  readonly logFileMode: number;
  readonly compressedMode: boolean;
  /** 0 when the session was not stopped cleanly. */
  readonly buffersWritten: number;
  readonly eventsLost: number;
  readonly buffersLost: number;
  /** Minutes to subtract from UTC for local time, as TIME_ZONE_INFORMATION.Bias has it. */
  readonly timeZoneBias: number;
  readonly bootTime: bigint;
  readonly loggerName: string;
  readonly logFileName: string;
  readonly clock: TraceClock;
}

/** A file that is no ETL, or whose first buffer cannot be read. The message is for a person. */
export class EtlFormatError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'EtlFormatError';
    this.offset = offset;
  }
}

/** Bytes from the file's start that readLogFileHeader wants to see, where the file has as many. */
const headSize = 0x1000;
/** Bytes without which a log file header cannot be read. */
export const smallestHead = bufferHeaderSize + HeaderSize.system + 0x118;

/** Offsets inside TRACE_LOGFILE_HEADER behind its two pointers, for each pointer size. */
const tailLayout = {
  8: { timeZone: 0x48, bootTime: 0xf8, frequency: 0x100, startTime: 0x108, flags: 0x110, lost: 0x114, names: 0x118 },
  4: { timeZone: 0x40, bootTime: 0xf0, frequency: 0xf8, startTime: 0x100, flags: 0x108, lost: 0x10c, names: 0x110 },
} as const;

/** Cheap test on the first bytes of a file or of a buffer inside one: does a buffer with a log file header start here? */
export function sniffEtl(head: Uint8Array): boolean {
  return head.length >= smallestHead && whyNoEtl(head) === undefined;
}

/** The log file header that begins at an offset of a file. Throws EtlFormatError when there is none. */
export function readLogFileHeaderAt(source: ByteSource, offset: number): LogFileHeader {
  const head = new Uint8Array(Math.min(headSize, source.size - offset));
  return readLogFileHeader(head.subarray(0, readFully(source, offset, head, 0, head.length)));
}

/**
 * Reads the log file header from the first bytes of a file (`headSize` of them, or all when it is shorter), or of the
 * place inside a file where another session begins.
 * Throws EtlFormatError when this is no ETL.
 */
export function readLogFileHeader(head: Uint8Array): LogFileHeader {
  if (head.length === 0) throw new EtlFormatError('The file is empty.', 0);
  const reason = whyNoEtl(head);
  if (reason !== undefined) throw new EtlFormatError(`This is not an ETL trace: ${reason}.`, 0);
  if (head.length < smallestHead) {
    throw new EtlFormatError(
      `The file ends after ${head.length} bytes, inside the log file header (offset 0x48); nothing can be read from it.`,
      head.length,
    );
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const record = bufferHeaderSize;
  const payload = record + HeaderSize.system;
  const pointerSize = head[record + 2] === HeaderType.System32 ? 4 : 8;
  const tail = tailLayout[pointerSize];
  const logFileMode = view.getUint32(payload + 0x20, true);
  const names = readNames(head, payload + tail.names, record + view.getUint16(record + 4, true));
  return {
    pointerSize,
    sessionBufferSize: view.getUint32(payload, true),
    osMajor: head[payload + 4],
    osMinor: head[payload + 5],
    osBuild: view.getUint32(payload + 8, true),
    processors: view.getUint32(payload + 0xc, true),
    endTime: view.getBigInt64(payload + 0x10, true),
    logFileMode,
    compressedMode: (logFileMode & LogFileMode.Compressed) !== 0,
    buffersWritten: view.getUint32(payload + 0x24, true),
    eventsLost: view.getUint32(payload + 0x30, true),
    buffersLost: view.getUint32(payload + tail.lost, true),
    timeZoneBias: view.getInt32(payload + tail.timeZone, true),
    bootTime: view.getBigInt64(payload + tail.bootTime, true),
    ...names,
    clock: readClock(view, record, payload, tail),
  };
}

function whyNoEtl(head: Uint8Array): string | undefined {
  if (head.length < bufferHeaderSize + 8) return `it has only ${head.length} bytes, an ETL starts with a header of 72`;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const noBuffer = whyNoBuffer(readBufferHeader(view, 0));
  if (noBuffer !== undefined) return `the first buffer header makes no sense (${noBuffer})`;
  const headerType = head[bufferHeaderSize + 2];
  const startsWithSystemRecord =
    head[bufferHeaderSize + 3] === Marker.Event &&
    (headerType === HeaderType.System32 || headerType === HeaderType.System64) &&
    view.getUint16(bufferHeaderSize + 6, true) === 0;
  return startsWithSystemRecord ? undefined : 'no log file header stands at offset 0x48';
}

function readClock(view: DataView, record: number, payload: number, tail: (typeof tailLayout)[4 | 8]): TraceClock {
  const flags = view.getUint32(payload + tail.flags, true);
  const performanceFrequency = Number(view.getBigInt64(payload + tail.frequency, true));
  const processorMegahertz = view.getUint32(payload + 0x34, true);
  return {
    ...clockOf(flags, performanceFrequency, processorMegahertz),
    startTime: view.getBigInt64(payload + tail.startTime, true),
    startTickHigh: view.getUint32(record + 0x14, true),
    startTickLow: view.getUint32(record + 0x10, true),
  };
}

/** Clock types of ReservedFlags: 1 performance counter, 2 system time, 3 CPU cycles; 0 is what very old files say. */
function clockOf(
  flags: number,
  performanceFrequency: number,
  processorMegahertz: number,
): Pick<TraceClock, 'kind' | 'frequency'> {
  const filetimeFrequency = 10_000_000;
  if (flags === 2) return { kind: 'system time', frequency: filetimeFrequency };
  if (flags === 3 && processorMegahertz > 0) return { kind: 'CPU cycles', frequency: processorMegahertz * 1_000_000 };
  if (performanceFrequency > 0 && Number.isSafeInteger(performanceFrequency)) {
    return { kind: flags === 1 ? 'QPC' : 'unknown', frequency: performanceFrequency };
  }
  return { kind: 'unknown', frequency: filetimeFrequency };
}

function readNames(
  head: Uint8Array,
  start: number,
  recordEnd: number,
): Pick<LogFileHeader, 'loggerName' | 'logFileName'> {
  const end = Math.min(recordEnd, head.length);
  if (start >= end) return { loggerName: '', logFileName: '' };
  const logger = utf16ZeroTerminated(head, start, end);
  const logFile = utf16ZeroTerminated(head, logger.next, end);
  return { loggerName: logger.text, logFileName: logFile.text };
}

/** `10.0.20348`, as Windows prints its version. */
export function osVersionText(header: LogFileHeader): string {
  return `${header.osMajor}.${header.osMinor}.${header.osBuild}`;
}
