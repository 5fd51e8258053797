import { unixEpochInFiletime } from '../base/filetime.ts';
import { emptyGuid, writeGuid } from '../base/guid.ts';
import { utf16Bytes } from '../base/text.ts';
import {
  BufferFlag,
  BufferType,
  bufferHeaderSize,
  extendedInfoFlag,
  HeaderSize,
  HeaderType,
  LogFileMode,
  Marker,
  MessageOption,
  SystemVersion,
} from './format.ts';
import { compressLzxpress, lzxpressBound } from './lzxpress-compress.ts';

/** The clock of a session; it decides what a record's time stamp counts. */
export type EtlClock =
  | { readonly kind: 'QPC'; readonly frequency: number }
  | { readonly kind: 'system time' }
  | { readonly kind: 'CPU cycles'; readonly megahertz: number };

/** What a session says about itself. Everything has a default: a 64-bit Windows Server 2022 with a 10 MHz clock. */
export interface EtlSession {
  /** 4 writes the records of a 32-bit Windows. */
  readonly pointerSize?: 4 | 8 | undefined;
  readonly clock?: EtlClock | undefined;
  /** FILETIME of the first record. */
  readonly startTime?: bigint | undefined;
  /** Raw time stamp of the first record. Default: ticks since `bootTime`; with the system-time clock `startTime`. */
  readonly startTick?: bigint | undefined;
  /** FILETIME. Default: the time of the last record. */
  readonly endTime?: bigint | undefined;
  readonly bootTime?: bigint | undefined;
  readonly sessionName?: string | undefined;
  readonly logFileName?: string | undefined;
  readonly osMajor?: number | undefined;
  readonly osMinor?: number | undefined;
  readonly osBuild?: number | undefined;
  /** Minutes to subtract from UTC for local time: -60 is Central European winter time. */
  readonly timeZoneBias?: number | undefined;
  readonly processors?: number | undefined;
  /** Bytes of a session buffer, header included. */
  readonly bufferSize?: number | undefined;
  /** LZXPRESS in every buffer but the first; the buffers then take as many bytes as they need, not rounded. */
  readonly compressed?: boolean | undefined;
  /** `number` is how Windows 7 wrote it: 0x0800 + CPU, without the flag that says "index". */
  readonly processorNumbering?: 'index' | 'number' | undefined;
  /** A machine or a session that ended without finishing its file: the header stays as it was in the beginning. */
  readonly unclean?: boolean | undefined;
  /** A ring of so many buffers behind the header buffer: later ones take the places of the oldest. Never compressed. */
  readonly ringBuffers?: number | undefined;
  /** The file has at least so many bytes; what was never written is zero. */
  readonly reservedBytes?: number | undefined;
  /**
   * Default: sequential or circular file, plus the bits for compression, reserved space, and for a merge when the session
   * is "Relogger".
   */
  readonly logFileMode?: number | undefined;
  readonly eventsLost?: number | undefined;
  readonly buffersLost?: number | undefined;
  /** Records behind the log file header in the header buffer. */
  readonly headerRecords?: readonly EtlRecord[] | undefined;
}

/** EVENT_HEADER_EXTENDED_DATA_ITEM without its framing. */
export interface ExtendedItem {
  readonly type: number;
  readonly data: Uint8Array;
}

interface Origin {
  /** Raw ticks of the session's clock. */
  readonly timestamp: bigint;
  readonly process?: number | undefined;
  readonly thread?: number | undefined;
  /** Default: the session's. A 64-bit trace may hold 32-bit records. */
  readonly pointerSize?: 4 | 8 | undefined;
  readonly payload?: Uint8Array | undefined;
}

/** EVENT_HEADER: manifest and TraceLogging events. */
export interface EventRecord extends Origin {
  readonly kind: 'event';
  readonly provider: string;
  readonly id: number;
  readonly version?: number | undefined;
  readonly channel?: number | undefined;
  readonly level?: number | undefined;
  readonly opcode?: number | undefined;
  readonly task?: number | undefined;
  readonly keyword?: bigint | undefined;
  /** EVENT_HEADER.Flags without EXTENDED_INFO, which follows from `extended`. */
  readonly flags?: number | undefined;
  readonly property?: number | undefined;
  readonly activity?: string | undefined;
  readonly extended?: readonly ExtendedItem[] | undefined;
}

