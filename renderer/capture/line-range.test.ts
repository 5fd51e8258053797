import { expect, it } from 'vitest';
import { lineRange } from './line-range.ts';

it('finds a line of a text, and its end where there is none', () => {
  const text = 'one\n\nthree';
  expect([1, 2, 3].map((line) => text.slice(...lineRange(text, line)))).toEqual(['one', '', 'three']);
  expect(lineRange(text, 4)).toEqual([text.length, text.length]);
});
