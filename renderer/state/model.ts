/** What the page remembers: ids, ranges and texts. Rows and decoded events live elsewhere. */
import type {
  AnalysisProgress,
  AttemptOrder,
  AttemptProtocol,
  ColumnName,
  ConnectionAttempt,
  ConnectionBlock,
  ContractError,
  DiagnosisReport,
  ExportFormat,
  ExportOptions,
  ExportReport,
  GroupOrder,
  Grouping,
  NameBook,
  NameImportReport,
  NoteBook,
  OpenProgress,
  PacketPath,
  PathProgress,
  Row,
  SchemaImportReport,
  SchemaList,
  SortOrder,
  Timeline,
  TraceId,
  TraceInfo,
  VerdictKind,
  ViewChoice,
  ViewInfo,
  ViewProgress,
} from '../../core/engine/contract.ts';
import type { CaptureState, HostFile, RecentFile } from '../../core/engine/host.ts';
import type { FilterParts, RefusedFilter, StackedFilter } from '../filter/combined-filter.ts';
import type { Instant } from '../format/time.ts';
import type { RowRanges } from '../grid/row-ranges.ts';
import { noFilterHistory, type FilterHistory } from './filter-history.ts';
import type { TimelineScale } from '../timeline/shapes.ts';
import type { TimeSpan } from '../timeline/time-span.ts';
import type { ZoomStep } from '../timeline/zoom.ts';

/** Names a session on this page; the trace's own id comes from the engine later. */
export type SessionKey = number;
export type TaskKey = number;

/** What can stand in the middle of the window: the grid with its panes, or a page about the whole trace. */
export type ViewName = 'messages' | 'connections' | 'diagnosis' | 'names' | 'completeness';

/** One opened trace. */
export interface Session {
  readonly key: SessionKey;
  /** One file, or several that are read as one trace. */
  readonly files: readonly HostFile[];
  /** Names of the files, joined by ", ". */
  readonly name: string;
  /** Bytes of all files. */
  readonly size: number;
  stage: OpenProgress['stage'] | 'ready' | 'failed';
  trace: TraceId | undefined;
  /** Of what has been read so far, while reading. */
  info: TraceInfo | undefined;
  eventsRead: number;
  bytesRead: number;
  failure: ContractError | undefined;
  showing: ViewName;
  diagnosis: DiagnosisState;
  connections: ConnectionsState;
  names: NamesState;
  notes: NotesState;
  grouping: GroupingState;
  timeline: TimelineState;
  path: PathState;
  filter: SessionFilter;
  view: ViewInfo | undefined;
  /** The order that was asked for last; undefined for time. `view.order` is the one of the rows on show. */
  sort: SortOrder | undefined;
  /** The same rows in time order, from which a sorted `view` was made; kept to sort them again. */
  unsorted: ViewInfo | undefined;
  /** Changes when the rows are others than before; stays when the same filter shows more of them. */
  viewGeneration: number;
  /** Changes when the same events read differently: layouts came or went, times were moved, the diagnosis is known. */
  contentGeneration: number;
  selection: Selection | undefined;
  /** All rows that are selected, where those are several; they hold while `selection` stays what it was. */
  ranges: SelectedRanges | undefined;
  /** The message that times are counted from. */
  timeReference: TimeReference | undefined;
  /** The event that was selected before rows came on show that do not hold it, or not yet. */
  sought: Selection | undefined;
  /** Present while the view on show is still being made: what goes on show again when that is given up. */
  growing: { before: ShownRows | undefined } | undefined;
}

/** A whole view, and what it was made of. */
export interface ShownRows extends Pick<Session, 'viewGeneration' | 'selection' | 'unsorted'> {
  view: ViewInfo;
  filter: Pick<SessionFilter, 'applied' | 'shown' | 'choice'>;
}

export interface SessionFilter {
  /** The text in the box. */
  draft: string;
  /** Filters beside the box that were asked for last, and the box's own; together they are `asked`. */
  stack: readonly StackedFilter[];
  box: string;
  /** The filter of the rows on show, all parts joined. */
  applied: string;
  /** The filter asked for last; differs from `applied` while its view is being made. */
  asked: string;
  /** What `applied` was joined from. */
  shown: FilterParts;
  /** What is left out besides, of the rows on show; and what was asked for last. */
  choice: ViewChoice;
  askedChoice: ViewChoice;
  /** What was asked for before, to be gone back to. */
  history: FilterHistory;
  refused: RefusedFilter | undefined;
  scan: ViewProgress | undefined;
}

