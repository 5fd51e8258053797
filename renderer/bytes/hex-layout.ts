/** Where each byte stands in the bytes pane: an offset, sixteen hexadecimal pairs, sixteen characters. */

export const bytesPerLine = 16;

export interface ByteRange {
  start: number;
  length: number;
}

const hexOfByte = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Lines that `length` bytes fill. */
export function lineCount(length: number): number {
  return Math.ceil(length / bytesPerLine);
}

/** Offset of a line's first byte, at least four hexadecimal digits: `0040`. */
export function offsetText(offset: number): string {
  return offset.toString(16).padStart(4, '0');
}

/** Hexadecimal pairs of `start`..`end`, one blank between them. */
export function hexText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index++) text += (index > start ? ' ' : '') + hexOfByte[bytes[index]];
  return text;
}

/** Printable ASCII of `start`..`end`; everything else is a dot. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index++) {
    const byte = bytes[index];
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  return text;
}

/** The range of two bytes and all between them. */
export function rangeBetween(first: number, second: number): ByteRange {
  return { start: Math.min(first, second), length: Math.abs(second - first) + 1 };
}

/** 'field': a byte of the selected field; 'chosen': one of those that the person selected themselves. */
export type ByteMark = 'none' | 'field' | 'chosen';

export interface MarkedRanges {
  field: ByteRange | undefined;
  chosen: ByteRange | undefined;
}

/** A stretch of one line with one mark. `start` and `end` are offsets into the byte string. */
export interface LineRun {
  start: number;
  end: number;
  mark: ByteMark;
}

/** Cuts a line into runs of one mark; what the person selected lies over the field. */
export function lineRuns(lineStart: number, lineEnd: number, { field, chosen }: MarkedRanges): LineRun[] {
  const edges = [field, chosen].flatMap((range) => (range ? [range.start, range.start + range.length] : []));
  const inside = edges.filter((edge) => edge > lineStart && edge < lineEnd);
  const cuts = [...new Set([lineStart, ...inside, lineEnd])].sort((first, second) => first - second);
  return cuts.slice(0, -1).map((start, index) => ({
    start,
    end: cuts[index + 1],
    mark: isInside(chosen, start) ? 'chosen' : isInside(field, start) ? 'field' : 'none',
  }));
}

function isInside(range: ByteRange | undefined, offset: number): boolean {
  return range !== undefined && offset >= range.start && offset < range.start + range.length;
}

/** Clips a range to `start`..`end`; undefined when nothing of it lies inside. */
export function clipRange(range: ByteRange | undefined, start: number, end: number): ByteRange | undefined {
  if (!range) return undefined;
  const from = Math.max(range.start, start);
  const to = Math.min(range.start + range.length, end);
  return to > from ? { start: from, length: to - from } : undefined;
}

/**
 * The byte at a share (0..1) of a column's width. Columns are as wide as sixteen bytes of `charactersPerByte`
 * characters, without the blank behind the last pair.
 */
export function byteInLine(start: number, end: number, share: number, charactersPerByte: number): number {
  const characters = bytesPerLine * charactersPerByte - (charactersPerByte > 1 ? 1 : 0);
  const byte = start + Math.floor((share * characters) / charactersPerByte);
  return Math.min(end - 1, Math.max(start, byte));
}

/** The byte cursor after a key, or undefined when the key does not move it. */
export function movedByteCursor(key: string, cursor: number, length: number, linesOnPage: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -bytesPerLine,
    ArrowDown: bytesPerLine,
    PageUp: -bytesPerLine * linesOnPage,
    PageDown: bytesPerLine * linesOnPage,
  };
  if (length === 0) return undefined;
  if (key === 'Home') return cursor - (cursor % bytesPerLine);
  if (key === 'End') return Math.min(length - 1, cursor - (cursor % bytesPerLine) + bytesPerLine - 1);
  if (!(key in steps)) return undefined;
  const moved = cursor + steps[key];
  const upOrDown = Math.abs(steps[key]) >= bytesPerLine;
  if (upOrDown && (moved < 0 || moved >= length)) {
    if (!key.startsWith('Page')) return cursor;
  }
  return Math.min(length - 1, Math.max(0, moved));
}
