import { CircleX, Combine, Funnel, X } from 'lucide-react';
import { useState } from 'react';
import { LevelIcon } from '../completeness/LevelIcon.tsx';
import { gravestLevel, verdictOf } from '../completeness/verdict.ts';
import { DiagnosisIcon } from '../diagnosis/DiagnosisIcon.tsx';
import { diagnosisVerdict } from '../diagnosis/verdict.ts';
import { namesVerdict } from '../names/subjects.ts';
import { formatPercent, fraction } from '../format/number.ts';
import { diagnosisOf, isFurtherView, isReading, tracesToJoin, type Session, type ViewName } from '../state/model.ts';
import { completenessStrings, diagnosisStrings, explorerStrings, namesStrings } from '../strings.ts';
import { IconButton, TextButton } from './Buttons.tsx';
import { copyText } from './clipboard.ts';
import { Menu, type MenuItem, type Point } from './Menu.tsx';
import { paceFacts } from './pace.ts';
import { traceMenuStrings } from './strings.ts';
import { useItemMenu } from './use-item-menu.ts';
import { useNow } from './use-now.ts';
import { TraceFacts } from './TraceFacts.tsx';
import { useActiveSession, useWorkspace, useWorkspaceState } from './use-workspace.ts';
import { views } from './views.ts';

/** The open traces, and what is known of the one on show. */
export function SessionExplorer() {
  const sessions = useWorkspaceState((state) => state.sessions);
  const active = useActiveSession();
  return (
    <nav className="explorer" aria-label={explorerStrings.label}>
      <h2 className="pane-heading">{explorerStrings.traces}</h2>
      <ul className="trace-list">
        {sessions.map((session) => (
          <TraceItem
            key={session.key}
            session={session}
            active={session === active}
            further={isFurtherView({ sessions }, session)}
          />
        ))}
      </ul>
      <ReadTogether />
      {active && active.stage !== 'failed' && <ViewList session={active} />}
      {active?.info && <TraceFacts info={active.info} report={diagnosisOf(active)} />}
    </nav>
  );
}

/** Offered when there is something to join: host and guest, or the files of a series. */
function ReadTogether() {
  const workspace = useWorkspace();
  const traces = useWorkspaceState((state) => tracesToJoin(state).length);
  if (traces < 2) return null;
  return (
    <div className="explorer-action">
      <TextButton
        label={explorerStrings.readTogether}
        hint={explorerStrings.readTogetherHint(traces)}
        icon={Combine}
        testId="read-together"
        onPress={() => void workspace.readTogether()}
      />
    </div>
  );
}

