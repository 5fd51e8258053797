import { useCallback, useState, type ComponentType } from 'react';
import { useStore } from 'zustand';
import { BytesPane } from '../bytes/BytesPane.tsx';
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
import { PathPane, HiddenPathPane } from '../path/PathPane.tsx';
import { NamesView } from '../names/NamesView.tsx';
import type { Session, ViewName } from '../state/model.ts';
import { settingsStore, type Dock } from '../state/settings.ts';
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
import { useCommands } from './use-commands.ts';
import { useActiveSession, WorkspaceContext } from './use-workspace.ts';
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
  const [goingTo, setGoingTo] = useState(false);
  const openGoTo = useCallback(() => {
    setGoingTo(true);
  }, []);
  useCommands(openGoTo);
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
      {goingTo && session?.view && (
        <GoToDialog
          session={session}
          onClose={() => {
            setGoingTo(false);
          }}
        />
      )}
    </div>
  );
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
        <div className="stage-layer" inert={compared !== undefined}>
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
  const messages = { content: <MessagesAndPath session={session} dock={dock} />, smallest: 160, elastic: true };
  if (dock === 'right') {
    const side = { content: <DetailsAndBytes vertical />, smallest: 220, preferred: widthOfBytes };
    return <SplitView key="right" name="right" panes={[messages, side]} />;
  }
  const below = { content: <DetailsAndBytes vertical={false} />, smallest: 100, preferred: '35%' };
  return <SplitView key="below" name="below" vertical panes={[messages, below]} />;
}

/** The grid and under it the path of the selected packet. */
function MessagesAndPath({ session, dock }: { session: Session; dock: Dock }) {
  const isShown = useStore(settingsStore, (settings) => settings.pathPane);
  return (
    <div className="messages-and-path">
      <SplitView
        name={`path-${dock}`}
        vertical
        panes={[
          { content: <Messages session={session} />, smallest: 100, elastic: true },
          { content: <PathPane session={session} />, smallest: 100, preferred: '45%', hidden: !isShown },
        ]}
      />
      {!isShown && <HiddenPathPane />}
    </div>
  );
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
