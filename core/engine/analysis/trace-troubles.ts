import type { FindingTable } from '../../diagnosis/columns.ts';
import type { TroubleBits } from '../../diagnosis/troubles.ts';
import { ViewRows } from '../../trace/view-rows.ts';
import type { AnalysisProgress } from '../contract.ts';
import { SharedRuns, type RunOptions } from '../shared-runs.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import type { TaskPool } from '../worker-pool.ts';

/** Rows that one task collects. */
const rowsPerCollect = 1 << 20;

/** The drops and errors of an ordered trace: rows of its time order, ascending. */
export class TroubleRows {
  readonly drops: Uint32Array;
  readonly errors: Uint32Array;
  private readonly ofViews = new WeakMap<ViewRows, { drops: ViewRows; errors: ViewRows }>();

  constructor(drops: Uint32Array, errors: Uint32Array) {
    this.drops = drops;
    this.errors = errors;
  }

  /** Those that a view shows. Remembered, because a view is looked at in ever other stretches of time. */
  of(view: ViewRows): { readonly drops: ViewRows; readonly errors: ViewRows } {
    const known = this.ofViews.get(view);
    if (known) return known;
    const own = { drops: view.common(this.drops), errors: view.common(this.errors) };
    this.ofViews.set(view, own);
    return own;
  }
}

/** What troubles there are in ordered traces; found once, and once more when a trace has been diagnosed. */
export class TraceTroubles {
  private readonly foundIn: (ordered: OrderedTrace) => FindingTable | undefined;
  private readonly told: SharedRuns<TroubleRows, AnalysisProgress>;
  private readonly diagnosed: SharedRuns<TroubleRows, AnalysisProgress>;

  /** `foundIn` gives the findings of an ordered trace that has been diagnosed. */
  constructor(pool: TaskPool, foundIn: (ordered: OrderedTrace) => FindingTable | undefined) {
    const runs = (findings: typeof foundIn): SharedRuns<TroubleRows, AnalysisProgress> =>
      new SharedRuns((_, ordered, signal, onProgress) =>
        findRows(pool, ordered, findings(ordered) ?? null, signal, onProgress),
      );
    this.foundIn = foundIn;
    this.told = runs(() => undefined);
    this.diagnosed = runs(foundIn);
  }

  of(session: TraceSession, ordered: OrderedTrace, options: RunOptions<AnalysisProgress>): Promise<TroubleRows> {
    const runs = this.foundIn(ordered) ? this.diagnosed : this.told;
    return runs.of(session, ordered, options);
  }
}

async function findRows(
  pool: TaskPool,
  ordered: OrderedTrace,
  found: FindingTable | null,
  signal: AbortSignal,
  onProgress: (progress: AnalysisProgress) => void,
): Promise<TroubleRows> {
  const { id: generation, columns } = ordered;
  const words = columns.span / 32;
  const bits: TroubleBits = { drops: sharedWords(words), errors: sharedWords(words) };
  const counts = { drops: 0, errors: 0 };
  let done = 0;
  await Promise.all(
    columns.segments.map(async ({ events }, segment) => {
      const params = { generation, segment, found, bits };
      const own = await pool.run('findTroubles', params, { signal, urgent: true });
      counts.drops += own.drops;
      counts.errors += own.errors;
      done += events.length;
      onProgress({ done, total: columns.events });
    }),
  );
  const [drops, errors] = await Promise.all([
    counts.drops === 0 ? noRows : rowsOf(pool, ordered, bits.drops, signal),
    counts.errors === 0 ? noRows : rowsOf(pool, ordered, bits.errors, signal),
  ]);
  return new TroubleRows(drops, errors);
}

const noRows = new Uint32Array(0);

/** The rows of the events whose bits are set. */
async function rowsOf(
  pool: TaskPool,
  { order, columns }: OrderedTrace,
  bits: Uint32Array,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const scanned = new Uint8Array(new SharedArrayBuffer(columns.span / 32)).fill(1);
  const starts = Array.from({ length: Math.ceil(order.length / rowsPerCollect) }, (_, part) => part * rowsPerCollect);
  const parts = await Promise.all(
    starts.map((from) => {
      const to = Math.min(from + rowsPerCollect, order.length);
      return pool.run('collect', { order, bits, scanned, from, to }, { signal, urgent: true });
    }),
  );
  const rows = new ViewRows(parts.map((part) => part.rows).filter((piece) => piece.length > 0));
  return rows.length === 0 ? noRows : rows.slice(0, rows.length);
}

function sharedWords(words: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(words * 4));
}
