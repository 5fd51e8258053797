/** What can be done with the selected node of the details tree: the entries of its menu, and its keys. */
import type { DetailNode } from '../../core/engine/contract.ts';
import type { MenuItem } from '../app/Menu.tsx';
import { detailsStrings } from '../strings.ts';
import { nodeFilter } from './node-filter.ts';
import { nodeOfKey, subtreeText } from './tree-model.ts';

export interface NodeAction extends MenuItem {
  /** The key that does it together with Ctrl, in lower case. */
  key: string;
  shift: boolean;
}

interface Doers {
  copy: (text: string) => void;
  filterBy: (filter: string) => void;
}

/** Without a selected node, only everything can be copied. */
export function nodeActions(nodes: readonly DetailNode[], selectedKey: string | undefined, doers: Doers): NodeAction[] {
  const node = selectedKey === undefined ? undefined : nodeOfKey(nodes, selectedKey);
  const filter = selectedKey === undefined ? undefined : nodeFilter(nodes, selectedKey);
  const value = node && (node.value === '' ? node.name : node.value);
  const branch = (node ? [node] : nodes).map((root) => subtreeText(root)).join('\n');
  const { copy, filterBy } = doers;
  return [
    action('value', { key: 'c', shift: false }, value, copy),
    action('filter', { key: 'f', shift: true }, filter, copy),
    action('branch', { key: 'c', shift: true }, branch === '' ? undefined : branch, copy),
    action('filterBy', { key: 'enter', shift: false }, filter, filterBy),
  ];
}

function action(
  name: keyof typeof detailsStrings.actions,
  { key, shift }: Pick<NodeAction, 'key' | 'shift'>,
  text: string | undefined,
  act: (text: string) => void,
): NodeAction {
  const shownKey = key.charAt(0).toUpperCase() + key.slice(1);
  return {
    label: detailsStrings.actions[name],
    keys: ['Ctrl', ...(shift ? ['Shift'] : []), shownKey].join('+'),
    key,
    shift,
    testId: `node-${name}`,
    disabled: text === undefined,
    onChoose: () => {
      if (text !== undefined) act(text);
    },
  };
}
