import { readFully, type ByteSource } from '../base/byte-source.ts';
import { readBufferHeader, whyNoBuffer, type BufferHeader } from './buffer-header.ts';
import { bufferHeaderSize, largestBufferSize } from './format.ts';

/**
 * How a file is cut into ranges that workers read independently. A file is a chain: every buffer's size field says
 * where the next one starts. Plain session files have buffers of one size, so range borders can be computed; merged and
 * compressed files must be walked header by header.
 */

/** Whole buffers from `from` up to `to`, both offsets in the file. */
export interface FileRange {
  readonly from: number;
  readonly to: number;
  /** Every buffer has this size; 0 when each buffer's header tells. */
  readonly stride: number;
}

/** Bytes of the file that belong to no buffer, with the reason in words. */
export interface ChainGap {
  readonly offset: number;
  readonly end: number;
  readonly message: string;
}

/** The size all buffers of the file share, or 0 when they differ or the file is too short to tell. */
export function uniformBufferSize(source: ByteSource, rangeBytes: number): number {
  const first = headerAt(source, 0);
  if (!first || whyNoBuffer(first) !== undefined || source.size < first.size * 2) return 0;
  const stride = first.size;
  const last = Math.floor(source.size / stride) - 1;
  const hasStride = (buffer: number): boolean => headerAt(source, buffer * stride)?.size === stride;
  if (!hasStride(1) || !hasStride(last)) return 0;
  const step = Math.max(64, Math.floor(rangeBytes / stride));
  for (let buffer = step; buffer < last; buffer += step) if (!hasStride(buffer)) return 0;
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

/** Ranges of a file whose buffers all have `stride` bytes; the last may end in a cut buffer. */
export function uniformRanges(fileSize: number, stride: number, sizes: RangeSizes): FileRange[] {
  const ranges: FileRange[] = [];
  for (let from = 0; from < fileSize;) {
    const buffers = Math.max(1, Math.floor(sizeOfRange(sizes, ranges.length) / stride));
    const to = Math.min(from + buffers * stride, fileSize);
    ranges.push({ from, to, stride });
    from = to;
  }
  return ranges;
}

/** What a walk along the chain meets: a range to read, or bytes that belong to no buffer. */
export type ChainStep = { readonly range: FileRange } | { readonly gap: ChainGap };

/**
 * Walks the chain header by header. Where a header makes no sense, the bytes up to the next header that does are a
 * gap. Yields as it goes, so that reading starts before the walk ends; undefined only gives others a turn.
 */
export function* walkChain(source: ByteSource, sizes: RangeSizes): Generator<ChainStep | undefined> {
  let rangeStart = 0;
  let at = 0;
  let headersRead = 0;
  let ranges = 0;
  while (at < source.size) {
    const header = headerAt(source, at);
    const reason = header ? whyNoBuffer(header) : cutHeaderText(source.size - at);
    if (header && reason === undefined) {
      at += header.size;
      if (at >= source.size || at - rangeStart >= sizeOfRange(sizes, ranges)) {
        ranges++;
        yield { range: { from: rangeStart, to: Math.min(at, source.size), stride: 0 } };
        rangeStart = at;
      } else if (++headersRead % 1024 === 0) {
        yield undefined;
      }
      continue;
    }
    if (at > rangeStart) yield { range: { from: rangeStart, to: at, stride: 0 } };
    const next = header ? yield* findBuffer(source, at + 1) : source.size;
    yield { gap: { offset: at, end: next, message: gapText(reason ?? '', at, next, source.size) } };
    at = next;
    rangeStart = next;
  }
}

function cutHeaderText(bytesLeft: number): string {
  return `the file ends ${bytesLeft} bytes into a buffer header of ${bufferHeaderSize}`;
}

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

/**
 * Offset of the first place from `from` on where a buffer header and, behind it, another or the file's end stands.
 * Gives way after every window, because a large file may hold nothing but rubbish.
 */
function* findBuffer(source: ByteSource, from: number): Generator<undefined, number> {
  const window = new Uint8Array(1 << 20);
  const view = new DataView(window.buffer);
  for (let base = from; base < source.size; base += window.length - bufferHeaderSize) {
    const length = readFully(source, base, window, 0, window.length);
    for (let at = 0; at + bufferHeaderSize <= length; at++) {
      const size = view.getUint32(at, true);
      if (size < bufferHeaderSize || size > largestBufferSize) continue;
      if (looksLikeBuffer(source, readBufferHeader(view, at), base + at)) return base + at;
    }
    yield undefined;
  }
  return source.size;
}

/** Stricter than whyNoBuffer, because almost any bytes may stand where we look. */
function looksLikeBuffer(source: ByteSource, header: BufferHeader, offset: number): boolean {
  if (whyNoBuffer(header) !== undefined || header.filled < bufferHeaderSize || header.flags > 0x7f) return false;
  const behind = offset + header.size;
  if (behind === source.size) return true;
  const next = headerAt(source, behind);
  return next !== undefined && whyNoBuffer(next) === undefined && next.filled >= bufferHeaderSize && next.flags <= 0x7f;
}
