/** What the page does when its engine is gone: it tells so and loads itself again, which opens again what was open. */
import type { Host } from '../../core/engine/host.ts';
import { recoveryStrings } from './recovery-strings.ts';
import { addNotice, type Context } from './context.ts';

/** The page as the browser holds it. */
export interface PageLife {
  reload(): void;
  /** Outlives a reload, not the window. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** True once the person has left for another page: connections end then, too. */
  isLeaving(): boolean;
  /** Called when the page goes: closed, left or loaded again. */
  onLeave(listener: () => void): void;
}

/** A page that loses its engine sooner after a reload than this does not reload by itself once more. In milliseconds. */
const betweenReloads = 60_000;

const lastReload = 'hopscope.engine-loss.reloaded-at';
const reasonToTell = 'hopscope.engine-loss.reason';

/** Tells that the engine is gone, and loads the page again where that helps and has not just been done. */
export async function answerEngineLoss(context: Context, page: PageLife | undefined, reason: string): Promise<void> {
  if (page?.isLeaving()) return;
  const tell = (advice: string, action?: { label: string; run(): void }): void => {
    addNotice(context, recoveryStrings.engineGone, new Error(reason), advice, { action });
  };
  if (!page || !(await canReload(context.host))) {
    tell(recoveryStrings.engineGoneAdvice);
    return;
  }
  const reload = (): void => {
    page.memory.setItem(lastReload, String(context.now()));
    page.memory.setItem(reasonToTell, reason);
    page.reload();
  };
  const reloadedAt = Number(page.memory.getItem(lastReload) ?? Number.NEGATIVE_INFINITY);
  if (context.now() - reloadedAt < betweenReloads) {
    tell(recoveryStrings.engineGoneAgainAdvice, { label: recoveryStrings.loadPageAgain, run: reload });
  } else {
    tell(recoveryStrings.loadingAgain);
    reload();
  }
}

/** On the page that was loaded again: says why. */
export function tellOfEngineLoss(context: Context, page: PageLife | undefined): void {
  const reason = page?.memory.getItem(reasonToTell);
  if (!page || reason === null || reason === undefined) return;
  page.memory.removeItem(reasonToTell);
  addNotice(context, recoveryStrings.engineReplaced, new Error(`${reason} ${recoveryStrings.openedAgain}`), '', {
    isNote: true,
  });
}

/** Says what the host has to say when the page begins: that it crashed before. */
export async function tellStartNotices(context: Context): Promise<void> {
  const notices = await context.host.startNotices().catch(() => []);
  for (const { heading, detail } of notices) addNotice(context, heading, new Error(detail), '', { isNote: true });
}

/** A browser's page whose server is gone would only load an error. */
async function canReload(host: Host): Promise<boolean> {
  return (await host.isThere?.().catch(() => false)) ?? true;
}

/** The browser's own page. */
export function browserPage(): PageLife {
  let leaving = false;
  const leave = (): void => {
    leaving = true;
  };
  window.addEventListener('beforeunload', leave);
  window.addEventListener('pagehide', leave);
  return {
    reload: () => {
      location.reload();
    },
    memory: sessionStorage,
    isLeaving: () => leaving,
    onLeave: (listener) => {
      window.addEventListener('pagehide', listener);
    },
  };
}