/** EVENT_TRACE_HEADER: classic events; `error` has the same layout under another header type. */
export interface ClassicRecord extends Origin {
  readonly kind: 'classic' | 'error';
  readonly class: string;
  readonly opcode: number;
  readonly level?: number | undefined;
  readonly version?: number | undefined;
}

/** EVENT_INSTANCE_HEADER. */
export interface InstanceRecord extends Origin {
  readonly kind: 'instance';
  readonly class: string;
  readonly opcode: number;
  readonly level?: number | undefined;
  readonly version?: number | undefined;
  readonly instance: number;
  readonly parentInstance?: number | undefined;
  readonly parentClass?: string | undefined;
}

/** SYSTEM, COMPACT and PERFINFO headers: kernel events. PERFINFO has neither process nor thread. */
export interface SystemRecord extends Origin {
  readonly kind: 'system' | 'compact' | 'perfinfo';
  readonly group: number;
  readonly type: number;
  readonly version?: number | undefined;
  /** Values of performance counters between header and payload, seven at most. */
  readonly counters?: readonly bigint[] | undefined;
  /** The PEBS index, in front of the counters. */
  readonly pebsIndex?: bigint | undefined;
}

/**
 * Headers that hold a number and a time: TIMED_TRACE_HEADER, the same under its old marker, and that without a time.
 */
export interface ShortRecord extends Origin {
  readonly kind: 'timed' | 'old timed' | 'old number';
  readonly number: number;
}

/** A WNODE_HEADER as an event: size, time and GUID stand where a classic event has them. */
export interface WnodeRecord extends Origin {
  readonly kind: 'wnode';
  readonly guid: string;
}

/** A WPP message; a part is written when it is given. Of GUID and component id it has one: the GUID when both are given. */
export interface MessageRecord extends Origin {
  readonly kind: 'message';
  readonly number: number;
  readonly guid?: string | undefined;
  readonly component?: number | undefined;
  readonly sequence?: number | undefined;
  /** False leaves the time stamp out of the record. */
  readonly timed?: boolean | undefined;
  /** Says that the time stamp is the performance counter's; adds nothing to the record. */
  readonly performanceTime?: boolean | undefined;
}

/** Bytes as they are, to build damage with. */
export interface RawRecord {
  readonly kind: 'raw';
  readonly timestamp: bigint;
  readonly bytes: Uint8Array;
}

export type EtlRecord =
  EventRecord | ClassicRecord | InstanceRecord | SystemRecord | ShortRecord | WnodeRecord | MessageRecord | RawRecord;

/** A record and the CPU that logged it. */
export interface PlacedRecord {
  readonly processor: number;
  readonly record: EtlRecord;
}

export interface EtlDescription extends EtlSession {
  /** In the order in which they were logged. */
  readonly records: Iterable<PlacedRecord>;
}

/** Takes bytes to be written at a position of the file. It copies what it keeps: the memory is used again. */
export type EtlSink = (bytes: Uint8Array, position: number) => void;

const ticksPerSecond = 10_000_000n;
const defaultStartTime = unixEpochInFiletime + 1_714_572_187n * ticksPerSecond;
const defaultUptime = 3600n * ticksPerSecond;
const logFileHeaderSize = { 4: 0x110, 8: 0x118 } as const;

/** An ETL file in memory. Throws RangeError for a record that fits no buffer. */
export function writeEtl(trace: EtlDescription): Uint8Array {
  return buildEtl(trace, (writer) => {
    for (const { processor, record } of trace.records) writer.append(processor, record);
  });
}

/** An ETL file in memory, filled by whatever `fill` does with the writer; `finish` is called behind it. */
export function buildEtl(session: EtlSession, fill: (writer: EtlWriter) => void): Uint8Array {
  let file = new Uint8Array(1 << 16);
  let size = 0;
  const writer = new EtlWriter(session, (bytes, position) => {
    size = Math.max(size, position + bytes.length);
    if (size > file.length) file = grown(file, size);
    file.set(bytes, position);
  });
  fill(writer);
  writer.finish();
  return file.slice(0, size);
}

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(size, bytes.length * 2));
  larger.set(bytes);
  return larger;
}

