import { describe, expect, it } from 'vitest';
import { timeShift } from './arguments.ts';

describe('a time shift', () => {
  it.each([
    ['+1.5s', 15_000_000],
    ['-250ms', -2_500_000],
    ['3 us', 30],
    ['400ns', 4],
    ['2', 20_000_000],
    ['0', 0],
  ])('%s is %d steps of 100 ns', (text, steps) => {
    expect(timeShift(text)).toBe(steps);
  });

  it.each(['', 'soon', '1h', '1e99s', '--1s'])('is not "%s"', (text) => {
    expect(() => timeShift(text)).toThrow(/--shift takes a time such as \+1\.5s/);
  });
});
