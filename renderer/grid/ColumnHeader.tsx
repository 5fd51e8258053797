import type { CustomHeaderProps } from 'ag-grid-react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { createContext, useContext, useEffect } from 'react';
import type { SortOrder } from '../../core/engine/contract.ts';
import { sortStrings } from './strings.ts';

/** The order of the rows on show, for the headings. */
export const ShownOrder = createContext<SortOrder | undefined>(undefined);

/** What a column has to say of itself besides its name. */
export interface HeaderHint {
  readonly hint: string;
}

/** A column's heading, with an arrow where the rows are sorted by it. */
export function ColumnHeader({ displayName, column, eGridHeader, hint }: CustomHeaderProps & Partial<HeaderHint>) {
  const order = useContext(ShownOrder);
  const sorted = order?.by === column.getColId() ? (order.descending ? 'descending' : 'ascending') : undefined;
  // AG Grid knows nothing of the order: the engine sorts, and AG Grid would empty its cache for it.
  useEffect(() => {
    eGridHeader.setAttribute('aria-sort', sorted ?? 'none');
    eGridHeader.setAttribute('title', hint ?? displayName);
  });
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div className="ag-header-cell-label" data-sorted={sorted}>
      <span className="ag-header-cell-text">{displayName}</span>
      {sorted && (
        <Arrow
          size={12}
          className="sort-arrow"
          role="img"
          aria-label={sortStrings.inWords[sorted]}
          aria-hidden={false}
        />
      )}
    </div>
  );
}
