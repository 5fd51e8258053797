/**
 * The one contract between an engine and whoever uses it: a desktop window, a local web page, the command line, a test.
 * Plain data only, so that it crosses a MessagePort, Electron's IPC and a WebSocket alike. No host knows a byte of ETL.
 */

import type { ConnectionBlock, ConnectionQuery, PacketPath, PathProgress } from './contract-paths.ts';
import type { AnalysisContract, AnalysisProgress, ColumnName, SortOrder } from './contract-analysis.ts';
import type { NameBook, NameImportReport, NameReading } from './contract-names.ts';
import type { NotesContract } from './contract-notes.ts';

export type * from './contract-paths.ts';
export type * from './contract-analysis.ts';
export type * from './contract-names.ts';
export type * from './contract-notes.ts';

/** A file as a host names it: a path for the command line, an opaque token where paths stay with the host. */
export type FileReference = string;
export type TraceId = number;
export type ViewId = number;

export interface Contract extends AnalysisContract, NotesContract {
  /** Reads and indexes. Progress carries the trace's id early, so rows can be shown before the end. */
  open: { params: { files: FileReference[] }; result: TraceInfo; progress: OpenProgress };
  close: { params: { trace: TraceId }; result: null; progress: never };
  info: { params: { trace: TraceId }; result: TraceInfo; progress: never };
  /**
   * The rows a filter lets through; an empty filter lets all through. Rejected with a FilterError when the text is no
   * filter. Views made while the trace is still being read cover what has been read so far (`complete` is false).
   * `choice` leaves out rows besides those that the filter rejects; such a view waits for the whole trace.
   */
  view: { params: { trace: TraceId; filter: string; choice?: ViewChoice }; result: ViewInfo; progress: ViewProgress };
  /**
   * What is wrong with the trace's packets, and how often each was seen. Computed once, when the trace has been read (an
   * earlier call waits for that), and remembered; rows, details and views made from then on know it.
   */
  diagnosis: { params: { trace: TraceId }; result: DiagnosisReport; progress: DiagnosisProgress };
  closeView: { params: { view: ViewId }; result: null; progress: never };
  /** What is wrong with a filter's text, and what its author should know; with a trace, also about the names in it. */
  check: { params: { trace: TraceId | null; filter: string }; result: FilterCheck; progress: never };
  /** What may be written at a place of a filter's text (a UTF-16 offset); with a trace, also its own names and values. */
  complete: {
    params: { trace: TraceId | null; filter: string; position: number };
    result: Completions;
    progress: never;
  };
  /** How a filter was understood and how it will be carried out. Rejected with a FilterError as `view` is. */
  explain: { params: { trace: TraceId | null; filter: string }; result: FilterExplanation; progress: never };
  /**
   * The next row of a view, from its `from`-th on, that a filter lets through; behind the last row the search goes on at the
   * first. A filter that is one quoted text looks for it in summaries and raw bytes. Null when no row has it.
   */
  find: {
    params: { view: ViewId; filter: string; from: number; direction: 'forward' | 'backward' };
    result: FoundRow | null;
    progress: never;
  };
  /**
   * At most 1,000 rows of a view, from its `from`-th on. Fewer at the end. `colorRules` are filters, of which the first that
   * lets a row through is told in Row.colorRule; a rule that is no filter colors nothing. `columns` are told in
   * Row.columns; one that is not known is empty in all rows.
   */
  rows: {
    params: { view: ViewId; from: number; count: number; colorRules?: string[]; columns?: ColumnName[] };
    result: RowBlock;
    progress: never;
  };
  /**
   * Everything about one event, decoded now. `row` is a row number as the view's rows give it (Row.row), not a position
   * in the view: while a trace is still being read, row numbers mean something only together with their view.
   */
  detail: { params: { view: ViewId; row: number }; result: EventDetail; progress: never };
  /**
   * At most 1,000 rows of a view as lines of text, every field decoded. The text begins with the format's header when
   * `from` is 0 and ends with its footer when the view's last row is among them: all blocks together are a whole file.
   */
  text: {
    params: { view: ViewId; format: TextFormatName; from: number; count: number };
    result: { text: string };
    progress: never;
  };
  /**
   * Writes the view's packets, or all its events as text or as a table. Rejected with an ExportError, and no file, when
   * there is nothing to write or the format cannot hold it. With `splitByLinkType` the target's name is the pattern of the
   * files' names; the table of a trace of several files is a folder of the target's name.
   */
  export: {
    params: { view: ViewId; format: ExportFormat; target: FileReference; options?: ExportOptions };
    result: ExportReport;
    progress: ExportProgress;
  };
  /**
   * Moves the times of one of the trace's files (counted from 0) by so many steps of 100 ns from what its clock says:
   * host and guest seldom agree. Views made before keep their order; make them again.
   */
  shiftTime: {
    params: { trace: TraceId; file: number; hundredNanoseconds: number };
    result: TraceInfo;
    progress: never;
  };
  /** Whether the trace's files are still what they were when it was opened. */
  changes: { params: { trace: TraceId }; result: TraceChanges; progress: never };
  /** The layouts kept for all traces: imported manifests, and what was harvested from traces. */
  schemas: { params: Record<string, never>; result: SchemaList; progress: never };
  /** Takes manifests into that store; open traces know them at once. A file that cannot be read costs itself only. */
  importSchemas: { params: { files: FileReference[] }; result: SchemaImportReport; progress: never };
  removeSchemas: { params: { id: string }; result: SchemaList; progress: never };
  /** Keeps the layouts that a trace carries for its own events, to read traces that carry none. */
  harvestSchemas: { params: { trace: TraceId }; result: SchemaImportReport; progress: never };
  /**
   * At most 1,000 of a trace's connection attempts, from the `from`-th on that the query lets through. Paths are made when
   * they are first asked for, once the trace has been read, and remembered.
   */
  connections: {
    params: { trace: TraceId; query: ConnectionQuery; from: number; count: number };
    result: ConnectionBlock;
    progress: PathProgress;
  };
  /** The way of the packet that an event of the whole trace shows; null when the event is of no packet. */
  path: { params: { trace: TraceId; row: number }; result: PacketPath | null; progress: PathProgress };
  /** The name book of a trace. Waits until the trace has been read. */
  names: { params: { trace: TraceId }; result: NameBook; progress: never };
  /**
   * Takes names from outputs of PowerShell, docker, ipconfig and pktmon, or from a shared name book, and keeps them for this
   * trace; rows, paths and exports know them at once. What cannot be read costs itself only.
   */
  importNames: {
    params: { trace: TraceId; files: FileReference[]; texts: { title: string; text: string }[] };
    result: NameImportReport;
    progress: never;
  };
  /** A name given by hand, which beats all others; null takes it back. */
  setName: { params: { trace: TraceId; key: string; name: string | null }; result: NameBook; progress: never };
  /** Forgets what came from a source (NameSource.id). */
  removeNames: { params: { trace: TraceId; source: string }; result: NameBook; progress: never };
  /** Writes the names of a trace as a JSON file that others can import. */
  exportNames: {
    params: { trace: TraceId; target: FileReference };
    result: { file: string; names: number; bytes: number };
    progress: never;
  };
  /** What is kept of traces in the person's data folder. */
  kept: { params: Record<string, never>; result: KeptThings; progress: never };
  /** Forgets the names or the notes of all traces, also of those that are open. Resolves to what is kept then. */
  forgetKept: { params: { what: keyof KeptThings }; result: KeptThings; progress: never };
  /** What files of names hold, without a trace. Rejected with a NamesError when one cannot be read. */
  readNames: { params: { files: FileReference[] }; result: NameReading[]; progress: never };
}
export type Method = keyof Contract;

