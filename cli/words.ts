import { filetimeOfInstant, filetimeToIso, type UnixInstant } from '../core/base/filetime.ts';

/** A moment as the contract gives it. */
export type Moment = Readonly<UnixInstant>;

/** `2024-05-01T14:03:07.5001182Z`. */
export function isoTime(moment: Moment): string {
  return filetimeToIso(filetimeOfInstant(moment));
}

/** `14:03:07.5001182`. */
export function timeOfDay(moment: Moment): string {
  return isoTime(moment).slice(11, -1);
}

export function countText(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 packet`, `1,204 packets`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${countText(value)} ${value === 1 ? one : many}`;
}

/** A column of a table: its heading, and on which side its texts stand. */
export interface Column {
  readonly heading: string;
  readonly isRight?: boolean;
}

/** Lines of a table whose columns are as wide as their longest text, two spaces between them. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const headings = columns.map(({ heading }) => heading);
  const widths = columns.map((_, column) => Math.max(...[headings, ...rows].map((row) => lengthOf(row[column]))));
  return [headings, ...rows].map((row) =>
    row
      .map((text, column) => {
        const room = ' '.repeat(widths[column] - lengthOf(text));
        return columns[column].isRight === true ? room + text : text + room;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** In characters, of which some are two UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * What the contract says, for other programs: rows as the message numbers that people see and that `--row` takes, times in
 * ISO 8601 with seven decimals. Durations stay in steps of 100 ns.
 */
export function forOtherPrograms(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forOtherPrograms);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => entriesFor(key, each, value)));
}

function entriesFor(key: string, value: unknown, owner: object): [string, unknown][] {
  if (key === 'milliseconds' && isMoment(owner)) return [['time', isoTime(owner)]];
  if (key === 'hundredNanoseconds' && isMoment(owner)) return [];
  const named = rowKeys[key];
  if (named === undefined) return [[key, forOtherPrograms(value)]];
  if (Array.isArray(value)) return [[named, value.map(messageNumber)]];
  return [[named, messageNumber(value)]];
}

const rowKeys: Readonly<Partial<Record<string, string>>> = {
  row: 'messageNumber',
  verdictRow: 'verdictMessageNumber',
  answerRow: 'answerMessageNumber',
  questionRow: 'questionMessageNumber',
  retransmissionRows: 'retransmissionMessageNumbers',
};

function messageNumber(row: unknown): unknown {
  return typeof row === 'number' ? row + 1 : row;
}

function isMoment(value: object): value is Moment {
  return 'milliseconds' in value && 'hundredNanoseconds' in value;
}
