import type { Note, NoteBook } from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import type { Arguments } from './arguments.ts';
import { withTrace } from './open-trace.ts';
import { write } from './output.ts';
import { countOf, forOtherPrograms, isoTime, tableLines } from './words.ts';

/** `notes FILE...`: what a person marked and said of the messages of a trace. */
export async function notesCommand(given: Arguments): Promise<void> {
  await withTrace(given, async (engine, { trace }) => {
    // Summaries bear names as soon as these are all found: then two runs print the same.
    await engine.call('names', { trace });
    const book = await engine.call('notes', { trace });
    for (const problem of book.problems) console.error(problem);
    await write(given.json ? `${JSON.stringify(forOtherPrograms(book), undefined, 2)}\n` : notesText(book));
  });
}

function notesText({ notes }: NoteBook): string {
  const marked = notes.filter((note) => note.marked).length;
  const comments = notes.filter(({ comment }) => comment !== '').length;
  const summary = `${countOf(marked, 'message')} marked, ${countOf(comments, 'comment')}`;
  if (notes.length === 0) return `${summary}\n`;
  return `${[summary, '', ...tableLines(columns, notes.map(noteCells))].join('\n')}\n`;
}

const columns = [
  { heading: 'message', isRight: true },
  { heading: 'time' },
  { heading: 'mark' },
  { heading: 'comment' },
  { heading: 'summary' },
];

function noteCells(note: Note): string[] {
  return [
    String(note.row + 1),
    isoTime(note),
    note.marked ? 'marked' : '',
    oneLine(note.comment),
    oneLine(note.summary),
  ];
}
