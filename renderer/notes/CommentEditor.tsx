import { Pencil } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Note } from '../../core/engine/contract.ts';
import { useInPlace, useOnce } from '../app/use-in-place.ts';
import { notesStrings } from './strings.ts';

/** The engine takes no longer ones. */
const longestComment = 10_000;

interface CommentEditorProps {
  note: Note;
  onComment: (comment: string) => void;
}

/** A comment, changed in its own place. */
export function CommentEditor({ note, onComment }: CommentEditorProps) {
  const { editing, begin, end, button, onKeyDown } = useInPlace();
  if (editing) {
    return (
      <CommentField
        note={note}
        onDone={(comment) => {
          end();
          if (comment !== undefined && comment !== note.comment) onComment(comment);
        }}
      />
    );
  }
  return (
    <button
      ref={button}
      type="button"
      className="name-button comment-button"
      aria-label={notesStrings.edit(note.row + 1, note.comment)}
      title={note.comment === '' ? notesStrings.editHint : note.comment}
      data-testid="edit-comment"
      onClick={begin}
      onKeyDown={onKeyDown}
    >
      <span className={note.comment === '' ? 'name-text muted comment-none' : 'name-text'}>
        {note.comment === '' ? notesStrings.noComment : note.comment}
      </span>
      <Pencil size={12} className="name-pencil" aria-hidden />
    </button>
  );
}

/** `onDone` gets the new comment, or undefined when it is to stay as it was. */
function CommentField({ note, onDone }: { note: Note; onDone: (comment: string | undefined) => void }) {
  const [text, setText] = useState(note.comment);
  const finish = useOnce(onDone);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey) finish(text.trim());
    else if (event.key === 'Escape') finish(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <textarea
      className="text-input comment-field"
      rows={Math.min(6, text.split('\n').length)}
      value={text}
      autoFocus
      maxLength={longestComment}
      aria-label={notesStrings.newComment(note.row + 1)}
      title={notesStrings.editing}
      data-testid="comment-field"
      onFocus={(event) => {
        event.target.select();
      }}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        finish(text.trim());
      }}
    />
  );
}