/** A buffer of one CPU while records come into it. */
interface OpenBuffer {
  readonly bytes: Uint8Array;
  filled: number;
  flags: number;
  lastTimestamp: bigint;
}

/** Writes an ETL of any size: one stream of buffers per CPU, each handed to the sink when it is full. */
export class EtlWriter {
  readonly session: CompleteSession;
  readonly #sink: EtlSink;
  readonly #open = new Map<number, OpenBuffer>();
  readonly #headerSize: number;
  #fileSize = 0;
  #sequence = 1n;
  #buffersWritten = 0;
  #lastTimestamp: bigint;

  constructor(session: EtlSession, sink: EtlSink) {
    this.session = completeSession(session);
    this.#sink = sink;
    this.#lastTimestamp = this.session.startTick;
    const header = this.#headerBuffer();
    this.#buffersWritten = 1;
    this.#headerSize = header.length;
    this.#fileSize = header.length;
    sink(header, 0);
  }

  append(processor: number, record: EtlRecord): void {
    const bytes = encodeRecord(record, this.session.pointerSize);
    const largest = this.session.bufferSize - bufferHeaderSize;
    if (aligned(bytes.length) > largest) {
      throw new RangeError(
        `A record of ${bytes.length} bytes does not fit into a buffer of ${this.session.bufferSize}.`,
      );
    }
    let buffer = this.#bufferOf(processor);
    if (buffer.filled + aligned(bytes.length) > this.session.bufferSize) {
      this.flush(processor);
      buffer = this.#bufferOf(processor);
    }
    buffer.bytes.set(bytes, buffer.filled);
    buffer.filled += aligned(bytes.length);
    if (record.timestamp > buffer.lastTimestamp) buffer.lastTimestamp = record.timestamp;
  }

  /** Writes the CPU's buffer out, however full it is; nothing happens when it is empty. */
  flush(processor: number): void {
    this.#flush(processor, 0);
  }

  /** Marks the CPU's open buffer: events were lost while it filled. */
  loseEvents(processor: number): void {
    this.#bufferOf(processor).flags |= BufferFlag.EventsLost;
  }

  /** Marks the CPU's open buffer as one of the file behind a real-time session, which may have lost a part of it. */
  markBackup(processor: number, isCorrupt: boolean): void {
    this.#bufferOf(processor).flags |= BufferFlag.RealTimeBackup | (isCorrupt ? BufferFlag.RealTimeBackupCorrupt : 0);
  }

  /** Writes all open buffers and numbers the next ones from 1 again: a later session goes on in the same file. */
  startAppending(): void {
    for (const processor of this.#open.keys()) this.flush(processor);
    this.#sequence = 1n;
  }

  /** Leaves a gap of `count` in the sequence numbers in front of the CPU's open buffer, and marks that buffer. */
  loseBuffers(processor: number, count: number): void {
    this.#bufferOf(processor).flags |= BufferFlag.BufferLost;
    this.#sequence += BigInt(count);
  }

  /**
   * Writes a buffer whose records stand ready in `bytes` from 0x48 to `filled`; its header is filled in here. The way
   * for generators that cannot afford an object per record. `bytes` is as long as the session's buffers.
   */
  writeBuffer(processor: number, bytes: Uint8Array, filled: number, lastTimestamp: bigint): void {
    this.#writeBuffer(processor, { bytes, filled, flags: 0, lastTimestamp });
  }

  /**
   * Writes what is still open, zeros into space that is reserved, and, unless the session ends uncleanly, the header
   * buffer again, now with the session's end and number of buffers.
   */
  finish(): void {
    const waiting = [...this.#open.keys()].filter((processor) => this.#bufferOf(processor).filled > bufferHeaderSize);
    waiting.forEach((processor, index) => {
      this.#flush(processor, index === waiting.length - 1 ? BufferFlag.FlushMarker : 0);
    });
    this.#fillReservedSpace();
    if (!this.session.unclean) this.#sink(this.#headerBuffer(), 0);
  }

  #fillReservedSpace(): void {
    const zeros = new Uint8Array(this.session.bufferSize);
    while (this.#fileSize < this.session.reservedBytes) {
      const missing = Math.min(zeros.length, this.session.reservedBytes - this.#fileSize);
      this.#sink(zeros.subarray(0, missing), this.#fileSize);
      this.#fileSize += missing;
    }
  }

  #bufferOf(processor: number): OpenBuffer {
    const known = this.#open.get(processor);
    if (known) return known;
    const bytes = new Uint8Array(this.session.bufferSize);
    const buffer = { bytes, filled: bufferHeaderSize, flags: 0, lastTimestamp: this.session.startTick };
    this.#open.set(processor, buffer);
    return buffer;
  }

  #flush(processor: number, flags: number): void {
    const buffer = this.#bufferOf(processor);
    if (buffer.filled === bufferHeaderSize) return;
    buffer.flags |= flags;
    this.#writeBuffer(processor, buffer);
    buffer.bytes.fill(0);
    buffer.filled = bufferHeaderSize;
    buffer.flags = 0;
  }