/** The ways to look at the trace on show. */
function ViewList({ session }: { session: Session }) {
  const workspace = useWorkspace();
  return (
    <>
      <h2 className="pane-heading">{explorerStrings.views}</h2>
      <ul>
        {views.map(({ name, icon: Icon }) => (
          <li key={name} className="trace-item" data-active={session.showing === name}>
            <button
              type="button"
              className="trace-button view-button"
              aria-current={session.showing === name}
              title={explorerStrings.viewHints[name]}
              data-testid={`view-${name}`}
              onClick={() => {
                workspace.show(session.key, name);
              }}
            >
              <Icon size={14} aria-hidden />
              <span className="trace-name">{explorerStrings.viewNames[name]}</span>
              {name === 'diagnosis' && <DiagnosisMark session={session} />}
              {name === 'names' && <NamesMark session={session} />}
              {name === 'completeness' && <CompletenessMark session={session} />}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Tells from afar how grave what was found is. */
function DiagnosisMark({ session }: { session: Session }) {
  const report = diagnosisOf(session);
  if (!report) return null;
  const verdict = diagnosisVerdict(report);
  return (
    <span className="view-mark" title={diagnosisStrings.verdicts[verdict](report.packets)}>
      {verdict === 'good' ? (
        <LevelIcon level="good" size={14} />
      ) : (
        <DiagnosisIcon level={verdict} size={14} label={diagnosisStrings.levels[verdict]} />
      )}
    </span>
  );
}

/** Tells from afar whether names are missing or differ. */
function NamesMark({ session }: { session: Session }) {
  const { book } = session.names;
  if (!book) return null;
  const verdict = namesVerdict(book);
  if (verdict === 'none') return null;
  const words = namesStrings.verdicts[verdict](book.named, book.subjects.length);
  return (
    <span className="view-mark" title={words}>
      <LevelIcon level={verdict === 'good' ? 'good' : 'note'} size={14} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

/** Tells from afar whether there is something to read. */
function CompletenessMark({ session }: { session: Session }) {
  const { info } = session;
  if (!info?.complete) return null;
  const level = gravestLevel(info.completeness.findings);
  return (
    <span className="view-mark" title={completenessStrings.verdicts[verdictOf(info)]}>
      <LevelIcon level={level} size={14} />
      <span className="visually-hidden">{completenessStrings.levelWords[level]}</span>
    </span>
  );
}

interface TraceItemProps {
  session: Session;
  active: boolean;
  /** One more view of a trace that is listed above. */
  further: boolean;
}

function TraceItem({ session, active, further }: TraceItemProps) {
  const workspace = useWorkspace();
  const menu = useItemMenu();
  const name = further ? explorerStrings.viewOf(session.filter.asked) : session.name;
  return (
    <li className={further ? 'trace-item trace-view' : 'trace-item'} data-active={active}>
      <button
        type="button"
        className="trace-button"
        aria-current={active}
        title={titleOf(session, name)}
        data-testid={further ? 'trace-view' : 'trace'}
        data-pane={active ? 'traces' : undefined}
        onClick={() => {
          workspace.activate(session.key);
        }}
        {...menu.handlers}
      >
        <span className="trace-name">{name}</span>
        <span className="trace-state">
          {further ? explorerStrings.events(session.view?.rows ?? 0) : <TraceState session={session} />}
        </span>
        {!further && <FilterInForce session={session} />}
      </button>
      <IconButton
        label={explorerStrings.closeTrace(name)}
        icon={X}
        onPress={() => {
          workspace.closeSession(session.key);
        }}
        {...(active && workspace.hostKind === 'desktop' && { command: 'close' as const })}
      />
      {menu.at && <TraceMenu session={session} at={menu.at} onClose={menu.close} />}
    </li>
  );
}

function titleOf({ filter }: Session, name: string): string {
  return filter.applied === '' ? name : `${name}\n${traceMenuStrings.filter(filter.applied)}`;
}

/** What the messages of a trace are filtered by. */
function FilterInForce({ session }: { session: Session }) {
  const { applied } = session.filter;
  if (applied === '') return null;
  return (
    <span className="trace-filter" data-testid="trace-filter">
      <Funnel size={11} aria-hidden />
      <span>{applied}</span>
    </span>
  );
}

interface TraceMenuProps {
  session: Session;
  at: Point;
  onClose: () => void;
}

/** What can be done with a trace without going there first. */
function TraceMenu({ session, at, onClose }: TraceMenuProps) {
  const workspace = useWorkspace();
  const { sessions } = workspace.store.getState();
  const others = sessions.filter((other) => other.key !== session.key && !isSameTrace(other, session));
  const isOpen = session.stage === 'ready';
  const go = (view: ViewName) => (): void => {
    workspace.activate(session.key);
    workspace.show(session.key, view);
  };
  const items: MenuItem[] = [
    {
      label: traceMenuStrings.reload,
      testId: 'trace-reload',
      disabled: !isOpen,
      onChoose: () => void workspace.reload(session.key),
    },
    {
      label: traceMenuStrings.readTogether,
      testId: 'trace-read-together',
      disabled: tracesToJoin({ sessions }).length < 2,
      onChoose: () => void workspace.readTogether(),
    },
    { label: traceMenuStrings.shiftTime, testId: 'trace-shift', disabled: !isOpen, onChoose: go('completeness') },
    { label: traceMenuStrings.names, testId: 'trace-names', disabled: !isOpen, onChoose: go('names') },
    {
      label: traceMenuStrings.completeness,
      testId: 'trace-completeness',
      disabled: !isOpen,
      onChoose: go('completeness'),
    },
    { label: traceMenuStrings.copyName, testId: 'trace-copy-name', onChoose: () => void copyText(session.name) },
    {
      label: traceMenuStrings.close,
      testId: 'trace-close',
      onChoose: () => {
        workspace.closeSession(session.key);
      },
    },
    {
      label: traceMenuStrings.closeOthers,
      testId: 'trace-close-others',
      disabled: others.length === 0,
      onChoose: () => {
        for (const { key } of others) workspace.closeSession(key);
      },
    },
  ];
  return (
    <Menu label={traceMenuStrings.label(session.name)} items={items} at={at} onClose={onClose} testId="trace-menu" />
  );
}

function isSameTrace(first: Session, second: Session): boolean {
  return first.trace !== undefined && first.trace === second.trace;
}

function TraceState({ session }: { session: Session }) {
  if (session.stage === 'failed') {
    return (
      <span className="danger">
        <CircleX size={12} aria-hidden /> {explorerStrings.failed}
      </span>
    );
  }
  return isReading(session) ? <ReadingState session={session} /> : explorerStrings.events(session.eventsRead);
}

/** How far a trace has been read, how fast, and how long it will take. */
function ReadingState({ session }: { session: Session }) {
  const now = useNow(500);
  const [startedAt] = useState(now);
  const { bytesRead, size } = session;
  const elapsed = now - startedAt;
  return (
    <>
      {explorerStrings.reading(formatPercent(bytesRead, size))}
      <progress
        className="trace-progress"
        value={fraction(bytesRead, size)}
        max={1}
        aria-label={explorerStrings.reading(session.name)}
      />
      <span className="trace-state">{paceFacts(bytesRead, size, elapsed).join(' · ')}</span>
    </>
  );
}
