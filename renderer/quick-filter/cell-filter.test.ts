import { expect, it } from 'vitest';
import { syntaxProblem } from '../filter/filter-status.ts';
import { columnNames, type ColumnName } from '../grid/columns.ts';
import { fakeRow } from '../testing/fake-rows.ts';
import { cellFilters } from './cell-filter.ts';

const row = {
  ...fakeRow(7),
  milliseconds: Date.parse('2024-06-10T12:03:00.118Z'),
  hundredNanoseconds: 317,
  source: '10.0.0.50',
  destination: 'fe80::1',
  module: 'TCP',
  summary: 'switch "Layered\\Ethernet"',
  diagnosis: 'Retransmitted #12',
};
const texts = (column: ColumnName, changed = {}): string[] =>
  cellFilters(column, { ...row, ...changed }).map(({ text }) => text);

it('compares each column with the value of the cell', () => {
  expect(texts('MessageNumber')).toEqual(['#MessageNumber == 8']);
  expect(texts('Source')).toEqual(['*Source == "10.0.0.50"']);
  expect(texts('Destination')).toEqual(['*Destination == "fe80::1"']);
  expect(texts('Module')).toEqual(['*ModuleName == "TCP"']);
  expect(texts('Diagnosis')).toEqual(['*Diagnosis == "Retransmitted #12"']);
});

it('escapes what a quoted text cannot hold as it is', () => {
  expect(texts('Summary')).toEqual(['*Summary == "switch \\"Layered\\\\Ethernet\\""']);
});

it('offers both sides of a time, to 100 ns', () => {
  expect(texts('Timestamp')).toEqual([
    '#Timestamp >= "2024-06-10T12:03:00.1180317Z"',
    '#Timestamp <= "2024-06-10T12:03:00.1180317Z"',
  ]);
});

it('offers nothing for a cell without a value of its own', () => {
  expect(texts('Source', { source: '' })).toEqual([]);
  expect(texts('TimeElapsed')).toEqual([]);
  expect(texts('Sighting')).toEqual([]);
});

it('makes nothing that is no filter', () => {
  const problems = columnNames.flatMap((column) => texts(column)).map((text) => syntaxProblem(text));
  expect(problems).toEqual(problems.map(() => undefined));
  expect(problems.length).toBeGreaterThan(7);
});
