/** The message that times are counted from. */
import { updateSession, type Context } from './context.ts';
import { activeSession } from './model.ts';

/** Makes the selected message the reference; when it is that already, there is none any more. */
export function toggleTimeReference(context: Context): void {
  const session = activeSession(context.store.getState());
  if (!session?.selection) return;
  const { row, instant } = session.selection;
  const isReference = session.timeReference?.row === row;
  updateSession(context, session.key, { timeReference: isReference ? undefined : { row, instant } });
}
