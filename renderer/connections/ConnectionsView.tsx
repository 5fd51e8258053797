import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useWorkspace } from '../app/use-workspace.ts';
import { connectionsStrings } from '../strings.ts';
import type { Session } from '../state/model.ts';
import { AttemptGrid } from './AttemptGrid.tsx';
import { AttemptTools } from './AttemptTools.tsx';
import { EmptyAttempts } from './EmptyAttempts.tsx';

/** Who tried to reach whom, and what became of it; the path pane shows the way of the selected one. */
export function ConnectionsView({ session }: { session: Session }) {
  useConnectionsOf(session);
  return <Attempts session={session} />;
}

function Attempts({ session }: { session: Session }) {
  const notes = session.connections.found?.notes ?? [];
  return (
    <section className="connections" aria-label={connectionsStrings.label} data-testid="connections">
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
    </section>
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
