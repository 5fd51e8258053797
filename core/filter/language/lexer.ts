import { parseIpv4, parseIpv6, parseMac } from '../../base/address.ts';
import { parseGuid } from '../../base/guid.ts';
import type { LiteralValue, Span } from './ast.ts';
import { FilterError } from './filter-error.ts';
import { inserting, mostProblems, problem, replacing, type Edit, type Problem } from './problem.ts';

export type Token =
  | ({ readonly kind: 'word'; readonly text: string } & Span)
  | ({ readonly kind: 'operator'; readonly text: string } & Span)
  | ({ readonly kind: 'literal'; readonly value: LiteralValue } & Span)
  /** No token; a problem says why. */
  | ({ readonly kind: 'broken' } & Span)
  | ({ readonly kind: 'end' } & Span);

/** What a text consists of, the last token of kind 'end', and what is wrong with it, in the order of the places. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}

/** UTF-16 code units. Long enough for any list a person pastes. */
export const longestFilter = 100_000;

/** Longest first, so that the first that fits is the right one. */
const operators = [
  ...['===', '!=='],
  ...['&&', '||', '==', '!=', '~=', '>=', '<=', '<<', '>>', '\\\\', '=<', '=>', '<>'],
  ...Array.from('!=<>&|^~+-*/%()[],.:#\\'),
];
/** Signs that people write or paste for an operator. */
const operatorSigns = new Map([
  ['\u2260', '!='],
  ['\u2264', '<='],
  ['\u2265', '>='],
  ['\u2227', '&&'],
  ['\u2228', '||'],
  ['\u00AC', '!'],
  ['\u2208', 'in'],
]);
/** Behind these a value is expected, so `FC::ACE` is an address there, and a path anywhere else. */
const valueFollows = new Set(['==', '!=', '~=', '<', '<=', '>', '>=', '=', '===', '!==', '=<', '=>', '<>', '[', ',']);
const quotes = '"\u201C\u201D\u201E\u201F';
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };
const highestInteger = 0xffff_ffff_ffff_ffffn;

