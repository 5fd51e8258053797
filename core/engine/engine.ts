import { fileName } from '../base/file-name.ts';
import { filetimeOfInstant } from '../base/filetime.ts';
import { isOpenChoice, type PacketChoice } from '../diagnosis/choice.ts';
import type { BoundFilter } from '../filter/bind.ts';
import { addRow, hasRow } from '../filter/bitset.ts';
import type { TraceDiagnosis } from '../diagnosis/trace-diagnosis.ts';
import { parseFilter } from '../filter/language/parser.ts';
import type { FilterPlan } from '../filter/plan.ts';
import { MessageEvaluation } from '../filter/message-evaluation.ts';
import { emptyVocabulary } from '../filter/vocabulary.ts';
import { ExportError } from '../export/export-error.ts';
import { packetFormats } from '../export/packets/portion.ts';
import { textFormats } from '../export/text/text-formats.ts';
import { ViewRows } from '../trace/view-rows.ts';
import { columnPlan, knownColumnPlan, needsDiagnosis, type ColumnPlan } from './analysis/column-plan.ts';
import { textsOfRows, type ColumnSource } from './analysis/column-reader.ts';
import { listedFields } from './analysis/field-columns.ts';
import { groupedRows } from './analysis/group-view.ts';
import { countTimeline, timeParts } from './analysis/timeline.ts';
import { TraceTroubles } from './analysis/trace-troubles.ts';
import { placeOfRow, placeOfTime } from './analysis/view-places.ts';
import { sortedRows, usualBounds, type AnalysisBounds, type ViewAnalysis } from './analysis/sort-view.ts';
import { componentNames } from './component-names.ts';
import type {
  AnalysisProgress,
  ConnectionBlock,
  ColumnName,
  Contract,
  DiagnosisProgress,
  EngineClient,
  ExportReport,
  FoundRow,
  Grouping,
  KeptThings,
  Method,
  NoteBook,
  PacketFormat,
  PathProgress,
  SchemaImportReport,
  SortOrder,
  TextFormatName,
  Timeline,
  TraceId,
  TraceInfo,
  ViewId,
  ViewInfo,
} from './contract.ts';
import { EngineError } from './client.ts';
import { buildDetail, type DetailSource } from './detail-builder.ts';
import type { TextSource } from './event-text.ts';
import { filterVocabulary } from './filter-vocabulary.ts';
import {
  boundFilter,
  checkFilter,
  ColorRules,
  completeFilter,
  explainFilter,
  filterWork,
  Teaching,
} from './filtering.ts';
import { fileChanges } from './file-changes.ts';
import { KeptSchemas } from './kept-schemas.ts';
import { PathQueries, type RowMatcher } from './paths/path-queries.ts';
import { TracePaths } from './paths/trace-paths.ts';
import { MessageSource } from './message-source.ts';
import { KeptNames } from './names/kept-names.ts';
import { NameDesk, readNameFiles } from './names/name-desk.ts';
import { openBundle, type Bundle, type BundleProgress } from './bundle/bundle.ts';
import { traceMeantBy } from './names/netsh-report.ts';
import { traceNames } from './names/trace-names.ts';
import { KeptNotes } from './notes/kept-notes.ts';
import { NoteDesk } from './notes/note-desk.ts';
import { buildRow, type RowSource } from './row-builder.ts';
import { memoryShelf } from './schema-shelf.ts';
import type { SystemLookup } from './system-schemas.ts';
import type { ExportJob } from './export-job.ts';
import { exportPackets } from './packet-export.ts';
import { exportTable } from './table-export.ts';
import { exportText } from './text-export.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';
import { formattedRows, inFileOrder } from './text-rows.ts';
import { givenUp, type RunOptions } from './shared-runs.ts';
import { diagnosisReport, TraceDiagnoses } from './trace-diagnoses.ts';
import { traceInfo, undescribedProviders } from './trace-info.ts';
import { TraceSession, type OrderedTrace } from './trace-session.ts';
import { findInView, matchingRows, ViewBuilding, type FilterWork } from './view-building.ts';
import type { TaskPool } from './worker-pool.ts';

interface CallOptions<M extends Method> {
  onProgress?: (progress: Contract[M]['progress']) => void;
  signal?: AbortSignal;
}
type Handler<M extends Method> = (
  params: Contract[M]['params'],
  options: CallOptions<M>,
) => Contract[M]['result'] | Promise<Contract[M]['result']>;

