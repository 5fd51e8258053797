import { changeSetting, settingsStore } from '../../state/settings.ts';
import { neighbourView } from '../../workspace/view-tabs.ts';
import { hasTrace, type Action, type Actions, type CommandScope } from '../action.ts';

function walk(step: 1 | -1): Action {
  return {
    isOffered: hasTrace,
    run: ({ workspace, session }: CommandScope) => {
      if (session) workspace.activate(neighbourView(workspace.store.getState(), session, step));
    },
  };
}

export const workspaceActions: Actions<'toggle-explorer' | 'new-view' | 'next-view' | 'previous-view'> = {
  'toggle-explorer': {
    isOn: () => settingsStore.getState().explorer,
    run: () => {
      changeSetting('explorer', !settingsStore.getState().explorer);
    },
  },
  'new-view': {
    isOffered: ({ session }) => session?.stage === 'ready',
    run: ({ workspace }) => void workspace.openView(''),
  },
  'next-view': walk(1),
  'previous-view': walk(-1),
};
