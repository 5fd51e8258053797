import { readFully, type ByteSource } from '../base/byte-source.ts';

/** Read where the file is not read on from the piece at hand, but somewhere else: records there are small. */
const jumpBytes = 1 << 12;
const defaultChunkBytes = 1 << 19;

/** The piece of a file at hand. `view` and `bytes` hold what lies from file offset `start` on. */
export class FileWindow {
  readonly source: ByteSource;
  bytes: Uint8Array;
  view: DataView;
  start = 0;
  private length = 0;
  private readonly chunkBytes: number;

  constructor(source: ByteSource, chunkBytes = defaultChunkBytes) {
    this.source = source;
    this.chunkBytes = chunkBytes;
    this.bytes = new Uint8Array(Math.min(chunkBytes, source.size));
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes sure that `needed` bytes from file offset `at` on are at hand, if the file has them; says how many are. */
  have(at: number, needed: number): number {
    const end = this.start + this.length;
    const wanted = Math.min(needed, this.source.size - at);
    if (at < this.start || at + wanted > end) this.fill(at, wanted, at >= this.start && at <= end);
    return this.start + this.length - at;
  }

  private fill(at: number, needed: number, isNear: boolean): void {
    const wanted = Math.min(Math.max(needed, isNear ? this.chunkBytes : jumpBytes), Math.max(0, this.source.size - at));
    if (this.bytes.length < wanted) {
      this.bytes = new Uint8Array(wanted);
      this.view = new DataView(this.bytes.buffer);
    }
    this.start = at;
    this.length = readFully(this.source, at, this.bytes, 0, wanted);
  }
}
