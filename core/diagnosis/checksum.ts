/** The Internet checksum (RFC 1071): sums of 16-bit words in one's complement. */

/** Sum of the words of view[start..end), not yet folded; an odd last byte is the upper half of a word. */
export function wordSum(view: DataView, start: number, end: number): number {
  let sum = 0;
  let at = start;
  // Two words at a time: 2^16 = 1 in one's complement arithmetic, so the halves may be added up in the end.
  for (; at + 4 <= end; at += 4) sum += view.getUint32(at);
  if (at + 2 <= end) {
    sum += view.getUint16(at);
    at += 2;
  }
  return at < end ? sum + view.getUint8(at) * 256 : sum;
}

/** The sum as 16 bits. What carries a right checksum gives 0xFFFF; nothing but zeros gives 0. */
export function folded(sum: number): number {
  let rest = sum;
  while (rest > 0xffff) rest = (rest % 0x1_0000) + Math.floor(rest / 0x1_0000);
  return rest;
}
