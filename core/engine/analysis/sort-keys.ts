import type { CellContent } from './cell-book.ts';
import type { ColumnReader } from './column-reader.ts';
import { isNegativeKey, orderKey } from './value-order.ts';

/**
 * Keys by which rows are sorted, as doubles: small numbers as they are, NaN where a row has nothing, and everything else by
 * its place among all such values of the view, above or below the numbers. Portions of rows do not know the others' values:
 * they give codes, which become places when all are known.
 */

/** Numbers are their own keys between this and its negative. */
const largestOwn = 2 ** 50;
/** Codes of a portion's values count from here. */
const firstCode = 2 ** 52;

/** Fills the keys of some rows. Returns the order keys of values that have codes, by code. */
export function fillSortKeys(reader: ColumnReader, rows: Uint32Array, keys: Float64Array): string[] {
  const orderKeys: string[] = [];
  const codes = new Map<string, number>();
  const codeOf = (orderedBy: string): number => {
    let code = codes.get(orderedBy);
    if (code === undefined) {
      code = orderKeys.push(orderedBy) - 1;
      codes.set(orderedBy, code);
    }
    return code;
  };
  const keyOf = (content: CellContent): number => {
    if (content === undefined) return NaN;
    if (typeof content === 'number') return isOwn(content) ? content : firstCode + codeOf(orderKey(content));
    if (content.code < 0) {
      const { value } = content;
      const number = typeof value === 'boolean' ? Number(value) : value;
      if (typeof number === 'number' && isOwn(number)) return number;
      content.code = codeOf(orderKey(number));
    }
    return firstCode + content.code;
  };
  reader.read(rows, (place, content) => {
    keys[place] = keyOf(content);
  });
  return orderKeys;
}

function isOwn(number: number): boolean {
  return Math.abs(number) <= largestOwn;
}

/** Of distinct order keys, the sort keys of their values. */
export function rankedKeys(orderKeys: readonly string[]): Float64Array {
  const numbers = Uint32Array.from(orderKeys, (_, number) => number);
  numbers.sort((a, b) => (orderKeys[a] < orderKeys[b] ? -1 : 1));
  const ranks = new Float64Array(orderKeys.length);
  numbers.forEach((number, rank) => {
    ranks[number] = isNegativeKey(orderKeys[number]) ? rank - firstCode : rank + firstCode;
  });
  return ranks;
}

/** Puts sort keys in the place of a portion's codes; `ranks` are by code. */
export function replaceCodes(keys: Float64Array, ranks: Float64Array): void {
  if (ranks.length === 0) return;
  for (let place = 0; place < keys.length; place++) {
    const key = keys[place];
    if (key >= firstCode) keys[place] = ranks[key - firstCode];
  }
}
