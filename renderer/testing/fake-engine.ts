/**
 * An engine without a trace: a few thousand made-up rows, so that the page can be seen and its logic tested without a
 * file. Its filters know only module names and `contains "text"`.
 */
import type {
  Completion,
  Completions,
  Contract,
  ContractError,
  EventDetail,
  ExportFormat,
  ExportOptions,
  ExportReport,
  FromEngine,
  Method,
  Row,
  SchemaEntry,
  SchemaImportReport,
  ToEngine,
  TraceInfo,
  Transport,
} from '../../core/engine/contract.ts';
import {
  createFakeNotes,
  fakeColumn,
  fakeFields,
  fakeGroups,
  fakePlace,
  fakePlaceOfTime,
  fakeSorted,
  fakeTimeline,
} from './fake-analysis.ts';
import { fakeDetail } from './fake-detail.ts';
import { chosenBy, diagnosedRow, fakeDiagnosis } from './fake-diagnosis.ts';
import { fakeInfo, unnamedProvider } from './fake-info.ts';
import { createFakeNames } from './fake-names.ts';
import { fakeHarvest, fakeImport } from './fake-layouts.ts';
import { fakeConnections, fakePath } from './fake-paths.ts';
import { fakeRow } from './fake-rows.ts';

export interface FakeEngineOptions {
  /** Events of every trace. */
  events: number;
  /** Steps in which a trace is read; each is one progress message. */
  steps: number;
  /** Milliseconds between two steps. 0: as fast as promises go. */
  pause: number;
  problems: TraceInfo['problems'];
  /** So many views are made before the engine has anything to show. */
  emptyViews: number;
  /** Steps in which a view is made; each is one progress message. */
  viewSteps: number;
}

/** What has been asked for, for tests. */
export interface FakeEngine {
  readonly transport: Transport;
  readonly requests: { method: Method; params: unknown }[];
  readonly openViews: ReadonlySet<number>;
  /** Tells every page something. */
  tell(heading: string, detail: string): void;
  /** Behaves as if the engine had died. */
  die(reason: string): void;
}

interface FakeView {
  trace: number;
  rows: number[];
}

class Refusal extends Error {
  readonly details: ContractError;
  constructor(details: ContractError) {
    super(details.message);
    this.details = details;
  }
}

const defaults: FakeEngineOptions = { events: 5000, steps: 4, pause: 0, problems: [], emptyViews: 0, viewSteps: 1 };

