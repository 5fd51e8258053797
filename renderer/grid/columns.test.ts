import { describe, expect, it } from 'vitest';
import { columnNames, cellText, columnDefinitions, widthOfNumbers } from './columns.ts';
import { layoutOf, withPinned, withWidth } from './grid-layout.ts';
import type { GridRow } from './grid-row.ts';
import { rowsText, rowText, type CopyShape } from './row-text.ts';
import { firstLayout } from './saved-layouts.ts';
import type { TimeDisplay } from '../format/time.ts';

const start = { milliseconds: Date.parse('2024-06-10T22:18:34.000Z'), hundredNanoseconds: 0 };
const time: TimeDisplay = { format: 'clock', offsetMinutes: 0, withDate: false, start, reference: undefined };

const row: GridRow = {
  row: 41,
  milliseconds: Date.parse('2024-06-10T22:18:35.489Z'),
  hundredNanoseconds: 1721,
  timeElapsed: 30,
  source: '10.0.0.50',
  destination: '10.0.0.60',
  module: 'TCP',
  summary: 'Flags: ......S., SrcPort=52891',
  mark: 'drop',
  diagnosis: 'Dropped',
  diagnosisLevel: 'error',
  sighting: 2,
  colorRule: -1,
  marked: false,
  comment: '',
  columns: ['52891', '66'],
  asked: ['TCP.SourcePort', 'Length'],
  before: { milliseconds: Date.parse('2024-06-10T22:18:35.488Z'), hundredNanoseconds: 1721 },
};
const copied: CopyShape = { columns: columnNames, time, start };

describe('rows as text', () => {
  it('are tab-separated, with the name of the mark', () => {
    expect(rowText(row, copied)).toBe(
      '42\tDropped\t22:18:35.4891721\t3 µs\t10.0.0.50\t10.0.0.60\tTCP\t2nd\tFlags: ......S., SrcPort=52891',
    );
  });

  it('have a heading that tells the zone, and the columns on show', () => {
    const text = rowsText('text', [row, row], { ...copied, columns: ['Timestamp', 'TCP.SourcePort'] });
    expect(text.split('\n')).toEqual([
      'Time (UTC)\tTCP.SourcePort',
      '22:18:35.4891721\t52891',
      '22:18:35.4891721\t52891',
    ]);
  });

  it('are quoted as CSV where they need it, and no spreadsheet takes them for formulas', () => {
    const shape: CopyShape = { ...copied, columns: ['MessageNumber', 'Summary'] };
    const summaries = ['a, "b"', '=1+1', '-2', '-x', 'two\nlines'];
    const lines = rowsText(
      'csv',
      summaries.map((summary) => ({ ...row, summary })),
      shape,
    );
    expect(lines).toBe(
      ['Number,Summary', '42,"a, ""b"""', "42,'=1+1", '42,-2', "42,'-x", '42,"two\nlines"'].join('\n'),
    );
  });

  it('are summary lines as Wireshark has them', () => {
    const event: GridRow = {
      ...row,
      source: '',
      destination: '',
      module: 'Microsoft_Windows_PktMon',
      columns: ['', ''],
    };
    expect(rowsText('summaries', [row, event], copied).split('\n')).toEqual([
      '42 1.4891721 10.0.0.50 → 10.0.0.60 TCP 66 Flags: ......S., SrcPort=52891',
      '42 1.4891721 Microsoft_Windows_PktMon Flags: ......S., SrcPort=52891',
    ]);
  });
});

describe('cells', () => {
  it('show the date where times alone would be ambiguous, and deltas', () => {
    expect(cellText('Timestamp', row, { ...time, offsetMinutes: 120, withDate: true })).toBe(
      '2024-06-11 00:18:35.4891721',
    );
    expect(cellText('Timestamp', row, { ...time, format: 'delta' })).toBe('0.0010000');
    expect(cellText('Timestamp', { ...row, before: undefined }, { ...time, format: 'delta' })).toBe('');
  });

  it('show fields that the row was asked with', () => {
    expect(cellText('Length', row, time)).toBe('66');
    expect(cellText('TCP.Flags', row, time)).toBe('');
  });

  it('mark sightings from the second on', () => {
    const sighting = (number: number): string => cellText('Sighting', { ...row, sighting: number }, time);
    expect([0, 1, 2, 3, 4, 11, 21, 22].map(sighting)).toEqual(['', '', '2nd', '3rd', '4th', '11th', '21st', '22nd']);
  });

  it('say in words what the icon means, and more where the diagnosis is known', () => {
    expect(cellText('Diagnosis', { ...row, diagnosis: '' }, time)).toBe('Dropped');
    expect(cellText('Diagnosis', { ...row, mark: 'none', diagnosis: 'Retransmitted #12' }, time)).toBe(
      'Retransmitted #12',
    );
    expect(cellText('Diagnosis', { ...row, mark: 'none', diagnosis: '' }, time)).toBe('');
  });
});

describe('definitions', () => {
  const shape = {
    layout: firstLayout,
    time: { ...time, offsetMinutes: 120 },
    reference: undefined,
    digits: 6,
  };

  it('are of every column of the layout, and name the zone', () => {
    const columns = columnDefinitions(shape);
    expect(columns.map((column) => column.colId)).toEqual([...columnNames]);
    expect(columns[2].headerName).toBe('Time (+02:00)');
    expect(columnDefinitions({ ...shape, time: { ...time, format: 'start' } })[2].headerName).toBe('Since start (s)');
  });

  it('keep order, widths and pins, and call fields by their last name', () => {
    const layout = withPinned(
      withWidth(layoutOf(['Summary', 'TCP.SourcePort', 'MessageNumber']), 'Summary', 300),
      'MessageNumber',
      true,
    );
    const columns = columnDefinitions({ ...shape, layout });
    expect(columns.map((column) => column.colId)).toEqual(['MessageNumber', 'Summary', 'TCP.SourcePort']);
    expect(columns[0].pinned).toBe('left');
    expect(columns[1]).toMatchObject({ width: 300, flex: 0 });
    expect(columns[2]).toMatchObject({ headerName: 'SourcePort', headerComponentParams: { hint: 'TCP.SourcePort' } });
  });

  it('have room for the numbers that a trace will have once it is read', () => {
    expect(widthOfNumbers(0, 20_000)).toBe(6);
    expect(widthOfNumbers(1_000_000, 20_000)).toBe(8);
    expect([0, 999, 10_000_000].map((read) => widthOfNumbers(read, 1_780_000_000))).toEqual([8, 8, 8]);
  });
});
