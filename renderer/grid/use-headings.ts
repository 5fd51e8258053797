import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { ColumnName } from '../../core/engine/contract.ts';
import type { Point } from '../app/Menu.tsx';
import { isMenuKey } from '../commands/keys.ts';

export interface Headings {
  /** For the element around the grid: AG Grid tells of no press on a heading that it does not sort itself. */
  readonly handlers: {
    onClick: (event: MouseEvent<HTMLElement>) => void;
    onContextMenu: (event: MouseEvent<HTMLElement>) => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    onMouseDown: () => void;
  };
  readonly onDragStarted: () => void;
}

/** A click on a heading, or Enter, presses it; the end of a drag does not. The other button opens its menu. */
export function useHeadings(
  press: (column: ColumnName) => void,
  openMenu: (column: ColumnName, at: Point) => void,
): Headings {
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
      onContextMenu: (event) => {
        const column = headingAt(event.target);
        if (column === undefined) return;
        event.preventDefault();
        openMenu(column, { x: event.clientX, y: event.clientY });
      },
      onKeyDown: (event) => {
        const { key, target, ctrlKey, altKey, metaKey } = event;
        const column = headingAt(target);
        if (column === undefined) return;
        if (isMenuKey(event)) {
          event.preventDefault();
          const { left = 0, bottom = 0 } = target instanceof Element ? target.getBoundingClientRect() : {};
          openMenu(column, { x: left, y: bottom });
        } else if (key === 'Enter' && !ctrlKey && !altKey && !metaKey) press(column);
      },
    },
    onDragStarted: () => {
      dragged.current = true;
    },
  };
}

/** The column whose heading an event happened in, leaving out its resize handle. */
function headingAt(target: EventTarget): ColumnName | undefined {
  if (!(target instanceof Element) || target.closest('.ag-header-cell-resize')) return undefined;
  return target.closest<HTMLElement>('.ag-header-cell')?.getAttribute('col-id') ?? undefined;
}
