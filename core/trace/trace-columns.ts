import { filetimeOfTick, hundredNanosecondsPerTick, type TraceClock } from '../etl/clock.ts';
import type { Segment } from './segment.ts';

/**
 * All segments of a trace as one space of event numbers. Each segment's numbers start at a multiple of 32, so that bit
 * sets over events can be written by several workers at once, each in words of its own; the few numbers between are
 * never used.
 */
export class TraceColumns {
  readonly segments: readonly Segment[];
  /** Clock of each section. */
  readonly clocks: readonly TraceClock[];
  /** What is added to the times of each input, in steps of 100 ns. */
  readonly shifts: readonly number[];
  /** First event number of each segment. */
  readonly bases: Uint32Array;
  /** One above the highest event number, rounded up to 32. */
  readonly span: number;
  /** How many events there really are. */
  readonly events: number;
  /** Of each section: what brings its ticks onto the one scale that all events are ordered by. */
  readonly scales: readonly TimeScale[];

  /** `clocks` goes by section, `shifts` by input; an input without a shift has none. */
  constructor(segments: readonly Segment[], clocks: readonly TraceClock[], shifts: readonly number[] = []) {
    this.segments = segments;
    this.clocks = clocks;
    this.shifts = shifts;
    this.scales = timeScales(clocks, inputOfSections(segments), shifts);
    this.bases = new Uint32Array(segments.length);
    let base = 0;
    let events = 0;
    segments.forEach((segment, index) => {
      this.bases[index] = base;
      base += Math.ceil(segment.events.length / 32) * 32;
      events += segment.events.length;
    });
    this.span = base;
    this.events = events;
  }

  /** Index of the segment that holds this event number. */
  segmentOf(event: number): number {
    return lastNotAbove(this.bases, event, this.bases.length);
  }

  /** The event's place: its segment, and its number inside. */
  locate(event: number): { segment: Segment; index: number } {
    const number = this.segmentOf(event);
    return { segment: this.segments[number], index: event - this.bases[number] };
  }

  /** FILETIME of an event, its input's shift included. */
  timeOf(event: number): bigint {
    const { segment, index } = this.locate(event);
    return this.timeOfTick(segment, segment.events.tick[index]);
  }

  /** FILETIME of a tick of a segment's clock, its input's shift included. */
  timeOfTick({ section, input }: Segment, tick: number): bigint {
    return filetimeOfTick(this.clocks[section], tick) + BigInt(this.shifts[input] ?? 0);
  }
}

/** Time of a segment's events on the scale all sections share: 100 ns steps since the first section's start. */
export interface TimeScale {
  readonly factor: number;
  readonly offset: number;
}

/** A trace of one section keeps its raw ticks (factor 1), so that order never depends on rounding. */
function timeScales(
  clocks: readonly TraceClock[],
  inputs: ReadonlyMap<number, number>,
  shifts: readonly number[],
): TimeScale[] {
  if (clocks.length === 1) return [{ factor: 1, offset: 0 }];
  return clocks.map((clock, section) => ({
    factor: hundredNanosecondsPerTick(clock),
    offset: Number(clock.startTime - clocks[0].startTime) + (shifts[inputs.get(section) ?? 0] ?? 0),
  }));
}

function inputOfSections(segments: readonly Segment[]): Map<number, number> {
  return new Map(segments.map(({ section, input }) => [section, input]));
}

/** Index of the last entry of an ascending column that is not above `value`; -1 when all are above. */
export function lastNotAbove(ascending: Uint32Array, value: number, length: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
