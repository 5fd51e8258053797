import type { Actions } from '../action.ts';
import { focusNeighbourPane } from '../focus.ts';

export const viewActions: Actions<'next-pane' | 'previous-pane'> = {
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
