import type { TraceId, TraceInfo } from '../contract.ts';
import { openBundle, type Bundle, type BundleProgress } from '../bundle/bundle.ts';
import { badRequest, cancelled } from '../engine-errors.ts';
import type { KeptSchemas } from '../kept-schemas.ts';
import type { NameDesk } from '../names/name-desk.ts';
import { traceMeantBy } from '../names/netsh-report.ts';
import type { NoteDesk } from '../notes/note-desk.ts';
import type { OpenTraces } from '../open-traces.ts';
import type { SystemLookup } from '../system-schemas.ts';
import { traceInfo, undescribedProviders } from '../trace-info.ts';
import { TraceSession } from '../trace-session.ts';
import type { TaskPool } from '../worker-pool.ts';
import type { CallOptions } from './call.ts';

/** A program is started for each; a trace has seldom more providers that nothing describes. */
const mostSystemLookups = 32;

/** Opens traces, with what lies beside them and what is kept of them. */
export class Opening {
  private readonly traces: OpenTraces;
  private readonly desk: NameDesk;
  private readonly notes: NoteDesk;
  private readonly kept: KeptSchemas;
  private readonly system: SystemLookup | undefined;

  constructor(
    traces: OpenTraces,
    {
      desk,
      notes,
      kept,
      system,
    }: { desk: NameDesk; notes: NoteDesk; kept: KeptSchemas; system: SystemLookup | undefined },
  ) {
    this.traces = traces;
    this.desk = desk;
    this.notes = notes;
    this.kept = kept;
    this.system = system;
  }

  async open(files: readonly string[], { onProgress, signal }: CallOptions<'open'>): Promise<TraceInfo> {
    if (files.length === 0) throw badRequest('No file was named.');
    const trace = this.traces.newId();
    const meant = await this.meant(trace, tracesMeantBy(files), onProgress, signal);
    const { paths } = meant;
    const session = openSession(trace, meant, this.traces.pool);
    const before = this.traces.all.findLast((other) => isOfSameFiles(other, paths));
    this.traces.add(session);
    this.desk.recall(session, before);
    this.notes.recall(session, before);
    this.kept.refresh();
    for (const library of this.kept.libraries) session.schemas.addLibrary(library);
    for (const { providers } of meant.bundles.flatMap(({ parts }) => parts)) {
      for (const provider of providers) session.schemas.addProvider(provider);
    }
    const reports = this.desk.readBeside(session, meant.bundles, this.traces.pool);
    reports.catch(() => undefined);
    try {
      await session.index((progress) => onProgress?.(progress), signal);
      await reports;
      this.gatherNames(session);
      await this.askSystem(session);
    } catch (error) {
      this.traces.closeTrace(session.id);
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
        const bundle = await openBundle(file, this.traces.pool, { signal, onProgress: tell });
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
    const gathering = this.traces.whileInUse(ordered, () =>
      session.names.gather(this.traces.pool, ordered, session.ended),
    );
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