export function createFakeEngine(chosen: Partial<FakeEngineOptions> = {}): FakeEngine {
  const options = { ...defaults, ...chosen };
  const requests: FakeEngine['requests'] = [];
  const views = new Map<number, FakeView>();
  const openViews = new Set<number>();
  const read = new Map<number, number>();
  const files = new Map<number, string>();
  const cancelled = new Set<number>();
  const closeListeners: ((reason: string) => void)[] = [];
  let deliver: (message: FromEngine) => void = () => undefined;
  let lastNumber = 0;
  let { emptyViews } = options;
  const shifts = new Map<number, number>();
  /** Traces whose diagnosis is known. */
  const diagnosed = new Set<number>();
  let pathsMade = false;
  let layouts: SchemaEntry[] = [];
  const names = createFakeNames();
  const notes = createFakeNotes();

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, options.pause);
    });
  const stopIfCancelled = (id: number): void => {
    if (cancelled.has(id)) throw new Refusal({ name: 'Cancelled', message: 'Cancelled.' });
  };
  const info = (trace: number): TraceInfo =>
    fakeInfo({
      trace,
      file: files.get(trace) ?? '',
      events: read.get(trace) ?? 0,
      allEvents: options.events,
      problems: options.problems,
      shift: shifts.get(trace) ?? 0,
      layoutsOfUnnamed: layouts.some((entry) => entry.provider === unnamedProvider),
    });
  /** Paths are made once for all; what is asked for meanwhile makes its own. */
  const makePaths = async (id: number, total: number): Promise<void> => {
    for (let step = 1; step <= options.steps && !pathsMade; step++) {
      await pause();
      stopIfCancelled(id);
      const stage = step * 2 > options.steps ? 'linking' : 'sightings';
      deliver({ kind: 'progress', id, progress: { stage, done: Math.floor((total * step) / options.steps), total } });
    }
    pathsMade = true;
  };
  const viewOf = (view: number): FakeView => {
    const found = views.get(view);
    if (!found) throw new Refusal({ name: 'BadRequest', message: `There is no view ${view}.` });
    return found;
  };
  const keep = (report: SchemaImportReport): SchemaImportReport => {
    layouts = [...layouts.filter(({ id }) => report.added.every((entry) => entry.id !== id)), ...report.added];
    return report;
  };

  const methods: { [M in Method]: (id: number, params: Contract[M]['params']) => Promise<Contract[M]['result']> } = {
    async open(id, params) {
      const trace = ++lastNumber;
      const file = params.files.join(', ');
      files.set(trace, file);
      if (file.includes('broken')) {
        await pause();
        throw new Refusal({
          name: 'OpenError',
          message: `${file} is a ZIP archive, not an event trace. Unpack it first and open the .etl inside.`,
        });
      }
      for (let step = 1; step <= options.steps; step++) {
        await pause();
        stopIfCancelled(id);
        const events = Math.floor((options.events * step) / options.steps);
        read.set(trace, events);
        const bytesTotal = options.events * 100;
        const bytesRead = Math.floor((bytesTotal * step) / options.steps);
        const stage = step === options.steps ? 'ordering' : 'reading';
        deliver({ kind: 'progress', id, progress: { trace, bytesRead, bytesTotal, events, stage } });
      }
      await pause();
      stopIfCancelled(id);
      return info(trace);
    },
    close: () => Promise.resolve(null),
    info: (_id, { trace }) => Promise.resolve(info(trace)),
    async view(id, { trace, filter, choice }) {
      const events = emptyViews-- > 0 ? 0 : (read.get(trace) ?? 0);
      const accepts = filterOf(filter);
      const rows: number[] = [];
      const isChosen = chosenBy(choice ?? {});
      for (let row = 0; row < events; row++) {
        if (choice?.marked === true && !notes.of(fakeRow(row)).marked) continue;
        if (isChosen(row) && accepts(fakeRow(row))) rows.push(row);
      }
      const view = ++lastNumber;
      views.set(view, { trace, rows });
      openViews.add(view);
      for (let step = 1; step <= options.viewSteps; step++) {
        const part = step / options.viewSteps;
        const scanned = Math.floor(events * part);
        const known = rows.filter((row) => row < scanned).length;
        const progress = { scanned, total: events, view: known > 0 ? view : 0, rows: known };
        deliver({ kind: 'progress', id, progress });
        await (step < options.viewSteps ? pause() : Promise.resolve());
        if (!cancelled.has(id)) continue;
        views.delete(view);
        openViews.delete(view);
        stopIfCancelled(id);
      }
      return {
        view,
        rows: rows.length,
        available: events,
        complete: events === options.events,
        notes: notesOn(filter),
      };
    },
    async diagnosis(id, { trace }) {
      const total = read.get(trace) ?? 0;
      for (let step = 1; step <= options.steps && !diagnosed.has(trace); step++) {
        await pause();
        stopIfCancelled(id);
        const done = Math.floor((total * step) / options.steps);
        const stage = step * 2 > options.steps ? 'connections' : 'frames';
        deliver({ kind: 'progress', id, progress: { stage, done, total } });
      }
      if (files.get(trace)?.includes('undiagnosable')) {
        throw new Refusal({
          name: 'InternalError',
          message: 'The file changed while its packets were looked through.',
        });
      }
      diagnosed.add(trace);
      return files.get(trace)?.includes('healthy') ? { ...fakeDiagnosis(total), findings: [] } : fakeDiagnosis(total);
    },
    closeView(_id, { view }) {
      views.delete(view);
      openViews.delete(view);
      return Promise.resolve(null);
    },
    check(_id, { filter }) {
      try {
        filterOf(filter);
        return Promise.resolve({ problems: [], notes: notesOn(filter) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { message, start = 0, end = filter.length, suggestion } = error.details;
        const problem = { message, start, end, ...(suggestion !== undefined && { suggestion }) };
        return Promise.resolve({ problems: [problem], notes: [] });
      }
    },
    complete: (_id, { filter, position }) => Promise.resolve(fakeCompletions(filter, position)),
    explain(_id, { filter }) {
      filterOf(filter);
      const leaf = { text: filter, children: [] };
      const wireshark = filter.startsWith('#')
        ? { reason: 'Wireshark has no annotations.' }
        : { filter: filter.toLowerCase() };
      return Promise.resolve({ canonical: filter, tree: leaf, plan: leaf, notes: notesOn(filter), wireshark });
    },
    find(_id, { view, filter, from, direction }) {
      const rows = views.get(view)?.rows ?? [];
      const accepts = filterOf(filter.startsWith('"') ? `contains ${filter}` : filter);
      const step = direction === 'forward' ? 1 : -1;
      for (let distance = 0; distance < rows.length; distance++) {
        const place = from + distance * step;
        const position = ((place % rows.length) + rows.length) % rows.length;
        const row = rows[position];
        if (accepts(fakeRow(row))) return Promise.resolve({ position, row, wrapped: position !== place });
      }
      return Promise.resolve(null);
    },
    rows(_id, { view, from, count, colorRules, columns }) {
      const found = viewOf(view);
      const shift = shifts.get(found.trace) ?? 0;
      const build = diagnosed.has(found.trace) ? diagnosedRow : fakeRow;
      const rules = (colorRules ?? []).map((rule) => filterOf(rule));
      const rows = found.rows.slice(from, from + count).map((number) => {
        const row = build(number, shift);
        const told = columns && { columns: columns.map((column) => fakeColumn(column, row) ?? '') };
        return { ...row, ...notes.of(row), colorRule: rules.findIndex((accepts) => accepts(row)), ...told };
      });
      return Promise.resolve({ from, rows });
    },
    detail: (_id, { view, row }): Promise<EventDetail> =>
      Promise.resolve(fakeDetail(row, (diagnosed.has(views.get(view)?.trace ?? 0) ? diagnosedRow : fakeRow)(row))),
    text: (_id, { view, from, count }) => {
      const rows = views.get(view)?.rows.slice(from, from + count) ?? [];
      return Promise.resolve({ text: rows.map((row) => `${fakeRow(row).summary}\n`).join('') });
    },
    shiftTime(_id, { trace, hundredNanoseconds }) {
      shifts.set(trace, hundredNanoseconds);
      return Promise.resolve(info(trace));
    },
    schemas: () => Promise.resolve({ entries: layouts, problems: [] }),
    importSchemas: (_id, { files: manifests }) => Promise.resolve(keep(fakeImport(manifests))),
    removeSchemas(_id, { id }) {
      layouts = layouts.filter((entry) => entry.id !== id);
      return Promise.resolve({ entries: layouts, problems: [] });
    },
    harvestSchemas: (_id, { trace }) => Promise.resolve(keep(fakeHarvest(files.get(trace) ?? ''))),
    async connections(id, { trace, query, from, count }) {
      const accepts = filterOf(query.filter ?? '');
      const events = read.get(trace) ?? 0;
      await makePaths(id, events);
      return fakeConnections(events, query, (row) => accepts(fakeRow(row)), from, count);
    },
    async path(id, { trace, row }) {
      await makePaths(id, read.get(trace) ?? 0);
      return fakePath(row);
    },
    names: (_id, params) => Promise.resolve(names.names(params)),
    importNames: (_id, params) => Promise.resolve(names.importNames(params)),
    setName: (_id, params) => Promise.resolve(names.setName(params)),
    removeNames: (_id, params) => Promise.resolve(names.removeNames(params)),
    exportNames: (_id, params) => Promise.resolve(names.exportNames(params)),
    kept: () => Promise.resolve({ names: names.count(), notes: notes.list().notes.length > 0 ? 1 : 0 }),
    forgetKept(_id, { what }) {
      if (what === 'names') names.forgetAll();
      else notes.clear();
      return Promise.resolve({ names: names.count(), notes: notes.list().notes.length > 0 ? 1 : 0 });
    },
    readNames: (_id, params) => Promise.resolve(names.readNames(params)),
    changes: (_id, { trace }) => {
      const file = files.get(trace) ?? '';
      const size = options.events * 100 + 12_000_000;
      return Promise.resolve({ changes: file.includes('growing') ? [{ file, kind: 'grown', size }] : [] });
    },
    sort(_id, { view, order }) {
      const { trace, rows } = viewOf(view);
      if (fakeColumn(order.by, fakeRow(0)) === undefined)
        throw new Refusal({ name: 'ColumnError', message: `No message of this trace has a field "${order.by}".` });
      const sorted = ++lastNumber;
      views.set(sorted, { trace, rows: fakeSorted(rows, order) });
      openViews.add(sorted);
      const available = read.get(trace) ?? 0;
      const complete = available === options.events;
      return Promise.resolve({ view: sorted, rows: rows.length, available, complete, notes: [], order });
    },
    async group(id, { view, by, order, limit }) {
      const { rows } = viewOf(view);
      for (let step = 1; step <= options.steps; step++) {
        await pause();
        stopIfCancelled(id);
        const done = Math.floor((rows.length * step) / options.steps);
        deliver({ kind: 'progress', id, progress: { done, total: rows.length } });
      }
      const unknown = by.find((column) => fakeColumn(column, fakeRow(0)) === undefined);
      if (unknown !== undefined)
        throw new Refusal({ name: 'ColumnError', message: `No message of this trace has a field "${unknown}".` });
      return fakeGroups(rows, by, order, limit);
    },
    timeline: (_id, { trace, view, ...part }) =>
      Promise.resolve(fakeTimeline(read.get(trace) ?? 0, view === null ? [] : viewOf(view).rows, part)),
    place: (_id, { view, row }) =>
      Promise.resolve(
        fakePlace(
          viewOf(view).rows,
          (other) => other === row,
          (other) => other > row,
        ),
      ),
    placeOfTime: (_id, { view, time }) => Promise.resolve(fakePlaceOfTime(viewOf(view).rows, time)),
    fields: (_id, { text }) => Promise.resolve(fakeFields(text)),
    notes: () => Promise.resolve(notes.list()),
    setNotes: (_id, params) => Promise.resolve(notes.set(params)),
    clearNotes: () => Promise.resolve(notes.clear()),
    async export(id, { view, format, target, options: exportOptions }) {
      const rows = views.get(view)?.rows ?? [];
      for (let step = 1; step <= options.steps; step++) {
        await pause();
        stopIfCancelled(id);
        const rowsDone = Math.floor((rows.length * step) / options.steps);
        deliver({ kind: 'progress', id, progress: { rowsDone, rowsTotal: rows.length, bytesWritten: rowsDone * 90 } });
      }
      return fakeExport({ format, target, options: exportOptions ?? {}, rows });
    },
  };

  const answer = async (message: Extract<ToEngine, { kind: 'request' }>): Promise<void> => {
    const { id, method, params } = message;
    requests.push({ method, params });
    try {
      const run = methods[method] as (id: number, params: unknown) => Promise<Contract[Method]['result']>;
      deliver({ kind: 'reply', id, result: await run(id, params) });
    } catch (error) {
      const details = error instanceof Refusal ? error.details : { name: 'InternalError', message: String(error) };
      deliver({ kind: 'failure', id, error: details });
    }
  };

  return {
    requests,
    openViews,
    transport: {
      send(message) {
        if (message.kind === 'cancel') cancelled.add(message.id);
        else void answer(message);
      },
      onMessage(listener) {
        deliver = listener;
      },
      onClose(listener) {
        closeListeners.push(listener);
      },
    },
    tell(heading, detail) {
      deliver({ kind: 'notice', notice: { heading, detail } });
    },
    die(reason) {
      for (const listener of closeListeners) listener(reason);
    },
  };
}

interface FakeExport {
  format: ExportFormat;
  target: string;
  options: ExportOptions;
  rows: readonly number[];
}

/** What came of writing rows; packets are of two link types. */
function fakeExport({ format, target, options, rows }: FakeExport): ExportReport {
  const name = target.replace('target of ', '');
  if (format !== 'pcapng' && format !== 'pcap' && format !== 'cap') {
    const bytes = rows.length * 210;
    const files = [{ name, packets: 0, bytes }];
    return { packets: 0, interfaces: 0, events: rows.length, bytes, skippedRows: 0, files, notes: [] };
  }
  const packets = rows.filter((row) => !fakeRow(row).module.startsWith('Microsoft')).length;
  if (packets === 0) {
    throw new Refusal({
      name: 'ExportError',
      message: 'None of the rows on show holds a packet, so there is nothing to write.',
    });
  }
  const others = Math.floor(packets / 3);
  const counts: [string, number][] = options.splitByLinkType
    ? [
        [name.replace(/(\.\w+)$/, '.ethernet$1'), packets - others],
        [name.replace(/(\.\w+)$/, '.wifi$1'), others],
      ]
    : [[name, packets]];
  return {
    packets,
    interfaces: 3,
    events: options.events ? rows.length - packets : 0,
    bytes: packets * 98,
    skippedRows: options.events ? 0 : rows.length - packets,
    files: counts.map(([file, count]) => ({ name: file, packets: count, bytes: count * 98 })),
    notes: [
      'Two packets were cut at capture: their original length is kept.',
      ...(options.splitByLinkType
        ? []
        : ['The file mixes link types. For tools that refuse it, export one file for each link type.']),
    ],
  };
}

function notesOn(filter: string): string[] {
  return filter === 'SMB' ? ['SMB is not in this trace. Modules like it: none.'] : [];
}

/** The part of the filter's text in front of the cursor that is one word, completed by what the rows have. */
function fakeCompletions(filter: string, position: number): Completions {
  const word = /[\w.*#]*$/.exec(filter.slice(0, position))?.[0] ?? '';
  const items: Completion[] = [
    { text: 'TCP', kind: 'module', type: '', detail: 'TCP' },
    { text: 'TCP.Port', kind: 'field', type: 'UInt16', detail: 'TCP.Segment.Port' },
    { text: 'UDP', kind: 'module', type: '', detail: 'UDP' },
    { text: 'Microsoft_Windows_PktMon', kind: 'provider', type: '', detail: 'Microsoft_Windows_PktMon' },
    { text: '*Summary', kind: 'annotation', type: 'text', detail: 'Summary' },
  ];
  const wanted = items.filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()));
  return { from: position - word.length, to: position, items: wanted };
}

