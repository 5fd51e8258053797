import { basename, dirname, sep } from 'node:path';
import * as v from 'valibot';
import type { FileReference } from '../core/engine/contract.ts';
import type { FileTokens } from '../core/engine/file-tokens.ts';
import type { RecentFile } from '../core/engine/host.ts';
import { sizeNow } from './file-size.ts';
import { JsonFile } from './json-file.ts';

/** Beside those that the person has pinned. */
const longestList = 10;
const mostPinned = 30;

const entrySchema = v.object({
  path: v.string(),
  size: v.number(),
  openedAt: v.number(),
  pinned: v.optional(v.boolean(), false),
});
const listSchema = v.array(entrySchema);
export type RecentEntry = v.InferOutput<typeof entrySchema>;

/** The traces opened last, kept in a file: pinned ones first, each part newest first. */
export class RecentFiles {
  readonly #file: JsonFile<typeof listSchema>;
  readonly #tokens: FileTokens;
  readonly #home: string;
  #changing: Promise<void> = Promise.resolve();

  constructor(options: { path: string; tokens: FileTokens; home: string }) {
    this.#file = new JsonFile(options.path, listSchema);
    this.#tokens = options.tokens;
    this.#home = options.home;
  }

  async entries(): Promise<RecentEntry[]> {
    return arranged((await this.#file.read()) ?? []);
  }

  /** Puts files at the top of the list; what is pinned stays so. `openedAt`: Unix milliseconds. */
  async add(paths: readonly string[], openedAt: number): Promise<void> {
    const sizes = await Promise.all(paths.map(sizeNow));
    await this.#change((entries) => {
      const isPinned = (path: string): boolean => entries.some((entry) => entry.path === path && entry.pinned);
      const added = paths.map((path, index) => ({ path, size: sizes[index] ?? 0, openedAt, pinned: isPinned(path) }));
      return [...added, ...entries.filter((entry) => !paths.includes(entry.path))];
    });
  }

  /** Takes one file from the list, or with null all, pinned ones too: then nothing tells any more what was opened. */
  async forget(token: FileReference | null): Promise<void> {
    if (token === null) return this.#change(() => []);
    const path = this.#pathOf(token);
    return this.#change((entries) => entries.filter((entry) => entry.path !== path));
  }

  async pin(token: FileReference, pinned: boolean): Promise<void> {
    const path = this.#pathOf(token);
    await this.#change((entries) => entries.map((entry) => (entry.path === path ? { ...entry, pinned } : entry)));
  }

  /** One change after the other, each from what the one before has left. */
  #change(change: (entries: RecentEntry[]) => RecentEntry[]): Promise<void> {
    const changed = this.#changing.then(async () => {
      await this.#file.write(arranged(change(await this.entries())));
    });
    this.#changing = changed;
    return changed;
  }

  #pathOf(token: FileReference): string {
    const path = this.#tokens.pathOf(token);
    if (path === undefined) throw new Error('The host does not know this file.');
    return path;
  }

  /** For the page: tokens in the place of paths, today's sizes, and a mark on what is not there any more. */
  async list(): Promise<RecentFile[]> {
    return Promise.all(
      (await this.entries()).map(async ({ path, size, openedAt, pinned }) => {
        const now = await sizeNow(path);
        return {
          token: this.#tokens.tokenOf(path),
          name: basename(path),
          size: now ?? size,
          folder: shortFolder(dirname(path), this.#home),
          openedAt,
          missing: now === undefined,
          pinned,
        };
      }),
    );
  }
}

function arranged(entries: readonly RecentEntry[]): RecentEntry[] {
  const newestFirst = entries.toSorted((a, b) => b.openedAt - a.openedAt);
  return [
    ...newestFirst.filter(({ pinned }) => pinned).slice(0, mostPinned),
    ...newestFirst.filter(({ pinned }) => !pinned).slice(0, longestList),
  ];
}

/** A folder for display: the home folder becomes "~", the middle of a long one "…". */
export function shortFolder(folder: string, home: string, separator = sep): string {
  const fromHome = folder === home || folder.startsWith(home + separator) ? `~${folder.slice(home.length)}` : folder;
  const parts = fromHome.split(separator);
  if (fromHome.length <= 40 || parts.length <= 4) return fromHome;
  return [...parts.slice(0, 2), '…', ...parts.slice(-2)].join(separator);
}
