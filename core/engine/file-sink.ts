import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { ExportError } from '../export/pcapng-export.ts';

const blockBytes = 1 << 20;

/**
 * Writes a file under a temporary name beside its target and renames it when it is whole, so that a full disk, a
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

  constructor(target: string) {
    this.target = target;
    this.temporary = `${target}.part`;
    this.descriptor = this.attempt(() => openSync(this.temporary, 'w'));
  }

  write(bytes: Uint8Array): void {
    this.written += bytes.length;
    if (bytes.length > blockBytes - this.blockLength) this.flush();
    if (bytes.length > blockBytes) {
      this.writeAll(bytes);
      return;
    }
    this.block.set(bytes, this.blockLength);
    this.blockLength += bytes.length;
  }

  /** Puts the whole file under its name. */
  finish(): void {
    this.flush();
    this.attempt(() => {
      fsyncSync(this.descriptor);
      closeSync(this.descriptor);
      renameSync(this.temporary, this.target);
    });
  }

  /** Leaves nothing behind. */
  discard(): void {
    try {
      closeSync(this.descriptor);
    } catch {
      // Closed already, where only the renaming failed.
    }
    rmSync(this.temporary, { force: true });
  }

  private flush(): void {
    this.writeAll(this.block.subarray(0, this.blockLength));
    this.blockLength = 0;
  }

  private writeAll(bytes: Uint8Array): void {
    this.attempt(() => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
    });
  }

  private attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw new ExportError(`${basename(this.target)} was not written: ${whyNotWritten(error)}`);
    }
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
      return 'a folder has this name.';
    case 'EBUSY':
      return 'another program has a file of this name open.';
    default:
      return `${error instanceof Error ? error.message : String(error)}.`;
  }
}
