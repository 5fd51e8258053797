/**
 * Bytes that can be read at any position: a file, a buffer in memory, or a test's deliberately stingy source.
 * Reading is synchronous because readers run in worker threads, where waiting blocks nobody.
 */
export interface ByteSource {
  /** Length in bytes. A file may have grown since; readers stay inside this length. */
  readonly size: number;
  /**
   * Copies up to `length` bytes from `position` into `target` at `offset`.
   * Returns the number of bytes copied, which may be fewer than asked for; 0 means the end was reached.
   */
  read(position: number, target: Uint8Array, offset: number, length: number): number;
}

/** Reads until `length` bytes have come or the source ends. Returns the number of bytes read. */
export function readFully(
  source: ByteSource,
  position: number,
  target: Uint8Array,
  offset: number,
  length: number,
): number {
  let done = 0;
  while (done < length) {
    const count = source.read(position + done, target, offset + done, length - done);
    if (count <= 0) break;
    done += count;
  }
  return done;
}

/** A source over bytes in memory. `chunk` limits what one read returns, so that tests can prove chunk safety. */
export function memorySource(bytes: Uint8Array, chunk = Number.POSITIVE_INFINITY): ByteSource {
  return {
    size: bytes.length,
    read(position, target, offset, length) {
      const count = Math.min(length, chunk, bytes.length - position);
      if (count <= 0) return 0;
      target.set(bytes.subarray(position, position + count), offset);
      return count;
    },
  };
}
