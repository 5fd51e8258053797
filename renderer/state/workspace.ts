/** Everything the page can do, over one host and one engine. Components call these and read the stores. */
import { createClient } from '../../core/engine/client.ts';
import type { Row, Transport } from '../../core/engine/contract.ts';
import type { Host, HostCommand, HostFile } from '../../core/engine/host.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { failureStrings } from '../strings.ts';
import { pickBrowserFiles } from '../pick-files.ts';
import { addNotice, callEngine, contractError, track, updateFilter, updateSession, type Context } from './context.ts';
import { createDetailStore, type DetailStore } from './event-detail.ts';
import { exportView } from './export-view.ts';
import { activeSession, initialState, sessionOf, type SessionKey, type TaskKey, type WorkspaceState } from './model.ts';
import { createSelectionMover, goToMessage, selectionOf, selectPosition, type GoToResult } from './navigate.ts';
import { closeSession, openFiles, refreshRecentFiles, retryOpen, transferAndOpen } from './open-trace.ts';
import { showRows } from './show-rows.ts';

export interface Workspace {
  readonly hostKind: Host['kind'];
  readonly store: StoreApi<WorkspaceState>;
  readonly detail: DetailStore;
  /** Opens what the host names at start, and takes files that it hands over later. */
  start(): Promise<void>;
  openFiles(files: readonly HostFile[]): Promise<void>;
  openWithDialog(): Promise<void>;
  openDropped(files: readonly File[]): Promise<void>;
  openSample(): Promise<void>;
  retryOpen(key: SessionKey): Promise<void>;
  closeSession(key: SessionKey): void;
  activate(key: SessionKey): void;
  cancelTask(key: TaskKey): void;
  dismissNotice(key: number): void;
  setDraft(text: string): void;
  /** Shows what the text lets through. */
  applyFilter(text: string): Promise<void>;
  /** Shows everything; the text stays in the box. */
  removeFilter(): Promise<void>;
  /** Rows of the view that a session shows now. */
  rows(key: SessionKey, from: number, count: number): Promise<Row[]>;
  selectRow(position: number, row: Row): void;
  selectPosition(position: number): Promise<void>;
  /** Moves the selection by rows, without touching the focus. */
  moveSelection(rows: number): Promise<void>;
  goToMessage(messageNumber: number): Promise<GoToResult>;
  exportView(): Promise<void>;
  dismissExportOutcome(): void;
}

export function createWorkspace(host: Host, now: () => number = Date.now): Workspace {
  const store = createStore<WorkspaceState>(() => initialState);
  const context: Context = {
    host,
    client: createClient(
      watchedTransport(host.transport, (reason) => {
        addNotice(context, failureStrings.engineGone, new Error(reason), failureStrings.engineGoneAdvice);
      }),
    ),
    store,
    viewCalls: new Map(),
    openCalls: new Map(),
    taskCancellers: new Map(),
    viewsInUse: new Map(),
    now,
  };
  const detail = createDetailStore(context);
  const guard = async (heading: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      addNotice(context, heading, error);
    }
  };
  const { noticeHeadings } = failureStrings;
  const takeAndOpen = (files: readonly File[]): Promise<void> =>
    transferAndOpen(
      context,
      files.map((file) => file.name).join(', '),
      (onProgress, signal) => host.takeDropped(files, onProgress, signal),
      host.kind === 'web',
    );
  const applyFilter = async (text: string): Promise<void> => {
    const session = activeSession(store.getState());
    if (!session) return;
    updateFilter(context, session.key, { asked: text.trim(), refused: undefined });
    await showRows(context, session.key);
  };

  return {
    hostKind: host.kind,
    store,
    detail,
    start: () =>
      guard(noticeHeadings.start, async () => {
        host.onOpenFiles((files) => void openFiles(context, files));
        host.onCommand?.((command) => {
          void hostCommands[command](context);
        });
        const [files] = await Promise.all([track(context, host.initialFiles()), refreshRecentFiles(context)]);
        await openFiles(context, files);
      }),
    openFiles: (files) => openFiles(context, files),
    openWithDialog: () =>
      guard(noticeHeadings.dialog, async () => {
        if (host.kind === 'desktop') {
          await transferAndOpen(context, '', (onProgress) => host.chooseFiles(onProgress), false);
          return;
        }
        // The browser's own dialog gives File objects; sent like dropped ones, they can be cancelled on the way.
        await takeAndOpen(await pickBrowserFiles());
      }),
    openDropped: takeAndOpen,
    openSample: () =>
      guard(noticeHeadings.sample, async () => {
        await openFiles(context, [await track(context, host.sampleFile())]);
      }),
    retryOpen: (key) => retryOpen(context, key),
    closeSession: (key) => {
      closeSession(context, key);
    },
    activate: (key) => {
      store.setState({ activeKey: key });
    },
    cancelTask: (key) => {
      context.taskCancellers.get(key)?.();
    },
    dismissNotice: (key) => {
      store.setState((state) => ({ notices: state.notices.filter((notice) => notice.key !== key) }));
    },
    setDraft: (text) => {
      const session = activeSession(store.getState());
      if (session) updateFilter(context, session.key, { draft: text });
    },
    applyFilter,
    removeFilter: () => applyFilter(''),
    rows: (key, from, count) => readRows(context, key, from, count),
    selectRow: (position, row) => {
      const session = activeSession(store.getState());
      if (!session || (session.selection?.row === row.row && session.selection.position === position)) return;
      updateSession(context, session.key, { selection: selectionOf(position, row, 'grid') });
    },
    selectPosition: (position) => selectPosition(context, position),
    moveSelection: createSelectionMover(context),
    goToMessage: (messageNumber) => goToMessage(context, messageNumber),
    exportView: () => exportView(context),
    dismissExportOutcome: () => {
      store.setState({ exportOutcome: undefined });
    },
  };
}

/** The commands of the desktop's menu that the page carries out. */
const hostCommands: Readonly<Record<HostCommand, (context: Context) => Promise<void>>> = { export: exportView };

/** Reads from the session's view; when that is replaced meanwhile, from the one that took its place. */
async function readRows(context: Context, key: SessionKey, from: number, count: number): Promise<Row[]> {
  for (;;) {
    const view = sessionOf(context.store.getState(), key)?.view;
    if (!view) return [];
    try {
      return (await callEngine(context, 'rows', { view: view.view, from, count })).rows;
    } catch (error) {
      if (sessionOf(context.store.getState(), key)?.view !== view) continue;
      if (contractError(error).name !== 'Disconnected') addNotice(context, failureStrings.noticeHeadings.rows, error);
      throw error;
    }
  }
}

/** A transport that also tells when the other side is gone, with no call under way. */
function watchedTransport(transport: Transport, onGone: (reason: string) => void): Transport {
  return {
    send: (message) => {
      transport.send(message);
    },
    onMessage: (listener) => {
      transport.onMessage(listener);
    },
    onClose: (listener) => {
      transport.onClose((reason) => {
        listener(reason);
        onGone(reason);
      });
    },
  };
}
