/**
 * Bytes to look for, piece by piece. A piece is one character, or one byte of Base64; it may be written in several ways, which
 * need not have the same length (`Ⱥ` has two bytes in UTF-8 and `ⱥ` three). No way of a piece starts with another way of it,
 * so a piece is there in one way at most and a comparison never has to go back.
 */
export type Needle = readonly Piece[];
export type Piece = readonly Uint8Array[];

/** Bytes as they are. */
export function exactNeedle(bytes: Uint8Array): Needle {
  return Array.from(bytes, (byte) => [Uint8Array.of(byte)]);
}

/** Says whether the bytes of `haystack` from `start` are the needle, which has to end before `to`. */
export function isNeedleAt(needle: Needle, haystack: Uint8Array, start: number, to: number): boolean {
  let at = start;
  for (const piece of needle) {
    const length = lengthAt(piece, haystack, at, to);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/**
 * The bytes that may stand at each place, as far as places are certain: up to the first piece whose ways differ in length,
 * and of that as much as its shortest way has.
 */
export function certainPlaces(needle: Needle): readonly (readonly number[])[] {
  const places: number[][] = [];
  for (const piece of needle) {
    const lengths = piece.map((way) => way.length);
    const shortest = Math.min(...lengths);
    for (let at = 0; at < shortest; at++) places.push([...new Set(piece.map((way) => way[at]))]);
    if (Math.max(...lengths) > shortest) break;
  }
  return places;
}

/** Needles that are not the same as one before them. */
export function distinctNeedles(needles: readonly Needle[]): Needle[] {
  return [...new Map(needles.map((needle) => [needle.map(pieceKey).join(' '), needle])).values()];
}

function pieceKey(piece: Piece): string {
  return piece
    .map((way) => way.join('.'))
    .sort()
    .join('|');
}

/** Bytes that the piece takes at `at`, 0 when it is not there. */
function lengthAt(piece: Piece, haystack: Uint8Array, at: number, to: number): number {
  for (const way of piece) {
    if (at + way.length <= to && startsAt(way, haystack, at)) return way.length;
  }
  return 0;
}

function startsAt(way: Uint8Array, haystack: Uint8Array, at: number): boolean {
  for (let index = 0; index < way.length; index++) {
    if (haystack[at + index] !== way[index]) return false;
  }
  return true;
}
