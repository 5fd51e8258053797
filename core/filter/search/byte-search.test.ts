import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textEncodings } from '../language/text-encoding.ts';
import { compileByteSearch } from './byte-search.ts';

const anyEncoding = { caseSensitive: false, encoding: null };

/** Whether a message with the bytes amid others holds the text, in any case. */
function isFound(text: string, bytes: Uint8Array, encoding: string | null, caseSensitive = false): boolean {
  const message = Buffer.concat([Buffer.from([0xfe, 0xfe, 0xfe]), bytes, Buffer.from([0xfd])]);
  return compileByteSearch({ text }, { caseSensitive, encoding }).find(message);
}

/** UTF-32LE of a text. */
function utf32(text: string): Buffer {
  const units = Array.from(text, (character) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(character.codePointAt(0) ?? 0);
    return bytes;
  });
  return Buffer.concat(units);
}

/** What each encoding writes for a text with a letter beyond ASCII and one beyond the first 65,536. */
const written: [encoding: string, text: string, bytes: Buffer][] = [
  ['ASCII', 'Share', Buffer.from('Share')],
  ['UTF7', 'Bär+', Buffer.from('B+AOQ-r+-')],
  ['UTF8', 'Bär 😀', Buffer.from('Bär 😀')],
  ['Unicode', 'Bär 😀', Buffer.from('Bär 😀', 'utf16le')],
  ['UTF32', 'Bär 😀', utf32('Bär 😀')],
  ['BigEndianUnicode', 'Bär 😀', Buffer.from('Bär 😀', 'utf16le').swap16()],
  ['Base64', 'Bär 😀', Buffer.from(Buffer.from('Bär 😀').toString('base64'))],
];

describe('a text in an encoding', () => {
  it.each(written)('is found in %s when that is asked for, and when all are', (encoding, text, bytes) => {
    expect(isFound(text, bytes, encoding)).toBe(true);
    expect(isFound(text, bytes, encoding.toUpperCase(), true)).toBe(true);
    expect(isFound(text, bytes, null)).toBe(true);
  });

  it.each(written)('is not found in the bytes of another than %s', (encoding, text, bytes) => {
    const others = textEncodings.filter(
      (other) => other !== encoding && !(encoding === 'ASCII' && /^UTF[78]$/.test(other)),
    );
    expect(others.filter((other) => isFound(text, bytes, other))).toEqual([]);
  });

  it('is found in UTF-7 whether the writer encoded the optional characters or not', () => {
    expect(isFound('a=b', Buffer.from('a=b'), 'UTF7')).toBe(true);
    expect(isFound('a=b', Buffer.from('a+AD0-b'), 'UTF7')).toBe(true);
    expect(isFound('Ä=', Buffer.from('+AOQAPQ-'), 'UTF7')).toBe(true);
    expect(isFound('+ä', Buffer.from('+-+AOQ-'), 'UTF7')).toBe(true);
  });

  it.each(['', 'x', 'xy', 'xyz'])('is found in Base64 behind “%s”, its neighbours unknown', (before) => {
    for (const text of ['a', 'ab', 'abc', 'Passwort: Bär']) {
      const bytes = Buffer.from(Buffer.from(`${before}${text}~tail`).toString('base64'));
      expect(isFound(text, bytes, 'Base64')).toBe(true);
      expect(isFound(`${text}!`, bytes, 'Base64')).toBe(false);
    }
  });

  it('is found in the Base64 of web tokens, which has other digits', () => {
    expect(isFound('??>>', Buffer.from(Buffer.from('??>>').toString('base64url')), 'Base64')).toBe(true);
  });

  it('is told from its other case in Base64 only', () => {
    expect(isFound('SECRET', Buffer.from(Buffer.from('secret').toString('base64')), null)).toBe(false);
    expect(isFound('SECRET', Buffer.from('secret'), null)).toBe(true);
  });

  it('is not guessed in Base64 when it is too short to be told from any text', () => {
    expect(isFound('ab', Buffer.from('YWI='), 'Base64')).toBe(true);
    expect(isFound('ab', Buffer.from('YWI='), null)).toBe(false);
  });
});

describe('letters', () => {
  it.each([
    ['ÄRGER', 'ärger'],
    ['ärger', 'ÄRGER'],
    ['ÿ', 'Ÿ'],
    ['ПРИВЕТ', 'привет'],
    ['𐐀', '𐐨'],
    ['ⱥx', 'Ⱥx'],
    ['xȺȾy', 'Xⱥⱦ' + 'Y'],
  ])('of “%s” are found as “%s” unless case counts', (text, other) => {
    for (const [encoding, bytes] of [
      ['UTF8', Buffer.from(other)],
      ['Unicode', Buffer.from(other, 'utf16le')],
      ['UTF32', utf32(other)],
    ] as const) {
      expect(isFound(text, bytes, encoding)).toBe(true);
      expect(isFound(text, bytes, encoding, true)).toBe(false);
    }
  });

  it('keep their number: ß is not SS', () => {
    expect(isFound('straße', Buffer.from('STRASSE'), null)).toBe(false);
  });

  it('are not mixed up where only single bytes of their forms agree', () => {
    // In UTF-16LE ÿ is ff 00 and Ÿ is 78 01.
    expect(isFound('ÿ', Buffer.from([0xff, 0x01]), 'Unicode')).toBe(false);
  });
});