  #writeBuffer(processor: number, buffer: OpenBuffer): void {
    if (buffer.lastTimestamp > this.#lastTimestamp) this.#lastTimestamp = buffer.lastTimestamp;
    const { session } = this;
    const description = {
      filled: buffer.filled,
      flags: buffer.flags,
      type: BufferType.Generic,
      processor,
      sequence: this.#sequence,
      flushTime: session.relogged ? filetimeOf(session, buffer.lastTimestamp) : buffer.lastTimestamp,
    };
    this.#sequence += 1n;
    this.#buffersWritten++;
    buffer.bytes.fill(0xff, buffer.filled);
    const onDisk = session.compressed ? compressedBuffer(buffer) : buffer.bytes;
    writeBufferHeader(onDisk, description, session);
    const position = this.#positionOf(description.sequence);
    this.#sink(onDisk, position);
    this.#fileSize = Math.max(this.#fileSize, position + onDisk.length);
  }

  #positionOf(sequence: bigint): number {
    const { ringBuffers, bufferSize } = this.session;
    if (ringBuffers === 0) return this.#fileSize;
    return this.#headerSize + (Number(sequence - 1n) % ringBuffers) * bufferSize;
  }

  #headerBuffer(): Uint8Array {
    const { session } = this;
    const lastTime = session.endTime ?? filetimeOf(session, this.#lastTimestamp);
    const endTime = session.unclean ? 0n : lastTime;
    const records = [
      logFileHeaderRecord(session, endTime, this.#buffersWritten),
      ...session.headerRecords.map((record) => encodeRecord(record, session.pointerSize)),
    ];
    const filled = records.reduce((size, record) => size + aligned(record.length), bufferHeaderSize);
    const size = session.compressed ? Math.ceil(filled / 512) * 512 : session.bufferSize;
    if (filled > size) throw new RangeError(`The header records take ${filled} bytes, a buffer has ${size}.`);
    const bytes = new Uint8Array(size).fill(0xff, filled);
    let offset = bufferHeaderSize;
    for (const record of records) {
      bytes.set(record, offset);
      offset += aligned(record.length);
    }
    const flags = BufferFlag.FlushMarker;
    const described = { filled, flags, type: BufferType.Header, processor: 0, sequence: 0n, flushTime: 0n };
    writeBufferHeader(bytes, described, { ...session, compressed: false });
    return bytes;
  }
}

type Definite<Shape> = { readonly [Name in keyof Shape]-?: Exclude<Shape[Name], undefined> };
/** A session with every default filled in; `endTime` undefined means: the last record's. */
export interface CompleteSession extends Definite<Omit<EtlSession, 'endTime'>> {
  readonly endTime: bigint | undefined;
  /** Merged by netsh, pktmon or xperf: buffers then carry FILETIMEs instead of clock ticks. */
  readonly relogged: boolean;
}

