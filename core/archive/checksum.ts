/** The checksum of a data block: of its bytes, then of its two sizes. */
export function cabinetChecksum(data: Uint8Array, packed: number, size: number): number {
  return (sumOf(data) ^ (packed | (size << 16))) >>> 0;
}

/** Words of four bytes, the lowest first, put together by exclusive or; of a rest the first byte is the highest. */
function sumOf(data: Uint8Array): number {
  let sum = 0;
  const whole = data.length - (data.length % 4);
  for (let at = 0; at < whole; at += 4)
    sum ^= data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24);
  let rest = 0;
  for (let at = whole; at < data.length; at++) rest = (rest << 8) | data[at];
  return sum ^ rest;
}
