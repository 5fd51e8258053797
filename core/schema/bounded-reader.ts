import { guidAt } from '../base/guid.ts';
import { utf16ZeroTerminated, utf8ZeroTerminated } from '../base/text.ts';
import { SchemaError } from './schema-error.ts';

/** Longest name, in UTF-16 units, that a damaged offset may make us read. */
const maximumNameLength = 4096;

/** Reads a metadata record. Every offset is checked; what lies outside becomes a SchemaError that names the part. */
export class BoundedReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  uint8(offset: number, what: string): number {
    this.require(offset, 1, what);
    return this.view.getUint8(offset);
  }

  uint16(offset: number, what: string): number {
    this.require(offset, 2, what);
    return this.view.getUint16(offset, true);
  }

  uint32(offset: number, what: string): number {
    this.require(offset, 4, what);
    return this.view.getUint32(offset, true);
  }

  guid(offset: number, what: string): string {
    this.require(offset, 16, what);
    return guidAt(this.bytes, offset);
  }

  /** The zero-terminated UTF-16 text at `offset`. */
  text(offset: number, what: string, maximumLength = maximumNameLength): string {
    return this.textAndEnd(offset, what, maximumLength).text;
  }

  /** Zero-terminated texts one behind the other, up to an empty one. */
  texts(offset: number, what: string): string[] {
    const texts: string[] = [];
    for (let at = offset; ;) {
      const { text, next } = this.textAndEnd(at, what, maximumNameLength);
      if (text === '') return texts;
      texts.push(text);
      at = next;
    }
  }

  /** The zero-terminated UTF-8 text at `offset`, and the offset behind its zero. */
  utf8Text(offset: number, what: string): { text: string; next: number } {
    this.require(offset, 1, what);
    const { text, next } = utf8ZeroTerminated(this.bytes, offset, this.bytes.length);
    if (this.bytes[next - 1] !== 0) throw new SchemaError(`${what} at byte ${offset} has no end.`);
    return { text, next };
  }

  require(offset: number, length: number, what: string): void {
    if (offset + length <= this.bytes.length) return;
    throw new SchemaError(`${what} would lie at byte ${offset}, but the record has only ${this.bytes.length} bytes.`);
  }

  private textAndEnd(offset: number, what: string, maximumLength: number): { text: string; next: number } {
    this.require(offset, 2, what);
    const end = Math.min(this.bytes.length, offset + (maximumLength + 1) * 2);
    const { text, next } = utf16ZeroTerminated(this.bytes, offset, end);
    if (this.bytes[next - 1] !== 0 || this.bytes[next - 2] !== 0)
      throw new SchemaError(`${what} at byte ${offset} has no end.`);
    return { text, next };
  }
}
