/** The equal parts of a span that the engine counts in. A row at time t lies in part floor((t - from) * bins / (to - from)). */
import type { Timeline } from '../../core/engine/contract.ts';
import type { Instant } from '../format/time.ts';
import { instantAfter, stepsBetween, type TimeSpan } from './time-span.ts';

/** First and last part, both included. */
export interface BinRange {
  first: number;
  last: number;
}

export type CountName = 'all' | 'shown' | 'drops' | 'errors';
export type Counts = Pick<Timeline, CountName>;

export function rangeOf(one: number, other: number): BinRange {
  return { first: Math.min(one, other), last: Math.max(one, other) };
}

/** The times, to 100 ns, of everything that is counted in a range of parts. */
export function spanOfBins(span: TimeSpan, bins: number, { first, last }: BinRange): TimeSpan {
  const from = instantAfter(span.from, firstStep(span, bins, first));
  if (last >= bins - 1) return { from, to: span.to };
  const end = firstStep(span, bins, last + 1) - 1n;
  const start = firstStep(span, bins, first);
  // A part that is shorter than 100 ns holds no time of its own.
  return { from, to: instantAfter(span.from, end < start ? start : end) };
}

/** The part in which an instant is counted; undefined where it lies outside. */
export function binOfInstant(span: TimeSpan, bins: number, instant: Instant): number | undefined {
  const length = stepsBetween(span.from, span.to);
  const steps = stepsBetween(span.from, instant);
  if (steps < 0n || steps > length) return undefined;
  return length === 0n ? 0 : Math.min(bins - 1, Number((steps * BigInt(bins)) / length));
}

/** The parts that a span of time touches; undefined where it lies outside. */
export function binsOfSpan(span: TimeSpan, bins: number, inner: TimeSpan): BinRange | undefined {
  const length = stepsBetween(span.from, span.to);
  const [from, to] = [stepsBetween(span.from, inner.from), stepsBetween(span.from, inner.to)];
  if (to < 0n || from > length) return undefined;
  const first = from < 0n ? 0 : binOfInstant(span, bins, inner.from);
  const last = to > length ? bins - 1 : binOfInstant(span, bins, inner.to);
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** The part at a place of the picture; places outside belong to the outermost parts. */
export function binAt(x: number, width: number, bins: number): number {
  if (width <= 0) return 0;
  return Math.max(0, Math.min(bins - 1, Math.floor((x / width) * bins)));
}

/** What is counted in a range of parts. */
export function countsIn(counts: Counts, { first, last }: BinRange): Record<CountName, number> {
  const sum = (values: readonly number[]): number => values.slice(first, last + 1).reduce((total, n) => total + n, 0);
  return { all: sum(counts.all), shown: sum(counts.shown), drops: sum(counts.drops), errors: sum(counts.errors) };
}

/** The next part with a row in that direction; undefined where there is none. */
export function nextFilled(values: readonly number[], from: number, step: 1 | -1): number | undefined {
  for (let bin = from + step; bin >= 0 && bin < values.length; bin += step) if (values[bin] > 0) return bin;
  return undefined;
}

export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** The first instant of a part, in steps from the beginning of the span. */
function firstStep(span: TimeSpan, bins: number, bin: number): bigint {
  const length = stepsBetween(span.from, span.to);
  const [parts, number] = [BigInt(bins), BigInt(bin)];
  return (number * length + parts - 1n) / parts;
}
