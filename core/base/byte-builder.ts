import { putBytes } from './bytes.ts';

/** Bytes that grow at their end. Numbers are little-endian; `view` and `bytes` are replaced when more room is needed. */
export class ByteBuilder {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for so many more bytes and takes them; returns where they begin. They may hold what stood there before. */
  take(count: number): number {
    const start = this.length;
    const end = start + count;
    if (end > this.bytes.length) this.grow(end);
    this.length = end;
    return start;
  }

  /** Puts `source[start..end)` at `at`, where room has been taken. */
  put(at: number, source: Uint8Array, start: number, end: number): void {
    putBytes(this.bytes, at, source, start, end);
  }

  append(source: Uint8Array): void {
    this.put(this.take(source.length), source, 0, source.length);
  }

  /** What has been built, in memory of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
