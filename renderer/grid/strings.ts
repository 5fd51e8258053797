/** What the message grid says of orders, columns, times, marks and copies. */
import { formatCount } from '../format/number.ts';
import type { TimeFormat } from '../format/time.ts';
import type { CopyForm } from './row-text.ts';

export const sortStrings = {
  sorting: (trace: string, column: string) => `Sorting ${trace} by ${column}`,
  failed: (column: string) => `The messages were not sorted by ${column}`,
  failedAdvice: 'They stay in the order in which they were.',
  status: (column: string, descending: boolean) => `sorted by ${column} ${descending ? '↓' : '↑'}`,
  statusHint: 'The messages are not in time order. Click to sort them by time again.',
  hint: 'Click to sort',
  ascending: 'Sort ascending',
  descending: 'Sort descending',
  byTime: 'Sort by time again',
  inWords: { ascending: 'sorted ascending', descending: 'sorted descending' },
} as const;

export const scrollStrings = {
  label: 'Place in the messages',
  place: (position: number, rows: number) => `Row ${formatCount(position)} of ${formatCount(rows)}`,
} as const;

export const layoutStrings = {
  imported: (name: string) => `${name} (imported)`,
  problems: {
    noName: 'Give the layout a name.',
    longName: 'Give the layout a shorter name.',
    shippedName: (name: string) => `${name} comes with Hopscope: give your layout another name.`,
    nameTaken: (name: string) => `There is a layout ${name} already.`,
    notJson: (reason: string) => `The text is no JSON: ${reason}`,
    noLayouts: 'The text holds no layouts: {"layouts": [{"name": …, "columns": [{"column": …}]}]} was expected.',
    entry: (number: number) => `Layout ${formatCount(number)} was left out: a name and a list of columns are wanted.`,
  },
  heading: 'Columns',
  search: 'Search columns and fields',
  available: 'All columns',
  ofMessages: 'Messages',
  nothingFound: 'No column has this text in its name.',
  more: 'There are more: type a part of the name.',
  shown: 'Shown, from left to right',
  showColumn: (name: string) => `Show the column ${name}`,
  up: (name: string) => `Move ${name} to the left`,
  down: (name: string) => `Move ${name} to the right`,
  pin: (name: string) => `Pin ${name} at the left`,
  unpin: (name: string) => `Unpin ${name}`,
  remove: (name: string) => `Hide ${name}`,
  orderHint: 'Alt with the arrow keys moves the selected column.',
  layouts: 'Layouts',
  apply: 'Apply',
  applyHint: (name: string) => `Show the columns of ${name}`,
  saveAs: 'Save as…',
  saveAsHint: 'Keep these columns under a name',
  save: 'Save',
  name: 'Name of the layout',
  rename: 'Rename…',
  renameHint: (name: string) => `Give ${name} another name`,
  delete: 'Delete',
  deleteHint: (name: string) => `Delete the layout ${name}`,
  reset: 'Reset',
  resetHint: 'Show the columns that Hopscope starts with',
  undo: 'Undo',
  undoHint: 'Take the last change of the columns back',
  copy: 'Copy as text',
  copyHint: 'Copy your layouts and the columns on show as JSON, for a colleague or another computer',
  copied: 'The layouts are on the clipboard.',
  paste: 'Import…',
  pasteHint: 'Take in layouts from a text that was copied here',
  pasteLabel: 'Text with layouts',
  take: 'Import',
  taken: (count: number) => (count === 1 ? '1 layout was imported.' : `${formatCount(count)} layouts were imported.`),
  columnsOnShow: 'Columns on show',
  cancel: 'Cancel',
  done: 'Done',
} as const;

export const headerStrings = {
  label: (column: string) => `Column ${column}`,
  unsorted: 'Do not sort',
  pin: 'Pin at the left',
  unpin: 'Unpin',
  moveLeft: 'Move left',
  moveRight: 'Move right',
  hide: 'Hide',
  autoSize: 'Fit the width to what is in sight',
  ownWidth: 'Usual width',
  groupBy: 'Count by this column',
  columns: 'Columns…',
  reset: 'Reset columns',
  layout: (name: string) => `Layout: ${name}`,
} as const;

export const timeStrings = {
  /** Headings of the time column; for clock times, the zone stands there. */
  headings: {
    start: 'Since start (s)',
    reference: 'Since reference (s)',
    delta: 'Delta (s)',
    'delta-shown': 'Delta shown (s)',
  } satisfies Record<Exclude<TimeFormat, 'clock'>, string>,
  hints: {
    clock: 'Timestamp, to 100 ns',
    start: 'Seconds since the first message of the trace',
    reference: 'Seconds since the time reference; since the first message while there is none (Ctrl+T sets it)',
    delta: 'Seconds since the message of the trace before it, whether that is on show or not',
    'delta-shown': 'Seconds since the row above',
  } satisfies Record<TimeFormat, string>,
  choices: {
    local: 'Local time',
    utc: 'UTC',
    trace: 'Time of the trace’s machine',
    start: 'Seconds since start',
    reference: 'Seconds since reference',
    delta: 'Seconds since previous message',
    'delta-shown': 'Seconds since previous row',
  },
  isReference: 'Time reference',
  setReference: 'Set time reference',
  clearReference: 'Clear time reference',
} as const;

export const noteStrings = {
  marked: 'Marked',
  comment: (text: string) => `Comment: ${text}`,
  mark: 'Mark',
  unmark: 'Take the mark away',
  addComment: 'Comment…',
  heading: (number: number) => `Comment on message ${formatCount(number)}`,
  label: 'Comment',
  save: 'Save',
  remove: 'Remove comment',
  cancel: 'Cancel',
  hint: 'Comments are kept on this computer, by the trace: they are found again when it is opened again.',
  markedOnly: 'Marked only',
  showAll: 'Show messages again that are not marked',
} as const;

export const copyStrings = {
  cell: 'Copy value',
  forms: {
    text: 'Copy as text',
    csv: 'Copy as CSV',
    summaries: 'Copy as summary lines',
  } satisfies Record<CopyForm, string>,
  copied: (rows: number) => (rows === 1 ? '1 row copied' : `${formatCount(rows)} rows copied`),
  cut: (copied: number, selected: number) =>
    `The first ${formatCount(copied)} of ${formatCount(selected)} rows were copied: export them for more.`,
  failed: 'Nothing was copied',
  tooMany: 'Not all rows were copied',
  refused: 'The browser does not let the page use the clipboard.',
} as const;

export const cellMenuStrings = {
  label: 'What can be done with this message',
  addColumn: 'Add column…',
  findIn: (text: string) => `Find “${text}”`,
  findInSummary: 'Find in summaries…',
} as const;
