import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants } from '../format/time.ts';
import { binAt, binOfInstant, binsOfSpan, countsIn, nextFilled, rangeOf, spanOfBins } from './bins.ts';
import { instantAfter, instantOf, type TimeSpan } from './time-span.ts';

const from = { milliseconds: Date.parse('2024-06-10T12:03:00.118Z'), hundredNanoseconds: 317 };
const spanOf = (steps: bigint): TimeSpan => ({ from, to: instantAfter(from, steps) });

describe('the times of parts', () => {
  it('hold exactly what is counted in them, to 100 ns', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.integer({ min: 1, max: 4000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (length, bins, share) => {
          const span = spanOf(length);
          const steps = BigInt(Math.floor(Number(length) * share));
          const instant = instantAfter(from, steps < length ? steps : length);
          const bin = binOfInstant(span, bins, instant) ?? -1;
          expect(bin).toBeGreaterThanOrEqual(0);
          expect(bin).toBeLessThan(bins);
          const part = spanOfBins(span, bins, { first: bin, last: bin });
          expect(compareInstants(part.from, instant)).toBeLessThanOrEqual(0);
          expect(compareInstants(part.to, instant)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('touch without a gap and end with the span', () => {
    const span = spanOf(1003n);
    const [first, second] = [0, 1].map((bin) => spanOfBins(span, 10, { first: bin, last: bin }));
    expect(instantAfter(first.to, 1n)).toEqual(second.from);
    expect(spanOfBins(span, 10, { first: 0, last: 9 })).toEqual(span);
  });

  it('are found again from a selected time, also where it reaches beyond the picture', () => {
    const span = spanOf(1_000_000n);
    const selected = spanOfBins(span, 100, { first: 20, last: 29 });
    expect(binsOfSpan(span, 100, selected)).toEqual({ first: 20, last: 29 });
    const inside = spanOfBins(span, 100, { first: 25, last: 50 });
    expect(binsOfSpan(inside, 10, selected)?.first).toBe(0);
    const far = instantAfter(span.to, 5n);
    expect(binsOfSpan(span, 100, { from: far, to: instantAfter(far, 5n) })).toBeUndefined();
  });

  it('are one instant where the trace is', () => {
    expect(binOfInstant(spanOf(0n), 50, from)).toBe(0);
    expect(binOfInstant(spanOf(0n), 50, instantOf(0n))).toBeUndefined();
  });
});

describe('parts', () => {
  it('lie under the pointer, the outermost also beside the picture', () => {
    expect(binAt(10, 100, 50)).toBe(5);
    expect(binAt(-3, 100, 50)).toBe(0);
    expect(binAt(500, 100, 50)).toBe(49);
    expect(binAt(5, 0, 50)).toBe(0);
  });

  it('are counted together', () => {
    const counts = { all: [1, 2, 3], shown: [0, 2, 1], drops: [0, 1, 0], errors: [0, 0, 1] };
    expect(countsIn(counts, rangeOf(2, 1))).toEqual({ all: 5, shown: 3, drops: 1, errors: 1 });
    expect(nextFilled(counts.shown, 0, 1)).toBe(1);
    expect(nextFilled(counts.shown, 1, -1)).toBeUndefined();
  });
});
