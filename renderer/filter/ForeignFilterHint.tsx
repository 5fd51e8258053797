import type { Translation } from '../../core/filter/language/translation/translate-filter.ts';
import { filterStrings } from '../strings.ts';
import { Suggestion } from './FilterHint.tsx';

interface ForeignFilterHintProps {
  translation: Translation;
  /** The pasted text that the translation has already replaced; undefined while it still stands in the box. */
  original: string | undefined;
  onUse: (filter: string) => void;
  onUndo: (original: string) => void;
}

/** Under the filter box: that the text is another tool's filter, what it is here, and what is not quite the same. */
export function ForeignFilterHint({ translation, original, onUse, onUndo }: ForeignFilterHintProps) {
  const { from, filter, notes } = translation;
  return (
    <div className="filter-hint" data-testid="foreign-filter">
      {original === undefined ? (
        <p>
          {filter === null ? filterStrings.foreignNotSayable(from) : filterStrings.foreign(from)}{' '}
          {filter !== null && (
            <>
              <code>{filter}</code>{' '}
              <Suggestion text={filter} words={filterStrings.useIt} testId="use-translation" onTry={onUse} />
            </>
          )}
        </p>
      ) : (
        <p>
          {filterStrings.translated(from)} <code>{original}</code>{' '}
          <Suggestion text={original} words={filterStrings.undo} testId="undo-translation" onTry={onUndo} />
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="warning">
          {note}
        </p>
      ))}
    </div>
  );
}
