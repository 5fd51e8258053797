import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { readFully } from '../../base/byte-source.ts';
import { fileName } from '../../base/file-name.ts';
import { FileOpenError, openFile } from '../file-source.ts';
import {
  BundleOpenError,
  innerPath,
  largestPart,
  mostEntries,
  type BundleEntry,
  type BundleFiles,
} from './bundle-files.ts';
import { checkRoom, unpackingFolder } from './unpacking.ts';

/** Deflate makes at most a thousandth of anything; a trace that is mostly reserved space comes near a hundredth. */
const largestRatio = 500;
/** Below this, how much smaller an entry is matters to nobody. In bytes. */
const harmless = 64 << 20;

const localHeader = [0x50, 0x4b, 0x03, 0x04];
const emptyZip = [0x50, 0x4b, 0x05, 0x06];

/** By its first bytes; false for what cannot be opened, of which whoever opens it next tells. */
export function isZip(path: string): boolean {
  try {
    const source = openFile(path);
    try {
      const head = new Uint8Array(4);
      readFully(source, 0, head, 0, head.length);
      return [localHeader, emptyZip].some((signature) => signature.every((byte, at) => head[at] === byte));
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof FileOpenError) return false;
    throw error;
  }
}

/** Throws a BundleOpenError for a zip that cannot be read, or that is made to do harm. */
export async function zipFiles(path: string): Promise<BundleFiles> {
  const name = fileName(path);
  openFile(path).close();
  const zip = await opened(path, name);
  try {
    const found = await entriesOf(zip, name);
    refuseBombs(found, zip.fileSize, name);
    return new ZipFiles(name, zip, found);
  } catch (error) {
    zip.close();
    throw error;
  }
}

class ZipFiles implements BundleFiles {
  readonly unpacks = true;
  readonly name: string;
  readonly entries: readonly BundleEntry[];
  private readonly zip: ZipFile;
  private readonly found: ReadonlyMap<string, Entry>;
  private folder: string | undefined;

  constructor(name: string, zip: ZipFile, found: ReadonlyMap<string, Entry>) {
    this.name = name;
    this.zip = zip;
    this.found = found;
    this.entries = [...found].map(([path, { uncompressedSize }]) => ({ path, size: uncompressedSize }));
  }

  async read(entry: BundleEntry): Promise<Uint8Array> {
    if (entry.size > largestPart) throw new Error('It is too large for a part.');
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of await this.stream(entry)) {
      if (!(piece instanceof Uint8Array)) continue;
      bytes += piece.length;
      if (bytes > largestPart) throw new Error('It is too large for a part.');
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  async place(entry: BundleEntry, onBytes: (bytes: number) => void, signal: AbortSignal | undefined): Promise<string> {
    this.folder ??= unpackingFolder();
    await checkRoom(this.folder, entry.size, this.name);
    const target = join(this.folder, fileName(entry.path));
    const source = await this.stream(entry);
    source.on('data', (piece: Uint8Array) => {
      onBytes(piece.length);
    });
    try {
      await pipeline(source, createWriteStream(target, { flags: 'wx' }), { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new BundleOpenError(
        `${fileName(entry.path)} of ${this.name} cannot be unpacked: ${reasonOf(error)} The zip may be damaged or cut off: copy it again.`,
      );
    }
    return target;
  }

  close(): void {
    this.zip.close();
    // Windows lets go of a folder only when the workers have closed what they read in it. What stays is removed by the next start.
    if (this.folder !== undefined) {
      void rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }).catch(() => undefined);
    }
  }

  private stream({ path }: BundleEntry): Promise<Readable> {
    const entry = this.found.get(path);
    if (!entry) return Promise.reject(new Error('It is not there.'));
    return this.zip.openReadStreamPromise(entry);
  }
}

async function opened(path: string, name: string): Promise<ZipFile> {
  try {
    // Entries are asked for one by one, and the zip stays open for reading them.
    return await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw new BundleOpenError(
      `${name} is a ZIP archive that cannot be read: ${reasonOf(error)} It may be damaged or cut off: copy it again.`,
    );
  }
}

/** By their inner paths. yauzl checks the directory as it goes, names that lead out of the zip among it. */
function entriesOf(zip: ZipFile, name: string): Promise<ReadonlyMap<string, Entry>> {
  return new Promise((resolve, reject) => {
    const found = new Map<string, Entry>();
    const refuse = (words: string): void => {
      reject(new BundleOpenError(`${name} is refused: ${words}`));
    };
    if (zip.entryCount > mostEntries) {
      refuse(
        `it holds ${zip.entryCount.toLocaleString('en')} files, and no bundle has more than ${mostEntries.toLocaleString('en')}.`,
      );
      return;
    }
    zip.on('error', (error: unknown) => {
      refuse(`${reasonOf(error)} It is damaged, or made to do harm.`);
    });
    zip.on('end', () => {
      resolve(found);
    });
    zip.on('entry', (entry: Entry) => {
      if (!entry.fileName.endsWith('/')) {
        const path = innerPath(entry.fileName);
        if (path === undefined) {
          refuse(
            `it has a file called ${JSON.stringify(entry.fileName.slice(0, 100))}, which would lie outside of it.`,
          );
          return;
        }
        if (entry.isEncrypted()) {
          refuse(`${path} is encrypted. Unpack it with its password, and open the folder.`);
          return;
        }
        if (isLink(entry)) {
          refuse(`${path} is a link, which may lead out of it.`);
          return;
        }
        if (found.has(path)) {
          refuse(`it holds ${path} twice.`);
          return;
        }
        found.set(path, entry);
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** The upper half of the external attributes are the mode of Unix, where Unix made the zip. */
function isLink({ externalFileAttributes, versionMadeBy }: Entry): boolean {
  return versionMadeBy >>> 8 === 3 && ((externalFileAttributes >>> 16) & 0xf000) === 0xa000;
}

function refuseBombs(found: ReadonlyMap<string, Entry>, fileSize: number, name: string): void {
  let packed = 0;
  for (const [path, { compressedSize, uncompressedSize }] of found) {
    packed += compressedSize;
    if (uncompressedSize > harmless && uncompressedSize > compressedSize * largestRatio) {
      throw new BundleOpenError(
        `${name} is refused: ${path} says it has ${uncompressedSize.toLocaleString('en')} bytes, packed into ${compressedSize.toLocaleString('en')}. No trace is like that; a zip made to fill a disk is.`,
      );
    }
  }
  if (packed > fileSize) {
    throw new BundleOpenError(`${name} is refused: its files overlap each other, as in a zip made to fill a disk.`);
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