/** Of how many traces names are kept, and of how many files notes. */
export interface KeptThings {
  names: number;
  notes: number;
}

export interface OpenProgress {
  trace: TraceId;
  bytesRead: number;
  bytesTotal: number;
  events: number;
  /** 'unpacking' a bundle, before there is a trace to ask of; 'reading' buffers, then 'ordering' events by time. */
  stage: 'unpacking' | 'reading' | 'ordering';
}

/** Files of a trace that are others than when it was opened, in words ready to read; empty when none is. */
export interface TraceChanges {
  changes: { file: string; kind: 'grown' | 'changed' | 'missing'; size: number }[];
}

export interface TraceInfo {
  trace: TraceId;
  /** File name without its folder; several are joined by ", ". */
  file: string;
  /** Bytes. */
  size: number;
  /** Of the first file. */
  format: TraceFormatName;
  complete: boolean;
  buffers: number;
  compressedBuffers: number;
  pointerSize: number;
  /** ISO 8601 with seven decimals (100 ns), UTC. End: the last event's time. */
  startTime: string;
  endTime: string;
  /** Minutes to add to UTC for the capture machine's local time, without daylight saving. */
  utcOffsetMinutes: number;
  /** 0 where the format does not say. */
  processors: number;
  /** Windows build of the capture machine, `10.0.20348`; of a capture file what it says of the system, or empty. */
  osVersion: string;
  /** Of a capture file, the program that wrote it, or empty. */
  loggerName: string;
  clock: 'QPC' | 'system time' | 'CPU cycles' | 'unknown';
  clockFrequency: number;
  /** As ETW counted; packets that a capture file says were lost are told in `completeness`. */
  eventsLost: number;
  buffersLost: number;
  events: number;
  packets: number;
  drops: number;
  providers: ProviderInfo[];
  files: TraceFile[];
  problems: TraceProblem[];
  completeness: Completeness;
  /** What was read beside the files: names out of the report that netsh leaves, with what it came to, in sentences. */
  companions: { file: string; names: number; notes: string[] }[];
}

