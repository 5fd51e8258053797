import { basename } from 'node:path';
import * as v from 'valibot';
import type { FileTokens } from '../core/engine/file-tokens.ts';
import type { HostFile, KeptWorkspace } from '../core/engine/host.ts';
import { sizeNow } from './file-size.ts';
import { JsonFile } from './json-file.ts';

const workspaceSchema = v.object({
  traces: v.array(v.object({ files: v.array(v.object({ path: v.string(), size: v.number() })) })),
  state: v.string(),
});
type Workspace = v.InferOutput<typeof workspaceSchema>;

/**
 * What was open, kept in a file for the next start: paths, and the page's own text. A page tells often; the file is
 * written at most once in `writeEvery` milliseconds, and by `flush`.
 */
export class WorkspaceFile {
  readonly #file: JsonFile<typeof workspaceSchema>;
  readonly #tokens: FileTokens;
  readonly #writeEvery: number;
  /** Told by a page, and not yet on its way to the disk. */
  #waiting: Workspace | undefined;
  #timer: NodeJS.Timeout | undefined;
  #keptByThisWindow = false;

  constructor(options: { path: string; tokens: FileTokens; writeEvery?: number }) {
    this.#file = new JsonFile(options.path, workspaceSchema);
    this.#tokens = options.tokens;
    this.#writeEvery = options.writeEvery ?? 1000;
  }

  /** True once a page of the window that is open now has told what it shows: loaded again, it goes on with that. */
  get keptByThisWindow(): boolean {
    return this.#keptByThisWindow;
  }

  /** The window is closed: the next one starts with what this one has left. */
  startAfresh(): void {
    this.#keptByThisWindow = false;
  }

  /** Rejects, and keeps what it had, when a file is none that this host has given out. */
  async keep(workspace: KeptWorkspace): Promise<void> {
    this.#waiting = {
      traces: workspace.traces.map(({ files }) => ({ files: files.map((file) => this.#withPath(file)) })),
      state: workspace.state,
    };
    this.#keptByThisWindow = true;
    if (this.#timer !== undefined) return;
    this.#rest();
    await this.#write();
  }

  /** What was kept last, with tokens in the place of paths; null when nothing was. */
  async last(): Promise<KeptWorkspace | null> {
    const workspace = this.#waiting ?? (await this.#file.read());
    if (!workspace) return null;
    const traces = await Promise.all(workspace.traces.map(({ files }) => this.#traceOf(files)));
    return { traces, state: workspace.state };
  }

  /** Resolves when everything that pages have told is on the disk. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#write();
    await this.#file.written();
  }

  /** What is told in the meantime is written at its end, and another rest begins. */
  #rest(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#waiting) return;
      this.#rest();
      void this.#write();
    }, this.#writeEvery);
  }

  #write(): Promise<void> {
    const workspace = this.#waiting;
    this.#waiting = undefined;
    return workspace ? this.#file.write(workspace) : Promise.resolve();
  }

  #withPath({ token, name, size }: HostFile): { path: string; size: number } {
    const path = this.#tokens.pathOf(token);
    if (path === undefined) throw new Error(`The host does not know the file “${name}”.`);
    return { path, size };
  }

  async #traceOf(files: Workspace['traces'][number]['files']): Promise<KeptWorkspace['traces'][number]> {
    const sizes = await Promise.all(files.map(({ path }) => sizeNow(path)));
    return {
      files: files.map(({ path, size }, index) => ({
        token: this.#tokens.tokenOf(path),
        name: basename(path),
        size: sizes[index] ?? size,
      })),
      missing: sizes.includes(undefined),
    };
  }
}
