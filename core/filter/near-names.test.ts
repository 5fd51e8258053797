import { expect, it } from 'vitest';
import { editDistance, nearNames } from './near-names.ts';

it('counts insertions, deletions, replacements and swapped neighbours as one each', () => {
  expect(['tcp', 'tc', 'tccp', 'tdp', 'tpc', 'udp'].map((name) => editDistance(name, 'tcp', 3))).toEqual([
    0, 1, 1, 1, 1, 2,
  ]);
});

it('gives up on texts whose lengths differ by more than the limit', () => {
  expect(editDistance('a', 'abcdef', 2)).toBe(3);
});

it('names what is near, best first, and what holds the typed text', () => {
  expect(nearNames('Adress', ['Address', 'SourceAddress', 'Window'])).toEqual(['Address']);
  expect(nearNames('VmSwitch', ['Microsoft_Windows_Hyper_V_VmSwitch', 'TCP'])).toEqual([
    'Microsoft_Windows_Hyper_V_VmSwitch',
  ]);
  expect(nearNames('q', ['TCP'])).toEqual([]);
});