const space = /\s+/uy;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const mac = /[0-9a-f]{2}([-:])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?![\p{L}\p{N}_:-])/iuy;
/** No IPv6 text is longer than 45 characters; the bound keeps lexing linear. */
const ipv6 = /[0-9a-f:.]{2,45}(?![\p{L}\p{N}_:.])/iuy;
const ipv4 = /\d+\.\d+\.\d+\.\d+(?![\p{L}\p{N}_.])/uy;
const prefixLength = /\/(\d{1,3})(?![\p{L}\p{N}_.])/uy;
const integer = /(?:0x[0-9a-f]+|\d+)(?![\p{L}\p{N}_:]|\.\d)/iuy;
const guidInside = /\{[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?!\})/iuy;
/** No GUID is as long; the bound keeps lexing linear. */
const braces = /\{[^}]{0,200}\}/uy;
const bytesInBrackets = /\$\[\s*((?:[0-9a-f]{2}\s*)*)\]/iuy;
/** A text in the quotation marks of other languages; the bound keeps lexing linear. */
const singleQuoted = /['\u2018\u2019]([^'\u2018\u2019"]{0,1000})['\u2018\u2019]/uy;
/** What a broken number or address probably reaches over, to underline it whole. */
const numberLike = /[\p{L}\p{N}_.:-]+/uy;

interface Found {
  /** Null where only the end of what is broken is known. */
  readonly value: LiteralValue | null;
  readonly end: number;
  readonly problem?: Problem;
}

interface FoundToken {
  readonly token: Token;
  readonly problem?: Problem;
}

/** The tokens of a filter text, the last one of kind 'end'. Throws FilterError where the text is no token. */
export function tokenize(text: string): readonly Token[] {
  const { tokens, problems } = readTokens(text);
  if (problems.length > 0) throw new FilterError(problems[0].message, problems[0].place);
  return tokens;
}

/** The same for any text: what is no token is one of kind 'broken' and a problem. */
export function readTokens(text: string): Tokens {
  const end: Token = { kind: 'end', start: text.length, end: text.length };
  if (text.length > longestFilter) {
    const message = `The filter is ${text.length} characters long; at most ${longestFilter} are read.`;
    const broken: Token = { kind: 'broken', start: 0, end: text.length };
    return { tokens: [broken, end], problems: [problem(message, { start: longestFilter, end: text.length })] };
  }
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  let position = 0;
  for (;;) {
    position += matchAt(space, text, position)?.[0].length ?? 0;
    if (position >= text.length) break;
    const found = tokenAt(text, position, tokens.at(-1));
    if (found.problem) problems.push(found.problem);
    const givesUp = problems.length >= mostProblems;
    const token: Token = givesUp ? { kind: 'broken', start: position, end: text.length } : found.token;
    tokens.push(token);
    position = token.end;
  }
  tokens.push(end);
  return { tokens, problems };
}

function tokenAt(text: string, start: number, previous: Token | undefined): FoundToken {
  const literal = literalAt(text, start, previous);
  if (literal) return literalToken(literal, start);
  const name = matchAt(word, text, start)?.[0];
  if (name !== undefined) return { token: { kind: 'word', text: name, start, end: start + name.length } };
  if (/\d/.test(text[start])) return brokenToken(brokenNumber(text, start));
  const operator = operators.find((candidate) => text.startsWith(candidate, start));
  if (operator !== undefined) return { token: operatorToken(operator, start, start + operator.length) };
  return operatorSign(text, start) ?? brokenToken(unknownCharacter(text, start));
}

function literalToken({ value, end, problem }: Found, start: number): FoundToken {
  const token: Token = value === null ? { kind: 'broken', start, end } : { kind: 'literal', value, start, end };
  return problem ? { token, problem } : { token };
}

function brokenToken(problem: Problem): FoundToken {
  return { token: { kind: 'broken', ...problem.place }, problem };
}

/** `in` is a word, everything else that a sign stands for is an operator. */
function operatorToken(text: string, start: number, end: number): Token {
  return text === 'in' ? { kind: 'word', text, start, end } : { kind: 'operator', text, start, end };
}

/** `\u2260`, and the full-width forms of our operators, that keyboards for East Asian scripts write. */
function operatorSign(text: string, start: number): FoundToken | undefined {
  const operator = operatorSigns.get(text[start]) ?? fullWidthOperator(text, start);
  if (operator === undefined) return undefined;
  const end = start + (operatorSigns.has(text[start]) ? 1 : operator.length);
  const { message, place } = unknownCharacter(text, start);
  const meant = `${message.slice(0, -1)}; did you mean "${operator}"?`;
  return {
    token: operatorToken(operator, start, end),
    problem: problem(meant, place, [replacing({ start, end }, operator === 'in' ? ' in ' : operator)]),
  };
}

/** Full-width forms of ASCII lie 0xFEE0 above it (Unicode, U+FF01 to U+FF5E). */
function fullWidthOperator(text: string, start: number): string | undefined {
  const narrow = text
    .slice(start, start + 2)
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  if (narrow.startsWith(text[start])) return undefined;
  return operators.find((operator) => narrow.startsWith(operator));
}

function expectsValue(previous: Token | undefined): boolean {
  if (previous?.kind === 'operator') return valueFollows.has(previous.text);
  return previous?.kind === 'word' && previous.text.toLowerCase() === 'in';
}

function literalAt(text: string, start: number, previous: Token | undefined): Found | undefined {
  const first = text[start];
  if (quotes.includes(first)) return quotedText(text, start);
  if (first === '@') return verbatimText(text, start);
  if (first === '{') return guidText(text, start);
  if (first === '$') return byteString(text, start);
  if (first === "'" || first === '\u2018') return singleQuotedText(text, start);
  if (!/[0-9a-f:]/i.test(first)) return undefined;
  return (
    macAddress(text, start) ?? ipv6Address(text, start, previous) ?? ipv4Address(text, start) ?? number(text, start)
  );
}

function macAddress(text: string, start: number): Found | undefined {
  const found = matchAt(mac, text, start)?.[0];
  const bytes = found === undefined ? undefined : parseMac(found);
  if (found === undefined || bytes === undefined) return undefined;
  return { value: { type: 'mac', bytes }, end: start + found.length };
}

function ipv6Address(text: string, start: number, previous: Token | undefined): Found | undefined {
  const found = matchAt(ipv6, text, start)?.[0];
  const bytes = found === undefined ? undefined : parseIpv6(found);
  if (found === undefined || bytes === undefined) return undefined;
  if (couldBePath(found, previous)) return undefined;
  const end = start + found.length;
  const subnet = prefixAt(text, end, 128);
  if (!subnet) return { value: { type: 'ipv6', bytes }, end };
  return { ...subnet, value: { type: 'ipv6Subnet', bytes, prefix: subnet.prefix } };
}

/**
 * `Feed::Bed` is a path and an address; `2001::1`, `fe80::1` and `fe80::` can only be addresses, for every step of a
 * path starts with a letter; `::Bed` is the end of a path or an address. Where both are possible, what stands before decides.
 */
function couldBePath(found: string, previous: Token | undefined): boolean {
  if (expectsValue(previous)) return false;
  if (found.startsWith(':')) return previous !== undefined && (previous.kind !== 'operator' || previous.text === ':');
  return /^[a-f]/i.test(found) && !/:(?:\d|$)/.test(found);
}

function ipv4Address(text: string, start: number): Found | undefined {
  const found = matchAt(ipv4, text, start)?.[0];
  if (found === undefined) return undefined;
  const end = start + found.length;
  const value = parseIpv4(found);
  if (value === undefined) {
    const message = `"${shortened(found)}" is no IPv4 address: each of the four parts is 0 to 255.`;
    return { value: null, end, problem: problem(message, { start, end }) };
  }
  const subnet = prefixAt(text, end, 32);
  if (!subnet) return { value: { type: 'ipv4', value }, end };
  return { ...subnet, value: { type: 'ipv4Subnet', value, prefix: subnet.prefix } };
}

interface Prefix {
  /** In bits, as many as there can be where there are more. */
  readonly prefix: number;
  readonly end: number;
  readonly problem?: Problem;
}

function prefixAt(text: string, start: number, bits: number): Prefix | undefined {
  const found = matchAt(prefixLength, text, start);
  if (!found) return undefined;
  const prefix = Number(found[1]);
  const end = start + found[0].length;
  if (prefix <= bits) return { prefix, end };
  const message = `A subnet prefix here is 0 to ${bits} bits, not ${prefix}.`;
  return { prefix: bits, end, problem: problem(message, { start: start + 1, end }) };
}

function number(text: string, start: number): Found | undefined {
  const digits = matchAt(integer, text, start)?.[0];
  if (digits === undefined) return undefined;
  const end = start + digits.length;
  const hexadecimal = /^0x/i.test(digits);
  // Converting very many digits is slow, and leading zeros are the only way that many could fit in 64 bits.
  const value = digits.length > 100 ? highestInteger + 1n : BigInt(digits);
  if (value > highestInteger) {
    const message = `The number ${shortened(digits)} does not fit in 64 bits.`;
    return { value: null, end, problem: problem(message, { start, end }) };
  }
  return { value: { type: 'integer', value, hexadecimal }, end };
}

function quotedText(text: string, start: number): Found {
  const typographic = text[start] !== '"';
  let value = '';
  let position = start + 1;
  while (position < text.length) {
    const character = text[position];
    if (typographic ? quotes.includes(character) : character === '"') {
      return { value: { type: 'text', value }, end: position + 1 };
    }
    const part = character === '\\' ? escapeAt(text, position) : { value: character, end: position + 1 };
    value += part.value;
    position = part.end;
  }
  return unclosedText(text, start, value);
}

/** C-style escapes; what is none of them stands for itself. */
function escapeAt(text: string, start: number): { value: string; end: number } {
  const code = matchAt(/\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})/iy, text, start);
  if (code) {
    return { value: String.fromCharCode(Number.parseInt(code[0].slice(2), 16)), end: start + code[0].length };
  }
  const character = text.charAt(start + 1);
  return { value: escapes[character] ?? character, end: start + 2 };
}

