import { fileName } from '../../base/file-name.ts';
import { ExportError } from '../../export/export-error.ts';
import { rowOf } from '../../trace/order.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import { badRequest } from '../engine-errors.ts';
import type { Contract, Note, NoteBook, Row } from '../contract.ts';
import { attemptWriting } from '../file-sink.ts';
import { fileFingerprint } from '../file-fingerprint.ts';
import { buildRow, rowTime, type RowSource } from '../row-builder.ts';
import { inFileOrder } from '../text-rows.ts';
import type { OrderedTrace, TraceInput, TraceSession } from '../trace-session.ts';
import { EventFinder, placeOfEvent } from './event-places.ts';
import { mostNotes, noteKey, type FileNotes, type KeptNote, type KeptNotes } from './kept-notes.ts';

/** Rows that are decoded before others get their turn. */
const rowsAtOnce = 256;

/** One file's notes, the same object for all traces that the file is read in. */
interface NotedFile {
  readonly fingerprint: string;
  notes: FileNotes;
  problems: readonly string[];
}

type RowNote = Pick<Row, 'marked' | 'comment'>;

interface FoundNotes {
  readonly byRow: ReadonlyMap<number, RowNote>;
  /** Of each input: notes whose events are not there. */
  readonly lost: readonly number[];
}

/** A person's marks and comments: what the contract's calls about notes do, and what rows, views and exports ask. */
export class NoteDesk {
  private readonly kept: KeptNotes;
  private readonly files = new Map<string, NotedFile>();
  private readonly inputs = new WeakMap<TraceSession, readonly NotedFile[]>();
  private readonly finders = new WeakMap<TraceColumns, EventFinder>();
  private readonly found = new WeakMap<OrderedTrace, { of: readonly FileNotes[]; notes: FoundNotes }>();
  private readonly summaries = new WeakMap<OrderedTrace, KnownSummaries>();

  constructor(kept: KeptNotes) {
    this.kept = kept;
  }

  /**
   * What was kept of a trace's files is there as soon as it is opened. `before`: the same files opened before; notes on one
   * that has grown since come along, because what it held is still where it was.
   */
  recall(session: TraceSession, before?: TraceSession): void {
    this.inputs.set(
      session,
      session.inputs.map((input, number) => {
        const file = this.fileOf(input);
        const earlier = before?.inputs.at(number);
        const isNew = file.notes.size === 0 && file.problems.length === 0;
        if (isNew && before && earlier?.header.clock.startTime === input.header.clock.startTime)
          this.carryOver(this.filesOf(before)[number], file, fileName(input.path));
        return file;
      }),
    );
  }

  private fileOf(input: TraceInput): NotedFile {
    const fingerprint = fileFingerprint(input);
    const file = this.files.get(fingerprint) ?? { fingerprint, notes: new Map(), problems: [] };
    Object.assign(file, this.kept.read(fingerprint));
    this.files.set(fingerprint, file);
    return file;
  }

  private carryOver(from: NotedFile, to: NotedFile, name: string): void {
    if (from === to || from.notes.size === 0) return;
    to.notes = from.notes;
    try {
      this.kept.change(to.fingerprint, name, (notes) => {
        for (const [key, note] of from.notes) notes.set(key, note);
      });
    } catch {
      // They hold for as long as the trace is open; the person's next change tells.
    }
  }

  /** Says what was noted of an event; undefined when nothing was noted of any, so that rows need not ask. */
  notesOf(session: TraceSession, columns: TraceColumns): ((event: number) => RowNote) | undefined {
    const files = this.filesOf(session);
    if (files.every(({ notes }) => notes.size === 0)) return undefined;
    return (event) => {
      const place = placeOfEvent(columns, event);
      const note = files[place.input].notes.get(noteKey(place));
      if (!note || !isOf(note, columns, event, place.input)) return nothingNoted;
      // A row is not told where its note is kept: JSON, which the web host speaks, has no bigint.
      return { marked: note.marked, comment: note.comment };
    };
  }

  /** Rows that bear a mark, ascending. `ordered` covers the whole trace. */
  markedRows(session: TraceSession, ordered: OrderedTrace): Uint32Array {
    const { byRow } = this.foundIn(session, ordered);
    return Uint32Array.from([...byRow].filter(([, { marked }]) => marked).map(([row]) => row)).sort();
  }

  /** Comments by row. `ordered` covers the whole trace. */
  comments(session: TraceSession, ordered: OrderedTrace): ReadonlyMap<number, string> {
    const { byRow } = this.foundIn(session, ordered);
    return new Map([...byRow].filter(([, { comment }]) => comment !== '').map(([row, { comment }]) => [row, comment]));
  }

  /** All notes of a trace. `source` builds the rows of `ordered`, which covers the whole trace. */
  async list(session: TraceSession, ordered: OrderedTrace, source: RowSource): Promise<NoteBook> {
    const { byRow, lost } = this.foundIn(session, ordered);
    const rows = Uint32Array.from(byRow.keys()).sort();
    const summaries = await this.summariesOf(ordered, source, rows);
    const notes = Array.from(rows, (row): Note => {
      const { marked, comment } = byRow.get(row) ?? nothingNoted;
      return { row, ...rowTime(source, row), summary: summaries.get(row) ?? '', marked, comment };
    });
    return { notes, problems: this.problemsOf(session, lost) };
  }

