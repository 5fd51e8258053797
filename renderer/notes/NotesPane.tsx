import { Flag, FlagOff, MessageSquareText, Trash2 } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Note } from '../../core/engine/contract.ts';
import { AskFirst } from '../app/AskFirst.tsx';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { CopyMenu } from '../app/CopyMenu.tsx';
import { nextItem, type Point } from '../app/Menu.tsx';
import { ToggleButton } from '../app/ToggleButton.tsx';
import { useCopied } from '../app/use-copied.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { formatCount } from '../format/number.ts';
import { formatClockTime, formatDateTime, formatZone } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { PaneHeader } from '../workspace/pane-header.tsx';
import { CommentEditor } from './CommentEditor.tsx';
import { countNotes, notesForms, notesText } from './notes-text.ts';
import { notesStrings } from './strings.ts';

/** Rows that are drawn at first. */
const firstRows = 300;

/** Marks and comments of a trace: each leads to its message. */
export function NotesPane({ session }: { session: Session }) {
  const headingId = useId();
  const { book } = session.notes;
  const notes = book?.notes ?? [];
  return (
    <section className="pane notes" aria-labelledby={headingId} data-testid="notes">
      <h2 id={headingId} className="visually-hidden">
        {notesStrings.title}
      </h2>
      {notes.length > 0 && <Tools key={session.key} session={session} notes={notes} />}
      <div className="pane-body notes-body" tabIndex={0} aria-labelledby={headingId} data-pane="notes">
        {book?.problems.map((problem) => (
          <p key={problem} className="pane-message warning">
            {problem}
          </p>
        ))}
        {notes.length > 0 ? (
          <NoteTable key={session.key} session={session} notes={notes} />
        ) : (
          <Empty session={session} />
        )}
      </div>
    </section>
  );
}

interface NotesProps {
  session: Session;
  notes: readonly Note[];
}

function Tools({ session, notes }: NotesProps) {
  const workspace = useWorkspace();
  const { offsetMinutes } = useZone(session);
  const [menu, setMenu] = useState<Point>();
  const [copied, copy] = useCopied();
  const { marks, comments } = countNotes(notes);
  const isMarkedOnly = session.filter.askedChoice.marked === true;
  return (
    <PaneHeader>
      <span role="status" data-testid="note-count">
        {notesStrings.count(marks, comments)}
      </span>
      <div className="pane-tools">
        <ToggleButton
          label={notesStrings.markedOnly}
          hint={notesStrings.markedOnlyHint}
          icon={Flag}
          isOn={isMarkedOnly}
          disabled={marks === 0 && !isMarkedOnly}
          testId="marked-only"
          onToggle={(isOn) => void workspace.choose({ marked: isOn ? true : undefined })}
        />
        <AskFirst
          label={notesStrings.removeAll}
          hint={notesStrings.removeAllHint}
          question={notesStrings.removeAllQuestion(notes.length)}
          confirm={notesStrings.removeAllConfirm}
          keep={notesStrings.keep}
          testId="clear-notes"
          confirmTestId="confirm-clear-notes"
          onConfirm={() => void workspace.clearNotes(session.key)}
        />
        <CopyMenu
          label={notesStrings.copy}
          at={menu}
          onMove={setMenu}
          copied={copied}
          testId="copy-notes"
          items={notesForms.map((form) => ({
            label: notesStrings.forms[form],
            testId: `copy-notes-${form}`,
            onChoose: () => {
              copy(notesText(form, session.name, notes, offsetMinutes));
            },
          }))}
        />
      </div>
    </PaneHeader>
  );
}

