import { focusFilterEditor } from '../../filter/editor/FilterEditor.tsx';
import { chosenParts } from '../../state/view-choice.ts';
import { hasRows, type Actions, type CommandScope } from '../action.ts';

const hasStack = ({ session }: CommandScope): boolean => (session?.filter.stack.length ?? 0) > 0;
const hasBox = ({ session }: CommandScope): boolean => (session?.filter.box ?? '') !== '';
const isFiltered = ({ session }: CommandScope): boolean => (session?.filter.asked ?? '') !== '';
const isChosen = ({ session }: CommandScope): boolean =>
  session !== undefined && chosenParts(session.filter.askedChoice).length > 0;

export const filterActions: Actions<
  | 'filter-box'
  | 'filter-library'
  | 'pin-filter'
  | 'remove-filter'
  | 'suspend-filters'
  | 'clear-filters'
  | 'show-everything'
> = {
  'filter-box': { isOffered: hasRows, run: focusFilterEditor },
  'filter-library': {
    isOffered: hasRows,
    run: ({ workspace }) => {
      workspace.openDialog('filter-library');
    },
  },
  'pin-filter': {
    isOffered: ({ session }) => session?.view !== undefined && session.filter.draft.trim() !== '',
    run: ({ workspace, session }) => {
      if (session) void workspace.pushFilter(session.filter.draft);
    },
  },
  'remove-filter': { isOffered: hasBox, run: ({ workspace }) => void workspace.removeFilter() },
  'suspend-filters': { isOffered: isFiltered, run: ({ workspace }) => void workspace.suspendFilters() },
  'clear-filters': {
    isOffered: (scope) => hasBox(scope) || hasStack(scope),
    run: ({ workspace }) => void workspace.clearFilters(),
  },
  'show-everything': {
    isOffered: (scope) => isFiltered(scope) || isChosen(scope),
    run: ({ workspace }) => void workspace.showEverything(),
  },
};
