import { describe, expect, it } from 'vitest';
import { fieldFilter, moduleFilter } from './field-filter.ts';

describe('the filter of a field', () => {
  it.each([
    [['TCP', 'SourcePort'], 80, 'HTTP(80)', 'TCP.SourcePort == 80'],
    [['TCP', 'Flags', 'SYN'], true, 'true', 'TCP.Flags.SYN == true'],
    [['IPv4', 'SourceAddress'], Uint8Array.of(10, 0, 0, 1), '10.0.0.1', 'IPv4.SourceAddress == 10.0.0.1'],
    [
      ['Ethernet', 'SourceAddress'],
      Uint8Array.of(0, 21, 93, 1, 2, 3),
      '',
      'Ethernet.SourceAddress == 00-15-5D-01-02-03',
    ],
    [['HTTP', 'Headers', 'Content-Type'], 'text/"html"', '', 'HTTP.Headers.Content_Type == "text/\\"html\\""'],
    [['X', 'Key'], Uint8Array.of(1, 2), '01 02', 'X.Key == $[0102]'],
    [['X', 'Handle'], 2n ** 63n, '', 'X.Handle == 9223372036854775808'],
    [['X', 'Delta'], -5, '-5', 'X.Delta == "-5"'],
    [['X', 'Id'], '{448EA956-38FF-4620-B022-DD88CAC6C896}', '', 'X.Id == {448ea956-38ff-4620-b022-dd88cac6c896}'],
  ])('%j is %s', (path, value, text, filter) => {
    expect(fieldFilter(path, value, text)).toBe(filter);
  });

  it('is none without a value, and for values that nobody would repeat', () => {
    expect(fieldFilter(['TCP', 'Flags'], undefined, '')).toBeUndefined();
    expect(fieldFilter(['TCP', 'Payload'], new Uint8Array(65), '')).toBeUndefined();
    expect(fieldFilter(['X', 'Text'], 'x'.repeat(301), '')).toBeUndefined();
  });

  it('names modules, and providers without a name by their GUID', () => {
    expect(moduleFilter('TCP')).toBe('TCP');
    expect(moduleFilter('{448ea956-38ff-4620-b022-dd88cac6c896}')).toBe('{448ea956-38ff-4620-b022-dd88cac6c896}');
    expect(moduleFilter('no module')).toBeUndefined();
  });
});