/** 'waiting': for the trace to be read; 'cancelled': until somebody asks for it again. */
export type DiagnosisState =
  | { kind: 'waiting' | 'running' | 'cancelled' }
  | { kind: 'known'; report: DiagnosisReport }
  | { kind: 'failed'; error: ContractError };

/** The connection attempts of a trace, as one of its sessions looks at them. Attempts themselves live in the grid. */
export interface ConnectionsState {
  choice: ConnectionChoice;
  /** What the engine told of the choice that was asked for last; of the one before while it is being asked. */
  found: FoundConnections | undefined;
  /** 'waiting': nobody has asked; 'cancelled': until somebody asks again. */
  stage: 'waiting' | 'asking' | 'known' | 'cancelled' | 'failed';
  error: ContractError | undefined;
  /** In the order in which they were selected: the last one's path is on show. */
  selected: readonly ConnectionAttempt[];
}

/** Which attempts a person wants to see, and in which order. */
export interface ConnectionChoice {
  protocols: readonly AttemptProtocol[];
  /** All when empty. */
  verdicts: readonly VerdictKind[];
  text: string;
  /** Only those with a message that the filter of the messages lets through. */
  filtered: boolean;
  sort: ConnectionSort;
}

export interface ConnectionSort {
  by: AttemptOrder;
  descending: boolean;
}

export interface FoundConnections extends Omit<ConnectionBlock, 'attempts'> {
  /** Another number each time that the rows are others. */
  readonly generation: number;
  /** Tells what was asked: choice, filter and content. */
  readonly asked: string;
}

/** The names of a trace; all views of it have the same. */
export interface NamesState {
  /** Undefined until the engine has told. */
  book: NameBook | undefined;
  /** What the last import, removal or export came to, or why something failed. */
  outcome: NamesOutcome | undefined;
  /** An import or another change is under way. */
  busy: boolean;
}

export type NamesOutcome =
  | ({ kind: 'imported' } & Pick<NameImportReport, 'added' | 'failures'>)
  | { kind: 'removed'; title: string }
  | { kind: 'exported'; names: number; words: string }
  | { kind: 'failed'; error: ContractError };

/** A person's marks and comments on a trace; all views of it have the same. 'waiting': for the trace to be read. */
export interface NotesState {
  stage: 'waiting' | 'asking' | 'known' | 'failed';
  /** Another object each time that a mark or a comment changes: rows on show are read anew then. */
  book: NoteBook | undefined;
  error: ContractError | undefined;
}

/** The rows on show, counted by the values of some columns. */
export interface GroupingState {
  by: readonly ColumnName[];
  order: GroupOrder;
  /** 'waiting': nobody has asked; 'cancelled': until somebody asks again. */
  stage: 'waiting' | 'asking' | 'known' | 'cancelled' | 'failed';
  /** While it is being asked, what was counted before. */
  found: FoundGroups | undefined;
  progress: AnalysisProgress | undefined;
  error: ContractError | undefined;
}

export interface FoundGroups extends Grouping {
  readonly by: readonly ColumnName[];
  /** Tells what was counted: columns, order, rows and content. */
  readonly asked: string;
}

/** How the rows on show lie in time. */
export interface TimelineState {
  /** Parts to count in: as many as the pane has room for, 0 while nobody looks. */
  bins: number;
  /** From the whole trace to the part of it that is on show. */
  way: readonly ZoomStep[];
  /** The whole trace; undefined until the engine has told. */
  whole: TimeSpan | undefined;
  /** While another is being asked for, the one before. */
  found: Timeline | undefined;
  /** Tells what was answered last: rows, parts, time and content. */
  asked: string | undefined;
  stage: 'waiting' | 'asking' | 'known' | 'failed';
  error: ContractError | undefined;
  scale: TimelineScale;
  /** The part that a person has selected in the picture, to look at it or to filter by it. */
  selected: TimeSpan | undefined;
}

/** The way of the packet that the path pane shows. */
export interface PathState {
  /** Row whose packet is shown: the selected one, or one that the filter hides; undefined while there is none. */
  row: number | undefined;
  /** `row` is being looked for among the rows on show, to be selected there. */
  isSought: boolean;
  lookup: PathLookup;
  /** The person wants to see the answer too; its path, while that is so and there is one. */
  withAnswer: boolean;
  answer: PathLookup;
  /** Two paths that are shown side by side in place of everything else. */
  compared: ComparedPaths | undefined;
}

/** 'cancelled': by a person, until somebody asks again; 'asking': `before` is what stays on show until the engine has told; `path` is null where a row is of no packet. */
export type PathLookup =
  | { kind: 'none' | 'cancelled' }
  | { kind: 'asking'; progress: PathProgress | undefined; before: PacketPath | undefined }
  | { kind: 'known'; path: PacketPath | null }
  | { kind: 'failed'; error: ContractError };

