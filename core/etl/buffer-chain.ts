import { readFully, type ByteSource } from '../base/byte-source.ts';
import { isCompressed, isUnwritten, readBufferHeader, whyNoBuffer, type BufferHeader } from './buffer-header.ts';
import { bufferHeaderSize, largestBufferSize } from './format.ts';

/**
 * How a file is cut into ranges that workers read independently. A file is a chain: every buffer's size field says
 * where the next one starts. Plain session files have buffers of one size, so range borders can be computed; merged and
 * compressed files must be walked header by header.
 *
 * All of this works on the rest of a file from some offset on: where a second session begins inside a file, its part is
 * cut anew, for its buffers may have a size of their own.
 */

/** Whole buffers from `from` up to `to`, both offsets in the file. */
export interface FileRange {
  readonly from: number;
  readonly to: number;
  /** Every buffer has this size; 0 when each buffer's header tells. */
  readonly stride: number;
  /**
   * Where the log file header stands that these buffers belong to: reading ends at another one, for another session begins
   * there. Undefined when it is to read on.
   */
  readonly sessionStart: number | undefined;
}

/** Bytes of the file that are not read as a buffer. */
export interface FileGap {
  readonly offset: number;
  readonly bytes: number;
  /** 'skipped': no buffer stands there. 'cut': the file ends inside a buffer header. 'unwritten': zeros, never written. */
  readonly kind: 'skipped' | 'cut' | 'unwritten';
  /** In words; said once for all of a file's unwritten space, so empty there. */
  readonly message: string;
}

export function unwrittenGap(offset: number, bytes: number): FileGap {
  return { offset, bytes, kind: 'unwritten', message: '' };
}

export function cutHeaderGap(offset: number, bytes: number): FileGap {
  const message = `The file ends ${bytes} bytes into a buffer header of ${bufferHeaderSize} (offset ${offset}).`;
  return { offset, bytes, kind: 'cut', message };
}

/** The size all buffers from `from` on share, or 0 when they differ or the file is too short to tell. */
export function uniformBufferSize(source: ByteSource, rangeBytes: number, from = 0): number {
  const first = headerAt(source, from);
  const second = first && headerAt(source, from + first.size);
  if (!first || !second || whyNoBuffer(first) !== undefined || isCompressed(second)) return 0;
  const stride = first.size;
  const buffers = Math.floor((source.size - from) / stride);
  if (buffers < 2) return 0;
  const mayStand = (buffer: number): boolean => {
    const header = headerAt(source, from + buffer * stride);
    return header !== undefined && (header.size === stride || isUnwritten(header));
  };
  if (!mayStand(1) || !mayStand(buffers - 1)) return 0;
  const step = Math.max(64, Math.floor(rangeBytes / stride));
  for (let buffer = step; buffer < buffers - 1; buffer += step) if (!mayStand(buffer)) return 0;
  return stride;
}

/** About how many bytes ranges have: the first few grow from `first` to `full`, doubling. */
export interface RangeSizes {
  readonly first: number;
  readonly full: number;
}

function sizeOfRange({ first, full }: RangeSizes, number: number): number {
  return Math.min(full, first * 2 ** number);
}

/** Ranges of a file whose buffers from `sessionStart` on all have `stride` bytes; the last may end in a cut buffer. */
export function uniformRanges(fileSize: number, stride: number, sizes: RangeSizes, sessionStart = 0): FileRange[] {
  const ranges: FileRange[] = [];
  for (let from = sessionStart; from < fileSize;) {
    const buffers = Math.max(1, Math.floor(sizeOfRange(sizes, ranges.length) / stride));
    const to = Math.min(from + buffers * stride, fileSize);
    ranges.push({ from, to, stride, sessionStart });
    from = to;
  }
  return ranges;
}

/** What a walk along the chain meets: a range to read, or bytes that belong to no buffer. */
export type ChainStep = { readonly range: FileRange } | { readonly gap: FileGap };

/**
 * Walks the chain header by header from `sessionStart` on. Where a header makes no sense, the bytes up to the next header
 * that does are a gap. Yields as it goes, so that reading starts before the walk ends; undefined only gives others a turn.
 */
