import type {
  CellClickedEvent,
  CellContextMenuEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  FullWidthCellKeyDownEvent,
  GetRowIdParams,
  GridApi,
  IDatasource,
  RowClassRules,
  SelectionChangedEvent,
  SortChangedEvent,
} from 'ag-grid-community';
import { TooltipModule } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { copyText, isCopying } from '../app/clipboard.ts';
import { Menu, type MenuItem, type Point } from '../app/Menu.tsx';
import { isMenuKey, type KeyPress } from '../commands/keys.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { useZone } from '../app/use-zone.ts';
import { formatZone } from '../format/time.ts';
import '../grid/grid-modules.ts';
import { gridTheme } from '../grid/grid-theme.ts';
import { useRowHeight } from '../grid/row-height.ts';
import type { Session } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import { connectionsStrings } from '../strings.ts';
import { quickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { attemptMenu } from './attempt-menu.ts';
import { attemptsText } from './attempt-text.ts';
import { columnDefinitions, isForThePage, sortOf } from './columns.ts';
import { comparedRows, extended, isSelected, toggled } from './selection.ts';

const rowSelection = {
  mode: 'multiRow',
  checkboxes: true,
  headerCheckbox: false,
  enableClickSelection: false,
} as const;
/** AG Grid's tooltips cost each cell time when it is drawn: nobody jumps through this list. */
const modules = [TooltipModule];
const selectionColumn = { width: 34, minWidth: 34, resizable: false, suppressKeyboardEvent: isForThePage };
const defaultColumn = {
  suppressHeaderMenuButton: true,
  suppressMovable: true,
  sortingOrder: ['asc' as const, 'desc' as const, null],
  suppressKeyboardEvent: isForThePage,
};
const rowClassRules: RowClassRules<ConnectionAttempt> = {
  'attempt-dropped': ({ data }) => data?.verdict === 'dropped',
};
/** Rows that are read at once. */
const blockSize = 200;
/** Rows that Shift and a click select at most. */
const longestRange = 200;

/** The attempts that a session's choice lets through. They live in AG Grid's cache and are read when they come into sight. */
export function AttemptGrid({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const [api, setApi] = useState<GridApi<ConnectionAttempt>>();
  const { offsetMinutes, withDate } = useZone(session);
  const { key } = session;
  const { found, selected, choice } = session.connections;
  const [firstSort] = useState(choice.sort);
  const time = useMemo(() => ({ offsetMinutes, withDate }), [offsetMinutes, withDate]);
  const columns = useMemo(() => columnDefinitions(time, firstSort), [time, firstSort]);
  const generation = found?.generation;
  const total = found?.total ?? 0;
  const latest = useRef(selected);
  useEffect(() => {
    latest.current = selected;
  }, [selected]);

  useEffect(() => {
    if (!api || generation === undefined) return;
    api.setGridOption('datasource', datasourceOf(workspace, key, total));
    api.setRowCount(total, true);
  }, [api, workspace, key, generation, total]);
  useEffect(() => {
    api?.refreshCells({ force: true });
  }, [api, time]);
  useEffect(() => {
    if (api) markSelected(api, selected);
  }, [api, selected]);

  const [menu, setMenu] = useState<{ at: Point; items: MenuItem[] }>();
  const closeMenu = useCallback(() => {
    setMenu(undefined);
  }, []);
  const copy = (attempts: readonly ConnectionAttempt[]): void => {
    void copyText(attemptsText(attempts, time, formatZone(offsetMinutes)));
  };
  const openMenu = (attempt: ConnectionAttempt, at: Point): void => {
    const chosen = isSelected(latest.current, attempt) ? latest.current : [attempt];
    const compared = comparedRows(chosen);
    const filter = quickFilterDoer(workspace, (text) => void copyText(text));
    const items = attemptMenu(attempt, {
      showPath: (row) => void workspace.showPath(row),
      compare: compared && (() => void workspace.comparePaths(...compared)),
      copy: () => {
        copy(chosen);
      },
      filter: (action, text) => {
        if (action !== 'copy') workspace.show(key, 'messages');
        filter(action, text);
      },
    });
    setMenu({ at, items });
  };

  /** The key that moves the focus, which AG Grid does not tell; none while the mouse does. */
  const lastPress = useRef<KeyPress | undefined>(undefined);

  const select = (attempts: readonly ConnectionAttempt[]): void => {
    const before = latest.current.at(-1);
    latest.current = attempts;
    workspace.selectConnections(key, attempts);
    const current = attempts.at(-1);
    if (current && current.number !== before?.number) void workspace.selectHop(current.row);
  };
  const onCellFocused = ({ api: grid, rowIndex }: CellFocusedEvent<ConnectionAttempt>): void => {
    // A click says for itself what it selects.
    const press = lastPress.current;
    if (rowIndex === null || !press || press.ctrlKey || press.metaKey) return;
    const attempt = grid.getDisplayedRowAtIndex(rowIndex)?.data;
    if (!attempt || latest.current.at(-1)?.number === attempt.number) return;
    select(press.shiftKey ? extended(latest.current, [attempt]) : [attempt]);
  };
  const onCellClicked = ({ api: grid, data, rowIndex, event, column }: CellClickedEvent<ConnectionAttempt>): void => {
    if (!data || rowIndex === null || !(event instanceof MouseEvent)) return;
    // The boxes select by themselves.
    if (!columns.some(({ colId }) => colId === column.getColId())) return;
    if (event.ctrlKey || event.metaKey) select(toggled(latest.current, data));
    else if (event.shiftKey) select(extended(latest.current, rangeTo(grid, latest.current.at(-1), rowIndex)));
    else select([data]);
  };
  const onSelectionChanged = ({ api: grid, source }: SelectionChangedEvent<ConnectionAttempt>): void => {
    if (source !== 'checkboxSelected') return;
    const boxes = grid.getSelectedNodes().flatMap(({ data }) => data ?? []);
    const kept = latest.current.filter((attempt) => isSelected(boxes, attempt));
    select([...kept, ...boxes.filter((attempt) => !isSelected(kept, attempt))]);
  };
  const onCellKeyDown = (
    event: CellKeyDownEvent<ConnectionAttempt> | FullWidthCellKeyDownEvent<ConnectionAttempt>,
  ): void => {
    const { event: press, data } = event;
    if (!(press instanceof KeyboardEvent) || !data) return;
    const compared = comparedRows(latest.current);
    if (isMenuKey(press)) {
      const cell = press.target instanceof Element ? press.target.getBoundingClientRect() : undefined;
      openMenu(data, { x: cell?.left ?? 0, y: cell?.bottom ?? 0 });
    } else if (isCopying(press)) copy(latest.current.length > 0 ? latest.current : [data]);
    else if (press.key === ' ') select(toggled(latest.current, data));
    else if (press.key !== 'Enter') return;
    else if (!press.ctrlKey && !press.metaKey) void workspace.showPath(data.row);
    else if (compared) void workspace.comparePaths(...compared);
    press.preventDefault();
  };

  const onCellContextMenu = ({ event: press, data }: CellContextMenuEvent<ConnectionAttempt>): void => {
    if (!(press instanceof MouseEvent) || !data) return;
    press.preventDefault();
    openMenu(data, { x: press.clientX, y: press.clientY });
  };

  return (
    <div
      className="grid attempts"
      data-testid="attempts"
      data-pane="attempts"
      onKeyDownCapture={({ nativeEvent }) => {
        lastPress.current = nativeEvent;
      }}
      onPointerDownCapture={() => {
        lastPress.current = undefined;
      }}
    >
      <AgGridReact<ConnectionAttempt>
        theme={gridTheme}
        rowModelType="infinite"
        columnDefs={columns}
        defaultColDef={defaultColumn}
        selectionColumnDef={selectionColumn}
        rowHeight={useRowHeight()}
        cacheBlockSize={blockSize}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={2}
        blockLoadDebounceMillis={20}
        rowBuffer={20}
        getRowId={rowId}
        rowClassRules={rowClassRules}
        rowSelection={rowSelection}
        ensureDomOrder
        suppressColumnVirtualisation
        suppressMultiSort
        suppressOverlays={['loading', 'noRows', 'noMatchingRows']}
        suppressScrollOnNewData
        tabToNextCell={leaveGrid}
        modules={modules}
        tooltipShowMode="whenTruncated"
        tooltipShowDelay={600}
        onGridReady={(event) => {
          setApi(event.api);
          nameGrid();
        }}
        onSortChanged={(event) => {
          workspace.sortConnections(key, sortOf(sortedColumns(event)));
        }}
        onModelUpdated={(event) => {
          markSelected(event.api, latest.current);
        }}
        onCellFocused={onCellFocused}
        onCellClicked={onCellClicked}
        onCellDoubleClicked={({ data }) => {
          if (data) void workspace.showPath(data.row);
        }}
        onSelectionChanged={onSelectionChanged}
        onCellKeyDown={onCellKeyDown}
        onCellContextMenu={onCellContextMenu}
      />
      {menu && (
        <Menu
          label={connectionsStrings.menu.label}
          items={menu.items}
          at={menu.at}
          testId="attempt-menu"
          onClose={closeMenu}
        />
      )}
    </div>
  );
}

/** `total`: AG Grid forgets how many rows there are when it sorts them. */
function datasourceOf(workspace: Workspace, key: Session['key'], total: number): IDatasource {
  return {
    getRows(params) {
      const { startRow, endRow, sortModel } = params;
      workspace.connectionRows(key, sortOf(sortModel), startRow, endRow - startRow).then(
        (attempts) => {
          params.successCallback(attempts, total);
        },
        () => {
          params.failCallback();
        },
      );
    },
  };
}

function sortedColumns({ columns = [] }: SortChangedEvent<ConnectionAttempt>): { colId: string; sort: string }[] {
  return columns.flatMap((column) => {
    const sort = column.getSort();
    return sort ? [{ colId: column.getColId(), sort }] : [];
  });
}

/** One home for the selection: the session. AG Grid only shows it. */
function markSelected(api: GridApi<ConnectionAttempt>, selected: readonly ConnectionAttempt[]): void {
  const numbers = new Set(selected.map(({ number }) => number));
  api.forEachNode((node) => {
    const wanted = node.data !== undefined && numbers.has(node.data.number);
    if (node.data !== undefined && node.isSelected() !== wanted) node.setSelected(wanted, false, 'api');
  });
}

/** The attempts from the one that was selected last to a row, in this direction; the row alone where that one is not near. */
function rangeTo(
  api: GridApi<ConnectionAttempt>,
  from: ConnectionAttempt | undefined,
  rowIndex: number,
): ConnectionAttempt[] {
  const start = from && api.getRowNode(String(from.number))?.rowIndex;
  const isNear = typeof start === 'number' && Math.abs(start - rowIndex) < longestRange;
  const first = isNear ? start : rowIndex;
  const step = first <= rowIndex ? 1 : -1;
  const places = Array.from({ length: Math.abs(rowIndex - first) + 1 }, (_, index) => first + index * step);
  return places.flatMap((place) => api.getDisplayedRowAtIndex(place)?.data ?? []);
}

function rowId({ data }: GetRowIdParams<ConnectionAttempt>): string {
  return String(data.number);
}

/** One Tab leaves the grid; arrow keys move inside. */
function leaveGrid(): false {
  return false;
}

/** AG Grid has no option for the accessible name of its root. */
function nameGrid(): void {
  const grid = document.querySelector(
    '[data-testid="attempts"] [role="grid"], [data-testid="attempts"] [role="treegrid"]',
  );
  grid?.setAttribute('aria-label', connectionsStrings.label);
}
