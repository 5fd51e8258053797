/**
 * What a host offers the page besides the engine itself. On the desktop the page makes a Host of the preload script's
 * `window.hopscopeBridge`; in a browser, of the local web host's routes. Paths never reach the page: files are tokens
 * that only the host can turn into paths.
 */
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
  /** Files that the operating system hands over later: a second start, a file association, a menu command. */
  onOpenFiles(listener: (files: HostFile[]) => void): void;
  /** Commands of a native menu that the page carries out. Absent where there is no such menu. */
  onCommand?(listener: (command: HostCommand) => void): void;
}

export type HostCommand = 'export' | 'layouts';

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
  readonly onOpenFiles: (listener: (files: HostFile[]) => void) => void;
  readonly onCommand: (listener: (command: HostCommand) => void) => void;
}
