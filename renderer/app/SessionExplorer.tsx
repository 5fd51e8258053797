import { CircleX, X } from 'lucide-react';
import { formatPercent } from '../format/number.ts';
import { isReading, type Session } from '../state/model.ts';
import { explorerStrings } from '../strings.ts';
import { IconButton } from './Buttons.tsx';
import { TraceFacts } from './TraceFacts.tsx';
import { useActiveSession, useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** The open traces, and what is known of the one on show. */
export function SessionExplorer() {
  const sessions = useWorkspaceState((state) => state.sessions);
  const active = useActiveSession();
  return (
    <nav className="explorer" aria-label={explorerStrings.label}>
      <h2 className="pane-heading">{explorerStrings.traces}</h2>
      <ul className="trace-list">
        {sessions.map((session) => (
          <TraceItem key={session.key} session={session} active={session === active} />
        ))}
      </ul>
      {active?.info && <TraceFacts info={active.info} />}
    </nav>
  );
}

function TraceItem({ session, active }: { session: Session; active: boolean }) {
  const workspace = useWorkspace();
  const { name } = session.file;
  return (
    <li className="trace-item" data-active={active}>
      <button
        type="button"
        className="trace-button"
        aria-current={active}
        title={name}
        data-testid="trace"
        data-pane={active ? 'traces' : undefined}
        onClick={() => {
          workspace.activate(session.key);
        }}
      >
        <span className="trace-name">{name}</span>
        <span className="trace-state">
          <TraceState session={session} />
        </span>
      </button>
      <IconButton
        label={explorerStrings.closeTrace(name)}
        icon={X}
        onPress={() => {
          workspace.closeSession(session.key);
        }}
        {...(active && workspace.hostKind === 'desktop' && { command: 'close' as const })}
      />
    </li>
  );
}

function TraceState({ session }: { session: Session }) {
  if (session.stage === 'failed') {
    return (
      <span className="danger">
        <CircleX size={12} aria-hidden /> {explorerStrings.failed}
      </span>
    );
  }
  if (isReading(session)) {
    return explorerStrings.reading(formatPercent(session.bytesRead, session.file.size));
  }
  return explorerStrings.events(session.eventsRead);
}
