import { describe, expect, it } from 'vitest';
import { elementAt, integerIn } from './asn1.ts';
import { bytesOf } from './test-frames.ts';

const element = (text: string) => {
  const bytes = bytesOf(text);
  return elementAt(bytes, 0, bytes.length);
};

describe('an element', () => {
  it('has a length of one byte, or of as many as the first one says', () => {
    expect(element('02 01 05')).toEqual({ tag: 2, contentStart: 2, end: 3 });
    expect(element('30 82 0100')).toEqual({ tag: 0x30, contentStart: 4, end: 260 });
    expect(element('30 84 ffffffff')).toEqual({ tag: 0x30, contentStart: 6, end: 6 + 0xffff_ffff });
  });

  it.each(['', '30', '30 80', '30 85 0000000001', '1f 81 01 00', '30 82 01'])('%s is none', (text) => {
    expect(element(text)).toBeUndefined();
  });
});

it.each([
  ['02 01 05', 5],
  ['02 01 ff', -1],
  ['02 02 8000', -32768],
  ['02 04 7fffffff', 0x7fff_ffff],
  ['02 00', 0],
])('the integer in %s is %i', (text, value) => {
  const bytes = bytesOf(text);
  const found = elementAt(bytes, 0, bytes.length);
  expect(found && integerIn(bytes, found)).toBe(value);
});
