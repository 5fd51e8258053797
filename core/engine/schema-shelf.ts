import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where catalogs of layouts are kept, each a text under a name. */
export interface SchemaShelf {
  names(): string[];
  /** Throws when it cannot be read. */
  read(name: string): string;
  write(name: string, text: string): void;
  remove(name: string): void;
}

const ending = '.json';
/** The largest provider of Windows has less than a tenth of it. */
const longestCatalog = 64 << 20;

/** One file a catalog, in a folder that is made when the first comes. */
export function folderShelf(folder: string): SchemaShelf {
  const pathOf = (name: string): string => join(folder, `${name}${ending}`);
  return {
    names() {
      try {
        return readdirSync(folder)
          .filter((file) => file.endsWith(ending))
          .map((file) => file.slice(0, -ending.length))
          .sort();
      } catch {
        return [];
      }
    },
    read(name) {
      const { size } = statSync(pathOf(name));
      if (size > longestCatalog) throw new Error(`it has ${size} bytes, more than any catalog`);
      return readFileSync(pathOf(name), 'utf8');
    },
    write(name, text) {
      mkdirSync(folder, { recursive: true });
      // Several windows and programs may write at once: each its own file, and the last one stays, whole.
      const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
      try {
        writeFileSync(temporary, text);
        renameSync(temporary, pathOf(name));
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
    },
    remove(name) {
      rmSync(pathOf(name), { force: true });
    },
  };
}

/** Kept for this run only. */
export function memoryShelf(): SchemaShelf {
  const texts = new Map<string, string>();
  return {
    names: () => [...texts.keys()].sort(),
    read(name) {
      const text = texts.get(name);
      if (text === undefined) throw new Error('it is not there');
      return text;
    },
    write(name, text) {
      texts.set(name, text);
    },
    remove(name) {
      texts.delete(name);
    },
  };
}
