import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ExportError } from '../export/export-error.ts';
import { attemptWriting, FileSink } from './file-sink.ts';

/** The files of one export: all of them appear under their names, or none does and what stood there is left alone. */
export interface ExportFiles {
  /** A new file, by its name without a folder, or by its path inside the export's own folder. */
  create(name: string): FileSink;
  finish(): void;
  /** Leaves nothing behind. */
  discard(): void;
}

/** Runs `write`, then puts the files it wrote under their names; leaves none when it fails. */
export async function writingFiles<Result>(files: ExportFiles, write: () => Promise<Result>): Promise<Result> {
  try {
    const result = await write();
    files.finish();
    return result;
  } catch (error) {
    files.discard();
    throw error;
  }
}

/** Files in the folder of the target. */
export class FilesBeside implements ExportFiles {
  private readonly folder: string;
  private readonly sinks: FileSink[] = [];

  constructor(target: string) {
    this.folder = dirname(target);
  }

  create(name: string): FileSink {
    const sink = new FileSink(join(this.folder, name));
    this.sinks.push(sink);
    return sink;
  }

  finish(): void {
    for (const sink of this.sinks) sink.complete();
    for (const sink of this.sinks) sink.publish();
  }

  discard(): void {
    for (const sink of this.sinks) sink.discard();
  }
}

/**
 * Files in a folder that has the target's name: a table in parts. A folder of an earlier export is replaced; any other is
 * somebody else's, and left alone.
 */
export class FilesInFolder implements ExportFiles {
  private readonly target: string;
  private readonly temporary: string;
  private readonly sinks: FileSink[] = [];

  constructor(target: string) {
    this.target = target;
    this.temporary = `${target}.part`;
    if (!isReplaceable(target)) {
      throw new ExportError(`${basename(target)} was not written: a folder of this name holds other files.`);
    }
    rmSync(this.temporary, { recursive: true, force: true });
    attemptWriting(basename(target), () => {
      mkdirSync(this.temporary);
    });
  }

  create(name: string): FileSink {
    const path = join(this.temporary, name);
    attemptWriting(basename(this.target), () => mkdirSync(dirname(path), { recursive: true }));
    const sink = new FileSink(path);
    this.sinks.push(sink);
    return sink;
  }

  finish(): void {
    for (const sink of this.sinks) sink.complete();
    for (const sink of this.sinks) sink.publish();
    attemptWriting(basename(this.target), () => {
      this.replaceTarget();
    });
  }

  discard(): void {
    for (const sink of this.sinks) sink.discard();
    rmSync(this.temporary, { recursive: true, force: true });
  }

  /** No system renames a folder onto another: the former one steps aside, and comes back when that fails. */
  private replaceTarget(): void {
    const { target, temporary } = this;
    if (!existsSync(target)) {
      renameSync(temporary, target);
      return;
    }
    const former = `${target}.former`;
    renameSync(target, former);
    try {
      renameSync(temporary, target);
    } catch (error) {
      renameSync(former, target);
      throw error;
    }
    rmSync(former, { recursive: true, force: true });
  }
}

/** Nothing, a file, or a folder that holds nothing but parts of a table. */
function isReplaceable(target: string): boolean {
  if (!existsSync(target) || !statSync(target).isDirectory()) return true;
  return readdirSync(target).every((name) => name.startsWith('trace='));
}
