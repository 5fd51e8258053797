import type { MenuItemConstructorOptions } from 'electron';
import type { HostMenu, HostMenuItem } from '../core/engine/host.ts';
import { acceleratorOf, escaped, withMnemonics } from './menu-text.ts';
import { menuWords } from './strings.ts';

export interface MenuActions {
  open(): void;
  openRecent(path: string): void;
  clearRecent(): void;
  /** Carries out a command of the page. */
  run(command: string): void;
}

export interface MenuState {
  platform: NodeJS.Platform;
  /** Started from source: developer tools are offered. */
  fromSource: boolean;
  recent: { path: string; label: string }[];
  /** What the page has told; undefined until it has. */
  menus: HostMenu[] | undefined;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/**
 * The whole application menu: the page's commands, and what only Electron can do, each in the menu where a person looks
 * for it. Keys that Electron gives its default menu (reload, developer tools) are not in it.
 */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  return state.menus ? pageMenus(state, state.menus, actions) : firstMenus(state, actions);
}

/** Before the page has told its menus: what can be done without it, and its commands that have always been there. */
function firstMenus(state: MenuState, actions: MenuActions): Item[] {
  const onMac = state.platform === 'darwin';
  const open: Item = {
    label: menuWords.open,
    accelerator: 'CmdOrCtrl+O',
    click: () => {
      actions.open();
    },
  };
  const command = (label: string, id: string, accelerator?: string): Item => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => {
      actions.run(id);
    },
  });
  return [
    ...(onMac ? [macAppMenu({ role: 'about' })] : []),
    {
      label: menuWords.file,
      submenu: inGroups([
        [open, recentMenu(state, actions)],
        [command(menuWords.export, 'export', 'CmdOrCtrl+Shift+S')],
        [command(menuWords.layouts, 'layouts')],
        quitGroup(state),
      ]),
    },
    { role: 'editMenu' },
    { label: menuWords.view, submenu: inGroups(windowGroups(state)) },
    ...(onMac ? [windowMenu] : [{ label: menuWords.help, submenu: [{ role: 'about' }] } satisfies Item]),
  ];
}

/** The menus of the page are told apart by a command of theirs, because their labels are words of some language. */
const landmarks = { file: 'open', edit: 'find', view: 'next-pane' } as const;

/** What the page may offer as its own in the place of Electron's. */
const aboutCommand = 'about';

function pageMenus(state: MenuState, menus: HostMenu[], actions: MenuActions): Item[] {
  const onMac = state.platform === 'darwin';
  const commands = new Map(menus.flatMap(({ groups }) => groups.flat()).map((item) => [item.command, item]));
  const about = commands.get(aboutCommand);
  const aboutItem: Item = about ? commandItem(about, actions) : { role: 'about' };
  const shown = menus.map(({ label, groups }) => {
    const own = groups.map((group) => group.filter(({ command }) => isShown(command, onMac)));
    return { label, ids: new Set(own.flat().map(({ command }) => command)), groups: ofPage(own, actions) };
  });
  const holding = (command: string): Item[][] | undefined => shown.find(({ ids }) => ids.has(command))?.groups;
  const file = holding(landmarks.file);
  const withOpen = file?.find((group) => group.some(({ id }) => id === landmarks.file));
  withOpen?.push(recentMenu(state, actions));
  file?.push(quitGroup(state));
  holding(landmarks.edit)?.unshift(...editGroups);
  holding(landmarks.view)?.push(...windowGroups(state));
  if (!onMac && !about) shown.at(-1)?.groups.push([aboutItem]);
  const filled = shown.filter(({ groups }) => groups.flat().length > 0);
  const labels = withMnemonics(filled.map(({ label }) => label));
  return [
    ...(onMac ? [macAppMenu(aboutItem)] : []),
    ...filled.map(({ groups }, index): Item => ({ label: labels[index], submenu: inGroups(groups) })),
    ...(onMac ? [windowMenu] : []),
  ];
}

/** Recent traces are in a menu of ours, which tells their folders; a Mac has the about box in the app's menu. */
function isShown(command: string, onMac: boolean): boolean {
  return !command.startsWith('recent:') && !(onMac && command === aboutCommand);
}

function ofPage(groups: HostMenuItem[][], actions: MenuActions): Item[][] {
  return groups.map((group) => group.map((item) => commandItem(item, actions)));
}

/** The page carries its keys out itself: registered here too, they would be carried out twice. */
function commandItem({ command, label, keys, enabled, checked }: HostMenuItem, actions: MenuActions): Item {
  const accelerator = acceleratorOf(keys);
  return {
    id: command,
    label: escaped(label),
    enabled,
    ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
    ...(checked !== null && { type: 'checkbox', checked }),
    click: () => {
      actions.run(command);
    },
  };
}

function recentMenu({ recent }: MenuState, actions: MenuActions): Item {
  if (recent.length === 0)
    return { label: menuWords.openRecent, submenu: [{ label: menuWords.noRecent, enabled: false }] };
  const traces = recent.map(({ path, label }): Item => ({
    label: escaped(label),
    click: () => {
      actions.openRecent(path);
    },
  }));
  const clear: Item = {
    label: menuWords.clearRecent,
    click: () => {
      actions.clearRecent();
    },
  };
  return { label: menuWords.openRecent, submenu: [...traces, separator, clear] };
}

/** The page and Chromium take these keys by themselves, each in its place: text, the grid, the filter's history. */
const editGroups: Item[][] = [
  [
    { role: 'undo', registerAccelerator: false },
    { role: 'redo', registerAccelerator: false },
  ],
  [
    { role: 'cut', registerAccelerator: false },
    { role: 'copy', registerAccelerator: false },
    { role: 'paste', registerAccelerator: false },
    { role: 'selectAll', registerAccelerator: false },
  ],
];

function windowGroups(state: MenuState): Item[][] {
  return [
    [
      { role: 'zoomIn' },
      // Ctrl and the key that carries "+" without Shift on many keyboards.
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
    ],
    [{ role: 'togglefullscreen' }],
    state.fromSource ? [{ role: 'toggleDevTools', accelerator: 'F12' }] : [],
  ];
}

function quitGroup({ platform }: MenuState): Item[] {
  return platform === 'darwin' ? [] : [{ role: 'quit' }];
}

const windowMenu: Item = { role: 'windowMenu' };

function macAppMenu(about: Item): Item {
  const groups: Item[][] = [
    [about],
    [{ role: 'services' }],
    [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }],
    [{ role: 'quit' }],
  ];
  return { label: 'Hopscope', submenu: inGroups(groups) };
}

/** A line between groups, and none around or between empty ones. */
function inGroups(groups: Item[][]): Item[] {
  const filled = groups.filter((group) => group.length > 0);
  return filled.flatMap((group, index) => (index === 0 ? group : [separator, ...group]));
}
