import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  bundleMachineFile,
  bundleManifestFile,
  bundleOutputs,
  bundleSchemaFolder,
  type BundlePart,
} from '../../capture/bundle-layout.ts';
import {
  BundleError,
  readBundleMachine,
  readBundleManifest,
  type ReadManifest,
} from '../../capture/bundle-manifest.ts';
import { fileName } from '../../base/file-name.ts';
import type { TraceInfo } from '../contract.ts';
import { wholeFile } from '../file-source.ts';
import type { TaskPool } from '../worker-pool.ts';
import { BundleOpenError, innerPath, largestPart, type BundleEntry, type BundleFiles } from './bundle-files.ts';
import type { ReadPart } from './bundle-parts.ts';
import { folderFiles, isFolder } from './folder-files.ts';
import { isZip, zipFiles } from './zip-files.ts';

/** A bundle whose traces are at hand. */
export interface Bundle {
  /** The traces, as files on this disk. */
  readonly paths: readonly string[];
  readonly parts: readonly ReadPart[];
  readonly companion: TraceInfo['companions'][number];
  /** Removes what was unpacked; once the traces are closed. */
  close(): void;
}

export interface BundleProgress {
  /** Bytes unpacked, of so many. */
  readonly done: number;
  readonly total: number;
}

const traceEnding = /\.(etl|pcapng|pcap|cap)$/i;
const partEnding = /\.(json|txt|csv|xml|clixml|man|log)$/i;
/** Together, so that a bundle of many parts costs no more than one of a few. In bytes. */
const mostPartBytes = 64 << 20;

/**
 * The bundle that somebody means by a path: a folder, a zip, the list in a bundle, or a trace beside such a list. Undefined for
 * everything else. Throws BundleOpenError, or FileOpenError, for a bundle that cannot be opened.
 */
export async function openBundle(
  path: string,
  pool: TaskPool,
  options: { signal?: AbortSignal | undefined; onProgress?: (progress: BundleProgress) => void } = {},
): Promise<Bundle | undefined> {
  if (isFolder(path)) return read(folderFiles(path), pool, options);
  if (fileName(path) === bundleManifestFile) return read(folderFiles(dirname(path)), pool, options);
  const isListed = listedBeside(path);
  if (isListed) return read(folderFiles(dirname(path)), pool, { ...options, only: fileName(path) });
  return isZip(path) ? read(await zipFiles(path), pool, options) : undefined;
}

/** Whether a trace lies beside the list of a bundle that names it. */
function listedBeside(path: string): boolean {
  const manifest = join(dirname(path), bundleManifestFile);
  if (!traceEnding.test(path) || !existsSync(manifest)) return false;
  try {
    const bytes = wholeFile(manifest, largestPart, () => new BundleError('It is too large.'));
    return readBundleManifest(new TextDecoder().decode(bytes)).traces.includes(fileName(path));
  } catch {
    return false;
  }
}

interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BundleProgress) => void) | undefined;
  /** The one trace that is wanted. */
  readonly only?: string;
}

async function read(files: BundleFiles, pool: TaskPool, options: ReadOptions): Promise<Bundle> {
  try {
    const teller = new Teller();
    const manifest = await manifestOf(files, teller);
    const traces = tracesOf(files, manifest, teller, options.only);
    if (traces.length === 0) throw new BundleOpenError(whyNoTrace(files, manifest));
    const paths = await placed(files, traces, options);
    const parts = await readParts(files, manifest, pool, teller, options.signal);
    await tellMachine(files, teller);
    const names = parts.reduce((sum, { source }) => sum + (source?.things.length ?? 0), 0);
    const notes = [...teller.notes, ...parts.flatMap((part) => part.notes)];
    return {
      paths,
      parts,
      companion: { file: files.name, names, notes },
      close: () => {
        files.close();
      },
    };
  } catch (error) {
    files.close();
    throw error;
  }
}

/** Sentences for the completeness report. */
class Teller {
  readonly notes: string[] = [];

  tell(words: string): void {
    this.notes.push(words);
  }
}

async function textOf(files: BundleFiles, path: string): Promise<string | undefined> {
  const entry = files.entries.find((each) => each.path === path);
  return entry && new TextDecoder().decode(await files.read(entry));
}

async function manifestOf(files: BundleFiles, teller: Teller): Promise<ReadManifest | undefined> {
  try {
    const text = await textOf(files, bundleManifestFile);
    if (text === undefined) return undefined;
    const manifest = readBundleManifest(text);
    if (manifest.version > 1) teller.tell('The bundle is of a newer Hopscope: what is new in it was passed over.');
    return manifest;
  } catch (error) {
    teller.tell(`${bundleManifestFile} was not read, so the bundle is taken by what it holds. ${reasonOf(error)}`);
    return undefined;
  }
}

