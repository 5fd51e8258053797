import { formatCount, formatPercent, fraction } from '../format/number.ts';
import type { PathLookup } from '../state/model.ts';
import { appStrings, pathStrings } from '../strings.ts';

interface PathProgressBarProps {
  lookup: PathLookup & { kind: 'asking' };
  onCancel: () => void;
}

/** How far making the paths of a trace has come. */
export function PathProgressBar({ lookup: { progress }, onCancel }: PathProgressBarProps) {
  if (!progress) return null;
  const { stage, done, total } = progress;
  const words = pathStrings.making[stage];
  return (
    <div className="task-line path-progress" data-testid="path-progress">
      <progress value={fraction(done, total)} max={1} aria-label={words} />
      <span className="task-title">{words}</span>
      <span className="task-facts">
        {pathStrings.made(formatCount(done), formatCount(total), formatPercent(done, total))}
      </span>
      <button
        type="button"
        className="button button-small"
        title={pathStrings.cancelHint}
        data-testid="cancel-path"
        onClick={onCancel}
      >
        {appStrings.cancel}
      </button>
    </div>
  );
}
