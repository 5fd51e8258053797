import { filterStrings } from '../strings.ts';
import { errorPlace, type FilterProblem } from './error-place.ts';

interface FilterHintProps {
  text: string;
  problem: FilterProblem;
  onTry: (suggestion: string) => void;
}

/** Under the filter box while it has the focus: what is wrong, where, and what to try instead. */
export function FilterHint({ text, problem, onTry }: FilterHintProps) {
  const place = errorPlace(text, problem);
  return (
    <div className="filter-hint" data-testid="filter-hint">
      <p>{problem.message}</p>
      {place && (
        <p className="filter-hint-place">
          <code>
            {place.before}
            <mark>{place.at}</mark>
            {place.after}
          </code>
          <span className="muted">{filterStrings.atColumn(place.column)}</span>
        </p>
      )}
      {problem.suggestion !== undefined && (
        <p>
          {filterStrings.tryInstead}{' '}
          <button
            type="button"
            className="suggestion"
            data-testid="filter-suggestion"
            onClick={() => {
              onTry(problem.suggestion ?? '');
            }}
          >
            {problem.suggestion}
          </button>
        </p>
      )}
    </div>
  );
}
