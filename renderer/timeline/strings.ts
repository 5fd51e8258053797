/** Words of the timeline. */
import { formatCount, formatCounted } from '../format/number.ts';
import type { CountName } from './bins.ts';

const messages = (count: number): string => formatCounted(count, 'message', 'messages');
const drops = (count: number): string => formatCounted(count, 'drop', 'drops');
const errors = (count: number): string => formatCounted(count, 'error', 'errors');

export const timelineStrings = {
  title: 'Timeline',
  label: 'Messages over time',
  keys:
    'Arrow keys move the cursor, with Ctrl to the next messages, with Shift they select. Plus and minus zoom, 0 shows ' +
    'the whole trace, Backspace goes one step back. Enter goes to the messages at the cursor, or filters by the selection.',
  hint: 'Drag to select a time, click to go there, turn the wheel to zoom; double click goes back',
  whole: 'Whole trace',
  wholeHint: 'Show the time of the whole trace',
  way: 'Part of the trace on show',
  back: (range: string) => `Back to ${range}`,
  tools: 'Timeline tools',
  zoomIn: 'Zoom in',
  zoomInHint: 'Show the selected time alone',
  filter: 'Filter by this time',
  filterHint: 'Show only messages of the selected time; the filters in force stay',
  zoomOut: 'Zoom out',
  logarithmic: 'Log',
  logarithmicHint: 'Logarithmic heights: single messages stay in sight beside bursts',
  copy: 'Copy as table',
  copyHint: 'Copy the counts of all parts as CSV',
  peak: (count: number) => `${formatCount(count)} at most`,
  clearSelection: 'Clear the selection',
  legend: {
    shown: (count) => `${formatCount(count)} shown`,
    all: (count) => `${formatCount(count)} in all`,
    drops,
    errors,
  } satisfies Record<CountName, (count: number) => string>,
  columns: { from: 'From (UTC)', to: 'To (UTC)', all: 'All', shown: 'Shown', drops: 'Drops', errors: 'Errors' },
  counts: ({ all, shown, drops: dropped, errors: failed }: Record<CountName, number>) =>
    [
      shown === all ? messages(all) : `${formatCount(shown)} of ${messages(all)}`,
      ...(dropped > 0 ? [drops(dropped)] : []),
      ...(failed > 0 ? [errors(failed)] : []),
    ].join(', '),
  summary: (shown: number, all: number, from: string, to: string) =>
    shown === all
      ? `${messages(all)} between ${from} and ${to}.`
      : `${formatCount(shown)} of ${messages(all)} between ${from} and ${to}.`,
  most: (count: number, at: string) => `Most at ${at}: ${formatCount(count)}.`,
  dropsFrom: (count: number, at: string) => `${drops(count)}, the first at ${at}.`,
  errorsFrom: (count: number, at: string) => `${errors(count)}, the first at ${at}.`,
  noTrouble: 'No drops and no errors.',
  selected: (range: string, duration: string, counts: string) => `Selected ${range} (${duration}): ${counts}`,
  waiting: 'The timeline comes with the first messages.',
  nothing: 'The trace has no messages, so there is no time to show.',
  failed: 'The timeline could not be made.',
  retry: 'Try again',
} as const;
