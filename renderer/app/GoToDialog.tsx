import { useState, type SyntheticEvent } from 'react';
import type { Session } from '../state/model.ts';
import { appStrings, goToStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { Dialog } from './Dialog.tsx';
import { goToTarget } from '../format/go-to-text.ts';
import { useZone } from './use-zone.ts';
import { useWorkspace } from './use-workspace.ts';

interface GoToDialogProps {
  session: Session;
  onClose: () => void;
}

/** Asks for a message number or a time and selects that message, or the nearest one the filter lets through. */
export function GoToDialog({ session, onClose }: GoToDialogProps) {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [words, setWords] = useState('');
  const { offsetMinutes, start } = useZone(session);
  const last = session.view?.available ?? session.eventsRead;

  const go = async (): Promise<void> => {
    const target = goToTarget(text, { offsetMinutes, start });
    if (!target || (target.kind === 'number' && (target.number < 1 || target.number > last))) {
      setWords(goToStrings.notANumber(last));
      return;
    }
    if (target.kind === 'time') {
      const found = await workspace.goToTime(target.time);
      if (found === 'found') onClose();
      else setWords(goToStrings[found === 'nothing' ? 'nothing' : found === 'last' ? 'laterThanAll' : 'later']);
      return;
    }
    const { number } = target;
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
            autoFocus
            value={text}
            placeholder={goToStrings.range(last)}
            title={goToStrings.timeHint}
            data-testid="go-to-input"
            onChange={(event) => {
              setText(event.target.value);
              setWords('');
            }}
          />
        </label>
        <p className="muted dialog-hint">{goToStrings.timeHint}</p>
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
