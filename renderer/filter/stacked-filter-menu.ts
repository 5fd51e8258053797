/** What can be done with a filter that stands beside the box. */
import type { MenuItem } from '../app/Menu.tsx';
import type { Workspace } from '../state/workspace.ts';
import { filterStrings, quickFilterStrings } from '../strings.ts';
import type { StackedFilter } from './combined-filter.ts';

type StackActions = Pick<
  Workspace,
  'toggleFilter' | 'editFilter' | 'invertFilter' | 'replaceFilter' | 'openView' | 'dropFilter'
>;

export function stackedFilterItems(
  { text, enabled }: StackedFilter,
  index: number,
  workspace: StackActions,
  copy: (text: string) => void,
): MenuItem[] {
  const menu = filterStrings.stackMenu;
  const { actions } = quickFilterStrings;
  return [
    {
      label: enabled ? menu.switchOff : menu.switchOn,
      testId: 'stacked-toggle',
      onChoose: () => void workspace.toggleFilter(index),
    },
    { label: menu.edit, testId: 'stacked-edit', onChoose: () => void workspace.editFilter(index) },
    { label: menu.invert, testId: 'stacked-invert', onChoose: () => void workspace.invertFilter(index) },
    {
      label: menu.alone,
      separated: true,
      testId: 'stacked-alone',
      onChoose: () => void workspace.replaceFilter(text),
    },
    { label: actions.newTab, testId: 'stacked-new-tab', onChoose: () => void workspace.openView(text) },
    {
      label: menu.copy,
      testId: 'stacked-copy',
      onChoose: () => {
        copy(text);
      },
    },
    {
      label: menu.drop,
      separated: true,
      testId: 'stacked-drop',
      onChoose: () => void workspace.dropFilter(index),
    },
  ];
}
