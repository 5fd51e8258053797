import { hasRows, hasTrace, type Actions, type CommandScope } from '../action.ts';

/** It covers the trace, so it is closed first. */
function isCapturePageOpen({ workspace }: Pick<CommandScope, 'workspace'>): boolean {
  return workspace.store.getState().capturePage.open;
}

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
    isOffered: (scope) =>
      (hasTrace(scope) || isCapturePageOpen(scope)) &&
      (scope.workspace.hostKind === 'desktop' || scope.target === null),
    run: ({ workspace, session }) => {
      if (isCapturePageOpen({ workspace })) workspace.closeCapturePage();
      else if (session) workspace.closeSession(session.key);
    },
  },
};
