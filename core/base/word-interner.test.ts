import { describe, expect, it } from 'vitest';
import { WordInterner } from './word-interner.ts';

function numbersOf(keys: readonly (readonly number[])[], width: number): { numbers: number[]; interner: WordInterner } {
  const interner = new WordInterner(width);
  const numbers = keys.map((key) => {
    interner.key.set(key);
    return interner.intern();
  });
  return { numbers, interner };
}

describe('a word interner', () => {
  it('numbers keys in the order of first sight', () => {
    const { numbers, interner } = numbersOf(
      [
        [1, 2],
        [3, 4],
        [1, 2],
        [2, 1],
        [3, 4],
      ],
      2,
    );
    expect(numbers).toEqual([0, 1, 0, 2, 1]);
    expect([...interner.keys()]).toEqual([1, 2, 3, 4, 2, 1]);
  });

  it('stays right while it grows a thousandfold', () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => [index % 20_000, 0xffff_ffff - (index % 20_000), 7]);
    const { numbers, interner } = numbersOf(keys, 3);
    expect(interner.length).toBe(20_000);
    expect(numbers.every((number, index) => number === index % 20_000)).toBe(true);
  });
});
