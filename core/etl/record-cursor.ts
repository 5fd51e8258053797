import { endOfRecords, HeaderSize, HeaderType, Marker, MessageOption, SystemVersion } from './format.ts';

/** Which header a record has. Short headers hold nothing but a number and, most of them, a time. */
export const RecordFamily = { Event: 0, Classic: 1, System: 2, Message: 3, Short: 4 } as const;
export type RecordFamily = (typeof RecordFamily)[keyof typeof RecordFamily];

/** How a record came to an end that is not the buffer's end. */
export const CursorEnd = { Regular: 0, BadSize: 1, UnknownHeader: 2 } as const;
export type CursorEnd = (typeof CursorEnd)[keyof typeof CursorEnd];

/** Process and thread where the header has none. */
export const noProcess = 0xffff_ffff;

/** Told of records that were stepped over, because nobody knows their header type. */
export type UnknownRecordListener = (headerType: number, start: number, size: number) => void;

/**
 * Steps from record to record through one inflated buffer. One cursor serves a whole range: `open` it on each buffer,
 * then call `next` until it says false; the fields describe the record at hand. No object is made per record.
 */
export class RecordCursor {
  /** Offset of the record, and of the byte behind it (not rounded up to 8). */
  start = 0;
  end = 0;
  /** Offset of the first byte behind the fixed header; extended data items of an Event record stand there. */
  payload = 0;
  family: RecordFamily = RecordFamily.Event;
  /** HeaderType of the record; 0 for WPP messages and for old markers without a type. */
  headerType = 0;
  process = 0;
  thread = 0;
  /** Offset of the raw 64-bit time stamp, or -1 when the record has none. */
  timeAt = 0;
  /** Why the last `next` said false. */
  ended: CursorEnd = CursorEnd.Regular;

  private readonly onUnknownRecord: UnknownRecordListener | undefined;
  private view: DataView = new DataView(new ArrayBuffer(0));
  private limit = 0;
  private following = 0;

  constructor(onUnknownRecord?: UnknownRecordListener) {
    this.onUnknownRecord = onUnknownRecord;
  }

  /** Starts before the record at `start`; records end at `limit` at the latest. */
  open(view: DataView, start: number, limit: number): void {
    this.view = view;
    this.limit = limit;
    this.following = start;
    this.start = start;
    this.end = start;
    this.ended = CursorEnd.Regular;
  }

  /** Moves to the next record. False at the buffer's end, or where what stands there is no record: see `ended`. */
  next(): boolean {
    const start = this.following;
    if (start + 8 > this.limit) return false;
    const view = this.view;
    const head = view.getUint32(start, true);
    if (head === endOfRecords || head === 0) return false;
    this.start = start;
    const headerType = (head >>> 16) & 0xff;
    if (head >>> 24 === Marker.Event) {
      if (headerType === HeaderType.EventHeader64 || headerType === HeaderType.EventHeader32) {
        return (
          this.take(headerType, RecordFamily.Event, head & 0xffff, HeaderSize.event, 0x10) && this.takeIds(0x0c, 0x08)
        );
      }
      return this.nextOtherEvent(headerType, head);
    }
    return this.nextOtherMarker(head >>> 24, head & 0xffff);
  }

  private nextOtherEvent(headerType: number, head: number): boolean {
    const classicSize = head & 0xffff;
    switch (headerType) {
      case HeaderType.System32:
      case HeaderType.System64:
        return this.nextSystem(headerType, head, HeaderSize.system, 0x10) && this.takeIds(0x0c, 0x08);
      case HeaderType.Compact32:
      case HeaderType.Compact64:
        return this.nextSystem(headerType, head, HeaderSize.compact, 0x10) && this.takeIds(0x0c, 0x08);
      case HeaderType.PerfInfo32:
      case HeaderType.PerfInfo64:
        this.process = noProcess;
        this.thread = noProcess;
        return this.nextSystem(headerType, head, HeaderSize.perfInfo, 0x08);
      case HeaderType.Full32:
      case HeaderType.Full64:
      case HeaderType.Error:
        return (
          this.take(headerType, RecordFamily.Classic, classicSize, HeaderSize.full, 0x10) && this.takeIds(0x0c, 0x08)
        );
      case HeaderType.Instance32:
      case HeaderType.Instance64:
        return (
          this.take(headerType, RecordFamily.Classic, classicSize, HeaderSize.instance, 0x10) &&
          this.takeIds(0x0c, 0x08)
        );
      case HeaderType.Wnode:
        this.process = noProcess;
        this.thread = noProcess;
        return this.take(headerType, RecordFamily.Classic, classicSize, HeaderSize.full, 0x10);
      case HeaderType.Timed:
        return this.nextTimed(headerType, classicSize);
      default:
        return this.stepOverUnknown();
    }
  }

  private nextSystem(headerType: number, head: number, headerSize: number, timeOffset: number): boolean {
    const size = this.view.getUint16(this.start + 4, true);
    if (!this.take(headerType, RecordFamily.System, size, headerSize, timeOffset)) return false;
    if ((head & (SystemVersion.PebsIndex | SystemVersion.CounterCount)) !== 0) this.skipCounters(head);
    return true;
  }

