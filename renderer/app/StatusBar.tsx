import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { formatTimeRange, formatZone } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { setZone, settingsStore } from '../state/settings.ts';
import { statusStrings } from '../strings.ts';
import { ProblemsDialog } from './ProblemsDialog.tsx';
import { useActiveSession, useWorkspaceState } from './use-workspace.ts';
import { useZone } from './use-zone.ts';

export function StatusBar() {
  const session = useActiveSession();
  return (
    <footer className="status-bar" data-testid="status-bar" aria-label={statusStrings.label}>
      <StateText session={session} />
      {session && <SessionStatus session={session} />}
    </footer>
  );
}

function StateText({ session }: { session: Session | undefined }) {
  const exporting = useWorkspaceState((state) => state.tasks.some((task) => task.kind !== 'open'));
  return (
    <span role="status" data-testid="state">
      {exporting ? statusStrings.working : stateWords(session)}
    </span>
  );
}

function stateWords(session: Session | undefined): string {
  if (!session) return statusStrings.nothingOpen;
  if (session.filter.scan) return statusStrings.working;
  return statusStrings[session.stage];
}

function SessionStatus({ session }: { session: Session }) {
  const { info, view, selection } = session;
  if (session.stage === 'failed') return <span>{session.file.name}</span>;
  return (
    <>
      <span data-testid="status-events">{statusStrings.events(session.eventsRead)}</span>
      {view && <span data-testid="status-shown">{statusStrings.shown(view.rows)}</span>}
      <span data-testid="status-selected">
        {statusStrings.selected(selection === undefined ? undefined : selection.row + 1)}
      </span>
      {info && (
        <span
          className={info.eventsLost > 0 ? 'warning' : undefined}
          title={statusStrings.lostHint(info.eventsLost, info.buffersLost)}
          data-testid="status-lost"
        >
          {info.eventsLost > 0 && <TriangleAlert size={12} aria-hidden />}
          {statusStrings.lost(info.eventsLost)}
        </span>
      )}
      {info && info.problems.length > 0 && <Problems session={session} count={info.problems.length} />}
      <span className="status-file">{session.file.name}</span>
      <TimeRange session={session} />
    </>
  );
}

function Problems({ session, count }: { session: Session; count: number }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="status-button warning"
        title={statusStrings.problemsHint}
        data-testid="problems"
        onClick={() => {
          setOpen(true);
        }}
      >
        <TriangleAlert size={12} aria-hidden />
        {statusStrings.problems(count)}
      </button>
      {open && (
        <ProblemsDialog
          session={session}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** First and last event, with the zone; a click changes the zone of all times. */
function TimeRange({ session }: { session: Session }) {
  const choice = useStore(settingsStore, (settings) => settings.zone);
  const { start, end, offsetMinutes } = useZone(session);
  if (!start || !end) return null;
  const zoneName =
    choice === 'utc' ? formatZone(0) : statusStrings.localZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return (
    <button
      type="button"
      className="status-button"
      title={statusStrings.zoneHint(zoneName)}
      data-testid="zone"
      onClick={() => {
        setZone(choice === 'utc' ? 'local' : 'utc');
      }}
    >
      {formatTimeRange(start, end, offsetMinutes)}
    </button>
  );
}