function completeSession(session: EtlSession): CompleteSession {
  const clock = session.clock ?? { kind: 'QPC', frequency: 10_000_000 };
  const startTime = session.startTime ?? defaultStartTime;
  const bootTime = session.bootTime ?? startTime - defaultUptime;
  const compressed = session.compressed ?? false;
  const sessionName = session.sessionName ?? 'Relogger';
  const relogged = sessionName === 'Relogger';
  const ringBuffers = session.ringBuffers ?? 0;
  const reservedBytes = session.reservedBytes ?? 0;
  if (ringBuffers > 0 && compressed) throw new RangeError('A circular file has buffers of one size: never compressed.');
  const mode =
    (ringBuffers > 0 ? LogFileMode.Circular : LogFileMode.Sequential) |
    (reservedBytes > 0 ? LogFileMode.Preallocate : 0) |
    (compressed ? LogFileMode.Compressed : 0) |
    (relogged ? LogFileMode.Relog : 0);
  const sinceBoot = ((startTime - bootTime) * BigInt(ticksPerSecondOf(clock))) / ticksPerSecond;
  return {
    pointerSize: session.pointerSize ?? 8,
    clock,
    startTime,
    startTick: session.startTick ?? (clock.kind === 'system time' ? startTime : sinceBoot),
    endTime: session.endTime,
    bootTime,
    sessionName,
    logFileName: session.logFileName ?? (relogged ? '[multiple files]' : `C:\\${sessionName}.etl`),
    osMajor: session.osMajor ?? 10,
    osMinor: session.osMinor ?? 0,
    osBuild: session.osBuild ?? 20348,
    timeZoneBias: session.timeZoneBias ?? 0,
    processors: session.processors ?? 1,
    bufferSize: session.bufferSize ?? 0x1_0000,
    compressed,
    processorNumbering: session.processorNumbering ?? 'index',
    logFileMode: session.logFileMode ?? mode,
    unclean: session.unclean ?? false,
    ringBuffers,
    reservedBytes,
    eventsLost: session.eventsLost ?? 0,
    buffersLost: session.buffersLost ?? 0,
    headerRecords: session.headerRecords ?? [],
    relogged,
  };
}

/** Ticks of a clock in one second. */
export function ticksPerSecondOf(clock: EtlClock): number {
  if (clock.kind === 'QPC') return clock.frequency;
  return clock.kind === 'system time' ? Number(ticksPerSecond) : clock.megahertz * 1_000_000;
}

function filetimeOf(session: CompleteSession, timestamp: bigint): bigint {
  return (
    session.startTime + ((timestamp - session.startTick) * ticksPerSecond) / BigInt(ticksPerSecondOf(session.clock))
  );
}

interface BufferDescription {
  readonly filled: number;
  readonly flags: number;
  readonly type: number;
  readonly processor: number;
  readonly sequence: bigint;
  readonly flushTime: bigint;
}

/** WMI_BUFFER_HEADER; SavedOffset, CurrentOffset and State hold what real files have there. */
function writeBufferHeader(target: Uint8Array, buffer: BufferDescription, session: CompleteSession): void {
  const view = viewOf(target);
  const indexed = session.processorNumbering === 'index';
  const flushed = 3;
  view.setUint32(0x00, target.length, true);
  view.setUint32(0x04, buffer.filled, true);
  view.setUint32(0x08, buffer.type === BufferType.Header ? buffer.filled : session.bufferSize + buffer.filled, true);
  view.setUint32(0x0c, 0, true);
  view.setBigInt64(0x10, buffer.flushTime, true);
  view.setBigInt64(0x18, buffer.sequence, true);
  view.setBigInt64(0x20, 0n, true);
  view.setUint16(0x28, indexed ? buffer.processor & 0x7ff : 0x0800 | (buffer.processor & 0xff), true);
  view.setUint16(0x2a, 0, true);
  view.setUint32(0x2c, flushed, true);
  view.setUint32(0x30, buffer.filled, true);
  const kind = (indexed ? BufferFlag.ProcessorIndex : 0) | (session.compressed ? BufferFlag.Compressed : 0);
  view.setUint16(0x34, buffer.flags | kind, true);
  view.setUint16(0x36, buffer.type, true);
  view.setBigInt64(0x38, 0n, true);
  view.setBigInt64(0x40, 0n, true);
}