/** 'netmon': Network Monitor's .cap. */
export type TraceFormatName = 'etl' | 'pcapng' | 'pcap' | 'netmon';

export interface ProviderInfo {
  guid: string;
  /** Null when nothing in the trace or in the built-in tables names it. */
  name: string | null;
  events: number;
  /** Packets that its events carry, and how many of them were cut by the capture. */
  packets: number;
  truncatedPackets: number;
  /** Events whose layout nobody knows: they are shown as bytes. Counted when the trace has been read. */
  undescribedEvents: number;
  /** How to get the layouts that are missing: sentences, commands between backquotes; null when none are. */
  advice: string | null;
}

/** One of the files a trace was opened from. */
export interface TraceFile {
  /** Without its folder. */
  name: string;
  size: number;
  format: TraceFormatName;
  /** What is added to its times, in steps of 100 ns. */
  shift: number;
  /** The sessions that wrote it: one, or more where a session was appended to another's file. */
  sessions: TraceFileSession[];
}

export interface TraceFileSession {
  loggerName: string;
  osVersion: string;
  clock: TraceInfo['clock'];
  clockFrequency: number;
  pointerSize: number;
  /** ISO 8601 as in TraceInfo; of the session's first record, shift included. */
  startTime: string;
  /** False when the header has no end: the machine or the session stopped without finishing the file. */
  stoppedCleanly: boolean;
  /**
   * How the session wrote, in the words of LogFileMode: `circular`, `relogged`, `compressed`, …; of a capture file its
   * format, byte order and resolution.
   */
  modes: string[];
  /** Buffers that the header says were written; 0 when it does not say. */
  buffersWritten: number;
  eventsLost: number;
  buffersLost: number;
}

/** A place in a file where something was not as it should be. */
export interface TraceProblem {
  offset: number;
  message: string;
  kind: ProblemKind;
}

/**
 * 'skipped': a buffer or bytes that could not be read at all; 'cut': the file ends inside a buffer; 'damaged': the rest of
 * a buffer was skipped; 'packet': a packet is not whole; 'unwritten': space that was reserved but never written;
 * 'corrupt-backup': Windows itself marked the buffer; 'layout': a description of events is damaged; 'other': the rest.
 */
export type ProblemKind =
  'skipped' | 'cut' | 'damaged' | 'packet' | 'unwritten' | 'corrupt-backup' | 'layout' | 'other';

/** Answers "is a packet missing, or did my tool lose it?". */
export interface Completeness {
  /** What was found, in sentences, the gravest first; at least one. */
  findings: Finding[];
  /** Buffers missing in the sequence that the session counted, and where. At most 100 gaps are listed. */
  missingBuffers: number;
  gaps: SequenceGap[];
  /** Buffers of a circular file that later ones replaced. */
  overwrittenBuffers: number;
  /** Buffers in front of which Windows lost events, by its own mark. */
  buffersMarkedLoss: number;
  /** Buffers or other bytes of the file that could not be read. */
  skippedBuffers: number;
  skippedBytes: number;
  truncatedPackets: number;
  incompletePackets: number;
  undescribedEvents: number;
}

