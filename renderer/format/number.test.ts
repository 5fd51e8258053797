import { describe, expect, it } from 'vitest';
import { formatDuration, formatPercent, formatRate, formatSize, formatWait, fraction } from './number.ts';

/** A number as the machine that runs the tests writes it. */
const local = (value: number): string => value.toLocaleString();

describe('sizes', () => {
  it('use the largest binary unit that keeps the number at 1 or above', () => {
    expect(formatSize(0)).toBe('0 B');
    expect(formatSize(1023)).toBe(`${local(1023)} B`);
    expect(formatSize(1536)).toBe(`${local(1.5)} KiB`);
    expect(formatSize(2 * 1024 ** 3)).toBe('2 GiB');
  });

  it('become rates, and 0 B/s before any time has passed', () => {
    expect(formatRate(1024 * 1024, 500)).toBe('2 MiB/s');
    expect(formatRate(5, 0)).toBe('0 B/s');
  });
});

describe('durations', () => {
  it('take the unit that fits', () => {
    expect(formatDuration(0)).toBe('0');
    expect(formatDuration(1)).toBe('100 ns');
    expect(formatDuration(32)).toBe(`${local(3.2)} µs`);
    expect(formatDuration(40_000)).toBe('4 ms');
    expect(formatDuration(15_000_000)).toBe(`${local(1.5)} s`);
    expect(formatDuration(12_345 * 10_000_000)).toBe(`${local(12_345)} s`);
  });

  it('keep their sign', () => {
    expect(formatDuration(-32)).toBe(`${local(-3.2)} µs`);
  });

  it('of a wait are rounded to seconds', () => {
    expect(formatWait(200)).toBe('under 1 s');
    expect(formatWait(12_300)).toBe('12 s');
    expect(formatWait(200_000)).toBe('3 min 20 s');
    expect(formatWait(120_000)).toBe('2 min');
    expect(formatWait(7_200_000)).toBe('2 h');
    expect(formatWait(3_725_000)).toBe('1 h 2 min');
    expect(formatWait(273_600_000)).toBe('3 d 4 h');
  });
});

describe('parts of a whole', () => {
  it('never leave 0..1', () => {
    expect(fraction(5, 0)).toBe(1);
    expect(fraction(12, 10)).toBe(1);
    expect(fraction(-1, 10)).toBe(0);
  });

  it('are rounded down, so that 100 % means done', () => {
    expect(formatPercent(999, 1000)).toBe('99 %');
  });
});
