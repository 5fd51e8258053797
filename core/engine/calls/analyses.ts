import { ViewRows } from '../../trace/view-rows.ts';
import { columnPlan, needsDiagnosis, type ColumnPlan } from '../analysis/column-plan.ts';
import { groupedRows } from '../analysis/group-view.ts';
import { sortedRows, type AnalysisBounds, type ViewAnalysis } from '../analysis/sort-view.ts';
import { countTimeline, timeParts } from '../analysis/timeline.ts';
import { TraceTroubles } from '../analysis/trace-troubles.ts';
import type { AnalysisProgress, ColumnName, Contract, Grouping, Timeline, ViewInfo } from '../contract.ts';
import { badRequest } from '../engine-errors.ts';
import { filterVocabulary } from '../filter-vocabulary.ts';
import type { OpenTraces } from '../open-traces.ts';
import { untilAborted, type RunOptions } from '../shared-runs.ts';
import type { TraceSources } from '../trace-sources.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import type { CallOptions } from './call.ts';

/** Sorts, groups and counts the rows of views. */
export class Analyses {
  private readonly traces: OpenTraces;
  private readonly sources: TraceSources;
  private readonly troubles: TraceTroubles;
  private readonly bounds: AnalysisBounds;

  constructor(traces: OpenTraces, sources: TraceSources, bounds: AnalysisBounds) {
    this.traces = traces;
    this.sources = sources;
    this.troubles = new TraceTroubles(traces.pool, (ordered) => sources.knownDiagnosis(ordered)?.data.found);
    this.bounds = bounds;
  }

  async sort({ view: id, order }: Contract['sort']['params'], options: CallOptions<'sort'>): Promise<ViewInfo> {
    const { session, ordered, rows, filter } = this.traces.view(id);
    if (!ordered) return this.traces.addView(session, undefined, rows, filter, [], { order });
    return this.traces.whileInUse(ordered, async () => {
      const { analysis, plans } = await this.analysisOf(session, ordered, rows, [order.by], options);
      const sorted = await sortedRows(analysis, plans[0], order.descending);
      // Who closed the trace meanwhile has no use for another view of it.
      this.traces.session(session.id);
      return this.traces.addView(session, ordered, rows, filter, [], { order, sorted });
    });
  }

  async group(
    { view: id, by, order, limit }: Contract['group']['params'],
    options: CallOptions<'group'>,
  ): Promise<Grouping> {
    const { session, ordered, rows } = this.traces.view(id);
    if (!ordered) return emptyGrouping;
    return this.traces.whileInUse(ordered, async () => {
      const { analysis, plans } = await this.analysisOf(session, ordered, rows, by, options);
      const source = this.sources.columns(session, ordered);
      const vocabulary = filterVocabulary(session, ordered.columns);
      return groupedRows(analysis, { by: plans, order, limit, source, vocabulary });
    });
  }

  /** Of what has been read so far, or of what the view was made of; without a view, all rows are shown. */
  async timeline(
    { trace, view: id, ...asked }: Contract['timeline']['params'],
    options: CallOptions<'timeline'>,
  ): Promise<Timeline> {
    const session = this.traces.session(trace);
    const view = id === null ? undefined : this.traces.view(id);
    if (view && view.session !== session) throw badRequest(`The view ${id} is of another trace than ${trace}.`);
    const ordered = view?.ordered ?? (await untilAborted(session.ordered(), options.signal));
    const parts = timeParts(ordered, session.startTime, asked);
    if (parts.to < parts.from) throw badRequest('The time that was asked for ends before it begins.');
    if (!ordered) return countTimeline(parts, undefined, new ViewRows([], 0), undefined);
    const rows = view?.rows ?? new ViewRows([], ordered.columns.events);
    const troubles = await this.traces.whileInUse(ordered, () => this.troubles.of(session, ordered, options));
    return countTimeline(parts, ordered, rows, troubles);
  }

  /** Makes everything ready for the workers to read columns. Throws ColumnError for a column that is not known. */
  private async analysisOf(
    session: TraceSession,
    ordered: OrderedTrace,
    view: ViewRows,
    names: readonly ColumnName[],
    { signal, onProgress }: RunOptions<AnalysisProgress>,
  ): Promise<{ analysis: ViewAnalysis; plans: ColumnPlan[] }> {
    if (ordered.complete) await untilAborted(session.names.gathered(), signal);
    const vocabulary = filterVocabulary(session, ordered.columns);
    const plans = names.map((name) => columnPlan(name, vocabulary));
    // While the trace is being read nothing has been diagnosed, and what the diagnosis tells is empty.
    if (ordered.complete && plans.some(needsDiagnosis)) await this.sources.diagnose(session, ordered, { signal });
    this.sources.teach(session, ordered);
    const analysis: ViewAnalysis = {
      pool: this.traces.pool,
      ordered,
      view,
      signal,
      onProgress: (progress) => onProgress?.(progress),
      bounds: this.bounds,
    };
    return { analysis, plans };
  }
}

const emptyGrouping: Grouping = { groups: [], total: 0, otherRows: 0, rowsWithout: 0, rows: 0, notes: [] };
