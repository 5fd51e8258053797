import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { HostMenu, HostMenuItem } from '../core/engine/host.ts';
import { acceleratorOf, withMnemonics } from './menu-text.ts';
import { menuTemplate } from './menu.ts';
import { textMenuTemplate } from './text-menu.ts';

const ran: string[] = [];
const actions = {
  open: () => ran.push('dialog'),
  openRecent: (path: string) => ran.push(`recent ${path}`),
  clearRecent: () => ran.push('clear'),
  run: (command: string) => ran.push(command),
};

const item = (command: string, more: Partial<HostMenuItem> = {}): HostMenuItem => ({
  command,
  label: command,
  keys: '',
  enabled: true,
  checked: null,
  ...more,
});
const menus: HostMenu[] = [
  {
    label: 'File',
    groups: [[item('open', { keys: 'Ctrl+O' })], [item('close', { enabled: false })], [item('recent:token')]],
  },
  { label: 'Edit', groups: [[item('find', { label: 'Find & go', keys: 'Ctrl+F' })]] },
  { label: 'View', groups: [[item('toggle-path', { checked: true }), item('next-pane', { keys: 'F6' })]] },
  { label: 'Filter', groups: [[item('apply')], []] },
  { label: 'Help', groups: [[item('about', { label: 'About Hopscope' })]] },
];

type Item = MenuItemConstructorOptions;
const built = (platform: NodeJS.Platform, told: HostMenu[] | undefined, fromSource = false): Item[] =>
  menuTemplate({ platform, fromSource, recent: [{ path: '/a&b.etl', label: 'a&b.etl' }], menus: told }, actions);
const submenuOf = (template: Item[], label: string): Item[] =>
  (template.find((menu) => menu.label === label)?.submenu ?? []) as Item[];
const named = (items: Item[]): string[] =>
  items.map(({ label, role, type }) => (type === 'separator' ? '-' : (label ?? role ?? '?')));
function click(items: Item[], label: string): void {
  const found = items.find((candidate) => candidate.label === label);
  (found?.click as (() => void) | undefined)?.();
}

