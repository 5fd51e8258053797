/** AG Grid over a view of any length: a window of its rows, which moves with what is in sight. Outside, positions count. */
import type { Column, GridApi, IDatasource } from 'ag-grid-community';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { takeTurn } from '../app/turns.ts';
import { createRowBuffer, fewestBufferRows } from './row-buffer.ts';
import { createRowSource, type LoadRows, type RowSource } from './row-source.ts';
import { holds, windowAround, windowFor, windowFrom, type RowWindow } from './row-window.ts';
import type { Sight } from './scroll-thumb.ts';

export interface ViewerState extends Sight {
  /** The view is longer than its window: a scroll bar of our own stands for all of it. */
  readonly isWindowed: boolean;
}

export interface RowViewer<R> {
  readonly store: StoreApi<ViewerState>;
  /** Other rows, with this one in the middle of the grid; without one, the first at the top. */
  replace(total: number, position: number | undefined): void;
  /** More or fewer of the same rows. */
  resize(total: number): void;
  /** The same rows read differently. */
  readonly refresh: () => void;
  /** Brings a row into sight. `null`: with as little scrolling as possible. */
  reveal(position: number, where: 'top' | 'middle' | null): void;
  readonly rowAt: (position: number) => R | undefined;
  readonly positionOf: (index: number) => number;
  /** Index of a position in the window; undefined where that does not hold it. */
  indexOf(position: number): number | undefined;
  /** Gives a cell the focus, also when its row is still being read. */
  focus(position: number, column: Column): void;
  /** To be told when AG Grid has scrolled, or has other rows or another size. */
  onScroll(): void;
  close(): void;
}

/** Rows that are drawn in a task: each costs up to three milliseconds where the code is new to the browser. */
const rowsATurn = 5;

