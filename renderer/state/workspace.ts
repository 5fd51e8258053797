/** Everything the page can do, over one host and one engine. Components call these and read the stores. */
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { createClient } from '../../core/engine/client.ts';
import type {
  ColumnName,
  Completions,
  ConnectionAttempt,
  ExportFormat,
  ExportOptions,
  FieldList,
  FilterCheck,
  FilterExplanation,
  KeptThings,
  Row,
  SortOrder,
  TraceInstant,
  Transport,
} from '../../core/engine/contract.ts';
import type { Host, HostFile, HostMenu, HostVersions, RecentFile } from '../../core/engine/host.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isScript } from '../capture/script-file-text.ts';
import type { Instant } from '../format/time.ts';
import { failureStrings } from '../strings.ts';
import { useOfFile } from '../names/file-use.ts';
import { pickBrowserFiles, traceEndings } from '../pick-files.ts';
import type { TimelineScale } from '../timeline/shapes.ts';
import type { TimeSpan } from '../timeline/time-span.ts';
import type { ZoomStep } from '../timeline/zoom.ts';
import {
  closeCapturePage,
  followCapture,
  followShownTrace,
  openCapturePage,
  readScript,
  saveScript,
  startCapture,
  stopCapture,
  updateCapturePage,
} from './capture.ts';
import {
  cancelConnections,
  chooseConnections,
  connectionRows,
  selectConnections,
  showConnections,
  sortConnections,
} from './connections.ts';
import { addNotice, callEngine, track, updateFilter, updatePath, updateSession, type Context } from './context.ts';
import { diagnose } from './diagnose.ts';
import { createDetailStore, type DetailStore } from './event-detail.ts';
import { askForExport, exportView } from './export-view.ts';
import {
  applyFilter,
  askForRows,
  checkFilter,
  clearFilters,
  completeFilter,
  explainFilter,
  dropFilter,
  editFilter,
  invertFilter,
  pushFilter,
  redoFilter,
  replaceFilter,
  switchedOff,
  toggleFilter,
  undoFilter,
} from './filter-actions.ts';
import { answerEngineLoss, tellOfEngineLoss, tellStartNotices, type PageLife } from './engine-loss.ts';
import { goToTime, type GoToTimeResult } from './go-to-time.ts';
import { cancelGroups, chooseGroups, groupBy, showGroups, type GroupChoice } from './grouping.ts';
import { closeLayouts, harvestLayouts, importLayouts, openLayouts, removeLayouts } from './layouts.ts';
import {
  activeSession,
  initialState,
  type CaptureSection,
  type ConnectionChoice,
  type ConnectionSort,
  type DialogName,
  type SessionKey,
  type TaskKey,
  type ViewName,
  type WorkspaceState,
} from './model.ts';
import { createSelectionMover, goToMessage, selectionOf, selectPosition, type GoToResult } from './navigate.ts';
import { readRows, type RowsWanted } from './read-rows.ts';
import { closeSession, openFiles, readTogether, refreshRecentFiles, retryOpen, transferFiles } from './open-trace.ts';
import { askForNames, dismissNamesOutcome, exportNames, importNames, removeNames, setName } from './names.ts';
import { forgetKept, keptThings } from './kept-things.ts';
import { askForNotes, clearNotes, setNotes, type NoteChange } from './notes.ts';
import { reloadTrace } from './reload-trace.ts';
import { takeFiles } from './take-files.ts';
import { createFinder, type FindDirection } from './find-message.ts';
import { openView } from './open-view.ts';
import { recentStrings } from './restoring-strings.ts';
import { isLoadedAgain, keepWorkspace, restoreWorkspace } from './restore-workspace.ts';
import { settingsStore } from './settings.ts';
import { closeComparison, comparePaths, followPaths, selectHop, showAnswer, showPath } from './path-actions.ts';
import { goAlongPath, goInConversation, type Direction } from './conversation.ts';
import { goToMark, toggleMarks } from './mark-rows.ts';
import { previousTimes } from './previous-times.ts';
import { extendSelection, readSelected, selectAll, toggleSelected } from './row-selection.ts';
import { followSelections, type SelectionHistory } from './selection-history.ts';
import { toggleTimeReference } from './time-reference.ts';
import { shiftTime } from './shift-time.ts';
import { sortBy } from './show-rows.ts';
import { followPanes, showView } from './show-view.ts';
import { createFileWatch } from './watch-files.ts';
import { createTimelineReader, scaleTimeline, selectTimeline, zoomTimeline, zoomTimelineBack } from './timeline.ts';
import type { ChoiceChange } from './view-choice.ts';