interface View {
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
function shownRows({ rows, sorted }: View): ViewRows {
  return sorted ? new ViewRows([sorted]) : rows;
}

/** Segments that one task takes: small enough for cancelling, large enough to be worth a message. */
const segmentsPerChoice = 4;
const mostRowsPerCall = 1000;
/** A program is started for each; a trace has seldom more providers that nothing describes. */
const mostSystemLookups = 32;

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
  private readonly pool: TaskPool;
  private readonly sessions = new Map<TraceId, TraceSession>();
  private readonly views = new Map<ViewId, View>();
  private readonly uses = new Set<{ readonly ordered: OrderedTrace }>();
  private readonly kept: KeptSchemas;
  private readonly system: SystemLookup | undefined;
  private readonly diagnoses: TraceDiagnoses;
  private readonly paths: TracePaths;
  private readonly troubles: TraceTroubles;
  private readonly queries = new WeakMap<OrderedTrace, PathQueries>();
  private readonly teaching: Teaching;
  private readonly desk: NameDesk;
  private readonly notes: NoteDesk;
  private readonly evaluation = new MessageEvaluation();
  private readonly analysisBounds: AnalysisBounds;
  private readonly colors = new WeakMap<OrderedTrace, ColorRules>();
  private lastTrace = 0;
  private lastView = 0;

  constructor(pool: TaskPool, { kept, keptNames, keptNotes, system, analysisBounds }: EngineOptions = {}) {
    this.pool = pool;
    this.analysisBounds = analysisBounds ?? usualBounds;
    this.desk = new NameDesk(keptNames ?? new KeptNames(memoryShelf()));
    this.notes = new NoteDesk(keptNotes ?? new KeptNotes(memoryShelf()));
    this.kept = kept ?? new KeptSchemas([memoryShelf()]);
    this.system = system;
    this.diagnoses = new TraceDiagnoses(pool);
    this.paths = new TracePaths(pool);
    this.troubles = new TraceTroubles(pool, (ordered) => this.diagnoses.known(ordered)?.data.found);
    this.teaching = new Teaching(pool);
  }

  async call<M extends Method>(
    method: M,
    params: Contract[M]['params'],
    options: CallOptions<M> = {},
  ): Promise<Contract[M]['result']> {
    return (this.handlers[method] as Handler<M>)(params, options);
  }

  async close(): Promise<void> {
    for (const session of this.sessions.values()) session.close();
    this.sessions.clear();
    this.views.clear();
    await this.pool.close();
  }

