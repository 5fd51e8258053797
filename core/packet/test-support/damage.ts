/** Numbers from 0 to below `limit`, the same for the same seed (a linear congruential generator). */
export type Random = (limit: number) => number;

export function randomNumbers(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Bytes that lead parsers astray: nothing, everything, the largest and smallest signed numbers, and their neighbours. */
const tellingBytes = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff];

/** A frame cut somewhere, often not at all, with up to five bytes changed, and at times the end of another frame. */
export function damaged(frame: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const length = random(2) === 0 ? frame.length : random(frame.length + 1);
  const tail = random(8) === 0 ? other.subarray(random(other.length + 1)) : other.subarray(other.length);
  const copy = new Uint8Array(length + tail.length);
  copy.set(frame.subarray(0, length));
  copy.set(tail, length);
  for (let change = random(6); change > 0 && copy.length > 0; change--)
    copy[random(copy.length)] = random(2) === 0 ? random(256) : tellingBytes[random(tellingBytes.length)];
  return copy;
}
