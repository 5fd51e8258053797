/**
 * Rows that AG Grid draws beyond the edges of what is in sight. Slow scrolling wants many of them, and a jump few: each costs as
 * much as one in sight, before that can be read. So there are few while somebody moves, and more once the grid is at rest.
 */
export interface RowBuffer {
  /** Before rows far from those in sight are drawn. */
  shrink(): void;
  /** Other rows are in sight. */
  moved(): void;
  close(): void;
}

export const fewestBufferRows = 2;
const mostBufferRows = 14;
/** Rows more at a time, so that drawing them does not keep anybody waiting. */
const step = 4;
/** Milliseconds at rest before there are more, and between two steps. */
const rest = 200;

/** `draw` takes the number of rows beyond each edge. */
export function createRowBuffer(draw: (rows: number) => void): RowBuffer {
  let rows = fewestBufferRows;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (wanted: number): void => {
    if (wanted === rows) return;
    rows = wanted;
    draw(rows);
  };
  const growSoon = (): void => {
    clearTimeout(timer);
    timer = rows < mostBufferRows ? setTimeout(grow, rest) : undefined;
  };
  const grow = (): void => {
    set(Math.min(mostBufferRows, rows + step));
    growSoon();
  };
  return {
    shrink() {
      set(fewestBufferRows);
      growSoon();
    },
    moved: growSoon,
    close() {
      clearTimeout(timer);
    },
  };
}