export interface Finding {
  /** 'good': nothing is missing here; 'note': worth knowing; 'loss': the capture lost it; 'defect': the file is damaged. */
  level: 'good' | 'note' | 'loss' | 'defect';
  text: string;
}

export interface SequenceGap {
  file: string;
  /** Number of the last buffer in front of the gap, and how many are missing behind it. */
  after: number;
  missing: number;
  /** ISO 8601: last event before and first event after the gap; empty when there is none. */
  fromTime: string;
  toTime: string;
}

/** Which packets a view keeps. Whatever is said here needs the diagnosis; it is computed first where it has not been yet. */
export interface ViewChoice {
  /** 'first': of a packet that was seen at several places only the first sighting; of those at `component`, if given. */
  sightings?: 'all' | 'first';
  /** Only packets with this finding; 'any': with some finding. */
  diagnosis?: DiagnosisKind | 'any';
  /** Only what was seen at this component (DiagnosisReport.components[].key): capture on one interface, after the fact. */
  component?: string;
  /** Only what a person has marked. Needs no diagnosis. */
  marked?: true;
}

export type DiagnosisLevel = 'error' | 'warning' | 'information';
export type DiagnosisKind =
  | 'retransmission'
  | 'fast-retransmission'
  | 'spurious-retransmission'
  | 'out-of-order'
  | 'syn-retransmission'
  | 'duplicate-ack'
  | 'segment-lost'
  | 'ack-of-lost-segment'
  | 'zero-window'
  | 'zero-window-probe'
  | 'zero-window-probe-ack'
  | 'window-full'
  | 'window-update'
  | 'keep-alive'
  | 'keep-alive-ack'
  | 'reset'
  | 'half-open'
  | 'ip-checksum'
  | 'transport-checksum'
  | 'checksum-offload'
  | 'truncated'
  | 'incomplete'
  | 'malformed'
  | 'dropped';

export interface DiagnosisReport {
  /** Kinds that occur, the gravest first. */
  findings: DiagnosisFinding[];
  /** Conversations by protocol: TCP and UDP by address and port, IP by address. */
  conversations: { tcp: number; udp: number; ip: number };
  /** Packets, each counted once however often it was seen; and sightings beyond the first. */
  packets: number;
  repeatedSightings: number;
  /** Places where packets were seen, the busiest first. */
  components: { key: string; name: string; packets: number }[];
}

export interface DiagnosisFinding {
  kind: DiagnosisKind;
  level: DiagnosisLevel;
  /** `Retransmitted segments`, and a sentence that says what that means. */
  title: string;
  explanation: string;
  /** Packets, each counted once; and their sightings. */
  packets: number;
  sightings: number;
}

/** 'frames' are read again for checksums and options, then 'connections' are followed. Units: packets. */
export interface DiagnosisProgress {
  stage: 'frames' | 'connections';
  done: number;
  total: number;
}

/** A view can be used, and grows, while it is being made: `view` is 0 as long as it has no row. */
export interface ViewProgress {
  scanned: number;
  total: number;
  view: ViewId;
  /** Rows that the view has so far, in time order. */
  rows: number;
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
  /** Absent where the rows are in time order. */
  order?: SortOrder;
}

export interface FilterCheck {
  /** Why the text is no filter; the first is the one that `view` is rejected with. Empty when it is one. */
  problems: FilterProblem[];
  /** What may not be what was meant: a module or field that this trace does not have, with near names. */
  notes: string[];
}

/** `start` and `end` are UTF-16 offsets into the filter text. */
export interface FilterProblem {
  message: string;
  start: number;
  end: number;
  /** A whole filter text to try instead. */
  suggestion?: string;
}

/** The part of the text from `from` to `to` is replaced by an item's `text`. Best first, at most 200. */
export interface Completions {
  from: number;
  to: number;
  items: Completion[];
}

export interface Completion {
  text: string;
  kind: 'module' | 'provider' | 'field' | 'annotation' | 'constant' | 'value' | 'operator' | 'keyword';
  /** Data type in words: `UInt16`, `IPv4 address`; empty where there is none. */
  type: string;
  /** Full path, or what the item stands for. */
  detail: string;
}

export interface FilterExplanation {
  /** The filter as it was understood, written in full. */
  canonical: string;
  /** The syntax tree, one root. */
  tree: ExplainedNode;
  /** Steps of the work in the order in which they are done. */
  plan: ExplainedNode;
  notes: string[];
  /** The same in Wireshark's language, or a sentence why there is none. */
  wireshark: { filter: string } | { reason: string };
}

