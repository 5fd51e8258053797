import { FileOpenError } from '../file-source.ts';

/** A bundle that cannot be opened at all. Its message is for a person, as that of every file that cannot be opened. */
export class BundleOpenError extends FileOpenError {}

export interface BundleEntry {
  /** Relative to the bundle, / between folders. */
  readonly path: string;
  /** Bytes, unpacked, as the bundle says. */
  readonly size: number;
}

/** The files of a folder or zip. */
export interface BundleFiles {
  /** Of the folder or zip, without its own folder. */
  readonly name: string;
  readonly entries: readonly BundleEntry[];
  /** All bytes of a small file. Rejected with a sentence that does not name it. */
  read(entry: BundleEntry): Promise<Uint8Array>;
  /** The trace as a file of its own on this disk. */
  place(entry: BundleEntry, onBytes: (bytes: number) => void, signal: AbortSignal | undefined): Promise<string>;
  /** Where `place` takes room on the disk. */
  readonly unpacks: boolean;
  close(): void;
}

/** Parts are outputs of commands: what is larger is something else. */
export const largestPart = 16 << 20;
/** A folder that holds more is no bundle. */
export const mostEntries = 10_000;

/**
 * A path inside a bundle as it is compared and joined; undefined for one that leads out of it, or that a file system would read
 * in another way than it looks.
 */
export function innerPath(path: string): string | undefined {
  const parts = path.replaceAll('\\', '/').split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\p{Cc}:]/u.test(part));
  return isPlain ? parts.join('/') : undefined;
}
