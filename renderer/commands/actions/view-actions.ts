import { moveDetails, setPathPane, settingsStore } from '../../state/settings.ts';
import { seesMessages, type Actions } from '../action.ts';
import { focusNeighbourPane } from '../focus.ts';

export const viewActions: Actions<
  'palette' | 'move-details' | 'toggle-path' | 'color-rules' | 'next-pane' | 'previous-pane'
> = {
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
