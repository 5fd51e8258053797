/**
 * The grid stretches its rows where a view is taller than a browser can lay out (about 1.3 million rows): one turn of the wheel
 * would pass over dozens of them. So it shows a window of the view, and the window moves before an edge comes into sight.
 * Positions count rows of the view, indexes those of the window.
 */

/** Rows that are read at once; windows begin at a block. */
export const blockSize = 100;
/** Rows of a window at most: 24 million pixels, which every browser can lay out. */
export const windowSize = 1_000_000;

export interface RowWindow {
  /** Position of its first row. */
  readonly base: number;
  readonly rows: number;
}

/** The window with a position in its middle, as far as the view goes. */
export function windowAround(position: number, total: number, size = windowSize): RowWindow {
  const lastBase = Math.max(0, Math.ceil((total - size) / blockSize) * blockSize);
  const wanted = Math.floor((position - size / 2) / blockSize) * blockSize;
  return windowFrom(Math.min(lastBase, Math.max(0, wanted)), total, size);
}

/** The window of the same beginning in a view that has grown, or shrunk. */
export function windowFrom(base: number, total: number, size = windowSize): RowWindow {
  return { base, rows: Math.max(0, Math.min(size, total - base)) };
}

/**
 * The window for the rows in sight: the one that there is, unless they come near an edge behind which the view goes on. No
 * wheel passes over a twentieth of a window between two frames.
 */
export function windowFor(
  current: RowWindow,
  first: number,
  last: number,
  total: number,
  size = windowSize,
): RowWindow {
  const margin = Math.floor(size / 20);
  const end = current.base + current.rows;
  const nearBeginning = current.base > 0 && first < current.base + margin;
  const nearEnd = end < total && last >= end - margin;
  return nearBeginning || nearEnd ? windowAround(Math.floor((first + last) / 2), total, size) : current;
}

export function holds({ base, rows }: RowWindow, position: number): boolean {
  return position >= base && position < base + rows;
}
