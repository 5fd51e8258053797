/** A person's marks and comments on a trace: asking for them, setting, clearing. */
import type { NoteBook } from '../../core/engine/contract.ts';
import { noteFailures } from '../notes/strings.ts';
import { addNotice, callEngine, contractError, isCancellation, updateTrace, type Context } from './context.ts';
import { sessionOf, sessionsOn, type NotesState, type SessionKey } from './model.ts';
import { showRows } from './show-rows.ts';

/** What is said of some rows; what is left out stays as it was, and an empty comment takes one away. */
export interface NoteChange {
  marked?: boolean;
  comment?: string;
}

/** Asks for the marks and comments of a trace that has been read. */
export async function askForNotes(context: Context, key: SessionKey): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined) return;
  update(context, key, { stage: 'asking', error: undefined });
  try {
    update(context, key, { stage: 'known', book: await callEngine(context, 'notes', { trace }) });
  } catch (error) {
    if (isCancellation(error)) update(context, key, { stage: 'waiting' });
    else update(context, key, { stage: 'failed', error: contractError(error) });
  }
}

/** Marks rows of a trace that has been read, takes their marks, or comments on them. */
export async function setNotes(
  context: Context,
  key: SessionKey,
  rows: readonly number[],
  change: NoteChange,
): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined || rows.length === 0) return;
  await changeNotes(context, key, () => callEngine(context, 'setNotes', { trace, rows: [...rows], ...change }));
}

export async function clearNotes(context: Context, key: SessionKey): Promise<void> {
  const trace = traceOf(context, key);
  if (trace !== undefined) await changeNotes(context, key, () => callEngine(context, 'clearNotes', { trace }));
}

/** Where only marked rows are on show, they are others now; all other rows are read anew by whoever shows the book's marks. */
async function changeNotes(context: Context, key: SessionKey, change: () => Promise<NoteBook>): Promise<void> {
  try {
    update(context, key, { stage: 'known', book: await change(), error: undefined });
  } catch (error) {
    if (!isCancellation(error)) addNotice(context, noteFailures.change, error);
    return;
  }
  await showMarkedAnew(context, key);
}

/** Which rows are on show where only marked ones are. */
export async function showMarkedAnew(context: Context, key: SessionKey): Promise<void> {
  const trace = traceOf(context, key);
  if (trace === undefined) return;
  const restricted = sessionsOn(context.store.getState(), trace).filter(({ filter }) => filter.askedChoice.marked);
  await Promise.all(restricted.map((session) => showRows(context, session.key)));
}

/** Undefined until a trace has been read: before, row numbers mean nothing for long. */
function traceOf(context: Context, key: SessionKey): number | undefined {
  const session = sessionOf(context.store.getState(), key);
  return session?.stage === 'ready' ? session.trace : undefined;
}

/** All views of a trace have its notes. */
function update(context: Context, key: SessionKey, change: Partial<NotesState>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session?.trace !== undefined) updateTrace(context, session.trace, { notes: { ...session.notes, ...change } });
}
