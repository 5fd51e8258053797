/** Asking what is wrong with a trace's packets: in the background, once the trace has been read. */
import type { DiagnosisProgress, TraceId } from '../../core/engine/contract.ts';
import { taskStrings } from '../strings.ts';
import {
  callEngine,
  contractError,
  endTask,
  isCancellation,
  startTask,
  updateSession,
  updateTask,
  type Context,
} from './context.ts';
import { sessionOf, type DiagnosisState, type SessionKey } from './model.ts';
import { showRowsAnew } from './show-rows.ts';

/** Looks through the packets of a trace that has been read, and shows its rows anew with what was found. */
export async function diagnose(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.stage !== 'ready' || session.trace === undefined || session.info?.packets === 0) return;
  context.diagnosisCalls.get(key)?.abort();
  const controller = new AbortController();
  context.diagnosisCalls.set(key, controller);
  const outcome = await askForDiagnosis(context, key, session.trace, controller);
  if (context.diagnosisCalls.get(key) !== controller) return;
  context.diagnosisCalls.delete(key);
  updateSession(context, key, { diagnosis: outcome });
  if (outcome.kind === 'known') await showRowsAnew(context, key);
}

async function askForDiagnosis(
  context: Context,
  key: SessionKey,
  trace: TraceId,
  controller: AbortController,
): Promise<DiagnosisState> {
  const { name, info } = sessionOf(context.store.getState(), key) ?? {};
  const cancel = (): void => {
    controller.abort();
  };
  const task = startTask(
    context,
    {
      kind: 'diagnosis',
      title: taskStrings.diagnosing.frames(name ?? ''),
      total: info?.packets ?? 0,
      unit: 'packets',
    },
    cancel,
  );
  const follow = ({ stage, done, total }: DiagnosisProgress): void => {
    updateTask(context, task, { title: taskStrings.diagnosing[stage](name ?? ''), done, total });
  };
  updateSession(context, key, { diagnosis: { kind: 'running' } });
  try {
    const report = await callEngine(context, 'diagnosis', { trace }, { signal: controller.signal, onProgress: follow });
    return { kind: 'known', report };
  } catch (error) {
    return controller.signal.aborted || isCancellation(error)
      ? { kind: 'cancelled' }
      : { kind: 'failed', error: contractError(error) };
  } finally {
    endTask(context, task);
  }
}
