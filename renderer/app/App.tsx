import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { BytesPane } from '../bytes/BytesPane.tsx';
import { DetailsPane } from '../details/DetailsPane.tsx';
import { filterInputId } from '../filter/FilterBar.tsx';
import { EmptyRows } from '../grid/EmptyRows.tsx';
import { MessageGrid } from '../grid/MessageGrid.tsx';
import type { Session } from '../state/model.ts';
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
  useCommands(openGoTo, filterInputId);
  return (
    <div className="window">
      <TopBar />
      <NoticeBar />
      <div className="window-body">{session ? <TraceView session={session} /> : <Welcome />}</div>
      <TaskStrip />
      <StatusBar />
      <DropOverlay />
      <ExportDialog />
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

function TraceView({ session }: { session: Session }) {
  const dock = useStore(settingsStore, (settings) => settings.dock);
  const explorer = { content: <SessionExplorer />, smallest: 120, preferred: 176 };
  if (session.stage === 'failed') {
    const failure = { content: <FailureView session={session} />, smallest: 300, elastic: true };
    return <SplitView name="failed" panes={[explorer, failure]} />;
  }
  const messages = { content: <Messages session={session} />, smallest: 160, elastic: true };
  if (dock === 'right') {
    const side = { content: <DetailsAndBytes vertical />, smallest: 220, preferred: widthOfBytes };
    return <SplitView name="right" panes={[explorer, messages, side]} />;
  }
  const below = { content: <DetailsAndBytes vertical={false} />, smallest: 100, preferred: '35%' };
  const stack = <SplitView name="below" vertical panes={[messages, below]} />;
  return <SplitView name="main" panes={[explorer, { content: stack, smallest: 300, elastic: true }]} />;
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
      <MessageGrid key={session.key} session={session} />
      <EmptyRows session={session} />
    </main>
  );
}
