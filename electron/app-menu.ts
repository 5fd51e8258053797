import { app, Menu } from 'electron';
import { basename, dirname } from 'node:path';
import type { HostMenu } from '../core/engine/host.ts';
import { menuTemplate, type MenuActions } from './menu.ts';
import { shortFolder, type RecentEntry } from './recent-files.ts';
import { menuWords } from './strings.ts';

/** The application's menu, made anew whenever the page's commands or the recent traces have changed. */
export class AppMenu {
  readonly #actions: MenuActions;
  #menus: HostMenu[] | undefined;
  #recent: readonly RecentEntry[] = [];

  constructor(actions: MenuActions) {
    this.#actions = {
      ...actions,
      run: (command) => {
        actions.run(command);
        // Electron has flipped the item's mark; only the page knows whether that is true. Not from within the click: the
        // item that is being clicked belongs to the menu that would be replaced.
        setImmediate(() => {
          this.#show();
        });
      },
    };
  }

  showRecent(recent: readonly RecentEntry[]): void {
    this.#recent = recent;
    this.#show();
  }

  /** Undefined: the page has gone. */
  showMenus(menus: HostMenu[] | undefined): void {
    this.#menus = menus;
    this.#show();
  }

  #show(): void {
    const recent = this.#recent.map(({ path, pinned }) => ({
      path,
      label: [
        basename(path),
        `(${shortFolder(dirname(path), app.getPath('home'))})`,
        ...(pinned ? [menuWords.pinned] : []),
      ].join(' '),
    }));
    const { platform } = process;
    const template = menuTemplate({ platform, fromSource: !app.isPackaged, recent, menus: this.#menus }, this.#actions);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
}
