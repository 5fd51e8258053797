import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { ExportError } from '../export/export-error.ts';

const blockBytes = 1 << 20;

/**
 * A file on its way: written under a temporary name beside its target and renamed when it is whole, so that a full disk, a
 * cancel or a crash never leaves a half file or takes a good one away. Throws ExportError with a sentence for a person.
 */
export class FileSink {
  /** Bytes given so far. */
  written = 0;

  private readonly target: string;
  private readonly temporary: string;
  private readonly descriptor: number;
  private readonly block = new Uint8Array(blockBytes);
  private blockLength = 0;
  private isOpen = true;

  constructor(target: string) {
    this.target = target;
    this.temporary = `${target}.part`;
    this.descriptor = this.attempt(() => openSync(this.temporary, 'w'));
  }

  write(bytes: Uint8Array): void {
    this.written += bytes.length;
    if (bytes.length > blockBytes - this.blockLength) this.flush();
    if (bytes.length > blockBytes) {
      this.writeAll(bytes, null);
      return;
    }
    this.block.set(bytes, this.blockLength);
    this.blockLength += bytes.length;
  }

  /** Puts bytes in the place of others that were given before. */
  rewrite(position: number, bytes: Uint8Array): void {
    this.flush();
    this.writeAll(bytes, position);
  }

  /** Brings everything onto the disk: after this, only the name is missing. */
  complete(): void {
    this.flush();
    this.attempt(() => {
      fsyncSync(this.descriptor);
      this.isOpen = false;
      closeSync(this.descriptor);
    });
  }

  /** Puts the complete file under its name. */
  publish(): void {
    this.attempt(() => {
      renameSync(this.temporary, this.target);
    });
  }

  /** Leaves nothing behind. */
  discard(): void {
    if (this.isOpen) closeSync(this.descriptor);
    this.isOpen = false;
    rmSync(this.temporary, { force: true });
  }

  private flush(): void {
    this.writeAll(this.block.subarray(0, this.blockLength), null);
    this.blockLength = 0;
  }

  /** At `position`, or behind what was written last. */
  private writeAll(bytes: Uint8Array, position: number | null): void {
    this.attempt(() => {
      for (let done = 0; done < bytes.length;) {
        const at = position === null ? null : position + done;
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, at);
      }
    });
  }

  private attempt<Result>(work: () => Result): Result {
    return attemptWriting(basename(this.target), work);
  }
}

/** Does what may fail for reasons of the disk; failures become an ExportError that names the file and says why. */
export function attemptWriting<Result>(name: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExportError) throw error;
    throw new ExportError(`${name} was not written: ${whyNotWritten(error)}`);
  }
}

function whyNotWritten(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'its folder does not exist.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'there is no permission to write there. Choose another folder.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full. Make room, or choose another folder.';
    case 'EISDIR':
    case 'ENOTEMPTY':
      return 'a folder has this name.';
    case 'ENOTDIR':
      return 'a file has this name.';
    case 'EBUSY':
      return 'another program has a file of this name open.';
    default:
      return `${error instanceof Error ? error.message : String(error)}.`;
  }
}
