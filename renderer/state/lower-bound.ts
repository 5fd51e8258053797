/**
 * First position of an ordered list of `count` entries at which `isBefore` is false; `count` when it is true for all.
 * Asks about log2(count) entries, one after the other: made for lists that live on the other side of a
 * transport.
 */
export async function lowerBound(count: number, isBefore: (position: number) => Promise<boolean>): Promise<number> {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
