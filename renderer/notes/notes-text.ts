/** Notes as they are handed on. */
import type { Note } from '../../core/engine/contract.ts';
import { csvLine } from '../format/csv.ts';
import { formatDateTime, formatZone } from '../format/time.ts';
import { isoText } from '../quick-filter/cell-filter.ts';
import { notesStrings } from './strings.ts';

export const notesForms = ['text', 'csv', 'markdown'] as const;
export type NotesForm = (typeof notesForms)[number];

/** The notes of a trace, in the order of time. Times are those of the zone, in CSV of UTC. */
export function notesText(form: NotesForm, trace: string, notes: readonly Note[], offsetMinutes: number): string {
  switch (form) {
    case 'text':
      return plainText(trace, notes, offsetMinutes);
    case 'csv':
      return csvText(notes);
    case 'markdown':
      return markdownText(trace, notes, offsetMinutes);
  }
}

export interface NoteCounts {
  marks: number;
  comments: number;
}

export function countNotes(notes: readonly Note[]): NoteCounts {
  return {
    marks: notes.filter(({ marked }) => marked).length,
    comments: notes.filter(({ comment }) => comment !== '').length,
  };
}

function plainText(trace: string, notes: readonly Note[], offsetMinutes: number): string {
  const { report } = notesStrings;
  const lines = notes.map((note) => {
    const words = `${note.row + 1}  ${formatDateTime(note, offsetMinutes)} ${formatZone(offsetMinutes)}  ${note.summary}`;
    return note.comment === '' ? words : `${words}\n${note.comment.replaceAll(/^/gm, '    ')}`;
  });
  return `${[report.heading(trace), ...lines].join('\n')}\n`;
}

function csvText(notes: readonly Note[]): string {
  const { columns, utc, yes } = notesStrings.report;
  const lines = notes.map((note) =>
    csvLine([note.row + 1, isoText(note), note.marked ? yes : '', note.summary, note.comment]),
  );
  const heading = csvLine([columns.number, utc, columns.marked, columns.summary, columns.comment]);
  return `${[heading, ...lines].join('\n')}\n`;
}

function markdownText(trace: string, notes: readonly Note[], offsetMinutes: number): string {
  const { report } = notesStrings;
  const { columns } = report;
  const time = `${columns.time} (${formatZone(offsetMinutes)})`;
  const lines = notes.map((note) =>
    tableLine([
      String(note.row + 1),
      formatDateTime(note, offsetMinutes),
      note.summary,
      note.comment === '' && note.marked ? columns.marked : note.comment,
    ]),
  );
  return [
    `## ${markdownLine(report.heading(trace))}`,
    '',
    tableLine([columns.number, time, columns.summary, columns.comment]),
    '|---:|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.map(markdownLine).join(' | ')} |`;
}

/** What Markdown would take for its own signs stays what it is; an end of a line is one in a cell too. */
function markdownLine(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '<br>');
}
