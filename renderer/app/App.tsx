import { AboutDialog } from '../settings/AboutDialog.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { ShortcutsDialog } from '../settings/ShortcutsDialog.tsx';
import { ColorRulesDialog } from '../color-rules/ColorRulesDialog.tsx';
import { PaletteDialog } from '../palette/PaletteDialog.tsx';
import { useStore } from 'zustand';
import { CapturePage } from '../capture/CapturePage.tsx';
import { useCommands } from '../commands/use-commands.ts';
import { ColumnChooser } from '../grid/ColumnChooser.tsx';
import { CommentDialog } from '../grid/CommentDialog.tsx';
import { GridStand } from '../grid/GridStand.tsx';
import { LayoutsDialog } from '../layouts/LayoutsDialog.tsx';
import { ComparePaths } from '../path/ComparePaths.tsx';
import type { Session } from '../state/model.ts';
import { settingsStore } from '../state/settings.ts';
import type { Workspace } from '../state/workspace.ts';
import { Dock } from '../workspace/Dock.tsx';
import { DropOverlay } from './DropOverlay.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FailureView } from './FailureView.tsx';
import { GoToDialog } from './GoToDialog.tsx';
import { OpenReport } from './OpenReport.tsx';
import { InTurn } from './InTurn.tsx';
import { NoticeBar } from './NoticeBar.tsx';
import { SessionExplorer } from './SessionExplorer.tsx';
import { SplitView } from './SplitView.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TaskStrip } from './TaskStrip.tsx';
import { TopBar } from './TopBar.tsx';
import { useActiveSession, useWorkspace, useWorkspaceState, WorkspaceContext } from './use-workspace.ts';
import { Welcome } from './Welcome.tsx';

export function App({ workspace }: { workspace: Workspace }) {
  return (
    <WorkspaceContext value={workspace}>
      <Window />
    </WorkspaceContext>
  );
}

function Window() {
  const session = useActiveSession();
  useCommands();
  return (
    <div className="window">
      <TopBar />
      <NoticeBar />
      <GridStand>
        <WindowBody session={session} />
      </GridStand>
      <TaskStrip />
      <StatusBar />
      <DropOverlay />
      <ExportDialog />
      <LayoutsDialog />
      <OpenDialog session={session} />
    </div>
  );
}

/** The trace on show or the welcome page; the capture page lies over either, and leaves it as it is. */
function WindowBody({ session }: { session: Session | undefined }) {
  const isCovered = useWorkspaceState((state) => state.capturePage.open);
  return (
    <div className="window-body">
      <div className="window-layer" inert={isCovered} data-covered={isCovered}>
        {session ? <TraceView session={session} /> : <Welcome />}
      </div>
      {isCovered && (
        <div className="window-layer">
          <CapturePage />
        </div>
      )}
    </div>
  );
}

/** The dialog that a command has opened. */
function OpenDialog({ session }: { session: Session | undefined }) {
  const workspace = useWorkspace();
  const dialog = useWorkspaceState((state) => state.dialog);
  switch (dialog) {
    case 'go-to':
      return session?.view ? <GoToDialog session={session} onClose={workspace.closeDialog} /> : null;
    case 'columns':
      return <ColumnChooser onClose={workspace.closeDialog} />;
    case 'comment':
      return session?.selection ? <CommentDialog session={session} onClose={workspace.closeDialog} /> : null;
    case 'palette':
      return <PaletteDialog onClose={workspace.closeDialog} />;
    case 'settings':
      return <SettingsDialog onClose={workspace.closeDialog} />;
    case 'color-rules':
      return <ColorRulesDialog onClose={workspace.closeDialog} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={workspace.closeDialog} />;
    case 'about':
      return <AboutDialog onClose={workspace.closeDialog} />;
    // The filter bar's own, which knows the filter in its box.
    case 'filter-library':
    case undefined:
      return null;
  }
}

function TraceView({ session }: { session: Session }) {
  const hidden = !useStore(settingsStore, (settings) => settings.explorer);
  const list = (
    <InTurn>
      <SessionExplorer />
    </InTurn>
  );
  const explorer = { content: hidden ? null : list, smallest: 120, preferred: 192, hidden };
  const stage = session.stage === 'failed' ? <FailureView session={session} /> : <Stage session={session} />;
  return <SplitView name="main" panes={[explorer, { content: stage, smallest: 300, elastic: true }]} />;
}

/** The panes of the trace; two paths that are compared lie over them. */
function Stage({ session }: { session: Session }) {
  const { compared } = session.path;
  const isCovered = compared !== undefined;
  return (
    <main className="stage">
      <div className="stage-layer stage-panes" inert={isCovered} data-covered={isCovered}>
        <OpenReport session={session} />
        <InTurn>
          <Dock session={session} />
        </InTurn>
      </div>
      {compared && (
        <div className="stage-layer">
          <ComparePaths key={session.key} session={session} compared={compared} />
        </div>
      )}
    </main>
  );
}
