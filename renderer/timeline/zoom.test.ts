import { describe, expect, it } from 'vitest';
import { instantOf, isSameSpan, movedSpan, scaledSpan, shareOf, stepsBetween, type TimeSpan } from './time-span.ts';
import { shownSpan, zoomedTo, type ZoomStep } from './zoom.ts';

const span = (from: number, to: number): TimeSpan => ({ from: instantOf(BigInt(from)), to: instantOf(BigInt(to)) });
const whole = span(-5000, 100_000);
const numbers = (way: readonly ZoomStep[]): [number, number][] =>
  way.map(
    ({ from, to }) =>
      [from, to].map((each) => each.milliseconds * 10_000 + each.hundredNanoseconds) as [number, number],
  );

describe('the way into a trace', () => {
  it('grows with each chosen part, and is empty at the whole trace', () => {
    const one = zoomedTo([], whole, span(10_000, 60_000), 'step');
    const two = zoomedTo(one, whole, span(20_000, 30_000), 'step');
    expect(numbers(two)).toEqual([
      [10_000, 60_000],
      [20_000, 30_000],
    ]);
    expect(shownSpan(two, whole)).toEqual(two[1]);
    expect(zoomedTo(two, whole, whole, 'glide')).toEqual([]);
  });

  it('takes one step however long the wheel turns', () => {
    const chosen = zoomedTo([], whole, span(10_000, 60_000), 'step');
    const first = zoomedTo(chosen, whole, span(20_000, 50_000), 'glide');
    const second = zoomedTo(first, whole, span(30_000, 40_000), 'glide');
    expect(numbers(second)).toEqual([
      [10_000, 60_000],
      [30_000, 40_000],
    ]);
  });

  it('leaves the parts that do not hold the new one', () => {
    const chosen = zoomedTo([], whole, span(10_000, 60_000), 'step');
    expect(numbers(zoomedTo(chosen, whole, span(50_000, 70_000), 'glide'))).toEqual([[50_000, 70_000]]);
  });
});

describe('a part of a trace', () => {
  it('is zoomed around the place of the pointer', () => {
    const zoomed = scaledSpan(span(20_000, 40_000), whole, 0.25, 0.5);
    expect(zoomed).toEqual(span(22_500, 32_500));
    expect(shareOf(zoomed, instantOf(25_000n))).toBeCloseTo(0.25);
  });

  it('never leaves the trace, nor becomes shorter than a few steps', () => {
    expect(isSameSpan(scaledSpan(span(0, 80_000), whole, 0.5, 4), whole)).toBe(true);
    expect(scaledSpan(span(90_000, 100_000), whole, 0, 2)).toEqual(span(80_000, 100_000));
    const shortest = scaledSpan(span(100, 112), whole, 0.5, 0.01);
    expect(stepsBetween(shortest.from, shortest.to)).toBe(10n);
  });

  it('is moved up to the ends of the trace', () => {
    expect(movedSpan(span(20_000, 40_000), whole, 0.5)).toEqual(span(30_000, 50_000));
    expect(movedSpan(span(20_000, 40_000), whole, -9)).toEqual(span(-5000, 15_000));
  });
});
