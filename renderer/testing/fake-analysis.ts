/** Sorting, grouping, the timeline and notes over made-up rows, done the slow way. */
import type {
  ColumnName,
  Contract,
  FieldList,
  Group,
  GroupOrder,
  Grouping,
  NoteBook,
  Row,
  SortOrder,
  Timeline,
  TraceInstant,
  ViewPlace,
} from '../../core/engine/contract.ts';
import { fakeRow } from './fake-rows.ts';

const fieldsOfAll: readonly { column: ColumnName; module: string; type: string; text: (row: Row) => string }[] = [
  {
    column: 'Conversation',
    module: 'Hopscope',
    type: 'text',
    text: ({ source, destination, module }) =>
      source.includes('.') ? `${[source, destination].sort().join(' ↔ ')} ${module}` : '',
  },
  {
    column: 'Provider',
    module: 'Hopscope',
    type: 'text',
    text: ({ module }) => (module.startsWith('Microsoft_') ? module : 'Microsoft-Windows-NDIS-PacketCapture'),
  },
  { column: 'TCP.DestinationPort', module: 'TCP', type: 'UInt16', text: (row) => textOf(row, /DstPort\s?=\s?([^,]+)/) },
  { column: 'TCP.SrcPort', module: 'TCP', type: 'UInt16', text: (row) => textOf(row, /SrcPort\s?=\s?([^,]+)/) },
  { column: 'TCP.DstPort', module: 'TCP', type: 'UInt16', text: (row) => textOf(row, /DstPort\s?=\s?([^,]+)/) },
  { column: 'TCP.WindowSize', module: 'TCP', type: 'UInt16', text: (row) => textOf(row, /Win=(\d+)/) },
  { column: 'IPv4.TTL', module: 'IPv4', type: 'UInt8', text: (row) => (row.source.includes('.') ? '128' : '') },
  { column: 'Etw.ProcessId', module: 'Etw', type: 'UInt32', text: (row) => String(4 + (row.row % 3) * 1200) },
  { column: 'Etw.ThreadId', module: 'Etw', type: 'UInt32', text: (row) => String(8 + (row.row % 11) * 4) },
];

function textOf({ module, summary }: Row, pattern: RegExp): string {
  return module === 'TCP' ? (pattern.exec(summary)?.[1] ?? '') : '';
}

/** The text of any column of a row; undefined for a column that no row has. */
export function fakeColumn(column: ColumnName, row: Row): string | undefined {
  switch (column) {
    case 'MessageNumber':
      return String(row.row + 1);
    case 'Timestamp':
      return String(row.milliseconds);
    case 'Diagnosis':
      return row.diagnosis;
    case 'TimeElapsed':
      return String(row.timeElapsed);
    case 'Source':
      return row.source;
    case 'Destination':
      return row.destination;
    case 'Module':
      return row.module;
    case 'Sighting':
      return String(row.sighting);
    case 'Summary':
      return row.summary;
    default:
      return fieldsOfAll.find((field) => field.column === column)?.text(row);
  }
}

export function fakeSorted(rows: readonly number[], { by, descending }: SortOrder): number[] {
  const text = (row: number): string => fakeColumn(by, fakeRow(row)) ?? '';
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * text(a).localeCompare(text(b), 'en', { numeric: true }) || a - b);
}

export function fakeGroups(
  rows: readonly number[],
  by: readonly ColumnName[],
  order: GroupOrder,
  limit: number,
): Grouping {
  const groups = new Map<string, Group>();
  let rowsWithout = 0;
  for (const number of rows) {
    const row = fakeRow(number);
    const values = by.map((column) => fakeColumn(column, row) ?? '');
    if (values.includes('')) {
      rowsWithout++;
      continue;
    }
    const key = values.join('\n');
    const group = groups.get(key) ?? {
      values,
      rows: 0,
      packets: 0,
      bytes: 0,
      first: row,
      last: row,
      filter: row.module,
    };
    const packets = row.module.startsWith('Microsoft') ? 0 : 1;
    groups.set(key, {
      ...group,
      rows: group.rows + 1,
      packets: group.packets + packets,
      bytes: group.bytes + packets * (66 + (number % 1400)),
      last: row,
    });
  }
  const all = [...groups.values()].sort((a, b) => compareGroups(a, b, order));
  const listed = all.slice(0, limit);
  const rest = all.slice(limit).reduce((sum, group) => sum + group.rows, 0);
  return { groups: listed, total: all.length, otherRows: rest, rowsWithout, rows: rows.length, notes: [] };
}

