const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of `units` UTF-16 code units at `offset`. */
export function utf16At(bytes: Uint8Array, offset: number, units: number): string {
  return utf16.decode(unshared(bytes, offset, offset + units * 2));
}

/** UTF-16 text from `offset` to its NUL, or to `end` when there is none. `next` is the offset behind the NUL. */
export function utf16ZeroTerminated(bytes: Uint8Array, offset: number, end: number): { text: string; next: number } {
  let at = offset;
  while (at + 1 < end && (bytes[at] !== 0 || bytes[at + 1] !== 0)) at += 2;
  const terminated = at + 1 < end;
  return { text: utf16At(bytes, offset, (at - offset) >> 1), next: terminated ? at + 2 : end };
}

/** UTF-8 text of the bytes from `offset` to before `end`, NULs included. */
export function utf8At(bytes: Uint8Array, offset: number, end: number): string {
  return utf8.decode(unshared(bytes, offset, end));
}

/** UTF-8 text from `offset` to its NUL, or to `end` when there is none. `next` is the offset behind the NUL. */
export function utf8ZeroTerminated(bytes: Uint8Array, offset: number, end: number): { text: string; next: number } {
  const zero = bytes.subarray(offset, end).indexOf(0);
  const stop = zero < 0 ? end : offset + zero;
  return { text: utf8At(bytes, offset, stop), next: zero < 0 ? end : stop + 1 };
}

/** UTF-16LE bytes of a text, with a closing NUL on request. */
export function utf16Bytes(text: string, zeroTerminated: boolean): Uint8Array {
  const bytes = new Uint8Array((text.length + (zeroTerminated ? 1 : 0)) * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * 2] = unit & 0xff;
    bytes[index * 2 + 1] = unit >> 8;
  }
  return bytes;
}

/** Bytes as spaced hexadecimal pairs, cut after `limit` bytes: `00 15 5d …`. */
export function hexPairs(bytes: Uint8Array, limit = 32): string {
  const end = Math.min(bytes.length, limit);
  let shown = end > 0 ? pairOfByte[bytes[0]] : '';
  for (let index = 1; index < end; index++) shown += spacedPairOfByte[bytes[index]];
  return bytes.length > limit ? `${shown} …` : shown;
}

const pairOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const spacedPairOfByte = pairOfByte.map((pair) => ` ${pair}`);

/** TextDecoder refuses bytes in shared memory, so those are copied. */
function unshared(bytes: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> {
  return isUnshared(bytes) ? bytes.subarray(from, to) : bytes.slice(from, to);
}

function isUnshared(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}
