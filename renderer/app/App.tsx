import type { ComponentType } from 'react';
import { useStore } from 'zustand';
import { AboutDialog } from '../settings/AboutDialog.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { ShortcutsDialog } from '../settings/ShortcutsDialog.tsx';
import { ColorRulesDialog } from '../color-rules/ColorRulesDialog.tsx';
import { PaletteDialog } from '../palette/PaletteDialog.tsx';
import { BytesPane } from '../bytes/BytesPane.tsx';
import { useCommands } from '../commands/use-commands.ts';
import { CompletenessView } from '../completeness/CompletenessView.tsx';
import { ConnectionsView } from '../connections/ConnectionsView.tsx';
import { DetailsPane } from '../details/DetailsPane.tsx';
import { DiagnosisView } from '../diagnosis/DiagnosisView.tsx';
import { ChoiceBar } from '../filter/ChoiceBar.tsx';
import { FindBar } from '../find/FindBar.tsx';
import { EmptyRows } from '../grid/EmptyRows.tsx';
import { MessageGrid } from '../grid/MessageGrid.tsx';
import { LayoutsDialog } from '../layouts/LayoutsDialog.tsx';
import { ComparePaths } from '../path/ComparePaths.tsx';
import { AbovePath } from '../path/AbovePath.tsx';
import { NamesView } from '../names/NamesView.tsx';
import type { Session, ViewName } from '../state/model.ts';
import { settingsStore } from '../state/settings.ts';
import type { Workspace } from '../state/workspace.ts';
import { DropOverlay } from './DropOverlay.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FailureView } from './FailureView.tsx';
import { GoToDialog } from './GoToDialog.tsx';
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
      <div className="window-body">{session ? <TraceView session={session} /> : <Welcome />}</div>
      <TaskStrip />
      <StatusBar />
      <DropOverlay />
      <ExportDialog />
      <LayoutsDialog />
      <OpenDialog session={session} />
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

/** Pixels that show offset, sixteen pairs and sixteen characters whole in the fonts of every system. */
const widthOfBytes = 512;

/** The pages that stand in the place of the messages. */
const pages: Readonly<Partial<Record<ViewName, ComponentType<{ session: Session }>>>> = {
  connections: ConnectionsView,
  diagnosis: DiagnosisView,
  names: NamesView,
  completeness: CompletenessView,
};

function TraceView({ session }: { session: Session }) {
  const explorer = { content: <SessionExplorer />, smallest: 120, preferred: 192 };
  const stage = session.stage === 'failed' ? <FailureView session={session} /> : <Stage session={session} />;
  return <SplitView name="main" panes={[explorer, { content: stage, smallest: 300, elastic: true }]} />;
}

/** Messages stay where they are behind a page, so that they are found again as they were left. */
function Stage({ session }: { session: Session }) {
  const Page = pages[session.showing];
  const { compared } = session.path;
  const covered = Page !== undefined || compared !== undefined;
  return (
    <div className="stage">
      <div className="stage-layer" inert={covered} data-covered={covered}>
        <MessagesAndPanes session={session} />
      </div>
      {Page && (
        <div className="stage-layer" inert={compared !== undefined} data-covered={compared !== undefined}>
          <Page key={session.key} session={session} />
        </div>
      )}
      {compared && (
        <div className="stage-layer">
          <ComparePaths key={session.key} session={session} compared={compared} />
        </div>
      )}
    </div>
  );
}

function MessagesAndPanes({ session }: { session: Session }) {
  const dock = useStore(settingsStore, (settings) => settings.dock);
  const content = (
    <AbovePath session={session} name={`path-${dock}`}>
      <Messages session={session} />
    </AbovePath>
  );
  const messages = { content, smallest: 160, elastic: true };
  if (dock === 'right') {
    const side = { content: <DetailsAndBytes vertical />, smallest: 220, preferred: widthOfBytes };
    return <SplitView key="right" name="right" panes={[messages, side]} />;
  }
  const below = { content: <DetailsAndBytes vertical={false} />, smallest: 100, preferred: '30%' };
  return <SplitView key="below" name="below" vertical panes={[messages, below]} />;
}

function DetailsAndBytes({ vertical }: { vertical: boolean }) {
  return (
    <SplitView
      name={vertical ? 'stacked' : 'beside'}
      vertical={vertical}
      panes={[
        { content: <DetailsPane />, smallest: 90, elastic: true },
        { content: <BytesPane />, smallest: 90, preferred: vertical ? '40%' : widthOfBytes },
      ]}
    />
  );
}

function Messages({ session }: { session: Session }) {
  return (
    <main className="messages">
      <ChoiceBar session={session} />
      <FindBar />
      <div className="messages-rows">
        <MessageGrid key={session.key} session={session} />
        <EmptyRows session={session} />
      </div>
    </main>
  );
}