function compressedBuffer(buffer: OpenBuffer): Uint8Array {
  const target = new Uint8Array(bufferHeaderSize + lzxpressBound(buffer.filled - bufferHeaderSize));
  const end = compressLzxpress(buffer.bytes, bufferHeaderSize, buffer.filled, target, bufferHeaderSize);
  return target.subarray(0, end);
}

/** The first record of a file: SYSTEM header of version 2, group and type 0, then TRACE_LOGFILE_HEADER. */
function logFileHeaderRecord(session: CompleteSession, endTime: bigint, buffersWritten: number): Uint8Array {
  const names = [session.sessionName, session.logFileName].map((name) => utf16Bytes(name, true));
  const fixed = logFileHeaderSize[session.pointerSize];
  const payload = new Uint8Array(fixed + names[0].length + names[1].length);
  writeLogFileHeader(viewOf(payload), session, endTime, buffersWritten);
  payload.set(names[0], fixed);
  payload.set(names[1], fixed + names[0].length);
  return encodeRecord(
    { kind: 'system', timestamp: session.startTick, group: 0, type: 0, version: 2, process: 4, thread: 8, payload },
    session.pointerSize,
  );
}

function writeLogFileHeader(view: DataView, session: CompleteSession, endTime: bigint, buffersWritten: number): void {
  const { clock } = session;
  const maximumFileSizeInMegabytes = 512;
  view.setUint32(0x00, session.bufferSize, true);
  [session.osMajor, session.osMinor, ...layoutVersion(session)].forEach((part, index) => {
    view.setUint8(4 + index, part);
  });
  view.setUint32(0x08, session.osBuild, true);
  view.setUint32(0x0c, session.processors, true);
  view.setBigInt64(0x10, endTime, true);
  view.setUint32(0x18, 156_250, true);
  view.setUint32(0x1c, maximumFileSizeInMegabytes, true);
  view.setUint32(0x20, session.logFileMode, true);
  view.setUint32(0x24, buffersWritten, true);
  view.setUint32(0x28, 1, true);
  view.setUint32(0x2c, session.pointerSize, true);
  view.setUint32(0x30, session.eventsLost, true);
  view.setUint32(0x34, clock.kind === 'CPU cycles' ? clock.megahertz : 2594, true);
  const timeZone = session.pointerSize === 8 ? 0x48 : 0x40;
  view.setInt32(timeZone, session.timeZoneBias, true);
  const tail = timeZone + 0xb0;
  view.setBigInt64(tail, session.bootTime, true);
  view.setBigInt64(tail + 0x08, BigInt(clock.kind === 'QPC' ? clock.frequency : 10_000_000), true);
  view.setBigInt64(tail + 0x10, session.startTime, true);
  view.setUint32(tail + 0x18, { QPC: 1, 'system time': 2, 'CPU cycles': 3 }[clock.kind], true);
  view.setUint32(tail + 0x1c, session.buffersLost, true);
}

/** 1.5 is Windows 7's layout and that of plain files since; 2.0 says large or compressed buffers. */
function layoutVersion(session: CompleteSession): [number, number] {
  return session.compressed ? [2, 0] : [1, 5];
}

/**
 * The bytes of one record, not padded to the 8 bytes at which the next one starts.
 * Throws RangeError when it is longer than its 16-bit size field can say.
 */
export function encodeRecord(record: EtlRecord, sessionPointerSize: 4 | 8): Uint8Array {
  if (record.kind === 'raw') return record.bytes;
  const wide = (record.pointerSize ?? sessionPointerSize) === 8;
  const bytes = encodeByKind(record, wide);
  if (bytes.length > 0xffff)
    throw new RangeError(`A record of ${bytes.length} bytes is longer than ETW allows (65535).`);
  const sizeAt = hasSizeAtFour(record) ? 4 : 0;
  viewOf(bytes).setUint16(sizeAt, bytes.length, true);
  return bytes;
}

function hasSizeAtFour(record: EtlRecord): boolean {
  return record.kind === 'system' || record.kind === 'compact' || record.kind === 'perfinfo';
}

