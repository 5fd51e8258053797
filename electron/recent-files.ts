import { stat } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import * as v from 'valibot';
import type { FileTokens } from '../core/engine/file-tokens.ts';
import type { RecentFile } from '../core/engine/host.ts';
import { JsonFile } from './json-file.ts';

const longestList = 10;

const entrySchema = v.object({ path: v.string(), size: v.number(), openedAt: v.number() });
const listSchema = v.array(entrySchema);
export type RecentEntry = v.InferOutput<typeof entrySchema>;

/** The traces opened last, newest first, kept in a file. */
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
    return ((await this.#file.read()) ?? []).slice(0, longestList);
  }

  /** Puts files at the top of the list. `openedAt`: Unix milliseconds. */
  async add(paths: readonly string[], openedAt: number): Promise<void> {
    const added = await Promise.all(paths.map(async (path) => ({ path, size: (await sizeOf(path)) ?? 0, openedAt })));
    await this.#change((entries) => [...added, ...entries.filter((entry) => !paths.includes(entry.path))]);
  }

  async clear(): Promise<void> {
    await this.#change(() => []);
  }

  /** One change after the other, each from what the one before has left. */
  #change(change: (entries: RecentEntry[]) => RecentEntry[]): Promise<void> {
    this.#changing = this.#changing.then(async () => {
      await this.#file.write(change(await this.entries()).slice(0, longestList));
    });
    return this.#changing;
  }

  /** For the page: tokens in the place of paths, today's sizes, and a mark on what is not there any more. */
  async list(): Promise<RecentFile[]> {
    return Promise.all(
      (await this.entries()).map(async ({ path, size, openedAt }) => {
        const sizeNow = await sizeOf(path);
        return {
          token: this.#tokens.tokenOf(path),
          name: basename(path),
          size: sizeNow ?? size,
          folder: shortFolder(dirname(path), this.#home),
          openedAt,
          missing: sizeNow === undefined,
        };
      }),
    );
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
}

/** A folder for display: the home folder becomes "~", the middle of a long one "…". */
export function shortFolder(folder: string, home: string, separator = sep): string {
  const fromHome = folder === home || folder.startsWith(home + separator) ? `~${folder.slice(home.length)}` : folder;
  const parts = fromHome.split(separator);
  if (fromHome.length <= 40 || parts.length <= 4) return fromHome;
  return [...parts.slice(0, 2), '…', ...parts.slice(-2)].join(separator);
}
