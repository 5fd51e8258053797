import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import * as v from 'valibot';
import { fileName } from '../../base/file-name.ts';
import type { BookSource } from '../../names/name-source.ts';
import { NamesError, type NamedThing, type NamesRead } from '../../names/named-thing.ts';
import { readNameBook, writeNameBook } from '../../names/reading/name-book-file.ts';
import { readNames } from '../../names/reading/read-names.ts';
import { wholeFile } from '../file-source.ts';
import { isCabinetFile, readReportNames } from './netsh-report.ts';
import type { SchemaShelf } from '../schema-shelf.ts';
import type { TraceInput } from '../trace-session.ts';

/** A name that a person gave to something of a trace. */
export interface HandName {
  /** ShownThing.id, or that of an import's thing. */
  readonly subject: string;
  readonly thing: NamedThing;
}

/** What is kept of one trace's names. */
export interface KeptTrace {
  readonly imports: readonly BookSource[];
  readonly hand: readonly HandName[];
  /** Shared books beside the trace that the person does not want: their ids. */
  readonly forgotten: readonly string[];
}

export const nothingKept: KeptTrace = { imports: [], hand: [], forgotten: [] };

const format = 'hopscope-trace-names';
const version = 1;
/** Outputs of commands; the readers take no more either. */
const largestFile = 64 << 20;

const texts = v.array(v.string());
const keptShape = v.object({
  format: v.literal(format),
  version: v.literal(version),
  imports: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      contents: texts,
      notes: texts,
      addedAt: v.number(),
      book: v.unknown(),
    }),
  ),
  hand: v.array(v.object({ subject: v.string(), book: v.unknown() })),
  forgotten: texts,
});

/** Names that were given to traces, kept in the person's data folder: a trace is known again wherever it lies. */
export class KeptNames {
  private readonly shelf: SchemaShelf;
  /** Where to look for what `shelf` does not have; nothing is written there. */
  private readonly others: readonly SchemaShelf[];
  readonly now: () => number;

  /** `now`: Unix milliseconds. */
  constructor(shelf: SchemaShelf, others: readonly SchemaShelf[] = [], now: () => number = Date.now) {
    this.shelf = shelf;
    this.others = others;
    this.now = now;
  }

  /** What was kept of a trace. A file that cannot be read counts as nothing: names can be imported again. */
  read(fingerprint: string): KeptTrace {
    for (const shelf of [this.shelf, ...this.others]) {
      try {
        return fromText(shelf.read(fingerprint)) ?? nothingKept;
      } catch {
        // Not on this shelf, or not readable there.
      }
    }
    return nothingKept;
  }

  /** Of how many traces names are kept. */
  count(): number {
    return this.shelf.names().length;
  }

  /** Throws when the folder cannot be written. */
  forgetAll(): void {
    for (const fingerprint of this.shelf.names()) this.shelf.remove(fingerprint);
  }

  /** Throws when the folder cannot be written. */
  write(fingerprint: string, kept: KeptTrace): void {
    const isEmpty = kept.imports.length + kept.hand.length + kept.forgotten.length === 0;
    if (isEmpty && this.others.length === 0) this.shelf.remove(fingerprint);
    else this.shelf.write(fingerprint, toText(kept));
  }
}

function toText({ imports, hand, forgotten }: KeptTrace): string {
  const book = (things: readonly NamedThing[]): unknown => JSON.parse(writeNameBook(things));
  return `${JSON.stringify({
    format,
    version,
    imports: imports.map(({ id, title, contents, notes, addedAt, things }) => ({
      ...{ id, title, contents, notes, addedAt },
      book: book(things),
    })),
    hand: hand.map(({ subject, thing }) => ({ subject, book: book([thing]) })),
    forgotten,
  })}\n`;
}

function fromText(text: string): KeptTrace | undefined {
  const kept = v.safeParse(keptShape, JSON.parse(text));
  if (!kept.success) return undefined;
  const { imports, hand, forgotten } = kept.output;
  return {
    imports: imports.map(({ book, ...source }) => ({
      ...source,
      kind: 'import',
      things: readNameBook(book)?.things ?? [],
    })),
    hand: hand.flatMap(({ subject, book }) =>
      (readNameBook(book)?.things ?? []).slice(0, 1).map((thing) => ({ subject, thing })),
    ),
    forgotten,
  };
}

/** The names in a file. Throws a NamesError that says why there are none, or FileOpenError. */
export function readNamesFile(path: string): NamesRead {
  if (isCabinetFile(path)) return readReportNames(path);
  const bytes = wholeFile(
    path,
    largestFile,
    (size) =>
      new NamesError(`It has ${size.toLocaleString('en')} bytes, more than any output of names. It was not read.`),
  );
  return readNames(bytes, fileName(path));
}

/** The book that stands beside a file of the trace: `host.names.json` or `host.etl.names.json`. */
export function booksBeside(inputs: readonly TraceInput[]): BookSource[] {
  const paths = inputs.flatMap(({ path }) => [
    `${path.slice(0, path.length - extname(path).length)}.names.json`,
    `${path}.names.json`,
  ]);
  return [...new Set(paths)].filter((path) => existsSync(path)).map(bookOf);
}

/** A book that cannot be read is told of, with the reason. */
function bookOf(path: string): BookSource {
  const title = fileName(path);
  const source = { id: `book ${title}`, kind: 'book', title, addedAt: 0 } as const;
  try {
    return { ...source, ...readNamesFile(path) };
  } catch (error) {
    const notes = [`It cannot be read: ${error instanceof Error ? error.message : String(error)}`];
    return { ...source, contents: [], notes, things: [] };
  }
}

/** A file's import takes the place of what that file brought before; a pasted text that of the same text. */
export function importSource(
  title: string,
  isFile: boolean,
  { contents, things, notes }: NamesRead,
  addedAt: number,
): BookSource {
  const told = isFile ? title : JSON.stringify(things);
  const id = `import ${createHash('sha256').update(told).digest('hex').slice(0, 12)}`;
  return { id, kind: 'import', title, contents, notes, things, addedAt };
}
