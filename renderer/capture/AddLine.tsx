import { Plus } from 'lucide-react';
import { useId, useState } from 'react';

interface AddLineProps {
  label: string;
  example: string;
  addLabel: string;
  testId: string;
  onAdd: (text: string) => void;
  /** Texts that are offered while somebody types, with words beside them. */
  known?: readonly { readonly text: string; readonly words: string }[];
}

/** A text that joins a list: by Enter or the button. */
export function AddLine({ label, example, addLabel, testId, onAdd, known }: AddLineProps) {
  const [text, setText] = useState('');
  const listId = useId();
  const add = (): void => {
    const trimmed = text.trim();
    if (trimmed === '') return;
    onAdd(trimmed);
    setText('');
  };
  return (
    <div className="capture-add">
      <input
        className="text-input"
        aria-label={label}
        placeholder={example}
        spellCheck={false}
        autoComplete="off"
        list={known && listId}
        value={text}
        data-testid={testId}
        onChange={({ target }) => {
          setText(target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      {known && (
        <datalist id={listId}>
          {known.map((offer) => (
            <option key={offer.text} value={offer.text}>
              {offer.words}
            </option>
          ))}
        </datalist>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={addLabel}
        title={addLabel}
        data-testid={`${testId}-button`}
        onClick={add}
      >
        <Plus size={15} aria-hidden />
      </button>
    </div>
  );
}
