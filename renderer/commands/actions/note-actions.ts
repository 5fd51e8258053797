import { seesMessages, type Actions, type CommandScope } from '../action.ts';
import { noteOf } from '../../state/mark-rows.ts';

/** Marks and comments are kept of traces that have been read. */
const canNote = (scope: CommandScope): boolean =>
  seesMessages(scope) && scope.session?.stage === 'ready' && scope.session.selection !== undefined;

const hasMarks = (scope: CommandScope): boolean =>
  seesMessages(scope) && scope.session?.notes.book?.notes.some(({ marked }) => marked) === true;

export const noteActions: Actions<'mark' | 'comment' | 'next-mark' | 'previous-mark' | 'marked-only'> = {
  mark: {
    isOffered: canNote,
    isOn: ({ session }) => session !== undefined && noteOf(session).marked,
    run: ({ workspace }) => void workspace.toggleMarks(),
  },
  comment: {
    isOffered: canNote,
    run: ({ workspace }) => {
      workspace.openDialog('comment');
    },
  },
  'next-mark': { isOffered: hasMarks, run: ({ workspace }) => void workspace.goToMark('forward') },
  'previous-mark': { isOffered: hasMarks, run: ({ workspace }) => void workspace.goToMark('backward') },
  'marked-only': {
    isOffered: (scope) => hasMarks(scope) || scope.session?.filter.askedChoice.marked === true,
    isOn: ({ session }) => session?.filter.askedChoice.marked === true,
    run: ({ workspace, session }) => {
      const isOn = session?.filter.askedChoice.marked === true;
      void workspace.choose({ marked: isOn ? undefined : true });
    },
  },
};
