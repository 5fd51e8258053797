import type { Actions } from '../action.ts';
import { focusNeighbourPane } from '../focus.ts';

export const viewActions: Actions<'palette' | 'color-rules' | 'next-pane' | 'previous-pane'> = {
  palette: {
    run: ({ workspace }) => {
      workspace.openDialog('palette');
    },
  },
  'color-rules': {
    run: ({ workspace }) => {
      workspace.openDialog('color-rules');
    },
  },
  'next-pane': {
    run: () => {
      focusNeighbourPane(false);
    },
  },
  'previous-pane': {
    run: () => {
      focusNeighbourPane(true);
    },
  },
};
