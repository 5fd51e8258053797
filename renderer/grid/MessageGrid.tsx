import type {
  CellContextMenuEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  ColumnResizedEvent,
  FullWidthCellKeyDownEvent,
  GetRowIdParams,
  GridApi,
  IDatasource,
  RowClassRules,
  SuppressKeyboardEventParams,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Row } from '../../core/engine/contract.ts';
import { copyText, isCopying } from '../app/clipboard.ts';
import { Menu, type MenuItem, type Point } from '../app/Menu.tsx';
import { commandOf, isMenuKey } from '../commands/keys.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { ruleColors, type RuleColor } from '../color-rules/color-rule.ts';
import { cellFilters } from '../quick-filter/cell-filter.ts';
import { quickFilterItems, quickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import type { Selection, Session, SessionKey } from '../state/model.ts';
import { colorRulesStore } from '../state/color-rules.ts';
import { readStored, writeStored } from '../state/settings.ts';
import type { Workspace } from '../state/workspace.ts';
import { gridStrings, quickFilterStrings } from '../strings.ts';
import { columnDefinitions, columnNames, rowText, type ColumnName, type ColumnWidths } from './columns.ts';
import './grid-modules.ts';
import { gridTheme } from './grid-theme.ts';
import { rowHeightNow, useRowHeight } from './row-height.ts';
import { moduleFamilies, moduleFamily } from './module-family.ts';

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
  suppressKeyboardEvent: isForTheWindow,
};
/** Rows that are read at once. */
const blockSize = 200;
const rowSelection = { mode: 'singleRow', checkboxes: false, enableClickSelection: false } as const;

