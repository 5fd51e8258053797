import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

const blockBytes = 1 << 20;

/**
 * Writes a file under a temporary name beside its target and renames it when it is whole, so that a full disk, a
 * cancel or a crash never leaves a half file or takes a good one away.
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
    this.descriptor = openSync(this.temporary, 'w');
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
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
    renameSync(this.temporary, this.target);
  }

  /** Leaves nothing behind. */
  discard(): void {
    closeSync(this.descriptor);
    rmSync(this.temporary, { force: true });
  }

  private flush(): void {
    this.writeAll(this.block.subarray(0, this.blockLength));
    this.blockLength = 0;
  }

  private writeAll(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
  }
}
