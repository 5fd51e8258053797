import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileByteSearch } from './byte-search.ts';
import { compileTextSearch } from './text-search.ts';

it.each([
  ['retransmitted', 'SynRetransmitted #1', false, true],
  ['retransmitted', 'SynRetransmitted #1', true, false],
  ['Retransmitted', 'SynRetransmitted #1', true, true],
  ['a.c', 'abc', false, false],
  ['(A|B)\\', 'x(a|b)\\', false, true],
  ['ÄRGER', 'viel ärger', false, true],
  ['ß', 'SS', false, false],
  ['𐐀', '𐐨', false, true],
  ['', '', false, true],
  ['', 'anything', true, true],
])('“%s” in “%s” (case counts: %s): %s', (text, value, caseSensitive, expected) => {
  expect(compileTextSearch(text, caseSensitive).found(value)).toBe(expected);
});

it('takes the same letters for equal as the search of bytes', () => {
  const texts = fc.string({
    unit: fc.constantFrom('k', 'K', '\u212a', 's', 'S', 'ſ', 'ı', 'i', 'İ', 'Σ', 'σ', 'ς', 'ß', 'ẞ', '𐐀', '.'),
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(texts, texts, fc.boolean(), (text, value, caseSensitive) => {
      const inBytes = compileByteSearch({ text }, { caseSensitive, encoding: 'UTF8' }).find(Buffer.from(value));
      expect(compileTextSearch(text, caseSensitive).found(value)).toBe(inBytes);
    }),
    { seed: 8, numRuns: 4000 },
  );
});
