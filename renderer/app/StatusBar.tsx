import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { troubleCount } from '../completeness/facts.ts';
import { columnTitle } from '../grid/column-title.ts';
import { sortStrings, timeStrings } from '../grid/strings.ts';
import { formatTimeRange, formatZone } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { countSelected } from '../state/row-selection.ts';
import { setZone, settingsStore } from '../state/settings.ts';
import { namesStrings, statusStrings } from '../strings.ts';
import { useActiveSession, useWorkspace, useWorkspaceState } from './use-workspace.ts';
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
  const { scan } = session.filter;
  if (scan) return statusStrings.scanned(scan.scanned, scan.total);
  return statusStrings[session.stage];
}

function SessionStatus({ session }: { session: Session }) {
  const { info, view, selection } = session;
  const troubles = troubleCount(info?.problems ?? []);
  if (session.stage === 'failed') return <span>{session.name}</span>;
  return (
    <>
      <span data-testid="status-events">{statusStrings.events(session.eventsRead)}</span>
      {view && <span data-testid="status-shown">{statusStrings.shown(view.rows, view.available)}</span>}
      <OrderButton session={session} />
      <span data-testid="status-selected">
        {statusStrings.selected(selection === undefined ? undefined : selection.row + 1, countSelected(session))}
      </span>
      {info && (
        <CompletenessButton
          session={session}
          words={statusStrings.lost(info.eventsLost, info.buffersLost)}
          hint={statusStrings.lostHint(info.eventsLost, info.buffersLost)}
          grave={info.eventsLost > 0 || info.buffersLost > 0}
          testId="status-lost"
        />
      )}
      {troubles > 0 && (
        <CompletenessButton
          session={session}
          words={statusStrings.problems(troubles)}
          hint={statusStrings.problemsHint}
          grave
          testId="problems"
        />
      )}
      <NamesButton session={session} />
      <span className="status-file">{session.name}</span>
      <TimeRange session={session} />
    </>
  );
}

/** By what the messages are sorted when it is not time; a click takes that back. */
function OrderButton({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const order = session.view?.order;
  if (!order) return null;
  return (
    <button
      type="button"
      className="status-button"
      title={sortStrings.statusHint}
      data-testid="status-order"
      onClick={() => void workspace.sortBy(undefined)}
    >
      {sortStrings.status(columnTitle(order.by), order.descending)}
    </button>
  );
}

/** How much of what the trace shows has a name; leads to the names. */
function NamesButton({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { book } = session.names;
  if (!book || book.subjects.length === 0) return null;
  const { subjects, named, conflicts } = book;
  const isWhole = named === subjects.length && conflicts === 0;
  return (
    <button
      type="button"
      className={isWhole ? 'status-button' : 'status-button warning'}
      title={namesStrings.statusHint(subjects.length - named, conflicts)}
      data-testid="status-names"
      onClick={() => {
        workspace.show(session.key, 'names');
      }}
    >
      {!isWhole && <TriangleAlert size={12} aria-hidden />}
      {namesStrings.status(named, subjects.length)}
    </button>
  );
}

interface CompletenessButtonProps {
  session: Session;
  words: string;
  hint: string;
  /** Something is missing or wrong. */
  grave: boolean;
  testId: string;
}

/** Leads to the page that says what is missing, and why. */
function CompletenessButton({ session, words, hint, grave, testId }: CompletenessButtonProps) {
  const workspace = useWorkspace();
  return (
    <button
      type="button"
      className={grave ? 'status-button warning' : 'status-button'}
      title={hint}
      data-testid={testId}
      onClick={() => {
        workspace.show(session.key, 'completeness');
      }}
    >
      {grave && <TriangleAlert size={12} aria-hidden />}
      {words}
    </button>
  );
}

/** First and last event, with the zone; a click changes the zone of all times. */
function TimeRange({ session }: { session: Session }) {
  const choice = useStore(settingsStore, (settings) => settings.zone);
  const { start, end, offsetMinutes } = useZone(session);
  if (!start || !end) return null;
  const zoneName =
    choice === 'trace'
      ? timeStrings.choices.trace
      : choice === 'utc'
        ? formatZone(0)
        : statusStrings.localZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
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
