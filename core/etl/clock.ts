/** Converts an ETL's time stamps: raw ticks of one of three clocks, counted from the trace's first record. */
export interface TraceClock {
  readonly kind: 'QPC' | 'system time' | 'CPU cycles' | 'unknown';
  /** Ticks per second. */
  readonly frequency: number;
  /** FILETIME of the trace's first record. */
  readonly startTime: bigint;
  /** Raw time stamp of the trace's first record, as halves, so that differences stay exact in doubles. */
  readonly startTickHigh: number;
  readonly startTickLow: number;
}

const ticksOf100Nanoseconds = 10_000_000;

/** FILETIME of a tick counted from the trace's first record. Exact: no double ever holds an absolute time. */
export function filetimeOfTick(clock: TraceClock, tick: number): bigint {
  return clock.startTime + (BigInt(Math.round(tick)) * BigInt(ticksOf100Nanoseconds)) / BigInt(clock.frequency);
}

/** Steps of 100 ns a tick is worth: what makes ticks of several clocks comparable. */
export function hundredNanosecondsPerTick(clock: TraceClock): number {
  return ticksOf100Nanoseconds / clock.frequency;
}

/** Ticks since the trace's first record of a raw 64-bit time stamp given as halves. */
export function relativeTick(clock: TraceClock, high: number, low: number): number {
  return (high - clock.startTickHigh) * 0x1_0000_0000 + (low - clock.startTickLow);
}
