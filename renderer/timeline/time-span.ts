/** Spans of time, both ends included, in steps of 100 ns. */
import { compareInstants, type Instant } from '../format/time.ts';

export interface TimeSpan {
  from: Instant;
  to: Instant;
}

/** Steps of 100 ns from the first instant to the second; negative when the second is earlier. */
export function stepsBetween(first: Instant, second: Instant): bigint {
  return stepsOf(second) - stepsOf(first);
}

export function instantAfter(instant: Instant, steps: bigint): Instant {
  return instantOf(stepsOf(instant) + steps);
}

/** Where an instant lies in a span: 0 at its beginning, 1 at its end, beyond these outside. */
export function shareOf({ from, to }: TimeSpan, instant: Instant): number {
  const length = stepsBetween(from, to);
  return length === 0n ? 0 : Number(stepsBetween(from, instant)) / Number(length);
}

export function isSameSpan(first: TimeSpan, second: TimeSpan): boolean {
  return compareInstants(first.from, second.from) === 0 && compareInstants(first.to, second.to) === 0;
}

export function containsSpan(outer: TimeSpan, inner: TimeSpan): boolean {
  return compareInstants(outer.from, inner.from) <= 0 && compareInstants(outer.to, inner.to) >= 0;
}

/** No closer than that: a span of a few steps holds one message and nothing to see. */
const shortestSpan = 10n;

/**
 * The span made `factor` times as long, so that what lies at `share` stays there; never longer than the whole and never
 * outside of it.
 */
export function scaledSpan(span: TimeSpan, whole: TimeSpan, share: number, factor: number): TimeSpan {
  const before = Number(stepsBetween(span.from, span.to));
  const after = BigInt(Math.round(before * factor));
  const length = after < shortestSpan ? shortestSpan : after;
  const kept = BigInt(Math.round(before * share)) - BigInt(Math.round(Number(length) * share));
  return fitted(stepsOf(span.from) + kept, length, whole);
}

/** The span moved by a share of its own length, not out of the whole. */
export function movedSpan(span: TimeSpan, whole: TimeSpan, share: number): TimeSpan {
  const length = stepsBetween(span.from, span.to);
  return fitted(stepsOf(span.from) + BigInt(Math.round(Number(length) * share)), length, whole);
}

function fitted(start: bigint, length: bigint, whole: TimeSpan): TimeSpan {
  const [first, last] = [stepsOf(whole.from), stepsOf(whole.to)];
  if (length >= last - first) return whole;
  const latest = last - length;
  const from = start < first ? first : start > latest ? latest : start;
  return { from: instantOf(from), to: instantOf(from + length) };
}

/** Steps of 100 ns since 1970. */
export function stepsOf({ milliseconds, hundredNanoseconds }: Instant): bigint {
  return BigInt(milliseconds) * 10_000n + BigInt(hundredNanoseconds);
}

export function instantOf(steps: bigint): Instant {
  const rest = ((steps % 10_000n) + 10_000n) % 10_000n;
  return { milliseconds: Number((steps - rest) / 10_000n), hundredNanoseconds: Number(rest) };
}
