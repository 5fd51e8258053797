import type { ViewRows } from '../../trace/view-rows.ts';
import type { AnalysisProgress } from '../contract.ts';
import { inPortions } from '../portions.ts';
import { onceMoreWhenLost } from '../task-recovery.ts';
import type { OrderedTrace } from '../trace-session.ts';
import type { TaskPool } from '../worker-pool.ts';
import { ColumnError } from './column-error.ts';
import { readingOf, type ColumnPlan } from './column-plan.ts';

/** A look at all rows of a view, for which the workers have been taught to decode the trace. */
export interface ViewAnalysis {
  readonly pool: TaskPool;
  readonly ordered: OrderedTrace;
  readonly view: ViewRows;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: AnalysisProgress) => void;
  readonly bounds: AnalysisBounds;
}

/** How much is done at a time, and at all. */
export interface AnalysisBounds {
  /** Rows of a task that reads columns alone, and of one that decodes the messages of some or of all of them. */
  readonly rowsPerTask: Readonly<Record<'none' | 'some' | 'all', number>>;
  /** More different values than this take more memory to sort than they are worth: nobody reads them. */
  readonly sortedValues: number;
  /** Groups beyond these are counted together. */
  readonly groups: number;
}

export const usualBounds: AnalysisBounds = {
  // The groups of a task are merged at once, and so are the values, so that neither may be too many.
  rowsPerTask: { none: 1 << 16, some: 1 << 16, all: 1 << 12 },
  sortedValues: 2_000_000,
  groups: 1_000_000,
};

/** Row numbers of a view in the order of a column's values. Rejects with a ColumnError when it has too many of them. */
export async function sortedRows(
  analysis: ViewAnalysis,
  column: ColumnPlan,
  descending: boolean,
): Promise<Uint32Array> {
  return onceMoreWhenLost(analysis.signal, (signal) => sortRows({ ...analysis, signal }, column, descending));
}

async function sortRows(
  { pool, ordered, view, signal, onProgress, bounds }: ViewAnalysis,
  column: ColumnPlan,
  descending: boolean,
): Promise<Uint32Array> {
  const { id: generation, order } = ordered;
  const total = view.length;
  const keys = new Float64Array(new SharedArrayBuffer(total * 8));
  const values = new Map<string, number>();
  /** Of each portion, the numbers of its values among all. */
  const portions: { from: number; to: number; numbers: Uint32Array }[] = [];
  let given = 0;
  let taken = 0;
  await inPortions({
    pool,
    view,
    rowsPerPortion: bounds.rowsPerTask[readingOf(column)],
    signal,
    make: (rows) => {
      const own = keys.subarray(given, given + rows.length);
      given += rows.length;
      return pool.run('sortKeys', { generation, order, rows, column, keys: own }, { signal, urgent: true });
    },
    take: (orderKeys, done) => {
      portions.push({ from: taken, to: done, numbers: numbered(orderKeys, values) });
      taken = done;
      if (values.size > bounds.sortedValues) throw tooManyValues(bounds.sortedValues);
      onProgress({ done, total });
    },
  });
  const ranks = await pool.run('rankKeys', { orderKeys: [...values.keys()] }, { signal, urgent: true });
  const rows = shared(total);
  for (let from = 0; from < total; from += copiedRows) {
    rows.set(view.slice(from, Math.min(from + copiedRows, total)), from);
  }
  const sorted = shared(total);
  const ranked = portions.map(({ from, to, numbers }) => ({
    from,
    to,
    ranks: Float64Array.from(numbers, (number) => ranks[number]),
  }));
  await pool.run('sortRows', { keys, portions: ranked, rows, descending, sorted }, { signal, urgent: true });
  return sorted;
}

const copiedRows = 1 << 20;

function shared(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

function numbered(orderKeys: readonly string[], values: Map<string, number>): Uint32Array {
  return Uint32Array.from(orderKeys, (key) => {
    let number = values.get(key);
    if (number === undefined) {
      number = values.size;
      values.set(key, number);
    }
    return number;
  });
}

function tooManyValues(most: number): ColumnError {
  return new ColumnError(
    `The view has more than ${most.toLocaleString('en-US')} different values in this column, too many to sort. Narrow the view with a filter first.`,
  );
}
