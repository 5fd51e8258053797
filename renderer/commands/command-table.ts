/**
 * Every command there is: where menus show it and which keys carry it out. One table serves the keyboard, the menus, the
 * palette, the tooltips and the tests; `strings.ts` has the words, `actions/` what each does.
 */

/** The menus, in their order. */
export const menuNames = ['file', 'edit', 'view', 'panes', 'go', 'filter', 'trace', 'capture', 'help'] as const;
export type MenuName = (typeof menuNames)[number];

interface CommandEntry {
  readonly menu: MenuName;
  /** Commands of one group stand together, with a line between groups. */
  readonly group: number;
  /** `Ctrl+Shift+S`, with the names that a key press has; the first is the one that is told. */
  readonly keys?: readonly string[];
  /** Left out of the menus: it needs a place that only the keyboard has. */
  readonly hidden?: true;
}

export const commandTable = {
  open: { menu: 'file', group: 1, keys: ['Ctrl+O'] },
  'open-sample': { menu: 'file', group: 1 },
  export: { menu: 'file', group: 2, keys: ['Ctrl+Shift+S'] },
  layouts: { menu: 'file', group: 3 },
  settings: { menu: 'file', group: 3, keys: ['Ctrl+,'] },
  reload: { menu: 'file', group: 4, keys: ['Ctrl+R'] },
  close: { menu: 'file', group: 4, keys: ['Ctrl+W'] },
  'undo-filter': { menu: 'edit', group: 1, keys: ['Ctrl+Z'] },
  'redo-filter': { menu: 'edit', group: 1, keys: ['Ctrl+Y', 'Ctrl+Shift+Z'] },
  find: { menu: 'edit', group: 2, keys: ['Ctrl+F'] },
  'find-next': { menu: 'edit', group: 2, keys: ['F3'] },
  'find-previous': { menu: 'edit', group: 2, keys: ['Shift+F3'] },
  'copy-text': { menu: 'edit', group: 3 },
  'copy-csv': { menu: 'edit', group: 3 },
  'copy-summaries': { menu: 'edit', group: 3 },
  mark: { menu: 'edit', group: 4, keys: ['Ctrl+M'] },
  comment: { menu: 'edit', group: 4, keys: ['Ctrl+Alt+C'] },
  'time-reference': { menu: 'edit', group: 4, keys: ['Ctrl+T'] },
  'marked-only': { menu: 'filter', group: 4 },
  'sort-by-time': { menu: 'view', group: 6 },
  columns: { menu: 'view', group: 6, keys: ['Ctrl+Shift+L'] },
  'undo-columns': { menu: 'view', group: 6 },
  'redo-columns': { menu: 'view', group: 6 },
  'time-local': { menu: 'view', group: 7 },
  'time-utc': { menu: 'view', group: 7 },
  'time-trace': { menu: 'view', group: 7 },
  'time-start': { menu: 'view', group: 7 },
  'time-reference-format': { menu: 'view', group: 7 },
  'time-delta': { menu: 'view', group: 7 },
  'time-delta-shown': { menu: 'view', group: 7 },
  palette: { menu: 'view', group: 1, keys: ['Ctrl+Shift+P'] },
  'pane-messages': { menu: 'panes', group: 2 },
  'pane-connections': { menu: 'panes', group: 2 },
  'pane-diagnosis': { menu: 'panes', group: 2 },
  'pane-names': { menu: 'panes', group: 2 },
  'pane-completeness': { menu: 'panes', group: 2 },
  'toggle-path': { menu: 'panes', group: 2, keys: ['F4'] },
  'pane-timeline': { menu: 'panes', group: 2 },
  'pane-summary': { menu: 'panes', group: 2 },
  'pane-notes': { menu: 'panes', group: 2 },
  'pane-details': { menu: 'panes', group: 2 },
  'pane-bytes': { menu: 'panes', group: 2 },
  'layout-simple': { menu: 'panes', group: 3 },
  'layout-network': { menu: 'panes', group: 3 },
  'layout-etw': { menu: 'panes', group: 3 },
  'layout-vswitch': { menu: 'panes', group: 3 },
  'reset-layout': { menu: 'panes', group: 3 },
  'undo-layout': { menu: 'panes', group: 3 },
  'move-details': { menu: 'panes', group: 4, keys: ['Ctrl+J'] },
  'maximise-pane': { menu: 'panes', group: 4, keys: ['Ctrl+Alt+Enter'] },
  'move-pane-left': { menu: 'panes', group: 4, hidden: true },
  'move-pane-right': { menu: 'panes', group: 4, hidden: true },
  'move-pane-top': { menu: 'panes', group: 4, hidden: true },
  'move-pane-bottom': { menu: 'panes', group: 4, hidden: true },
  'move-pane-next': { menu: 'panes', group: 4, hidden: true },
  'close-pane': { menu: 'panes', group: 4 },
  'color-rules': { menu: 'view', group: 6 },
  'toggle-explorer': { menu: 'panes', group: 2, keys: ['Ctrl+B'] },
  'next-pane': { menu: 'panes', group: 5, keys: ['F6'] },
  'previous-pane': { menu: 'panes', group: 5, keys: ['Shift+F6'] },
  'new-view': { menu: 'trace', group: 2 },
  'next-view': { menu: 'go', group: 3, keys: ['Ctrl+Tab'] },
  'previous-view': { menu: 'go', group: 3, keys: ['Ctrl+Shift+Tab'] },
  'go-to': { menu: 'go', group: 1, keys: ['Ctrl+G'] },
  'previous-row': { menu: 'go', group: 2, keys: ['Ctrl+ArrowUp', 'F7'] },
  'next-row': { menu: 'go', group: 2, keys: ['Ctrl+ArrowDown', 'F8'] },
  'first-row': { menu: 'go', group: 2, keys: ['Ctrl+Home'] },
  'last-row': { menu: 'go', group: 2, keys: ['Ctrl+End'] },
  'next-in-conversation': { menu: 'go', group: 3, keys: ['Ctrl+.', 'Ctrl+Alt+.'] },
  'previous-in-conversation': { menu: 'go', group: 3, keys: ['Ctrl+Alt+,'] },
  'next-hop': { menu: 'go', group: 3, keys: ['Alt+.'] },
  'previous-hop': { menu: 'go', group: 3, keys: ['Alt+,'] },
  'next-mark': { menu: 'go', group: 4, keys: ['Ctrl+Shift+N'] },
  'previous-mark': { menu: 'go', group: 4, keys: ['Ctrl+Shift+B'] },
  back: { menu: 'go', group: 5, keys: ['Alt+ArrowLeft'] },
  forward: { menu: 'go', group: 5, keys: ['Alt+ArrowRight'] },
  'filter-box': { menu: 'filter', group: 1, keys: ['Ctrl+/'] },
  'filter-library': { menu: 'filter', group: 1 },
  'pin-filter': { menu: 'filter', group: 2 },
  'remove-filter': { menu: 'filter', group: 2 },
  'suspend-filters': { menu: 'filter', group: 2 },
  'clear-filters': { menu: 'filter', group: 2 },
  'show-everything': { menu: 'filter', group: 3 },
  'read-together': { menu: 'trace', group: 1 },
  'capture-script': { menu: 'capture', group: 1, keys: ['Ctrl+K'] },
  'explain-capture': { menu: 'capture', group: 1, keys: ['Ctrl+Shift+K'] },
  'save-capture-script': { menu: 'capture', group: 2 },
  'run-capture': { menu: 'capture', group: 3 },
  'stop-capture': { menu: 'capture', group: 3 },
  shortcuts: { menu: 'help', group: 1, keys: ['F1'] },
  'dismiss-notice': { menu: 'help', group: 1, keys: ['Escape'], hidden: true },
  'menu-bar': { menu: 'help', group: 1, keys: ['F10'], hidden: true },
  about: { menu: 'help', group: 2 },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandId = keyof typeof commandTable;

const entries: Readonly<Record<CommandId, CommandEntry>> = commandTable;

/** Every command's id, in the order of the table. */
export const commandIds = Object.keys(commandTable) as CommandId[];

export function keysOf(command: CommandId): readonly string[] {
  return entries[command].keys ?? [];
}

export function menuOf(command: CommandId): MenuName {
  return entries[command].menu;
}

/** A menu's commands, group by group. */
export function menuGroups(menu: MenuName): CommandId[][] {
  const shown = commandIds.filter((id) => entries[id].menu === menu && entries[id].hidden !== true);
  const groups = [...new Set(shown.map((id) => entries[id].group))].sort((a, b) => a - b);
  return groups.map((group) => shown.filter((id) => entries[id].group === group));
}