/** The rows of a session's view. They live in AG Grid's cache, in blocks, and are read when they come into sight. */
export function MessageGrid({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const [api, setApi] = useState<GridApi<Row>>();
  const { offsetMinutes, withDate } = useZone(session);
  const time = useMemo(() => ({ offsetMinutes, withDate }), [offsetMinutes, withDate]);
  const digits = String(session.view?.available ?? 0).length;
  const columns = useMemo(() => columnDefinitions(time, digits, storedWidths()), [time, digits]);
  const { selection } = session;
  const [menu, setMenu] = useState<{ at: Point; items: MenuItem[] }>();
  const closeMenu = useCallback(() => {
    setMenu(undefined);
  }, []);

  useRowsOf(api, workspace, session);
  useEffect(() => {
    api?.refreshCells({ force: true });
  }, [api, time]);
  useEffect(
    () =>
      api
        ? colorRulesStore.subscribe(() => {
            api.refreshInfiniteCache();
          })
        : undefined,
    [api],
  );
  useEffect(() => {
    if (!api) return;
    markSelected(api, selection);
    if (selection?.origin === 'command') followSelection(api, selection.position);
  }, [api, selection]);

  const onCellFocused = (event: CellFocusedEvent<Row>): void => {
    if (event.rowIndex === null || event.rowIndex === selection?.position) return;
    const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
    if (row) workspace.selectRow(event.rowIndex, row);
    else void workspace.selectPosition(event.rowIndex);
  };
  const onCellKeyDown = (event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>): void => {
    const press = event.event;
    if (!(press instanceof KeyboardEvent) || !event.data) return;
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

  return (
    <div className="grid" data-testid="grid" data-pane="grid">
      <AgGridReact<Row>
        theme={gridTheme}
        rowModelType="infinite"
        columnDefs={columns}
        defaultColDef={defaultColumn}
        rowHeight={useRowHeight()}
        cacheBlockSize={blockSize}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={3}
        blockLoadDebounceMillis={20}
        rowBuffer={20}
        getRowId={rowId}
        rowClassRules={rowClassRules}
        rowSelection={rowSelection}
        ensureDomOrder
        suppressColumnVirtualisation
        enableCellTextSelection
        suppressOverlays={['loading', 'noRows', 'noMatchingRows']}
        suppressScrollOnNewData
        focusGridInnerElement={(event) => enterGrid(event.api, selection?.position)}
        tabToNextCell={leaveGrid}
        tooltipShowMode="whenTruncated"
        tooltipShowDelay={600}
        onGridReady={(event) => {
          setApi(event.api);
          nameGrid();
        }}
        onModelUpdated={(event) => {
          const current = workspace.store.getState().sessions.find((candidate) => candidate.key === session.key);
          markSelected(event.api, current?.selection);
        }}
        onCellFocused={onCellFocused}
        onCellKeyDown={onCellKeyDown}
        onCellContextMenu={onCellContextMenu}
        onColumnResized={storeWidth}
      />
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

/** Gives the grid new rows when the view is another one, and renews or adds to them in place when it shows more of the same. */
function useRowsOf(api: GridApi<Row> | undefined, workspace: Workspace, session: Session): void {
  const { key, view, viewGeneration, selection, growing } = session;
  const shown = useRef<{ generation: number; view: number; rows: number; isGrowing: boolean } | undefined>(undefined);
  const position = useRef<number | undefined>(undefined);
  const isGrowing = growing !== undefined;
  useEffect(() => {
    position.current = selection?.position;
  }, [selection]);
  useEffect(() => {
    if (!api || !view) return;
    if (shown.current?.generation !== viewGeneration) {
      api.setGridOption('datasource', datasourceOf(workspace, key));
      api.setRowCount(view.rows, true);
      showPosition(api, position.current, view.rows);
    } else if (shown.current.view !== view.view || shown.current.isGrowing) {
      const endsInSight = endIsLoaded(api, shown.current.rows);
      api.setRowCount(view.rows, true);
      if (!isGrowing || endsInSight) api.refreshInfiniteCache();
    }
    shown.current = { generation: viewGeneration, view: view.view, rows: view.rows, isGrowing };
  }, [api, workspace, key, view, viewGeneration, isGrowing]);
}

/** True when the block that holds the last of so many rows is there, and lacks those that came behind them. */
function endIsLoaded(api: GridApi<Row>, rows: number): boolean {
  return rows % blockSize !== 0 && api.getDisplayedRowAtIndex(rows - 1)?.data !== undefined;
}

/** Brings the selected row into sight; without one, the first. */
function showPosition(api: GridApi<Row>, position: number | undefined, rows: number): void {
  if (rows === 0) return;
  if (position === undefined) api.ensureIndexVisible(0, 'top');
  else api.ensureIndexVisible(Math.min(position, rows - 1), 'middle');
}

function datasourceOf(workspace: Workspace, key: SessionKey): IDatasource {
  return {
    getRows(params) {
      workspace.rows(key, params.startRow, params.endRow - params.startRow).then(
        (rows) => {
          params.successCallback(rows);
        },
        () => {
          params.failCallback();
        },
      );
    },
  };
}

/** Scrolls to a position; the focus goes along when the grid has it. */
function followSelection(api: GridApi<Row>, position: number): void {
  api.ensureIndexVisible(position, null);
  const focused = api.getFocusedCell();
  const hasFocus = Boolean(document.activeElement?.closest('[role="gridcell"]'));
  if (hasFocus && focused && focused.rowIndex !== position) api.setFocusedCell(position, focused.column);
}

/** One home for the selection: the session. AG Grid only shows it. */
function markSelected(api: GridApi<Row>, selection: Selection | undefined): void {
  const node = selection && api.getDisplayedRowAtIndex(selection.position);
  if (!selection) api.deselectAll();
  else if (node?.data?.row === selection.row && !node.isSelected()) node.setSelected(true, true);
}

function rowId({ data }: GetRowIdParams<Row>): string {
  return String(data.row);
}

/** The window's shortcuts work in the grid too, and Space would undo AG Grid's own selection. */
function isForTheWindow({ event }: SuppressKeyboardEventParams): boolean {
  return event.key === ' ' || commandOf(event) !== undefined;
}

/** Tab enters the grid at the selected row, for the focus selects; without one, at the first row in sight. */
function enterGrid(api: GridApi<Row>, selected: number | undefined): boolean {
  const column = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns().at(0);
  if (!column || api.getDisplayedRowCount() === 0) return false;
  const position = selected ?? Math.ceil(api.getVerticalPixelRange().top / rowHeightNow());
  api.ensureIndexVisible(position, null);
  api.setFocusedCell(position, column);
  return true;
}

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
