/**
 * Positions of keys in ascending or descending order; those with equal keys stay in the order of their positions, and those
 * without one (NaN) come last in both. `check` is called now and then: what it throws ends the work. A radix sort: ten
 * million numbers of a few digits take less than a second.
 */
export function stableOrder(keys: Float64Array, descending: boolean, check: () => void = () => undefined): Uint32Array {
  const { present, absent, lowest, highest, areWhole } = surveyed(keys);
  const isNarrow = areWhole && highest - lowest < 2 ** 32;
  const words = isNarrow ? [narrowWords(keys, lowest, highest, descending)] : wideWords(keys, descending);
  let ordered = present;
  let spare = new Uint32Array(present.length);
  const counts = new Uint32Array(1 << digitBits);
  for (const word of words) {
    for (let shift = 0; shift < 32; shift += digitBits) {
      check();
      if (!countDigits(word, shift, ordered, counts)) continue;
      for (const position of ordered) spare[counts[(word[position] >>> shift) & digitMask]++] = position;
      [ordered, spare] = [spare, ordered];
    }
  }
  const all = new Uint32Array(keys.length);
  all.set(ordered);
  all.set(absent, ordered.length);
  return all;
}

const digitBits = 11;
const digitMask = (1 << digitBits) - 1;

interface Survey {
  readonly present: Uint32Array<ArrayBuffer>;
  readonly absent: Uint32Array;
  readonly lowest: number;
  readonly highest: number;
  readonly areWhole: boolean;
}

function surveyed(keys: Float64Array): Survey {
  let absences = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  let areWhole = true;
  for (const key of keys) {
    if (Number.isNaN(key)) absences++;
    else {
      if (key < lowest) lowest = key;
      if (key > highest) highest = key;
      if (!Number.isInteger(key)) areWhole = false;
    }
  }
  const present = new Uint32Array(keys.length - absences);
  const absent = new Uint32Array(absences);
  let there = 0;
  let missing = 0;
  for (let position = 0; position < keys.length; position++) {
    if (Number.isNaN(keys[position])) absent[missing++] = position;
    else present[there++] = position;
  }
  return { present, absent, lowest, highest, areWhole };
}

function narrowWords(keys: Float64Array, lowest: number, highest: number, descending: boolean): Uint32Array {
  const words = new Uint32Array(keys.length);
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position];
    if (!Number.isNaN(key)) words[position] = descending ? highest - key : key - lowest;
  }
  return words;
}

/** The bits of doubles such that they ascend with them: the lower halves, then the upper. */
function wideWords(keys: Float64Array, descending: boolean): [Uint32Array, Uint32Array] {
  const lower = new Uint32Array(keys.length);
  const upper = new Uint32Array(keys.length);
  const view = new DataView(new ArrayBuffer(8));
  const turned = descending ? 0xffff_ffff : 0;
  for (let position = 0; position < keys.length; position++) {
    // Adding 0 makes a 0 of -0.
    view.setFloat64(0, keys[position] + 0);
    const high = view.getUint32(0);
    const mask = high >>> 31 === 1 ? 0xffff_ffff : 0;
    upper[position] = (high ^ (mask | 0x8000_0000) ^ turned) >>> 0;
    lower[position] = (view.getUint32(4) ^ mask ^ turned) >>> 0;
  }
  return [lower, upper];
}

/** Makes the first place of each digit out of how often it occurs; false when all have the same one. */
function countDigits(word: Uint32Array, shift: number, positions: Uint32Array, counts: Uint32Array): boolean {
  counts.fill(0);
  for (const position of positions) counts[(word[position] >>> shift) & digitMask]++;
  let next = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit];
    if (count === positions.length) return false;
    counts[digit] = next;
    next += count;
  }
  return true;
}