function encodeByKind(record: Exclude<EtlRecord, RawRecord>, wide: boolean): Uint8Array {
  switch (record.kind) {
    case 'event':
      return encodeEvent(record, wide);
    case 'classic':
    case 'error':
      return encodeClassic(record, wide);
    case 'instance':
      return encodeInstance(record, wide);
    case 'system':
    case 'compact':
    case 'perfinfo':
      return encodeSystem(record, wide);
    case 'timed':
    case 'old timed':
    case 'old number':
      return encodeShort(record);
    case 'wnode':
      return encodeWnode(record);
    case 'message':
      return encodeMessage(record, wide);
  }
}

const noBytes = new Uint8Array(0);

function startRecord(
  headerSize: number,
  headerType: number,
  payload: Uint8Array,
): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(headerSize + payload.length);
  bytes.set(payload, headerSize);
  bytes[2] = headerType;
  bytes[3] = Marker.Event;
  return { bytes, view: viewOf(bytes) };
}

function writeOrigin(view: DataView, record: Origin): void {
  view.setUint32(0x08, record.thread ?? 0, true);
  view.setUint32(0x0c, record.process ?? 0, true);
  view.setBigInt64(0x10, record.timestamp, true);
}

function encodeEvent(record: EventRecord, wide: boolean): Uint8Array {
  const extended = encodeExtended(record.extended ?? []);
  const userData = joined(extended, record.payload ?? noBytes);
  const type = wide ? HeaderType.EventHeader64 : HeaderType.EventHeader32;
  const { bytes, view } = startRecord(HeaderSize.event, type, userData);
  view.setUint16(0x04, (record.flags ?? 0) | (extended.length > 0 ? extendedInfoFlag : 0), true);
  view.setUint16(0x06, record.property ?? 0, true);
  writeOrigin(view, record);
  writeGuid(record.provider, bytes, 0x18);
  view.setUint16(0x28, record.id, true);
  bytes[0x2a] = record.version ?? 0;
  bytes[0x2b] = record.channel ?? 0;
  bytes[0x2c] = record.level ?? 0;
  bytes[0x2d] = record.opcode ?? 0;
  view.setUint16(0x2e, record.task ?? 0, true);
  view.setBigUint64(0x30, record.keyword ?? 0n, true);
  writeGuid(record.activity ?? emptyGuid, bytes, 0x40);
  return bytes;
}

/** The first u16 of an item is "reserved" in the documentation; real files hold the item's aligned size there. */
function encodeExtended(items: readonly ExtendedItem[]): Uint8Array {
  const parts = items.map((item, index) => {
    const bytes = new Uint8Array(aligned(8 + item.data.length));
    const view = viewOf(bytes);
    view.setUint16(0, bytes.length, true);
    view.setUint16(2, item.type, true);
    view.setUint16(4, index < items.length - 1 ? 1 : 0, true);
    view.setUint16(6, item.data.length, true);
    bytes.set(item.data, 8);
    return bytes;
  });
  return joined(...parts);
}

function encodeClassic(record: ClassicRecord, wide: boolean): Uint8Array {
  const type = record.kind === 'error' ? HeaderType.Error : wide ? HeaderType.Full64 : HeaderType.Full32;
  const { bytes, view } = startRecord(HeaderSize.full, type, record.payload ?? noBytes);
  writeClassicClass(view, record);
  writeOrigin(view, record);
  writeGuid(record.class, bytes, 0x18);
  return bytes;
}

function encodeInstance(record: InstanceRecord, wide: boolean): Uint8Array {
  const type = wide ? HeaderType.Instance64 : HeaderType.Instance32;
  const { bytes, view } = startRecord(HeaderSize.instance, type, record.payload ?? noBytes);
  writeClassicClass(view, record);
  writeOrigin(view, record);
  writeGuid(record.class, bytes, 0x18);
  view.setUint32(0x30, record.instance, true);
  view.setUint32(0x34, record.parentInstance ?? 0, true);
  writeGuid(record.parentClass ?? emptyGuid, bytes, 0x38);
  return bytes;
}

