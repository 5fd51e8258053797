import { utf16Bytes } from '../../base/text.ts';
import { textEncodings, type TextEncoding } from '../language/text-encoding.ts';
import { caseVariants, codePointsOf, lowerCase, upperCase } from './case-variants.ts';
import { distinctNeedles, type Needle, type Piece } from './needle.ts';

/** Base64 of a text shorter than this many UTF-8 bytes is too little to tell from any other text. */
const shortestBase64Guess = 3;

/** The bytes that a text may be in one encoding. None when the encoding cannot write the text. */
export function needlesIn(encoding: TextEncoding, text: string, caseSensitive: boolean): Needle[] {
  const characters = codePointsOf(text);
  switch (encoding) {
    case 'UTF7':
      return utf7Needles(characters, caseSensitive);
    case 'Base64':
      return base64Needles(characters);
    default:
      return characterNeedles(characters, caseSensitive, characterEncoders[encoding]);
  }
}

/**
 * The bytes that a text may be in any encoding. Base64 is left out for one or two bytes, where it would be found in nearly
 * every text.
 */
export function needlesInAnyEncoding(text: string, caseSensitive: boolean): Needle[] {
  return textEncodings
    .filter((encoding) => encoding !== 'Base64' || new TextEncoder().encode(text).length >= shortestBase64Guess)
    .flatMap((encoding) => needlesIn(encoding, text, caseSensitive));
}

/** Bytes of one code point, null when the encoding has none for it. */
type CharacterEncoder = (codePoint: number) => Uint8Array | null;

const characterEncoders: Record<Exclude<TextEncoding, 'UTF7' | 'Base64'>, CharacterEncoder> = {
  ASCII: (codePoint) => (codePoint < 0x80 ? Uint8Array.of(codePoint) : null),
  UTF8: (codePoint) => (isHalfPair(codePoint) ? null : new TextEncoder().encode(String.fromCodePoint(codePoint))),
  Unicode: (codePoint) => utf16Bytes(String.fromCodePoint(codePoint), false),
  BigEndianUnicode: (codePoint) => bigEndianUnicode(String.fromCodePoint(codePoint)),
  UTF32: (codePoint) =>
    isHalfPair(codePoint)
      ? null
      : Uint8Array.of(codePoint & 0xff, (codePoint >> 8) & 0xff, (codePoint >> 16) & 0xff, 0),
};

function characterNeedles(characters: readonly number[], caseSensitive: boolean, encode: CharacterEncoder): Needle[] {
  if (characters.some((character) => encode(character) === null)) return [];
  return [
    characters.map((character) =>
      (caseSensitive ? [character] : caseVariants(character)).flatMap((variant) => encode(variant) ?? []),
    ),
  ];
}

/**
 * RFC 2152: set D is written as it is, set O may be, everything else goes as runs of UTF-16BE in Base64 between `+` and `-`.
 * Writers differ in set O, so both ways are looked for. Inside a run a letter has no bytes of its own: a run is looked for as
 * it was typed, all small and all capital. A text that starts or ends in the middle of a run is not found.
 */
function utf7Needles(characters: readonly number[], caseSensitive: boolean): Needle[] {
  return distinctNeedles(
    [/[A-Za-z0-9'(),\-./:? \t\r\n]/, /[A-Za-z0-9'(),\-./:? \t\r\n!"#$%&*;<=>@[\]^_`{|}]/].map((direct) =>
      utf7Needle(characters, direct, caseSensitive),
    ),
  );
}

function utf7Needle(characters: readonly number[], direct: RegExp, caseSensitive: boolean): Needle {
  const pieces: Piece[] = [];
  let run: number[] = [];
  const closeRun = () => {
    if (run.length > 0) pieces.push(utf7Run(run, caseSensitive));
    run = [];
  };
  for (const character of characters) {
    if (direct.test(String.fromCodePoint(character))) {
      closeRun();
      pieces.push((caseSensitive ? [character] : asciiVariants(character)).map((variant) => Uint8Array.of(variant)));
    } else run.push(character);
  }
  closeRun();
  return pieces;
}

function asciiVariants(character: number): number[] {
  return caseVariants(character).filter((variant) => variant < 0x80);
}

/** A run that is only one `+` has the short form `+-`. */
function utf7Run(run: readonly number[], caseSensitive: boolean): Piece {
  const forms = caseSensitive ? [run] : [run, run.map(lowerCase), run.map(upperCase)];
  const texts = forms.map((form) => String.fromCodePoint(...form));
  return [...new Set(texts)].map((text) =>
    new TextEncoder().encode(text.startsWith('+') ? plusFirst(text) : `+${base64(bigEndianUnicode(text))}-`),
  );
}

/** A `+` ahead of a run is written before the run opens, a `+` inside it as part of it. */
function plusFirst(text: string): string {
  const pluses = /^\++/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(pluses);
  return '+-'.repeat(pluses) + (rest === '' ? '' : `+${base64(bigEndianUnicode(rest))}-`);
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, without padding. */
function base64(bytes: Uint8Array): string {
  return Array.from({ length: Math.ceil((bytes.length * 8) / 6) }, (_, digit) => {
    const { value } = sixBits(bytes, digit * 6);
    return base64Digits[value];
  }).join('');
}

/**
 * Base64 of the text's UTF-8 wherever it starts among the three bytes of a group. A digit at either end that holds bits of
 * neighbours as well may be each digit with the text's bits. Both alphabets of RFC 4648 are looked for; line breaks inside
 * the text are not.
 */
function base64Needles(characters: readonly number[]): Needle[] {
  if (characters.some(isHalfPair)) return [];
  const bytes = new TextEncoder().encode(String.fromCodePoint(...characters));
  return [0, 1, 2].map((ahead) => {
    const firstBit = ahead * 8;
    const firstDigit = Math.floor(firstBit / 6);
    const digits = Math.ceil((firstBit + bytes.length * 8) / 6) - firstDigit;
    return Array.from({ length: digits }, (_, index) => base64Piece(bytes, (firstDigit + index) * 6 - firstBit));
  });
}

function base64Piece(bytes: Uint8Array, firstBit: number): Piece {
  const { value, known } = sixBits(bytes, firstBit);
  return Array.from(base64Digits, (_, digit) => digit)
    .filter((digit) => (digit & known) === value)
    .flatMap((digit) => base64DigitForms(digit).map((form) => Uint8Array.of(form.charCodeAt(0))));
}

/** RFC 4648, section 5: the alphabet for URLs and file names differs in the last two digits. */
function base64DigitForms(digit: number): string[] {
  if (digit === 62) return ['+', '-'];
  if (digit === 63) return ['/', '_'];
  return [base64Digits[digit]];
}

/** Six bits from bit `firstBit`, the highest first; bits outside the bytes are 0 in `value` and in `known`. */
function sixBits(bytes: Uint8Array, firstBit: number): { value: number; known: number } {
  let value = 0;
  let known = 0;
  for (let bit = firstBit; bit < firstBit + 6; bit++) {
    const inside = bit >= 0 && bit < bytes.length * 8;
    value = (value << 1) | (inside ? (bytes[bit >> 3] >> (7 - (bit & 7))) & 1 : 0);
    known = (known << 1) | (inside ? 1 : 0);
  }
  return { value, known };
}

function bigEndianUnicode(text: string): Uint8Array {
  const bytes = utf16Bytes(text, false);
  for (let at = 0; at < bytes.length; at += 2) [bytes[at], bytes[at + 1]] = [bytes[at + 1], bytes[at]];
  return bytes;
}

function isHalfPair(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}
