import { hasRows, type Actions } from '../action.ts';

export const editActions: Actions<'find' | 'find-next' | 'find-previous'> = {
  find: {
    isOffered: hasRows,
    run: ({ workspace, session }) => {
      if (!session) return;
      workspace.show(session.key, 'messages');
      workspace.openFind();
    },
  },
  'find-next': { isOffered: hasRows, run: ({ workspace }) => void workspace.findNext('forward') },
  'find-previous': { isOffered: hasRows, run: ({ workspace }) => void workspace.findNext('backward') },
};