export function createRowViewer<R>(
  api: GridApi<R>,
  gridElement: () => HTMLElement | null,
  rowHeight: () => number,
  load: LoadRows<R>,
): RowViewer<R> {
  const store = createStore<ViewerState>(() => ({ first: 0, visible: 1, total: 0, isWindowed: false }));
  let source = createRowSource(load);
  const buffer = createRowBuffer((rows) => {
    api.setGridOption('rowBuffer', rows);
  });
  let window: RowWindow = { base: 0, rows: 0 };
  let total = 0;
  /** AG Grid forgets the focus of a row whose data comes. */
  let owed: { position: number; column: Column } | undefined;

  /** Rows that AG Grid knows of. */
  let drawn = 0;
  /** Rows are being drawn a few at a time; taken back, all are drawn at once. */
  let drawing: { takeBack: () => void } | undefined;
  const draw = (rows: number): void => {
    drawn = Math.min(rows, window.rows);
    api.setRowCount(drawn, true);
  };
  const drawAll = (): void => {
    drawing?.takeBack();
    drawing = undefined;
    draw(window.rows);
  };
  const show = (next: RowWindow): void => {
    window = next;
    api.setGridOption('datasource', datasourceOf(source, window));
    drawAll();
  };
  /** Draws a screenful a few rows at a time, so that no task is long; then AG Grid may know of all. */
  const drawOn = (): void => {
    const takeBack = takeTurn(() => {
      const isScreenful = drawn >= Math.min(window.rows, store.getState().visible + fewestBufferRows);
      if (isScreenful) {
        drawAll();
        return;
      }
      draw(drawn + rowsATurn);
      drawOn();
    });
    drawing = { takeBack };
  };
  /** Shows the first rows once they can be read: drawn empty before that, each would be drawn twice. */
  const showFirst = (): void => {
    show({ ...windowAround(0, total), rows: 0 });
    window = windowAround(0, total);
    look();
    if (total === 0) return;
    let isTakenBack = false;
    drawing = {
      takeBack: () => {
        isTakenBack = true;
      },
    };
    void source.prefetch(0).then(() => {
      if (!isTakenBack) drawOn();
    });
  };
  const look = (): void => {
    const { top, bottom } = api.getVerticalPixelRange();
    const height = rowHeight();
    const first = window.base + top / height;
    const visible = (bottom - top) / height;
    const last = Math.min(total, Math.ceil(first + visible)) - 1;
    source.see(Math.floor(first), Math.max(Math.floor(first), last));
    const before = store.getState();
    const isWindowed = window.rows < total;
    if (before.first === first && before.visible === visible && before.total === total) return;
    store.setState({ first, visible, total, isWindowed });
    buffer.moved();
  };
  /** Whether a row is so near to those in sight that the grid scrolls there rather than jumps. */
  const isNear = (position: number): boolean => {
    const { first, visible } = store.getState();
    return position >= first - visible && position < first + 2 * visible;
  };
  const scrollTo = (position: number, where: 'top' | 'middle' | null): void => {
    if (!isNear(position)) buffer.shrink();
    if (!holds(window, position)) show(windowAround(position, total));
    else if (position - window.base >= drawn) drawAll();
    api.ensureIndexVisible(position - window.base, where);
    look();
  };
  let frame: number | undefined;
  /** When AG Grid has drawn its rows, and React their cells. */
  const tellNumbersSoon = (): void => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      const grid = gridElement();
      if (grid) tellTrueNumbers(grid, window.base, total);
    });
  };
  const payFocus = (): void => {
    if (!owed || !holds(window, owed.position)) return;
    const { activeElement } = document;
    const isElsewhere = activeElement !== document.body && !gridElement()?.contains(activeElement);
    const index = owed.position - window.base;
    const isLoaded = api.getDisplayedRowAtIndex(index)?.data !== undefined;
    if (!isElsewhere && activeElement?.closest('.ag-row')?.getAttribute('row-index') !== String(index)) {
      api.setFocusedCell(index, owed.column);
    }
    if (isElsewhere || isLoaded) owed = undefined;
  };
  /** Moves the window under the rows in sight, which stay where they are to the pixel; so does the focus. */
  const moveWindow = (): void => {
    const { top, bottom } = api.getVerticalPixelRange();
    const height = rowHeight();
    const first = window.base + Math.floor(top / height);
    const next = windowFor(window, first, window.base + Math.floor(bottom / height), total);
    if (next === window) return;
    const focused = api.getFocusedCell();
    const grid = gridElement();
    const hasFocus = document.activeElement?.closest('.ag-cell') !== null && grid?.contains(document.activeElement);
    const shift = window.base - next.base;
    const viewport = grid?.querySelector('.ag-grid-viewport');
    show(next);
    api.ensureIndexVisible(first - next.base, 'top');
    if (viewport) viewport.scrollTop = top + shift * height;
    api.clearFocusedCell();
    if (focused && hasFocus) owed = { position: focused.rowIndex + shift + next.base, column: focused.column };
  };

  return {
    store,
    replace(rows, position) {
      source.close();
      source = createRowSource(load);
      total = rows;
      buffer.shrink();
      if (position === undefined) {
        showFirst();
      } else {
        show(windowAround(position, total));
        if (total > 0) scrollTo(Math.min(position, total - 1), 'middle');
        look();
      }
    },
    resize(rows) {
      total = rows;
      // Its last block may have been a part of one.
      source.forget();
      window = windowFrom(Math.min(window.base, windowAround(total, total).base), total);
      if (!drawing) drawAll();
      look();
    },
    refresh: () => {
      source.forget();
      api.refreshInfiniteCache();
    },
    reveal: scrollTo,
    rowAt: (position) =>
      holds(window, position) ? api.getDisplayedRowAtIndex(position - window.base)?.data : undefined,
    positionOf: (index) => window.base + index,
    indexOf: (position) => (holds(window, position) ? position - window.base : undefined),
    focus(position, column) {
      owed = { position, column };
      payFocus();
    },
    onScroll() {
      moveWindow();
      look();
      payFocus();
      if (window.rows < total) tellNumbersSoon();
    },
    close() {
      drawing?.takeBack();
      buffer.close();
      source.close();
    },
  };
}

function datasourceOf<R>(source: RowSource<R>, { base }: RowWindow): IDatasource {
  return {
    getRows(wanted) {
      source.request({
        from: base + wanted.startRow,
        done: (rows) => {
          wanted.successCallback(rows);
        },
        failed: () => {
          wanted.failCallback();
        },
      });
    },
  };
}

/** AG Grid numbers the rows of its window; a screen reader is told those of the view. The heading is row 1. */
function tellTrueNumbers(grid: HTMLElement, base: number, total: number): void {
  grid.querySelector('[role="grid"]')?.setAttribute('aria-rowcount', String(total + 1));
  for (const row of grid.querySelectorAll('.ag-row[row-index]')) {
    const number = String(base + Number(row.getAttribute('row-index')) + 2);
    if (row.getAttribute('aria-rowindex') !== number) row.setAttribute('aria-rowindex', number);
  }
}
