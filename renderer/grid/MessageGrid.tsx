import type {
  CellContextMenuEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  ColumnResizedEvent,
  FullWidthCellKeyDownEvent,
  GetRowIdParams,
  GridApi,
  RowClassRules,
  SuppressKeyboardEventParams,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Row } from '../../core/engine/contract.ts';
import { copyText, isCopying } from '../app/clipboard.ts';
import { Menu, type MenuItem, type Point } from '../app/Menu.tsx';
import { commandOf, isMenuKey } from '../commands/keys.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { ruleColors, type RuleColor } from '../color-rules/color-rule.ts';
import { cellFilters } from '../quick-filter/cell-filter.ts';
import { quickFilterItems, quickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import type { Selection, Session } from '../state/model.ts';
import { colorRulesStore } from '../state/color-rules.ts';
import { readStored, writeStored } from '../state/settings.ts';
import { gridStrings, quickFilterStrings } from '../strings.ts';
import { columnDefinitions, columnNames, rowText, type ColumnName, type ColumnWidths } from './columns.ts';
import './grid-modules.ts';
import { gridTheme, rowHeight } from './grid-theme.ts';
import { ColumnHeader, ShownOrder } from './ColumnHeader.tsx';
import { moduleFamilies, moduleFamily } from './module-family.ts';
import type { RowViewer } from './row-viewer.ts';
import { blockSize } from './row-window.ts';
import { nextOrder } from './sort-cycle.ts';
import { useHeadings } from './use-headings.ts';
import { useViewer } from './use-viewer.ts';
import { WindowScrollBar } from './WindowScrollBar.tsx';

const rowClassRules: RowClassRules<Row> = Object.fromEntries([
  ...moduleFamilies.map((family) => [
    `family-${family}`,
    ({ data }: { data: Row | undefined }) => data !== undefined && moduleFamily(data.module) === family,
  ]),
  ...(['drop', 'error', 'warning'] as const).map((mark) => [
    `marked-${mark}`,
    ({ data }: { data: Row | undefined }) => data?.mark === mark,
  ]),
  ...(['error', 'warning'] as const).map((level) => [
    `found-${level}`,
    ({ data }: { data: Row | undefined }) => data?.mark === 'none' && data.diagnosisLevel === level,
  ]),
  ...ruleColors.map((color) => [
    `color-${color}`,
    ({ data }: { data: Row | undefined }) => data !== undefined && colorOf(data) === color,
  ]),
]) as RowClassRules<Row>;

/** The engine counts from the first rule that was asked with; -1 is no rule. */
function colorOf({ colorRule }: Row): RuleColor | undefined {
  return colorRule < 0 ? undefined : colorRulesStore.getState().active.at(colorRule)?.color;
}

const defaultColumn = {
  sortable: false,
  suppressHeaderMenuButton: true,
  suppressMovable: true,
  headerComponent: ColumnHeader,
  suppressKeyboardEvent: isForTheWindow,
};
/** The viewer decides what is asked for. */
const allAtOnce = 1000;
const rowSelection = { mode: 'singleRow', checkboxes: false, enableClickSelection: false } as const;

/** The rows of a session's view. They live in AG Grid's cache, in blocks, and are read when they come into sight. */
export function MessageGrid({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const element = useRef<HTMLDivElement>(null);
  const [shown, takeGrid] = useViewer(element, session);
  const { api, viewer } = shown ?? {};
  const { offsetMinutes, withDate } = useZone(session);
  const time = useMemo(() => ({ offsetMinutes, withDate }), [offsetMinutes, withDate]);
  const digits = String(session.view?.available ?? 0).length;
  const columns = useMemo(() => columnDefinitions(time, digits, storedWidths()), [time, digits]);
  const { selection } = session;
  const [menu, setMenu] = useState<{ at: Point; items: MenuItem[] }>();
  const closeMenu = useCallback(() => {
    setMenu(undefined);
  }, []);

  const isWindowed = useWindowed(viewer);
  useEffect(() => {
    api?.refreshCells({ force: true });
  }, [api, time]);
  useEffect(() => {
    if (!api || !viewer) return;
    markSelected(api, viewer, selection);
    if (selection?.origin === 'command') followSelection(api, viewer, selection.position);
  }, [api, viewer, selection]);

  const onCellFocused = (event: CellFocusedEvent<Row>): void => {
    if (event.rowIndex === null || !viewer) return;
    const position = viewer.positionOf(event.rowIndex);
    if (position === selection?.position) return;
    const row = viewer.rowAt(position);
    if (row) workspace.selectRow(position, row);
    else void workspace.selectPosition(position);
  };
  const onCellKeyDown = (event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>): void => {
    const press = event.event;
    if (!(press instanceof KeyboardEvent)) return;
    const end = press.ctrlKey || press.metaKey || press.altKey ? undefined : endOfKey(press.key);
    if (end !== undefined) {
      press.preventDefault();
      void workspace.selectPosition(end);
    }
    if (!event.data) return;
    if (isCopying(press)) void copyText(rowText(event.data, time));
    if (!('column' in event) || !isMenuKey(press)) return;
    press.preventDefault();
    const cell = press.target instanceof Element ? press.target.getBoundingClientRect() : undefined;
    openMenu(event.column.getColId(), event.data, { x: cell?.left ?? 0, y: cell?.bottom ?? 0 });
  };
  const onCellContextMenu = ({ event: press, column, data }: CellContextMenuEvent<Row>): void => {
    if (!(press instanceof MouseEvent) || !data) return;
    press.preventDefault();
    openMenu(column.getColId(), data, { x: press.clientX, y: press.clientY });
  };
  const openMenu = (column: string, row: Row, at: Point): void => {
    const name = columnNames.find((candidate) => candidate === column);
    if (name)
      setMenu({
        at,
        items: quickFilterItems(
          cellFilters(name, row),
          quickFilterDoer(workspace, (text) => void copyText(text)),
        ),
      });
  };

  const headings = useHeadings((column) => void workspace.sortBy(nextOrder(session.sort, column)));

  return (
    <div
      ref={element}
      className="grid"
      data-testid="grid"
      data-pane="grid"
      data-windowed={isWindowed}
      {...headings.handlers}
    >
      <ShownOrder value={session.view?.order}>
        <AgGridReact<Row>
          theme={gridTheme}
          rowModelType="infinite"
          columnDefs={columns}
          defaultColDef={defaultColumn}
          rowHeight={rowHeight}
          cacheBlockSize={blockSize}
          maxBlocksInCache={40}
          maxConcurrentDatasourceRequests={allAtOnce}
          rowBuffer={20}
          getRowId={rowId}
          rowClassRules={rowClassRules}
          rowSelection={rowSelection}
          ensureDomOrder
          suppressColumnVirtualisation
          enableCellTextSelection
          suppressOverlays={['loading', 'noRows', 'noMatchingRows']}
          suppressScrollOnNewData
          focusGridInnerElement={(event) => viewer !== undefined && enterGrid(event.api, viewer, selection?.position)}
          tabToNextCell={leaveGrid}
          tooltipShowMode="whenTruncated"
          tooltipShowDelay={600}
          onGridReady={(event) => {
            takeGrid(event.api);
            nameGrid();
          }}
          onModelUpdated={(event) => {
            const current = workspace.store.getState().sessions.find((candidate) => candidate.key === session.key);
            if (viewer) markSelected(event.api, viewer, current?.selection);
            viewer?.onScroll();
          }}
          onBodyScroll={() => {
            viewer?.onScroll();
          }}
          onGridSizeChanged={() => {
            viewer?.onScroll();
          }}
          onDragStarted={headings.onDragStarted}
          onCellFocused={onCellFocused}
          onCellKeyDown={onCellKeyDown}
          onCellContextMenu={onCellContextMenu}
          onColumnResized={storeWidth}
        />
      </ShownOrder>
      {viewer && isWindowed && <WindowScrollBar viewer={viewer} />}
      {menu && (
        <Menu
          label={quickFilterStrings.label}
          items={menu.items}
          at={menu.at}
          testId="quick-filter-menu"
          onClose={closeMenu}
        />
      )}
    </div>
  );
}

/** Scrolls to a position; the focus goes along when the grid has it. */
function followSelection(api: GridApi<Row>, viewer: RowViewer<Row>, position: number): void {
  viewer.reveal(position, null);
  const index = viewer.indexOf(position);
  const focused = api.getFocusedCell();
  const hasFocus = Boolean(document.activeElement?.closest('[role="gridcell"]'));
  if (hasFocus && focused && index !== undefined && focused.rowIndex !== index) {
    api.setFocusedCell(index, focused.column);
  }
}

/** One home for the selection: the session. AG Grid only shows it. */
function markSelected(api: GridApi<Row>, viewer: RowViewer<Row>, selection: Selection | undefined): void {
  const index = selection && viewer.indexOf(selection.position);
  const node = index === undefined ? undefined : api.getDisplayedRowAtIndex(index);
  if (!selection) api.deselectAll();
  else if (node?.data?.row === selection.row && !node.isSelected()) node.setSelected(true, true);
}

function rowId({ data }: GetRowIdParams<Row>): string {
  return String(data.row);
}

/**
 * The window's shortcuts work in the grid too. Space would undo AG Grid's own selection; Home and End mean the rows that AG
 * Grid has, which may be a window of the view.
 */
function isForTheWindow({ event }: SuppressKeyboardEventParams): boolean {
  return event.key === ' ' || event.key === 'Home' || event.key === 'End' || commandOf(event) !== undefined;
}

/** Tab enters the grid at the selected row, for the focus selects; without one, at the first row in sight. */
function enterGrid(api: GridApi<Row>, viewer: RowViewer<Row>, selected: number | undefined): boolean {
  const column = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns().at(0);
  if (!column || api.getDisplayedRowCount() === 0) return false;
  const position = selected ?? Math.ceil(viewer.store.getState().first);
  viewer.reveal(position, null);
  const index = viewer.indexOf(position);
  if (index !== undefined) api.setFocusedCell(index, column);
  return index !== undefined;
}

/** The position that Home and End go to. */
function endOfKey(key: string): number | undefined {
  if (key === 'Home') return 0;
  return key === 'End' ? Number.POSITIVE_INFINITY : undefined;
}

function useWindowed(viewer: RowViewer<Row> | undefined): boolean {
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

const widthsName = 'column-widths';

function storedWidths(): ColumnWidths {
  return readStored(widthsName, isColumnWidths) ?? {};
}

function isColumnWidths(value: unknown): value is ColumnWidths {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((name) => columnNames.includes(name as ColumnName)) &&
    Object.values(value).every((width) => typeof width === 'number')
  );
}

function storeWidth(event: ColumnResizedEvent<Row>): void {
  if (!event.finished || !event.column || event.source !== 'uiColumnResized') return;
  writeStored(widthsName, { ...storedWidths(), [event.column.getColId()]: event.column.getActualWidth() });
}
