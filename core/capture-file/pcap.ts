import {
  CaptureFormatError,
  type CaptureRange,
  type CaptureRangeEnd,
  type CaptureVisitor,
  type OpenedCapture,
  type PcapContext,
} from './capture-context.ts';
import { RecordKind, type CaptureRecord } from './capture-record.ts';
import type { FileWindow } from './file-window.ts';

/** pcap (draft-ietf-opsawg-pcap): a header of 24 bytes, then records, each with a header of 16. */

const fileHeaderSize = 24;
/** The magic number tells byte order and what a time stamp's fraction counts; the third is that of an old Linux patch. */
const magics = [
  { magic: 0xa1b2_c3d4, fraction: 1000, headerSize: 16, trait: 'microseconds' },
  { magic: 0xa1b2_3c4d, fraction: 1, headerSize: 16, trait: 'nanoseconds' },
  { magic: 0xa1b2_cd34, fraction: 1000, headerSize: 24, trait: 'microseconds, modified records' },
] as const;

/** Larger than any packet: what offloading network cards hand up has 64 KiB, and a few kinds of link some MiB. */
const largestPacket = 16 << 20;
const nanosecondsPerSecond = 1_000_000_000;
const progressBytes = 1 << 18;
/** How many records must follow one another where the chain of records is looked for again. */
const recordsInRow = 3;
/** A record that is looked for lies in a piece of this size, together with the header of the next. */
const searchBytes = 1 << 17;
/** Seconds that a record found again may lie from the last one that was read. */
const mostSecondsApart = 30 * 86_400;

interface Flavour {
  readonly littleEndian: boolean;
  readonly fraction: 1 | 1000;
  readonly headerSize: 16 | 24;
  readonly trait: string;
}

export function sniffPcap(head: Uint8Array): boolean {
  return head.length >= fileHeaderSize && flavourOf(new DataView(head.buffer, head.byteOffset), 0) !== undefined;
}

function flavourOf(view: DataView, at: number): Flavour | undefined {
  for (const { magic, ...flavour } of magics) {
    if (view.getUint32(at, true) === magic) return { littleEndian: true, ...flavour };
    if (view.getUint32(at, false) === magic) return { littleEndian: false, ...flavour };
  }
  return undefined;
}

/** Opens a file. Throws CaptureFormatError when it ends inside its header. */
export function openPcap(window: FileWindow): OpenedCapture {
  const here = window.have(0, fileHeaderSize);
  const flavour = here < fileHeaderSize ? undefined : flavourOf(window.view, 0);
  if (!flavour)
    throw new CaptureFormatError(`The file ends ${here} bytes into a pcap header of ${fileHeaderSize}.`, here);
  const { littleEndian, fraction, headerSize, trait } = flavour;
  const { view } = window;
  const snapLength = view.getUint32(16, littleEndian);
  // Above the link type stand the bits that tell of a frame check sequence.
  const linkType = view.getUint32(20, littleEndian) & 0xffff;
  const hasRecord = window.have(fileHeaderSize, headerSize) >= headerSize;
  const first = fileHeaderSize - window.start;
  const startSeconds = hasRecord ? window.view.getUint32(first, littleEndian) : 0;
  const nanoseconds = hasRecord ? window.view.getUint32(first + 4, littleEndian) * fraction : 0;
  const startNanoseconds = nanoseconds - (nanoseconds % 100);
  return {
    context: {
      format: 'pcap',
      littleEndian,
      start: BigInt(startSeconds) * BigInt(nanosecondsPerSecond) + BigInt(startNanoseconds),
      startSeconds,
      startNanoseconds,
      linkType,
      snapLength,
      fraction,
      headerSize,
    },
    application: '',
    operatingSystem: '',
    traits: ['pcap', littleEndian ? 'little-endian' : 'big-endian', trait],
    position: fileHeaderSize,
    problems: [],
  };
}

/** Walks records from `range.position` on. */
export function readPcapRange(
  window: FileWindow,
  context: PcapContext,
  range: CaptureRange,
  record: CaptureRecord,
  visitor: CaptureVisitor<CaptureRecord>,
): CaptureRangeEnd {
  const fileSize = window.source.size;
  const done = { context, next: undefined, nextSectionAt: undefined };
  let { lastTick } = range;
  let at = range.position;
  let reported = at;
  while (at < fileSize) {
    if (at - range.position >= range.bytes) {
      visitor.progress(at - range.position);
      return { ...done, next: { position: at, lastTick, bytesBefore: range.bytesBefore + at - range.position } };
    }
    if (at - reported >= progressBytes) {
      reported = at;
      if (visitor.progress(at - range.position)) return done;
    }
    const reason = whyNoRecord(window, context, at);
    if (reason !== undefined) {
      const next = findRecord(window, context, at + 1, lastTick, () => visitor.progress(at - range.position));
      visitor.problem(brokenRecord(reason, at, next, fileSize));
      at = next;
      continue;
    }
    const length = pcapRecordLength(context, window.view, at - window.start);
    window.have(at, length);
    readPcapRecord(context, window.view, at - window.start, at - window.start + length, record);
    lastTick = record.tick;
    visitor.record(record, window.view, window.start);
    at += length;
  }
  visitor.progress(at - range.position);
  return done;
}

