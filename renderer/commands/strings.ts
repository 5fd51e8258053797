import type { CommandId, MenuName } from './command-table.ts';

/** What commands and menus are called. */
export const commandStrings = {
  menus: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    go: 'Go',
    filter: 'Filter',
    trace: 'Trace',
    help: 'Help',
  } satisfies Record<MenuName, string>,
  titles: {
    open: 'Open…',
    export: 'Export…',
    layouts: 'Layouts…',
    reload: 'Read the trace anew',
    close: 'Close trace or view',
    find: 'Find…',
    'find-next': 'Find next',
    'find-previous': 'Find previous',
    'move-details': 'Move details and bytes to the other side',
    'toggle-path': 'Path pane',
    'next-pane': 'Next pane',
    'previous-pane': 'Previous pane',
    'go-to': 'Go to message…',
    'previous-row': 'Previous message',
    'next-row': 'Next message',
    'first-row': 'First message',
    'last-row': 'Last message',
  } satisfies Record<CommandId, string>,
};
