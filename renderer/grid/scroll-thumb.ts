/** Where the thumb of a scroll bar stands, and which row a place of it means. Lengths in pixels, rows may be parts of rows. */

/** A thumb stays large enough to be taken hold of. */
const smallestThumb = 28;

export interface Sight {
  /** First row in sight, and rows that have room. */
  readonly first: number;
  readonly visible: number;
  readonly total: number;
}

export interface Thumb {
  readonly top: number;
  readonly length: number;
}

export function thumbOf({ first, visible, total }: Sight, track: number): Thumb {
  const length = Math.min(track, Math.max(smallestThumb, (track * visible) / Math.max(1, total)));
  const last = lastFirst({ visible, total });
  return { top: last === 0 ? 0 : (Math.min(first, last) / last) * (track - length), length };
}

/** The first row in sight when the thumb's upper end is there. */
export function firstAt(top: number, sight: Sight, track: number): number {
  const free = track - thumbOf(sight, track).length;
  const part = free <= 0 ? 0 : Math.min(1, Math.max(0, top / free));
  return Math.round(part * lastFirst(sight));
}

/** The first row in sight when the last one is in sight at the bottom. */
export function lastFirst({ visible, total }: Pick<Sight, 'visible' | 'total'>): number {
  return Math.max(0, total - Math.floor(visible));
}

/** The first row in sight after a key; undefined for keys that do not scroll. */
export function firstAfterKey(key: string, sight: Sight): number | undefined {
  const page = Math.max(1, Math.floor(sight.visible) - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -page,
    PageDown: page,
    Home: -sight.total,
    End: sight.total,
  };
  if (!(key in moves)) return undefined;
  return Math.min(lastFirst(sight), Math.max(0, Math.floor(sight.first) + moves[key]));
}
