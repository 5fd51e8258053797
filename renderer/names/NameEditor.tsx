import { Pencil, RotateCcw, TriangleAlert } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { NamedSubject } from '../../core/engine/contract.ts';
import { IconButton } from '../app/Buttons.tsx';
import { useOnce, type InPlace } from '../app/use-in-place.ts';
import { namesStrings } from '../strings.ts';

interface NameEditorProps {
  subject: NamedSubject;
  /** The name that a person gave, which can be taken back. */
  byHand: string | undefined;
  place: InPlace;
  /** Null takes the name back. */
  onName: (name: string | null) => void;
}

/** The name in force, changed in its own place. */
export function NameEditor({ subject, byHand, place, onName }: NameEditorProps) {
  const { editing, begin, end, button, onKeyDown } = place;
  if (editing) {
    return (
      <NameField
        subject={subject}
        onDone={(name) => {
          end();
          if (name !== undefined && name !== subject.name) onName(name);
        }}
      />
    );
  }
  return (
    <span className="name-line">
      <button
        ref={button}
        type="button"
        className="name-button"
        aria-label={namesStrings.edit(subject.text, subject.name)}
        title={namesStrings.editHint}
        data-testid="edit-name"
        onClick={begin}
        onKeyDown={onKeyDown}
      >
        {subject.name === null ? (
          <span className="warning">
            <TriangleAlert size={13} aria-hidden /> {namesStrings.nameless}
          </span>
        ) : (
          <span className="name-text">{subject.name}</span>
        )}
        <Pencil size={12} className="name-pencil" aria-hidden />
      </button>
      {byHand !== undefined && (
        <IconButton
          label={namesStrings.takeBack(byHand)}
          icon={RotateCcw}
          testId="take-back-name"
          onPress={() => {
            onName(null);
          }}
        />
      )}
    </span>
  );
}

/** `onDone` gets the new name, null for none, or undefined when it is to stay as it was. */
function NameField({ subject, onDone }: { subject: NamedSubject; onDone: (name: string | null | undefined) => void }) {
  const [text, setText] = useState(subject.name ?? '');
  const finish = useOnce(onDone);
  const keep = (): void => {
    finish(text.trim() === '' ? null : text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') keep();
    else if (event.key === 'Escape') finish(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      className="text-input name-field"
      value={text}
      autoFocus
      maxLength={500}
      aria-label={namesStrings.newName(subject.text)}
      title={namesStrings.editing}
      placeholder={namesStrings.nameless}
      data-testid="name-field"
      onFocus={(event) => {
        event.target.select();
      }}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onKeyDown={onKeyDown}
      onBlur={keep}
    />
  );
}
