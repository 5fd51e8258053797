/**
 * What a host offers the page besides the engine itself. The desktop's preload script exposes it as
 * `window.hopscopeHost`; in a browser the page makes one from the local web host's routes. Paths never reach the page:
 * files are tokens that only the host can turn into paths.
 */
import type { FileReference, Transport } from './contract.ts';

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

export interface Host {
  readonly kind: 'desktop' | 'web';
  readonly transport: Transport;
  /** Files to open at start: the command line's, or the sample. */
  initialFiles(): Promise<HostFile[]>;
  /** The bundled sample trace. */
  sampleFile(): Promise<HostFile>;
  /** Shows the open dialog. Empty when the person changed their mind. */
  chooseFiles(onProgress: TransferProgress): Promise<HostFile[]>;
  /** Takes dropped files: the desktop asks for their paths, the web host is sent their bytes. */
  takeDropped(files: readonly File[], onProgress: TransferProgress, signal: AbortSignal): Promise<HostFile[]>;
  recentFiles(): Promise<RecentFile[]>;
  /** Asks where to write. Undefined when the person changed their mind. */
  chooseExportTarget(suggestedName: string): Promise<FileReference | undefined>;
  /** Called when an export to a target has ended well: the web page fetches the file now. Returns words for the person. */
  finishExport(target: FileReference): Promise<string>;
  /** Files that the operating system hands over later: a second start, a file association, a menu command. */
  onOpenFiles(listener: (files: HostFile[]) => void): void;
}

export type TransferProgress = (sentBytes: number, totalBytes: number, name: string) => void;
