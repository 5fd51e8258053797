import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { FileReference } from './contract.ts';
import { sizeNow } from './file-size.ts';
import type { HostFile } from './host.ts';

/**
 * The table that keeps paths with the host: a page holds unguessable tokens, and only this table turns them into paths.
 * Files to read and targets to write are kept apart, so that neither token opens the other's door.
 */
export class FileTokens {
  readonly #files = new TokenTable();
  readonly #targets = new TokenTable();

  /** A file to read, or a folder that is a bundle. Rejects with a sentence for a person when it is missing or out of reach. */
  async fileOf(path: string): Promise<HostFile> {
    const size = await sizeOf(path);
    return { token: this.#files.tokenOf(path), name: basename(path), size };
  }

  /** A token for a file that may be missing by now. */
  tokenOf(path: string): FileReference {
    return this.#files.tokenOf(path);
  }

  pathOf(token: FileReference): string | undefined {
    return this.#files.pathOf(token);
  }

  forget(path: string): void {
    this.#files.forget(path);
    this.#targets.forget(path);
  }

  targetOf(path: string): FileReference {
    return this.#targets.tokenOf(path);
  }

  targetPathOf(token: FileReference): string | undefined {
    return this.#targets.pathOf(token);
  }
}

class TokenTable {
  readonly #paths = new Map<FileReference, string>();
  readonly #tokens = new Map<string, FileReference>();

  tokenOf(path: string): FileReference {
    const known = this.#tokens.get(path);
    if (known !== undefined) return known;
    const token = randomUUID();
    this.#tokens.set(path, token);
    this.#paths.set(token, path);
    return token;
  }

  pathOf(token: FileReference): string | undefined {
    return this.#paths.get(token);
  }

  forget(path: string): void {
    const token = this.#tokens.get(path);
    if (token === undefined) return;
    this.#tokens.delete(path);
    this.#paths.delete(token);
  }
}

/** Bytes; of a folder, which may be a bundle, those of the files in it. Rejects with a sentence that names no folder above it. */
async function sizeOf(path: string): Promise<number> {
  const name = basename(path);
  const size = await sizeNow(path).catch((error: unknown) => {
    throw new Error(whyOutOfReach(name, error), { cause: error });
  });
  if (size === undefined) throw new Error(`“${name}” is not a file that can be read from start to end.`);
  return size;
}

function whyOutOfReach(name: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `“${name}” is not there. It may have been moved or deleted.`;
  if (code === 'EACCES' || code === 'EPERM') return `“${name}” may not be read by this user.`;
  return `“${name}” could not be reached${typeof code === 'string' ? ` (${code})` : ''}.`;
}
