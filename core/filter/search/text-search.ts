import { caseVariants, codePointsOf } from './case-variants.ts';

/** A search for a text in texts, made once and used for many. */
export interface TextSearch {
  /** Says whether the value holds the text. */
  found(value: string): boolean;
}

/** An empty text is in every value. Without regard to case, letters are the same as in a search of bytes. */
export function compileTextSearch(text: string, caseSensitive: boolean): TextSearch {
  if (caseSensitive || text === '') return { found: (value) => value.includes(text) };
  const pattern = new RegExp(codePointsOf(text).map(anyCaseOf).join(''));
  return { found: (value) => pattern.test(value) };
}

/** The alternatives of one character, in code units so that half a surrogate pair is found as well. */
function anyCaseOf(codePoint: number): string {
  return `(?:${caseVariants(codePoint).map(escapedUnits).join('|')})`;
}

function escapedUnits(codePoint: number): string {
  return String.fromCodePoint(codePoint)
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
