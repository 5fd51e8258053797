import { ViewRows } from '../trace/view-rows.ts';
import type { SortOrder, TraceId, ViewId, ViewInfo } from './contract.ts';
import { badRequest } from './engine-errors.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import type { TaskPool } from './worker-pool.ts';

export interface View {
  readonly session: TraceSession;
  /** Undefined while nothing has been read yet; the view is empty then. */
  readonly ordered: OrderedTrace | undefined;
  /** In time order. */
  readonly rows: ViewRows;
  readonly filter: string;
  /** The same rows in the order in which they are shown, where that is another. */
  readonly sorted?: Uint32Array | undefined;
  readonly order?: SortOrder | undefined;
}

/** The rows of a view by their places in it. They need not ascend. */
export function shownRows({ rows, sorted }: View): ViewRows {
  return sorted ? new ViewRows([sorted]) : rows;
}

/** The traces that are open, and the views of them; what every call looks up first. */
export class OpenTraces {
  readonly pool: TaskPool;
  private readonly sessions = new Map<TraceId, TraceSession>();
  private readonly views = new Map<ViewId, View>();
  private readonly uses = new Set<{ readonly ordered: OrderedTrace }>();
  private lastTrace = 0;
  private lastView = 0;

  constructor(pool: TaskPool) {
    this.pool = pool;
  }

  get all(): readonly TraceSession[] {
    return [...this.sessions.values()];
  }

  newId(): TraceId {
    return ++this.lastTrace;
  }

  add(session: TraceSession): void {
    this.sessions.set(session.id, session);
  }

  session(trace: TraceId): TraceSession {
    const session = this.sessions.get(trace);
    if (!session) throw badRequest(`No trace ${trace} is open.`);
    return session;
  }

  view(id: ViewId): View {
    const view = this.views.get(id);
    if (!view) throw badRequest(`There is no view ${id}; its trace may have been closed.`);
    return view;
  }

  closeTrace(trace: TraceId): void {
    for (const [id, view] of this.views) if (view.session.id === trace) this.views.delete(id);
    this.sessions.get(trace)?.close();
    this.sessions.delete(trace);
  }

  closeAll(): void {
    for (const session of this.sessions.values()) session.close();
    this.sessions.clear();
    this.views.clear();
  }

  addView(
    session: TraceSession,
    ordered: OrderedTrace | undefined,
    rows: ViewRows,
    filter: string,
    notes: string[],
    shown: Pick<View, 'order' | 'sorted'> = {},
  ): ViewInfo {
    const view = ++this.lastView;
    this.views.set(view, { session, ordered, rows, filter, ...shown });
    return {
      view,
      rows: rows.length,
      available: ordered?.columns.events ?? 0,
      complete: ordered?.complete ?? false,
      notes,
      ...(shown.order && { order: shown.order }),
    };
  }

  /** The view has more rows now. */
  growView(id: ViewId, view: View): void {
    this.views.set(id, view);
  }

  /** Forgets a view, and what only it kept in memory. */
  closeView(id: ViewId): void {
    const session = this.views.get(id)?.session;
    this.views.delete(id);
    session?.forgetAllBut(this.orderedInUse(session));
  }

  /** Keeps an ordered state known to the workers while they work on it. */
  async whileInUse<Result>(ordered: OrderedTrace, work: () => Promise<Result>): Promise<Result> {
    const use = { ordered };
    this.uses.add(use);
    try {
      return await work();
    } finally {
      this.uses.delete(use);
    }
  }

  private orderedInUse(session: TraceSession): Set<OrderedTrace | undefined> {
    const views = [...this.views.values()].filter((view) => view.session === session);
    return new Set([...views.map((view) => view.ordered), ...[...this.uses].map((use) => use.ordered)]);
  }
}
