import { useState, type SyntheticEvent } from 'react';
import type { Session } from '../state/model.ts';
import { appStrings, goToStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { Dialog } from './Dialog.tsx';
import { useWorkspace } from './use-workspace.ts';

interface GoToDialogProps {
  session: Session;
  onClose: () => void;
}

/** Asks for a message number and selects that message, or the nearest one the filter lets through. */
export function GoToDialog({ session, onClose }: GoToDialogProps) {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [words, setWords] = useState('');
  const last = session.view?.available ?? session.eventsRead;

  const go = async (): Promise<void> => {
    const number = Number(
      text
        .trim()
        .replace(/^#/, '')
        .replace(/[\s,.’']/g, ''),
    );
    if (!Number.isInteger(number) || number < 1 || number > last) {
      setWords(goToStrings.notANumber(last));
      return;
    }
    const result = await workspace.goToMessage(number);
    if (result.kind === 'found') onClose();
    else setWords(result.kind === 'nothing' ? goToStrings.nothing : goToStrings.hidden(number, result.row + 1));
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void go();
  };

  return (
    <Dialog heading={goToStrings.heading} onClose={onClose} testId="go-to-dialog">
      <form onSubmit={submit}>
        <label className="field">
          {goToStrings.label}
          <input
            className="text-input"
            inputMode="numeric"
            autoFocus
            value={text}
            placeholder={goToStrings.range(last)}
            data-testid="go-to-input"
            onChange={(event) => {
              setText(event.target.value);
              setWords('');
            }}
          />
        </label>
        <p className="dialog-message" role="status">
          {words}
        </p>
        <footer className="dialog-footer">
          <TextButton label={appStrings.cancel} onPress={onClose} />
          <button type="submit" className="button button-primary" data-testid="go-to-submit">
            {goToStrings.go}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
