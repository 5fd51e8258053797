import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';

/**
 * A small settings file. Reading never fails: what is missing or damaged counts as absent. Writing replaces the file in
 * one step, so that a crash leaves the old one or the new one.
 */
export class JsonFile<const Schema extends v.GenericSchema> {
  readonly #path: string;
  readonly #schema: Schema;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, schema: Schema) {
    this.#path = path;
    this.#schema = schema;
  }

  async read(): Promise<v.InferOutput<Schema> | undefined> {
    await this.#writing;
    try {
      const parsed = v.safeParse(this.#schema, JSON.parse(await readFile(this.#path, 'utf8')));
      return parsed.success ? parsed.output : undefined;
    } catch {
      return undefined;
    }
  }

  /** Writes follow each other in the order of the calls. A failure is silent: these files are a convenience. */
  write(value: v.InferInput<Schema>): Promise<void> {
    this.#writing = this.#writing.then(() => replaceFile(this.#path, `${JSON.stringify(value, null, 2)}\n`));
    return this.#writing;
  }

  /** Resolves when nothing is being written. */
  written(): Promise<void> {
    return this.#writing;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
