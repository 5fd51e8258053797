import { CornerUpLeft, Reply, Route, SkipBack, SkipForward, Table2, TriangleAlert, Waypoints } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { PacketPath } from '../../core/engine/contract.ts';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { CopyDetails } from '../app/CopyDetails.tsx';
import { ToggleButton } from '../app/ToggleButton.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { isPathHidden, isReading, pathOf, type PathLookup, type Session } from '../state/model.ts';
import { setPathAsTable, settingsStore } from '../state/settings.ts';
import { pathStrings } from '../strings.ts';
import { PaneHeader } from '../workspace/pane-header.tsx';
import { CopyPath } from './CopyPath.tsx';
import { totalWords, verdictWords } from './hop-words.ts';
import { PathDiagram } from './PathDiagram.tsx';
import { PathProgressBar } from './PathProgressBar.tsx';
import { PathTable } from './PathTable.tsx';
import { pathContent, type DiagramContent } from './tracks.ts';

/** How the packet of the selected message travelled. */
export function PathPane({ session }: { session: Session }) {
  const { lookup, answer } = session.path;
  const { offsetMinutes } = useZone(session);
  const path = pathOf(lookup);
  const answered = pathOf(answer);
  const content = useMemo(
    () => path && pathContent(path, answered, pathStrings.answerHeading(answered?.title ?? '')),
    [path, answered],
  );
  return (
    <section className="pane path-pane" aria-label={pathStrings.label} data-testid="path-pane">
      <PaneHeader>
        {path && (
          <span className="path-title code selectable" data-testid="path-title" title={path.title}>
            {path.title}
          </span>
        )}
        <span className="pane-tools">
          {path && content && (
            <>
              <PathTools session={session} path={path} />
              <CopyPath content={content} offsetMinutes={offsetMinutes} />
            </>
          )}
        </span>
      </PaneHeader>
      <HiddenNote session={session} />
      {path && content ? (
        <ShownPath session={session} path={path} content={content} offsetMinutes={offsetMinutes} />
      ) : (
        <NoPath session={session} />
      )}
    </section>
  );
}

/** To the answer, the question and the packet's other transmissions; and diagram or table. */
function PathTools({ session, path }: { session: Session; path: PacketPath }) {
  const workspace = useWorkspace();
  const asTable = useStore(settingsStore, (settings) => settings.pathAsTable);
  const { answerRow, questionRow, retransmissionRows, row } = path;
  const earlier = retransmissionRows.filter((other) => other < row).at(-1);
  const later = retransmissionRows.find((other) => other > row);
  const go = (target: number | undefined | null) => (): void => {
    if (target !== undefined && target !== null) void workspace.showPath(target);
  };
  return (
    <>
      {questionRow === null ? (
        <ToggleButton
          label={pathStrings.answer}
          hint={answerRow === null ? pathStrings.noAnswerHint : pathStrings.answerHint}
          icon={Reply}
          isOn={session.path.withAnswer && answerRow !== null}
          disabled={answerRow === null}
          testId="path-answer"
          onToggle={(isOn) => {
            workspace.showAnswer(isOn);
          }}
        />
      ) : (
        <IconButton
          label={pathStrings.question}
          hint={pathStrings.questionHint}
          icon={CornerUpLeft}
          testId="path-question"
          onPress={go(questionRow)}
        />
      )}
      {retransmissionRows.length > 0 && (
        <>
          <IconButton
            label={pathStrings.previousSent}
            hint={pathStrings.previousSentHint}
            icon={SkipBack}
            disabled={earlier === undefined}
            testId="path-previous-sent"
            onPress={go(earlier)}
          />
          <IconButton
            label={pathStrings.nextSent}
            hint={pathStrings.nextSentHint}
            icon={SkipForward}
            disabled={later === undefined}
            testId="path-next-sent"
            onPress={go(later)}
          />
        </>
      )}
      <IconButton
        label={asTable ? pathStrings.asDiagram : pathStrings.asTable}
        icon={asTable ? Waypoints : Table2}
        testId="path-as-table"
        onPress={() => {
          setPathAsTable(!asTable);
        }}
      />
    </>
  );
}

