import { Square, SquareCheck, X } from 'lucide-react';
import { useWorkspace } from '../app/use-workspace.ts';
import { filterStrings } from '../strings.ts';
import type { StackedFilter } from './combined-filter.ts';

/** The filters beside the box: each can be switched off and on again, and be taken away. */
export function FilterStack({ stack }: { stack: readonly StackedFilter[] }) {
  const workspace = useWorkspace();
  if (stack.length === 0) return null;
  return (
    <ul className="filter-stack" aria-label={filterStrings.stack} data-testid="filter-stack">
      {stack.map((filter, index) => (
        <li key={filter.text}>
          <StackedFilterChip
            filter={filter}
            onToggle={() => void workspace.toggleFilter(index)}
            onDrop={() => void workspace.dropFilter(index)}
          />
        </li>
      ))}
      <li>
        <button
          type="button"
          className="suggestion clear-stack"
          title={filterStrings.clearStack}
          data-testid="clear-filters"
          onClick={() => void workspace.clearFilters()}
        >
          {filterStrings.clearStack}
        </button>
      </li>
    </ul>
  );
}

interface ChipProps {
  filter: StackedFilter;
  onToggle: () => void;
  onDrop: () => void;
}

function StackedFilterChip({ filter: { text, enabled }, onToggle, onDrop }: ChipProps) {
  const Box = enabled ? SquareCheck : Square;
  return (
    <span className="chip stacked-filter" data-enabled={enabled} data-testid="stacked-filter">
      <button
        type="button"
        className="stacked-filter-toggle"
        aria-pressed={enabled}
        title={enabled ? filterStrings.switchOff(text) : filterStrings.switchOn(text)}
        data-testid="toggle-filter"
        onClick={onToggle}
      >
        <Box size={13} aria-hidden />
        <code>{text}</code>
      </button>
      <button
        type="button"
        className="chip-remove"
        aria-label={filterStrings.drop(text)}
        title={filterStrings.drop(text)}
        data-testid="drop-filter"
        onClick={onDrop}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
