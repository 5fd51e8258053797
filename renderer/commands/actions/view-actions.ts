import { moveDetails, setPathPane, settingsStore } from '../../state/settings.ts';
import { seesMessages, type Actions } from '../action.ts';
import { focusNeighbourPane } from '../focus.ts';

export const viewActions: Actions<'move-details' | 'toggle-path' | 'next-pane' | 'previous-pane'> = {
  'move-details': { isOffered: seesMessages, run: moveDetails },
  'toggle-path': {
    isOffered: seesMessages,
    isOn: () => settingsStore.getState().pathPane,
    run: () => {
      setPathPane(!settingsStore.getState().pathPane);
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
