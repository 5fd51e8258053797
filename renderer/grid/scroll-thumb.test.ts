import { expect, it } from 'vitest';
import { firstAfterKey, firstAt, thumbOf } from './scroll-thumb.ts';

const sight = { first: 0, visible: 30, total: 10_000_000 };
const track = 600;

it('stands at the ends of its track for the first and the last rows', () => {
  expect(thumbOf(sight, track).top).toBe(0);
  const { top, length } = thumbOf({ ...sight, first: sight.total - 30 }, track);
  expect(top + length).toBe(track);
});

it('stays large enough to be taken hold of, and fills the track when all is in sight', () => {
  expect(thumbOf(sight, track).length).toBe(28);
  expect(thumbOf({ first: 0, visible: 30, total: 20 }, track)).toEqual({ top: 0, length: track });
});

it('means the row that it stands for', () => {
  for (const first of [0, 123_456, 5_000_000, 9_999_970]) {
    const { top } = thumbOf({ ...sight, first }, track);
    expect(Math.abs(firstAt(top, sight, track) - first)).toBeLessThanOrEqual(1);
  }
  expect(firstAt(-50, sight, track)).toBe(0);
  expect(firstAt(5000, sight, track)).toBe(9_999_970);
});

it('moves by rows and pages, and stays inside', () => {
  expect(firstAfterKey('ArrowDown', sight)).toBe(1);
  expect(firstAfterKey('ArrowUp', sight)).toBe(0);
  expect(firstAfterKey('PageDown', sight)).toBe(29);
  expect(firstAfterKey('PageUp', { ...sight, first: 100 })).toBe(71);
  expect(firstAfterKey('End', sight)).toBe(9_999_970);
  expect(firstAfterKey('Home', { ...sight, first: 77 })).toBe(0);
  expect(firstAfterKey('a', sight)).toBeUndefined();
});
