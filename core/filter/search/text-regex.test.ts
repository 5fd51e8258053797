import { describe, expect, it } from 'vitest';
import { compileRegex, RegexError } from './text-regex.ts';

describe('a regular expression', () => {
  it.each([
    [String.raw`^\d{3}-\d{2}-\d{4}$`, '123-45-6789', true],
    [String.raw`^\d{3}-\d{2}-\d{4}$`, '123-45-67890', false],
    ['error', 'Error', false],
    ['(?i)error', 'ERROR', true],
    ['(?<status>4[0-9]{2})', 'HTTP 404', true],
    [String.raw`\u00e4\x41\\u0041`, String.raw`äA\u0041`, true],
    ['', '', true],
  ])('%s in “%s”: %s', (source, value, expected) => {
    expect(compileRegex(source).found(value)).toBe(expected);
  });

  it('that would keep a backtracking search busy for ever takes time in proportion to the text', () => {
    const started = performance.now();
    expect(compileRegex('(a+)+$').found(`${'a'.repeat(100_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('a message', () => {
  it.each([
    ['ASCII', Buffer.from('\0\0GET /index\xff', 'latin1'), String.raw`GET /\w+`],
    ['binary', Buffer.from([1, 0xff, 0x80, 2]), String.raw`\xff\x80`],
    ['UTF-8', Buffer.from('..Bär..'), 'B.r'],
    ['UTF-16 at an even offset', Buffer.from('..server01', 'utf16le'), String.raw`server\d+`],
    ['UTF-16 at an odd offset', Buffer.from([7, ...Buffer.from('server01', 'utf16le')]), String.raw`server\d+`],
  ])('is searched as %s', (_, bytes, source) => {
    expect(compileRegex(source).foundInBytes(bytes)).toBe(true);
    expect(compileRegex(`${source}#`).foundInBytes(bytes)).toBe(false);
  });

  it('of any length may lie in shared memory', () => {
    const bytes = new Uint8Array(new SharedArrayBuffer(300_000));
    bytes.set(Buffer.from('Bär', 'utf8'), 299_000);
    bytes.set(Buffer.from('wide', 'utf16le'), 299_100);
    expect(compileRegex('Bär').foundInBytes(bytes)).toBe(true);
    expect(compileRegex('wide').foundInBytes(bytes)).toBe(true);
    expect(compileRegex('narrow').foundInBytes(bytes)).toBe(false);
  });
});

describe('what cannot be carried out', () => {
  it.each([
    ['(a{1000}){1000}', '1000 times', null],
    ['a{900}b{900}c{900}', 'too large', null],
    ['x(?=a)', 'ahead or behind', 1],
    ['x(?!a)', 'ahead or behind', 1],
    ['x(?<=a)b', 'ahead or behind', 1],
    ['x(?<!a)b', 'ahead or behind', 1],
    [String.raw`(a)\1`, 'refer back', 3],
    [String.raw`(?<n>a)\k<n>`, 'refer back', 7],
    ['x(?>a)', '(?>', 1],
    ['a(b', 'A “)” is missing', null],
    ['a)', 'has no “(”', null],
    ['x[a', 'A “]” is missing', 1],
    ['x**', 'Two repetitions', 1],
    ['*a', 'nothing to repeat', 0],
    ['[z-a]', '“z-a”', 1],
    [String.raw`\p{Foo}`, 'class of characters', null],
    ['\\', 'lone backslash', null],
    ['*x|*', 'nothing to repeat', null],
  ])('%s is refused in words', (source, words, position) => {
    const refusal = refusalOf(source);
    expect(refusal.message).toContain(words);
    expect(refusal.position).toBe(position);
  });

  it('is an expression longer than anybody writes', () => {
    expect(refusalOf('a'.repeat(1001)).message).toContain('1001');
    expect(compileRegex('a'.repeat(1000)).found('a'.repeat(1000))).toBe(true);
  });

  it('is told in time, however often it repeats', () => {
    const started = performance.now();
    expect(refusalOf('a{1000}'.repeat(142)).message).toContain('too large');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

function refusalOf(source: string): RegexError {
  try {
    compileRegex(source);
  } catch (error) {
    if (error instanceof RegexError) return error;
    throw error;
  }
  throw new Error(`${source} was accepted`);
}
