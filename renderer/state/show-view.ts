/** Which page of a trace is in front, and the arrangement of panes that shows it. */
import { arrangementStore, isPaneVisible, revealPane } from '../workspace/arrangement.ts';
import { frontOf, groupOf, visiblePanes } from '../workspace/layout.ts';
import { isPage } from '../workspace/pane-ids.ts';
import { updateSession, type Context } from './context.ts';
import { activeSession, type SessionKey, type ViewName } from './model.ts';

/** Brings a page of a session in front; its pane too, when the session is on show. */
export function showView(context: Context, key: SessionKey, view: ViewName): void {
  updateSession(context, key, { showing: view });
  if (context.store.getState().activeKey === key) revealPane(view);
}

/** Keeps the panes at what the session on show has in front, and that at what a person does with the panes. */
export function followPanes(context: Context): void {
  let shown: { key: SessionKey; view: ViewName } | undefined;
  context.store.subscribe((state) => {
    const session = activeSession(state);
    if (session?.key === shown?.key && session?.showing === shown?.view) return;
    shown = session && { key: session.key, view: session.showing };
    if (session) revealPane(session.showing);
  });
  arrangementStore.subscribe(() => {
    const session = activeSession(context.store.getState());
    if (!session || isPaneVisible(session.showing)) return;
    const view = pageInstead(session.showing);
    if (view !== undefined && view !== session.showing) updateSession(context, session.key, { showing: view });
  });
}

/** The page that is in front where another was; that one itself where it is only out of sight for now. */
function pageInstead(page: ViewName): ViewName | undefined {
  const { layout } = arrangementStore.getState();
  const front = frontOf(groupOf(layout.root, page), layout);
  if (front === page) return page;
  return [...(front === undefined ? [] : [front]), ...visiblePanes(layout)].find(isPage);
}