describe('what cannot be written', () => {
  it.each([
    ['Bär', 'ASCII'],
    ['\ud800', 'UTF8'],
    ['\udc00', 'UTF32'],
    ['\udc00', 'Base64'],
  ])('“%s” in %s is nowhere, and the search says why', (text, encoding) => {
    const search = compileByteSearch({ text }, { caseSensitive: false, encoding });
    expect(search.find(Buffer.from(text))).toBe(false);
    expect(search.impossible).toContain(encoding);
  });

  it('is no reason not to look in the other encodings', () => {
    const search = compileByteSearch({ text: '\ud83d' }, anyEncoding);
    expect(search.impossible).toBeNull();
    expect(search.find(Buffer.from('😀', 'utf16le'))).toBe(true);
  });

  it('is an encoding that does not exist', () => {
    expect(compileByteSearch({ text: 'a' }, { caseSensitive: false, encoding: 'EBCDIC' }).impossible).toContain(
      'EBCDIC',
    );
  });
});

describe('a window', () => {
  const haystack = Buffer.from('..needle..');

  it.each([
    [2, 8, true],
    [0, 10, true],
    [3, 10, false],
    [0, 7, false],
    [-5, 100, true],
    [8, 2, false],
  ])('from %i to %i holds the whole needle: %s', (from, to, expected) => {
    expect(compileByteSearch({ text: 'needle' }, anyEncoding).find(haystack, from, to)).toBe(expected);
    expect(compileByteSearch({ bytes: Buffer.from('needle') }, anyEncoding).find(haystack, from, to)).toBe(expected);
  });

  it('of one byte holds a needle of one byte', () => {
    const search = compileByteSearch({ bytes: Uint8Array.of(0x65) }, anyEncoding);
    expect(Array.from(haystack, (_, at) => search.find(haystack, at, at + 1))).toEqual(
      Array.from(haystack, (byte) => byte === 0x65),
    );
  });

  it('always holds nothing', () => {
    expect(compileByteSearch({ text: '' }, { caseSensitive: true, encoding: 'ASCII' }).find(haystack, 4, 4)).toBe(true);
    expect(compileByteSearch({ bytes: new Uint8Array(0) }, anyEncoding).find(new Uint8Array(0))).toBe(true);
  });
});

describe('against a search without tricks', () => {
  const fewBytes = fc.array(fc.constantFrom(0, 0x41, 0x61, 0xff), { maxLength: 40 }).map((bytes) => Buffer.from(bytes));

  it('finds the same bytes, overlapping ones included, in every window', () => {
    const needles = fc.array(fc.constantFrom(0, 0x41, 0x61, 0xff), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fewBytes, needles, fc.nat(10), fc.nat(10), (haystack, needle, from, behind) => {
        const to = haystack.length - behind;
        const expected = from <= to && haystack.subarray(from, to).includes(Buffer.from(needle));
        expect(compileByteSearch({ bytes: Buffer.from(needle) }, anyEncoding).find(haystack, from, to)).toBe(expected);
      }),
      { seed: 5, numRuns: 4000 },
    );
  });

  it('finds a text wherever it is put, in whichever of the encodings', () => {
    const writers: ((text: string) => Buffer)[] = [
      (text) => Buffer.from(text),
      (text) => Buffer.from(text, 'utf16le'),
      (text) => Buffer.from(text, 'utf16le').swap16(),
      utf32,
    ];
    const texts = fc.string({ unit: fc.constantFrom('a', 'B', 'z', ' ', 'é', 'Ⱥ', '😀'), minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(fewBytes, texts, fewBytes, fc.constantFrom(...writers), (before, text, behind, write) => {
        const search = compileByteSearch({ text }, anyEncoding);
        for (const form of [text, text.toLowerCase(), text.toUpperCase()]) {
          const message = Buffer.concat([before, write(form), behind]);
          expect(search.find(message)).toBe(true);
          const short = write(form).subarray(0, -1);
          expect(
            compileByteSearch({ text: `${text}Q` }, anyEncoding).find(Buffer.concat([before, short, behind])),
          ).toBe(false);
        }
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  it('finds the same ASCII text regardless of case', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '.'), minLength: 1, maxLength: 6 });
    const haystacks = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', '.'), maxLength: 60 });
    fc.assert(
      fc.property(haystacks, texts, fc.boolean(), (haystack, text, caseSensitive) => {
        const expected = caseSensitive ? haystack.includes(text) : haystack.toLowerCase().includes(text.toLowerCase());
        const search = compileByteSearch({ text }, { caseSensitive, encoding: 'ASCII' });
        expect(search.find(Buffer.from(haystack))).toBe(expected);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});
