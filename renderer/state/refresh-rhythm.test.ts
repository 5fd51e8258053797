import { expect, it } from 'vitest';
import { createRefreshRhythm } from './refresh-rhythm.ts';

it('starts with the first events', () => {
  const rhythm = createRefreshRhythm();
  expect(rhythm.due(0, 0)).toBe(false);
  expect(rhythm.due(10, 1)).toBe(true);
});

it('goes on when the events have doubled', () => {
  const rhythm = createRefreshRhythm();
  rhythm.due(10, 0);
  expect(rhythm.due(19, 1000)).toBe(false);
  expect(rhythm.due(20, 1000)).toBe(true);
  expect(rhythm.due(39, 5000)).toBe(false);
});

it('waits between two renewals, however fast events come', () => {
  const rhythm = createRefreshRhythm();
  rhythm.due(10, 0);
  expect(rhythm.due(1000, 100)).toBe(false);
  expect(rhythm.due(1000, 400)).toBe(true);
});
