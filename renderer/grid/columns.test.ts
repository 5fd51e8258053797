import { expect, it } from 'vitest';
import type { Row } from '../../core/engine/contract.ts';
import { cellText, columnDefinitions, columnNames, rowText } from './columns.ts';

const zone = { offsetMinutes: 0, withDate: false };

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
  colorRule: -1,
  marked: false,
  comment: '',
};

it('copies a row as tab-separated text, with the name of its mark', () => {
  expect(rowText(row, zone)).toBe(
    '42\tDropped\t22:18:35.4891721\t3 µs\t10.0.0.50\t10.0.0.60\tTCP\t2nd\tFlags: ......S., SrcPort=52891',
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

it('marks sightings from the second on', () => {
  const sighting = (number: number): string => cellText('Sighting', { ...row, sighting: number }, zone);
  expect([0, 1, 2, 3, 4, 11, 21, 22].map(sighting)).toEqual(['', '', '2nd', '3rd', '4th', '11th', '21st', '22nd']);
});

it('says in words what the icon means, and more where the diagnosis is known', () => {
  expect(cellText('Diagnosis', { ...row, diagnosis: '' }, zone)).toBe('Dropped');
  expect(cellText('Diagnosis', { ...row, mark: 'none', diagnosis: 'Retransmitted #12' }, zone)).toBe(
    'Retransmitted #12',
  );
  expect(cellText('Diagnosis', { ...row, mark: 'none', diagnosis: '' }, zone)).toBe('');
});
