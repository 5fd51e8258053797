import type { Actions } from '../action.ts';
import { focusMenuBar, takesText } from '../focus.ts';
import { commandStrings } from '../strings.ts';

export const helpActions: Actions<'shortcuts' | 'dismiss-notice' | 'menu-bar' | 'about'> = {
  shortcuts: {
    run: ({ workspace }) => {
      workspace.openDialog('shortcuts');
    },
  },
  'dismiss-notice': {
    isOffered: ({ workspace, target }) => workspace.store.getState().notices.length > 0 && !takesText(target),
    reason: commandStrings.reasons.noNotice,
    run: ({ workspace }) => {
      const latest = workspace.store.getState().notices.at(-1);
      if (latest) workspace.dismissNotice(latest.key);
    },
  },
  'menu-bar': { run: focusMenuBar },
  about: {
    run: ({ workspace }) => {
      workspace.openDialog('about');
    },
  },
};