function writeClassicClass(view: DataView, record: ClassicRecord | InstanceRecord): void {
  view.setUint8(4, record.opcode);
  view.setUint8(5, record.level ?? 0);
  view.setUint16(6, record.version ?? 0, true);
}

const systemHeaders = {
  system: { size: HeaderSize.system, narrow: HeaderType.System32, wide: HeaderType.System64 },
  compact: { size: HeaderSize.compact, narrow: HeaderType.Compact32, wide: HeaderType.Compact64 },
  perfinfo: { size: HeaderSize.perfInfo, narrow: HeaderType.PerfInfo32, wide: HeaderType.PerfInfo64 },
} as const;

function encodeSystem(record: SystemRecord, wide: boolean): Uint8Array {
  const header = systemHeaders[record.kind];
  const counters = record.counters ?? [];
  if (counters.length > 7) throw new RangeError(`A record holds at most 7 counters, not ${counters.length}.`);
  const indexes = record.pebsIndex === undefined ? [] : [record.pebsIndex];
  const payload = joined(...[...indexes, ...counters].map(int64Bytes), record.payload ?? noBytes);
  const { bytes, view } = startRecord(header.size, wide ? header.wide : header.narrow, payload);
  const measured =
    (indexes.length > 0 ? SystemVersion.PebsIndex : 0) | (counters.length << SystemVersion.counterCountShift);
  view.setUint16(0, (record.version ?? 2) | measured, true);
  bytes[6] = record.type;
  bytes[7] = record.group;
  if (record.kind === 'perfinfo') view.setBigInt64(8, record.timestamp, true);
  else writeOrigin(view, record);
  return bytes;
}

function encodeShort(record: ShortRecord): Uint8Array {
  const size = record.kind === 'old number' ? HeaderSize.number : HeaderSize.timed;
  const { bytes, view } = startRecord(size, record.kind === 'timed' ? HeaderType.Timed : 0, record.payload ?? noBytes);
  if (record.kind === 'old timed') bytes[3] = Marker.Timed;
  if (record.kind === 'old number') bytes[3] = Marker.Number;
  else view.setBigInt64(8, record.timestamp, true);
  view.setUint32(4, record.number, true);
  return bytes;
}

function encodeWnode(record: WnodeRecord): Uint8Array {
  const { bytes, view } = startRecord(HeaderSize.full, HeaderType.Wnode, record.payload ?? noBytes);
  view.setBigInt64(0x10, record.timestamp, true);
  writeGuid(record.guid, bytes, 0x18);
  return bytes;
}

function encodeMessage(record: MessageRecord, wide: boolean): Uint8Array {
  let options: number = wide ? MessageOption.Pointer64 : MessageOption.Pointer32;
  if (record.performanceTime === true) options |= MessageOption.PerformanceTimeStamp;
  const parts: Uint8Array[] = [];
  const part = (option: number, bytes: Uint8Array): void => {
    options |= option;
    parts.push(bytes);
  };
  if (record.sequence !== undefined) part(MessageOption.Sequence, uint32Bytes(record.sequence));
  if (record.guid !== undefined) part(MessageOption.Guid, guidBytes(record.guid));
  else if (record.component !== undefined) part(MessageOption.ComponentId, uint32Bytes(record.component));
  if (record.timed !== false) part(MessageOption.TimeStamp, int64Bytes(record.timestamp));
  if (record.process !== undefined || record.thread !== undefined) {
    part(MessageOption.SystemInfo, joined(uint32Bytes(record.thread ?? 0), uint32Bytes(record.process ?? 0)));
  }
  const bytes = joined(new Uint8Array(HeaderSize.message), ...parts, record.payload ?? noBytes);
  bytes[3] = Marker.Message;
  viewOf(bytes).setUint16(4, record.number, true);
  viewOf(bytes).setUint16(6, options, true);
  return bytes;
}

function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
}

function int64Bytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setBigInt64(0, value, true);
  return bytes;
}

function guidBytes(guid: string): Uint8Array {
  const bytes = new Uint8Array(16);
  writeGuid(guid, bytes, 0);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Records start at multiples of 8. */
function aligned(size: number): number {
  return (size + 7) & ~7;
}
