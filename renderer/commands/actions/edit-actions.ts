import { takesText } from '../focus.ts';
import { commandStrings } from '../strings.ts';
import { hasRows, type Actions } from '../action.ts';

export const editActions: Actions<'undo-filter' | 'redo-filter' | 'find' | 'find-next' | 'find-previous'> = {
  'undo-filter': {
    isOffered: ({ session, target }) => (session?.filter.history.past.length ?? 0) > 0 && !takesText(target),
    reason: commandStrings.reasons.noUndo,
    run: ({ workspace }) => void workspace.undoFilter(),
  },
  'redo-filter': {
    isOffered: ({ session, target }) => (session?.filter.history.future.length ?? 0) > 0 && !takesText(target),
    reason: commandStrings.reasons.noRedo,
    run: ({ workspace }) => void workspace.redoFilter(),
  },
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