  /** Throws an EngineError when a row is not there, ExportError when the notes cannot be kept. */
  set(
    session: TraceSession,
    { columns, order }: OrderedTrace,
    { rows, marked, comment }: Omit<Contract['setNotes']['params'], 'trace'>,
  ): void {
    const unknown = rows.find((row) => row >= order.length);
    if (unknown !== undefined) throw badRequest(`The trace has no row ${unknown}.`);
    const events = rows.map((row) => ({ event: order[row], place: placeOfEvent(columns, order[row]) }));
    for (const [input, file] of this.filesOf(session).entries()) {
      const own = events.filter(({ place }) => place.input === input);
      if (own.length === 0) continue;
      this.change(session, file, input, (notes) => {
        for (const { event, place } of own) {
          const key = noteKey(place);
          const known = notes.get(key);
          const before = known && isOf(known, columns, event, input) ? known : nothingNoted;
          const note = { marked: marked ?? before.marked, comment: comment ?? before.comment };
          const { buffer, offset } = place;
          if (!note.marked && note.comment === '') notes.delete(key);
          else notes.set(key, { buffer, offset, filetime: unshiftedTime(columns, event, input), ...note });
        }
        if (notes.size > mostNotes) throw new ExportError(tooManyNotes);
      });
    }
  }

  /** Forgets all notes of a trace's files. */
  clear(session: TraceSession): void {
    for (const [input, file] of this.filesOf(session).entries()) {
      this.change(session, file, input, (notes) => {
        notes.clear();
      });
    }
  }

  /** Of how many files notes are kept. */
  get keptFiles(): number {
    return this.kept.count();
  }

  /** Forgets what was noted of all files, also of those that are open. */
  forgetAll(): void {
    attemptWriting('The list of kept notes', () => {
      this.kept.forgetAll();
    });
    for (const file of this.files.values()) Object.assign(file, { notes: new Map(), problems: [] });
  }

  private change(
    session: TraceSession,
    file: NotedFile,
    input: number,
    change: (notes: Map<string, KeptNote>) => void,
  ): void {
    const name = fileName(session.inputs[input].path);
    file.notes = attemptWriting('The list of kept notes', () => this.kept.change(file.fingerprint, name, change));
    file.problems = [];
  }

  private filesOf(session: TraceSession): readonly NotedFile[] {
    return this.inputs.get(session) ?? [];
  }

  private foundIn(session: TraceSession, ordered: OrderedTrace): FoundNotes {
    const of = this.filesOf(session).map(({ notes }) => notes);
    const known = this.found.get(ordered);
    if (known?.of.every((notes, input) => notes === of[input]) === true) return known.notes;
    const notes = this.find(of, ordered);
    this.found.set(ordered, { of, notes });
    return notes;
  }

  private find(of: readonly FileNotes[], { columns, order }: OrderedTrace): FoundNotes {
    const finder = this.finders.get(columns) ?? new EventFinder(columns);
    this.finders.set(columns, finder);
    const byRow = new Map<number, RowNote>();
    const lost = of.map((notes, input) => {
      let missing = 0;
      for (const note of notes.values()) {
        const event = finder.eventAt({ ...note, input });
        if (event === undefined || !isOf(note, columns, event, input)) missing++;
        else byRow.set(rowOf(columns, order, event), note);
      }
      return missing;
    });
    return { byRow, lost };
  }

  private problemsOf(session: TraceSession, lost: readonly number[]): string[] {
    const isOneFile = session.inputs.length === 1;
    return this.filesOf(session).flatMap(({ problems }, input) => {
      const name = isOneFile ? '' : `${fileName(session.inputs[input].path)}: `;
      return [...problems, ...lostText(lost[input])].map((problem) => name + problem);
    });
  }

  private async summariesOf(
    ordered: OrderedTrace,
    source: RowSource,
    rows: Uint32Array,
  ): Promise<ReadonlyMap<number, string>> {
    const before = this.summaries.get(ordered);
    const known = before?.isFor(source) === true ? before : new KnownSummaries(source);
    this.summaries.set(ordered, known);
    const missing = inFileOrder(
      source.order,
      rows.filter((row) => !known.texts.has(row)),
    );
    for (const [done, row] of missing.entries()) {
      if (done % rowsAtOnce === rowsAtOnce - 1) await new Promise(setImmediate);
      known.texts.set(row, buildRow(source, row).summary);
    }
    return known.texts;
  }
}

/** Summaries stay what they are while nobody changes names or layouts. */
class KnownSummaries {
  readonly texts = new Map<number, string>();
  private readonly source: RowSource;

  constructor(source: RowSource) {
    this.source = source;
  }

  isFor({ decoder, diagnosis, switchNames }: RowSource): boolean {
    const { source } = this;
    return source.decoder === decoder && source.diagnosis === diagnosis && source.switchNames === switchNames;
  }
}

const nothingNoted: RowNote = { marked: false, comment: '' };

const tooManyNotes = `More than ${mostNotes.toLocaleString('en')} notes are not kept for one file. None of these were added: a filter says the same of many messages.`;

function lostText(count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? 'One note belongs to an event that the file does not hold any more. It is kept, but cannot be shown.'
      : `${count.toLocaleString('en')} notes belong to events that the file does not hold any more. They are kept, but cannot be shown.`,
  ];
}

function isOf({ filetime }: KeptNote, columns: TraceColumns, event: number, input: number): boolean {
  return unshiftedTime(columns, event, input) === filetime;
}

/** FILETIME by the clock of the event's file. */
function unshiftedTime(columns: TraceColumns, event: number, input: number): bigint {
  return columns.timeOf(event) - BigInt(columns.shifts[input] ?? 0);
}
