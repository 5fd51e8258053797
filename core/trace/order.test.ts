import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceClock } from '../etl/clock.ts';
import { mergeSlice, orderSlices, planOrder } from './order.ts';
import { bufferColumns, eventColumns, type Segment } from './segment.ts';
import { freezeTable, growingTable } from './tables.ts';
import { TraceColumns } from './trace-columns.ts';

const clock: TraceClock = { kind: 'QPC', frequency: 10_000_000, startTime: 0n, startTickHigh: 0, startTickLow: 0 };

/** A segment whose buffers hold events at the given ticks. */
function segmentOf(buffers: readonly (readonly number[])[], section = 0): Segment {
  const ticks = buffers.flat();
  const bufferTable = growingTable(bufferColumns, buffers.length);
  const eventTable = growingTable(eventColumns, ticks.length);
  let first = 0;
  buffers.forEach((buffer, row) => {
    bufferTable.columns.firstEvent[row] = first;
    bufferTable.columns.firstTick[row] = Math.min(...buffer);
    bufferTable.columns.lastTick[row] = Math.max(...buffer);
    bufferTable.columns.unsorted[row] = buffer.some((tick, index) => index > 0 && tick < buffer[index - 1]) ? 1 : 0;
    first += buffer.length;
  });
  eventTable.columns.tick.set(ticks);
  const none = { buffers: freezeTable(bufferTable, buffers.length), events: freezeTable(eventTable, ticks.length) };
  return { ...none, input: section, section } as Segment;
}

function orderOf(columns: TraceColumns, slices: number): Uint32Array {
  const order = new Uint32Array(columns.events).fill(0xffff_ffff);
  const plan = planOrder(columns);
  for (const slice of orderSlices(columns, plan, slices)) mergeSlice(columns, plan, slice, order);
  return order;
}

/** Time first, then the place in the file: what the merge has to give, by plain sorting. */
function sorted(columns: TraceColumns): number[] {
  const events = columns.segments.flatMap((segment, number) =>
    Array.from(segment.events.tick, (_, index) => ({
      event: columns.bases[number] + index,
      time: columns.timeOf(columns.bases[number] + index),
    })),
  );
  return events
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.event - b.event))
    .map(({ event }) => event);
}

describe('time order', () => {
  it('merges the buffers of several processors, ties in file order', () => {
    const columns = new TraceColumns(
      [
        segmentOf([
          [0, 5, 9],
          [1, 5, 20],
        ]),
        segmentOf([[2, 9, 10]]),
      ],
      [clock],
    );
    expect([...orderOf(columns, 1)]).toEqual([0, 3, 32, 1, 4, 2, 33, 34, 5]);
  });

  it('strings the buffers of one processor into one stream', () => {
    const columns = new TraceColumns(
      [
        segmentOf([
          [0, 5],
          [1, 4],
          [6, 9],
          [5, 8],
        ]),
      ],
      [clock],
    );
    expect(planOrder(columns).starts).toHaveLength(3);
  });

  it('puts right a buffer that is not in order itself', () => {
    const columns = new TraceColumns([segmentOf([[5, 3, 4, 1]])], [clock]);
    expect([...orderOf(columns, 2)]).toEqual([3, 1, 2, 0]);
  });

  it('compares inputs by the time their own clocks tell', () => {
    const slow: TraceClock = { ...clock, frequency: 1_000_000, startTime: 5n };
    const columns = new TraceColumns([segmentOf([[0, 10, 20]], 0), segmentOf([[0, 1]], 1)], [clock, slow]);
    expect([...orderOf(columns, 1)]).toEqual([0, 32, 1, 33, 2]);
  });

  it('agrees with sorting for any buffers, however many parts merge', () => {
    const tick = fastCheck.integer({ min: 0, max: 40 });
    const buffer = fastCheck
      .array(tick, { minLength: 1, maxLength: 12 })
      .chain((ticks) => fastCheck.boolean().map((inOrder) => (inOrder ? ticks.sort((a, b) => a - b) : ticks)));
    const segment = fastCheck.array(buffer, { minLength: 1, maxLength: 5 });
    fastCheck.assert(
      fastCheck.property(
        fastCheck.array(segment, { minLength: 1, maxLength: 4 }),
        fastCheck.integer({ min: 1, max: 5 }),
        (segments, slices) => {
          const columns = new TraceColumns(
            segments.map((buffers) => segmentOf(buffers)),
            [clock],
          );
          expect([...orderOf(columns, slices)]).toEqual(sorted(columns));
        },
      ),
      { numRuns: 600, seed: 11 },
    );
  });
});