function NoteTable({ session, notes }: NotesProps) {
  const workspace = useWorkspace();
  const { offsetMinutes, withDate } = useZone(session);
  const [active, setActive] = useState(0);
  const [told, setTold] = useState('');
  const [isAll, setAll] = useState(false);
  const { key, selection } = session;
  const { columns } = notesStrings;
  const shown = isAll ? notes : notes.slice(0, firstRows);
  const goTo = async ({ row }: Note): Promise<void> => {
    workspace.show(key, 'messages');
    const { kind } = await workspace.goToMessage(row + 1);
    setTold(kind === 'found' ? '' : kind === 'nearest' ? notesStrings.hidden(row + 1) : notesStrings.nothingShown);
  };
  const moveAmongNotes = (event: KeyboardEvent<HTMLTableElement>): void => {
    const links = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('[data-note]'));
    const focused = links.findIndex((link) => link === document.activeElement);
    if (focused < 0) return;
    const { row } = shown[focused];
    const next = nextItem(event.key, focused, links.length);
    if (event.key === 'Delete') void workspace.setNotes(key, [row], { marked: false, comment: '' });
    else if (next === undefined) return;
    else {
      setActive(next);
      links[next].focus();
    }
    event.preventDefault();
  };
  return (
    <>
      {told !== '' && (
        <p className="pane-message" role="status" data-testid="note-hidden">
          {told}
        </p>
      )}
      <table className="group-table notes-table" onKeyDown={moveAmongNotes} data-testid="note-list">
        <thead>
          <tr>
            <th scope="col" className="number">
              {columns.number}
            </th>
            <th scope="col">
              <span className="visually-hidden">{notesStrings.isMarked}</span>
            </th>
            <th scope="col">{notesStrings.timeIn(formatZone(offsetMinutes))}</th>
            <th scope="col">{columns.summary}</th>
            <th scope="col">{columns.comment}</th>
            <th scope="col" aria-label={notesStrings.removeHint} />
          </tr>
        </thead>
        <tbody>
          {shown.map((note, index) => {
            const number = note.row + 1;
            return (
              <tr key={note.row} data-testid="note" data-selected={selection?.row === note.row}>
                <td className="number">{formatCount(number)}</td>
                <td className="note-mark">
                  <IconButton
                    label={note.marked ? notesStrings.unmark(number) : notesStrings.mark(number)}
                    hint={note.marked ? notesStrings.unmarkHint : notesStrings.mark(number)}
                    icon={note.marked ? Flag : FlagOff}
                    testId="toggle-mark"
                    onPress={() => void workspace.setNotes(key, [note.row], { marked: !note.marked })}
                  />
                </td>
                <td className="code">
                  {withDate ? formatDateTime(note, offsetMinutes) : formatClockTime(note, offsetMinutes)}
                </td>
                <td className="note-summary">
                  <button
                    type="button"
                    className="group-button"
                    data-note
                    tabIndex={index === Math.min(active, shown.length - 1) ? 0 : -1}
                    aria-label={notesStrings.goTo(number, note.summary)}
                    title={note.summary}
                    data-testid="go-to-note"
                    onClick={() => {
                      setActive(index);
                      void goTo(note);
                    }}
                  >
                    {note.summary}
                  </button>
                </td>
                <td className="note-comment">
                  <CommentEditor
                    note={note}
                    onComment={(comment) => void workspace.setNotes(key, [note.row], { comment })}
                  />
                </td>
                <td>
                  <IconButton
                    label={notesStrings.remove(number)}
                    hint={notesStrings.removeHint}
                    keys="Delete"
                    icon={Trash2}
                    testId="remove-note"
                    onPress={() => void workspace.setNotes(key, [note.row], { marked: false, comment: '' })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown.length < notes.length && (
        <button
          type="button"
          className="button group-more"
          title={notesStrings.showAll(notes.length)}
          onClick={() => {
            setAll(true);
          }}
        >
          {notesStrings.showAll(notes.length)}
        </button>
      )}
    </>
  );
}

/** Why there are none, and how one makes some. */
function Empty({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { stage, error } = session.notes;
  if (stage === 'failed' && error) {
    return (
      <div className="pane-message" role="alert">
        <p>
          {notesStrings.failed} {error.message}
        </p>
        <TextButton
          label={notesStrings.retry}
          testId="retry-notes"
          onPress={() => void workspace.askForNotes(session.key)}
        />
      </div>
    );
  }
  if (stage === 'waiting') return <p className="pane-message muted">{notesStrings.waiting}</p>;
  if (stage === 'asking') return <p className="pane-message muted">{notesStrings.asking}</p>;
  return (
    <div className="notes-empty" data-testid="no-notes">
      <MessageSquareText size={20} strokeWidth={1.5} aria-hidden />
      <p>{notesStrings.empty}</p>
      <ul>
        {notesStrings.emptyAdvice.map(([keys, words]) => (
          <li key={keys}>
            <kbd>{keys}</kbd> {words}
          </li>
        ))}
      </ul>
      <p className="muted">{notesStrings.emptyKept}</p>
    </div>
  );
}
