import type { Span } from '../ast.ts';

/** A part of a Wireshark or Network Monitor filter. */
export type ForeignToken =
  /** A name, a number or an address: whatever is written without blanks and quotation marks. */
  | ({ readonly kind: 'bare'; readonly text: string } & Span)
  | ({ readonly kind: 'text'; readonly value: string } & Span)
  | ({ readonly kind: 'operator'; readonly text: string } & Span);

/** Longer filters are nobody's habit to paste; the bound keeps translating quick. */
export const longestForeignFilter = 10_000;

const blank = /\s+/y;
const bare = /[*#]?[\w.:/-]+/y;
const quoted = /(r?)"((?:[^"\\]|\\.)*)"/sy;
const operator = /===|!==|&&|\|\||\^\^|==|!=|~=|>=|<=|[!=<>~&(){}[\],]/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Null when the text cannot be one of these filters. */
export function foreignTokens(text: string): ForeignToken[] | null {
  if (text.length > longestForeignFilter) return null;
  const tokens: ForeignToken[] = [];
  let position = 0;
  while (position < text.length) {
    const found = tokenAt(text, position);
    if (!found) return null;
    if (found !== 'blank') tokens.push(found);
    position = found === 'blank' ? blank.lastIndex : found.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number): ForeignToken | 'blank' | undefined {
  if (matchAt(blank, text, start)) return 'blank';
  const string = matchAt(quoted, text, start);
  if (string) {
    const value = string[1] === 'r' ? string[2] : unescaped(string[2]);
    return { kind: 'text', value, start, end: start + string[0].length };
  }
  const word = matchAt(bare, text, start)?.[0];
  if (word !== undefined) return { kind: 'bare', text: word, start, end: start + word.length };
  const sign = matchAt(operator, text, start)?.[0];
  return sign === undefined ? undefined : { kind: 'operator', text: sign, start, end: start + sign.length };
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|(.))/gis, (_, code: string | undefined, character: string) =>
    code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}
