import type {
  CellClickedEvent,
  CellContextMenuEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  ColumnMovedEvent,
  ColumnResizedEvent,
  FullWidthCellKeyDownEvent,
  GetRowIdParams,
  GridApi,
  RowClassRules,
  SuppressKeyboardEventParams,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { copyText, isCopying } from '../app/clipboard.ts';
import { Menu, type MenuItem, type Point } from '../app/Menu.tsx';
import { isSameButProgress } from '../app/same-session.ts';
import { useTimeDisplay } from '../app/use-time-display.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { ruleColors, type RuleColor } from '../color-rules/color-rule.ts';
import { scopeOf } from '../commands/action.ts';
import { commandOf, isMenuKey, type KeyPress } from '../commands/keys.ts';
import { runCommand } from '../commands/run-command.ts';
import { quickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { colorRulesStore } from '../state/color-rules.ts';
import { changeLayout, gridLayoutStore } from '../state/grid-layout.ts';
import type { Session } from '../state/model.ts';
import { selectedRanges } from '../state/row-selection.ts';
import { gridStrings } from '../strings.ts';
import { cellItems } from './cell-menu.ts';
import { columnTitle } from './column-title.ts';
import { ColumnHeader, ShownOrder } from './ColumnHeader.tsx';
import { cellText, columnDefinitions, widthOfNumbers } from './columns.ts';
import { copySelected } from './copy-rows.ts';
import { shownColumns, withOrder, withWidth } from './grid-layout.ts';
import './grid-modules.ts';
import type { GridRow } from './grid-row.ts';
import { gridTheme } from './grid-theme.ts';
import { useRowHeight } from './row-height.ts';
import { headerItems } from './header-menu.ts';
import { moduleFamilies, moduleFamily } from './module-family.ts';
import { holdsRow, type RowRanges } from './row-ranges.ts';
import { fewestBufferRows } from './row-buffer.ts';
import type { CopyForm } from './row-text.ts';
import type { RowViewer } from './row-viewer.ts';
import { blockSize } from './row-window.ts';
import { nextOrder } from './sort-cycle.ts';
import { cellMenuStrings, headerStrings } from './strings.ts';
import { titleTruncated } from './truncated-title.ts';
import { useHeadings } from './use-headings.ts';
import { useViewer } from './use-viewer.ts';
import { WindowScrollBar } from './WindowScrollBar.tsx';

const rowClassRules: RowClassRules<GridRow> = Object.fromEntries([
  ...moduleFamilies.map((family) => [
    `family-${family}`,
    ({ data }: { data: GridRow | undefined }) => data !== undefined && moduleFamily(data.module) === family,
  ]),
  ...(['drop', 'error', 'warning'] as const).map((mark) => [
    `marked-${mark}`,
    ({ data }: { data: GridRow | undefined }) => data?.mark === mark,
  ]),
  ...(['error', 'warning'] as const).map((level) => [
    `found-${level}`,
    ({ data }: { data: GridRow | undefined }) => data?.mark === 'none' && data.diagnosisLevel === level,
  ]),
  ...ruleColors.map((color) => [
    `color-${color}`,
    ({ data }: { data: GridRow | undefined }) => data !== undefined && colorOf(data) === color,
  ]),
]) as RowClassRules<GridRow>;

/** The engine counts from the first rule that was asked with; -1 is no rule. */
function colorOf({ colorRule }: GridRow): RuleColor | undefined {
  return colorRule < 0 ? undefined : colorRulesStore.getState().active.at(colorRule)?.color;
}

const defaultColumn = {
  sortable: false,
  suppressHeaderMenuButton: true,
  lockPinned: true,
  headerComponent: ColumnHeader,
  suppressKeyboardEvent: isForThePage,
};
/** The viewer decides what is asked for. */
const allAtOnce = 1000;
const rowSelection = {
  mode: 'multiRow',
  checkboxes: false,
  headerCheckbox: false,
  enableClickSelection: false,
} as const;

/** The rows of a session's view. They live in AG Grid's cache, in blocks, and are read when they come into sight. */
export const MessageGrid = memo(MessageGridOf, isSameButProgress);

function MessageGridOf({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const element = useRef<HTMLDivElement>(null);
  const layout = useStore(gridLayoutStore, (state) => state.layout);
  const time = useTimeDisplay(session);
  const [api, setApi] = useState<GridApi<GridRow>>();
  const viewer = useViewer(api, element, session, layout, time.format);
  const digits = widthOfNumbers(session.view?.available ?? 0, session.size);
  const reference = session.timeReference;
  const { format, offsetMinutes, withDate } = time;
  // AG Grid lays everything out anew for new definitions, so there are none where they would say the same.
  const columns = useMemo(
    () => columnDefinitions({ layout, time: { format, offsetMinutes, withDate }, reference, digits }),
    [layout, format, offsetMinutes, withDate, reference, digits],
  );
  const { selection, viewGeneration, ranges } = session;
  const [menu, setMenu] = useState<{ at: Point; label: string; testId: string; items: MenuItem[] }>();
  const closeMenu = useCallback(() => {
    setMenu(undefined);
  }, []);
  const isWindowed = useWindowed(viewer);
  /** The keys or the click that move the focus, which AG Grid does not tell. */
  const press = useRef<Pick<KeyPress, 'shiftKey' | 'ctrlKey' | 'metaKey'> | undefined>(undefined);

  useEffect(() => {
    api?.refreshCells({ force: true });
  }, [api, time, reference]);
  useEffect(() => {
    if (!api || !viewer) return;
    markSelected(api, viewer, selectedRanges({ ...session, selection, viewGeneration, ranges }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- nothing else of the session says what is selected
  }, [api, viewer, selection, viewGeneration, ranges]);
  useEffect(() => {
    if (api && viewer && selection?.origin === 'command') followSelection(api, viewer, selection.position);
  }, [api, viewer, selection]);

  const onCellFocused = (event: CellFocusedEvent<GridRow>): void => {
    if (event.rowIndex === null || !viewer) return;
    const position = viewer.positionOf(event.rowIndex);
    const { shiftKey, ctrlKey, metaKey } = press.current ?? { shiftKey: false, ctrlKey: false, metaKey: false };
    if (shiftKey) void workspace.extendSelection(position, ctrlKey || metaKey);
    // A click with Ctrl says for itself what it selects.
    if (shiftKey || ctrlKey || metaKey || position === selection?.position) return;
    const row = viewer.rowAt(position);
    if (row) workspace.selectRow(position, row);
    else void workspace.selectPosition(position);
  };
  const onCellClicked = ({ rowIndex, event }: CellClickedEvent<GridRow>): void => {
    if (rowIndex === null || !viewer || !(event instanceof MouseEvent)) return;
    const position = viewer.positionOf(rowIndex);
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey) void workspace.toggleSelected(position);
    else if (!event.shiftKey && position === selection?.position && ranges) {
      const row = viewer.rowAt(position);
      if (row) workspace.selectRow(position, row);
    }
  };
  const copyRows = (form: CopyForm): void => {
    const shownNames = shownColumns(layout).map(({ column }) => column);
    void copySelected(workspace, { form, columns: shownNames, time });
  };
  const onCellKeyDown = (event: CellKeyDownEvent<GridRow> | FullWidthCellKeyDownEvent<GridRow>): void => {
    const key = event.event;
    if (!(key instanceof KeyboardEvent)) return;
    const isPlain = !key.ctrlKey && !key.metaKey && !key.altKey;
    const end = isPlain ? endOfKey(key.key, session.view?.rows ?? 0) : undefined;
    if (end !== undefined) {
      key.preventDefault();
      void (key.shiftKey ? workspace.extendSelection(end) : workspace.selectPosition(end));
    }
    if (isSelectingAll(key)) {
      key.preventDefault();
      void workspace.selectAll();
    }
    if (key.key === ' ' && (key.ctrlKey || key.metaKey) && event.rowIndex !== null && viewer) {
      key.preventDefault();
      void workspace.toggleSelected(viewer.positionOf(event.rowIndex));
    }
    if (!event.data) return;
    if (isCopying(key)) copyRows('text');
    if (!('column' in event) || !isMenuKey(key)) return;
    key.preventDefault();
    const cell = key.target instanceof Element ? key.target.getBoundingClientRect() : undefined;
    openCellMenu(event.column.getColId(), event.data, { x: cell?.left ?? 0, y: cell?.bottom ?? 0 });
  };
  const onCellContextMenu = ({ event, column, data, rowIndex }: CellContextMenuEvent<GridRow>): void => {
    if (!(event instanceof MouseEvent) || !data || rowIndex === null || !viewer) return;
    event.preventDefault();
    const position = viewer.positionOf(rowIndex);
    if (!holdsRow(selectedRanges(session), position)) workspace.selectRow(position, data);
    openCellMenu(column.getColId(), data, { x: event.clientX, y: event.clientY });
  };
  const openCellMenu = (column: string, row: GridRow, at: Point): void => {
    const text = cellText(column, row, time);
    const items = cellItems({
      column,
      row,
      text,
      isReference: reference?.row === row.row,
      filterBy: quickFilterDoer(workspace, (filter) => void copyText(filter)),
      copyCell: () => void copyText(text),
      copyRows,
      run: (command) => {
        runCommand(command, scopeOf(workspace));
      },
      find: (words) => {
        workspace.openFind();
        if (words !== '') workspace.setFindText(words);
      },
    });
    setMenu({ at, label: cellMenuStrings.label, testId: 'quick-filter-menu', items });
  };
  const openHeaderMenu = (column: string, at: Point): void => {
    const autoSize = (name: string): void => {
      api?.autoSizeColumns([name]);
      const width = api?.getColumn(name)?.getActualWidth();
      if (width !== undefined) changeLayout((before) => withWidth(before, name, width));
    };
    const items = headerItems({ column, order: session.view?.order, workspace, autoSize });
    setMenu({ at, label: headerStrings.label(columnTitle(column)), testId: 'header-menu', items });
  };
  const headings = useHeadings((column) => void workspace.sortBy(nextOrder(session.sort, column)), openHeaderMenu);

  return (
    <div
      ref={element}
      className="grid"
      data-testid="grid"
      data-pane="grid"
      data-windowed={isWindowed}
      onKeyDownCapture={({ nativeEvent }) => {
        // AG Grid tells of a focus that a click has moved some time later: a shortcut typed meanwhile has nothing to do with it.
        if (movesFocus(nativeEvent)) press.current = nativeEvent;
      }}
      onMouseDownCapture={({ nativeEvent }) => {
        press.current = nativeEvent;
        // Shift and a click select rows here, not text.
        if (nativeEvent.shiftKey) nativeEvent.preventDefault();
      }}
      onFocusCapture={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) press.current = undefined;
      }}
      onMouseOver={titleTruncated}
      {...headings.handlers}
    >
      <ShownOrder value={session.view?.order}>
        <AgGridReact<GridRow>
          theme={gridTheme}
          rowModelType="infinite"
          columnDefs={columns}
          context={time}
          defaultColDef={defaultColumn}
          rowHeight={useRowHeight()}
          cacheBlockSize={blockSize}
          maxBlocksInCache={40}
          maxConcurrentDatasourceRequests={allAtOnce}
          rowBuffer={fewestBufferRows}
          getRowId={rowId}
          rowClassRules={rowClassRules}
          rowSelection={rowSelection}
          ensureDomOrder
          suppressColumnVirtualisation
          suppressDragLeaveHidesColumns
          enableCellTextSelection
          suppressOverlays={['loading', 'noRows', 'noMatchingRows']}
          suppressScrollOnNewData
          focusGridInnerElement={(event) => viewer !== undefined && enterGrid(event.api, viewer, selection?.position)}
          tabToNextCell={leaveGrid}
          onGridReady={(event) => {
            setApi(event.api);
            nameGrid();
          }}
          onModelUpdated={(event) => {
            const current = workspace.store.getState().sessions.find((candidate) => candidate.key === session.key);
            if (viewer && current) markSelected(event.api, viewer, selectedRanges(current));
            viewer?.onScroll();
          }}
          onBodyScroll={() => {
            viewer?.onScroll();
          }}
          onViewportChanged={() => {
            viewer?.onScroll();
          }}
          onGridSizeChanged={() => {
            viewer?.onScroll();
          }}
          onDragStarted={headings.onDragStarted}
          onCellFocused={onCellFocused}
          onCellClicked={onCellClicked}
          onCellKeyDown={onCellKeyDown}
          onCellContextMenu={onCellContextMenu}
          onColumnResized={keepWidth}
          onColumnMoved={keepOrder}
        />
      </ShownOrder>
      {viewer && isWindowed && <WindowScrollBar viewer={viewer} />}
      {menu && <Menu label={menu.label} items={menu.items} at={menu.at} testId={menu.testId} onClose={closeMenu} />}
    </div>
  );
}

/** Scrolls to a position; the focus goes along when the grid has it. */
function followSelection(api: GridApi<GridRow>, viewer: RowViewer<GridRow>, position: number): void {
  // Before the row that has the focus goes with its window.
  const focused = api.getFocusedCell();
  const hasFocus = Boolean(document.activeElement?.closest('[data-testid="grid"] [role="gridcell"]'));
  viewer.reveal(position, null);
  if (hasFocus && focused) viewer.focus(position, focused.column);
}

/** One home for the selection: the session. AG Grid only shows it. */
function markSelected(api: GridApi<GridRow>, viewer: RowViewer<GridRow>, ranges: RowRanges): void {
  api.forEachNode((node) => {
    if (node.data === undefined || node.rowIndex === null) return;
    const wanted = holdsRow(ranges, viewer.positionOf(node.rowIndex));
    if (node.isSelected() !== wanted) node.setSelected(wanted, false, 'api');
  });
}

function rowId({ data }: GetRowIdParams<GridRow>): string {
  return String(data.row);
}

/**
 * The window's shortcuts work in the grid too. Space and Ctrl+A would make AG Grid's own selection; Home and End mean the rows
 * that AG Grid has, which may be a window of the view.
 */
function isForThePage({ event }: SuppressKeyboardEventParams): boolean {
  return [' ', 'Home', 'End'].includes(event.key) || isSelectingAll(event) || commandOf(event) !== undefined;
}

function isSelectingAll({ key, ctrlKey, metaKey }: Pick<KeyPress, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
  return key.toLowerCase() === 'a' && (ctrlKey || metaKey);
}

/** Tab enters the grid at the selected row, for the focus selects; without one, at the first row in sight. */
function enterGrid(api: GridApi<GridRow>, viewer: RowViewer<GridRow>, selected: number | undefined): boolean {
  const column = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns().at(0);
  if (!column || api.getDisplayedRowCount() === 0) return false;
  const position = selected ?? Math.ceil(viewer.store.getState().first);
  viewer.reveal(position, null);
  const index = viewer.indexOf(position);
  if (index !== undefined) api.setFocusedCell(index, column);
  return index !== undefined;
}

function movesFocus({ key }: Pick<KeyPress, 'key'>): boolean {
  return key.startsWith('Arrow') || key.startsWith('Page') || ['Home', 'End', 'Tab'].includes(key);
}

/** The position that Home and End go to. */
function endOfKey(key: string, rows: number): number | undefined {
  if (key === 'Home') return 0;
  return key === 'End' ? Math.max(0, rows - 1) : undefined;
}

function useWindowed(viewer: RowViewer<GridRow> | undefined): boolean {
  return useSyncExternalStore(
    viewer?.store.subscribe ?? neverChanges,
    () => viewer?.store.getState().isWindowed === true,
  );
}

const neverChanges = () => () => undefined;

/** One Tab leaves the grid; arrow keys move inside. */
function leaveGrid(): false {
  return false;
}

/** AG Grid has no option for the accessible name of its root. */
function nameGrid(): void {
  document.querySelector('[data-testid="grid"] [role="grid"]')?.setAttribute('aria-label', gridStrings.label);
}

function keepWidth({ finished, column, source }: ColumnResizedEvent<GridRow>): void {
  if (!finished || !column || source !== 'uiColumnResized') return;
  changeLayout((layout) => withWidth(layout, column.getColId(), column.getActualWidth()));
}

function keepOrder({ finished, source, api }: ColumnMovedEvent<GridRow>): void {
  if (!finished || source !== 'uiColumnMoved') return;
  const order = api.getAllDisplayedColumns().map((column) => column.getColId());
  changeLayout((layout) => withOrder(layout, order));
}
