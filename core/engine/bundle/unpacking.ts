import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleOpenError } from './bundle-files.ts';

const prefix = 'hopscope-unpacked-';
/** Bytes that unpacking leaves free for everybody else. */
const leftFree = 256 << 20;

/** A folder of this process for what is unpacked. Folders of processes that are gone are removed before. */
export function unpackingFolder(parent = tmpdir()): string {
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isInteger(owner) && !isAlive(owner)) rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // Of somebody else: alive, and not ours to remove.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

/** Throws a BundleOpenError where so many bytes have no room. */
export async function checkRoom(folder: string, bytes: number, name: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + leftFree <= free) return;
  const gigabytes = (value: number): string => `${(value / 2 ** 30).toFixed(1)} GB`;
  throw new BundleOpenError(
    `${name} says that its traces have ${gigabytes(bytes)} unpacked, and ${folder} has ${gigabytes(free)} free. Make room, or unpack it elsewhere and open the folder.`,
  );
}