/** Rows of the two packets, and their paths. */
export interface ComparedPaths {
  rows: readonly [number, number];
  lookups: readonly [PathLookup, PathLookup];
}

/** Rows of the view that had this generation. */
export interface SelectedRanges {
  readonly generation: number;
  /** Position of `selection`. */
  readonly first: number;
  readonly ranges: RowRanges;
}

export interface TimeReference {
  readonly row: number;
  readonly instant: Instant;
}

export interface Selection {
  /** Place in the view on show. */
  position: number;
  /** Row number in the trace. */
  row: number;
  /** Tells the same event again when a trace that was still being read gets its final order. */
  instant: Instant;
  summary: string;
  diagnosisLevel: Row['diagnosisLevel'];
  /** 'command': the grid scrolls to it; 'grid': the person is there already. */
  origin: 'grid' | 'command';
}

/** Long work with a progress bar. */
export interface Task {
  readonly key: TaskKey;
  readonly kind: 'transfer' | 'open' | 'diagnosis' | 'paths' | 'sort' | 'export';
  title: string;
  done: number;
  total: number;
  readonly unit: 'bytes' | 'rows' | 'packets' | 'events';
  /** More facts, in words: events so far, bytes written. */
  facts: string;
  /** Clock time in milliseconds. */
  readonly startedAt: number;
  /** False where nothing can stop it. */
  readonly cancellable: boolean;
}

export interface Notice {
  readonly key: number;
  heading: string;
  detail: string;
  advice: string;
  /** Something that a person can do about it at once. */
  readonly action?: NoticeAction | undefined;
  /** Worth knowing; nothing has failed. */
  readonly isNote?: boolean;
}

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

/** How an export ended, and what had been asked for. */
export type ExportOutcome = { format: ExportFormat; options: ExportOptions } & (
  { kind: 'done'; report: ExportReport; words: string } | { kind: 'failed'; error: ContractError }
);

/** The dialog of the layouts that are kept for all traces. */
export interface LayoutsState {
  open: boolean;
  /** Undefined until the engine has told. */
  list: SchemaList | undefined;
  /** What the last import, harvest or removal came to. */
  outcome: LayoutsOutcome | undefined;
  /** An import, harvest or removal is under way. */
  busy: boolean;
}

export type LayoutsOutcome =
  | { kind: 'imported' | 'harvested'; report: SchemaImportReport }
  | { kind: 'removed'; name: string }
  | { kind: 'failed'; error: ContractError };

/** The bar that looks for messages. */
export interface FindState {
  /** Undefined while it is closed, else another number each time that somebody asks for it. */
  open: number | undefined;
  text: string;
  busy: boolean;
  outcome: FindOutcome | undefined;
}

/** `wrapped`: the search went on at the other end. `isText`: it was for words, not for a filter's matches. */
export type FindOutcome =
  | { kind: 'found'; direction: 'forward' | 'backward'; wrapped: boolean }
  | { kind: 'nothing'; isText: boolean }
  | { kind: 'failed'; message: string };

/** What the capture page is asked for: a script, or what a command does. */
export type CaptureSection = 'build' | 'explain';

/** The page that writes capture scripts and reads them back. It needs no trace, and covers the one on show. */
export interface CapturePage {
  open: boolean;
  section: CaptureSection;
  /** What is to be explained, and the file that it came in; empty where it was typed. */
  read: { text: string; fileName: string };
  /** What came of the last thing that was done on the page: where a script was saved. */
  news: string;
  /** How the capture stands that this app runs itself. Undefined where the host runs none, as in a browser. */
  run: CaptureState | undefined;
}

/** Dialogs that commands open and that need nothing besides the session on show. */
export type DialogName =
  'go-to' | 'columns' | 'comment' | 'palette' | 'settings' | 'color-rules' | 'filter-library' | 'shortcuts' | 'about';

export interface WorkspaceState {
  sessions: readonly Session[];
  activeKey: SessionKey | undefined;
  tasks: readonly Task[];
  notices: readonly Notice[];
  recentFiles: readonly RecentFile[];
  /** The dialog that a command has opened. */
  dialog: DialogName | undefined;
  /** The export dialog is up. */
  exportAsked: boolean;
  exportOutcome: ExportOutcome | undefined;
  layouts: LayoutsState;
  capturePage: CapturePage;
  find: FindState;
  callsInFlight: number;
}

