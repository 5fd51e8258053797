import { describe, expect, it } from 'vitest';
import { countRows, firstRows, holdsRow, rangeOf, toggled, withRange, type RowRanges } from './row-ranges.ts';

describe('several selected rows', () => {
  it('are ranges, whichever end was first', () => {
    expect(rangeOf(9, 4)).toEqual({ from: 4, to: 9 });
  });

  it('join where they touch', () => {
    const ranges = withRange(withRange([{ from: 10, to: 12 }], { from: 20, to: 22 }), { from: 13, to: 19 });
    expect(ranges).toEqual([{ from: 10, to: 22 }]);
    expect(withRange([{ from: 10, to: 12 }], { from: 14, to: 14 })).toHaveLength(2);
  });

  it('take a row in and out', () => {
    const without = toggled([{ from: 1, to: 5 }], 3);
    expect(without).toEqual([
      { from: 1, to: 2 },
      { from: 4, to: 5 },
    ]);
    expect(toggled(without, 3)).toEqual([{ from: 1, to: 5 }]);
    expect(toggled([{ from: 7, to: 7 }], 7)).toEqual([]);
  });

  it('are as many as they are, and may be cut', () => {
    const ranges: RowRanges = [
      { from: 0, to: 9 },
      { from: 100, to: 199 },
    ];
    expect(countRows(ranges)).toBe(110);
    expect(firstRows(ranges, 15)).toEqual([
      { from: 0, to: 9 },
      { from: 100, to: 104 },
    ]);
    expect(firstRows(ranges, 10)).toEqual([{ from: 0, to: 9 }]);
  });

  it('behave as a set of numbers, whatever is done', () => {
    let ranges: RowRanges = [];
    const set = new Set<number>();
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let step = 0; step < 300; step++) {
      const position = random(40);
      if (step % 5 === 0) {
        const range = rangeOf(position, random(40));
        ranges = withRange(ranges, range);
        for (let row = range.from; row <= range.to; row++) set.add(row);
      } else {
        ranges = toggled(ranges, position);
        if (!set.delete(position)) set.add(position);
      }
      expect(countRows(ranges)).toBe(set.size);
      for (let row = 0; row < 40; row++) expect(holdsRow(ranges, row)).toBe(set.has(row));
    }
  });
});
