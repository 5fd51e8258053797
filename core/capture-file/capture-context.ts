import type { TimestampScale, TimestampUnit } from './timestamp.ts';

export type CaptureFormat = 'pcapng' | 'pcap' | 'netmon';

/** What a pcapng says of an interface; of the other formats' only one, its link type. */
export interface CaptureInterface {
  /** A LINKTYPE_* number of the tcpdump registry. */
  readonly linkType: number;
  readonly name: string;
  readonly description: string;
  /** Bytes of a packet that are captured at most; 0 is no limit. */
  readonly snapLength: number;
  readonly unit: TimestampUnit;
  readonly scale: TimestampScale;
}

interface AnyContext {
  /** Nanoseconds since 1970 that ticks count from; a multiple of 100, so that FILETIMEs of ticks are exact. */
  readonly start: bigint;
}

export interface PcapngContext extends AnyContext {
  readonly format: 'pcapng';
  readonly littleEndian: boolean;
  /** By their numbers. */
  readonly interfaces: readonly CaptureInterface[];
}

export interface PcapContext extends AnyContext {
  readonly format: 'pcap';
  /** The start as records tell it: whole seconds since 1970, and nanoseconds. */
  readonly startSeconds: number;
  readonly startNanoseconds: number;
  readonly littleEndian: boolean;
  readonly linkType: number;
  readonly snapLength: number;
  /** Nanoseconds that one unit of a time stamp's fraction is: 1 or 1,000. */
  readonly fraction: 1 | 1000;
  /** Of each record: 16, or 24 in files of a long forgotten Linux patch. */
  readonly headerSize: 16 | 24;
}

export interface NetmonContext extends AnyContext {
  readonly format: 'netmon';
  readonly major: number;
  readonly minor: number;
  /** Media type of all frames, where they have none of their own. */
  readonly mediaType: number;
  readonly frameTable: { readonly offset: number; readonly frames: number };
  /** Nanoseconds since 1970 that the frames' relative times count from. */
  readonly timeBase: bigint;
  /** Process ids and paths by the index that frames give. */
  readonly processes: readonly { readonly id: number; readonly path: string }[];
  /** Comments by the offset of the frame. */
  readonly comments: readonly { readonly frame: number; readonly text: string }[];
}

/** Everything that the records of a stretch of a file are read by: plain data. */
export type CaptureContext = PcapngContext | PcapContext | NetmonContext;

/** What a file, or a section of it, says of itself before its first packet. */
export interface OpenedCapture {
  readonly context: CaptureContext;
  /** Program that captured, and the system it ran on; empty when the file does not say. */
  readonly application: string;
  readonly operatingSystem: string;
  /** Format, byte order and resolution in words: `pcapng`, `big-endian`, … */
  readonly traits: readonly string[];
  /** Where records begin: a file offset, or of a NetMon file the number of the first frame. */
  readonly position: number;
  readonly problems: readonly CaptureProblem[];
}

/** A place in the file where something was not as it should be. */
export interface CaptureProblem {
  readonly offset: number;
  readonly kind: 'skipped' | 'cut' | 'damaged' | 'other';
  readonly message: string;
  /** Bytes that could not be read. */
  readonly bytes?: number;
}

/** Where reading goes on: what one range hands to the next. */
export interface CaptureRange {
  readonly context: CaptureContext;
  /** As OpenedCapture has it. */
  readonly position: number;
  /** About how many bytes to read; ranges grow up to the full size. */
  readonly bytes: number;
  readonly fullBytes: number;
  /** Of the last record before that had a time. */
  readonly lastTick: number;
  /** What was read of the section before. */
  readonly bytesBefore: number;
}

/** Told of records and of what is no record. */
export interface CaptureVisitor<Record> {
  /** `view` holds the file from `offset` on, and is valid only during the call. */
  record(record: Record, view: DataView, offset: number): void;
  problem(problem: CaptureProblem): void;
  /** Packets that an interface says it lost since the capture began. */
  interfaceDrops(interfaceNumber: number, packets: number): void;
  /** Called now and then with the bytes read so far in this range. True stops the reading. */
  progress(bytesRead: number): boolean;
}

export interface CaptureRangeEnd {
  /** As it was learnt in the range. */
  readonly context: CaptureContext;
  /** Undefined when the section ends here. */
  readonly next: Pick<CaptureRange, 'position' | 'lastTick' | 'bytesBefore'> | undefined;
  /** Where another section begins. */
  readonly nextSectionAt: number | undefined;
}

/** A file that is none of these, or whose beginning cannot be read. The message is for a person. */
export class CaptureFormatError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'CaptureFormatError';
    this.offset = offset;
  }
}
