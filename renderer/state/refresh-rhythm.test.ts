import { expect, it } from 'vitest';
import { createRefreshRhythm } from './refresh-rhythm.ts';

it('leaves a trace alone that is read at once', () => {
  expect(createRefreshRhythm(1000).due(500, 0, 1050)).toBe(false);
});

it('asks soon, and again soon as long as there are no rows', () => {
  const rhythm = createRefreshRhythm(0);
  expect(rhythm.due(0, 0, 100)).toBe(true);
  expect(rhythm.due(11, 0, 150)).toBe(false);
  expect(rhythm.due(12, 0, 200)).toBe(true);
  expect(rhythm.due(13, 0, 300)).toBe(true);
});

it('goes on when there are twice the events that the rows on show cover', () => {
  const rhythm = createRefreshRhythm(-100);
  rhythm.due(10, 0, 0);
  expect(rhythm.due(19, 10, 1000)).toBe(false);
  expect(rhythm.due(20, 10, 1000)).toBe(true);
  expect(rhythm.due(39, 20, 5000)).toBe(false);
});

it('waits between two renewals, however fast events come', () => {
  const rhythm = createRefreshRhythm(-100);
  rhythm.due(10, 0, 0);
  expect(rhythm.due(1000, 10, 100)).toBe(false);
  expect(rhythm.due(1000, 10, 400)).toBe(true);
});
