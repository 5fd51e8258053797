import { expect, it } from 'vitest';
import { lowerBound } from './lower-bound.ts';

const rows = [2, 5, 5, 9, 14];
const firstNotBelow = (value: number): Promise<number> =>
  lowerBound(rows.length, (position) => Promise.resolve(rows[position] < value));

it('finds the first entry that is not before', async () => {
  expect(await firstNotBelow(5)).toBe(1);
  expect(await firstNotBelow(6)).toBe(3);
  expect(await firstNotBelow(0)).toBe(0);
});

it('is the count when every entry is before', async () => {
  expect(await firstNotBelow(15)).toBe(5);
  expect(await lowerBound(0, () => Promise.resolve(true))).toBe(0);
});

it('asks for few entries of a long list', async () => {
  let asked = 0;
  await lowerBound(1_000_000, (position) => {
    asked++;
    return Promise.resolve(position < 777_777);
  });
  expect(asked).toBeLessThanOrEqual(20);
});
