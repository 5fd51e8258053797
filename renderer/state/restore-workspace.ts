/** Opening again what was open when the page was last on show, and keeping what is open for the next time. */
import type { HostFile } from '../../core/engine/host.ts';
import { combinedFilter } from '../filter/combined-filter.ts';
import { restoringStrings } from './restoring-strings.ts';
import { addNotice, newKey, track, updateFilter, type Context } from './context.ts';
import type { PageLife } from './engine-loss.ts';
import { asKept, readKeptState, workspaceToKeep, type KeptView } from './kept-workspace.ts';
import { newSession, sessionOf, type SessionKey } from './model.ts';
import { openSessions } from './open-trace.ts';
import { furtherSession } from './open-view.ts';
import { showRows } from './show-rows.ts';
import { sameChoice } from './view-choice.ts';

const pageBegan = 'hopscope.page-began';

/** True when this page was loaded before in the same window: then what it had open is wanted again. */
export function isLoadedAgain(page: PageLife | undefined): boolean {
  if (!page) return false;
  const loadedBefore = page.memory.getItem(pageBegan) !== null;
  page.memory.setItem(pageBegan, 'yes');
  return loadedBefore;
}

export interface Restoring {
  /** Files that are open again, or told to be missing. */
  readonly files: readonly HostFile[];
  /** Ends when everything is as it was. */
  readonly done: Promise<void>;
}

/** Opens again what the host has kept; missing files are told and left out. */
export async function restoreWorkspace(context: Context): Promise<Restoring> {
  const kept = await track(context, context.host.lastWorkspace()).catch(() => null);
  if (!kept || kept.traces.length === 0) return { files: [], done: Promise.resolve() };
  const missing = kept.traces.filter((trace) => trace.missing);
  if (missing.length > 0)
    tellMissing(
      context,
      missing.flatMap(({ files }) => files),
    );
  const state = readKeptState(kept.state, kept.traces.length) ?? { views: [], active: 0 };
  const traces = kept.traces.flatMap(({ files, missing: isMissing }, index) => {
    if (isMissing || files.length === 0) return [];
    const views = state.views.filter(({ trace }) => trace === index);
    const [first] = views;
    const session = newSession(newKey(), files);
    return [{ session: views.length > 0 ? asKept(session, first) : session, views }];
  });
  const active = state.views.at(state.active);
  const opening = openSessions(
    context,
    traces.map(({ session }) => session),
    async (key) => {
      const views = traces.find(({ session }) => session.key === key)?.views ?? [];
      await restoreViews(context, key, views, active);
    },
  );
  const onShow = traces.find(({ views }) => active !== undefined && views.includes(active));
  if (onShow) context.store.setState({ activeKey: onShow.session.key });
  return { files: kept.traces.flatMap(({ files }) => files), done: opening };
}

function tellMissing(context: Context, files: readonly HostFile[]): void {
  const names = files.map(({ name }) => name);
  addNotice(
    context,
    restoringStrings.missing,
    new Error(restoringStrings.missingDetail(names)),
    restoringStrings.missingAdvice(names.length),
  );
}

/** Makes the views of a trace that has been read; the first has its session already. */
async function restoreViews(
  context: Context,
  key: SessionKey,
  views: readonly KeptView[],
  active: KeptView | undefined,
): Promise<void> {
  const [first, ...further] = views;
  if (views.length === 0) return;
  await showAsKept(context, key, first);
  for (const view of further) {
    const source = sessionOf(context.store.getState(), key);
    if (source?.stage !== 'ready') return;
    const session = asKept({ ...furtherSession(source, ''), sought: undefined }, view);
    context.store.setState(({ sessions, activeKey }) => {
      const place = sessions.findLastIndex((other) => other.trace === source.trace) + 1;
      const isWanted = view === active && activeKey === key;
      return {
        sessions: sessions.toSpliced(place, 0, session),
        activeKey: isWanted ? session.key : activeKey,
      };
    });
    await showAsKept(context, session.key, view);
  }
}

/** Shows a view's rows; where its filter is refused now, the rows without it, and the text in the box for another try. */
async function showAsKept(context: Context, key: SessionKey, { box, stack, choice }: KeptView): Promise<void> {
  const session = sessionOf(context.store.getState(), key);
  if (!session) return;
  const asked = combinedFilter({ box, stack });
  const isOnShow = session.view !== undefined && session.filter.applied === asked;
  if (isOnShow && sameChoice(session.filter.choice, choice)) return;
  updateFilter(context, key, { box, stack, asked, askedChoice: choice });
  await showRows(context, key);
  const shown = sessionOf(context.store.getState(), key);
  if (!shown || shown.view) return;
  await showRows(context, key);
  updateFilter(context, key, { refused: shown.filter.refused, draft: shown.filter.draft || box });
}

/** Milliseconds between a change and its being kept. */
const restBeforeKeeping = 1000;

/** Keeps what is open, a moment after each change and when the page goes. Returns what keeps it at once. */
export function keepWorkspace(context: Context): () => void {
  let kept: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const workspace = workspaceToKeep(context.store.getState());
    const text = JSON.stringify(workspace);
    if (text === kept) return;
    kept = text;
    // That it could not be kept is no news: the next change tries again.
    context.host.keepWorkspace(workspace).catch(() => {
      kept = undefined;
    });
  };
  context.store.subscribe(() => {
    timer ??= setTimeout(keep, restBeforeKeeping);
  });
  keep();
  return keep;
}