export const initialState: WorkspaceState = {
  sessions: [],
  activeKey: undefined,
  tasks: [],
  notices: [],
  recentFiles: [],
  dialog: undefined,
  exportAsked: false,
  exportOutcome: undefined,
  layouts: { open: false, list: undefined, outcome: undefined, busy: false },
  capturePage: { open: false, section: 'build', read: { text: '', fileName: '' }, news: '', run: undefined },
  find: { open: undefined, text: '', busy: false, outcome: undefined },
  callsInFlight: 0,
};

const noFilter: SessionFilter = {
  draft: '',
  stack: [],
  box: '',
  applied: '',
  asked: '',
  shown: { box: '', stack: [] },
  choice: {},
  askedChoice: {},
  history: noFilterHistory,
  refused: undefined,
  scan: undefined,
};

const noConnections: ConnectionsState = {
  choice: { protocols: ['TCP'], verdicts: [], text: '', filtered: false, sort: { by: 'time', descending: false } },
  found: undefined,
  stage: 'waiting',
  error: undefined,
  selected: [],
};

/** What a person sees who opens the summary pane for the first time. */
const modulesFirst: GroupingState = {
  by: ['Module'],
  order: 'rows',
  stage: 'waiting',
  found: undefined,
  progress: undefined,
  error: undefined,
};

const wholeTimeline: TimelineState = {
  bins: 0,
  way: [],
  whole: undefined,
  found: undefined,
  asked: undefined,
  stage: 'waiting',
  error: undefined,
  scale: 'linear',
  selected: undefined,
};

export const noPath: PathState = {
  row: undefined,
  isSought: false,
  lookup: { kind: 'none' },
  withAnswer: false,
  answer: { kind: 'none' },
  compared: undefined,
};

export function newSession(key: SessionKey, files: readonly HostFile[]): Session {
  return {
    key,
    files,
    name: files.map((file) => file.name).join(', '),
    size: files.reduce((sum, file) => sum + file.size, 0),
    stage: 'reading',
    trace: undefined,
    info: undefined,
    eventsRead: 0,
    bytesRead: 0,
    failure: undefined,
    showing: 'messages',
    diagnosis: { kind: 'waiting' },
    connections: noConnections,
    names: { book: undefined, outcome: undefined, busy: false },
    notes: { stage: 'waiting', book: undefined, error: undefined },
    grouping: modulesFirst,
    timeline: wholeTimeline,
    path: noPath,
    filter: noFilter,
    view: undefined,
    sort: undefined,
    unsorted: undefined,
    viewGeneration: 0,
    contentGeneration: 0,
    selection: undefined,
    ranges: undefined,
    timeReference: undefined,
    sought: undefined,
    growing: undefined,
  };
}

/** The rows on show in time order, whatever order they are shown in. */
export function rowsByTime({ view, unsorted }: Pick<Session, 'view' | 'unsorted'>): ViewInfo | undefined {
  return unsorted ?? view;
}

/** The session on show. */
export function activeSession(state: WorkspaceState): Session | undefined {
  return sessionOf(state, state.activeKey);
}

export function sessionOf(state: WorkspaceState, key: SessionKey | undefined): Session | undefined {
  return state.sessions.find((session) => session.key === key);
}

/** The traces that can be read as one: those that could be opened. */
export function tracesToJoin(state: Pick<WorkspaceState, 'sessions'>): Session[] {
  return state.sessions.filter((session) => session.stage !== 'failed' && !isFurtherView(state, session));
}

/** The sessions that show a trace: each is a view of it. */
export function sessionsOn(state: Pick<WorkspaceState, 'sessions'>, trace: TraceId): Session[] {
  return state.sessions.filter((session) => session.trace === trace);
}

/** True for a session that shows a trace which one before it shows as well. */
export function isFurtherView(state: Pick<WorkspaceState, 'sessions'>, { key, trace }: Session): boolean {
  return trace !== undefined && sessionsOn(state, trace)[0].key !== key;
}

/** What is wrong with the trace's packets, once that is known. */
export function diagnosisOf({ diagnosis }: Pick<Session, 'diagnosis'>): DiagnosisReport | undefined {
  return diagnosis.kind === 'known' ? diagnosis.report : undefined;
}

/** The path of a lookup, also the one before while another is asked for. */
export function pathOf(lookup: PathLookup): PacketPath | undefined {
  if (lookup.kind === 'known') return lookup.path ?? undefined;
  return lookup.kind === 'asking' ? lookup.before : undefined;
}

/** True when the path on show is one of a row that the rows on show do not hold. */
export function isPathHidden({ path, selection }: Pick<Session, 'path' | 'selection'>): boolean {
  return path.row !== undefined && !path.isSought && path.row !== selection?.row;
}

/** True while the trace is being read or ordered. */
export function isReading(session: Session): boolean {
  return session.stage !== 'ready' && session.stage !== 'failed';
}
