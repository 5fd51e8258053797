import { PanelLeft, TriangleAlert } from 'lucide-react';
import { useCallback, useState, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { CaptureStatus } from '../capture/CaptureStatus.tsx';
import { shortcutText } from '../commands/keys.ts';
import { troubleCount } from '../completeness/facts.ts';
import { columnTitle } from '../grid/column-title.ts';
import { sortStrings, timeStrings } from '../grid/strings.ts';
import { focusFilterEditor } from '../filter/editor/FilterEditor.tsx';
import { formatTimeRange, formatZone } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { countSelected } from '../state/row-selection.ts';
import { changeSetting, setZone, settingsStore } from '../state/settings.ts';
import { namesStrings, statusStrings } from '../strings.ts';
import { withKeys } from './Buttons.tsx';
import { copyText } from './clipboard.ts';
import { Menu, type MenuItem, type Point } from './Menu.tsx';
import { statusWords } from './strings.ts';
import { useActiveSession, useWorkspace, useWorkspaceState } from './use-workspace.ts';
import { useZone } from './use-zone.ts';

export function StatusBar() {
  const session = useActiveSession();
  const [menu, setMenu] = useState<{ at: Point; items: MenuItem[] }>();
  const closeMenu = useCallback(() => {
    setMenu(undefined);
  }, []);
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    setMenu({ at: { x: event.clientX, y: event.clientY }, items: copyItems(event.currentTarget, event.target) });
  };
  return (
    <footer
      className="status-bar"
      data-testid="status-bar"
      aria-label={statusStrings.label}
      onContextMenu={onContextMenu}
    >
      {session && <ExplorerToggle />}
      <StateText session={session} />
      <CaptureStatus />
      {session && <SessionStatus session={session} />}
      {menu && (
        <Menu label={statusWords.menu} items={menu.items} at={menu.at} onClose={closeMenu} testId="status-menu" />
      )}
    </footer>
  );
}

/** To copy what was pointed at, and the whole bar. */
function copyItems(bar: HTMLElement, target: EventTarget): MenuItem[] {
  const parts = Array.from(bar.children, (part) => part as HTMLElement).filter((part) => part.innerText !== '');
  const pointed = parts.find((part) => target instanceof Node && part.contains(target));
  const texts = [...(pointed ? [pointed.innerText] : []), parts.map((part) => part.innerText).join(' · ')];
  return texts.map((text, index) => ({
    label: index === texts.length - 1 ? statusWords.copyAll : statusWords.copy(text),
    testId: index === texts.length - 1 ? 'status-copy-all' : 'status-copy',
    onChoose: () => void copyText(text),
  }));
}

function ExplorerToggle() {
  const isOn = useStore(settingsStore, (settings) => settings.explorer);
  return (
    <button
      type="button"
      className="status-button explorer-toggle"
      aria-label={statusWords.explorer}
      aria-pressed={isOn}
      title={withKeys(statusWords.explorerHint(isOn), shortcutText('toggle-explorer'))}
      data-testid="toggle-explorer"
      onClick={() => {
        changeSetting('explorer', !isOn);
      }}
    >
      <PanelLeft size={13} aria-hidden />
    </button>
  );
}

interface StatusItemProps {
  words: string;
  hint: string;
  testId: string;
  onPress: () => void;
}

/** A fact that leads to where it is explained or changed. */
function StatusItem({ words, hint, testId, onPress }: StatusItemProps) {
  return (
    <button type="button" className="status-button" title={hint} data-testid={testId} onClick={onPress}>
      {words}
    </button>
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
  const workspace = useWorkspace();
  const { info, view, selection } = session;
  const troubles = troubleCount(info?.problems ?? []);
  if (session.stage === 'failed') return <span>{session.name}</span>;
  return (
    <>
      <StatusItem
        words={statusStrings.events(session.eventsRead)}
        hint={statusWords.events}
        testId="status-events"
        onPress={() => {
          workspace.show(session.key, 'completeness');
        }}
      />
      {view && (
        <StatusItem
          words={statusStrings.shown(view.rows, view.available)}
          hint={statusWords.shown}
          testId="status-shown"
          onPress={focusFilterEditor}
        />
      )}
      <OrderButton session={session} />
      <StatusItem
        words={statusStrings.selected(selection === undefined ? undefined : selection.row + 1, countSelected(session))}
        hint={withKeys(statusWords.selected, shortcutText('go-to'))}
        testId="status-selected"
        onPress={() => {
          workspace.openDialog('go-to');
        }}
      />
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
      <button
        type="button"
        className="status-button status-file"
        title={statusWords.file(session.name)}
        onClick={() => void copyText(session.name)}
      >
        {session.name}
      </button>
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

/** Asking costs a millisecond and more, and this bar is drawn anew with every step of reading. */
const localZoneName = Intl.DateTimeFormat().resolvedOptions().timeZone;

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
        : statusStrings.localZone(localZoneName);
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
