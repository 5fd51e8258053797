/** The views of a trace as tabs: which there are, and which comes next. */
import { explorerStrings } from '../strings.ts';
import { sessionsOn, type Session, type SessionKey, type WorkspaceState } from '../state/model.ts';

/** The views of the trace that a session shows, in the order of their tabs. A trace that is being read has one. */
export function viewsOfTrace(state: Pick<WorkspaceState, 'sessions'>, session: Session): Session[] {
  return session.trace === undefined ? [session] : sessionsOn(state, session.trace);
}

/** The view before or after one, in a circle. */
export function neighbourView(state: Pick<WorkspaceState, 'sessions'>, session: Session, step: 1 | -1): SessionKey {
  const views = viewsOfTrace(state, session);
  const place = views.findIndex(({ key }) => key === session.key);
  return views[(place + step + views.length) % views.length].key;
}

/** What a view is called: the filter that it shows, or was asked for. */
export function viewTitle({ filter }: Pick<Session, 'filter'>): string {
  return explorerStrings.viewOf(filter.asked);
}
