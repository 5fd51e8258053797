/** All parts one behind the other, in memory of their own. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Up to so many bytes, a loop is faster than making a subarray. */
const longestLoop = 96;

/** Puts `source[start..end)` into `target` at `at`. */
export function putBytes(target: Uint8Array, at: number, source: Uint8Array, start: number, end: number): void {
  if (end - start > longestLoop) {
    target.set(source.subarray(start, end), at);
    return;
  }
  for (let from = start, to = at; from < end; from++, to++) target[to] = source[from];
}
