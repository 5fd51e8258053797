import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRowBuffer } from './row-buffer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('grows step by step once the grid is at rest', () => {
  const drawn: number[] = [];
  const buffer = createRowBuffer((rows) => drawn.push(rows));
  for (let frame = 0; frame < 20; frame++) {
    buffer.moved();
    vi.advanceTimersByTime(100);
  }
  expect(drawn).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(drawn).toEqual([6, 10, 14]);
});

test('a jump draws few again, and asks for more when it is over', () => {
  const drawn: number[] = [];
  const buffer = createRowBuffer((rows) => drawn.push(rows));
  buffer.moved();
  vi.advanceTimersByTime(10_000);
  buffer.shrink();
  buffer.shrink();
  expect(drawn).toEqual([6, 10, 14, 2]);
  vi.advanceTimersByTime(10_000);
  expect(drawn).toEqual([6, 10, 14, 2, 6, 10, 14]);
});

test('a grid that is gone is not drawn', () => {
  const drawn: number[] = [];
  const buffer = createRowBuffer((rows) => drawn.push(rows));
  buffer.moved();
  buffer.close();
  vi.advanceTimersByTime(10_000);
  expect(drawn).toEqual([]);
});