function compareGroups(a: Group, b: Group, order: GroupOrder): number {
  switch (order) {
    case 'value':
      return a.values.join(' ').localeCompare(b.values.join(' '), 'en', { numeric: true });
    case 'first':
      return millisecondsOf(a.first) - millisecondsOf(b.first);
    default:
      return b[order] - a[order];
  }
}

export function fakeTimeline(
  events: number,
  shown: readonly number[],
  { bins, from, to }: Pick<Contract['timeline']['params'], 'bins' | 'from' | 'to'>,
): Timeline {
  const first = from ?? instantOf(fakeRow(0));
  const last = to ?? instantOf(fakeRow(Math.max(0, events - 1)));
  const [start, end] = [millisecondsOf(first), millisecondsOf(last)];
  const empty = (): number[] => Array.from({ length: bins }, () => 0);
  const [all, view, drops, errors] = [empty(), empty(), empty(), empty()];
  const binOf = (row: number): number => {
    const share = (millisecondsOf(fakeRow(row)) - start) / Math.max(1e-4, end - start);
    return share < 0 || share > 1 ? -1 : Math.min(bins - 1, Math.floor(share * bins));
  };
  const count = (counts: number[], row: number): void => {
    const bin = binOf(row);
    if (bin >= 0) counts[bin]++;
  };
  for (let row = 0; row < events; row++) count(all, row);
  for (const row of shown) {
    count(view, row);
    const { mark } = fakeRow(row);
    if (mark === 'drop') count(drops, row);
    else if (mark !== 'none') count(errors, row);
  }
  return { from: first, to: last, all, shown: view, drops, errors };
}

export function fakePlace(
  rows: readonly number[],
  isThere: (row: number) => boolean,
  isBehind: (row: number) => boolean,
): ViewPlace | null {
  if (rows.length === 0) return null;
  const exact = rows.findIndex(isThere);
  const behind = exact >= 0 ? exact : rows.findIndex(isBehind);
  const position = behind >= 0 ? behind : rows.length - 1;
  return { position, row: rows[position], exact: exact >= 0 };
}

export function fakePlaceOfTime(rows: readonly number[], time: TraceInstant): ViewPlace | null {
  const wanted = millisecondsOf(time);
  return fakePlace(
    rows,
    (row) => millisecondsOf(fakeRow(row)) === wanted,
    (row) => millisecondsOf(fakeRow(row)) > wanted,
  );
}

export function fakeFields(text: string): FieldList {
  const wanted = text.toLowerCase();
  const fields = fieldsOfAll.filter(({ column }) => column.toLowerCase().includes(wanted));
  return { fields: fields.map(({ column, module, type }) => ({ column, module, type })), more: false };
}

/** Marks and comments of all made-up traces, which are one. */
export interface FakeNotes {
  of(row: Row): Pick<Row, 'marked' | 'comment'>;
  list(): NoteBook;
  set(params: Contract['setNotes']['params']): NoteBook;
  clear(): NoteBook;
}

export function createFakeNotes(): FakeNotes {
  const notes = new Map<number, { marked: boolean; comment: string }>();
  const list = (): NoteBook => ({
    notes: [...notes]
      .sort(([a], [b]) => a - b)
      .map(([row, note]) => ({ row, ...instantOf(fakeRow(row)), summary: fakeRow(row).summary, ...note })),
    problems: [],
  });
  return {
    of: ({ row }) => notes.get(row) ?? { marked: false, comment: '' },
    list,
    set({ rows, marked, comment }) {
      for (const row of rows) {
        const before = notes.get(row) ?? { marked: false, comment: '' };
        const note = { marked: marked ?? before.marked, comment: comment ?? before.comment };
        if (note.marked || note.comment !== '') notes.set(row, note);
        else notes.delete(row);
      }
      return list();
    },
    clear() {
      notes.clear();
      return list();
    },
  };
}

function instantOf({ milliseconds, hundredNanoseconds }: TraceInstant): TraceInstant {
  return { milliseconds, hundredNanoseconds };
}

function millisecondsOf({ milliseconds, hundredNanoseconds }: TraceInstant): number {
  return milliseconds + hundredNanoseconds / 10_000;
}