  /** Counters that a record is too short for leave it without a payload, but do not cost the record. */
  private skipCounters(version: number): void {
    const counters = (version & SystemVersion.CounterCount) >>> SystemVersion.counterCountShift;
    const indexes = (version & SystemVersion.PebsIndex) === 0 ? 0 : 1;
    this.payload = Math.min(this.end, this.payload + 8 * (counters + indexes));
  }

  private nextTimed(headerType: number, size: number): boolean {
    this.process = noProcess;
    this.thread = noProcess;
    return this.take(headerType, RecordFamily.Short, size, HeaderSize.timed, 0x08);
  }

  private nextOtherMarker(marker: number, size: number): boolean {
    if (marker === Marker.Message) return this.nextMessage(size);
    if (marker === Marker.Timed) return this.nextTimed(0, size);
    if (marker === Marker.Number) return this.nextNumber(size);
    this.ended = CursorEnd.UnknownHeader;
    return false;
  }

  private nextNumber(size: number): boolean {
    this.process = noProcess;
    this.thread = noProcess;
    if (!this.take(0, RecordFamily.Short, size, HeaderSize.number, 0)) return false;
    this.timeAt = -1;
    return true;
  }

  /** WPP: an 8-byte header, then only the parts its option flags name, in fixed order (evntrace.h TRACE_MESSAGE_*). */
  private nextMessage(size: number): boolean {
    this.process = noProcess;
    this.thread = noProcess;
    if (!this.take(0, RecordFamily.Message, size, HeaderSize.message, 0)) return false;
    const options = this.view.getUint16(this.start + 6, true);
    let at = this.start + HeaderSize.message;
    if ((options & MessageOption.Sequence) !== 0) at += 4;
    if ((options & MessageOption.Guid) !== 0) at += 16;
    else if ((options & MessageOption.ComponentId) !== 0) at += 4;
    this.timeAt = -1;
    if ((options & MessageOption.TimeStamp) !== 0) {
      this.timeAt = at;
      at += 8;
    }
    const idsAt = at;
    if ((options & MessageOption.SystemInfo) !== 0) at += 8;
    if (at > this.end) {
      this.ended = CursorEnd.BadSize;
      return false;
    }
    if (idsAt !== at) {
      this.thread = this.view.getUint32(idsAt, true);
      this.process = this.view.getUint32(idsAt + 4, true);
    }
    this.payload = at;
    return true;
  }

  /**
   * Records of header types that nobody knows cost themselves and not the buffer, as long as one of the two places a size
   * can stand at leads to the next record. A loop, because a buffer may hold nothing else.
   */
  private stepOverUnknown(): boolean {
    for (;;) {
      const size = this.plausibleSize(this.start);
      if (size === 0) {
        this.ended = CursorEnd.UnknownHeader;
        return false;
      }
      this.onUnknownRecord?.(this.view.getUint8(this.start + 2), this.start, size);
      this.following = (this.start + size + 7) & ~7;
      if (!this.isUnknownEvent(this.following)) return this.next();
      this.start = this.following;
    }
  }

  private isUnknownEvent(at: number): boolean {
    if (at + 8 > this.limit || this.view.getUint8(at + 3) !== Marker.Event) return false;
    return !knownHeaderTypes.has(this.view.getUint8(at + 2));
  }

  /** Most headers have their size at 0, kernel ones at 4; 0 when neither place holds one that makes sense. */
  private plausibleSize(start: number): number {
    for (const place of [0, 4]) {
      const size = this.view.getUint16(start + place, true);
      if (size >= 8 && start + size <= this.limit && this.mayFollow((start + size + 7) & ~7)) return size;
    }
    return 0;
  }

  /** Whether a record, or the end of all records, stands here. */
  private mayFollow(at: number): boolean {
    if (at + 8 > this.limit) return true;
    const head = this.view.getUint32(at, true);
    return head === endOfRecords || head === 0 || markers.has(head >>> 24);
  }

  private take(
    headerType: number,
    family: RecordFamily,
    size: number,
    headerSize: number,
    timeOffset: number,
  ): boolean {
    const end = this.start + size;
    if (size < headerSize || end > this.limit) {
      this.ended = CursorEnd.BadSize;
      return false;
    }
    this.headerType = headerType;
    this.family = family;
    this.end = end;
    this.payload = this.start + headerSize;
    this.timeAt = this.start + timeOffset;
    this.following = (end + 7) & ~7;
    return true;
  }

  private takeIds(processOffset: number, threadOffset: number): true {
    this.process = this.view.getUint32(this.start + processOffset, true);
    this.thread = this.view.getUint32(this.start + threadOffset, true);
    return true;
  }
}

const markers: ReadonlySet<number> = new Set(Object.values(Marker));
/** What `next` reads behind an Event marker; a WPP message has a marker of its own. */
const knownHeaderTypes: ReadonlySet<number> = new Set(
  Object.values(HeaderType).filter((headerType) => headerType !== HeaderType.Message),
);