  private readonly handlers: { [M in Method]: Handler<M> } = {
    open: (params, options) => this.open(params.files, options),
    close: ({ trace }) => {
      this.closeTrace(trace);
      return null;
    },
    info: ({ trace }) => traceInfo(this.session(trace)),
    view: (params, options) => this.makeView(params, options),
    diagnosis: async ({ trace }, options) => {
      const session = this.session(trace);
      const ordered = await untilAborted(session.orderedWhole(), options.signal);
      await untilAborted(session.names.gathered(), options.signal);
      return diagnosisReport(await this.diagnose(session, ordered, options), ordered.columns.segments);
    },
    closeView: ({ view }) => {
      const session = this.views.get(view)?.session;
      this.views.delete(view);
      session?.forgetAllBut(this.orderedInUse(session));
      return null;
    },
    check: ({ trace, filter }) => {
      const session = trace === null ? undefined : this.session(trace);
      return checkFilter(filter, session, session?.newest);
    },
    complete: ({ trace, filter, position }) => {
      const session = trace === null ? undefined : this.session(trace);
      return completeFilter(filter, position, session, session?.newest);
    },
    explain: ({ trace, filter }) => {
      const session = trace === null ? undefined : this.session(trace);
      return explainFilter(filter, session, session?.newest);
    },
    find: (params, { signal }) => this.find(params, signal),
    rows: ({ view, from, count, colorRules = [], columns }) =>
      this.rowsOf(this.view(view), from, Math.min(count, mostRowsPerCall), { colorRules, columns }),
    detail: ({ view, row }) => {
      const { ordered, session } = this.view(view);
      if (!ordered || row >= ordered.columns.events) throw badRequest(`The view has no row ${row}.`);
      return buildDetail(this.rowSource(session, ordered), row);
    },
    text: async ({ view: id, format, from, count }) => {
      const view = this.view(id);
      if (view.ordered?.complete) await view.session.names.gathered();
      return this.textOf(view, format, from, Math.min(count, mostRowsPerCall));
    },
    export: (params, options) => this.exportView(params, options),
    shiftTime: async ({ trace, file, hundredNanoseconds }) => {
      const session = this.session(trace);
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
    harvestSchemas: ({ trace }) => this.changeKept(() => this.harvest(this.session(trace))),
    connections: (params, options) => this.connections(params, options),
    path: async ({ trace, row }, options) => {
      const { queries, ordered } = await this.pathQueries(this.session(trace), options);
      if (row >= ordered.columns.events) throw badRequest(`The trace has no row ${row}.`);
      return queries.path(row);
    },
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
      if (what === 'names') this.desk.forgetAll(this.sessions.values());
      else this.notes.forgetAll();
      return this.keptThings();
    },
    readNames: ({ files }) => readNameFiles(files),
    changes: ({ trace }) => fileChanges(this.session(trace).inputs),
    sort: (params, options) => this.sort(params, options),
    group: (params, options) => this.group(params, options),
    timeline: (params, options) => this.timeline(params, options),
    place: ({ view, row }) => placeOfRow(this.view(view), row),
    placeOfTime: ({ view: id, time }) => {
      const view = this.view(id);
      return view.ordered ? placeOfTime(view, view.ordered, filetimeOfInstant(time)) : null;
    },
    fields: ({ trace, text }) => {
      const session = this.session(trace);
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
    const session = this.session(trace);
    const ordered = await untilAborted(session.orderedWhole(), signal);
    return untilAborted(use(session, ordered), signal);
  }

  /** Notes are of the whole trace, and told as they are after the change. */
  private async withNotes(
    trace: TraceId,
    signal: AbortSignal | undefined,
    change?: (session: TraceSession, ordered: OrderedTrace) => void,
  ): Promise<NoteBook> {
    const session = this.session(trace);
    const ordered = await untilAborted(session.orderedWhole(), signal);
    change?.(session, ordered);
    return untilAborted(this.notes.list(session, ordered, this.rowSource(session, ordered)), signal);
  }

  /** Open traces know at once what has changed. */
  private changeKept<Result>(change: () => Result): Result {
    const result = change();
    for (const session of this.sessions.values()) session.schemas.askAgain();
    return result;
  }

  private harvest(session: TraceSession): SchemaImportReport {
    const trace = session.inputs.map((input) => fileName(input.path)).join(', ');
    return this.kept.harvest(trace, session.schemas.ownLayouts());
  }

  private async open(files: readonly string[], { onProgress, signal }: CallOptions<'open'>): Promise<TraceInfo> {
    if (files.length === 0) throw badRequest('No file was named.');
    const trace = ++this.lastTrace;
    const meant = await this.meant(trace, tracesMeantBy(files), onProgress, signal);
    const { paths } = meant;
    const session = openSession(trace, meant, this.pool);
    const before = [...this.sessions.values()].findLast((other) => isOfSameFiles(other, paths));
    this.sessions.set(session.id, session);
    this.desk.recall(session, before);
    this.notes.recall(session, before);
    this.kept.refresh();
    for (const library of this.kept.libraries) session.schemas.addLibrary(library);
    for (const { providers } of meant.bundles.flatMap(({ parts }) => parts)) {
      for (const provider of providers) session.schemas.addProvider(provider);
    }
    const reports = this.desk.readBeside(session, meant.bundles, this.pool);
    reports.catch(() => undefined);
    try {
      await session.index((progress) => onProgress?.(progress), signal);
      await reports;
      this.gatherNames(session);
      await this.askSystem(session);
    } catch (error) {
      this.closeTrace(session.id);
      throw signal?.aborted ? cancelled() : error;
    }
    return traceInfo(session);
  }

  /** The traces of what was named, with the bundles that they lie in. */
  private async meant(
    trace: TraceId,
    files: readonly string[],
    onProgress: CallOptions<'open'>['onProgress'],
    signal: AbortSignal | undefined,
  ): Promise<MeantTraces> {
    const bundles: Bundle[] = [];
    const paths: string[] = [];
    const tell = ({ done, total }: BundleProgress): void => {
      onProgress?.({ trace, bytesRead: done, bytesTotal: total, events: 0, stage: 'unpacking' });
    };
    try {
      for (const file of files) {
        const bundle = await openBundle(file, this.pool, { signal, onProgress: tell });
        if (bundle) bundles.push(bundle);
        paths.push(...(bundle?.paths ?? [file]));
      }
      return { paths, bundles };
    } catch (error) {
      for (const bundle of bundles) bundle.close();
      throw signal?.aborted ? cancelled() : error;
    }
  }

  /** What names NICs and switches is looked for behind the back of whoever looks at the first rows. */
  private gatherNames(session: TraceSession): void {
    const { newest: ordered } = session;
    if (!ordered) return;
    const gathering = this.whileInUse(ordered, () => session.names.gather(this.pool, ordered, session.ended));
    gathering.catch(() => undefined);
  }

  /** Providers that nothing else describes may be registered on this computer. */
  private async askSystem(session: TraceSession): Promise<void> {
    const { system } = this;
    if (!system) return;
    const unknown = undescribedProviders(session).slice(0, mostSystemLookups);
    const found = await Promise.all(unknown.map(({ guid, name }) => system(guid, name)));
    for (const provider of found) if (provider) session.schemas.addProvider(provider);
  }

  private closeTrace(trace: TraceId): void {
    for (const [id, view] of this.views) if (view.session.id === trace) this.views.delete(id);
    this.sessions.get(trace)?.close();
    this.sessions.delete(trace);
  }

  private diagnose(
    session: TraceSession,
    ordered: OrderedTrace,
    options: RunOptions<DiagnosisProgress>,
  ): Promise<TraceDiagnosis> {
    return this.whileInUse(ordered, () => this.diagnoses.of(session, ordered, options));
  }

  /** Paths are made of the whole trace, once; what is said of them goes by the names and layouts of now. */
  private async pathQueries(
    session: TraceSession,
    options: RunOptions<PathProgress>,
  ): Promise<{ queries: PathQueries; ordered: OrderedTrace }> {
    const ordered = await untilAborted(session.orderedWhole(), options.signal);
    const data = await this.whileInUse(ordered, () => this.paths.of(session, ordered, options));
    const source = this.rowSource(session, ordered);
    const known = this.queries.get(ordered);
    const queries = known?.isFor(source) ? known : new PathQueries(session, data, source);
    this.queries.set(ordered, queries);
    return { queries, ordered };
  }

  private async connections(
    { trace, query, from, count }: Contract['connections']['params'],
    options: CallOptions<'connections'>,
  ): Promise<ConnectionBlock> {
    const session = this.session(trace);
    const text = query.filter?.trim() ?? '';
    if (text !== '') parseFilter(text);
    const { queries, ordered } = await this.pathQueries(session, options);
    if (text === '') return queries.connections(query, from, count, undefined);
    const { signal } = options;
    const bound = boundFilter(session, ordered, text);
    return this.whileInUse(ordered, async () => {
      const diagnosis = bound.needsDiagnosis ? await this.diagnose(session, ordered, { signal }) : undefined;
      const work = this.filterWork(session, ordered, bound.plan, diagnosis, signal);
      const match: RowMatcher = (plan, rows) => {
        const params = { generation: ordered.id, plan, rows, order: ordered.order, found: work.found };
        return this.pool.run('match', params, { signal });
      };
      const key = diagnosis ? `${text} diagnosed` : text;
      return queries.connections(query, from, count, { key, plan: bound.plan, match });
    });
  }

  private async makeView(
    { trace, filter, choice = {} }: Contract['view']['params'],
    { onProgress, signal }: CallOptions<'view'>,
  ): Promise<ViewInfo> {
    const session = this.session(trace);
    const text = filter.trim();
    // A text that is no filter is refused before anybody waits for the trace.
    if (text !== '') parseFilter(text);
    const { marked = false, ...packets } = choice;
    const chosen = isOpenChoice(packets) ? undefined : packets;
    const ready = await this.boundOn(session, text, chosen !== undefined || marked, signal);
    if (!ready) return this.addView(session, undefined, new ViewRows([], 0), text, []);
    const { ordered, bound } = ready;
    return this.whileInUse(ordered, async () => {
      const needsDiagnosis = bound.needsDiagnosis || chosen !== undefined;
      const diagnosis = needsDiagnosis ? await this.diagnose(session, ordered, { signal }) : undefined;
      if (text === '' && !chosen && !marked)
        return this.addView(session, ordered, new ViewRows([], ordered.columns.events), text, []);
      const work = this.filterWork(session, ordered, bound.plan, diagnosis, signal);
      if (marked) return this.markedView(session, work, { text, notes: [...bound.notes], chosen, diagnosis });
      return this.fillView(
        session,
        work,
        { text, notes: [...bound.notes], onProgress },
        chosen && diagnosis && ((bits) => this.choose(ordered, chosen, diagnosis, bits, signal)),
      );
    });
  }

  /** Few rows are marked: they alone are looked at, instead of the whole trace. */
  private async markedView(
    session: TraceSession,
    work: FilterWork,
    {
      text,
      notes,
      chosen,
      diagnosis,
    }: { text: string; notes: string[]; chosen: PacketChoice | undefined; diagnosis: TraceDiagnosis | undefined },
  ): Promise<ViewInfo> {
    const { ordered, signal } = work;
    const marked = this.notes.markedRows(session, ordered);
    const wanted = chosen && diagnosis ? await this.chosenOf(ordered, marked, chosen, diagnosis, signal) : marked;
    const rows = text === '' ? wanted : await matchingRows(work, wanted);
    return this.addView(session, ordered, new ViewRows(rows.length === 0 ? [] : [rows]), text, notes);
  }

  /** Those of some rows that a choice keeps. */
  private async chosenOf(
    ordered: OrderedTrace,
    rows: Uint32Array,
    choice: PacketChoice,
    diagnosis: TraceDiagnosis,
    signal: AbortSignal | undefined,
  ): Promise<Uint32Array> {
    const bits = new Uint32Array(new SharedArrayBuffer(ordered.columns.span / 8));
    for (const row of rows) addRow(bits, ordered.order[row]);
    await this.choose(ordered, choice, diagnosis, bits, signal);
    return rows.filter((row) => hasRow(bits, ordered.order[row]));
  }

  /** The filter on what has been read; on the whole trace where it, or somebody else, wants that. Undefined: nothing yet. */
  private async boundOn(
    session: TraceSession,
    text: string,
    wantsWhole: boolean,
    signal: AbortSignal | undefined,
  ): Promise<{ ordered: OrderedTrace; bound: BoundFilter } | undefined> {
    const ordered = await (wantsWhole ? untilAborted(session.orderedWhole(), signal) : session.ordered());
    if (!ordered) return undefined;
    if (ordered.complete && text !== '') await untilAborted(session.names.gathered(), signal);
    const bound = boundFilter(session, ordered, text);
    if (ordered.complete || !bound.needsDiagnosis) return { ordered, bound };
    return this.boundOn(session, text, true, signal);
  }

  /** A view that can be used, and grows, while the workers fill it. When that fails or is given up, it is gone. */
  private async fillView(
    session: TraceSession,
    work: FilterWork,
    { text, notes, onProgress }: { text: string; notes: string[]; onProgress: CallOptions<'view'>['onProgress'] },
    keep: ((bits: Uint32Array) => Promise<void>) | undefined,
  ): Promise<ViewInfo> {
    const { ordered } = work;
    const total = ordered.columns.events;
    let info = this.addView(session, ordered, new ViewRows([], 0), text, notes);
    let scanned = 0;
    const pieces: Uint32Array[] = [];
    const tell = (): void => {
      onProgress?.({ scanned, total, view: info.rows > 0 ? info.view : 0, rows: info.rows });
    };
    const building = new ViewBuilding(
      work,
      (rows) => {
        pieces.push(rows);
        const grown = new ViewRows([...pieces]);
        this.views.set(info.view, { session, ordered, rows: grown, filter: text });
        info = { ...info, rows: grown.length };
        tell();
      },
      (events) => {
        scanned = events;
        tell();
      },
    );
    try {
      await building.build(keep);
      return info;
    } catch (error) {
      this.views.delete(info.view);
      throw error;
    }
  }

  /** Teaches the workers what the plan takes. */
  private filterWork(
    session: TraceSession,
    ordered: OrderedTrace,
    plan: FilterPlan,
    diagnosis: TraceDiagnosis | undefined,
    signal: AbortSignal | undefined,
  ): FilterWork {
    const work = filterWork(this.pool, ordered, plan, diagnosis, signal);
    if (work.needs.messages === 'decode') {
      this.teaching.teach(session, ordered, this.diagnoses.known(ordered), () => this.knowledge(session, ordered));
    }
    return work;
  }

  private async choose(
    { columns, id: generation }: OrderedTrace,
    choice: PacketChoice,
    { data: { found } }: TraceDiagnosis,
    bits: Uint32Array,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await Promise.all(
      portions(columns.segments.length, segmentsPerChoice).map(async ({ from, to }) =>
        this.pool.run('choose', { generation, choice, found, from, to, bits }, { signal, urgent: true }),
      ),
    );
  }

  /** Of what has been read so far, or of what the view was made of; without a view, all rows are shown. */
  private async timeline(
    { trace, view: id, ...asked }: Contract['timeline']['params'],
    options: CallOptions<'timeline'>,
  ): Promise<Timeline> {
    const session = this.session(trace);
    const view = id === null ? undefined : this.view(id);
    if (view && view.session !== session) throw badRequest(`The view ${id} is of another trace than ${trace}.`);
    const ordered = view?.ordered ?? (await untilAborted(session.ordered(), options.signal));
    const parts = timeParts(ordered, session.startTime, asked);
    if (parts.to < parts.from) throw badRequest('The time that was asked for ends before it begins.');
    if (!ordered) return countTimeline(parts, undefined, new ViewRows([], 0), undefined);
    const rows = view?.rows ?? new ViewRows([], ordered.columns.events);
    const troubles = await this.whileInUse(ordered, () => this.troubles.of(session, ordered, options));
    return countTimeline(parts, ordered, rows, troubles);
  }

  private async find(
    { view: id, filter, from, direction }: Contract['find']['params'],
    signal: AbortSignal | undefined,
  ): Promise<FoundRow | null> {
    const view = this.view(id);
    const { session, ordered } = view;
    const rows = shownRows(view);
    if (!ordered || rows.length === 0) return null;
    const bound = boundFilter(session, ordered, searchFilter(filter));
    return this.whileInUse(ordered, async () => {
      const diagnosis = bound.needsDiagnosis ? await this.diagnose(session, ordered, { signal }) : undefined;
      const work = this.filterWork(session, ordered, bound.plan, diagnosis, signal);
      const start = Math.min(from, direction === 'forward' ? rows.length : rows.length - 1);
      const ahead = direction === 'forward' ? { from: start, to: rows.length } : { from: 0, to: start + 1 };
      const behind = direction === 'forward' ? { from: 0, to: start } : { from: start + 1, to: rows.length };
      const near = await findInView(work, rows, { ...ahead, direction });
      if (near >= 0) return { position: near, row: rows.rowAt(near), wrapped: false };
      const far = await findInView(work, rows, { ...behind, direction });
      return far < 0 ? null : { position: far, row: rows.rowAt(far), wrapped: true };
    });
  }

  private addView(
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

  private orderedInUse(session: TraceSession): Set<OrderedTrace | undefined> {
    const views = [...this.views.values()].filter((view) => view.session === session);
    return new Set([...views.map((view) => view.ordered), ...[...this.uses].map((use) => use.ordered)]);
  }

  /** Keeps an ordered state known to the workers while they work on it. */
  private async whileInUse<Result>(ordered: OrderedTrace, work: () => Promise<Result>): Promise<Result> {
    const use = { ordered };
    this.uses.add(use);
    try {
      return await work();
    } finally {
      this.uses.delete(use);
    }
  }

  private rowSource(session: TraceSession, ordered: OrderedTrace): DetailSource {
    const { columns, order } = ordered;
    const { reader, schemas } = session;
    const names = traceNames(session, columns);
    const diagnosis = this.diagnoses.known(ordered);
    return { columns, order, reader, decoder: schemas.decoder, diagnosis, switchNames: names.switchNames, names };
  }

  private rowsOf(
    view: View,
    from: number,
    count: number,
    { colorRules, columns }: { colorRules: readonly string[]; columns: readonly ColumnName[] | undefined },
  ): Contract['rows']['result'] {
    const { ordered, session } = view;
    if (!ordered || from >= view.rows.length) return { from, rows: [] };
    const length = Math.min(count, view.rows.length - from);
    const source = this.rowSource(session, ordered);
    const numbers = shownRows(view).slice(from, from + length);
    const colors =
      colorRules.length === 0 ? noColors : this.colorRules(session, ordered, source).colors(colorRules, numbers);
    const noted = this.notes.notesOf(session, ordered.columns);
    const built = new Map(
      Array.from(inFileOrder(ordered.order, numbers), (row) => [
        row,
        { ...buildRow(source, row), colorRule: colors.get(row) ?? -1, ...noted?.(ordered.order[row]) },
      ]),
    );
    const texts = columns && this.columnTexts(session, ordered, columns, numbers);
    return {
      from,
      rows: Array.from(numbers, (number, place) => {
        const row = built.get(number);
        return row && texts ? { ...row, columns: texts[place] } : row;
      }).filter((row) => row !== undefined),
    };
  }

  /** Of each row the texts of columns; those that are not known are empty. */
  private columnTexts(
    session: TraceSession,
    ordered: OrderedTrace,
    names: readonly ColumnName[],
    rows: Uint32Array,
  ): string[][] {
    const vocabulary = filterVocabulary(session, ordered.columns);
    const source = this.columnSource(session, ordered);
    const plans = names.map((name) => knownColumnPlan(name, vocabulary));
    return textsOfRows(plans, source, rows);
  }

  private columnSource(session: TraceSession, ordered: OrderedTrace): ColumnSource {
    const source = this.textSource(session, ordered);
    return { ...source, messages: new MessageSource(source, this.evaluation, true) };
  }

  private async sort({ view: id, order }: Contract['sort']['params'], options: CallOptions<'sort'>): Promise<ViewInfo> {
    const { session, ordered, rows, filter } = this.view(id);
    if (!ordered) return this.addView(session, undefined, rows, filter, [], { order });
    return this.whileInUse(ordered, async () => {
      const { analysis, plans } = await this.analysisOf(session, ordered, rows, [order.by], options);
      const sorted = await sortedRows(analysis, plans[0], order.descending);
      // Who closed the trace meanwhile has no use for another view of it.
      this.session(session.id);
      return this.addView(session, ordered, rows, filter, [], { order, sorted });
    });
  }

  private async group(
    { view: id, by, order, limit }: Contract['group']['params'],
    options: CallOptions<'group'>,
  ): Promise<Grouping> {
    const { session, ordered, rows } = this.view(id);
    if (!ordered) return emptyGrouping;
    return this.whileInUse(ordered, async () => {
      const { analysis, plans } = await this.analysisOf(session, ordered, rows, by, options);
      const source = this.columnSource(session, ordered);
      const vocabulary = filterVocabulary(session, ordered.columns);
      return groupedRows(analysis, { by: plans, order, limit, source, vocabulary });
    });
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
    if (ordered.complete && plans.some(needsDiagnosis)) await this.diagnose(session, ordered, { signal });
    this.teaching.teach(session, ordered, this.diagnoses.known(ordered), () => this.knowledge(session, ordered));
    const analysis: ViewAnalysis = {
      pool: this.pool,
      ordered,
      view,
      signal,
      onProgress: (progress) => onProgress?.(progress),
      bounds: this.analysisBounds,
    };
    return { analysis, plans };
  }

  private colorRules(session: TraceSession, ordered: OrderedTrace, source: RowSource): ColorRules {
    const known = this.colors.get(ordered);
    if (known?.isFor(source)) return known;
    const rules = new ColorRules(source, () => filterVocabulary(session, ordered.columns));
    this.colors.set(ordered, rules);
    return rules;
  }

  private textOf(view: View, format: TextFormatName, from: number, count: number): Contract['text']['result'] {
    const { ordered, session } = view;
    const rows = shownRows(view);
    const { header, footer } = textFormats[format];
    const to = Math.min(from + count, rows.length);
    const lines =
      ordered && from < to ? formattedRows(this.textSource(session, ordered), rows.slice(from, to), format) : '';
    return { text: `${from === 0 ? header : ''}${lines}${to >= rows.length ? footer : ''}` };
  }

  private async exportView(
    { view: id, format, target, options: exportOptions = {} }: Contract['export']['params'],
    { onProgress, signal }: CallOptions<'export'>,
  ): Promise<ExportReport> {
    const view = this.view(id);
    const { ordered, session, rows } = view;
    if (rows.length === 0 || !ordered) throw new ExportError(whyNothingToExport(view));
    if (ordered.complete) await untilAborted(session.names.gathered(), signal);
    const job: ExportJob = {
      pool: this.pool,
      ordered,
      view: rows,
      target,
      signal,
      onProgress: (progress) => onProgress?.(progress),
    };
    return this.whileInUse(ordered, () => {
      if (format === 'parquet') {
        const inputs = session.inputs.map((input) => fileName(input.path));
        return exportTable({ ...job, knowledge: this.knowledge(session, ordered), inputs });
      }
      if (!isPacketFormat(format)) {
        return exportText({ ...job, view: shownRows(view), knowledge: this.knowledge(session, ordered), format });
      }
      return exportPackets({
        ...job,
        format,
        options: exportOptions,
        components: componentNames(session, ordered.columns).descriptions,
        operatingSystem: session.inputs[0].header.operatingSystem,
        knowledge: () => this.knowledge(session, ordered),
        remarks: ordered.complete ? this.notes.comments(session, ordered) : noRemarks,
      });
    });
  }

  private knowledge(session: TraceSession, ordered: OrderedTrace): DecodingKnowledge {
    const { names } = componentNames(session, ordered.columns);
    return {
      ...session.schemas.knowledge(ordered.columns.segments),
      componentNames: names,
      switchNames: traceNames(session, ordered.columns).switchNames,
      diagnosis: this.diagnoses.known(ordered)?.data,
    };
  }

  private textSource(session: TraceSession, ordered: OrderedTrace): TextSource {
    return { ...this.rowSource(session, ordered), componentNames: componentNames(session, ordered.columns).names };
  }

  private session(trace: TraceId): TraceSession {
    const session = this.sessions.get(trace);
    if (!session) throw badRequest(`No trace ${trace} is open.`);
    return session;
  }

  private view(id: ViewId): View {
    const view = this.views.get(id);
    if (!view) throw badRequest(`There is no view ${id}; its trace may have been closed.`);
    return view;
  }
}

interface MeantTraces {
  readonly paths: readonly string[];
  readonly bundles: readonly Bundle[];
}

/** A trace that gives back what its bundles took when it is closed. */
function openSession(trace: TraceId, { paths, bundles }: MeantTraces, pool: TaskPool): TraceSession {
  const giveBack = (): void => {
    for (const bundle of bundles) bundle.close();
  };
  try {
    const session = TraceSession.open(trace, paths, pool);
    session.ended.addEventListener('abort', giveBack, { once: true });
    return session;
  } catch (error) {
    giveBack();
    throw error;
  }
}

function isOfSameFiles({ inputs }: TraceSession, files: readonly string[]): boolean {
  return inputs.length === files.length && inputs.every(({ path }, index) => path === files[index]);
}

/** The traces of some files: a report and its trace, named together, are one; a trace that is named twice is read twice. */
function tracesMeantBy(files: readonly string[]): string[] {
  const traces = files.map(traceMeantBy);
  return traces.filter((trace, place) => {
    const isReport = trace !== files[place];
    return !isReport || (!files.includes(trace) && traces.indexOf(trace) === place);
  });
}

/** Waits for something that does not heed the signal itself. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  const gaveUp = givenUp(signal);
  try {
    return await Promise.race([work, gaveUp.promise]);
  } finally {
    gaveUp.forget();
  }
}

function isPacketFormat(format: string): format is PacketFormat {
  return Object.hasOwn(packetFormats, format);
}

function whyNothingToExport({ filter, ordered }: View): string {
  if (filter === '' && ordered && ordered.columns.events > 0)
    return 'Nothing to export: the view has no rows. No file was written.';
  return filter === ''
    ? 'Nothing to export: the trace has no events yet. No file was written.'
    : `Nothing to export: the filter "${filter}" lets no row through. No file was written.`;
}

const noRemarks: ReadonlyMap<number, string> = new Map();
const emptyGrouping: Grouping = { groups: [], total: 0, otherRows: 0, rowsWithout: 0, rows: 0, notes: [] };

const noColors: ReadonlyMap<number, number> = new Map();

/** What the find bar takes: a filter, or one quoted text, which is looked for in what is shown and in the bytes. */
function searchFilter(text: string): string {
  const { expression } = parseFilter(text);
  const isText = expression?.kind === 'literal' && expression.value.type === 'text';
  return isText ? `*Summary contains ${text} or contains ${text}` : text;
}

function portions(total: number, size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    from: index * size,
    to: Math.min((index + 1) * size, total),
  }));
}

function badRequest(message: string): EngineError {
  return new EngineError({ name: 'BadRequest', message });
}

function cancelled(): EngineError {
  return new EngineError({ name: 'Cancelled', message: 'Cancelled.' });
}
