import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ColumnName } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { colorRulesStore } from '../state/color-rules.ts';
import type { TimeFormat } from '../format/time.ts';
import type { Session, SessionKey } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import { fieldColumns, type GridLayout } from './grid-layout.ts';
import type { GridRow } from './grid-row.ts';
import { rowHeightNow } from './row-height.ts';
import type { LoadRows } from './row-source.ts';
import { createRowViewer, type RowViewer } from './row-viewer.ts';
import { blockSize } from './row-window.ts';
import { withBefore } from './with-before.ts';

export interface ShownGrid {
  readonly api: GridApi<GridRow>;
  readonly viewer: RowViewer<GridRow>;
}

/** What rows have to be asked with. */
interface Wanted {
  readonly columns: readonly ColumnName[];
  readonly format: TimeFormat;
}

/** A viewer over the rows of a session, which follows its view, once AG Grid is there; and what takes AG Grid in. */
export function useViewer(
  element: RefObject<HTMLElement | null>,
  session: Session,
  layout: GridLayout,
  format: TimeFormat,
): readonly [ShownGrid | undefined, (api: GridApi<GridRow>) => void] {
  const workspace = useWorkspace();
  const { key } = session;
  const [shown, setShown] = useState<ShownGrid>();
  const wanted = useRef<Wanted>({ columns: [], format });
  const take = (api: GridApi<GridRow>): void => {
    const load: LoadRows<GridRow> = (from, count, signal) =>
      loadRows(workspace, key, wanted.current, from, count, signal);
    const find = (): HTMLElement | null => element.current;
    setShown({ api, viewer: createRowViewer(api, find, rowHeightNow, load) });
  };
  const viewer = shown?.viewer;
  const asked = fieldColumns(layout).join('\n');
  useEffect(() => {
    const before = wanted.current;
    wanted.current = { columns: asked === '' ? [] : asked.split('\n'), format };
    const isCounted = (each: TimeFormat): boolean => each === 'delta' || each === 'delta-shown';
    const reads = before.format !== format && (isCounted(before.format) || isCounted(format));
    if (viewer && (reads || before.columns.join('\n') !== asked)) viewer.refresh();
  }, [viewer, asked, format]);
  useEffect(() => {
    if (!viewer) return undefined;
    const stopColors = colorRulesStore.subscribe(viewer.refresh);
    return () => {
      stopColors();
      viewer.close();
    };
  }, [viewer]);
  useRowsOf(viewer, session);
  const { book } = session.notes;
  const read = useRef(book);
  useEffect(() => {
    if (read.current === book) return;
    read.current = book;
    viewer?.refresh();
  }, [viewer, book]);
  return [shown, take];
}

/** A block of rows; for deltas with the row above it, which the block itself does not hold. */
async function loadRows(
  workspace: Workspace,
  key: SessionKey,
  { columns, format }: Wanted,
  from: number,
  count: number,
  signal: AbortSignal,
): Promise<GridRow[]> {
  const extra = format === 'delta-shown' && from > 0 ? 1 : 0;
  const read = await workspace.rows(key, from - extra, count + extra, { columns, signal });
  const above = extra > 0 ? read.at(0) : undefined;
  return withBefore(workspace, key, format, read.slice(extra), above, columns, signal);
}

/** Gives the grid new rows when the view is another one, and renews or adds to them in place when it shows more of the same. */
function useRowsOf(viewer: RowViewer<GridRow> | undefined, session: Session): void {
  const { view, viewGeneration, selection, growing } = session;
  const shown = useRef<{ generation: number; view: number; rows: number; isGrowing: boolean } | undefined>(undefined);
  const position = useRef<number | undefined>(undefined);
  const isGrowing = growing !== undefined;
  useEffect(() => {
    position.current = selection?.position;
  }, [selection]);
  useEffect(() => {
    if (!viewer || !view) return;
    if (shown.current?.generation !== viewGeneration) {
      viewer.replace(view.rows, position.current);
    } else if (shown.current.view !== view.view || shown.current.isGrowing) {
      const endsInSight = endIsLoaded(viewer, shown.current.rows);
      viewer.resize(view.rows);
      if (!isGrowing || endsInSight) viewer.refresh();
    }
    shown.current = { generation: viewGeneration, view: view.view, rows: view.rows, isGrowing };
  }, [viewer, view, viewGeneration, isGrowing]);
}

/** True when the block that holds the last of so many rows is there, and lacks those that came behind them. */
function endIsLoaded(viewer: RowViewer<GridRow>, rows: number): boolean {
  return rows % blockSize !== 0 && viewer.rowAt(rows - 1) !== undefined;
}
