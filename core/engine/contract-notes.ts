/** What the contract says of a person's marks and comments. Plain data. */
import type { Row, TraceId } from './contract.ts';

export interface NotesContract {
  /** Waits until the trace has been read. */
  notes: { params: { trace: TraceId }; result: NoteBook; progress: never };
  /** Marks rows, or takes their marks; with a comment, sets that too (an empty one takes it away). */
  setNotes: {
    params: { trace: TraceId; rows: number[]; marked?: boolean; comment?: string };
    result: NoteBook;
    progress: never;
  };
  clearNotes: { params: { trace: TraceId }; result: NoteBook; progress: never };
}

/** Kept in the person’s data folder for each file by its fingerprint: found again wherever the file is moved. */
export interface NoteBook {
  /** In time order. */
  notes: Note[];
  /** Why some cannot be shown or kept, in words. */
  problems: string[];
}

export interface Note extends Pick<Row, 'row' | 'milliseconds' | 'hundredNanoseconds' | 'summary'> {
  marked: boolean;
  comment: string;
}
