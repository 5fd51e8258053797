import type { Actions } from '../action.ts';
import { focusMenuBar } from '../focus.ts';

export const helpActions: Actions<'shortcuts' | 'menu-bar' | 'about'> = {
  shortcuts: {
    run: ({ workspace }) => {
      workspace.openDialog('shortcuts');
    },
  },
  'menu-bar': { run: focusMenuBar },
  about: {
    run: ({ workspace }) => {
      workspace.openDialog('about');
    },
  },
};
