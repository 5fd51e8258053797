import { unixEpochInFiletime } from '../base/filetime.ts';

/**
 * Time stamps of captures: a 64-bit count of units since 1970. Ticks are nanoseconds since some start, as doubles: exact
 * for 104 days around it.
 */

const nanosecondsPerSecond = 1_000_000_000;

/** What a count of units means. */
export interface TimestampUnit {
  /** A power of ten, or of two. */
  readonly perSecond: bigint;
  /** Seconds to add to every time stamp (if_tsoffset). */
  readonly offsetSeconds: bigint;
}

export const microseconds: TimestampUnit = { perSecond: 1_000_000n, offsetSeconds: 0n };

/** Brings counts of one unit onto ticks. */
export interface TimestampScale {
  /** The start in units, as halves, so that differences stay exact in doubles. */
  readonly startHigh: number;
  readonly startLow: number;
  readonly perSecond: number;
  /** Nanoseconds from the start to that count of units, which is whole: 0 or negative. */
  readonly remainder: number;
}

/** `start` in nanoseconds since 1970. */
export function timestampScale({ perSecond, offsetSeconds }: TimestampUnit, start: bigint): TimestampScale {
  const billion = BigInt(nanosecondsPerSecond);
  const units = floorDivide(start * perSecond, billion);
  const count = units - offsetSeconds * perSecond;
  return {
    startHigh: Number(count >> 32n),
    startLow: Number(count & 0xffff_ffffn),
    perSecond: Number(perSecond),
    remainder: Number(floorDivide(units * billion, perSecond) - start),
  };
}

/** Nanoseconds since the scale's start of a count of units given as halves. */
export function tickOf(
  { startHigh, startLow, perSecond, remainder }: TimestampScale,
  high: number,
  low: number,
): number {
  const units = (high - startHigh) * 0x1_0000_0000 + (low - startLow);
  if (nanosecondsPerSecond % perSecond === 0) return units * (nanosecondsPerSecond / perSecond) + remainder;
  const seconds = Math.floor(units / perSecond);
  const rest = units - seconds * perSecond;
  const fraction =
    perSecond > nanosecondsPerSecond
      ? rest / (perSecond / nanosecondsPerSecond)
      : (rest * nanosecondsPerSecond) / perSecond;
  return seconds * nanosecondsPerSecond + Math.floor(fraction) + remainder;
}

/** Nanoseconds since 1970 of a count of units. */
export function nanosecondsOf({ perSecond, offsetSeconds }: TimestampUnit, high: number, low: number): bigint {
  const units = (BigInt(high) << 32n) | BigInt(low);
  const billion = BigInt(nanosecondsPerSecond);
  return floorDivide(units * billion, perSecond) + offsetSeconds * billion;
}

/** The last FILETIME that is not later, of nanoseconds since 1970. */
export function filetimeOfNanoseconds(nanoseconds: bigint): bigint {
  return floorDivide(nanoseconds, 100n) + unixEpochInFiletime;
}

/** Nanoseconds since 1970 of a FILETIME. */
export function nanosecondsOfFiletime(filetime: bigint): bigint {
  return (filetime - unixEpochInFiletime) * 100n;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
