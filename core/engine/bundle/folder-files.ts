import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileName } from '../../base/file-name.ts';
import { openFile, wholeFile } from '../file-source.ts';
import { BundleOpenError, largestPart, mostEntries, type BundleEntry, type BundleFiles } from './bundle-files.ts';

/** The folder itself, and one below it: parts lie no deeper. */
const deepest = 1;

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Links are passed over: they may lead out of the folder. */
export function folderFiles(folder: string): BundleFiles {
  const entries: BundleEntry[] = [];
  const visit = (below: string, depth: number): void => {
    for (const name of namesIn(join(folder, below)).sort()) {
      const path = below === '' ? name : `${below}/${name}`;
      const status = lstatSync(join(folder, path), { throwIfNoEntry: false });
      if (status?.isDirectory() && depth < deepest) visit(path, depth + 1);
      if (!status?.isFile()) continue;
      if (entries.push({ path, size: status.size }) > mostEntries) {
        throw new BundleOpenError(
          `${fileName(folder)} is a folder of more than ${mostEntries.toLocaleString('en')} files. Open the trace in it, or the folder that a capture script has left.`,
        );
      }
    }
  };
  visit('', 0);
  return {
    name: fileName(folder),
    entries,
    unpacks: false,
    read: ({ path }) =>
      Promise.resolve().then(() => wholeFile(join(folder, path), largestPart, () => new Error('It is too large for a part.'))),
    place: ({ path }) => {
      // What cannot be opened is said now, by the name that the person knows.
      openFile(join(folder, path)).close();
      return Promise.resolve(join(folder, path));
    },
    close: () => undefined,
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new BundleOpenError(
      `The folder ${fileName(folder)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
