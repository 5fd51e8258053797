/** The layouts kept for all traces: importing manifests, keeping what a trace carries, removing, and reading anew. */
import type { HostFile } from '../../core/engine/host.ts';
import { callEngine, contractError, updateSession, type Context } from './context.ts';
import {
  activeSession,
  sessionOf,
  type LayoutsOutcome,
  type LayoutsState,
  type Session,
  type SessionKey,
} from './model.ts';
import { showRowsAnew } from './show-rows.ts';

/** Puts the dialog up and asks for the list; what was done before is no news any more. */
export async function openLayouts(context: Context): Promise<void> {
  update(context, { open: true, outcome: undefined });
  await refreshList(context);
}

export function closeLayouts(context: Context): void {
  update(context, { open: false });
}

/** Imports manifests and shows in the dialog what came of it. */
export async function importLayouts(context: Context, files: readonly HostFile[]): Promise<void> {
  if (files.length === 0) return;
  await change(context, async () => ({
    kind: 'imported',
    report: await callEngine(context, 'importSchemas', { files: files.map((file) => file.token) }),
  }));
}

/** Keeps the layouts that the trace on show carries for its own events. */
export async function harvestLayouts(context: Context): Promise<void> {
  const trace = activeSession(context.store.getState())?.trace;
  if (trace === undefined) return;
  await change(context, async () => ({
    kind: 'harvested',
    report: await callEngine(context, 'harvestSchemas', { trace }),
  }));
}

export async function removeLayouts(context: Context, id: string): Promise<void> {
  const { list } = context.store.getState().layouts;
  const name = list?.entries.find((entry) => entry.id === id)?.name ?? id;
  await change(context, async () => {
    await callEngine(context, 'removeSchemas', { id });
    return { kind: 'removed', name };
  });
}

/** Does what changes the store, tells the outcome in the dialog, and reads everything on show anew. */
async function change(context: Context, work: () => Promise<LayoutsOutcome>): Promise<void> {
  update(context, { open: true, busy: true, outcome: undefined });
  let outcome: LayoutsOutcome;
  try {
    outcome = await work();
  } catch (error) {
    outcome = { kind: 'failed', error: contractError(error) };
  }
  await refreshList(context);
  update(context, { busy: false, outcome });
  if (outcome.kind !== 'failed') await readAnew(context, context.store.getState().sessions);
}

async function refreshList(context: Context): Promise<void> {
  try {
    update(context, { list: await callEngine(context, 'schemas', {}) });
  } catch (error) {
    update(context, { list: { entries: [], problems: [contractError(error).message] } });
  }
}

/** Rows and facts of what has been read; traces that are still being read get theirs anew by themselves. */
export async function readAnew(context: Context, sessions: readonly Session[]): Promise<void> {
  const ready = sessions.filter((session) => session.stage === 'ready');
  await Promise.all(ready.map((session) => readSessionAnew(context, session.key)));
}

async function readSessionAnew(context: Context, key: SessionKey): Promise<void> {
  const trace = sessionOf(context.store.getState(), key)?.trace;
  if (trace === undefined) return;
  await showRowsAnew(context, key);
  const info = await callEngine(context, 'info', { trace }).catch(() => undefined);
  if (info) updateSession(context, key, { info });
}

function update(context: Context, change: Partial<LayoutsState>): void {
  context.store.setState((state) => ({ layouts: { ...state.layouts, ...change } }));
}
