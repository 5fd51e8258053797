/** From key presses to commands, and what else keys mean to the window. */
import { commandIds, keysOf, type CommandId } from './command-table.ts';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const commandsByKeys = new Map(commandIds.flatMap((id) => keysOf(id).map((keys) => [keys, id] as const)));

/** The command of a key press, or undefined. The Command key of a Mac counts as Ctrl. */
export function commandOf(press: KeyPress): CommandId | undefined {
  return commandsByKeys.get(pressedKeys(press));
}

/** A key press as the command table writes it. */
function pressedKeys({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift', name].filter(Boolean).join('+');
}

/** Keys of the command table as people write them: `Ctrl+Down`. */
export function keysText(keys: string): string {
  return keys.replace('Arrow', '');
}

/** `Ctrl+Shift+S`, the first keys of a command; empty where it has none. */
export function shortcutText(command: CommandId): string {
  return keysText(keysOf(command).at(0) ?? '');
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
