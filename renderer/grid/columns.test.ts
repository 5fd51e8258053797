import { expect, it } from 'vitest';
import type { Row } from '../../core/engine/contract.ts';
import { columnDefinitions, columnNames, rowText } from './columns.ts';

const row: Row = {
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
};

it('copies a row as tab-separated text, with the name of its mark', () => {
  expect(rowText(row, { offsetMinutes: 0, withDate: false })).toBe(
    '42\tDropped\t22:18:35.4891721\t3 µs\t10.0.0.50\t10.0.0.60\tTCP\tFlags: ......S., SrcPort=52891',
  );
});

it('shows the date where times alone would be ambiguous', () => {
  expect(rowText(row, { offsetMinutes: 120, withDate: true })).toContain('\t2024-06-11 00:18:35.4891721\t');
});

it('defines every column, names the zone, and keeps widths', () => {
  const columns = columnDefinitions({ offsetMinutes: 120, withDate: false }, 5, { Source: 300 });
  expect(columns.map((column) => column.colId)).toEqual([...columnNames]);
  expect(columns[2].headerName).toBe('Time (+02:00)');
  expect(columns[4].width).toBe(300);
});
