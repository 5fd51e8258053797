import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFully, type ByteSource } from '../base/byte-source.ts';

/** A file opened for reading only. */
export interface FileSource extends ByteSource {
  close(): void;
}

/** A file that cannot be opened, with the reason and the way out in words. */
export class FileOpenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OpenError';
  }
}

/** Opens a file. Throws FileOpenError with a sentence for a person. */
export function openFile(path: string): FileSource {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    throw new FileOpenError(whyNotOpened(path, error));
  }
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    throw new FileOpenError(status.isDirectory() ? folderText(path) : `${path} is not a regular file.`);
  }
  return {
    size: status.size,
    read: (position, target, offset, length) => readSync(descriptor, target, offset, length, position),
    close: () => {
      closeSync(descriptor);
    },
  };
}

/** All bytes of a file that is small by nature. `tooLarge` is thrown for one that has more than `most` bytes. */
export function wholeFile(path: string, most: number, tooLarge: (size: number) => Error): Uint8Array {
  const source = openFile(path);
  try {
    if (source.size > most) throw tooLarge(source.size);
    const bytes = new Uint8Array(source.size);
    return bytes.subarray(0, readFully(source, 0, bytes, 0, bytes.length));
  } finally {
    source.close();
  }
}

function folderText(path: string): string {
  return `${path} is a folder. Name the trace file inside it.`;
}

function whyNotOpened(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return `There is no file ${path}.`;
    case 'EACCES':
    case 'EPERM':
      return `No permission to read ${path}. Traces are often written by an administrator: copy the file or change its permissions.`;
    case 'EBUSY':
      return `${path} is in use by another program. Stop the capture first (netsh trace stop, pktmon stop), then open it again.`;
    case 'EISDIR':
      return folderText(path);
    default:
      return `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
