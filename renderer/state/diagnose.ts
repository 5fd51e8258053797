/** Asking what is wrong with a trace's packets: in the background, once the trace has been read. */
import type { DiagnosisProgress, TraceId } from '../../core/engine/contract.ts';
import { taskStrings } from '../strings.ts';
import {
  callEngine,
  contractError,
  endTask,
  isCancellation,
  startTask,
  updateTask,
  updateTrace,
  type Context,
} from './context.ts';
import { sessionOf, sessionsOn, type DiagnosisState, type Session, type SessionKey } from './model.ts';
import { showRowsAnew } from './show-rows.ts';

/** Looks through the packets of a trace that has been read, and shows its rows anew with what was found. */
export async function diagnose(context: Context, key: SessionKey): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (session?.stage !== 'ready' || session.trace === undefined || session.info?.packets === 0) return;
  const { trace } = session;
  context.diagnosisCalls.get(trace)?.abort();
  const controller = new AbortController();
  context.diagnosisCalls.set(trace, controller);
  const outcome = await askForDiagnosis(context, session, trace, controller);
  if (context.diagnosisCalls.get(trace) !== controller) return;
  context.diagnosisCalls.delete(trace);
  updateTrace(context, trace, { diagnosis: outcome });
  if (outcome.kind !== 'known') return;
  await Promise.all(sessionsOn(context.store.getState(), trace).map(({ key: each }) => showRowsAnew(context, each)));
}

async function askForDiagnosis(
  context: Context,
  { name, info }: Session,
  trace: TraceId,
  controller: AbortController,
): Promise<DiagnosisState> {
  const cancel = (): void => {
    controller.abort();
  };
  const task = startTask(
    context,
    {
      kind: 'diagnosis',
      title: taskStrings.diagnosing.frames(name),
      total: info?.packets ?? 0,
      unit: 'packets',
    },
    cancel,
  );
  const follow = ({ stage, done, total }: DiagnosisProgress): void => {
    updateTask(context, task, { title: taskStrings.diagnosing[stage](name), done, total });
  };
  updateTrace(context, trace, { diagnosis: { kind: 'running' } });
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
