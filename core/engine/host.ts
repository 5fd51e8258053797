/**
 * What a host offers the page besides the engine itself. On the desktop the page makes a Host of the preload script's
 * `window.hopscopeBridge`; in a browser, of the local web host's routes. Paths never reach the page: files are tokens
 * that only the host can turn into paths.
 */
import type { CapturePlan } from '../capture/capture-plan.ts';
import type {
  EngineNotice,
  ExportFormat,
  FileReference,
  FromEngine,
  PacketFormat,
  TextFormatName,
  ToEngine,
  Transport,
} from './contract.ts';

/** What packets can be exported as, what events can, and what a view can: each is also the ending of its files. */
export const packetFormats = ['pcapng', 'pcap', 'cap'] as const satisfies readonly PacketFormat[];
export const textFormats = ['txt', 'csv', 'jsonl', 'xml'] as const satisfies readonly TextFormatName[];
export const exportFormats = [...packetFormats, ...textFormats, 'parquet'] as const satisfies readonly ExportFormat[];

/** The format that a file name's ending stands for, or undefined when it is none of them. */
export function exportFormatOf(name: string): ExportFormat | undefined {
  const ending = /\.([^.]*)$/.exec(name)?.[1].toLowerCase();
  return exportFormats.find((format) => format === ending);
}

export interface HostFile {
  token: FileReference;
  /** File name without its folder. */
  name: string;
  /** Bytes. */
  size: number;
}

export interface RecentFile extends HostFile {
  /** Folder, shortened for display; empty where the host has none to tell. */
  folder: string;
  /** Unix milliseconds of the last opening. */
  openedAt: number;
  missing: boolean;
  /** Kept at the top of the list by the person. */
  pinned?: boolean;
}

/** Where an export is to be written. */
export interface ExportTarget {
  target: FileReference;
  /** File name without its folder. On the desktop its ending is the person's last word on the format. */
  name: string;
}

export interface Host {
  readonly kind: 'desktop' | 'web';
  readonly transport: Transport;
  /** Files to open at start: the command line's, or the sample. */
  initialFiles(): Promise<HostFile[]>;
  /** The bundled sample trace. */
  sampleFile(): Promise<HostFile>;
  /** Shows the open dialog. Empty when the person changed their mind. */
  chooseFiles(onProgress: TransferProgress): Promise<HostFile[]>;
  /** The same for files that describe events. */
  chooseManifests(onProgress: TransferProgress): Promise<HostFile[]>;
  /** The same for files that hold names. */
  chooseNames(onProgress: TransferProgress): Promise<HostFile[]>;
  /** Takes dropped files: the desktop asks for their paths, the web host is sent their bytes. */
  takeDropped(files: readonly File[], onProgress: TransferProgress, signal: AbortSignal): Promise<HostFile[]>;
  recentFiles(): Promise<RecentFile[]>;
  /** What a page that begins should know: that the one before it crashed. Told once. */
  startNotices(): Promise<EngineNotice[]>;
  /** Whether the page could be loaded again: its server answers. Absent where that is always so. */
  isThere?(): Promise<boolean>;
  /** Asks where to write. Undefined when the person changed their mind. */
  chooseExportTarget(suggestedName: string): Promise<ExportTarget | undefined>;
  /** Called when an export to a target has ended well: the web page fetches the file now. Returns words for the person. */
  finishExport(target: FileReference): Promise<string>;
  /**
   * Has the person save a text that the page made, as `scriptFileBytes` writes it. Returns words for the person; undefined
   * when they changed their mind.
   */
  saveText(suggestedName: string, text: string): Promise<string | undefined>;
  /** Files that the operating system hands over later: a second start, a file association, a menu command. */
  onOpenFiles(listener: (files: HostFile[]) => void): void;
  /** Commands of a native menu that the page carries out, by their ids. Absent where there is no such menu. */
  onCommand?(listener: (command: string) => void): void;
  /** Shows these as the window's native menu. Absent where there is none. */
  showMenu?(menus: HostMenu[]): Promise<void>;
  /** What was open when the page was last on show; null when nothing was, or the person wants to start afresh. */
  lastWorkspace(): Promise<KeptWorkspace | null>;
  /** Keeps what is open now for the next start. */
  keepWorkspace(workspace: KeptWorkspace): Promise<void>;
  /** What the about box tells. */
  versions(): Promise<HostVersions>;
  /** Takes a file from the list of recent ones, or all. Absent where there is no such list. */
  forgetRecent?(token: FileReference | null): Promise<RecentFile[]>;
  /** Keeps a file at the top of the list of recent ones, or lets it go. */
  pinRecent?(token: FileReference, pinned: boolean): Promise<RecentFile[]>;
  /** Shows the person's data folder in the system's file manager. Absent where there is none to show: in a browser. */
  showDataFolder?(): Promise<void>;
  /** Gives what the page does not draw (frame, menus, dialogs, the window before its first paint) the same theme. */
  setTheme?(theme: AppTheme): Promise<void>;
  /** How the capture that this app runs itself stands. Absent, as are the next three, where the host runs nothing: in a browser. */
  captureState?(): Promise<CaptureState>;
  /** Begins a capture; resolves once it has been asked for, and `onCaptureState` tells the rest. */
  startCapture?(plan: CapturePlan): Promise<void>;
  /** Ends the capture that runs; its files come with the state 'done'. */
  stopCapture?(): Promise<void>;
  onCaptureState?(listener: (state: CaptureState) => void): void;
}

