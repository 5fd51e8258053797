/** A timeline in words and as a table. */
import type { Timeline } from '../../core/engine/contract.ts';
import { formatDuration } from '../format/number.ts';
import { formatDate, type Instant } from '../format/time.ts';
import { isoText } from '../quick-filter/cell-filter.ts';
import { timeTo } from './axis.ts';
import { countsIn, largest, spanOfBins, type BinRange } from './bins.ts';
import type { Clock } from './clock.ts';
import { timelineStrings } from './strings.ts';
import { stepsBetween, type TimeSpan } from './time-span.ts';

/** A time with as many decimals as tell parts of a span's length from each other. */
export function timeIn(span: TimeSpan, instant: Instant, clock: Clock): string {
  const { offsetMinutes, withDate, origin } = clock;
  const time = timeTo(instant, stepsBetween(span.from, span.to) / 1000n, clock);
  return withDate && !origin ? `${formatDate(instant, offsetMinutes)} ${time}` : time;
}

/** `14:03:07.118–14:03:07.245`, within a longer span. */
export function rangeText(whole: TimeSpan, { from, to }: TimeSpan, clock: Clock): string {
  return `${timeIn(whole, from, clock)}–${timeIn(whole, to, clock)}`;
}

export function durationText({ from, to }: TimeSpan): string {
  return formatDuration(Number(stepsBetween(from, to)) + 1);
}

/** The time of a range of parts, and what is counted there. */
export function binsText(timeline: Timeline, range: BinRange, clock: Clock): { time: string; counts: string } {
  const span = spanOfBins(timeline, timeline.all.length, range);
  return {
    time: rangeText(timeline, span, clock),
    counts: timelineStrings.counts(countsIn(timeline, range)),
  };
}

/** The whole picture for those who do not see it. */
export function summaryText(timeline: Timeline, clock: Clock): string {
  const bins = timeline.all.length;
  const { all, shown, drops, errors } = countsIn(timeline, { first: 0, last: bins - 1 });
  const startOf = (bin: number): string =>
    timeIn(timeline, spanOfBins(timeline, bins, { first: bin, last: bin }).from, clock);
  const firstOf = (counts: readonly number[]): string => startOf(counts.findIndex((count) => count > 0));
  const most = largest(timeline.shown);
  return [
    timelineStrings.summary(shown, all, timeIn(timeline, timeline.from, clock), timeIn(timeline, timeline.to, clock)),
    ...(most > 0 ? [timelineStrings.most(most, startOf(timeline.shown.indexOf(most)))] : []),
    ...(drops > 0 ? [timelineStrings.dropsFrom(drops, firstOf(timeline.drops))] : []),
    ...(errors > 0 ? [timelineStrings.errorsFrom(errors, firstOf(timeline.errors))] : []),
    ...(drops + errors === 0 ? [timelineStrings.noTrouble] : []),
  ].join(' ');
}

/** One line a part, with its times in UTC to 100 ns: what a spreadsheet takes. */
export function timelineTable(timeline: Timeline): string {
  const { columns } = timelineStrings;
  const bins = timeline.all.length;
  const lines = timeline.all.map((all, bin) => {
    const { from, to } = spanOfBins(timeline, bins, { first: bin, last: bin });
    return [isoText(from), isoText(to), all, timeline.shown[bin], timeline.drops[bin], timeline.errors[bin]].join(',');
  });
  const heading = [columns.from, columns.to, columns.all, columns.shown, columns.drops, columns.errors].join(',');
  return `${[heading, ...lines].join('\n')}\n`;
}
