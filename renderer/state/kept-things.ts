/** What is kept of all traces in the person's data folder: telling how much, and forgetting it. */
import type { KeptThings } from '../../core/engine/contract.ts';
import { callEngine, type Context } from './context.ts';
import { renewNames } from './names.ts';
import { askForNotes, showMarkedAnew } from './notes.ts';
import type { Session } from './model.ts';

export function keptThings(context: Context): Promise<KeptThings> {
  return callEngine(context, 'kept', {});
}

/** Open traces lose theirs too, and say so at once. Rejects where the folder cannot be written. */
export async function forgetKept(context: Context, what: keyof KeptThings): Promise<void> {
  await callEngine(context, 'forgetKept', { what });
  await Promise.all(
    oneOfEachTrace(context.store.getState().sessions).map(async ({ key }) => {
      if (what === 'names') await renewNames(context, key);
      else {
        await askForNotes(context, key);
        await showMarkedAnew(context, key);
      }
    }),
  );
}

function oneOfEachTrace(sessions: readonly Session[]): Session[] {
  return sessions.filter(
    ({ trace }, index) => trace !== undefined && sessions.findIndex((other) => other.trace === trace) === index,
  );
}
