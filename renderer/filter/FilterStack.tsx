import { Square, SquareCheck, X } from 'lucide-react';
import { copyText } from '../app/clipboard.ts';
import { Menu } from '../app/Menu.tsx';
import { useItemMenu } from '../app/use-item-menu.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { filterStrings } from '../strings.ts';
import type { StackedFilter } from './combined-filter.ts';
import { stackedFilterItems } from './stacked-filter-menu.ts';

/** The filters beside the box: each can be switched off and on again, and be taken away. */
export function FilterStack({ stack }: { stack: readonly StackedFilter[] }) {
  const workspace = useWorkspace();
  if (stack.length === 0) return null;
  return (
    <ul className="filter-stack" aria-label={filterStrings.stack} data-testid="filter-stack">
      {stack.map((filter, index) => (
        <li key={filter.text}>
          <StackedFilterChip filter={filter} index={index} />
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

function StackedFilterChip({ filter, index }: { filter: StackedFilter; index: number }) {
  const workspace = useWorkspace();
  const menu = useItemMenu();
  const { text, enabled } = filter;
  const Box = enabled ? SquareCheck : Square;
  return (
    <span className="chip stacked-filter" data-enabled={enabled} data-testid="stacked-filter" {...menu.handlers}>
      <button
        type="button"
        className="stacked-filter-toggle"
        aria-pressed={enabled}
        title={enabled ? filterStrings.switchOff(text) : filterStrings.switchOn(text)}
        data-testid="toggle-filter"
        onClick={() => void workspace.toggleFilter(index)}
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
        onClick={() => void workspace.dropFilter(index)}
      >
        <X size={12} aria-hidden />
      </button>
      {menu.at && (
        <Menu
          label={filterStrings.menuOf(text)}
          items={stackedFilterItems(filter, index, workspace, (copied) => void copyText(copied))}
          at={menu.at}
          testId="stacked-filter-menu"
          onClose={menu.close}
        />
      )}
    </span>
  );
}
