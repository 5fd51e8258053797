import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { ColumnName } from '../../core/engine/contract.ts';

export interface Headings {
  /** For the element around the grid: AG Grid tells of no press on a heading that it does not sort itself. */
  readonly handlers: {
    onClick: (event: MouseEvent<HTMLElement>) => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    onMouseDown: () => void;
  };
  readonly onDragStarted: () => void;
}

/** A click on a heading, or Enter, presses it; the end of a drag does not. */
export function useHeadings(press: (column: ColumnName) => void): Headings {
  const dragged = useRef(false);
  return {
    handlers: {
      onMouseDown: () => {
        dragged.current = false;
      },
      onClick: ({ target }) => {
        const column = dragged.current ? undefined : headingAt(target);
        if (column !== undefined) press(column);
      },
      onKeyDown: ({ key, target, ctrlKey, altKey, metaKey }) => {
        const column = key === 'Enter' && !ctrlKey && !altKey && !metaKey ? headingAt(target) : undefined;
        if (column !== undefined) press(column);
      },
    },
    onDragStarted: () => {
      dragged.current = true;
    },
  };
}

/** The column whose heading an event happened in, leaving out its resize handle. */
export function headingAt(target: EventTarget): ColumnName | undefined {
  if (!(target instanceof Element) || target.closest('.ag-header-cell-resize')) return undefined;
  return target.closest<HTMLElement>('.ag-header-cell')?.getAttribute('col-id') ?? undefined;
}
