import { ChevronDown } from 'lucide-react';
import { useCallback } from 'react';
import { Menu, type MenuItem, type Point } from '../app/Menu.tsx';
import { filterStrings } from '../strings.ts';

interface FilterMenuProps {
  label: string;
  items: readonly MenuItem[];
  /** Where the menu is open; undefined while it is closed. */
  at: Point | undefined;
  onMove: (at: Point | undefined) => void;
}

/** The button behind the filter box with everything that is done with filters now and then. */
export function FilterMenu({ label, items, at, onMove }: FilterMenuProps) {
  const close = useCallback(() => {
    onMove(undefined);
  }, [onMove]);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={filterStrings.menu}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        title={filterStrings.menu}
        data-testid="filter-menu-button"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onMove({ x: left, y: bottom + 4 });
        }}
      >
        <ChevronDown size={14} aria-hidden />
      </button>
      {at && <Menu label={label} items={items} at={at} testId="filter-menu" onClose={close} />}
    </>
  );
}
