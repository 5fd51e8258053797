import { unixEpochInFiletime } from '../base/filetime.ts';
import { filetimeOfTick } from '../etl/clock.ts';
import type { Segment } from './segment.ts';
import type { TraceColumns } from './trace-columns.ts';

const ticksPerSecond = 10_000_000;
/** Above this, a second's ticks times 10^7 no longer fit a double's 53 bits. */
const highestExactFrequency = Math.floor(Number.MAX_SAFE_INTEGER / ticksPerSecond);

/** Where a segment's clock starts. */
interface Start {
  readonly seconds: number;
  readonly hundredNanoseconds: number;
  readonly frequency: number;
}

/**
 * Unix times of events without a bigint for each: the same instants as TraceColumns.timeOfTick. `set` moves the clock, the
 * fields say where it stands.
 */
export class UnixClock {
  /** Whole seconds since 1970, negative before; and steps of 100 ns within the second, 0 to 9,999,999. */
  seconds = 0;
  hundredNanoseconds = 0;

  private readonly columns: TraceColumns;
  private readonly starts = new Map<Segment, Start>();

  constructor(columns: TraceColumns) {
    this.columns = columns;
  }

  /** Moves to an event of a segment. */
  set(segment: Segment, event: number): void {
    const { seconds, hundredNanoseconds, frequency } = this.startOf(segment);
    const ticks = Math.round(segment.events.tick[event]);
    if (frequency > highestExactFrequency) {
      this.setExactly(segment, ticks);
      return;
    }
    const whole = Math.trunc(ticks / frequency);
    const rest = hundredNanoseconds + Math.trunc(((ticks - whole * frequency) * ticksPerSecond) / frequency);
    const carry = Math.floor(rest / ticksPerSecond);
    this.seconds = seconds + whole + carry;
    this.hundredNanoseconds = rest - carry * ticksPerSecond;
  }

  private setExactly(segment: Segment, ticks: number): void {
    const { seconds, hundredNanoseconds } = splitUnixTime(this.columns.timeOfTick(segment, ticks));
    this.seconds = seconds;
    this.hundredNanoseconds = hundredNanoseconds;
  }

  private startOf(segment: Segment): Start {
    let start = this.starts.get(segment);
    if (!start) {
      const clock = this.columns.clocks[segment.section];
      const shift = BigInt(this.columns.shifts[segment.input] ?? 0);
      start = { ...splitUnixTime(filetimeOfTick(clock, 0) + shift), frequency: clock.frequency };
      this.starts.set(segment, start);
    }
    return start;
  }
}

/** A FILETIME as Unix seconds and steps of 100 ns within the second. */
export function splitUnixTime(filetime: bigint): { seconds: number; hundredNanoseconds: number } {
  const ticks = filetime - unixEpochInFiletime;
  const perSecond = BigInt(ticksPerSecond);
  const rest = ((ticks % perSecond) + perSecond) % perSecond;
  return { seconds: Number((ticks - rest) / perSecond), hundredNanoseconds: Number(rest) };
}