describe('the menu before the page has told its own', () => {
  it('offers no reload, and developer tools from source only', () => {
    for (const platform of ['win32', 'linux', 'darwin'] as const) {
      for (const told of [undefined, menus]) {
        expect(JSON.stringify(built(platform, told))).not.toMatch(/reload|toggleDevTools|CmdOrCtrl\+R"/i);
      }
    }
    expect(JSON.stringify(built('linux', undefined, true))).toContain('toggleDevTools');
    expect(JSON.stringify(built('linux', menus, true))).toContain('toggleDevTools');
  });

  it('opens, exports, and lists recent traces by name', () => {
    const file = submenuOf(built('linux', undefined), '&File');
    expect(named(file)).toEqual(['Open…', 'Open Recent', '-', 'Export…', '-', 'Layouts…', '-', 'quit']);
    ran.length = 0;
    for (const label of ['Open…', 'Export…', 'Layouts…']) click(file, label);
    const recent = submenuOf(file, 'Open Recent');
    expect(named(recent)).toEqual(['a&&b.etl', '-', 'Clear recent']);
    click(recent, 'a&&b.etl');
    click(recent, 'Clear recent');
    expect(ran).toEqual(['dialog', 'export', 'layouts', 'recent /a&b.etl', 'clear']);
  });
});

describe('the menu of the page', () => {
  it('has the page’s commands, and what only Electron can do where a person looks for it', () => {
    const template = built('linux', menus);
    expect(named(template)).toEqual(['&File', '&Edit', '&View', 'F&ilter', '&Help']);
    expect(named(submenuOf(template, '&File'))).toEqual(['open', 'Open Recent', '-', 'close', '-', 'quit']);
    expect(named(submenuOf(template, '&Edit'))).toEqual([
      ...['undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll', '-', 'Find && go'],
    ]);
    expect(named(submenuOf(template, '&View'))).toEqual([
      ...['toggle-path', 'next-pane', '-', 'zoomIn', 'zoomIn', 'zoomOut', 'resetZoom', '-', 'togglefullscreen'],
    ]);
    expect(named(submenuOf(template, '&Help'))).toEqual(['About Hopscope']);
  });

  it('carries commands out, shows keys without taking them, and marks what is on or cannot be done', () => {
    const template = built('linux', menus);
    ran.length = 0;
    click(submenuOf(template, '&File'), 'open');
    click(submenuOf(template, '&Help'), 'About Hopscope');
    expect(ran).toEqual(['open', 'about']);
    const [open, , , close] = submenuOf(template, '&File');
    expect(open).toMatchObject({ accelerator: 'CmdOrCtrl+O', registerAccelerator: false, enabled: true });
    expect(close).toMatchObject({ enabled: false });
    expect(close).not.toHaveProperty('accelerator');
    expect(submenuOf(template, '&View')[0]).toMatchObject({ type: 'checkbox', checked: true });
    expect(submenuOf(template, '&View')[1].type).toBeUndefined();
  });

  it('on a Mac has an app menu, which the about box moves to, and a window menu', () => {
    const template = built('darwin', menus);
    expect(named(template)).toEqual(['Hopscope', '&File', '&Edit', '&View', 'F&ilter', 'windowMenu']);
    expect(named(submenuOf(template, 'Hopscope'))).toEqual([
      ...['About Hopscope', '-', 'services', '-', 'hide', 'hideOthers', 'unhide', '-', 'quit'],
    ]);
    expect(named(submenuOf(template, '&File'))).not.toContain('quit');
  });

  it('still has an about box when the page has none, and leaves empty menus out', () => {
    expect(named(submenuOf(built('win32', menus.slice(0, 3)), '&View')).at(-1)).toBe('about');
    expect(named(built('win32', [{ label: 'Other', groups: [[]] }, ...menus.slice(3, 4)]))).toEqual(['&Filter']);
  });
});

describe('keys as an accelerator', () => {
  it.each([
    ['Ctrl+Shift+S', 'CmdOrCtrl+Shift+S'],
    ['Ctrl+ArrowUp', 'CmdOrCtrl+Up'],
    ['Ctrl+Up', 'CmdOrCtrl+Up'],
    ['Ctrl+,', 'CmdOrCtrl+,'],
    ['Ctrl++', 'CmdOrCtrl+Plus'],
    ['Shift+F6', 'Shift+F6'],
    ['F12', 'F12'],
    ['Alt+Enter', 'Alt+Return'],
    ['Ctrl+g', 'CmdOrCtrl+G'],
    ['', undefined],
    ['Ctrl+', undefined],
    ['Hyper+A', undefined],
    ['F99', undefined],
    ['Ctrl+F then G', undefined],
    ['Ctrl+ß', undefined],
  ])('%s is %s', (keys, accelerator) => {
    expect(acceleratorOf(keys)).toBe(accelerator);
  });
});

describe('labels of a menu bar', () => {
  it('get an Alt key each, while letters are left', () => {
    expect(withMnemonics(['File', 'Filter', 'Life', 'Fi', 'R&D', '7'])).toEqual([
      ...['&File', 'F&ilter', '&Life', 'Fi', '&R&&D', '7'],
    ]);
  });
});

describe('a long label', () => {
  it('is cut to what a menu can show', () => {
    const [, , , close] = submenuOf(
      built('linux', [{ label: 'File', groups: [[item('open')], [item('x', { label: 'x'.repeat(300) })]] }]),
      '&File',
    );
    expect(close.label).toBe(`${'x'.repeat(80)}…`);
  });
});

describe('a right click', () => {
  const editFlags = { canCut: false, canCopy: false, canPaste: true, canSelectAll: true };

  it('in a text field offers what can be done there', () => {
    const template = textMenuTemplate({ isEditable: true, selectionText: '', editFlags });
    expect(template.filter(({ enabled }) => enabled).map(({ role }) => role)).toEqual(['paste', 'selectAll']);
    expect(named(template)).toEqual(['cut', 'copy', 'paste', '-', 'selectAll']);
  });

  it('elsewhere offers to copy what is selected, if anything', () => {
    expect(textMenuTemplate({ isEditable: false, selectionText: '10.0.0.1', editFlags })).toEqual([{ role: 'copy' }]);
    expect(textMenuTemplate({ isEditable: false, selectionText: ' ', editFlags })).toEqual([]);
  });
});
