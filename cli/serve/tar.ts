import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file on its way into an archive. */
export interface ArchivedFile {
  readonly path: string;
  /** Inside the archive, with `/` between folders. */
  readonly name: string;
  readonly size: number;
}

const blockSize = 512;

/** All files of a folder and the folders in it, by their names. */
export async function filesIn(folder: string): Promise<ArchivedFile[]> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path);
      return found.isFile() ? [{ path, name: name.replaceAll('\\', '/'), size: found.size }] : [];
    }),
  );
  return files.flat();
}

/** Length of the archive of these files. */
export function archiveLength(files: readonly ArchivedFile[]): number {
  return files.reduce((sum, { size }) => sum + blockSize + roundedUp(size), 2 * blockSize);
}

/** The files as a tar archive (POSIX.1-1988, ustar), which has room for 155 bytes of folders and 100 of a file's name. */
export async function* archive(files: readonly ArchivedFile[]): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield header(file);
    if (file.size > 0) yield* createReadStream(file.path, { end: file.size - 1 }) as AsyncIterable<Uint8Array>;
    yield new Uint8Array(roundedUp(file.size) - file.size);
  }
  yield new Uint8Array(2 * blockSize);
}

function header({ name, size }: ArchivedFile): Uint8Array {
  const block = Buffer.alloc(blockSize);
  const { folder, base } = splitPath(name);
  block.write(base, 0, 100, 'utf8');
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  putSize(block, size);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(folder, 345, 155, 'utf8');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function splitPath(name: string): { folder: string; base: string } {
  const slash = name.lastIndexOf('/');
  return { folder: name.slice(0, Math.max(0, slash)), base: name.slice(slash + 1) };
}

/** Eleven octal digits; beyond 8 GiB the number itself with its highest bit set, as GNU tar writes it and all read it. */
function putSize(block: Buffer, size: number): void {
  const digits = size.toString(8);
  if (digits.length <= 11) {
    block.write(`${digits.padStart(11, '0')}\0`, 124);
    return;
  }
  block.writeUInt8(0x80, 124);
  block.writeBigUInt64BE(BigInt(size), 128);
}

function roundedUp(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}
