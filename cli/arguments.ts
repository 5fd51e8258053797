import { diagnosisKinds } from '../core/diagnosis/kinds.ts';
import { attemptOrders, attemptProtocols, verdictKinds } from '../core/engine/contract-paths.ts';
import type { ColumnName, ConnectionQuery, GroupOrder, SortOrder, ViewChoice } from '../core/engine/contract.ts';

/** A mistake in how the program was called. */
export class UsageError extends Error {}

/** Values of the options as they were given, and the files. */
export interface Arguments {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly filter: string;
  readonly limit: number;
  readonly format: string;
  readonly output: string;
  /** Whether events without a packet go into a file of packets, and whether each link type gets a file. */
  readonly events: boolean;
  readonly splitByLinkType: boolean;
  readonly port: number;
  /** Manifests for this run only. */
  readonly manifests: readonly string[];
  /** Files of names for this run only. */
  readonly names: readonly string[];
  /** What is added to the times of each file, in steps of 100 ns. */
  readonly shifts: readonly number[];
  /** Diagnose the trace first, and keep only some of its packets. */
  readonly diagnose: boolean;
  readonly choice: ViewChoice;
  /** The connection attempt, or the message (from 1), whose path is asked for. */
  readonly syn: number | undefined;
  readonly row: number | undefined;
  /** Which connection attempts, and in what order; the filter apart. */
  readonly query: ConnectionQuery;
  /** Columns of events to print, and by which they are sorted; none where the usual ones are meant. */
  readonly columns: readonly ColumnName[];
  readonly order: SortOrder | undefined;
  /** Columns to group by, and what comes first. */
  readonly by: readonly ColumnName[];
  readonly groupOrder: GroupOrder;
  /** What `capture` is to write; its command makes a plan of it. */
  readonly capture: CaptureOptions;
}

/** Options of `capture`, as they were typed. */
export interface CaptureOptions {
  readonly tool?: string;
  readonly set?: readonly string[];
  readonly provider?: readonly string[];
  readonly truncate?: string;
  readonly size?: string;
  readonly file?: string;
  readonly windows?: string;
  readonly edition?: string;
  readonly packets?: string;
  readonly adapter?: readonly string[];
  readonly single?: boolean;
  readonly bundle?: string;
  readonly report?: boolean;
  readonly commands?: string;
}

const hundredNanosecondsOf: Readonly<Record<string, number>> = { s: 1e7, ms: 1e4, us: 10, µs: 10, ns: 0.01 };

/** Steps of 100 ns in a text such as `+1.5s`, `-250ms` or `0`. Throws UsageError. */
export function timeShift(text: string): number {
  const [, number, unit = 's'] = /^([+-]?\d+(?:\.\d+)?)\s*(s|ms|us|µs|ns)?$/.exec(text.trim()) ?? [];
  const shift = Math.round(Number(number) * hundredNanosecondsOf[unit]);
  if (!Number.isSafeInteger(shift)) {
    throw new UsageError(`--shift takes a time such as +1.5s or -250ms, not "${text}".`);
  }
  return shift;
}

/** What a view is to keep, as the options give it. Throws UsageError for a kind that does not exist. */
export function viewChoice(
  firstSightings: boolean,
  diagnosis: string | undefined,
  component: string | undefined,
): ViewChoice {
  const kind = diagnosisChoices.find((name) => name === diagnosis);
  if (diagnosis !== undefined && kind === undefined) {
    throw new UsageError(`--diagnosis is ${diagnosisChoices.join(', ')}, not "${diagnosis}".`);
  }
  return {
    ...(firstSightings ? { sightings: 'first' } : {}),
    ...(kind === undefined ? {} : { diagnosis: kind }),
    ...(component === undefined ? {} : { component }),
  };
}

/**
 * Which connection attempts are meant: `tcp,udp`, `dropped,vanished`, `totalLatency:desc`. Throws UsageError for words that
 * mean none.
 */
export function connectionQuery(
  protocols: string | undefined,
  verdicts: string | undefined,
  sort: string | undefined,
): ConnectionQuery {
  return {
    ...(protocols === undefined ? {} : { protocols: wordsOf('--protocol', protocols, attemptProtocols) }),
    ...(verdicts === undefined ? {} : { verdicts: wordsOf('--verdict', verdicts, verdictKinds) }),
    ...(sort === undefined ? {} : { sort: sortOf(sort) }),
  };
}

function sortOf(text: string): NonNullable<ConnectionQuery['sort']> {
  const [order, ...rest] = text.split(':');
  const [by] = wordsOf('--sort', order, attemptOrders);
  const [direction] = wordsOf('--sort', rest.length === 0 ? 'asc' : rest.join(':'), ['asc', 'desc']);
  return { by, descending: direction === 'desc' };
}

/** Words with commas between them, in any case, each one of those that are known. */
function wordsOf<Word extends string>(option: string, text: string, known: readonly Word[]): Word[] {
  return text.split(',').map((part) => {
    const word = known.find((each) => each.toLowerCase() === part.trim().toLowerCase());
    if (word === undefined) throw new UsageError(`${option} knows ${known.join(', ')}, not "${part.trim()}".`);
    return word;
  });
}

/** Columns with commas between them. */
export function columnNames(text: string | undefined): ColumnName[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `TCP.SourcePort`, `TCP.SourcePort:desc`; a column may have colons of its own. */
export function sortOrder(text: string | undefined): SortOrder | undefined {
  if (text === undefined) return undefined;
  const by = text.trim().replace(/:(?:asc|desc)$/i, '');
  if (by === '') throw new UsageError(`--sort takes a column, not "${text}".`);
  return { by, descending: /:desc$/i.test(text.trim()) };
}

const groupOrders: readonly GroupOrder[] = ['rows', 'packets', 'bytes', 'first', 'value'];

/** What the first of the groups has most of. Throws UsageError for a word that means none. */
export function groupOrder(text: string | undefined): GroupOrder {
  return text === undefined ? 'rows' : wordsOf('--order', text, groupOrders)[0];
}

const diagnosisChoices = ['any', ...diagnosisKinds] as const;