/** Bytes of the record whose header stands at an offset. */
export function pcapRecordLength({ littleEndian, headerSize }: PcapContext, view: DataView, at: number): number {
  return headerSize + view.getUint32(at + 8, littleEndian);
}

/** Why no whole record stands at an offset, in words; undefined when one does. Makes its header be at hand. */
function whyNoRecord(window: FileWindow, context: PcapContext, at: number): string | undefined {
  const { littleEndian, headerSize } = context;
  const left = window.source.size - at;
  if (window.have(at, headerSize) < headerSize) return `the file ends ${left} bytes into a record's header`;
  const captured = window.view.getUint32(at - window.start + 8, littleEndian);
  if (captured > largestPacket) return `it claims ${captured} bytes`;
  if (!isFractionPossible(window.view, at - window.start, context)) return 'its time stamp cannot be';
  return headerSize + captured > left
    ? `the file ends ${left} bytes into a record of ${headerSize + captured}`
    : undefined;
}

function isFractionPossible(view: DataView, at: number, { littleEndian, fraction }: PcapContext): boolean {
  return view.getUint32(at + 4, littleEndian) < nanosecondsPerSecond / fraction;
}

function brokenRecord(reason: string, at: number, next: number, fileSize: number) {
  const isCut = next >= fileSize && reason.startsWith('the file ends');
  const outcome = next < fileSize ? `the next record stands at ${next}` : 'no record was found behind';
  const message = isCut
    ? `At offset ${at}, ${reason}; what stands before was kept.`
    : `No packet can be read at offset ${at}: ${reason}. Skipped ${next - at} bytes; ${outcome}.`;
  return { offset: at, kind: isCut ? ('cut' as const) : ('skipped' as const), bytes: next - at, message };
}

/** Offset of the first place from `from` on where some records follow one another; the file's end when there is none. */
function findRecord(
  window: FileWindow,
  context: PcapContext,
  from: number,
  lastTick: number,
  stops: () => boolean,
): number {
  const { size } = window.source;
  const seconds = context.startSeconds + Math.floor(lastTick / nanosecondsPerSecond);
  let at = from;
  let reported = from;
  while (at + context.headerSize <= size) {
    const end = at + window.have(at, searchBytes);
    const { view, start } = window;
    for (; at + context.headerSize <= end && (end - at >= searchBytes || end >= size); at++) {
      if (isChain(view, at - start, end - start, end >= size, context, seconds)) return at;
    }
    if (at - reported < progressBytes) continue;
    reported = at;
    if (stops()) break;
  }
  return size;
}

/** Whether likely records follow one another from `start` on, as far as the bytes at hand go. */
function isChain(
  view: DataView,
  start: number,
  limit: number,
  isFileEnd: boolean,
  context: PcapContext,
  seconds: number,
): boolean {
  let at = start;
  for (let count = 0; count < recordsInRow; count++) {
    if (at + context.headerSize > limit) return count > 0 && (!isFileEnd || at === limit || count > 1);
    if (!isLikelyRecord(view, at, context, seconds)) return false;
    at += pcapRecordLength(context, view, at);
  }
  return true;
}

/** Stricter than whyNoRecord, because almost any bytes may stand where we look. */
function isLikelyRecord(view: DataView, at: number, context: PcapContext, seconds: number): boolean {
  const { littleEndian, snapLength } = context;
  const captured = view.getUint32(at + 8, littleEndian);
  const original = view.getUint32(at + 12, littleEndian);
  const mostCaptured = snapLength > 0 && snapLength < largestPacket ? snapLength : largestPacket;
  return (
    captured > 0 &&
    captured <= mostCaptured &&
    captured <= original &&
    original <= largestPacket &&
    isFractionPossible(view, at, context) &&
    Math.abs(view.getUint32(at, littleEndian) - seconds) <= mostSecondsApart
  );
}

/** Reads the record view[start..end). */
export function readPcapRecord(
  { littleEndian, startSeconds, startNanoseconds, linkType, fraction, headerSize }: PcapContext,
  view: DataView,
  start: number,
  end: number,
  record: CaptureRecord,
): void {
  record.reset();
  record.kind = RecordKind.Packet;
  record.id = 1;
  record.start = start;
  record.end = end;
  record.dataStart = start + headerSize;
  record.dataEnd = end;
  record.linkType = linkType;
  record.originalLength = Math.max(end - record.dataStart, view.getUint32(start + 12, littleEndian));
  const seconds = view.getUint32(start, littleEndian) - startSeconds;
  const fractions = view.getUint32(start + 4, littleEndian);
  record.tick = seconds * nanosecondsPerSecond + fractions * fraction - startNanoseconds;
}
