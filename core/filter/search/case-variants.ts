/**
 * What counts as the same letter when case does not matter. A letter stands for itself and its upper and lower forms of
 * one code point each, so that a text keeps its number of code points: `ß` is not `SS`. Searches of bytes and of text share this.
 */

/** The code points that `codePoint` is found as, itself first, none twice. Half a surrogate pair has only itself. */
export function caseVariants(codePoint: number): readonly number[] {
  const lower = lowerCase(codePoint);
  const upper = upperCase(codePoint);
  return [...new Set([codePoint, lower, upper, upperCase(lower), lowerCase(upper)])];
}

export function lowerCase(codePoint: number): number {
  return soleCodePoint(String.fromCodePoint(codePoint).toLowerCase()) ?? codePoint;
}

export function upperCase(codePoint: number): number {
  return soleCodePoint(String.fromCodePoint(codePoint).toUpperCase()) ?? codePoint;
}

/** The code points of a text; half a surrogate pair is one of its own. */
export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function soleCodePoint(text: string): number | null {
  const [first, ...others] = codePointsOf(text);
  return others.length === 0 ? first : null;
}