function verbatimText(text: string, start: number): Found {
  if (!quotes.includes(text.charAt(start + 1)) || start + 1 >= text.length) {
    return { value: null, end: start + 1, problem: unknownCharacter(text, start) };
  }
  let value = '';
  let position = start + 2;
  while (position < text.length) {
    const character = text[position];
    if (!quotes.includes(character)) {
      value += character;
      position++;
    } else if (character === '"' && text[position + 1] === '"') {
      value += '"';
      position += 2;
    } else {
      return { value: { type: 'text', value }, end: position + 1 };
    }
  }
  return unclosedText(text, start, value);
}

function singleQuotedText(text: string, start: number): Found | undefined {
  const found = matchAt(singleQuoted, text, start);
  if (!found) return undefined;
  const place = { start, end: start + found[0].length };
  const mistake = problem('A text stands in double quotation marks.', place, [replacing(place, `"${found[1]}"`)]);
  return { value: { type: 'text', value: found[1] }, end: place.end, problem: mistake };
}

function guidText(text: string, start: number): Found {
  const found = matchAt(braces, text, start)?.[0];
  const guid = found === undefined ? undefined : parseGuid(found);
  if (found === undefined || guid === undefined) {
    const end = start + (found?.length ?? 1);
    const message = 'Expected a GUID in braces, as {448ea956-38ff-4620-b022-dd88cac6c896}.';
    return { value: null, end, problem: problem(message, { start, end }, unclosedGuid(text, start)) };
  }
  return { value: { type: 'guid', text: guid }, end: start + found.length };
}

function unclosedGuid(text: string, start: number): Edit[] {
  const digits = matchAt(guidInside, text, start)?.[0];
  return digits === undefined ? [] : [inserting(start + digits.length, '}')];
}

function byteString(text: string, start: number): Found {
  const found = matchAt(bytesInBrackets, text, start);
  if (!found) {
    const message = 'Expected a byte string as $[C0A80101]: pairs of hexadecimal digits in brackets.';
    return { value: null, end: start + 1, problem: problem(message, { start, end: start + 1 }) };
  }
  const digits = found[1].replace(/\s/g, '');
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
  return { value: { type: 'binary', bytes }, end: start + found[0].length };
}

function unclosedText(text: string, start: number, value: string): Found {
  const place = { start, end: text.length };
  const mistake = problem('This text has no closing quotation mark.', place, [inserting(text.length, '"')]);
  return { value: { type: 'text', value }, end: text.length, problem: mistake };
}

function brokenNumber(text: string, start: number): Problem {
  const found = matchAt(numberLike, text, start)?.[0] ?? text[start];
  const message = `"${shortened(found)}" is neither a number nor an address.`;
  return problem(message, { start, end: start + found.length });
}

function unknownCharacter(text: string, start: number): Problem {
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const message = `The character ${JSON.stringify(character)} has no meaning in a filter.`;
  return problem(message, { start, end: start + character.length });
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}
