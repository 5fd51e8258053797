import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileTokens } from '../../core/engine/file-tokens.ts';
import type { ExportTarget, HostFile } from '../../core/engine/host.ts';
import { safeFileName } from './file-names.ts';

/** The temporary folder for what a browser sends and fetches: uploaded traces and exports on their way. */
export class DropBox {
  readonly folder: string;
  readonly #tokens: FileTokens;
  readonly #paths = new Set<string>();

  private constructor(folder: string, tokens: FileTokens) {
    this.folder = folder;
    this.#tokens = tokens;
  }

  static async create(tokens: FileTokens): Promise<DropBox> {
    return new DropBox(await mkdtemp(join(tmpdir(), 'hopscope-')), tokens);
  }

  /** Stores what is sent, under a folder of its own so that the name can stay. Leaves nothing when it is broken off. */
  async receive(name: string, bytes: Readable): Promise<HostFile> {
    const path = await this.#newPath(safeFileName(name, 'trace.etl'));
    try {
      await pipeline(bytes, createWriteStream(path, { flags: 'wx' }));
      return await this.#tokens.fileOf(path);
    } catch (error) {
      await this.#remove(path);
      throw error;
    }
  }

  /** A file that the engine is to write and the browser to fetch. */
  async newTarget(name: string): Promise<ExportTarget> {
    const safeName = safeFileName(name, 'export.pcapng');
    return { target: this.#tokens.targetOf(await this.#newPath(safeName)), name: safeName };
  }

  /** Removes everything received and exported so far: nobody is there to use it any more. */
  async empty(): Promise<void> {
    await Promise.all([...this.#paths].map((path) => this.#remove(path)));
  }

  async close(): Promise<void> {
    for (const path of this.#paths) this.#tokens.forget(path);
    this.#paths.clear();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** For the very end of the process, when nothing can be waited for. */
  closeNow(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #newPath(name: string): Promise<string> {
    const folder = join(this.folder, randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    this.#paths.add(path);
    return path;
  }

  async #remove(path: string): Promise<void> {
    this.#paths.delete(path);
    this.#tokens.forget(path);
    await rm(join(path, '..'), { recursive: true, force: true, maxRetries: 3 });
  }
}
