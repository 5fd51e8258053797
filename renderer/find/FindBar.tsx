import { ArrowDown, ArrowUp, LoaderCircle, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { IconButton } from '../app/Buttons.tsx';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import type { FindOutcome } from '../state/model.ts';
import { appStrings, findStrings } from '../strings.ts';

/** Over the grid: looks for the next message that a filter lets through or that holds a text. */
export function FindBar() {
  const { open } = useWorkspaceState((state) => state.find);
  return open === undefined ? null : <OpenFindBar asked={open} />;
}

/** `asked` is another number each time the person asks for the bar: then the text is theirs to type over. */
function OpenFindBar({ asked }: { asked: number }) {
  const workspace = useWorkspace();
  const { text, busy, outcome } = useWorkspaceState((state) => state.find);
  const input = useRef<HTMLInputElement>(null);
  const focusedBefore = useRef<Element | null>(null);
  useEffect(() => {
    if (document.activeElement !== input.current) focusedBefore.current = document.activeElement;
    input.current?.focus();
    input.current?.select();
  }, [asked]);

  const close = (): void => {
    workspace.closeFind();
    if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') void workspace.findNext(event.shiftKey ? 'backward' : 'forward');
    else return;
    event.preventDefault();
  };

  return (
    <search className="find-bar" aria-label={findStrings.label} data-testid="find-bar">
      <input
        ref={input}
        className="text-input find-input"
        spellCheck={false}
        autoComplete="off"
        value={text}
        aria-label={findStrings.input}
        placeholder={findStrings.placeholder}
        data-testid="find-input"
        onKeyDown={onKeyDown}
        onChange={(event) => {
          workspace.setFindText(event.target.value);
        }}
      />
      <IconButton
        label={findStrings.previous}
        icon={ArrowUp}
        command="find-previous"
        testId="find-previous"
        onPress={() => void workspace.findNext('backward')}
      />
      <IconButton
        label={findStrings.next}
        icon={ArrowDown}
        command="find-next"
        testId="find-next"
        onPress={() => void workspace.findNext('forward')}
      />
      <span role="status" className="find-status" data-testid="find-status">
        {busy ? (
          <>
            <LoaderCircle size={14} aria-hidden /> {findStrings.busy}
          </>
        ) : (
          outcome && outcomeWords(outcome)
        )}
      </span>
      {busy && (
        <button
          type="button"
          className="button button-small"
          data-testid="cancel-find"
          title={findStrings.cancelHint}
          onClick={() => {
            workspace.cancelFind();
          }}
        >
          {appStrings.cancel}
        </button>
      )}
      <span className="find-close">
        <IconButton label={findStrings.close} icon={X} keys="Esc" testId="close-find" onPress={close} />
      </span>
    </search>
  );
}

function outcomeWords(outcome: FindOutcome): string {
  switch (outcome.kind) {
    case 'found':
      return outcome.wrapped ? findStrings.wrapped[outcome.direction] : '';
    case 'nothing':
      return outcome.isText ? findStrings.noText : findStrings.noMatch;
    case 'failed':
      return outcome.message;
  }
}