/** How a capture stands that the app runs on its own machine. `words` are sentences for the person. */
export type CaptureState =
  /** This system cannot: the app runs captures on Windows alone. */
  | { phase: 'unavailable'; words: string }
  | { phase: 'idle' }
  /** Windows asks for leave, or the script begins. */
  | { phase: 'starting' }
  /** `since`: Unix milliseconds. */
  | { phase: 'capturing'; since: number }
  | { phase: 'stopping' }
  /** The capture has ended; names, schemas and facts of the machine are gathered. */
  | { phase: 'gathering' }
  /** `files`: the bundle, or the trace where no bundle was wanted; empty where it cannot be reached. */
  | { phase: 'done'; words: string; files: HostFile[] }
  /** Nothing is running any more. A person who refused the elevation comes here too. */
  | { phase: 'failed'; words: string };

export const appThemes = ['system', 'light', 'dark'] as const;
export type AppTheme = (typeof appThemes)[number];

/** One menu of a native menu bar, in groups. */
export interface HostMenu {
  label: string;
  groups: HostMenuItem[][];
}

export interface HostMenuItem {
  /** What `onCommand` tells; unique. */
  command: string;
  label: string;
  /** `Ctrl+Shift+S`; shown, and carried out by the page itself. Empty for none. */
  keys: string;
  enabled: boolean;
  /** Null for an item that switches nothing. */
  checked: boolean | null;
}

/** Traces that were open, and what the page knows of each; only the page reads its `state`. */
export interface KeptWorkspace {
  traces: { files: HostFile[]; missing: boolean }[];
  /** JSON of the page's own, at most 1 MB. */
  state: string;
}

export interface HostVersions {
  app: string;
  /** `Electron 45.4.1`, `Chromium 140.0.…`, `Node.js 22.…`, `Linux 6.1 x64`. */
  parts: string[];
  /** Folder of settings, shortened for display; empty where it is not told. */
  dataFolder: string;
}

export type TransferProgress = (sentBytes: number, totalBytes: number, name: string) => void;

/**
 * What the desktop's preload script exposes as `window.hopscopeBridge`. Every argument and result is copied on its way,
 * so there is nothing here that cannot be: no AbortSignal, no class. `renderer/desktop-host.ts` makes a Host of it.
 */
export interface DesktopBridge {
  readonly send: (message: ToEngine) => void;
  readonly onMessage: (listener: (message: FromEngine) => void) => void;
  readonly onClose: (listener: (reason: string) => void) => void;
  readonly initialFiles: () => Promise<HostFile[]>;
  readonly sampleFile: () => Promise<HostFile>;
  readonly chooseFiles: () => Promise<HostFile[]>;
  readonly chooseManifests: () => Promise<HostFile[]>;
  readonly chooseNames: () => Promise<HostFile[]>;
  readonly takeDropped: (files: readonly File[]) => Promise<HostFile[]>;
  readonly recentFiles: () => Promise<RecentFile[]>;
  readonly startNotices: () => Promise<EngineNotice[]>;
  readonly chooseExportTarget: (suggestedName: string) => Promise<ExportTarget | undefined>;
  readonly finishExport: (target: FileReference) => Promise<string>;
  readonly saveText: (suggestedName: string, text: string) => Promise<string | undefined>;
  readonly onOpenFiles: (listener: (files: HostFile[]) => void) => void;
  readonly onCommand: (listener: (command: string) => void) => void;
  readonly showMenu: (menus: HostMenu[]) => Promise<void>;
  readonly lastWorkspace: () => Promise<KeptWorkspace | null>;
  readonly keepWorkspace: (workspace: KeptWorkspace) => Promise<void>;
  readonly versions: () => Promise<HostVersions>;
  readonly forgetRecent: (token: FileReference | null) => Promise<RecentFile[]>;
  readonly pinRecent: (token: FileReference, pinned: boolean) => Promise<RecentFile[]>;
  readonly showDataFolder: () => Promise<void>;
  readonly setTheme: (theme: AppTheme) => Promise<void>;
  readonly captureState: () => Promise<CaptureState>;
  readonly startCapture: (plan: CapturePlan) => Promise<void>;
  readonly stopCapture: () => Promise<void>;
  readonly onCaptureState: (listener: (state: CaptureState) => void) => void;
}
