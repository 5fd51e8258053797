/** The decoded event of the selected row: what the details tree and the bytes pane show. */
import type { EventDetail } from '../../core/engine/contract.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { rangeBetween, type ByteRange } from '../bytes/hex-layout.ts';
import { initialOpenness, innermostAt, nodeOfKey, withOpen, type Openness } from '../details/tree-model.ts';
import { callEngine, contractError, isCancellation, type Context } from './context.ts';
import { activeSession } from './model.ts';

export interface DetailState {
  detail: EventDetail | undefined;
  error: string | undefined;
  /** Key of the selected node (see tree-model.ts); kept from event to event. */
  selectedKey: string | undefined;
  openness: Openness;
  /** Which of the detail's sources the bytes pane shows. */
  source: number;
  /** Offset of the byte the person clicked or moved to. */
  byteCursor: number | undefined;
  /** The byte where the person began to select several; `byteCursor` is where they have come. */
  byteAnchor: number | undefined;
}

export type DetailStore = StoreApi<DetailState>;

/** Follows the selection of the session on show. An event that nobody looks at any more is not waited for. */
export function createDetailStore(context: Context): DetailStore {
  const store = createStore<DetailState>(() => ({
    detail: undefined,
    error: undefined,
    selectedKey: undefined,
    openness: initialOpenness,
    source: 0,
    byteCursor: undefined,
    byteAnchor: undefined,
  }));
  let shown: { trace: number; row: number; content: number } | undefined;
  let call: AbortController | undefined;

  const load = async (view: number, row: number): Promise<void> => {
    const controller = new AbortController();
    call = controller;
    try {
      const detail = await callEngine(context, 'detail', { view, row }, { signal: controller.signal });
      if (!controller.signal.aborted) showDetail(store, detail);
    } catch (error) {
      if (controller.signal.aborted || isCancellation(error)) return;
      store.setState({ detail: undefined, error: contractError(error).message });
    }
  };

  context.store.subscribe((state) => {
    const session = activeSession(state);
    const trace = session?.trace;
    const row = session?.selection?.row;
    const view = session?.view?.view;
    const content = session?.contentGeneration;
    if (trace === shown?.trace && row === shown?.row && content === shown?.content) return;
    call?.abort();
    if (trace === undefined || row === undefined || view === undefined || content === undefined) {
      shown = undefined;
      store.setState({ detail: undefined, error: undefined, byteCursor: undefined, byteAnchor: undefined });
      return;
    }
    shown = { trace, row, content };
    void load(view, row);
  });
  return store;
}

/** Selects a node: its bytes are marked, in the source where they are. */
export function selectNode(store: DetailStore, key: string): void {
  store.setState((state) => {
    const place = nodeOfKey(state.detail?.nodes ?? [], key)?.bytes;
    const source = place?.source ?? state.source;
    return { selectedKey: key, byteCursor: place?.start, byteAnchor: undefined, source };
  });
}

/** Selects the innermost node that covers a byte and opens what it lies in. */
export function selectByte(store: DetailStore, offset: number): void {
  selectBytes(store, offset, offset);
}

/** Selects the bytes from one offset to another, both of them included, and the innermost node that covers them all. */
export function selectBytes(store: DetailStore, anchor: number, cursor: number): void {
  store.setState((state) => {
    const path = innermostAt(state.detail?.nodes ?? [], state.source, rangeBetween(anchor, cursor));
    return {
      byteAnchor: anchor,
      byteCursor: cursor,
      selectedKey: path.at(-1),
      openness: withOpen(state.openness, path.slice(0, -1), true),
    };
  });
}

/** Moves the end of the selected bytes; they begin where the cursor was when there were none. */
export function extendBytes(store: DetailStore, cursor: number): void {
  const { byteAnchor, byteCursor } = store.getState();
  selectBytes(store, byteAnchor ?? byteCursor ?? cursor, cursor);
}

/** The several bytes that the person selected; undefined when it is a field, one byte, or nothing. */
export function selectedBytes({
  byteAnchor,
  byteCursor,
}: Pick<DetailState, 'byteAnchor' | 'byteCursor'>): ByteRange | undefined {
  if (byteAnchor === undefined || byteCursor === undefined || byteAnchor === byteCursor) return undefined;
  return rangeBetween(byteAnchor, byteCursor);
}

export function setOpen(store: DetailStore, keys: readonly string[], open: boolean): void {
  store.setState((state) => ({ openness: withOpen(state.openness, keys, open) }));
}

export function showSource(store: DetailStore, source: number): void {
  store.setState({ source, byteCursor: undefined, byteAnchor: undefined });
}

function showDetail(store: DetailStore, detail: EventDetail): void {
  store.setState((state) => {
    const place = state.selectedKey === undefined ? undefined : nodeOfKey(detail.nodes, state.selectedKey)?.bytes;
    const source = place?.source ?? Math.min(state.source, Math.max(0, detail.sources.length - 1));
    return { detail, error: undefined, source, byteCursor: place?.start, byteAnchor: undefined };
  });
}
