import { takesText } from '../focus.ts';
import { hasRows, seesMessages, type Actions, type CommandScope } from '../action.ts';

/** In a text, Ctrl+Home and Ctrl+End are the text's. */
const seesMessagesOutsideText = (scope: CommandScope): boolean => seesMessages(scope) && !takesText(scope.target);

export const goActions: Actions<'go-to' | 'previous-row' | 'next-row' | 'first-row' | 'last-row'> = {
  'go-to': {
    isOffered: hasRows,
    run: ({ workspace, session }) => {
      if (!session) return;
      workspace.show(session.key, 'messages');
      workspace.openDialog('go-to');
    },
  },
  'previous-row': { isOffered: seesMessages, run: ({ workspace }) => void workspace.moveSelection(-1) },
  'next-row': { isOffered: seesMessages, run: ({ workspace }) => void workspace.moveSelection(1) },
  'first-row': { isOffered: seesMessagesOutsideText, run: ({ workspace }) => void workspace.selectPosition(0) },
  'last-row': {
    isOffered: seesMessagesOutsideText,
    run: ({ workspace }) => void workspace.selectPosition(Number.POSITIVE_INFINITY),
  },
};
