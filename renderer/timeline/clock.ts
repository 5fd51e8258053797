import type { Instant, TimeDisplay } from '../format/time.ts';

/** How places in time are told: on the clock of a zone, or in seconds since a message. */
export interface Clock {
  readonly offsetMinutes: number;
  readonly withDate: boolean;
  /** What seconds are counted from; absent where the clock tells. */
  readonly origin?: Instant | undefined;
}

/** As the grid tells times. A delta says nothing of a place in time: there the clock tells. */
export function clockOf({ format, offsetMinutes, withDate, start, reference }: TimeDisplay): Clock {
  const origin = format === 'start' ? start : format === 'reference' ? (reference ?? start) : undefined;
  return { offsetMinutes, withDate, origin };
}
