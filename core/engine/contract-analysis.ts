/** What the contract says of looking at a view as a whole: its order, its groups, its course in time. Plain data. */
import type { Row, TraceId, ViewId, ViewInfo } from './contract.ts';

/**
 * A column of the grid: one of `gridColumns`, or a field by the name that a filter knows it by: `TCP.SrcPort`,
 * `Etw.ProcessId`, `Microsoft_Windows_TCPIP.Tcb`.
 */
export type ColumnName = string;

/** Message Analyzer's columns, and the place of a sighting. Their values are members of a row. */
export const gridColumns = [
  'MessageNumber',
  'Diagnosis',
  'Timestamp',
  'TimeElapsed',
  'Source',
  'Destination',
  'Module',
  'Sighting',
  'Summary',
] as const;
export type GridColumn = (typeof gridColumns)[number];

export interface SortOrder {
  by: ColumnName;
  descending: boolean;
}

/** Unix time in whole milliseconds, and the rest in steps of 100 ns (0..9999). */
export type TraceInstant = Pick<Row, 'milliseconds' | 'hundredNanoseconds'>;

export interface AnalysisContract {
  /**
   * The rows of a view in another order, as a view of its own; rows with equal values stay in time order. Rejected with a
   * ColumnError when no such column is known, or when it has too many different texts to be sorted.
   */
  sort: { params: { view: ViewId; order: SortOrder }; result: ViewInfo; progress: AnalysisProgress };
  /** Counts a view's rows by the values of one to three columns. Rejected with a ColumnError as `sort` is. */
  group: {
    params: { view: ViewId; by: ColumnName[]; order: GroupOrder; limit: number };
    result: Grouping;
    progress: AnalysisProgress;
  };
  /**
   * How many rows lie in each of `bins` equal parts of a time, the trace's whole time where none is given. Both ends belong
   * to it. Without a view, all rows are shown. While the trace is being read: of what has been read so far.
   */
  timeline: {
    params: { trace: TraceId; view: ViewId | null; bins: number; from?: TraceInstant; to?: TraceInstant };
    result: Timeline;
    progress: AnalysisProgress;
  };
  /** Where a row of the trace stands in a view; the next one in time where the view lacks it. Null in an empty view. */
  place: { params: { view: ViewId; row: number }; result: ViewPlace | null; progress: never };
  /** The first row of a view at a time or behind it; the last one where all are earlier. Null in an empty view. */
  placeOfTime: { params: { view: ViewId; time: TraceInstant }; result: ViewPlace | null; progress: never };
  /** Columns that a trace's rows can have besides the grid's own, of which names and paths contain the text. */
  fields: { params: { trace: TraceId; text: string }; result: FieldList; progress: never };
}

/** Rows done of all. */
export interface AnalysisProgress {
  done: number;
  total: number;
}

export interface ViewPlace {
  position: number;
  row: number;
  /** False when it is not the row, or no row of the time, that was asked for. */
  exact: boolean;
}

export type GroupOrder = 'rows' | 'packets' | 'bytes' | 'first' | 'value';

export interface Grouping {
  /** The first `limit` in the order asked for: the largest first, by time, or by value. */
  groups: Group[];
  /** Groups in all, and rows of the groups that are not listed. */
  total: number;
  otherRows: number;
  /** Rows that have no value in one of the columns; they are in no group. */
  rowsWithout: number;
  rows: number;
  /** What the reader should know: groups beyond a bound were counted together. */
  notes: string[];
}

export interface Group {
  /** One for each column, as the grid shows them. */
  values: string[];
  rows: number;
  packets: number;
  /** Original lengths of the packets. */
  bytes: number;
  first: TraceInstant;
  last: TraceInstant;
  /** A filter that lets through what is in this group; absent where one cannot say it. */
  filter?: string;
}

export interface Timeline {
  from: TraceInstant;
  to: TraceInstant;
  /** Rows of the whole trace in each part; those of the view; and of the view, drops, and errors that are no drops. */
  all: number[];
  shown: number[];
  drops: number[];
  errors: number[];
}

export interface FieldList {
  /** At most 500, by module. */
  fields: FieldColumn[];
  more: boolean;
}

export interface FieldColumn {
  column: ColumnName;
  /** What the field belongs to: `TCP`, `Microsoft_Windows_TCPIP`. */
  module: string;
  /** Data type in words, empty where it is not known. */
  type: string;
}
