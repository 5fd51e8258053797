/** Sets of row numbers: bit r of the words is row r. Bits behind the last row are always 0. */
export type RowSet = Uint32Array;

/** The set of no row out of `count`. */
export function noRows(count: number): RowSet {
  return new Uint32Array(Math.ceil(count / 32));
}

/** The set of all rows below `count`. */
export function everyRow(count: number): RowSet {
  const rows = noRows(count).fill(0xffff_ffff);
  if (count % 32 !== 0) rows[rows.length - 1] = 2 ** (count % 32) - 1;
  return rows;
}

/** The set of the rows from..to of `count`. `from` is a multiple of 32. */
export function rowsBetween(count: number, from: number, to: number): RowSet {
  const rows = noRows(count);
  const end = Math.min(to, count);
  rows.fill(0xffff_ffff, from / 32, Math.ceil(end / 32));
  if (end % 32 !== 0 && end > from) rows[(end - (end % 32)) / 32] = 2 ** (end % 32) - 1;
  return rows;
}

export function hasRow(rows: RowSet, row: number): boolean {
  return ((rows[row >>> 5] >>> (row & 31)) & 1) === 1;
}

export function addRow(rows: RowSet, row: number): void {
  rows[row >>> 5] |= 1 << (row & 31);
}

export function isEmpty(rows: RowSet): boolean {
  for (const word of rows) if (word !== 0) return false;
  return true;
}

/** Whether a row from..to is in the set. */
export function hasRowBetween(rows: RowSet, from: number, to: number): boolean {
  for (let word = from >>> 5; word * 32 < to; word++) if ((rows[word] & bitsBetween(word, from, to)) !== 0) return true;
  return false;
}

/** Takes those of the rows from..to out of the set that are not in `kept`. */
export function keepBetween(rows: RowSet, from: number, to: number, kept: RowSet): void {
  for (let word = from >>> 5; word * 32 < to; word++) rows[word] &= kept[word] | ~bitsBetween(word, from, to);
}

/** The bits of a word that are rows from..to. */
function bitsBetween(word: number, from: number, to: number): number {
  const first = Math.max(0, from - word * 32);
  const behind = Math.min(32, to - word * 32);
  return behind <= first ? 0 : (0xffff_ffff << first) & (0xffff_ffff >>> (32 - behind));
}

/** Rows of `rows` that are not in `removed`. */
export function without(rows: RowSet, removed: RowSet): RowSet {
  const rest = new Uint32Array(rows.length);
  for (let word = 0; word < rows.length; word++) rest[word] = rows[word] & ~removed[word];
  return rest;
}

export function intersection(first: RowSet, second: RowSet): RowSet {
  const common = new Uint32Array(first.length);
  for (let word = 0; word < first.length; word++) common[word] = first[word] & second[word];
  return common;
}

/** Adds all rows of `added` to `rows`. */
export function addRows(rows: RowSet, added: RowSet): void {
  for (let word = 0; word < rows.length; word++) rows[word] |= added[word];
}

export function countRows(rows: RowSet): number {
  let count = 0;
  for (const word of rows) {
    const pairs = word - ((word >>> 1) & 0x5555_5555);
    const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
    count += Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}
