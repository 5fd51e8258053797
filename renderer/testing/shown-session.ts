import { activeSession, type Session } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** The session on show, of which a test is sure that there is one. */
export function shownSession(workspace: Workspace): Session {
  const session = activeSession(workspace.store.getState());
  if (!session) throw new Error('No session is open.');
  return session;
}
