import { expect, it } from 'vitest';
import { commandIds } from '../commands/command-table.ts';
import { foundKeys, keyGroups } from './key-table.ts';

const rowsOf = (groups: ReturnType<typeof keyGroups>): string[] =>
  groups.flatMap(({ rows }) => rows.map(({ title, keys }) => `${title} | ${keys}`));

it('has every command with all of its keys', () => {
  const commands = keyGroups({ bound: false }).slice(0, -1);
  expect(rowsOf(commands)).toHaveLength(commandIds.length);
  expect(rowsOf(commands)).toContain('Next message | Ctrl+Down, F8');
  expect(rowsOf(commands)).toContain('Layouts… | ');
});

it('leaves commands without keys out where only keys are wanted', () => {
  expect(rowsOf(keyGroups({ bound: true })).filter((row) => row.endsWith('| '))).toEqual([]);
});

it('finds words in command, keys and menu', () => {
  expect(rowsOf(foundKeys(keyGroups({ bound: false }), 'go f8'))).toEqual(['Next message | Ctrl+Down, F8']);
  expect(foundKeys(keyGroups({ bound: false }), 'teleport')).toEqual([]);
});