interface ShownPathProps {
  session: Session;
  path: PacketPath;
  content: DiagramContent;
  offsetMinutes: number;
}

function ShownPath({ session, path, content, offsetMinutes }: ShownPathProps) {
  const workspace = useWorkspace();
  const asTable = useStore(settingsStore, (settings) => settings.pathAsTable);
  const select = (row: number): void => void workspace.selectHop(row);
  const paths = content.tracks.map((track) => track.path);
  const shared = { offsetMinutes, selectedRow: session.path.row };
  const { lookup, answer } = session.path;
  return (
    <>
      <LookupBar lookup={lookup} />
      <LookupBar lookup={answer} />
      {asTable ? (
        <div className="pane-body" data-pane="path" tabIndex={0} aria-label={pathStrings.label}>
          <PathTable paths={paths} {...shared} onChoose={select} />
        </div>
      ) : (
        <>
          <PathDiagram
            key={path.row}
            content={content}
            label={pathStrings.hopsOf(path.title)}
            {...shared}
            onClick={select}
            onEnter={select}
          />
          <div className="visually-hidden">
            <PathTable paths={paths} {...shared} />
          </div>
        </>
      )}
      <Verdict path={path} />
    </>
  );
}

/** A thin bar while what is on show is being made anew. */
function LookupBar({ lookup }: { lookup: PathLookup }) {
  const workspace = useWorkspace();
  if (lookup.kind !== 'asking' || !lookup.progress) return null;
  return <PathProgressBar lookup={lookup} onCancel={workspace.cancelPath} />;
}

function Verdict({ path }: { path: PacketPath }) {
  const { attempt, notes } = path;
  return (
    <footer className="path-verdict" data-testid="path-verdict">
      {attempt && <span data-verdict={attempt.verdict}>{verdictWords(attempt)}</span>}
      {notes.map((note) => (
        <span key={note} className="path-note warning">
          <TriangleAlert size={12} aria-hidden />
          {note}
        </span>
      ))}
      <span className="path-total">{totalWords(path)}</span>
    </footer>
  );
}

/** Says that the filter hides the message whose path is on show, and what can be done about it. */
function HiddenNote({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { row } = session.path;
  const { selection } = session;
  if (row === undefined || !isPathHidden(session) || !session.view || session.growing) return null;
  return (
    <div className="path-hidden-note" role="status" data-testid="path-hidden-note">
      <span>{pathStrings.hidden(row + 1)}</span>
      <TextButton
        label={pathStrings.showAll}
        hint={pathStrings.showAllHint}
        testId="path-show-all"
        onPress={() => void workspace.showEverything().then(() => workspace.selectHop(row))}
      />
      {selection && (
        <TextButton
          label={pathStrings.backToSelected}
          testId="path-back"
          onPress={() => void workspace.selectHop(selection.row)}
        />
      )}
    </div>
  );
}

/** Why there is no path to see, and the next thing to do. */
function NoPath({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { lookup, row } = session.path;
  const words = pathStrings.empty;
  const retry = (
    <TextButton
      label={words.retry}
      hint={words.retryHint}
      testId="retry-path"
      onPress={() => {
        workspace.retryPath();
      }}
    />
  );
  if (isReading(session)) return <Empty>{words.reading}</Empty>;
  if (lookup.kind === 'asking') {
    return lookup.progress ? <LookupBar lookup={lookup} /> : <Empty>{pathStrings.asking}</Empty>;
  }
  if (lookup.kind === 'failed') {
    return (
      <Empty action={retry}>
        {words.failed}: {lookup.error.message}{' '}
        <CopyDetails
          heading={words.failed}
          sentences={[lookup.error.message]}
          error={lookup.error}
          files={session.files}
        />
      </Empty>
    );
  }
  if (lookup.kind === 'cancelled') return <Empty action={retry}>{words.cancelled}</Empty>;
  if (row === undefined || lookup.kind === 'none') return <Empty>{words.unselected}</Empty>;
  return (
    <Empty>
      {words.noPacket} {words.noPacketAdvice}
    </Empty>
  );
}

function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="path-empty" data-testid="path-empty">
      <Route size={20} strokeWidth={1.5} aria-hidden />
      <p className="muted selectable">{children}</p>
      {action}
    </div>
  );
}
