import { expect, it } from 'vitest';
import { underlinedRange } from './problem-marks.ts';

it('underlines a mistake where it is', () => {
  expect(underlinedRange({ start: 2, end: 5 }, 10)).toEqual({ from: 2, to: 5 });
});

it('underlines the last character when the mistake is at the end, or behind a text that got shorter', () => {
  expect(underlinedRange({ start: 10, end: 10 }, 10)).toEqual({ from: 9, to: 10 });
  expect(underlinedRange({ start: 14, end: 20 }, 10)).toEqual({ from: 9, to: 10 });
});

it('underlines nothing of an empty text, and for a mistake without a place', () => {
  expect(underlinedRange({ start: 0, end: 1 }, 0)).toBeUndefined();
  expect(underlinedRange({}, 10)).toBeUndefined();
});
