import { fileName } from '../base/file-name.ts';
import { emptyVocabulary } from '../filter/vocabulary.ts';
import { filetimeOfInstant } from '../base/filetime.ts';
import { listedFields } from './analysis/field-columns.ts';
import { usualBounds, type AnalysisBounds } from './analysis/sort-view.ts';
import { placeOfRow, placeOfTime } from './analysis/view-places.ts';
import { Analyses } from './calls/analyses.ts';
import type { CallOptions } from './calls/call.ts';
import { Exports } from './calls/exports.ts';
import { Opening } from './calls/opening.ts';
import { Paths } from './calls/paths.ts';
import { RowReader } from './calls/rows.ts';
import { ViewMaker } from './calls/views.ts';
import type { Contract, EngineClient, KeptThings, Method, NoteBook, SchemaImportReport, TraceId } from './contract.ts';
import { buildDetail } from './detail-builder.ts';
import { badRequest } from './engine-errors.ts';
import { fileChanges } from './file-changes.ts';
import { filterVocabulary } from './filter-vocabulary.ts';
import { checkFilter, completeFilter, explainFilter } from './filtering.ts';
import { KeptSchemas } from './kept-schemas.ts';
import { KeptNames } from './names/kept-names.ts';
import { NameDesk, readNameFiles } from './names/name-desk.ts';
import { KeptNotes } from './notes/kept-notes.ts';
import { NoteDesk } from './notes/note-desk.ts';
import { OpenTraces } from './open-traces.ts';
import { memoryShelf } from './schema-shelf.ts';
import { untilAborted } from './shared-runs.ts';
import type { SystemLookup } from './system-schemas.ts';
import { diagnosisReport } from './trace-diagnoses.ts';
import { traceInfo } from './trace-info.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import { TraceSources } from './trace-sources.ts';
import type { TaskPool } from './worker-pool.ts';

type Handler<M extends Method> = (
  params: Contract[M]['params'],
  options: CallOptions<M>,
) => Contract[M]['result'] | Promise<Contract[M]['result']>;

/** What an engine works with besides its pool; without it, nothing is kept and nobody else is asked. */
export interface EngineOptions {
  readonly kept?: KeptSchemas;
  readonly keptNames?: KeptNames;
  readonly keptNotes?: KeptNotes;
  readonly system?: SystemLookup | undefined;
  /** Of sorting and grouping. */
  readonly analysisBounds?: AnalysisBounds;
}

/** The engine: opened traces, their views, and the calls of the contract. Heavy work goes to the pool. */
export class Engine implements EngineClient {
  private readonly traces: OpenTraces;
  private readonly sources: TraceSources;
  private readonly kept: KeptSchemas;
  private readonly desk: NameDesk;
  private readonly notes: NoteDesk;
  private readonly opening: Opening;
  private readonly viewMaker: ViewMaker;
  private readonly rowReader: RowReader;
  private readonly analyses: Analyses;
  private readonly exports: Exports;
  private readonly paths: Paths;

  constructor(pool: TaskPool, { kept, keptNames, keptNotes, system, analysisBounds }: EngineOptions = {}) {
    this.traces = new OpenTraces(pool);
    this.sources = new TraceSources(this.traces);
    this.kept = kept ?? new KeptSchemas([memoryShelf()]);
    this.desk = new NameDesk(keptNames ?? new KeptNames(memoryShelf()));
    this.notes = new NoteDesk(keptNotes ?? new KeptNotes(memoryShelf()));
    this.opening = new Opening(this.traces, { desk: this.desk, notes: this.notes, kept: this.kept, system });
    this.viewMaker = new ViewMaker(this.traces, this.sources, this.notes);
    this.rowReader = new RowReader(this.traces, this.sources, this.notes);
    this.analyses = new Analyses(this.traces, this.sources, analysisBounds ?? usualBounds);
    this.exports = new Exports(this.traces, this.sources, this.notes);
    this.paths = new Paths(this.traces, this.sources);
  }

  async call<M extends Method>(
    method: M,
    params: Contract[M]['params'],
    options: CallOptions<M> = {},
  ): Promise<Contract[M]['result']> {
    return (this.handlers[method] as Handler<M>)(params, options);
  }

  async close(): Promise<void> {
    this.traces.closeAll();
    await this.traces.pool.close();
  }

