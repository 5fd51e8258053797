import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceClock } from '../etl/clock.ts';
import type { Segment } from './segment.ts';
import { TraceColumns } from './trace-columns.ts';
import { splitUnixTime, UnixClock } from './unix-clock.ts';

/** A segment of events at these ticks; nothing else of it is looked at. */
function segmentAt(ticks: readonly number[]): Segment {
  const events = { tick: Float64Array.from(ticks), length: ticks.length };
  return { input: 0, section: 0, events } as unknown as Segment;
}

function clockOf(frequency: number, startTime: bigint): TraceClock {
  return { kind: 'QPC', frequency, startTime, startTickHigh: 0, startTickLow: 0 };
}

describe('a Unix clock', () => {
  it('shows the instants that the columns show, for every clock, tick and shift', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(10_000_000, 3_579_545, 2_594_000_000, 1000, 1),
        fc.bigInt({ min: 0n, max: 200_000_000_000_000_000n }),
        fc.integer({ min: -(2 ** 45), max: 2 ** 45 }),
        fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
        (frequency, startTime, tick, shift) => {
          const segment = segmentAt([tick]);
          const columns = new TraceColumns([segment], [clockOf(frequency, startTime)], [shift]);
          const clock = new UnixClock(columns);
          clock.set(segment, 0);
          const { seconds, hundredNanoseconds } = clock;
          expect({ seconds, hundredNanoseconds }).toEqual(splitUnixTime(columns.timeOf(0)));
        },
      ),
    );
  });

  it('counts back before 1970', () => {
    expect(splitUnixTime(116_444_736_000_000_000n - 1n)).toEqual({ seconds: -1, hundredNanoseconds: 9_999_999 });
  });
});
