/** Moving the times of one of a trace's files. */
import { failureStrings } from '../strings.ts';
import { addNotice, callEngine, updateSession, updateTrace, type Context } from './context.ts';
import { diagnose } from './diagnose.ts';
import { sessionOf, sessionsOn, type SessionKey } from './model.ts';
import { showRowsAnew } from './show-rows.ts';

/** Moves a file's times to so many steps of 100 ns from what its clock says. The selection follows its event. */
export async function shiftTime(
  context: Context,
  key: SessionKey,
  file: number,
  hundredNanoseconds: number,
): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  const before = session?.info?.files.at(file)?.shift;
  if (session?.trace === undefined || before === undefined || before === hundredNanoseconds) return;
  try {
    const info = await callEngine(context, 'shiftTime', { trace: session.trace, file, hundredNanoseconds });
    updateTrace(context, session.trace, { info });
  } catch (error) {
    addNotice(context, failureStrings.noticeHeadings.shift, error);
    return;
  }
  // It may have been moved, or not.
  for (const each of sessionsOn(context.store.getState(), session.trace)) {
    updateSession(context, each.key, { timeReference: undefined });
  }
  const shown = sessionsOn(context.store.getState(), session.trace);
  await Promise.all(shown.map((each) => showRowsAnew(context, each.key, hundredNanoseconds - before)));
  // Files that are moved against each other bring their packets into another order.
  if (session.files.length > 1) await diagnose(context, key);
}