export interface ExplainedNode {
  text: string;
  children: ExplainedNode[];
}

export interface FoundRow {
  /** Place in the view, and number in the trace. */
  position: number;
  row: number;
  /** The search came to the end of the view and went on at the other one. */
  wrapped: boolean;
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
  /** What is wrong with the packet, ready to read: `Retransmitted #12`; empty while the diagnosis is not known. */
  diagnosis: string;
  diagnosisLevel: DiagnosisLevel | 'none';
  /** 1 for the first sighting of a packet, 2 for the second, …; 0 when not known, or no packet. */
  sighting: number;
  /** Which of the rules asked with colors the row, from 0; -1 for none. */
  colorRule: number;
  /** A person's mark and comment. */
  marked: boolean;
  comment: string;
  /** Texts of the columns asked with, in that order; absent where none were. */
  columns?: string[];
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
  /** What kind of value it is, where a layout says so: `UInt32`, `IPv4`, `NTSTATUS`. */
  type?: string;
  /** A filter that lets through what has this value here, where one can say it: `TCP.Flags.SYN == true`. */
  filter?: string;
  /** Where the layout came from, or what is wrong, in words. */
  note?: string;
  children: DetailNode[];
}

export type TextFormatName = 'txt' | 'csv' | 'jsonl' | 'xml';
export type PacketFormat = 'pcapng' | 'pcap' | 'cap';
export type ExportFormat = PacketFormat | 'parquet' | TextFormatName;

export interface ExportOptions {
  /** pcapng: events without a packet become journal blocks; cap: they become ETW frames. */
  events?: boolean;
  /** One file for each link type, `name.ethernet.pcapng`: tools built on libpcap refuse a mix. */
  splitByLinkType?: boolean;
}

export interface ExportProgress {
  rowsDone: number;
  rowsTotal: number;
  bytesWritten: number;
}

export interface ExportReport {
  /** Packets written, on so many interfaces; 0 when events were written as text or as a table. */
  packets: number;
  interfaces: number;
  /** Events written as text, as a table, or beside the packets. */
  events: number;
  /** Of all files together. */
  bytes: number;
  /** Rows of the view that hold no packet and were left out of a file of packets. */
  skippedRows: number;
  /** What the reader of the file should know: mixed link types, fragments that never completed. */
  notes: string[];
  /** Names without folder; of a table in parts `trace=NAME/part-0.parquet`. */
  files: ExportedFile[];
}

export interface ExportedFile {
  name: string;
  /** 0 when events were written as text or as a table. */
  packets: number;
  bytes: number;
}

export interface SchemaList {
  /** Sorted by provider name. */
  entries: SchemaEntry[];
  /** Entries that could not be read, in words. */
  problems: string[];
}

/** The layouts of one provider as they are kept. */
export interface SchemaEntry {
  /** Names the entry when it is to be removed. */
  id: string;
  provider: string;
  name: string;
  source: 'imported' | 'harvested';
  /** File they were taken from, and its kind in words: `instrumentation manifest`, `PerfView dump`, `trace`. */
  origin: string;
  format: string;
  events: number;
  /** Unix milliseconds. */
  addedAt: number;
  /** What the source left out or got wrong. */
  notes: string[];
}

export interface SchemaImportReport {
  added: SchemaEntry[];
  /** What was left out, and files that could not be read at all, in words, one line each. */
  notes: string[];
  failures: { file: string; message: string }[];
}

/** An error as it crosses a transport. */
export interface ContractError {
  /**
   * 'FilterError', 'OpenError', 'ExportError', 'SchemaError', 'NamesError', 'ColumnError', 'WorkerLost', 'Cancelled',
   * 'BadRequest' or 'InternalError'.
   */
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
  | {
      kind: 'progress';
      id: number;
      progress: OpenProgress | ViewProgress | ExportProgress | DiagnosisProgress | PathProgress | AnalysisProgress;
    }
  | { kind: 'notice'; notice: EngineNotice };

/** What comes back for a request. */
export type EngineAnswer = Exclude<FromEngine, { kind: 'notice' }>;

/** Something that nobody asked for and everybody should know: a worker was lost and its work is done again. */
export interface EngineNotice {
  heading: string;
  detail: string;
}

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
