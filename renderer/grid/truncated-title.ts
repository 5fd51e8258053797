import type { MouseEvent } from 'react';

/**
 * Tells in a tooltip what a cell under the mouse has no room for. AG Grid's own tooltips give each cell an object and four
 * listeners when it is drawn, which jumps and scrolling wait for.
 */
export function titleTruncated({ target }: MouseEvent<HTMLElement>): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.ag-cell') : null;
  if (!cell) return;
  const value = cell.querySelector('.ag-cell-value') ?? cell;
  cell.title = value.scrollWidth > value.clientWidth ? value.textContent : '';
}