export function* walkChain(
  source: ByteSource,
  sizes: RangeSizes,
  sessionStart = 0,
): Generator<ChainStep | undefined, void> {
  let rangeStart = sessionStart;
  let at = sessionStart;
  let headersRead = 0;
  let ranges = 0;
  while (at < source.size) {
    const header = headerAt(source, at);
    const reason = header && whyNoBuffer(header);
    if (header && reason === undefined) {
      at += header.size;
      if (at >= source.size || at - rangeStart >= sizeOfRange(sizes, ranges)) {
        ranges++;
        yield { range: { from: rangeStart, to: Math.min(at, source.size), stride: 0, sessionStart } };
        rangeStart = at;
      } else if (++headersRead % 1024 === 0) {
        yield undefined;
      }
      continue;
    }
    if (at > rangeStart) yield { range: { from: rangeStart, to: at, stride: 0, sessionStart } };
    const gap = yield* gapAt(source, at, header, reason ?? '');
    yield { gap };
    at += gap.bytes;
    rangeStart = at;
  }
}

/** What lies where no buffer begins, up to the place where the chain goes on. */
function* gapAt(
  source: ByteSource,
  at: number,
  header: BufferHeader | undefined,
  reason: string,
): Generator<undefined, FileGap> {
  if (!header) return cutHeaderGap(at, source.size - at);
  if (isUnwritten(header)) {
    const end = yield* endOfZeros(source, at);
    // The next buffer's first bytes may be zeros too: they are the low ones of its size.
    const next = end === source.size ? end : yield* findBuffer(source, end - lowSizeBytes);
    return unwrittenGap(at, Math.min(end, next) - at);
  }
  const next = yield* findBuffer(source, at + 1);
  return { offset: at, bytes: next - at, kind: 'skipped', message: gapText(reason, at, next, source.size) };
}

/** How many low bytes of a buffer's size can be zero: the size field has four and is not zero. */
const lowSizeBytes = 3;

function gapText(reason: string, offset: number, next: number, fileSize: number): string {
  const skipped = next - offset;
  const where = next < fileSize ? `the next buffer stands at ${next}` : 'no buffer was found behind';
  return `No buffer at offset ${offset}: ${reason}. Skipped ${skipped} bytes; ${where}.`;
}

function headerAt(source: ByteSource, offset: number): BufferHeader | undefined {
  const bytes = new Uint8Array(bufferHeaderSize);
  if (readFully(source, offset, bytes, 0, bufferHeaderSize) < bufferHeaderSize) return undefined;
  return readBufferHeader(new DataView(bytes.buffer), 0);
}

const windowSize = 1 << 20;

/** Offset of the first byte from `from` on that is not zero; the file's end when all are. Gives way after every window. */
function* endOfZeros(source: ByteSource, from: number): Generator<undefined, number> {
  const window = new Uint8Array(windowSize);
  for (let base = from; base < source.size; base += windowSize) {
    const length = readFully(source, base, window, 0, windowSize);
    const zeros = zerosAt(window, 0, length);
    if (zeros < length) return base + zeros;
    yield undefined;
  }
  return source.size;
}

/** How many zeros follow each other in `bytes` from `start` on, looking no further than `end`. */
export function zerosAt(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0) at++;
  return at - start;
}

/**
 * Offset of the first place from `from` on where a buffer header and, behind it, another or the file's end stands.
 * Gives way after every window, because a large file may hold nothing but rubbish.
 */
function* findBuffer(source: ByteSource, from: number): Generator<undefined, number> {
  const window = new Uint8Array(windowSize);
  for (let base = from; base < source.size; base += window.length - bufferHeaderSize) {
    const length = readFully(source, base, window, 0, window.length);
    const found = findBufferIn(source, window, length, base);
    if (found !== undefined) return found;
    yield undefined;
  }
  return source.size;
}

/** The same in one window that was read from `base`; outside the generator, whose loops V8 makes far slower. */
function findBufferIn(source: ByteSource, window: Uint8Array, length: number, base: number): number | undefined {
  const view = new DataView(window.buffer);
  const largestTopByte = largestBufferSize >>> 24;
  for (let at = 0; at + bufferHeaderSize <= length; at++) {
    if (window[at + 3] > largestTopByte) continue;
    const size = view.getUint32(at, true);
    if (size < bufferHeaderSize || size > largestBufferSize) continue;
    if (looksLikeBuffer(source, readBufferHeader(view, at), base + at)) return base + at;
  }
  return undefined;
}

/** Stricter than whyNoBuffer, because almost any bytes may stand where we look. */
function looksLikeBuffer(source: ByteSource, header: BufferHeader, offset: number): boolean {
  if (!isLikely(header)) return false;
  const behind = offset + header.size;
  if (behind === source.size) return true;
  const next = headerAt(source, behind);
  return next !== undefined && (isUnwritten(next) || isLikely(next));
}

function isLikely(header: BufferHeader): boolean {
  return whyNoBuffer(header) === undefined && header.filled >= bufferHeaderSize && header.flags <= 0x7f;
}
