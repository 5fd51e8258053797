import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { SplitView } from '../app/SplitView.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { connectionsStrings } from '../strings.ts';
import type { Session } from '../state/model.ts';
import { AttemptGrid } from './AttemptGrid.tsx';
import { AttemptTools } from './AttemptTools.tsx';
import { EmptyAttempts } from './EmptyAttempts.tsx';

/** Who tried to reach whom, what became of it, and the way of the selected one below. */
export function ConnectionsView({ session }: { session: Session }) {
  useConnectionsOf(session);
  const attempts = { content: <Attempts session={session} />, smallest: 160, elastic: true };
  return <SplitView name="connections" vertical panes={[attempts]} />;
}

function Attempts({ session }: { session: Session }) {
  const notes = session.connections.found?.notes ?? [];
  return (
    <main className="connections" aria-label={connectionsStrings.label} data-testid="connections">
      <AttemptTools session={session} />
      {notes.length > 0 && (
        <ul className="attempt-notes" aria-label={connectionsStrings.notes} data-testid="attempt-notes">
          {notes.map((note) => (
            <li key={note}>
              <TriangleAlert size={13} className="warning" aria-hidden />
              <span className="selectable">{note}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="connections-rows">
        <AttemptGrid session={session} />
        <EmptyAttempts session={session} />
      </div>
    </main>
  );
}

/** Asks when the trace has been read, and again when its events read differently or the filter that counts is another. */
function useConnectionsOf({ key, stage, contentGeneration, filter, connections }: Session): void {
  const workspace = useWorkspace();
  const counting = connections.choice.filtered ? filter.applied : '';
  useEffect(() => {
    if (stage === 'ready') void workspace.showConnections(key);
  }, [workspace, key, stage, contentGeneration, counting]);
}
