import { describe, expect, it } from 'vitest';
import { exportFormatOf } from './host.ts';

describe('the format of an export', () => {
  it.each([
    ['host.pcapng', 'pcapng'],
    ['host.CSV', 'csv'],
    ['case.4711.jsonl', 'jsonl'],
    ['.xml', 'xml'],
  ])('is told by the ending of %s', (name, format) => {
    expect(exportFormatOf(name)).toBe(format);
  });

  it.each(['host', 'csv', 'host.log', 'host.csv.bak', 'host.', ''])('is not told by %j', (name) => {
    expect(exportFormatOf(name)).toBeUndefined();
  });
});
