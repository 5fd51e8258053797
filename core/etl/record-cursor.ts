import { endOfRecords, HeaderSize, HeaderType, Marker, MessageOption } from './format.ts';

/** Which header a record has. */
export const RecordFamily = { Event: 0, Classic: 1, System: 2, Message: 3 } as const;
export type RecordFamily = (typeof RecordFamily)[keyof typeof RecordFamily];

/** How a record came to an end that is not the buffer's end. */
export const CursorEnd = { Regular: 0, BadSize: 1, UnknownHeader: 2 } as const;
export type CursorEnd = (typeof CursorEnd)[keyof typeof CursorEnd];

/** Process and thread where the header has none. */
export const noProcess = 0xffff_ffff;

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
  /** HeaderType of the record; 0 for WPP messages. */
  headerType = 0;
  process = 0;
  thread = 0;
  /** Offset of the raw 64-bit time stamp, or -1 when the record has none. */
  timeAt = 0;
  /** Why the last `next` said false. */
  ended: CursorEnd = CursorEnd.Regular;

  private view: DataView = new DataView(new ArrayBuffer(0));
  private limit = 0;
  private following = 0;

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
    if (head >>> 24 === Marker.Message) return this.nextMessage(head & 0xffff);
    this.ended = CursorEnd.UnknownHeader;
    return false;
  }

  private nextOtherEvent(headerType: number, head: number): boolean {
    const classicSize = head & 0xffff;
    const systemSize = this.view.getUint16(this.start + 4, true);
    switch (headerType) {
      case HeaderType.System32:
      case HeaderType.System64:
        return (
          this.take(headerType, RecordFamily.System, systemSize, HeaderSize.system, 0x10) && this.takeIds(0x0c, 0x08)
        );
      case HeaderType.Compact32:
      case HeaderType.Compact64:
        return (
          this.take(headerType, RecordFamily.System, systemSize, HeaderSize.compact, 0x10) && this.takeIds(0x0c, 0x08)
        );
      case HeaderType.PerfInfo32:
      case HeaderType.PerfInfo64:
        this.process = noProcess;
        this.thread = noProcess;
        return this.take(headerType, RecordFamily.System, systemSize, HeaderSize.perfInfo, 0x08);
      case HeaderType.Full32:
      case HeaderType.Full64:
      case HeaderType.Error:
      case HeaderType.Timed:
        return (
          this.take(headerType, RecordFamily.Classic, classicSize, HeaderSize.full, 0x10) && this.takeIds(0x0c, 0x08)
        );
      case HeaderType.Instance32:
      case HeaderType.Instance64:
        return (
          this.take(headerType, RecordFamily.Classic, classicSize, HeaderSize.instance, 0x10) &&
          this.takeIds(0x0c, 0x08)
        );
      default:
        this.ended = CursorEnd.UnknownHeader;
        return false;
    }
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
