import { hasRows, hasTrace, type Actions } from '../action.ts';

export const fileActions: Actions<'open' | 'open-sample' | 'export' | 'layouts' | 'settings' | 'close'> = {
  open: { run: ({ workspace }) => void workspace.openWithDialog() },
  'open-sample': { run: ({ workspace }) => void workspace.openSample() },
  export: {
    isOffered: hasRows,
    run: ({ workspace }) => {
      workspace.askForExport();
    },
  },
  layouts: { run: ({ workspace }) => void workspace.openLayouts() },
  settings: {
    run: ({ workspace }) => {
      workspace.openDialog('settings');
    },
  },
  close: {
    // A browser keeps Ctrl+W for its tab.
    isOffered: (scope) => hasTrace(scope) && (scope.workspace.hostKind === 'desktop' || scope.target === null),
    run: ({ workspace, session }) => {
      if (session) workspace.closeSession(session.key);
    },
  },
};
