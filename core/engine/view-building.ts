import type { FindingTable } from '../diagnosis/columns.ts';
import type { FilterPlan, PlanNeeds } from '../filter/plan.ts';
import { ViewRows } from '../trace/view-rows.ts';
import { byteSpans, columnSpans, eventSpans, messageSpans, type EventSpan, type SpanSizes } from './event-spans.ts';
import { inPortions } from './portions.ts';
import type { OrderedTrace } from './trace-session.ts';
import type { TaskPool } from './worker-pool.ts';

/** A filter at work on a trace. */
export interface FilterWork {
  readonly pool: TaskPool;
  readonly ordered: OrderedTrace;
  readonly plan: FilterPlan;
  readonly needs: PlanNeeds;
  /** What the diagnosis found, where the plan asks for it. */
  readonly found: FindingTable | null;
  readonly signal: AbortSignal | undefined;
}

/** Rows that one task collects: few at first, because somebody waits. */
const firstCollected = 1 << 16;
const mostCollected = 1 << 20;
/** Milliseconds between two looks at what has been found, once there is something to see. */
const restBetweenLooks = 100;
const spanSizes: Readonly<Record<PlanNeeds['messages'], SpanSizes>> = {
  none: columnSpans,
  read: byteSpans,
  decode: messageSpans,
};
/** Spans under way or waiting, per worker. */
const spansAhead = 2;

/**
 * Scans all events and delivers rows in time order, as soon as everything in front of them has been scanned. Events of
 * `bits` are those that the filter lets through; `keep` may take some out of them again before any row is delivered.
 */
export class ViewBuilding {
  private readonly work: FilterWork;
  private readonly onRows: (rows: Uint32Array) => void;
  private readonly onScanned: (scanned: number) => void;
  private readonly bits: Uint32Array;
  private readonly scanned: Uint8Array;
  private reached = 0;
  private collecting: Promise<void> | undefined;
  private lastLook = 0;
  private hasRows = false;

  constructor(work: FilterWork, onRows: (rows: Uint32Array) => void, onScanned: (scanned: number) => void) {
    this.work = work;
    this.onRows = onRows;
    this.onScanned = onScanned;
    const words = Math.ceil(work.ordered.columns.span / 32);
    this.bits = new Uint32Array(new SharedArrayBuffer(words * 4));
    this.scanned = new Uint8Array(new SharedArrayBuffer(words));
  }

  /** `keep` has to see all events, so that with it no row comes early. */
  async build(keep?: (bits: Uint32Array) => Promise<void>): Promise<void> {
    await this.scanAll(keep === undefined);
    await this.collecting;
    await keep?.(this.bits);
    await this.collectRest();
  }

  private async scanAll(looksEarly: boolean): Promise<void> {
    const { pool, ordered, needs, signal } = this.work;
    const spans = eventSpans(ordered.columns, spanSizes[needs.messages]);
    const underWay = new Set<Promise<void>>();
    let scanned = 0;
    for (const span of spans) {
      const done = this.scan(span).then(() => {
        underWay.delete(done);
        scanned += span.to - span.from;
        this.onScanned(scanned);
        if (looksEarly) this.look();
      });
      underWay.add(done);
      done.catch(() => undefined);
      if (underWay.size >= pool.size * spansAhead) await Promise.race(underWay);
      signal?.throwIfAborted();
    }
    await Promise.all(underWay);
  }

  private async scan(span: EventSpan): Promise<void> {
    const { pool, ordered, plan, found, signal } = this.work;
    const { id: generation, columns, order } = ordered;
    await pool.run(
      'scan',
      { generation, plan, spans: [span], order, found, bits: this.bits },
      { signal, urgent: true },
    );
    const base = columns.bases[span.segment];
    this.scanned.fill(1, (base + span.from) / 32, Math.ceil((base + span.to) / 32));
  }

  /** Takes what has been found so far, now and then. */
  private look(): void {
    const now = performance.now();
    if (this.collecting || (this.hasRows && now - this.lastLook < restBetweenLooks)) return;
    this.collecting = this.collectFrom(this.reached, this.hasRows ? mostCollected : firstCollected).finally(() => {
      this.collecting = undefined;
      this.lastLook = performance.now();
    });
    this.collecting.catch(() => undefined);
  }

  private async collectFrom(from: number, count: number): Promise<void> {
    const { rows, reached } = await this.collect(from, Math.min(from + count, this.work.ordered.order.length));
    this.reached = reached;
    if (rows.length === 0) return;
    this.hasRows = true;
    this.onRows(rows);
  }

  private async collectRest(): Promise<void> {
    const { length } = this.work.ordered.order;
    const starts: number[] = [];
    for (let from = this.reached; from < length; from += mostCollected) starts.push(from);
    const pieces = starts.map(async (from) => this.collect(from, Math.min(from + mostCollected, length)));
    for (const piece of pieces) piece.catch(() => undefined);
    for (const piece of pieces) {
      const { rows } = await piece;
      if (rows.length > 0) this.onRows(rows);
    }
    this.reached = length;
  }

  private collect(from: number, to: number): Promise<{ rows: Uint32Array; reached: number }> {
    const { pool, ordered, signal } = this.work;
    const { bits, scanned } = this;
    return pool.run('collect', { order: ordered.order, bits, scanned, from, to }, { signal, urgent: true });
  }
}

/** Those of some rows, ascending, that a filter lets through. */
export async function matchingRows(work: FilterWork, rows: Uint32Array): Promise<Uint32Array> {
  const { pool, ordered, plan, found, signal } = work;
  const { id: generation, order } = ordered;
  const matched: Uint32Array[] = [];
  await inPortions({
    pool,
    view: new ViewRows(rows.length === 0 ? [] : [rows]),
    rowsPerPortion: rowsPerMatch,
    signal,
    make: (portion) => pool.run('match', { generation, plan, rows: portion, order, found }, { signal, urgent: true }),
    take: (result) => matched.push(result),
  });
  const view = new ViewRows(matched.filter((piece) => piece.length > 0));
  return view.length === 0 ? new Uint32Array(0) : view.slice(0, view.length);
}

/** The next row of a view that a filter lets through, from a position on; its position, or -1. */
export async function findInView(
  work: FilterWork,
  view: ViewRows,
  { from, to, direction }: { readonly from: number; readonly to: number; readonly direction: 'forward' | 'backward' },
): Promise<number> {
  const { pool, ordered, plan, found, signal } = work;
  const { id: generation, order } = ordered;
  let size = firstFound;
  for (let done = 0; done < to - from; size = Math.min(size * 4, mostFound)) {
    const count = Math.min(size, to - from - done);
    const start = direction === 'forward' ? from + done : to - done - count;
    const rows = view.slice(start, start + count);
    const matched = await pool.run('match', { generation, plan, rows, order, found }, { signal, urgent: true });
    if (matched.length > 0) {
      const row = direction === 'forward' ? matched[0] : matched[matched.length - 1];
      return start + rows.indexOf(row);
    }
    done += count;
  }
  return -1;
}

const rowsPerMatch = 1 << 12;
const firstFound = 1 << 10;
const mostFound = 1 << 18;
