import { useId, useState, type SyntheticEvent } from 'react';
import { TextButton } from '../../app/Buttons.tsx';
import { appStrings, libraryStrings } from '../../strings.ts';
import { whyNotKept, type LibraryFilter } from './library-filters.ts';

interface FilterFormProps {
  /** What the fields start with. */
  filter: LibraryFilter;
  /** The filter that is changed; undefined when a new one is kept. */
  replaced: LibraryFilter | undefined;
  own: readonly LibraryFilter[];
  categories: readonly string[];
  onSave: (filter: LibraryFilter, replaced: LibraryFilter | undefined) => void;
  onCancel: () => void;
}

/** Name, category and text of an own filter. */
export function FilterForm({ filter, replaced, own, categories, onSave, onCancel }: FilterFormProps) {
  const [written, setWritten] = useState(filter);
  const [isTried, setTried] = useState(false);
  const listId = useId();
  const problem = whyNotKept(own, written, replaced);
  const field = (part: keyof LibraryFilter, className = '') => (
    <label className="field">
      {libraryStrings[part]}
      <input
        className={`text-input ${className}`}
        value={written[part]}
        autoFocus={part === 'name'}
        spellCheck={false}
        data-testid={`library-${part}`}
        {...(part === 'category' && { list: listId })}
        onChange={(event) => {
          setWritten({ ...written, [part]: event.target.value });
        }}
      />
    </label>
  );
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined) onSave(written, replaced);
  };
  return (
    <form className="library-form" data-testid="library-form" onSubmit={onSubmit}>
      {field('name')}
      {field('category')}
      {field('text', 'library-text')}
      <datalist id={listId}>
        {categories.map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
      <p className="danger library-problem" role="alert" data-testid="library-problem">
        {isTried && problem}
      </p>
      <span className="library-actions">
        <TextButton label={appStrings.cancel} onPress={onCancel} />
        <button
          type="submit"
          className="button button-primary"
          title={libraryStrings.saveHint}
          data-testid="library-save"
        >
          {libraryStrings.save}
        </button>
      </span>
    </form>
  );
}
