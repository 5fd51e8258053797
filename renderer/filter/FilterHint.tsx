import { filterStrings } from '../strings.ts';
import { errorPlace, type FilterProblem } from './error-place.ts';

interface FilterHintProps {
  text: string;
  problems: readonly FilterProblem[];
  onTry: (suggestion: string) => void;
}

/** More problems than these are only counted: mending the first ones often mends the rest. */
const mostShown = 4;

/** Under the filter box while it has the focus: what is wrong, where, and what to try instead. */
export function FilterHint({ text, problems, onTry }: FilterHintProps) {
  return (
    <div className="filter-hint filter-hint-problem" data-testid="filter-hint">
      {problems.slice(0, mostShown).map((problem, index) => (
        <Problem key={index} text={text} problem={problem} onTry={onTry} />
      ))}
      {problems.length > mostShown && (
        <p className="muted">{filterStrings.moreProblems(problems.length - mostShown)}</p>
      )}
    </div>
  );
}

interface ProblemProps {
  text: string;
  problem: FilterProblem;
  onTry: (suggestion: string) => void;
}

function Problem({ text, problem, onTry }: ProblemProps) {
  const place = errorPlace(text, problem);
  return (
    <div className="filter-hint-part" data-testid="filter-problem">
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
          {filterStrings.tryInstead} <Suggestion text={problem.suggestion} onTry={onTry} testId="filter-suggestion" />
        </p>
      )}
    </div>
  );
}

interface SuggestionProps {
  /** The filter that is suggested. */
  text: string;
  words?: string;
  testId: string;
  onTry: (suggestion: string) => void;
}

/** A filter text to take over with one click. */
export function Suggestion({ text, words = text, testId, onTry }: SuggestionProps) {
  return (
    <button
      type="button"
      className="suggestion"
      title={text}
      data-testid={testId}
      onClick={() => {
        onTry(text);
      }}
    >
      {words}
    </button>
  );
}
