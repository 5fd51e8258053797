/** One round of a multiplicative hash (the constant is 2^32 divided by the golden ratio). */
export function mix(hash: number, word: number): number {
  return Math.imul((hash << 5) ^ (hash >>> 27) ^ word, 0x9e37_79b1);
}
