/** What inflating gave: bytes written to the target, bytes taken from the source. */
export interface InflateResult {
  readonly produced: number;
  readonly consumed: number;
}

/**
 * Inflates plain LZ77 XPRESS (MS-XCA section 2.4) from source[sourceStart..sourceEnd) into
 * target[targetStart..targetEnd). Never writes outside the target's range and never throws: data that is cut or
 * impossible simply ends early, and the caller sees fewer bytes produced than it expected.
 */
export function inflateLzxpress(
  source: Uint8Array,
  sourceStart: number,
  sourceEnd: number,
  target: Uint8Array,
  targetStart: number,
  targetEnd: number,
): InflateResult {
  let from = sourceStart;
  let to = targetStart;
  let flags = 0;
  let flagsLeft = 0;
  /** Where the byte lies whose high nibble extends the next long match; 0 when none is waiting. */
  let sharedNibbleAt = 0;

  while (to < targetEnd) {
    if (flagsLeft === 0) {
      if (from + 4 > sourceEnd) break;
      flags = source[from] | (source[from + 1] << 8) | (source[from + 2] << 16) | (source[from + 3] << 24);
      from += 4;
      flagsLeft = 32;
    }
    flagsLeft--;
    if (((flags >>> flagsLeft) & 1) === 0) {
      if (from >= sourceEnd) break;
      target[to++] = source[from++];
      continue;
    }
    if (from + 2 > sourceEnd) break;
    const token = source[from] | (source[from + 1] << 8);
    from += 2;
    const distance = (token >> 3) + 1;
    let length = token & 7;
    if (length === 7) {
      if (sharedNibbleAt === 0) {
        if (from >= sourceEnd) break;
        sharedNibbleAt = from;
        length = source[from++] & 15;
      } else {
        length = source[sharedNibbleAt] >> 4;
        sharedNibbleAt = 0;
      }
      if (length === 15) {
        if (from >= sourceEnd) break;
        length = source[from++];
        if (length === 255) {
          if (from + 2 > sourceEnd) break;
          length = source[from] | (source[from + 1] << 8);
          from += 2;
          if (length === 0) {
            if (from + 4 > sourceEnd) break;
            length =
              source[from] + source[from + 1] * 0x100 + source[from + 2] * 0x1_0000 + source[from + 3] * 0x100_0000;
            from += 4;
          }
          if (length < 15 + 7) break;
          length -= 15 + 7;
        }
        length += 15;
      }
      length += 7;
    }
    length += 3;
    let back = to - distance;
    if (back < targetStart) break;
    const stop = Math.min(to + length, targetEnd);
    while (to < stop) target[to++] = target[back++];
  }
  return { produced: to - targetStart, consumed: from - sourceStart };
}