export interface Workspace {
  readonly hostKind: Host['kind'];
  readonly store: StoreApi<WorkspaceState>;
  readonly detail: DetailStore;
  /** Takes what the host names at start, and takes files that it hands over later. */
  start(): Promise<void>;
  openFiles(files: readonly HostFile[]): Promise<void>;
  openWithDialog(): Promise<void>;
  /** Opens dropped traces and imports dropped manifests. */
  takeDropped(files: readonly File[]): Promise<void>;
  openSample(): Promise<void>;
  retryOpen(key: SessionKey): Promise<void>;
  /** Opens the files of all open traces as one. */
  readTogether(): Promise<void>;
  closeSession(key: SessionKey): void;
  activate(key: SessionKey): void;
  /** Puts one of its views into the middle of the window. */
  show(key: SessionKey, view: ViewName): void;
  cancelTask(key: TaskKey): void;
  openDialog(dialog: DialogName): void;
  readonly closeDialog: () => void;
  /** Shows menus as the window's native ones. Absent where the host has none. */
  readonly showMenu: ((menus: HostMenu[]) => void) | undefined;
  /** Empties the list of recent files. Absent where the host keeps none. */
  readonly forgetRecent: (() => Promise<void>) | undefined;
  /** What is kept of all traces in the person's data folder. */
  keptThings(): Promise<KeptThings>;
  /** Forgets names or notes of all traces, open ones too. Resolves to what is kept then, also where that failed, which is told. */
  forgetKept(what: keyof KeptThings): Promise<KeptThings>;
  /** Shows the data folder in the system's file manager; absent where there is none to show. */
  readonly showDataFolder: (() => Promise<void>) | undefined;
  /** Takes one file from the list of recent ones; absent where there is no list. */
  readonly forgetRecentFile: ((file: RecentFile) => Promise<void>) | undefined;
  /** Keeps a recent file at the top of the list, or lets it go; absent where there is no list. */
  readonly pinRecent: ((file: RecentFile, pinned: boolean) => Promise<void>) | undefined;
  /** What the about box tells. */
  versions(): Promise<HostVersions>;
  /** Listens to commands of the desktop's native menu, by their ids. */
  onHostCommand(listener: (command: string) => void): void;
  dismissNotice(key: number): void;
  /** Opens the files of a session's trace anew, and shows them in all its views. */
  reload(key: SessionKey): Promise<void>;
  /** Looks whether the files of the open traces are still what they were. */
  readonly lookAfterFiles: () => Promise<void>;
  setDraft(text: string): void;
  /** Shows what the text lets through, of what the stack lets through. */
  applyFilter(text: string): Promise<void>;
  /** Shows everything that the stack lets through; the text stays in the box. */
  removeFilter(): Promise<void>;
  /** Puts a filter on the stack beside the box: only what all of them let through is shown. */
  pushFilter(text: string): Promise<void>;
  /** Shows what one filter lets through, in place of all others. */
  replaceFilter(text: string): Promise<void>;
  /** Opens one more view of the trace on show, with a filter of its own. */
  openView(text: string): Promise<void>;
  /** Switches the filter at a place of the stack on or off. */
  toggleFilter(index: number): Promise<void>;
  /** Takes a filter from the stack. */
  dropFilter(index: number): Promise<void>;
  /** Takes a filter of the stack into the box, where it can be changed. */
  editFilter(index: number): Promise<void>;
  /** Has a filter of the stack let through what it leaves out. */
  invertFilter(index: number): Promise<void>;
  /** Removes the box's filter and the stack. */
  clearFilters(): Promise<void>;
  /** Shows what all filters hide; the stack stays, switched off, and the text in the box. */
  suspendFilters(): Promise<void>;
  /** Goes back to the filters before the last change, and forth again. */
  readonly undoFilter: () => Promise<void>;
  readonly redoFilter: () => Promise<void>;
  /** What is wrong with a text as a filter of the trace on show; undefined when the engine does not tell. */
  checkFilter(text: string): Promise<FilterCheck | undefined>;
  /** What may be written at a place of a filter; undefined when the engine does not tell. */
  explainFilter(text: string): Promise<FilterExplanation>;
  completeFilter(text: string, position: number, signal: AbortSignal): Promise<Completions | undefined>;
  /** Shows first sightings only, one finding only, or one component only; together with the filter. */
  choose(change: ChoiceChange): Promise<void>;
  /** Shows everything: without filter and choice. */
  showEverything(): Promise<void>;
  /** Shows the messages of the trace on show in another order; undefined is the order of time. */
  sortBy(order: SortOrder | undefined): Promise<void>;
  /** Looks through the packets of a trace again, after that was cancelled or failed. */
  diagnose(key: SessionKey): Promise<void>;
  /** Columns that the trace on show can have besides the grid's own, of which names contain the text. */
  fields(text: string): Promise<FieldList>;
  /** When the message of the trace before each of these was, by row number. */
  previousTimes(key: SessionKey, rows: readonly Row[], signal: AbortSignal): Promise<ReadonlyMap<number, Instant>>;
  /** Selects all rows from the first selected one to a position. */
  extendSelection(position: number, adding?: boolean): Promise<void>;
  /** Selects one more row, or one less. */
  toggleSelected(position: number): Promise<void>;
  selectAll(): Promise<void>;
  /** The selected rows, so many at most. */
  readSelected(key: SessionKey, most: number, wanted?: RowsWanted): Promise<Row[]>;
  /** Marks the selected messages, or takes their marks where all have one. */
  toggleMarks(): Promise<void>;
  goToMark(direction: Direction): Promise<void>;
  /** Makes the selected message the one that times are counted from, or takes that back. */
  toggleTimeReference(): void;
  /** Selects the next message of the selected one's conversation. */
  goInConversation(direction: Direction): Promise<void>;
  /** Selects the next hop of the selected message's packet. */
  goAlongPath(direction: Direction): Promise<void>;
  /** Goes back to messages that were selected before, and forward again. */
  readonly history: SelectionHistory;
  /** Tells the person something that went wrong outside of any trace. */
  tell(heading: string, detail: string): void;
  /** Rows of the view that a session shows now. */
  rows(key: SessionKey, from: number, count: number, wanted?: RowsWanted): Promise<Row[]>;
  selectRow(position: number, row: Row): void;
  selectPosition(position: number): Promise<void>;
  /** Moves the selection by rows, without touching the focus. */
  moveSelection(rows: number): Promise<void>;
  /** Selects a row of the trace, goes to the messages and shows its packet's path, also where the filter hides the row. */
  showPath(row: number): Promise<void>;
  /** Selects the row of a hop; the path stays on show where the filter hides the row. */
  selectHop(row: number): Promise<void>;
  showAnswer(withAnswer: boolean): void;
  /** Gives up making paths; `retryPath` asks again for the one of the selected row. */
  readonly cancelPath: () => void;
  readonly retryPath: () => void;
  /** Shows the paths of two rows' packets side by side, in place of the view on show, until `closeComparison`. */
  comparePaths(rowA: number, rowB: number): Promise<void>;
  readonly closeComparison: () => void;
  /** Puts the find bar up. */
  openFind(): void;
  closeFind(): void;
  setFindText(text: string): void;
  /** Selects the next message that has what the find bar asks for. */
  findNext(direction: FindDirection): Promise<void>;
  cancelFind(): void;
  goToMessage(messageNumber: number): Promise<GoToResult>;
  askForExport(): void;
  exportView(format: ExportFormat, options: ExportOptions): Promise<void>;
  /** Closes the export dialog, before or after the export. */
  dismissExport(): void;
  /** Moves the times of one of a trace's files to so many steps of 100 ns from what its clock says. */
  shiftTime(key: SessionKey, file: number, hundredNanoseconds: number): Promise<void>;
  /** Puts the capture page on show, in place of the trace. */
  openCapturePage(section: CaptureSection): void;
  readonly closeCapturePage: () => void;
  /** Changes the text that the capture page explains. */
  explainText(text: string): void;
  /** Has the person save a script. */
  saveScript(fileName: string, text: string): Promise<void>;
  /** Runs a capture on this computer, where the host can. */
  startCapture(plan: CapturePlan): Promise<void>;
  stopCapture(): Promise<void>;
  openLayouts(): Promise<void>;
  closeLayouts(): void;
  importLayouts(): Promise<void>;
  /** Keeps the layouts that the trace on show carries. */
  harvestLayouts(): Promise<void>;
  removeLayouts(id: string): Promise<void>;
  /** Asks for the connection attempts that a session's choice lets through, unless they are on show already. */
  showConnections(key: SessionKey): Promise<void>;
  cancelConnections(key: SessionKey): void;
  chooseConnections(key: SessionKey, change: Partial<ConnectionChoice>): Promise<void>;
  sortConnections(key: SessionKey, sort: ConnectionSort): void;
  connectionRows(key: SessionKey, sort: ConnectionSort, from: number, count: number): Promise<ConnectionAttempt[]>;
  selectConnections(key: SessionKey, selected: readonly ConnectionAttempt[]): void;
  /** Asks for the name book of a trace again, after that failed. */
  askForNames(key: SessionKey): Promise<void>;
  /** Imports names for a trace from files that the person chooses. */
  chooseNames(key: SessionKey): Promise<void>;
  /** Imports names for a trace from a text that was pasted. */
  pasteNames(key: SessionKey, title: string, text: string): Promise<void>;
  /** Gives a subject of a trace a name by hand; null takes it back. */
  setName(key: SessionKey, subject: string, name: string | null): Promise<void>;
  /** Forgets the names that came from a source. */
  removeNames(key: SessionKey, source: string): Promise<void>;
  exportNames(key: SessionKey): Promise<void>;
  dismissNamesOutcome(key: SessionKey): void;
  /** Asks for the marks and comments of a trace again, after that failed. */
  askForNotes(key: SessionKey): Promise<void>;
  /** Marks rows of a trace, takes their marks, or comments on them; what is left out stays, an empty comment goes. */
  setNotes(key: SessionKey, rows: readonly number[], change: NoteChange): Promise<void>;
  clearNotes(key: SessionKey): Promise<void>;
  /** Selects the first message of the view on show at a time or behind it; the last one where all are earlier. */
  goToTime(time: TraceInstant): Promise<GoToTimeResult>;
  /** Counts the rows on show by a column, in the summary pane. */
  groupBy(column: ColumnName): void;
  /** Changes by what a session's rows are counted, and in which order the groups are listed. */
  chooseGroups(key: SessionKey, change: GroupChoice): void;
  /** Counts the groups of a session's rows, unless they are known already. */
  showGroups(key: SessionKey): Promise<void>;
  cancelGroups(key: SessionKey): void;
  /** Counts a session's rows in so many equal parts of the time on show, and more of them as they come. */
  showTimeline(key: SessionKey, bins: number): Promise<void>;
  /** Shows a part of a trace's time, or all of it. A 'glide' is replaced by the next one. */
  zoomTimeline(key: SessionKey, span: TimeSpan | undefined, kind?: ZoomStep['kind']): void;
  /** Goes back to so many steps of the way into the trace: 0 is the whole. */
  zoomTimelineBack(key: SessionKey, steps: number): void;
  scaleTimeline(key: SessionKey, scale: TimelineScale): void;
  /** Selects a part of the timeline's picture; undefined: none. */
  selectTimeline(key: SessionKey, selected: TimeSpan | undefined): void;
}

