import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** More files than a bundle has are not counted. */
const mostCounted = 1000;

/**
 * Bytes of a file, or of the files in a folder (a bundle may be one); undefined for what is neither. Rejected where it is not
 * there, or out of reach.
 */
export async function sizeNow(path: string): Promise<number | undefined> {
  const found = await stat(path);
  if (found.isFile()) return found.size;
  return found.isDirectory() ? await sizeOfFiles(path) : undefined;
}

async function sizeOfFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).slice(0, mostCounted);
  const sizes = await Promise.all(files.map(({ name }) => stat(join(folder, name)).then(({ size }) => size)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
