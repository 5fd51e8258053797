import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The files named on a command line of ours, as absolute paths. A packaged app is started as `hopscope a.etl`, from
 * source as `electron . a.etl`; switches may stand anywhere, as Chromium and Electron take them all as `--name=value`.
 */
export function launchFiles(argv: readonly string[], folder: string, fromSource: boolean): string[] {
  const plain = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'));
  return plain.slice(fromSource ? 1 : 0).map((file) => resolve(folder, pathOf(file)));
}

/** File managers of Linux hand over addresses (`file:///traces/a%20b.etl`); what is none of a file here stays as it is. */
function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}

/** What a second start hands to the first: its files, as absolute paths. Anything else counts as none. */
export function handedFiles(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('files' in data) || !Array.isArray(data.files)) return [];
  return data.files.filter((file) => typeof file === 'string');
}
