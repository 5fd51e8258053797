import { describe, expect, it } from 'vitest';
import { syntaxProblem } from '../filter/filter-status.ts';
import { axisTicks, timeTo } from './axis.ts';
import { clockOf } from './clock.ts';
import { movedCursor } from './cursor.ts';
import { timeFilter } from './range-filter.ts';
import { barShare, barsPath, markPlaces, squarePath, tickPath } from './shapes.ts';
import { instantAfter, type TimeSpan } from './time-span.ts';
import { durationText, summaryText, timeIn, timelineTable } from './timeline-text.ts';

const from = { milliseconds: Date.parse('2024-06-10T12:03:00.000Z'), hundredNanoseconds: 0 };
const spanOf = (steps: bigint): TimeSpan => ({ from, to: instantAfter(from, steps) });
const press = (key: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe('times since a message', () => {
  const clock = { offsetMinutes: 120, withDate: true, origin: { ...from, milliseconds: from.milliseconds + 1500 } };

  it('stand at round distances from it, on both sides', () => {
    const span = { from, to: { ...from, milliseconds: from.milliseconds + 3000 } };
    expect(axisTicks(span, 8, clock).map(({ share, label }) => [share.toFixed(3), label])).toEqual([
      ['0.000', '-1.5 s'],
      ['0.167', '-1.0 s'],
      ['0.333', '-0.5 s'],
      ['0.500', '0.0 s'],
      ['0.667', '0.5 s'],
      ['0.833', '1.0 s'],
      ['1.000', '1.5 s'],
    ]);
    expect(timeIn(span, from, clock)).toBe('-1.500 s');
    expect(timeIn({ from, to: { ...from, milliseconds: from.milliseconds + 86_400_000 } }, span.to, clock)).toBe('1 s');
  });

  it('are told as the grid tells them, and by the clock where it tells deltas', () => {
    const display = { offsetMinutes: 0, withDate: false, start: from, reference: clock.origin } as const;
    expect(clockOf({ ...display, format: 'start' }).origin).toBe(from);
    expect(clockOf({ ...display, format: 'reference' }).origin).toBe(clock.origin);
    expect(clockOf({ ...display, format: 'reference', reference: undefined }).origin).toBe(from);
    expect(clockOf({ ...display, format: 'delta' }).origin).toBeUndefined();
    expect(clockOf({ ...display, format: 'clock' }).origin).toBeUndefined();
  });
});

describe('bars', () => {
  it('are one outline, closed where nothing is', () => {
    expect(barsPath([0, 4, 4, 0, 2], 4, 'linear', { width: 50, height: 20 })).toBe('M10,20V0H30V20ZM40,20V10H50V20Z');
    expect(barsPath([0, 0], 0, 'linear', { width: 50, height: 20 })).toBe('');
  });

  it('are never flat where there is something', () => {
    expect(barsPath([1, 100_000], 100_000, 'linear', { width: 10, height: 20 })).toMatch(/^M0,20V18/);
  });

  it('show single messages beside bursts on the logarithmic scale', () => {
    expect(barShare(10, 100_000, 'logarithmic')).toBeGreaterThan(0.2);
    expect(barShare(100_000, 100_000, 'logarithmic')).toBe(1);
    expect(barShare(0, 100_000, 'logarithmic')).toBe(0);
  });

  it('have ticks and squares where something is wrong', () => {
    const places = markPlaces([0, 2, 0, 1], 40);
    expect(places).toEqual([15, 35]);
    expect(tickPath(places, 7, 8).match(/M/g)).toHaveLength(2);
    expect(squarePath(places, 5)).toBe('M12.5,0h5v5h-5zM32.5,0h5v5h-5z');
  });
});

describe('times under the picture', () => {
  it('stand at round places of the zone, no more than there is room for', () => {
    const ticks = axisTicks(spanOf(10n * 60n * 10_000_000n), 6, { offsetMinutes: 0, withDate: false });
    expect(ticks.map(({ label }) => label)).toEqual(['12:04', '12:06', '12:08', '12:10', '12:12']);
    expect(ticks[0].share).toBeCloseTo(0.1);
    expect(
      axisTicks(spanOf(3n * 86_400n * 10_000_000n), 4, { offsetMinutes: 120, withDate: true }).map(
        ({ label }) => label,
      ),
    ).toEqual(['2024-06-11', '2024-06-12', '2024-06-13']);
  });

  it('have as many decimals as tell them apart', () => {
    expect(axisTicks(spanOf(30n), 4, { offsetMinutes: 0, withDate: false }).map(({ label }) => label)).toEqual([
      '12:03:00.000000',
      '12:03:00.000001',
      '12:03:00.000002',
      '12:03:00.000003',
    ]);
    expect(timeTo(from, 1_000_000n, { offsetMinutes: 0, withDate: false })).toBe('12:03:00.0');
    expect(timeTo(from, 1n, { offsetMinutes: -570, withDate: false })).toBe('02:33:00.0000000');
  });

  it('are none where the trace is one instant', () => {
    expect(axisTicks(spanOf(0n), 6, { offsetMinutes: 0, withDate: false })).toEqual([]);
  });
});

describe('the cursor', () => {
  const shown = [0, 3, 0, 0, 5, 0];
  it('walks parts, pages, ends, and to the next messages with Ctrl', () => {
    const at = (key: string, held = {}): number | undefined =>
      movedCursor({ at: 2, anchor: undefined }, press(key, held), shown)?.at;
    expect([at('ArrowLeft'), at('ArrowRight'), at('Home'), at('End'), at('PageUp')]).toEqual([1, 3, 0, 5, 0]);
    expect([at('ArrowRight', { ctrlKey: true }), at('ArrowLeft', { ctrlKey: true })]).toEqual([4, 1]);
    expect(at('a')).toBeUndefined();
  });

  it('selects with Shift from where that began', () => {
    const first = movedCursor({ at: 2, anchor: undefined }, press('ArrowRight', { shiftKey: true }), shown);
    expect(first).toEqual({ at: 3, anchor: 2 });
    expect(first && movedCursor(first, press('End', { shiftKey: true }), shown)).toEqual({ at: 5, anchor: 2 });
    expect(first && movedCursor(first, press('ArrowLeft'), shown)).toEqual({ at: 2, anchor: undefined });
  });
});

describe('a selected time', () => {
  it('is a filter, exact to 100 ns', () => {
    const text = timeFilter(spanOf(15_000_317n));
    expect(text).toBe('#Timestamp >= "2024-06-10T12:03:00.0000000Z" && #Timestamp <= "2024-06-10T12:03:01.5000317Z"');
    expect(syntaxProblem(text)).toBeUndefined();
  });

  it('has a length that counts both ends', () => {
    expect(durationText(spanOf(0n))).toBe('100 ns');
  });
});

describe('the timeline in words', () => {
  const timeline = {
    ...spanOf(40_000_000n),
    all: [10, 0, 5, 1],
    shown: [2, 0, 3, 0],
    drops: [0, 0, 1, 0],
    errors: [0, 0, 0, 0],
  };
  const clock = { offsetMinutes: 0, withDate: false };

  it('tells how many lie between which times, where most are, and the first trouble', () => {
    expect(summaryText(timeline, clock)).toBe(
      '5 of 16 messages between 12:03:00.000 and 12:03:04.000. Most at 12:03:02.000: 3. 1 drop, the first at 12:03:02.000.',
    );
    expect(summaryText({ ...timeline, drops: [0, 0, 0, 0] }, clock)).toContain('No drops and no errors.');
  });

  it('is a table of all parts', () => {
    const lines = timelineTable(timeline).trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('From (UTC),To (UTC),All,Shown,Drops,Errors');
    expect(lines[3]).toBe('2024-06-10T12:03:02.0000000Z,2024-06-10T12:03:02.9999999Z,5,3,1,0');
  });
});
