/** Which key does what. One table serves the keyboard, the tooltips and the tests. */

export type Command =
  | 'open'
  | 'export'
  | 'close'
  | 'reload'
  | 'go-to'
  | 'find'
  | 'find-next'
  | 'find-previous'
  | 'previous-row'
  | 'next-row'
  | 'first-row'
  | 'last-row'
  | 'move-details'
  | 'toggle-path'
  | 'next-pane'
  | 'previous-pane';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

interface Shortcut {
  command: Command;
  /** Lower case for letters. */
  key: string;
  control: boolean;
  shift: boolean;
}

const shortcuts: readonly Shortcut[] = [
  { command: 'open', key: 'o', control: true, shift: false },
  { command: 'export', key: 's', control: true, shift: true },
  { command: 'close', key: 'w', control: true, shift: false },
  { command: 'reload', key: 'r', control: true, shift: false },
  { command: 'go-to', key: 'g', control: true, shift: false },
  { command: 'find', key: 'f', control: true, shift: false },
  { command: 'find-next', key: 'F3', control: false, shift: false },
  { command: 'find-previous', key: 'F3', control: false, shift: true },
  { command: 'previous-row', key: 'ArrowUp', control: true, shift: false },
  { command: 'previous-row', key: 'F7', control: false, shift: false },
  { command: 'next-row', key: 'ArrowDown', control: true, shift: false },
  { command: 'next-row', key: 'F8', control: false, shift: false },
  { command: 'first-row', key: 'Home', control: true, shift: false },
  { command: 'last-row', key: 'End', control: true, shift: false },
  { command: 'move-details', key: 'j', control: true, shift: false },
  { command: 'toggle-path', key: 'F4', control: false, shift: false },
  { command: 'next-pane', key: 'F6', control: false, shift: false },
  { command: 'previous-pane', key: 'F6', control: false, shift: true },
];

/** The command of a key press, or undefined. The Command key of a Mac counts as Ctrl. */
export function commandOf(press: KeyPress): Command | undefined {
  if (press.altKey) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const control = press.ctrlKey || press.metaKey;
  return shortcuts.find(
    (shortcut) => shortcut.key === key && shortcut.control === control && shortcut.shift === press.shiftKey,
  )?.command;
}

/** `Ctrl+Shift+S`, the first shortcut of a command. */
export function shortcutText(command: Command): string {
  const shortcut = shortcuts.find((candidate) => candidate.command === command);
  if (!shortcut) return '';
  const key = shortcut.key.length === 1 ? shortcut.key.toUpperCase() : shortcut.key.replace('Arrow', '');
  return [shortcut.control && 'Ctrl', shortcut.shift && 'Shift', key].filter(Boolean).join('+');
}

/** The pane before or after the one that has the focus, in a circle; the first (or last) when none has it. */
export function neighbourPane(count: number, focused: number, backwards: boolean): number {
  if (focused < 0) return backwards ? count - 1 : 0;
  return (focused + (backwards ? count - 1 : 1)) % count;
}

/** True for the keys that open the menu of what has the focus. */
export function isMenuKey({ key, shiftKey }: Pick<KeyPress, 'key' | 'shiftKey'>): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** True for a key press that types a character, which belongs into the filter box when nothing else takes it. */
export function isTyping(press: KeyPress): boolean {
  return press.key.length === 1 && press.key !== ' ' && !press.ctrlKey && !press.metaKey && !press.altKey;
}
