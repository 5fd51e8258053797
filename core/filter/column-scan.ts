import type { RowSet } from './bitset.ts';

export type NumberColumn = Uint8Array | Uint16Array | Uint32Array;

/** One test of one column, with everything looked up: what the innermost loops run over. */
export interface ColumnScan {
  readonly column: NumberColumn;
  readonly test: NumberTest;
}

export type NumberTest =
  /** (number & mask) is the value. */
  | { readonly kind: 'equal'; readonly mask: number; readonly value: number }
  /** (number & mask) is at least `low` and at most `high`. */
  | { readonly kind: 'range'; readonly mask: number; readonly low: number; readonly high: number }
  /** The table holds 1 at the number; numbers behind its end do not match. */
  | { readonly kind: 'lookup'; readonly table: Uint8Array }
  /** (number & mask) lies in one of the ranges: ascending lows, and the high of each. */
  | { readonly kind: 'search'; readonly mask: number; readonly lows: Uint32Array; readonly highs: Uint32Array };

/**
 * The rows of `within` that pass the test. 32 rows at a time become one word, without a branch on what a row holds, and
 * words in which no row is wanted are skipped.
 */
export function scanColumn({ column, test }: ColumnScan, within: RowSet): RowSet {
  const found = new Uint32Array(within.length);
  for (let word = 0; word < within.length; word++) {
    const wanted = within[word];
    if (wanted === 0) continue;
    const start = word * 32;
    found[word] = wanted & wordOf(column, test, start, Math.min(32, column.length - start));
  }
  return found;
}

function wordOf(column: NumberColumn, test: NumberTest, start: number, count: number): number {
  switch (test.kind) {
    case 'equal':
      return equalRows(column, test.mask | 0, test.value | 0, start, count);
    case 'range':
      return rowsInRange(column, test.mask | 0, test.low | 0, (test.high - test.low) >>> 0, start, count);
    case 'lookup':
      return rowsInTable(column, test.table, start, count);
    case 'search':
      return rowsInRanges(column, test.mask | 0, test.lows, test.highs, start, count);
  }
}

/** A loop that meets columns of several types compiles to slower code, so the commonest test has one loop a type. */
function equalRows(column: NumberColumn, mask: number, value: number, start: number, count: number): number {
  if (column instanceof Uint32Array) return equalRows32(column, mask, value, start, count);
  if (column instanceof Uint16Array) return equalRows16(column, mask, value, start, count);
  return equalRows8(column, mask, value, start, count);
}

function equalRows32(column: Uint32Array, mask: number, value: number, start: number, count: number): number {
  let bits = 0;
  for (let row = 0; row < count; row++) {
    const difference = (column[start + row] & mask) ^ value;
    bits |= (((difference | -difference) >>> 31) ^ 1) << row;
  }
  return bits;
}

function equalRows16(column: Uint16Array, mask: number, value: number, start: number, count: number): number {
  let bits = 0;
  for (let row = 0; row < count; row++) {
    const difference = (column[start + row] & mask) ^ value;
    bits |= (((difference | -difference) >>> 31) ^ 1) << row;
  }
  return bits;
}

function equalRows8(column: Uint8Array, mask: number, value: number, start: number, count: number): number {
  let bits = 0;
  for (let row = 0; row < count; row++) {
    const difference = (column[start + row] & mask) ^ value;
    bits |= (((difference | -difference) >>> 31) ^ 1) << row;
  }
  return bits;
}

function rowsInRange(
  column: NumberColumn,
  mask: number,
  low: number,
  span: number,
  start: number,
  count: number,
): number {
  let bits = 0;
  for (let row = 0; row < count; row++) {
    const above = ((column[start + row] & mask) - low) >>> 0;
    bits |= (above <= span ? 1 : 0) << row;
  }
  return bits;
}

function rowsInTable(column: NumberColumn, table: Uint8Array, start: number, count: number): number {
  const size = table.length;
  let bits = 0;
  for (let row = 0; row < count; row++) {
    const number = column[start + row];
    bits |= (number < size ? table[number] : 0) << row;
  }
  return bits;
}

function rowsInRanges(
  column: NumberColumn,
  mask: number,
  lows: Uint32Array,
  highs: Uint32Array,
  start: number,
  count: number,
): number {
  let bits = 0;
  for (let row = 0; row < count; row++) {
    const number = (column[start + row] & mask) >>> 0;
    let first = 0;
    let behind = highs.length;
    while (first < behind) {
      const middle = (first + behind) >>> 1;
      if (number > highs[middle]) first = middle + 1;
      else behind = middle;
    }
    bits |= (first < lows.length && lows[first] <= number ? 1 : 0) << row;
  }
  return bits;
}
