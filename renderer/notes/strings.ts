/** Words of the notes pane. */
import { formatCount, formatCounted } from '../format/number.ts';
import type { NotesForm } from './notes-text.ts';

export const noteFailures = {
  change: 'The note was not kept.',
};

export const notesStrings = {
  title: 'Notes',
  count: (marks: number, comments: number) =>
    `${formatCounted(marks, 'mark', 'marks')}, ${formatCounted(comments, 'comment', 'comments')}`,
  columns: { number: '#', time: 'Time', summary: 'Summary', comment: 'Comment' },
  timeIn: (zone: string) => `Time (${zone})`,
  goTo: (number: number, summary: string) => `Go to message ${formatCount(number)}: ${summary}`,
  isMarked: 'Marked',
  mark: (number: number) => `Mark message ${formatCount(number)}`,
  unmark: (number: number) => `Take the mark of message ${formatCount(number)}`,
  unmarkHint: 'Take the mark; a comment stays',
  edit: (number: number, comment: string) =>
    comment === ''
      ? `Comment on message ${formatCount(number)}`
      : `Change the comment on message ${formatCount(number)}: ${comment}`,
  editHint: 'Click or press F2 to change the comment',
  newComment: (number: number) => `Comment on message ${formatCount(number)}`,
  editing: 'Enter keeps it, Esc leaves it as it was, an empty comment is taken away',
  noComment: 'Add a comment',
  remove: (number: number) => `Remove the note on message ${formatCount(number)}`,
  removeHint: 'Take mark and comment away',
  markedOnly: 'Marked only',
  markedOnlyHint: 'Show only marked messages in the grid',
  copy: 'Copy the notes',
  forms: { text: 'As text', csv: 'As CSV', markdown: 'As Markdown, for a report' } satisfies Record<NotesForm, string>,
  removeAll: 'Remove all…',
  removeAllHint: 'Take all marks and comments of this trace away',
  removeAllQuestion: (count: number) =>
    `Take ${count === 1 ? 'the note' : `all ${formatCount(count)} notes`} away? That cannot be undone.`,
  removeAllConfirm: 'Remove',
  keep: 'Keep',
  hidden: (number: number) =>
    `The filter hides message ${formatCount(number)}: the nearest one behind it is selected. Take the filter away to see it.`,
  nothingShown: 'The filter hides all messages. Take it away to see those with notes.',
  showAll: (count: number) => `Show all ${formatCount(count)} notes`,
  waiting: 'Marks and comments come when the trace has been read.',
  asking: 'Looking for marks and comments…',
  failed: 'The marks and comments could not be read.',
  retry: 'Try again',
  empty: 'No message of this trace is marked or has a comment.',
  emptyAdvice: [
    ['Ctrl+M', 'marks the selected message, or takes its mark'],
    ['Ctrl+Alt+C', 'writes a comment on it'],
    ['Ctrl+Shift+N', 'goes to the next mark, Ctrl+Shift+B to the one before'],
  ] as const,
  emptyKept: 'Notes stay on this machine and are found again whenever this trace is opened.',
  report: {
    heading: (trace: string) => `Notes on ${trace}`,
    columns: { number: 'Message', time: 'Time', marked: 'Marked', summary: 'Summary', comment: 'Comment' },
    utc: 'Time (UTC)',
    yes: 'yes',
  },
} as const;