/** The traces of a bundle, in its own order: those it lists, or all that it holds. */
function tracesOf(
  files: BundleFiles,
  manifest: ReadManifest | undefined,
  teller: Teller,
  only?: string,
): BundleEntry[] {
  const held = files.entries.filter(({ path }) => traceEnding.test(path));
  if (only !== undefined) return held.filter(({ path }) => path === only);
  if (!manifest) return held;
  const listed = manifest.traces.flatMap((path) => {
    const entry = held.find((each) => each.path === innerPath(path));
    if (!entry) teller.tell(`The trace ${JSON.stringify(path.slice(0, 200))} is missing from the bundle.`);
    return entry ?? [];
  });
  if (listed.length > 0 || held.length === 0) return listed;
  teller.tell('None of the listed traces is there: all that the bundle holds are opened.');
  return held;
}

function whyNoTrace({ name, entries, unpacks }: BundleFiles, manifest: ReadManifest | undefined): string {
  const wanted = manifest?.traces.map((path) => JSON.stringify(path.slice(0, 100))).join(', ') ?? '';
  const lacks = wanted === '' ? 'no trace (.etl, .pcapng, .pcap or .cap)' : `none of its traces (${wanted})`;
  const what = unpacks ? name : `${name} is a folder that`;
  return `${what} holds ${lacks}, among ${entries.length.toLocaleString('en')} files. Was it copied as a whole, after the capture had been stopped?`;
}

async function placed(
  files: BundleFiles,
  traces: readonly BundleEntry[],
  { signal, onProgress }: ReadOptions,
): Promise<string[]> {
  const total = traces.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    onProgress?.({ done, total });
  };
  const paths: string[] = [];
  for (const trace of traces) paths.push(await files.place(trace, onBytes, signal));
  return paths;
}

/** Parts that are listed, or all texts of a bundle without a list. */
async function readParts(
  files: BundleFiles,
  manifest: ReadManifest | undefined,
  pool: TaskPool,
  teller: Teller,
  signal: AbortSignal | undefined,
): Promise<ReadPart[]> {
  let left = mostPartBytes;
  const readable = partsOf(files, manifest, teller).filter(({ path, size }) => {
    const fits = size <= largestPart && size <= left;
    if (fits) left -= size;
    else teller.tell(`${path} was left out: it is larger than what commands print.`);
    return fits;
  });
  const read: ReadPart[] = [];
  for (const entry of readable) {
    try {
      const bytes = await files.read(entry);
      read.push(await pool.run('readPart', { bundle: files.name, path: entry.path, bytes }, { signal }));
    } catch (error) {
      signal?.throwIfAborted();
      teller.tell(`${entry.path} was not read. ${reasonOf(error)}`);
    }
  }
  return read;
}

function partsOf(files: BundleFiles, manifest: ReadManifest | undefined, teller: Teller): BundleEntry[] {
  const isOwn = (path: string): boolean => path === bundleManifestFile || path === bundleMachineFile;
  const held = files.entries.filter(({ path }) => partEnding.test(path) && !isOwn(path));
  if (!manifest) return held;
  return manifest.parts.flatMap((part) => {
    if (part.state !== 'gathered') {
      teller.tell(whyNotGathered(part));
      return [];
    }
    const entry = held.find(({ path }) => path === innerPath(part.file));
    if (!entry) teller.tell(`${part.file} is missing from the bundle: ${whatItGives(part.file)} not known from it.`);
    return entry ?? [];
  });
}

function whyNotGathered({ file, command, state, error = '' }: BundlePart): string {
  if (state === 'absent') return `${command}: the machine has no such command, so there is no ${file}.`;
  return `${command} failed there, so there is no ${file}${error === '' ? '.' : `: ${error}`}`;
}

function whatItGives(file: string): string {
  if (file.startsWith(`${bundleSchemaFolder}/`))
    return `layouts of ${file.slice(bundleSchemaFolder.length + 1).replace(/\.json$/, '')} are`;
  return Object.hasOwn(bundleOutputs, file)
    ? `names that ${bundleOutputs[file as keyof typeof bundleOutputs]} gives are`
    : 'what it tells is';
}

async function tellMachine(files: BundleFiles, teller: Teller): Promise<void> {
  try {
    const text = await textOf(files, bundleMachineFile);
    if (text === undefined) return;
    const { computer, system, build, timeZone, utcOffsetMinutes } = readBundleMachine(text);
    const sign = utcOffsetMinutes < 0 ? '-' : '+';
    const [hours, minutes] = [Math.trunc(Math.abs(utcOffsetMinutes) / 60), Math.abs(utcOffsetMinutes) % 60];
    const zone = `UTC${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
    teller.notes.unshift(`Made on ${computer}: ${system}, build ${build}, time zone ${timeZone} (${zone}).`);
  } catch (error) {
    teller.tell(`${bundleMachineFile} was not read. ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
