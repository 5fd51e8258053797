/** The times written under a timeline: at round places, with as many decimals as tell them apart. */
import { formatClockTime, formatDate, formatSeconds, type Instant } from '../format/time.ts';
import type { Clock } from './clock.ts';
import { instantOf, shareOf, stepsBetween, stepsOf, type TimeSpan } from './time-span.ts';

export interface AxisTick {
  /** 0..1 of the span. */
  share: number;
  label: string;
}

const second = 10_000_000n;
const minute = 60n * second;
const hour = 60n * minute;
const day = 24n * hour;

/** Steps of 100 ns between two ticks, the smallest first. */
const distances: readonly bigint[] = [
  ...Array.from({ length: 7 }, (_, power) => 10n ** BigInt(power)).flatMap((unit) => [unit, 2n * unit, 5n * unit]),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * second),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * minute),
  ...[1n, 2n, 3n, 6n, 12n].map((count) => count * hour),
  ...[1n, 2n, 5n, 10n, 20n, 50n, 100n, 365n, 1000n, 3650n, 36_500n].map((count) => count * day),
];

/** At most `most` ticks, at round times of the clock. */
export function axisTicks(span: TimeSpan, most: number, clock: Clock): AxisTick[] {
  const length = stepsBetween(span.from, span.to);
  if (length <= 0n || most < 1) return [];
  const wanted = BigInt(Math.floor(most));
  const distance = distances.find((each) => length / each < wanted);
  if (distance === undefined) return [];
  const moved = clock.origin ? -stepsOf(clock.origin) : BigInt(clock.offsetMinutes) * minute;
  const [from, to] = [stepsOf(span.from) + moved, stepsOf(span.to) + moved];
  const first = from - (((from % distance) + distance) % distance);
  const ticks: AxisTick[] = [];
  for (let place = first < from ? first + distance : first; place <= to; place += distance) {
    const instant = instantOf(place - moved);
    ticks.push({ share: shareOf(span, instant), label: label(instant, distance, clock) });
  }
  return ticks;
}

/** A time with the decimals that tell apart what lies `distance` steps of 100 ns from each other: `12:03:00.1`, `0.25 s`. */
export function timeTo(instant: Instant, distance: bigint, { offsetMinutes, origin }: Clock): string {
  if (origin) return secondsTo(stepsBetween(origin, instant), distance);
  const time = formatClockTime(instant, offsetMinutes);
  if (distance >= second) return time.slice(0, 8);
  return time.slice(0, 9 + decimalsOf(distance));
}

function secondsTo(steps: bigint, distance: bigint): string {
  const text = formatSeconds(Number(steps));
  const decimals = distance >= second ? 0 : decimalsOf(distance);
  return `${decimals === 0 ? text.slice(0, -8) : text.slice(0, text.length - 7 + decimals)} s`;
}

function label(instant: Instant, distance: bigint, clock: Clock): string {
  const { offsetMinutes, withDate, origin } = clock;
  if (origin) return timeTo(instant, distance, clock);
  const date = formatDate(instant, offsetMinutes);
  if (distance >= day) return date;
  const whole = timeTo(instant, distance, clock);
  const time = distance >= minute ? whole.slice(0, 5) : whole;
  return withDate && distance >= minute ? `${date.slice(5)} ${time}` : time;
}

function decimalsOf(distance: bigint): number {
  let decimals = 7;
  for (let unit = 10n; unit <= distance && decimals > 1; unit *= 10n) decimals--;
  return decimals;
}