/** Filters joined as views of several are: `(TCP) && (contains "80")`. `before` and `after`: what stands around the text. */
function filterOf(text: string, before = '', after = ''): (row: Row) => boolean {
  if (text === '') return () => true;
  const joined = /^\((.*?)\) && (\(.*\))$/.exec(text);
  if (joined) {
    const [, first, rest] = joined;
    const parts = [
      filterOf(first, `${before}(`, `) && ${rest}${after}`),
      filterOf(rest, `${before}(${first}) && `, after),
    ];
    return (row) => parts.every((accepts) => accepts(row));
  }
  const single = /^\((.*)\)$/.exec(text);
  if (single) return filterOf(single[1], `${before}(`, `)${after}`);
  const negated = /^!\((.*)\)$/.exec(text);
  if (negated) {
    const accepts = filterOf(negated[1], `${before}!(`, `)${after}`);
    return (row) => !accepts(row);
  }
  const contained = /^\*?\w*\s*contains "(.*)"$/.exec(text);
  if (contained) return (row) => row.summary.toLowerCase().includes(contained[1].toLowerCase());
  if (text === 'Prt') {
    throw new Refusal({
      name: 'FilterError',
      message: '"Prt" is no module and no field that stands alone. Did you mean "*Port"?',
      start: before.length,
      end: before.length + 3,
      suggestion: `${before}*Port == 80${after}`,
    });
  }
  const module = text.split(/[. ]/)[0];
  return (row) => row.module === module;
}
