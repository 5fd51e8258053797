import { parseFilter } from '../../filter/language/parser.ts';
import type { ConnectionBlock, Contract, PathProgress } from '../contract.ts';
import { badRequest } from '../engine-errors.ts';
import { boundFilter } from '../filtering.ts';
import type { OpenTraces } from '../open-traces.ts';
import { PathQueries, type RowMatcher } from '../paths/path-queries.ts';
import { TracePaths } from '../paths/trace-paths.ts';
import { untilAborted, type RunOptions } from '../shared-runs.ts';
import type { TraceSources } from '../trace-sources.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import type { CallOptions } from './call.ts';

/** Connection attempts, and the ways of packets. */
export class Paths {
  private readonly traces: OpenTraces;
  private readonly sources: TraceSources;
  private readonly paths: TracePaths;
  private readonly queries = new WeakMap<OrderedTrace, PathQueries>();

  constructor(traces: OpenTraces, sources: TraceSources) {
    this.traces = traces;
    this.sources = sources;
    this.paths = new TracePaths(traces.pool);
  }

  async path(
    { trace, row }: Contract['path']['params'],
    options: CallOptions<'path'>,
  ): Promise<Contract['path']['result']> {
    const { queries, ordered } = await this.pathQueries(this.traces.session(trace), options);
    if (row >= ordered.columns.events) throw badRequest(`The view has no row ${row}.`);
    return queries.path(row);
  }

  async connections(
    { trace, query, from, count }: Contract['connections']['params'],
    options: CallOptions<'connections'>,
  ): Promise<ConnectionBlock> {
    const session = this.traces.session(trace);
    const text = query.filter?.trim() ?? '';
    if (text !== '') parseFilter(text);
    const { queries, ordered } = await this.pathQueries(session, options);
    if (text === '') return queries.connections(query, from, count, undefined);
    const { signal } = options;
    const bound = boundFilter(session, ordered, text);
    return this.traces.whileInUse(ordered, async () => {
      const diagnosis = bound.needsDiagnosis ? await this.sources.diagnose(session, ordered, { signal }) : undefined;
      const work = this.sources.filterWork(session, ordered, bound.plan, diagnosis, signal);
      const match: RowMatcher = (plan, rows) => {
        const params = { generation: ordered.id, plan, rows, order: ordered.order, found: work.found };
        return this.traces.pool.run('match', params, { signal });
      };
      const key = diagnosis ? `${text} diagnosed` : text;
      return queries.connections(query, from, count, { key, plan: bound.plan, match });
    });
  }

  /** Paths are made of the whole trace, once; what is said of them goes by the names and layouts of now. */
  private async pathQueries(
    session: TraceSession,
    options: RunOptions<PathProgress>,
  ): Promise<{ queries: PathQueries; ordered: OrderedTrace }> {
    const ordered = await untilAborted(session.orderedWhole(), options.signal);
    const data = await this.traces.whileInUse(ordered, () => this.paths.of(session, ordered, options));
    const source = this.sources.rows(session, ordered);
    const known = this.queries.get(ordered);
    const queries = known?.isFor(source) ? known : new PathQueries(session, data, source);
    this.queries.set(ordered, queries);
    return { queries, ordered };
  }
}
