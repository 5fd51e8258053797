/** Another view of an open trace, beside the one on show: it has its own filter, selection and pages. */
import { newKey, updateFilter, type Context } from './context.ts';
import { activeSession, newSession, sessionOf, type Session } from './model.ts';
import { showRows } from './show-rows.ts';

/** Opens a tab on the trace of the one on show, with a filter of its own; it comes behind the other tabs of the trace. */
export async function openView(context: Context, text: string): Promise<void> {
  const source = activeSession(context.store.getState());
  if (source?.stage !== 'ready') return;
  const session = furtherSession(source, text);
  context.store.setState(({ sessions }) => {
    const place = sessions.findLastIndex((other) => other.trace === source.trace) + 1;
    return { sessions: sessions.toSpliced(place, 0, session), activeKey: session.key };
  });
  await showRows(context, session.key);
  const made = sessionOf(context.store.getState(), session.key);
  if (!made || made.view) return;
  // Refused: it shows what no filter hides, and what is wrong stands beside the box.
  await showRows(context, session.key);
  updateFilter(context, session.key, { refused: made.filter.refused });
}

/** Another session on the trace of one that has been read. */
export function furtherSession(source: Session, text: string): Session {
  const { trace, info, eventsRead, bytesRead, diagnosis, names, notes, filter, selection, sort } = source;
  const fresh = newSession(newKey(), source.files);
  return {
    ...fresh,
    stage: 'ready',
    trace,
    info,
    eventsRead,
    bytesRead,
    diagnosis,
    names,
    sort,
    notes,
    sought: selection,
    filter: { ...fresh.filter, draft: text, box: text, asked: text, askedChoice: filter.askedChoice },
  };
}
