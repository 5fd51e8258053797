import type { OrderOperator } from './language/ast.ts';

/** Sets of unsigned integers of any width as ascending, disjoint, inclusive ranges. */
export type Range = readonly [low: bigint, high: bigint];
export type Ranges = readonly Range[];

/** The union of any ranges; those whose low is above their high are empty. */
export function unionOf(ranges: Ranges): Ranges {
  const ascending = ranges
    .filter(([low, high]) => low <= high)
    .sort(([first], [second]) => (first < second ? -1 : first > second ? 1 : 0));
  const merged: [bigint, bigint][] = [];
  for (const [low, high] of ascending) {
    const last = merged.at(-1);
    if (!last || low > last[1] + 1n) merged.push([low, high]);
    else if (high > last[1]) last[1] = high;
  }
  return merged;
}

/** The part of the set that lies in 0 to `highest`. */
export function upTo(ranges: Ranges, highest: bigint): Ranges {
  return ranges
    .filter(([low, high]) => low <= highest && high >= 0n)
    .map(([low, high]): Range => [low < 0n ? 0n : low, high < highest ? high : highest]);
}

export function contains(ranges: Ranges, value: bigint): boolean {
  let first = 0;
  let behind = ranges.length;
  while (first < behind) {
    const middle = (first + behind) >>> 1;
    if (value > ranges[middle][1]) first = middle + 1;
    else behind = middle;
  }
  return first < ranges.length && ranges[first][0] <= value;
}

/** Bytes, highest first, as one number. */
export function bigEndian(bytes: Uint8Array, start = 0, end = bytes.length): bigint {
  let value = 0n;
  for (let index = start; index < end; index++) value = (value << 8n) | BigInt(bytes[index]);
  return value;
}

/** All addresses of a subnet, `width` bits wide. Host bits are allowed in the address and mean nothing. */
export function subnet(address: bigint, prefix: number, width: number): Range {
  const host = (1n << BigInt(width - prefix)) - 1n;
  return [address - (address & host), address | host];
}

/** Values below, above or among a range of equal ones, none above `highest`. */
export function orderedRanges(operator: OrderOperator, [low, high]: Range, highest: bigint): Ranges {
  switch (operator) {
    case '<':
      return unionOf([[0n, low - 1n]]);
    case '<=':
      return unionOf([[0n, high]]);
    case '>':
      return unionOf([[high + 1n, highest]]);
    case '>=':
      return unionOf([[low, highest]]);
  }
}
