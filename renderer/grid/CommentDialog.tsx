import { useState, type SyntheticEvent } from 'react';
import { TextButton } from '../app/Buttons.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { noteOf } from '../state/mark-rows.ts';
import type { Session } from '../state/model.ts';
import { noteStrings } from './strings.ts';

/** Longer ones belong into the report of the case. */
const longestComment = 10_000;

/** What a person has to say of the selected message. */
export function CommentDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const workspace = useWorkspace();
  const [row] = useState(session.selection?.row ?? 0);
  const [before] = useState(() => noteOf(session).comment);
  const [text, setText] = useState(before);
  const save = (comment: string): void => {
    void workspace.setNotes(session.key, [row], { comment });
    onClose();
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save(text.trim());
  };
  return (
    <Dialog heading={noteStrings.heading(row + 1)} onClose={onClose} testId="comment-dialog">
      <form onSubmit={submit}>
        <label className="field">
          {noteStrings.label}
          <textarea
            className="text-input comment-input"
            autoFocus
            rows={4}
            maxLength={longestComment}
            value={text}
            data-testid="comment-input"
            onChange={(event) => {
              setText(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
            }}
          />
        </label>
        <p className="muted dialog-hint">{noteStrings.hint}</p>
        <footer className="dialog-footer">
          {before !== '' && (
            <span className="dialog-footer-start">
              <TextButton
                label={noteStrings.remove}
                testId="remove-comment"
                onPress={() => {
                  save('');
                }}
              />
            </span>
          )}
          <TextButton label={noteStrings.cancel} onPress={onClose} />
          <button
            type="submit"
            className="button button-primary"
            title={`${noteStrings.save} (Ctrl+Enter)`}
            data-testid="save-comment"
          >
            {noteStrings.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
