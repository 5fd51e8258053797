const windowSize = 0x2000;
const shortestMatch = 3;
/** What the 16-bit length can say; longer runs become several matches. */
const longestMatch = 0xffff + shortestMatch;
const hashBits = 13;
/** Candidates looked at before the best one is taken: more makes files smaller and writing slower. */
const chainDepth = 24;

/** Bytes that compressing `length` bytes may take at most: every byte a literal, and the flag words. */
export function lzxpressBound(length: number): number {
  return length + 4 * (Math.floor(length / 32) + 1);
}

/**
 * Compresses source[sourceStart..sourceEnd) as plain LZ77 XPRESS (MS-XCA section 2.3) into `target` from
 * `targetStart`, where `lzxpressBound` bytes must be free. Returns the offset behind the last byte written.
 */
export function compressLzxpress(
  source: Uint8Array,
  sourceStart: number,
  sourceEnd: number,
  target: Uint8Array,
  targetStart: number,
): number {
  const finder = new MatchFinder(source, sourceStart, sourceEnd);
  const output = new TokenWriter(target, targetStart);
  let at = sourceStart;
  while (at < sourceEnd) {
    const length = finder.longestMatchAt(at);
    if (length >= shortestMatch) {
      output.match(finder.matchDistance, length);
      finder.insert(at, length);
      at += length;
    } else {
      output.literal(source[at]);
      finder.insert(at, 1);
      at++;
    }
  }
  return output.finish();
}

/** Chains of earlier positions whose next three bytes hash alike. */
class MatchFinder {
  matchDistance = 0;
  readonly #source: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  /** Position + 1 relative to the start, 0 for none. */
  readonly #newest = new Int32Array(1 << hashBits);
  readonly #older = new Int32Array(windowSize);

  constructor(source: Uint8Array, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  /** Length of the longest match found for the bytes at `at`, its distance in `matchDistance`. */
  longestMatchAt(at: number): number {
    const limit = Math.min(this.#end - at, longestMatch);
    if (limit < shortestMatch) return 0;
    let best = 0;
    let candidate = this.#newest[this.#hash(at)];
    for (let depth = 0; depth < chainDepth && candidate > 0; depth++) {
      const position = this.#start + candidate - 1;
      if (at - position > windowSize) break;
      const length = this.#commonLength(position, at, limit);
      if (length > best) {
        best = length;
        this.matchDistance = at - position;
        if (best === limit) break;
      }
      candidate = this.#older[(candidate - 1) & (windowSize - 1)];
    }
    return best;
  }

  insert(at: number, count: number): void {
    const stop = Math.min(at + count, this.#end - shortestMatch + 1);
    for (let position = at; position < stop; position++) {
      const hash = this.#hash(position);
      const relative = position - this.#start;
      this.#older[relative & (windowSize - 1)] = this.#newest[hash];
      this.#newest[hash] = relative + 1;
    }
  }

  #commonLength(earlier: number, later: number, limit: number): number {
    const source = this.#source;
    let length = 0;
    while (length < limit && source[earlier + length] === source[later + length]) length++;
    return length;
  }

  #hash(at: number): number {
    const source = this.#source;
    const three = source[at] | (source[at + 1] << 8) | (source[at + 2] << 16);
    return Math.imul(three, 0x9e37_79b1) >>> (32 - hashBits);
  }
}

/** Literals and matches, with a flag word (0 literal, 1 match, first token in the highest bit) in front of each 32. */
class TokenWriter {
  readonly #target: Uint8Array;
  #at: number;
  #flagsAt: number;
  #flags = 0;
  #flagCount = 0;
  /** Where a byte lies whose high nibble is still free for the next long match; 0 when there is none. */
  #freeNibbleAt = 0;

  constructor(target: Uint8Array, start: number) {
    this.#target = target;
    this.#flagsAt = start;
    this.#at = start + 4;
  }

  literal(byte: number): void {
    this.#target[this.#at++] = byte;
    this.#flag(0);
  }

  match(distance: number, length: number): void {
    const extra = length - shortestMatch;
    this.#word(((distance - 1) << 3) | Math.min(extra, 7));
    if (extra >= 7) this.#longLength(extra);
    this.#flag(1);
  }

  /** Tokens that never come are marked as matches: that is how a reader knows the end. */
  finish(): number {
    const missing = 32 - this.#flagCount;
    const ones = missing === 32 ? 0xffff_ffff : 2 ** missing - 1;
    this.#writeFlags(missing === 32 ? ones : ((this.#flags << missing) | ones) >>> 0);
    return this.#at;
  }

  #longLength(extra: number): void {
    const nibble = Math.min(extra - 7, 15);
    if (this.#freeNibbleAt === 0) {
      this.#freeNibbleAt = this.#at;
      this.#target[this.#at++] = nibble;
    } else {
      this.#target[this.#freeNibbleAt] |= nibble << 4;
      this.#freeNibbleAt = 0;
    }
    if (nibble < 15) return;
    const byte = Math.min(extra - 7 - 15, 255);
    this.#target[this.#at++] = byte;
    if (byte === 255) this.#word(extra);
  }

  #word(value: number): void {
    this.#target[this.#at++] = value & 0xff;
    this.#target[this.#at++] = value >>> 8;
  }

  #flag(bit: number): void {
    this.#flags = (this.#flags << 1) | bit;
    if (++this.#flagCount < 32) return;
    this.#writeFlags(this.#flags);
    this.#flags = 0;
    this.#flagCount = 0;
    this.#flagsAt = this.#at;
    this.#at += 4;
  }

  #writeFlags(flags: number): void {
    this.#target[this.#flagsAt] = flags & 0xff;
    this.#target[this.#flagsAt + 1] = (flags >>> 8) & 0xff;
    this.#target[this.#flagsAt + 2] = (flags >>> 16) & 0xff;
    this.#target[this.#flagsAt + 3] = flags >>> 24;
  }
}
