/** Messages that were selected, to go back to as a browser goes back to pages. */
import type { Context } from './context.ts';
import { activeSession, sessionOf, type SessionKey } from './model.ts';
import { selectExactRow } from './navigate.ts';

interface Visit {
  readonly session: SessionKey;
  readonly row: number;
}

export interface SelectionHistory {
  readonly canGo: (direction: 'back' | 'forward') => boolean;
  readonly go: (direction: 'back' | 'forward') => Promise<void>;
}

const longestHistory = 200;
/** Milliseconds that a row has to stay selected to be one that somebody may want to come back to. */
const stay = 400;

export function followSelections(context: Context): SelectionHistory {
  let visits: readonly Visit[] = [];
  let place = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const current = (): Visit | undefined => {
    const session = activeSession(context.store.getState());
    return session?.selection && { session: session.key, row: session.selection.row };
  };
  const same = (one: Visit | undefined, other: Visit | undefined): boolean =>
    one?.session === other?.session && one?.row === other?.row;
  const settle = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const visit = current();
    if (!visit || same(visit, visits.at(place))) return;
    visits = [...visits.slice(0, place + 1), visit].slice(-longestHistory);
    place = visits.length - 1;
  };
  context.store.subscribe((state, before) => {
    if (state.sessions === before.sessions && state.activeKey === before.activeKey) return;
    if (same(current(), visits.at(place))) return;
    clearTimeout(timer);
    timer = setTimeout(settle, stay);
  });
  const target = (direction: 'back' | 'forward'): number | undefined => {
    const step = direction === 'back' ? -1 : 1;
    for (let at = place + step; at >= 0 && at < visits.length; at += step) {
      const visit = visits[at];
      if (sessionOf(context.store.getState(), visit.session)) return at;
    }
    return undefined;
  };
  return {
    canGo: (direction) => target(direction) !== undefined,
    async go(direction) {
      settle();
      const at = target(direction);
      if (at === undefined) return;
      place = at;
      const { session, row } = visits[at];
      context.store.setState({ activeKey: session });
      await selectExactRow(context, row);
    },
  };
}
