import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatShift, parseShift } from './time-shift.ts';

function stepsOf(text: string): number | string {
  const parsed = parseShift(text);
  return parsed.ok ? parsed.hundredNanoseconds : parsed.problem;
}

describe('a typed time shift', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['0 s', 0],
    ['+1.5 s', 15_000_000],
    ['1.5s', 15_000_000],
    ['-250 ms', -2_500_000],
    ['−250 ms', -2_500_000],
    [' - 12.3 µs ', -123],
    ['12.3 us', 123],
    ['100 ns', 1],
    ['.5 s', 5_000_000],
    ['+2 min', 1_200_000_000],
    ['-1 h', -36_000_000_000],
    ['1 H', 36_000_000_000],
    ['0.1 ms', 1000],
  ])('of %j is %d steps of 100 ns', (text, steps) => {
    expect(stepsOf(text)).toBe(steps === 0 ? 0 : steps);
  });

  it.each([
    ['', /\+1\.5 s/],
    ['soon', /\+1\.5 s/],
    ['1,5 s', /\+1\.5 s/],
    ['1.5 s later', /\+1\.5 s/],
    ['5', /unit/],
    ['5 parsecs', /parsecs/],
    ['50 ns', /100 ns/],
    ['0.25 µs', /100 ns/],
    ['1e9 s', /\+1\.5 s/],
    ['99999999999 h', /far/],
  ])('of %j is refused with the reason', (text, reason) => {
    expect(stepsOf(text)).toMatch(reason);
  });

  it('is shown in the unit that fits, exactly', () => {
    expect([15_000_000, -2_500_000, 123, 1, -1, 0, 36_000_000_001].map(formatShift)).toEqual([
      '+1.5 s',
      '-250 ms',
      '+12.3 µs',
      '+0.1 µs',
      '-0.1 µs',
      '0',
      '+3600.0000001 s',
    ]);
  });

  it('means the same when it is typed as it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (steps) => {
        expect(stepsOf(formatShift(steps))).toBe(steps);
      }),
    );
  });
});
