import * as v from 'valibot';
import type { SchemaShelf } from '../schema-shelf.ts';
import { limits } from '../validate.ts';
import type { EventPlace } from './event-places.ts';

/** What a person said of one event of a file. */
export interface KeptNote extends Pick<EventPlace, 'buffer' | 'offset'> {
  /** FILETIME by the file's own clock, without any shift: an event that has another is not the one that was meant. */
  readonly filetime: bigint;
  readonly marked: boolean;
  readonly comment: string;
}

/** Notes of one file, by `noteKey`. */
export type FileNotes = ReadonlyMap<string, KeptNote>;

export interface NotesRead {
  readonly notes: FileNotes;
  /** What could not be read, in sentences. */
  readonly problems: readonly string[];
}

/** More than anybody makes by hand; a file of notes stays readable at once. */
export const mostNotes = 200_000;

const damagedEnding = '.damaged';
const format = 'hopscope-notes';
const version = 1;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const envelope = v.object({ format: v.literal(format), version: v.number(), notes: v.array(v.unknown()) });
const noteShape = v.object({
  buffer: whole,
  offset: whole,
  filetime: v.pipe(v.string(), v.regex(/^-?\d{1,20}$/)),
  marked: v.boolean(),
  comment: v.pipe(v.string(), v.maxLength(limits.comment)),
});

export function noteKey({ buffer, offset }: Pick<EventPlace, 'buffer' | 'offset'>): string {
  return `${buffer}/${offset}`;
}

/**
 * Notes in the person's data folder, a text for each trace file by its fingerprint: so they are found again wherever the
 * file is moved, and whatever other files it is read together with.
 */
export class KeptNotes {
  private readonly shelf: SchemaShelf;
  /** What was read or written last of each file: mostly it is still the same, and parsing it is what takes time. */
  private readonly latest = new Map<string, NotesRead & { readonly text: string }>();

  constructor(shelf: SchemaShelf) {
    this.shelf = shelf;
  }

  /** A text that is damaged costs what is damaged of it, and is told of. */
  read(fingerprint: string): NotesRead {
    if (!this.shelf.names().includes(fingerprint)) return { notes: new Map(), problems: [] };
    try {
      const text = this.shelf.read(fingerprint);
      const latest = this.latest.get(fingerprint);
      if (latest?.text === text) return latest;
      const read = notesIn(text);
      this.latest.set(fingerprint, { ...read, text });
      return read;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { notes: new Map(), problems: [`The kept notes cannot be read: ${reason}.`] };
    }
  }

  /**
   * Changes what is kept now, which another window may have changed since it was read. What could not be read is put aside
   * first. Throws when the folder cannot be written; nothing is lost then.
   */
  change(fingerprint: string, file: string, change: (notes: Map<string, KeptNote>) => void): FileNotes {
    const { notes: before, problems } = this.read(fingerprint);
    const notes = new Map(before);
    change(notes);
    if (problems.length > 0) this.putAside(fingerprint);
    const text = textOf(file, notes);
    if (notes.size === 0) this.shelf.remove(fingerprint);
    else this.shelf.write(fingerprint, text);
    this.latest.set(fingerprint, { notes, problems: [], text });
    return notes;
  }

  /** Of how many files notes are kept. */
  count(): number {
    return this.shelf.names().filter((name) => !name.endsWith(damagedEnding)).length;
  }

  /** Also what was put aside. Throws when the folder cannot be written. */
  forgetAll(): void {
    for (const name of this.shelf.names()) this.shelf.remove(name);
    this.latest.clear();
  }

  private putAside(fingerprint: string): void {
    try {
      this.shelf.write(fingerprint + damagedEnding, this.shelf.read(fingerprint));
    } catch {
      // What cannot even be read cannot be kept.
    }
  }
}

function textOf(file: string, notes: FileNotes): string {
  const listed = [...notes.values()].map((note) => ({ ...note, filetime: String(note.filetime) }));
  return `${JSON.stringify({ format, version, file, notes: listed })}\n`;
}

/** Throws when the text holds no notes at all. */
function notesIn(text: string): NotesRead {
  const read = v.safeParse(envelope, JSON.parse(text));
  if (!read.success) throw new Error('the file is no file of notes');
  if (read.output.version > version) throw new Error('a newer version of Hopscope wrote the file');
  const notes = new Map<string, KeptNote>();
  const items = read.output.notes.slice(0, mostNotes);
  let damaged = 0;
  for (const item of items) {
    const note = v.safeParse(noteShape, item);
    if (note.success) notes.set(noteKey(note.output), { ...note.output, filetime: BigInt(note.output.filetime) });
    else damaged++;
  }
  const more = read.output.notes.length - items.length;
  return {
    notes,
    problems: [
      ...(damaged > 0 ? [`${countOf(damaged)} of the kept notes cannot be read and ${areOf(damaged)} left out.`] : []),
      ...(more > 0 ? [`The last ${countOf(more)} of the kept notes ${areOf(more)} left out: there are too many.`] : []),
    ],
  };
}

function countOf(count: number): string {
  return count.toLocaleString('en');
}

function areOf(count: number): string {
  return count === 1 ? 'is' : 'are';
}
