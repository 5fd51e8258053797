/** What can be done with the selected node of the details tree: the entries of its menu, and its keys. */
import type { DetailNode } from '../../core/engine/contract.ts';
import type { MenuItem } from '../app/Menu.tsx';
import { detailsStrings } from '../strings.ts';
import type { QuickFilterAction, QuickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { nodeColumn, nodeFilter } from './node-filter.ts';
import { nodeOfKey, subtreeText } from './tree-model.ts';

export interface NodeAction extends MenuItem {
  /** The key that does it together with Ctrl, in lower case; undefined where only the menu does it. */
  key?: string;
  shift?: boolean;
}

interface Doers {
  copy: (text: string) => void;
  act: QuickFilterDoer;
  addColumn: (column: string) => void;
}

/** Without a selected node, only everything can be copied. */
export function nodeActions(nodes: readonly DetailNode[], selectedKey: string | undefined, doers: Doers): NodeAction[] {
  const node = selectedKey === undefined ? undefined : nodeOfKey(nodes, selectedKey);
  const filter = selectedKey === undefined ? undefined : nodeFilter(nodes, selectedKey);
  const value = node && (node.value === '' ? node.name : node.value);
  const branch = (node ? [node] : nodes).map((root) => subtreeText(root)).join('\n');
  const { copy, act, addColumn } = doers;
  const asFilter =
    (name: QuickFilterAction) =>
    (text: string): void => {
      act(name, text);
    };
  return [
    action('value', { key: 'c', shift: false }, value, copy),
    action('filter', { key: 'f', shift: true }, filter, copy),
    action('branch', { key: 'c', shift: true }, branch === '' ? undefined : branch, copy),
    action('filterBy', { key: 'enter', shift: false }, filter, asFilter('add')),
    action('exclude', { key: 'enter', shift: true }, filter, asFilter('exclude')),
    action('replace', undefined, filter, asFilter('replace')),
    action('newTab', undefined, filter, asFilter('newTab')),
    action('addColumn', undefined, nodeColumn(filter), addColumn),
  ];
}

function action(
  name: keyof typeof detailsStrings.actions,
  press: { key: string; shift: boolean } | undefined,
  text: string | undefined,
  run: (text: string) => void,
): NodeAction {
  return {
    label: detailsStrings.actions[name],
    ...(press && { ...press, keys: keysText(press) }),
    testId: `node-${name}`,
    disabled: text === undefined,
    onChoose: () => {
      if (text !== undefined) run(text);
    },
  };
}

function keysText({ key, shift }: { key: string; shift: boolean }): string {
  return ['Ctrl', ...(shift ? ['Shift'] : []), key.charAt(0).toUpperCase() + key.slice(1)].join('+');
}
