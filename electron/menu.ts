import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  open(): void;
  openRecent(path: string): void;
  clearRecent(): void;
  export(): void;
  layouts(): void;
}

export interface MenuState {
  platform: NodeJS.Platform;
  /** Started from source: developer tools are offered. */
  fromSource: boolean;
  recent: { path: string; label: string }[];
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/** The whole application menu. Keys that Electron gives its default menu (reload, developer tools) are not in it. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  const onMac = state.platform === 'darwin';
  return [
    ...(onMac ? [{ role: 'appMenu' } satisfies Item] : []),
    { label: '&File', submenu: fileItems(state, actions) },
    { role: 'editMenu' },
    { label: '&View', submenu: viewItems(state) },
    ...(onMac
      ? [{ role: 'windowMenu' } satisfies Item]
      : [{ label: '&Help', submenu: [{ role: 'about' }] } satisfies Item]),
  ];
}

function fileItems(state: MenuState, actions: MenuActions): Item[] {
  const onMac = state.platform === 'darwin';
  return [
    {
      label: 'Open…',
      accelerator: 'CmdOrCtrl+O',
      click: () => {
        actions.open();
      },
    },
    { label: 'Open Recent', submenu: recentItems(state, actions) },
    separator,
    {
      label: 'Export…',
      accelerator: 'CmdOrCtrl+Shift+S',
      click: () => {
        actions.export();
      },
    },
    separator,
    {
      label: 'Layouts…',
      click: () => {
        actions.layouts();
      },
    },
    ...(onMac ? [] : [separator, { role: 'quit' } satisfies Item]),
  ];
}

function recentItems(state: MenuState, actions: MenuActions): Item[] {
  if (state.recent.length === 0) return [{ label: 'No Recent Traces', enabled: false }];
  const items = state.recent.map(({ path, label }): Item => ({
    label: label.replaceAll('&', '&&'),
    click: () => {
      actions.openRecent(path);
    },
  }));
  const clear: Item = {
    label: 'Clear Recent',
    click: () => {
      actions.clearRecent();
    },
  };
  return [...items, separator, clear];
}

function viewItems(state: MenuState): Item[] {
  return [
    { role: 'zoomIn' },
    // Ctrl and the key that carries "+" without Shift on many keyboards.
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    separator,
    { role: 'togglefullscreen' },
    ...(state.fromSource ? [separator, { role: 'toggleDevTools', accelerator: 'F12' } satisfies Item] : []),
  ];
}
