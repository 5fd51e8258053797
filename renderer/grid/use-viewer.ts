import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Row } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { colorRulesStore } from '../state/color-rules.ts';
import type { Session } from '../state/model.ts';
import { showSight } from '../state/sight.ts';
import { rowHeight } from './grid-theme.ts';
import type { LoadRows } from './row-source.ts';
import { createRowViewer, type RowViewer } from './row-viewer.ts';
import { blockSize } from './row-window.ts';

/** Milliseconds between two tellings of what is in sight. */
const sightGap = 150;

export interface ShownGrid {
  readonly api: GridApi<Row>;
  readonly viewer: RowViewer<Row>;
}

/** A viewer over the rows of a session, which follows its view, once AG Grid is there; and what takes AG Grid in. */
export function useViewer(
  element: RefObject<HTMLElement | null>,
  session: Session,
): readonly [ShownGrid | undefined, (api: GridApi<Row>) => void] {
  const workspace = useWorkspace();
  const { key } = session;
  const [shown, setShown] = useState<ShownGrid>();
  const take = (api: GridApi<Row>): void => {
    const load: LoadRows<Row> = (from, count, signal) => workspace.rows(key, from, count, { signal });
    setShown({
      api,
      viewer: createRowViewer(
        api,
        () => element.current,
        () => rowHeight,
        load,
      ),
    });
  };
  const viewer = shown?.viewer;
  useEffect(() => {
    if (!viewer) return undefined;
    const stopTelling = tellSight(viewer, key);
    const stopColors = colorRulesStore.subscribe(viewer.refresh);
    return () => {
      stopTelling();
      stopColors();
      viewer.close();
    };
  }, [viewer, key]);
  useRowsOf(viewer, session);
  return [shown, take];
}

/** Gives the grid new rows when the view is another one, and renews or adds to them in place when it shows more of the same. */
function useRowsOf(viewer: RowViewer<Row> | undefined, session: Session): void {
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
function endIsLoaded(viewer: RowViewer<Row>, rows: number): boolean {
  return rows % blockSize !== 0 && viewer.rowAt(rows - 1) !== undefined;
}

/** Tells now and then which rows are in sight. */
function tellSight(viewer: RowViewer<Row>, key: Session['key']): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    const { first, visible, total } = viewer.store.getState();
    const last = Math.min(total, Math.ceil(first + visible)) - 1;
    if (last >= 0) showSight(key, Math.floor(first), last, viewer.rowAt);
  };
  const stop = viewer.store.subscribe(() => {
    timer ??= setTimeout(tell, sightGap);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
