/** Several rows that are selected, as ranges of positions: the rows between need not be known. */

export interface RowRange {
  readonly from: number;
  /** Included. */
  readonly to: number;
}

/** In their order, none touching another. */
export type RowRanges = readonly RowRange[];

export function rangeOf(anchor: number, end: number): RowRange {
  return { from: Math.min(anchor, end), to: Math.max(anchor, end) };
}

export function holdsRow(ranges: RowRanges, position: number): boolean {
  return ranges.some(({ from, to }) => position >= from && position <= to);
}

export function countRows(ranges: RowRanges): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

export function withRange(ranges: RowRanges, added: RowRange): RowRanges {
  const apart = ranges.filter(({ from, to }) => to < added.from - 1 || from > added.to + 1);
  const touching = ranges.filter((range) => !apart.includes(range));
  const from = Math.min(added.from, ...touching.map((range) => range.from));
  const to = Math.max(added.to, ...touching.map((range) => range.to));
  return [...apart, { from, to }].sort((a, b) => a.from - b.from);
}

/** Takes one row out, or in. */
export function toggled(ranges: RowRanges, position: number): RowRanges {
  if (!holdsRow(ranges, position)) return withRange(ranges, { from: position, to: position });
  return ranges.flatMap(({ from, to }) => {
    if (position < from || position > to) return [{ from, to }];
    return [
      { from, to: position - 1 },
      { from: position + 1, to },
    ].filter((part) => part.from <= part.to);
  });
}

/** The first rows of the ranges, so many at most. */
export function firstRows(ranges: RowRanges, most: number): RowRanges {
  let left = most;
  return ranges.flatMap(({ from, to }) => {
    const count = Math.min(left, to - from + 1);
    left -= count;
    return count > 0 ? [{ from, to: from + count - 1 }] : [];
  });
}
