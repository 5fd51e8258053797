/**
 * The one contract between an engine and whoever uses it: a desktop window, a local web page, the command line, a test.
 * Plain data only, so that it crosses a MessagePort, Electron's IPC and a WebSocket alike. No host knows a byte of ETL.
 */

/** A file as a host names it: a path for the command line, an opaque token where paths stay with the host. */
export type FileReference = string;
export type TraceId = number;
export type ViewId = number;

export interface Contract {
  /** Reads and indexes. Progress carries the trace's id early, so rows can be shown before the end. */
  open: { params: { files: FileReference[] }; result: TraceInfo; progress: OpenProgress };
  close: { params: { trace: TraceId }; result: null; progress: never };
  info: { params: { trace: TraceId }; result: TraceInfo; progress: never };
  /**
   * The rows a filter lets through; an empty filter lets all through. Rejected with a FilterError when the text is no
   * filter. Views made while the trace is still being read cover what has been read so far (`complete` is false).
   */
  view: { params: { trace: TraceId; filter: string }; result: ViewInfo; progress: ViewProgress };
  closeView: { params: { view: ViewId }; result: null; progress: never };
  /** At most 1,000 rows of a view, from its `from`-th on. Fewer at the end. */
  rows: { params: { view: ViewId; from: number; count: number }; result: RowBlock; progress: never };
  /**
   * Everything about one event, decoded now. `row` is a row number as the view's rows give it (Row.row), not a position
   * in the view: while a trace is still being read, row numbers mean something only together with their view.
   */
  detail: { params: { view: ViewId; row: number }; result: EventDetail; progress: never };
  /** Writes the view's packets. Rejected with an ExportError, and no file, when there is nothing to write. */
  export: {
    params: { view: ViewId; format: ExportFormat; target: FileReference };
    result: ExportReport;
    progress: ExportProgress;
  };
}
export type Method = keyof Contract;

export interface OpenProgress {
  trace: TraceId;
  bytesRead: number;
  bytesTotal: number;
  events: number;
  /** 'reading' buffers, then 'ordering' events by time. */
  stage: 'reading' | 'ordering';
}

export interface TraceInfo {
  trace: TraceId;
  /** File name without its folder; several are joined by ", ". */
  file: string;
  /** Bytes. */
  size: number;
  format: 'etl';
  complete: boolean;
  buffers: number;
  compressedBuffers: number;
  pointerSize: number;
  /** ISO 8601 with seven decimals (100 ns), UTC. End: the last event's time. */
  startTime: string;
  endTime: string;
  /** Minutes to add to UTC for the capture machine's local time, without daylight saving. */
  utcOffsetMinutes: number;
  processors: number;
  /** Windows build of the capture machine, `10.0.20348`. */
  osVersion: string;
  loggerName: string;
  clock: 'QPC' | 'system time' | 'CPU cycles' | 'unknown';
  clockFrequency: number;
  eventsLost: number;
  buffersLost: number;
  events: number;
  packets: number;
  drops: number;
  providers: ProviderInfo[];
  problems: { offset: number; message: string }[];
}

export interface ProviderInfo {
  guid: string;
  /** Null when nothing in the trace or in the built-in tables names it. */
  name: string | null;
  events: number;
}

export interface ViewProgress {
  scanned: number;
  total: number;
}

export interface ViewInfo {
  view: ViewId;
  rows: number;
  /** Rows of the whole trace, of which `rows` were let through. */
  available: number;
  /** False while the trace is still being read: make the view again when open ends. */
  complete: boolean;
  /** What the filter's author should know: a module that is not in this trace, with near names. */
  notes: string[];
}

export interface RowBlock {
  from: number;
  rows: Row[];
}

/** One line of the analysis grid. */
export interface Row {
  /** Number of the event in time order, from 0; MessageNumber is row + 1. */
  row: number;
  /** Unix time in whole milliseconds, and the rest in steps of 100 ns (0..9999). */
  milliseconds: number;
  hundredNanoseconds: number;
  /** From a packet's first fragment to its last, in 100 ns; 0 for everything that is one event. */
  timeElapsed: number;
  source: string;
  destination: string;
  /** Topmost module of the message stack: `TCP`, or a provider as `Microsoft_Windows_PktMon`. */
  module: string;
  summary: string;
  mark: RowMark;
}
export type RowMark = 'none' | 'drop' | 'error' | 'warning';

export interface EventDetail {
  row: number;
  /** The message stack, topmost layer first, then the event that carried it. */
  nodes: DetailNode[];
  /** The byte strings that nodes point into: the frame, when there is one, then the event record. */
  sources: { name: string; bytes: Uint8Array }[];
}

export interface DetailNode {
  name: string;
  value: string;
  /** Bytes of the node: which of `sources`, and where in it. Absent when it has no bytes. */
  bytes?: { source: number; start: number; length: number };
  /** Where the layout came from, or what is wrong, in words. */
  note?: string;
  children: DetailNode[];
}

export type ExportFormat = 'pcapng';

export interface ExportProgress {
  rowsDone: number;
  rowsTotal: number;
  bytesWritten: number;
}

export interface ExportReport {
  packets: number;
  interfaces: number;
  bytes: number;
  /** Rows of the view that hold no packet and were left out. */
  skippedRows: number;
  /** What the reader of the file should know: mixed link types, fragments that never completed. */
  notes: string[];
}

/** An error as it crosses a transport. */
export interface ContractError {
  /** 'FilterError', 'OpenError', 'ExportError', 'Cancelled', 'BadRequest' or 'InternalError'. */
  name: string;
  message: string;
  /** FilterError: the place in the filter text, and a text to try instead. */
  start?: number;
  end?: number;
  suggestion?: string;
}

/** Messages from the user's side. `id` is chosen by the sender and comes back with every answer. */
export type ToEngine =
  | { [M in Method]: { kind: 'request'; id: number; method: M; params: Contract[M]['params'] } }[Method]
  | { kind: 'cancel'; id: number };

/** Messages from the engine's side. */
export type FromEngine =
  | { kind: 'reply'; id: number; result: Contract[Method]['result'] }
  | { kind: 'failure'; id: number; error: ContractError }
  | { kind: 'progress'; id: number; progress: OpenProgress | ViewProgress | ExportProgress };

/** A two-way pipe for the messages above. Electron IPC, a WebSocket, a MessagePort and a direct call all fit. */
export interface Transport {
  send(message: ToEngine): void;
  /** Called once by the client. */
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once by the client: the other side is gone, with the reason in words. */
  onClose(listener: (reason: string) => void): void;
}

/** What a user of the engine holds. */
export interface EngineClient {
  call<M extends Method>(
    method: M,
    params: Contract[M]['params'],
    options?: { onProgress?: (progress: Contract[M]['progress']) => void; signal?: AbortSignal },
  ): Promise<Contract[M]['result']>;
}
