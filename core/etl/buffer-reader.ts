import { readFully, type ByteSource } from '../base/byte-source.ts';
import type { FileRange } from './buffer-chain.ts';
import { isCompressed, readBufferHeader, whyNoBuffer, type BufferHeader } from './buffer-header.ts';
import { bufferHeaderSize } from './format.ts';
import { inflateLzxpress } from './lzxpress.ts';

/** One buffer, inflated, ready for a RecordCursor. Its bytes are valid only until the reader moves on. */
export interface OpenBuffer {
  readonly header: BufferHeader;
  readonly fileOffset: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the buffer header lies in `bytes`: a multiple of 8. Record offsets count from here. */
  readonly base: number;
  /** The byte behind the last record byte that could be had. */
  readonly limit: number;
  /** What is wrong with the buffer as a whole, in words: cut by the file's end, inflated to less than it claims. */
  readonly problem: string | undefined;
}

/** Told about buffers, and about bytes that should have been one. */
export interface RangeVisitor {
  buffer(buffer: OpenBuffer): void;
  problem(offset: number, message: string): void;
  /** Called now and then with the bytes of the file read so far in this range. True stops the reading. */
  progress(bytesRead: number): boolean;
}

const defaultChunkBytes = 1 << 19;

/** Reads buffers of one file: in sequence over a range, or one by its position. */
export class BufferReader {
  private readonly source: ByteSource;
  private readonly chunkBytes: number;
  private chunk: Bytes;
  private inflated: Bytes = allocate(0);

  constructor(source: ByteSource, chunkBytes = defaultChunkBytes) {
    this.source = source;
    this.chunkBytes = chunkBytes;
    this.chunk = allocate(chunkBytes);
  }

  /** The buffer whose header stands at `fileOffset`, with bytes of its own that stay valid. */
  readAt(fileOffset: number): OpenBuffer | undefined {
    const header = this.headerAt(fileOffset);
    if (!header || whyNoBuffer(header) !== undefined) return undefined;
    const raw = allocate(header.size);
    const length = readFully(this.source, fileOffset, raw.bytes, 0, header.size);
    return openBuffer(raw, 0, length, header, fileOffset, (size) => allocate(size));
  }

  /** Visits the buffers of a range in file order. */
  readRange(range: FileRange, visitor: RangeVisitor): void {
    let chunkStart = range.from;
    let chunkLength = 0;
    let at = range.from;
    const available = (): number => chunkStart + chunkLength - at;
    const fill = (needed: number): void => {
      chunkStart = at;
      chunkLength = this.fillChunk(at, needed, range);
    };
    while (at < range.to) {
      if (available() < bufferHeaderSize) {
        if (visitor.progress(at - range.from)) return;
        fill(bufferHeaderSize);
      }
      if (available() < bufferHeaderSize) {
        visitor.problem(
          at,
          `The file ends ${available()} bytes into a buffer header of ${bufferHeaderSize} (offset ${at}).`,
        );
        return;
      }
      const header = readBufferHeader(this.chunk.view, at - chunkStart);
      const reason = whyNoBuffer(header) ?? whyOutOfStep(header, range.stride);
      if (reason !== undefined) {
        visitor.problem(
          at,
          `No buffer at offset ${at}: ${reason}.${range.stride > 0 ? ' This buffer was skipped.' : ''}`,
        );
        if (range.stride === 0) return;
        at += range.stride;
        continue;
      }
      const wanted = Math.min(header.size, this.source.size - at);
      if (available() < wanted) fill(wanted);
      const length = Math.min(available(), header.size);
      visitor.buffer(openBuffer(this.chunk, at - chunkStart, length, header, at, (size) => this.scratch(size)));
      at += header.size;
    }
    visitor.progress(range.to - range.from);
  }

  /** Reads from `at` on: a chunk, or more when one buffer needs more, in whole strides where there are any. */
  private fillChunk(at: number, needed: number, range: FileRange): number {
    const chunk = Math.max(this.chunkBytes, needed);
    const wholeStrides = range.stride > 0 ? Math.max(range.stride, chunk - (chunk % range.stride)) : chunk;
    const wanted = Math.min(wholeStrides, Math.max(needed, range.to - at));
    if (this.chunk.bytes.length < wanted) this.chunk = allocate(wanted);
    return readFully(this.source, at, this.chunk.bytes, 0, wanted);
  }

  private scratch(size: number): Bytes {
    if (this.inflated.bytes.length < size) this.inflated = allocate(size);
    return this.inflated;
  }

  private headerAt(offset: number): BufferHeader | undefined {
    const head = allocate(bufferHeaderSize);
    if (readFully(this.source, offset, head.bytes, 0, bufferHeaderSize) < bufferHeaderSize) return undefined;
    return readBufferHeader(head.view, 0);
  }
}

interface Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function allocate(size: number): Bytes {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

function whyOutOfStep(header: BufferHeader, stride: number): string | undefined {
  if (stride === 0 || header.size === stride) return undefined;
  return `its size field says ${header.size} bytes, but all buffers of this file have ${stride}`;
}

/** Makes a buffer readable: inflated when compressed, moved to a multiple of 8 when it lies askew, else as it is. */
function openBuffer(
  raw: Bytes,
  at: number,
  length: number,
  header: BufferHeader,
  fileOffset: number,
  scratch: (size: number) => Bytes,
): OpenBuffer {
  const cut =
    length < header.size
      ? `The file ends ${length} bytes into a buffer of ${header.size} (offset ${fileOffset}).`
      : undefined;
  if (!isCompressed(header)) {
    const limit = Math.min(length, header.filled);
    if (at % 8 === 0)
      return {
        header,
        fileOffset,
        ...raw,
        base: at,
        limit: at + limit,
        problem: limit < header.filled ? cut : undefined,
      };
    const moved = scratch(limit);
    moved.bytes.set(raw.bytes.subarray(at, at + limit));
    return { header, fileOffset, ...moved, base: 0, limit, problem: limit < header.filled ? cut : undefined };
  }
  const inflated = scratch(Math.max(header.filled, bufferHeaderSize));
  const { produced } = inflateLzxpress(
    raw.bytes,
    at + bufferHeaderSize,
    at + length,
    inflated.bytes,
    bufferHeaderSize,
    header.filled,
  );
  const limit = bufferHeaderSize + produced;
  return {
    header,
    fileOffset,
    ...inflated,
    base: 0,
    limit,
    problem: cut ?? shortInflateText(header, fileOffset, limit),
  };
}

function shortInflateText(header: BufferHeader, fileOffset: number, limit: number): string | undefined {
  if (limit >= header.filled) return undefined;
  return `The compressed buffer at offset ${fileOffset} claims to inflate to ${header.filled} bytes but gave ${limit}; what came out was kept.`;
}
