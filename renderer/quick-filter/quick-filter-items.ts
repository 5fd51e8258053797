/** What can be done with the filter of a cell or a field. */
import type { MenuItem } from '../app/Menu.tsx';
import type { Workspace } from '../state/workspace.ts';
import { quickFilterStrings } from '../strings.ts';
import type { QuickFilter } from './cell-filter.ts';

export const quickFilterActions = ['add', 'exclude', 'replace', 'newTab', 'copy'] as const;
export type QuickFilterAction = (typeof quickFilterActions)[number];
/** Does something with a filter. */
export type QuickFilterDoer = (action: QuickFilterAction, text: string) => void;

type FilterActions = Pick<Workspace, 'pushFilter' | 'replaceFilter' | 'openView'>;

export function quickFilterDoer(workspace: FilterActions, copy: (text: string) => void): QuickFilterDoer {
  const deeds: Readonly<Record<QuickFilterAction, (text: string) => void>> = {
    add: (text) => void workspace.pushFilter(text),
    exclude: (text) => void workspace.pushFilter(`!(${text})`),
    replace: (text) => void workspace.replaceFilter(text),
    newTab: (text) => void workspace.openView(text),
    copy,
  };
  return (action, text) => {
    deeds[action](text);
  };
}

/**
 * Entries of a menu, all disabled without a filter. Of several filters each has its own entries; there, to exclude one is
 * to ask for the other.
 */
export function quickFilterItems(filters: readonly QuickFilter[], act: QuickFilterDoer): MenuItem[] {
  const offered = quickFilterActions.filter((action) => filters.length < 2 || action !== 'exclude');
  return offered.flatMap((action) => {
    const label = quickFilterStrings.actions[action];
    const testId = `quick-filter-${action}`;
    if (filters.length === 0) return [{ label, testId, disabled: true, onChoose: () => undefined }];
    return filters.map(({ text, side }) => ({
      label: side === undefined ? label : quickFilterStrings.ofSide(label, side),
      testId,
      onChoose: () => {
        act(action, text);
      },
    }));
  });
}
