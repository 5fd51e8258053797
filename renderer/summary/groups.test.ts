import { describe, expect, it } from 'vitest';
import type { Group, Grouping } from '../../core/engine/contract.ts';
import { csvLine } from '../format/csv.ts';
import { groupDepth } from '../state/grouping.ts';
import { groupTable } from './group-table-text.ts';
import { listedGroups, withColumn } from './groups.ts';
import { presetIds, presetOf, presets } from './presets.ts';

const at = (hundredNanoseconds: number): Group['first'] => ({
  milliseconds: Date.parse('2024-06-10T12:03:00Z'),
  hundredNanoseconds,
});
const group = (value: string, rows: number): Group => ({
  values: [value],
  rows,
  packets: rows - 1,
  bytes: rows * 60,
  first: at(rows),
  last: at(rows + 1),
});
const grouping = (more: Partial<Grouping> = {}): Grouping => ({
  groups: [group('TCP', 60), group('UDP', 15)],
  total: 2,
  otherRows: 0,
  rowsWithout: 25,
  rows: 100,
  notes: [],
  ...more,
});

describe('groups', () => {
  it('have their share of all rows, also of those without a value', () => {
    expect(listedGroups(grouping(), false).map(({ share }) => share)).toEqual([0.6, 0.15]);
    expect(listedGroups(grouping({ rows: 0 }), false).map(({ share }) => share)).toEqual([0, 0]);
  });

  it('are turned round only where all of them are listed', () => {
    const first = (found: Grouping): string => listedGroups(found, true)[0].group.values[0];
    expect(first(grouping())).toBe('UDP');
    expect(first(grouping({ total: 5, otherRows: 3 }))).toBe('TCP');
  });

  it('are a table for spreadsheets, with what is not listed', () => {
    expect(groupTable(['Module'], grouping({ total: 4, otherRows: 7 }))).toBe(
      [
        'Module,Messages,Packets,Bytes,First,Last',
        'TCP,60,59,3600,2024-06-10T12:03:00.0000060Z,2024-06-10T12:03:00.0000061Z',
        'UDP,15,14,900,2024-06-10T12:03:00.0000015Z,2024-06-10T12:03:00.0000016Z',
        '2 groups more,7,,,,',
        'Without a value,25,,,,',
        '',
      ].join('\n'),
    );
  });
});

describe('values with commas, quotes and ends of lines', () => {
  it('are no formulas', () => {
    expect(csvLine(['=cmd()', '-5', '@x', 'a=b'])).toBe("'=cmd(),-5,'@x,a=b");
  });

  it('stay one value', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', 7])).toBe('"a,b","say ""x""","two\nlines",7');
  });
});

describe('columns to count by', () => {
  it('are changed in their place, taken away when empty, and there once', () => {
    expect(withColumn(['Source', 'Module'], 0, ' Destination ')).toEqual(['Destination', 'Module']);
    expect(withColumn(['Source', 'Module'], 0, '')).toEqual(['Module']);
    expect(withColumn(['Source'], 1, 'Source')).toEqual(['Source']);
    expect(withColumn(['Source'], 1, 'Module')).toEqual(['Source', 'Module']);
  });

  it('are known again as what people often want', () => {
    for (const id of presetIds) {
      expect(presetOf([...presets[id]])).toBe(id);
      expect(presets[id].length).toBeLessThanOrEqual(groupDepth);
    }
    expect(presetOf(['Module', 'Source'])).toBeUndefined();
  });
});
