import { describe, expect, it } from 'vitest';
import { blockSize, holds, windowAround, windowFor, windowFrom } from './row-window.ts';

const size = 10_000;
const total = 1_000_123;

describe('the window of rows', () => {
  it('is the whole view where that is short', () => {
    expect(windowAround(7, 300, size)).toEqual({ base: 0, rows: 300 });
    expect(windowAround(0, 0, size)).toEqual({ base: 0, rows: 0 });
    expect(windowAround(size - 1, size, size)).toEqual({ base: 0, rows: size });
  });

  it('holds every position that it is made for, begins at a block, and reaches the last row', () => {
    for (const position of [0, 1, 4999, 5000, 5001, 123_456, 500_000, total - 5001, total - 2, total - 1]) {
      const window = windowAround(position, total, size);
      expect(holds(window, position), `position ${position}`).toBe(true);
      expect(window.base % blockSize).toBe(0);
      expect(window.base + window.rows).toBeLessThanOrEqual(total);
    }
    const last = windowAround(total - 1, total, size);
    expect(last.base + last.rows).toBe(total);
  });

  it('stays while the rows in sight are far from its edges', () => {
    const window = windowAround(500_000, total, size);
    expect(windowFor(window, 500_000, 500_030, total, size)).toBe(window);
    expect(windowFor(window, window.base + 501, window.base + 530, total, size)).toBe(window);
  });

  it('moves before an edge comes into sight, and then has the rows in its middle', () => {
    const window = windowAround(500_000, total, size);
    const first = window.base + 400;
    const earlier = windowFor(window, first, first + 30, total, size);
    expect(earlier.base).toBeLessThan(window.base);
    expect(windowFor(earlier, first, first + 30, total, size)).toBe(earlier);
    const end = window.base + window.rows - 450;
    const later = windowFor(window, end - 30, end, total, size);
    expect(later.base).toBeGreaterThan(window.base);
    expect(windowFor(later, end - 30, end, total, size)).toBe(later);
  });

  it('stays at the ends of the view', () => {
    const first = windowAround(0, total, size);
    expect(windowFor(first, 0, 30, total, size)).toBe(first);
    const last = windowAround(total - 1, total, size);
    expect(windowFor(last, total - 31, total - 1, total, size)).toBe(last);
  });

  it('walks through the whole view row by row without a gap', () => {
    let window = windowAround(0, total, size);
    let moves = 0;
    for (let first = 0; first + 30 < total; first += 29) {
      const next = windowFor(window, first, first + 30, total, size);
      if (next !== window) moves++;
      window = next;
      expect(holds(window, first) && holds(window, first + 30)).toBe(true);
    }
    expect(moves).toBeLessThan(total / (size / 3));
  });

  it('takes in what a growing view gains', () => {
    expect(windowFrom(0, 500, size)).toEqual({ base: 0, rows: 500 });
    expect(windowFrom(0, total, size)).toEqual({ base: 0, rows: size });
  });
});