/** `page` is the browser's page; without it, nothing is loaded again when the engine is lost. */
export function createWorkspace(host: Host, now: () => number = Date.now, page?: PageLife): Workspace {
  const store = createStore<WorkspaceState>(() => initialState);
  const context: Context = {
    host,
    client: createClient(
      watchedTransport(host.transport, (reason) => {
        void answerEngineLoss(context, page, reason);
      }),
      ({ heading, detail }) => {
        addNotice(context, heading, new Error(detail), '', { isNote: true });
      },
    ),
    store,
    viewCalls: new Map(),
    sortCalls: new Map(),
    wholeViews: new Map(),
    openCalls: new Map(),
    diagnosisCalls: new Map(),
    connectionCalls: new Map(),
    groupCalls: new Map(),
    taskCancellers: new Map(),
    viewsInUse: new Map(),
    now,
  };
  const detail = createDetailStore(context);
  const finder = createFinder(context);
  const paths = followPaths(context);
  const history = followSelections(context);
  followPanes(context);
  followShownTrace(context);
  const timelines = createTimelineReader(context);
  const guard = async (heading: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      addNotice(context, heading, error);
    }
  };
  const { noticeHeadings } = failureStrings;
  const take = (files: readonly HostFile[]): Promise<void> => takeFiles(context, files);
  const takeDropped = async (dropped: readonly File[]): Promise<void> => {
    const isPageOpen = store.getState().capturePage.open;
    const script = dropped.find(({ name }) => isScript(name, isPageOpen));
    if (script) await readScript(context, script);
    const files = dropped.filter(({ name }) => !isScript(name, isPageOpen));
    if (files.length === 0) return;
    // Asked before the files are sent: afterwards the page cannot look inside them.
    const uses = await Promise.all(files.map(useOfFile));
    await transferFiles(
      context,
      files.map((file) => file.name).join(', '),
      (onProgress, signal) => host.takeDropped(files, onProgress, signal),
      host.kind === 'web',
      (taken) => takeFiles(context, taken, uses),
    );
  };

  return {
    hostKind: host.kind,
    store,
    detail,
    start: () =>
      guard(noticeHeadings.start, async () => {
        host.onOpenFiles((files) => void take(files));
        tellOfEngineLoss(context, page);
        void tellStartNotices(context);
        void followCapture(context);
        const isAgain = isLoadedAgain(page);
        const [files] = await Promise.all([track(context, host.initialFiles()), refreshRecentFiles(context)]);
        const isRestored = isAgain || (files.length === 0 && settingsStore.getState().reopenLast);
        const restoring = isRestored ? await restoreWorkspace(context) : undefined;
        const restored = new Set(restoring?.files.map(({ token }) => token));
        const keepFromNowOn = (): void => {
          page?.onLeave(keepWorkspace(context));
        };
        const taking = take(files.filter(({ token }) => !restored.has(token)));
        await Promise.all([taking, (restoring?.done ?? Promise.resolve()).then(keepFromNowOn)]);
      }),
    openFiles: (files) => openFiles(context, files),
    openWithDialog: () =>
      guard(noticeHeadings.dialog, async () => {
        if (host.kind === 'desktop') {
          await transferFiles(context, '', (onProgress) => host.chooseFiles(onProgress), false, take);
          return;
        }
        // The browser's own dialog gives File objects; sent like dropped ones, they can be cancelled on the way.
        await takeDropped(await pickBrowserFiles(traceEndings));
      }),
    takeDropped,
    openSample: () =>
      guard(noticeHeadings.sample, async () => {
        await openFiles(context, [await track(context, host.sampleFile())]);
      }),
    retryOpen: (key) => retryOpen(context, key),
    readTogether: () => readTogether(context),
    closeSession: (key) => {
      closeSession(context, key);
    },
    activate: (key) => {
      store.setState({ activeKey: key });
      closeCapturePage(context);
    },
    show: (key, view) => {
      showView(context, key, view);
      closeCapturePage(context);
      updatePath(context, key, { compared: undefined });
    },
    cancelTask: (key) => {
      context.taskCancellers.get(key)?.();
    },
    openDialog: (dialog) => {
      store.setState({ dialog });
    },
    closeDialog: () => {
      store.setState({ dialog: undefined });
    },
    showMenu:
      host.showMenu &&
      ((menus) => {
        // A menu that is not shown is made up for by the keyboard and the palette.
        host.showMenu?.(menus).catch(() => undefined);
      }),
    forgetRecent:
      host.forgetRecent &&
      (() =>
        guard(noticeHeadings.recent, async () => {
          store.setState({ recentFiles: (await host.forgetRecent?.(null)) ?? [] });
        })),
    keptThings: () => keptThings(context),
    forgetKept: async (what) => {
      await guard(noticeHeadings.forgetting, () => forgetKept(context, what));
      return keptThings(context);
    },
    showDataFolder:
      host.showDataFolder && (() => guard(noticeHeadings.dataFolder, async () => host.showDataFolder?.())),
    forgetRecentFile:
      host.forgetRecent &&
      ((file) =>
        guard(recentStrings.failed, async () => {
          store.setState({ recentFiles: (await host.forgetRecent?.(file.token)) ?? [] });
        })),
    pinRecent:
      host.pinRecent &&
      ((file, pinned) =>
        guard(recentStrings.failed, async () => {
          store.setState({ recentFiles: (await host.pinRecent?.(file.token, pinned)) ?? [] });
        })),
    versions: () => track(context, host.versions()),
    onHostCommand: (listener) => {
      host.onCommand?.(listener);
    },
    dismissNotice: (key) => {
      store.setState((state) => ({ notices: state.notices.filter((notice) => notice.key !== key) }));
    },
    reload: (key) => reloadTrace(context, key),
    lookAfterFiles: createFileWatch(context),
    setDraft: (text) => {
      const session = activeSession(store.getState());
      if (session) updateFilter(context, session.key, { draft: text });
    },
    applyFilter: (text) => applyFilter(context, text),
    removeFilter: () => applyFilter(context, ''),
    pushFilter: (text) => pushFilter(context, text),
    replaceFilter: (text) => replaceFilter(context, text),
    openView: (text) => openView(context, text),
    toggleFilter: (index) => toggleFilter(context, index),
    dropFilter: (index) => dropFilter(context, index),
    editFilter: (index) => editFilter(context, index),
    invertFilter: (index) => invertFilter(context, index),
    clearFilters: () => clearFilters(context),
    suspendFilters: async () => {
      await askForRows(context, { parts: switchedOff });
    },
    undoFilter: () => undoFilter(context),
    redoFilter: () => redoFilter(context),
    checkFilter: (text) => checkFilter(context, text),
    explainFilter: (text) => explainFilter(context, text),
    completeFilter: (text, position, signal) => completeFilter(context, text, position, signal),
    choose: async (choice) => {
      await askForRows(context, { choice });
    },
    showEverything: async () => {
      const choice = { diagnosis: undefined, component: undefined, sightings: undefined, marked: undefined };
      await askForRows(context, { parts: switchedOff, choice });
    },
    sortBy: (order) => sortBy(context, order),
    diagnose: (key) => diagnose(context, key),
    fields: async (text) => {
      const trace = activeSession(store.getState())?.trace;
      return trace === undefined ? { fields: [], more: false } : callEngine(context, 'fields', { trace, text });
    },
    previousTimes: (key, rows, signal) => previousTimes(context, key, rows, signal),
    extendSelection: (position, adding) => extendSelection(context, position, adding),
    toggleSelected: (position) => toggleSelected(context, position),
    selectAll: () => selectAll(context),
    readSelected: (key, most, wanted) => readSelected(context, key, most, wanted),
    toggleMarks: () => toggleMarks(context),
    goToMark: (direction) => goToMark(context, direction),
    toggleTimeReference: () => {
      toggleTimeReference(context);
    },
    goInConversation: (direction) => goInConversation(context, direction),
    goAlongPath: (direction) => goAlongPath(context, direction),
    history,
    tell: (heading, detail) => {
      addNotice(context, heading, new Error(detail));
    },
    rows: (key, from, count, wanted) => readRows(context, key, from, count, wanted),
    selectRow: (position, row) => {
      const session = activeSession(store.getState());
      if (!session) return;
      const isSelected = session.selection?.row === row.row && session.selection.position === position;
      if (isSelected && session.ranges === undefined) return;
      updateSession(context, session.key, { selection: selectionOf(position, row, 'grid'), ranges: undefined });
    },
    selectPosition: (position) => selectPosition(context, position),
    moveSelection: createSelectionMover(context),
    showPath: (row) => showPath(context, row),
    selectHop: (row) => selectHop(context, row),
    showAnswer: (withAnswer) => {
      showAnswer(context, withAnswer);
    },
    cancelPath: paths.cancel,
    retryPath: paths.retry,
    comparePaths: (rowA, rowB) => comparePaths(context, rowA, rowB),
    closeComparison: () => {
      closeComparison(context);
    },
    openFind: finder.open,
    closeFind: finder.close,
    setFindText: finder.setText,
    findNext: finder.findNext,
    cancelFind: finder.cancel,
    goToMessage: (messageNumber) => goToMessage(context, messageNumber),
    askForExport: () => {
      askForExport(context);
    },
    exportView: (format, options) => exportView(context, format, options),
    dismissExport: () => {
      store.setState({ exportAsked: false, exportOutcome: undefined });
    },
    shiftTime: (key, file, hundredNanoseconds) => shiftTime(context, key, file, hundredNanoseconds),
    openCapturePage: (section) => {
      openCapturePage(context, section);
    },
    closeCapturePage: () => {
      closeCapturePage(context);
    },
    explainText: (text) => {
      updateCapturePage(context, { read: { text, fileName: '' } });
    },
    saveScript: (fileName, text) => saveScript(context, fileName, text),
    startCapture: (plan) => startCapture(context, plan),
    stopCapture: () => stopCapture(context),
    openLayouts: () => openLayouts(context),
    closeLayouts: () => {
      closeLayouts(context);
    },
    importLayouts: () =>
      guard(noticeHeadings.dialog, () =>
        transferFiles(
          context,
          '',
          (onProgress) => host.chooseManifests(onProgress),
          false,
          (files) => importLayouts(context, files),
        ),
      ),
    harvestLayouts: () => harvestLayouts(context),
    removeLayouts: (id) => removeLayouts(context, id),
    showConnections: (key) => showConnections(context, key),
    cancelConnections: (key) => {
      cancelConnections(context, key);
    },
    chooseConnections: (key, change) => chooseConnections(context, key, change),
    sortConnections: (key, sort) => {
      sortConnections(context, key, sort);
    },
    connectionRows: (key, sort, from, count) => connectionRows(context, key, sort, from, count),
    selectConnections: (key, selected) => {
      selectConnections(context, key, selected);
    },
    askForNames: (key) => askForNames(context, key),
    chooseNames: (key) =>
      guard(noticeHeadings.dialog, () =>
        transferFiles(
          context,
          '',
          (onProgress) => host.chooseNames(onProgress),
          false,
          (files) => importNames(context, key, { files, texts: [] }),
        ),
      ),
    pasteNames: (key, title, text) => importNames(context, key, { files: [], texts: [{ title, text }] }),
    setName: (key, subject, name) => setName(context, key, subject, name),
    removeNames: (key, source) => removeNames(context, key, source),
    exportNames: (key) => exportNames(context, key),
    dismissNamesOutcome: (key) => {
      dismissNamesOutcome(context, key);
    },
    askForNotes: (key) => askForNotes(context, key),
    setNotes: (key, rows, change) => setNotes(context, key, rows, change),
    clearNotes: (key) => clearNotes(context, key),
    goToTime: (time) => goToTime(context, time),
    groupBy: (column) => {
      groupBy(context, column);
    },
    chooseGroups: (key, change) => {
      chooseGroups(context, key, change);
    },
    showGroups: (key) => showGroups(context, key),
    cancelGroups: (key) => {
      cancelGroups(context, key);
    },
    showTimeline: (key, bins) => timelines.show(key, bins),
    zoomTimeline: (key, span, kind) => {
      zoomTimeline(context, key, span, kind);
    },
    zoomTimelineBack: (key, steps) => {
      zoomTimelineBack(context, key, steps);
    },
    selectTimeline: (key, selected) => {
      selectTimeline(context, key, selected);
    },
    scaleTimeline: (key, scale) => {
      scaleTimeline(context, key, scale);
    },
  };
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