  private readonly handlers: { [M in Method]: Handler<M> } = {
    open: (params, options) => this.opening.open(params.files, options),
    close: ({ trace }) => {
      this.traces.closeTrace(trace);
      return null;
    },
    info: ({ trace }) => traceInfo(this.traces.session(trace)),
    view: (params, options) => this.viewMaker.make(params, options),
    diagnosis: async ({ trace }, options) => {
      const session = this.traces.session(trace);
      const ordered = await untilAborted(session.orderedWhole(), options.signal);
      await untilAborted(session.names.gathered(), options.signal);
      return diagnosisReport(await this.sources.diagnose(session, ordered, options), ordered.columns.segments);
    },
    closeView: ({ view }) => {
      this.traces.closeView(view);
      return null;
    },
    check: ({ trace, filter }) => {
      const session = trace === null ? undefined : this.traces.session(trace);
      return checkFilter(filter, session, session?.newest);
    },
    complete: ({ trace, filter, position }) => {
      const session = trace === null ? undefined : this.traces.session(trace);
      return completeFilter(filter, position, session, session?.newest);
    },
    explain: ({ trace, filter }) => {
      const session = trace === null ? undefined : this.traces.session(trace);
      return explainFilter(filter, session, session?.newest);
    },
    find: (params, { signal }) => this.viewMaker.find(params, signal),
    rows: (params) => this.rowReader.rows(params),
    detail: ({ view, row }) => {
      const { ordered, session } = this.traces.view(view);
      if (!ordered || row >= ordered.columns.events) throw badRequest(`The view has no row ${row}.`);
      return buildDetail(this.sources.rows(session, ordered), row);
    },
    text: (params) => this.rowReader.text(params),
    export: (params, options) => this.exports.export(params, options),
    shiftTime: async ({ trace, file, hundredNanoseconds }) => {
      const session = this.traces.session(trace);
      if (file >= session.inputs.length) throw badRequest(`The trace has no file number ${file}.`);
      await session.shift(file, hundredNanoseconds);
      return traceInfo(session);
    },
    schemas: () => this.kept.list(),
    importSchemas: ({ files }) => this.changeKept(() => this.kept.importFiles(files)),
    removeSchemas: ({ id }) =>
      this.changeKept(() => {
        this.kept.remove(id);
        return this.kept.list();
      }),
    harvestSchemas: ({ trace }) => this.changeKept(() => this.harvest(this.traces.session(trace))),
    connections: (params, options) => this.paths.connections(params, options),
    path: (params, options) => this.paths.path(params, options),
    names: ({ trace }, { signal }) => this.withNames(trace, signal, (...whole) => this.desk.list(...whole)),
    importNames: ({ trace, ...given }, { signal }) =>
      this.withNames(trace, signal, (...whole) => this.desk.import(...whole, given)),
    setName: ({ trace, ...given }, { signal }) =>
      this.withNames(trace, signal, (...whole) => this.desk.setName(...whole, given)),
    removeNames: ({ trace, source }, { signal }) =>
      this.withNames(trace, signal, (...whole) => this.desk.remove(...whole, source)),
    exportNames: ({ trace, target }, { signal }) =>
      this.withNames(trace, signal, (...whole) => this.desk.export(...whole, target)),
    kept: () => this.keptThings(),
    forgetKept: ({ what }) => {
      if (what === 'names') this.desk.forgetAll(this.traces.all);
      else this.notes.forgetAll();
      return this.keptThings();
    },
    readNames: ({ files }) => readNameFiles(files),
    changes: ({ trace }) => fileChanges(this.traces.session(trace).inputs),
    sort: (params, options) => this.analyses.sort(params, options),
    group: (params, options) => this.analyses.group(params, options),
    timeline: (params, options) => this.analyses.timeline(params, options),
    place: ({ view, row }) => placeOfRow(this.traces.view(view), row),
    placeOfTime: ({ view: id, time }) => {
      const view = this.traces.view(id);
      return view.ordered ? placeOfTime(view, view.ordered, filetimeOfInstant(time)) : null;
    },
    fields: ({ trace, text }) => {
      const session = this.traces.session(trace);
      const columns = session.newest?.columns;
      return listedFields(columns ? filterVocabulary(session, columns) : emptyVocabulary, columns, text);
    },
    notes: ({ trace }, { signal }) => this.withNotes(trace, signal),
    setNotes: ({ trace, ...given }, { signal }) =>
      this.withNotes(trace, signal, (...whole) => {
        this.notes.set(...whole, given);
      }),
    clearNotes: ({ trace }, { signal }) =>
      this.withNotes(trace, signal, (session) => {
        this.notes.clear(session);
      }),
  };

  private keptThings(): KeptThings {
    return { names: this.desk.keptTraces, notes: this.notes.keptFiles };
  }

  /** Names are of the whole trace. */
  private async withNames<Result>(
    trace: TraceId,
    signal: AbortSignal | undefined,
    use: (session: TraceSession, ordered: OrderedTrace) => Promise<Result>,
  ): Promise<Result> {
    const session = this.traces.session(trace);
    const ordered = await untilAborted(session.orderedWhole(), signal);
    return untilAborted(use(session, ordered), signal);
  }

  /** Notes are of the whole trace, and told as they are after the change. */
  private async withNotes(
    trace: TraceId,
    signal: AbortSignal | undefined,
    change?: (session: TraceSession, ordered: OrderedTrace) => void,
  ): Promise<NoteBook> {
    const session = this.traces.session(trace);
    const ordered = await untilAborted(session.orderedWhole(), signal);
    change?.(session, ordered);
    return untilAborted(this.notes.list(session, ordered, this.sources.rows(session, ordered)), signal);
  }

  /** Open traces know at once what has changed. */
  private changeKept<Result>(change: () => Result): Result {
    const result = change();
    for (const session of this.traces.all) session.schemas.askAgain();
    return result;
  }

  private harvest(session: TraceSession): SchemaImportReport {
    const trace = session.inputs.map((input) => fileName(input.path)).join(', ');
    return this.kept.harvest(trace, session.schemas.ownLayouts());
  }
}
