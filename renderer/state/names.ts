/** The names of a trace: asking for its name book, importing, naming by hand, forgetting, writing; and reading anew. */
import type { NameBook } from '../../core/engine/contract.ts';
import type { HostFile } from '../../core/engine/host.ts';
import { callEngine, contractError, isCancellation, track, updateTrace, type Context } from './context.ts';
import { readAnew } from './layouts.ts';
import { sessionOf, sessionsOn, type NamesOutcome, type NamesState, type Session, type SessionKey } from './model.ts';

/** What a person gave: files that the host knows, and texts from the clipboard. */
export interface GivenNames {
  files: readonly HostFile[];
  texts: readonly { title: string; text: string }[];
}

/** Asks for the name book of a trace that has been read. */
export async function askForNames(context: Context, key: SessionKey): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined || sessionOf(context.store.getState(), key)?.stage !== 'ready') return;
  try {
    update(context, key, { book: await callEngine(context, 'names', { trace }), outcome: undefined });
  } catch (error) {
    if (!isCancellation(error)) update(context, key, { outcome: { kind: 'failed', error: contractError(error) } });
  }
}

/** Imports into a trace, once it has been read, and shows on its names page what came of it. */
export async function importNames(context: Context, key: SessionKey, { files, texts }: GivenNames): Promise<void> {
  if (files.length + texts.length === 0) return;
  const session = await whenRead(context, key);
  if (session?.trace === undefined) return;
  const { trace } = session;
  context.store.setState(({ sessions }) => ({
    sessions: sessions.map((other) => (other.key === key ? { ...other, showing: 'names' as const } : other)),
  }));
  await change(context, key, async () => {
    const { book, added, failures } = await callEngine(context, 'importNames', {
      trace,
      files: files.map(({ token }) => token),
      texts: [...texts],
    });
    return { book, outcome: { kind: 'imported', added, failures } };
  });
}

/** Gives a subject a name by hand; null takes it back. */
export async function setName(context: Context, key: SessionKey, subject: string, name: string | null): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined) return;
  await change(context, key, async () => ({
    book: await callEngine(context, 'setName', { trace, key: subject, name }),
    outcome: undefined,
  }));
}

/** Forgets what came from a source. */
export async function removeNames(context: Context, key: SessionKey, source: string): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined) return;
  const book = sessionOf(context.store.getState(), key)?.names.book;
  const title = book?.sources.find(({ id }) => id === source)?.title ?? source;
  await change(context, key, async () => ({
    book: await callEngine(context, 'removeNames', { trace, source }),
    outcome: { kind: 'removed', title },
  }));
}

/** Asks where to, and writes the names there as JSON. */
export async function exportNames(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace === undefined) return;
  const { trace } = session;
  try {
    const target = await track(context, context.host.chooseExportTarget(namesFileName(session)));
    if (target === undefined) return;
    const { names } = await callEngine(context, 'exportNames', { trace, target: target.target });
    const words = await track(context, context.host.finishExport(target.target));
    update(context, key, { outcome: { kind: 'exported', names, words } });
  } catch (error) {
    if (!isCancellation(error)) update(context, key, { outcome: { kind: 'failed', error: contractError(error) } });
  }
}

export function dismissNamesOutcome(context: Context, key: SessionKey): void {
  update(context, key, { outcome: undefined });
}

/** `host.etl` becomes `host.names.json`, which is found again beside its trace. */
export function namesFileName({ files }: Pick<Session, 'files'>): string {
  const first = files.at(0)?.name ?? '';
  return `${first.replace(/\.[^.]{1,6}$/, '') || 'trace'}.names.json`;
}

/** Does what changes the book, tells the outcome, and reads anew everything that shows names. */
async function change(
  context: Context,
  key: SessionKey,
  work: () => Promise<{ book: NameBook; outcome: NamesOutcome | undefined }>,
): Promise<void> {
  update(context, key, { busy: true, outcome: undefined });
  try {
    update(context, key, { ...(await work()), busy: false });
  } catch (error) {
    update(context, key, { busy: false, outcome: { kind: 'failed', error: contractError(error) } });
    return;
  }
  await readNamed(context, key);
}

/** Asks for the names of a trace again, after all were forgotten, and shows them everywhere. */
export async function renewNames(context: Context, key: SessionKey): Promise<void> {
  await askForNames(context, key);
  await readNamed(context, key);
}

/** Reads anew everything that shows names. */
async function readNamed(context: Context, key: SessionKey): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined) return;
  await Promise.all([readAnew(context, sessionsOn(context.store.getState(), trace)), renewDiagnosis(context, key)]);
}

/** A diagnosis that is known names the components where packets were seen. */
async function renewDiagnosis(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace === undefined || session.diagnosis.kind !== 'known') return;
  const report = await callEngine(context, 'diagnosis', { trace: session.trace }).catch(() => undefined);
  if (report) updateTrace(context, session.trace, { diagnosis: { kind: 'known', report } });
}

/** The session once its trace has been read; undefined when it is closed or cannot be opened. */
function whenRead(context: Context, key: SessionKey): Promise<Session | undefined> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const session = sessionOf(context.store.getState(), key);
      if (session && session.stage !== 'ready' && session.stage !== 'failed') return false;
      resolve(session?.stage === 'ready' ? session : undefined);
      return true;
    };
    if (look()) return;
    const stop = context.store.subscribe(() => {
      if (look()) stop();
    });
  });
}

function traceOf(context: Context, key: SessionKey): number | undefined {
  return sessionOf(context.store.getState(), key)?.trace;
}

/** All views of a trace have its names. */
function update(context: Context, key: SessionKey, change: Partial<NamesState>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace !== undefined) updateTrace(context, session.trace, { names: { ...session.names, ...change } });
}
