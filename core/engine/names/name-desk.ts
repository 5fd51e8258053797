import { fileName } from '../../base/file-name.ts';
import type { BookSource } from '../../names/name-source.ts';
import { nameKey, nameKeyText } from '../../names/name-key.ts';
import { NamesError, type NamedThing } from '../../names/named-thing.ts';
import { writeNameBook } from '../../names/reading/name-book-file.ts';
import { readNames } from '../../names/reading/read-names.ts';
import { badRequest } from '../engine-errors.ts';
import type { Contract, NameBook, NameImportReport, NameReading } from '../contract.ts';
import { traceFingerprint } from '../file-fingerprint.ts';
import { attemptWriting, FileSink } from '../file-sink.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import { booksBeside, importSource, readNamesFile, type KeptNames, type KeptTrace } from './kept-names.ts';
import { listNames, type NameListing } from './name-listing.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { companionOf, reportBeside, reportSources, type NetshReport } from './netsh-report.ts';
import type { TaskPool } from '../worker-pool.ts';
import { handSourceId } from './session-names.ts';
import { traceSourceId } from './trace-facts.ts';
import { traceNames, type TraceNames } from './trace-names.ts';

const mostImports = 64;

/** Takes names for traces, keeps them, and tells them: what the contract's calls about names do. */
export class NameDesk {
  private readonly kept: KeptNames;
  private readonly fingerprints = new WeakMap<TraceSession, string>();
  private readonly listings = new WeakMap<TraceNames, NameListing>();

  constructor(kept: KeptNames) {
    this.kept = kept;
  }

  /**
   * What was kept of a trace, and the book beside it, are there as soon as it is opened. `before`: the same files opened
   * before; when they have changed since, the names that they were given come along.
   */
  recall(session: TraceSession, before?: TraceSession): void {
    const kept = this.kept.read(this.fingerprint(session));
    const isKnown = kept.imports.length + kept.hand.length + kept.forgotten.length > 0;
    const { imports, hand, forgotten } = isKnown ? kept : (before?.names.state ?? kept);
    const books = booksBeside(session.inputs).filter(({ id }) => !forgotten.includes(id));
    session.names.use({ imports, hand, books, forgotten });
    if (!isKnown && imports.length + hand.length + forgotten.length > 0) this.keep(session);
  }

  /**
   * Takes names from the bundles that the trace lies in, and from the reports that netsh left beside its files. A report that
   * cannot be read costs itself only.
   */
  async readBeside(session: TraceSession, bundles: readonly Bundle[], pool: TaskPool): Promise<void> {
    const signal = session.ended;
    const paths = session.inputs.filter(({ format }) => format.name === 'etl').map(({ path }) => reportBeside(path));
    const beside = [...new Set(paths)].filter((path) => path !== undefined);
    const reports = await Promise.all(beside.map((path) => reportAt(path, pool, signal)));
    session.companions = [...bundles.map(({ companion }) => companion), ...reports.map(companionOf)];
    const { state } = session.names;
    const inBundles = bundles.flatMap(({ parts }) => parts.flatMap(({ source }) => source ?? []));
    const found = [...inBundles, ...reports.flatMap(reportSources)].filter(({ id }) => !state.forgotten.includes(id));
    if (found.length > 0) session.names.use({ ...state, books: [...state.books, ...found] });
  }

  /** `ordered` covers the whole trace. */
  async list(session: TraceSession, ordered: OrderedTrace): Promise<NameBook> {
    return (await this.listing(session, ordered)).book;
  }

  async import(
    session: TraceSession,
    ordered: OrderedTrace,
    { files, texts }: Omit<Contract['importNames']['params'], 'trace'>,
  ): Promise<NameImportReport> {
    const failures: NameImportReport['failures'] = [];
    const added: BookSource[] = [];
    const take = (title: string, isFile: boolean, read: () => ReturnType<typeof readNames>): void => {
      try {
        added.push(importSource(title, isFile, read(), this.kept.now()));
      } catch (error) {
        failures.push({ title, message: error instanceof Error ? error.message : String(error) });
      }
    };
    for (const file of files) take(fileName(file), true, () => readNamesFile(file));
    for (const { title, text } of texts) take(title, false, () => readNames(text, title));
    if (added.length > 0) {
      const ids = new Set(added.map(({ id }) => id));
      const before = session.names.state.imports.filter(({ id }) => !ids.has(id));
      this.change(session, { imports: [...added.toReversed(), ...before].slice(0, mostImports) });
    }
    const book = await this.list(session, ordered);
    const ids = new Set(added.map(({ id }) => id));
    return { book, added: book.sources.filter(({ id }) => ids.has(id)), failures };
  }

