/** Every command with all of its keys, for the sheet of keys and the settings. */
import { commandIds, keysOf, menuNames, menuOf, type MenuName } from '../commands/command-table.ts';
import { keysText } from '../commands/keys.ts';
import { commandStrings } from '../commands/strings.ts';
import { shortcutStrings } from './strings.ts';

export interface KeyRow {
  readonly title: string;
  /** As people write them, `Ctrl+Down, F8`; empty where the palette and the menus are the only way. */
  readonly keys: string;
}

export interface KeyGroup {
  readonly heading: string;
  readonly rows: readonly KeyRow[];
}

/** Commands by menu, and what keys do inside panes. Those without keys are left out where only `bound` ones are wanted. */
export function keyGroups({ bound }: { bound: boolean }): KeyGroup[] {
  const inPanes = { heading: shortcutStrings.elsewhere, rows: shortcutStrings.inPanes.map(rowOf) };
  return [...menuNames.map(groupOf), inPanes]
    .map(({ heading, rows }) => ({ heading, rows: bound ? rows.filter(({ keys }) => keys !== '') : rows }))
    .filter(({ rows }) => rows.length > 0);
}

/** The groups with the rows that hold every word, in the command, the keys or the heading. */
export function foundKeys(groups: readonly KeyGroup[], wanted: string): KeyGroup[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(({ heading, rows }) => ({
      heading,
      rows: rows.filter(({ title, keys }) => {
        const whole = `${heading}\n${title}\n${keys}`.toLowerCase();
        return words.every((word) => whole.includes(word));
      }),
    }))
    .filter(({ rows }) => rows.length > 0);
}

function groupOf(menu: MenuName): KeyGroup {
  const rows = commandIds
    .filter((id) => menuOf(id) === menu)
    .map((id) => rowOf([commandStrings.titles[id], keysOf(id).map(keysText).join(', ')]));
  return { heading: commandStrings.menus[menu], rows };
}

function rowOf([title, keys]: readonly [title: string, keys: string]): KeyRow {
  return { title, keys };
}
