import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fileName } from '../base/file-name.ts';
import { readFully, type ByteSource } from '../base/byte-source.ts';
import { folderText, whyNotOpened, whyNotRead } from './file-trouble.ts';

/** A file opened for reading only. */
export interface FileSource extends ByteSource {
  close(): void;
}

/** A file that cannot be opened or read, with the reason and the way out in words. */
export class FileOpenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OpenError';
  }
}

/** Opens a file. Throws FileOpenError with a sentence for a person; so does reading, when the file is out of reach by then. */
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
    throw new FileOpenError(
      status.isDirectory() ? folderText(path) : `${fileName(path)} is not a file that can be read from start to end.`,
    );
  }
  return {
    size: status.size,
    read: (position, target, offset, length) => {
      try {
        return readSync(descriptor, target, offset, length, position);
      } catch (error) {
        throw new FileOpenError(whyNotRead(path, position, error));
      }
    },
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