  async setName(
    session: TraceSession,
    ordered: OrderedTrace,
    { key, name }: Omit<Contract['setName']['params'], 'trace'>,
  ): Promise<NameBook> {
    const { listed } = await this.listing(session, ordered);
    const found = listed.get(key)?.thing;
    if (!found) throw badRequest(`The trace and its names have nothing that goes by the key "${key}".`);
    const text = (name ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
    const others = session.names.state.hand.filter(({ subject }) => subject !== key);
    const thing: NamedThing = { kind: found.kind, name: text, isCut: false, keys: found.keys, facts: [] };
    this.change(session, { hand: text === '' ? others : [...others, { subject: key, thing }] });
    return this.list(session, ordered);
  }

  async remove(session: TraceSession, ordered: OrderedTrace, source: string): Promise<NameBook> {
    const { imports, hand, books, forgotten } = session.names.state;
    const known = (await this.list(session, ordered)).sources.find(({ id }) => id === source);
    if (!known) throw badRequest(`There are no names from a source "${source}".`);
    if (source === traceSourceId)
      throw badRequest('What the trace says itself cannot be removed: give another name by hand.');
    this.change(session, {
      imports: imports.filter(({ id }) => id !== source),
      hand: source === handSourceId ? [] : hand,
      books: books.filter(({ id }) => id !== source),
      forgotten: known.kind === 'book' ? [...forgotten, source] : forgotten,
    });
    return this.list(session, ordered);
  }

  /** Of how many traces names are kept. */
  get keptTraces(): number {
    return this.kept.count();
  }

  /** Forgets what was kept of all traces, also of these, which are open. What stands beside a file is not ours to forget. */
  forgetAll(open: Iterable<TraceSession>): void {
    attemptKeeping(() => {
      this.kept.forgetAll();
    });
    for (const { names } of open) names.use({ ...names.state, imports: [], hand: [], forgotten: [] });
  }

  /** Everything that has a name, under the name in force. Throws ExportError. */
  async export(
    session: TraceSession,
    ordered: OrderedTrace,
    target: string,
  ): Promise<Contract['exportNames']['result']> {
    const { listed } = await this.listing(session, ordered);
    const { book } = traceNames(session, ordered.columns);
    const things = [...listed.values()].flatMap(({ thing: { kind, keys, facts } }): NamedThing[] => {
      const named = book.resolve(keys, kind);
      const shared = book.keysOf(keys, kind).filter((key) => nameKey(key.kind, key.value, key.label) !== undefined);
      if (!named || shared.length === 0) return [];
      const [{ name }] = named.candidates;
      return [{ kind, name, isCut: name.endsWith('…'), keys: shared, facts: book.factsOf(keys, kind, facts) }];
    });
    const distinct = [
      ...new Map(things.map((thing) => [`${thing.kind} ${nameKeyText(thing.keys[0])}`, thing])).values(),
    ];
    const bytes = new TextEncoder().encode(writeNameBook(distinct));
    writeWhole(target, bytes);
    return { file: fileName(target), names: distinct.length, bytes: bytes.length };
  }

  private async listing(session: TraceSession, ordered: OrderedTrace): Promise<NameListing> {
    await session.names.gathered();
    const names = traceNames(session, ordered.columns);
    const listing = this.listings.get(names) ?? listNames(names, ordered.columns.segments);
    this.listings.set(names, listing);
    return listing;
  }

  private change(session: TraceSession, changed: Partial<TraceSession['names']['state']>): void {
    const state = { ...session.names.state, ...changed };
    attemptKeeping(() => {
      this.write(session, state);
    });
    session.names.use(state);
  }

  /** What cannot be kept holds for as long as the trace is open. */
  private keep(session: TraceSession): void {
    try {
      this.write(session, session.names.state);
    } catch {
      // The person changed nothing now; the next change tells.
    }
  }

  private write(session: TraceSession, { imports, hand, forgotten }: KeptTrace): void {
    this.kept.write(this.fingerprint(session), { imports, hand, forgotten });
  }

  private fingerprint(session: TraceSession): string {
    const fingerprint = this.fingerprints.get(session) ?? traceFingerprint(session.inputs);
    this.fingerprints.set(session, fingerprint);
    return fingerprint;
  }
}

async function reportAt(path: string, pool: TaskPool, signal: AbortSignal): Promise<NetshReport> {
  try {
    return await pool.run('readReport', { path }, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return { file: fileName(path), parts: [], notes: [`It was not read: ${String(error)}`] };
  }
}

/** What files hold, without a trace. Throws a NamesError that names the file. */
export function readNameFiles(files: readonly string[]): NameReading[] {
  return files.map((file) => {
    try {
      const { contents, notes, things } = readNamesFile(file);
      const names = things.map(({ name, kind, isCut, keys }) => ({
        name: isCut && !name.endsWith('…') ? `${name}…` : name,
        kind,
        keys: keys.map(({ label, value }) => ({ label, value })),
      }));
      return { title: fileName(file), contents: [...contents], notes: [...notes], names };
    } catch (error) {
      if (!(error instanceof NamesError)) throw error;
      throw new NamesError(`${fileName(file)}: ${error.message}`);
    }
  });
}

function writeWhole(target: string, bytes: Uint8Array): void {
  const sink = new FileSink(target);
  try {
    sink.write(bytes);
    sink.complete();
    sink.publish();
  } catch (error) {
    sink.discard();
    throw error;
  }
}

/** Names that cannot be kept are refused: a person would miss them the next time. */
function attemptKeeping(work: () => void): void {
  attemptWriting('The list of kept names', work);
}
