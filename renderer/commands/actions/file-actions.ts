import { hasRows, hasTrace, type Actions } from '../action.ts';

export const fileActions: Actions<'open' | 'open-sample' | 'export' | 'layouts' | 'settings' | 'reload' | 'close'> = {
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
  reload: {
    // A browser keeps Ctrl+R for its page.
    isOffered: (scope) =>
      scope.session?.stage === 'ready' && (scope.workspace.hostKind === 'desktop' || scope.target === null),
    run: ({ workspace, session }) => {
      if (session) void workspace.reload(session.key);
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
