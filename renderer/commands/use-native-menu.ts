import { useEffect } from 'react';
import { useWorkspace } from '../app/use-workspace.ts';
import { savedFiltersStore } from '../state/saved-filters.ts';
import { settingsStore } from '../state/settings.ts';
import { scopeOf } from './action.ts';
import { hostMenus, offerMenus } from './menus.ts';

/** While a trace is read the state changes many times a second; the menus need not. In milliseconds. */
const settleMilliseconds = 150;

/** Keeps the host's native menu bar, where there is one, at what is offered now. */
export function useNativeMenu(): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const { showMenu } = workspace;
    if (!showMenu) return undefined;
    let shown = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      const menus = hostMenus(offerMenus(scopeOf(workspace)));
      const told = JSON.stringify(menus);
      if (told === shown) return;
      shown = told;
      showMenu(menus);
    };
    const change = (): void => {
      timer ??= setTimeout(show, settleMilliseconds);
    };
    show();
    const stops = [workspace.store, settingsStore, savedFiltersStore].map((store) => store.subscribe(change));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [workspace]);
}
