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

/** The rows of a session in the grid. */
interface SessionViewer {
  readonly key: SessionKey;
  readonly viewer: RowViewer<GridRow>;
}

/** What rows have to be asked with. */
interface Wanted {
  readonly columns: readonly ColumnName[];
  readonly format: TimeFormat;
}

/** A viewer over the rows of a session, which follows its view, once AG Grid is there. */
export function useViewer(
  api: GridApi<GridRow> | undefined,
  element: RefObject<HTMLElement | null>,
  session: Session,
  layout: GridLayout,
  format: TimeFormat,
): RowViewer<GridRow> | undefined {
  const workspace = useWorkspace();
  const { key } = session;
  const [shown, setShown] = useState<SessionViewer>();
  const wanted = useRef<Wanted>({ columns: [], format });
  useEffect(() => {
    if (!api) return undefined;
    const load: LoadRows<GridRow> = (from, count, signal) =>
      loadRows(workspace, key, wanted.current, from, count, signal);
    const viewer = createRowViewer(api, () => element.current, rowHeightNow, load);
    // Another trace's rows are not for this one, even while it has none.
    viewer.replace(0, undefined);
    setShown({ key, viewer });
    const stopColors = colorRulesStore.subscribe(viewer.refresh);
    return () => {
      stopColors();
      viewer.close();
    };
  }, [api, workspace, key, element]);
  const viewer = shown?.key === key ? shown.viewer : undefined;
  const asked = fieldColumns(layout).join('\n');
  useEffect(() => {
    const before = wanted.current;
    wanted.current = { columns: asked === '' ? [] : asked.split('\n'), format };
    const isCounted = (each: TimeFormat): boolean => each === 'delta' || each === 'delta-shown';
    const reads = before.format !== format && (isCounted(before.format) || isCounted(format));
    if (viewer && (reads || before.columns.join('\n') !== asked)) viewer.refresh();
  }, [viewer, asked, format]);
  useRowsOf(viewer, session);
  const { book } = session.notes;
  const read = useRef({ viewer, book });
  useEffect(() => {
    const before = read.current;
    read.current = { viewer, book };
    if (before.viewer === viewer && before.book !== book) viewer?.refresh();
  }, [viewer, book]);
  return viewer;
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

/** The view whose rows a viewer has. */
interface ShownView {
  readonly viewer: RowViewer<GridRow>;
  readonly generation: number;
  readonly view: number;
  readonly rows: number;
  readonly isGrowing: boolean;
}

/** Gives the grid new rows when the view is another one, and renews or adds to them in place when it shows more of the same. */
function useRowsOf(viewer: RowViewer<GridRow> | undefined, session: Session): void {
  const { view, viewGeneration, selection, growing } = session;
  const shown = useRef<ShownView | undefined>(undefined);
  const position = useRef<number | undefined>(undefined);
  const isGrowing = growing !== undefined;
  useEffect(() => {
    position.current = selection?.position;
  }, [selection]);
  useEffect(() => {
    if (!viewer || !view) return;
    if (shown.current?.viewer !== viewer || shown.current.generation !== viewGeneration) {
      viewer.replace(view.rows, position.current);
    } else if (shown.current.view !== view.view || shown.current.isGrowing) {
      const endsInSight = endIsLoaded(viewer, shown.current.rows);
      viewer.resize(view.rows);
      if (!isGrowing || endsInSight) viewer.refresh();
    }
    shown.current = { viewer, generation: viewGeneration, view: view.view, rows: view.rows, isGrowing };
  }, [viewer, view, viewGeneration, isGrowing]);
}

/** True when the block that holds the last of so many rows is there, and lacks those that came behind them. */
function endIsLoaded(viewer: RowViewer<GridRow>, rows: number): boolean {
  return rows % blockSize !== 0 && viewer.rowAt(rows - 1) !== undefined;
}
