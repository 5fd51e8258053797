import { readFully, type ByteSource } from '../base/byte-source.ts';
import { cutHeaderGap, unwrittenGap, zerosAt, type FileGap, type FileRange } from './buffer-chain.ts';
import { isCompressed, isUnwritten, readBufferHeader, whyNoBuffer, type BufferHeader } from './buffer-header.ts';
import { bufferHeaderSize, BufferType } from './format.ts';
import { smallestHead, sniffEtl } from './log-file-header.ts';
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
  /** What is wrong with the buffer as a whole: cut by the file's end, inflated to less than it claims. */
  readonly problem: BufferProblem | undefined;
}

export interface BufferProblem {
  readonly kind: 'cut' | 'damaged';
  readonly message: string;
  /** Bytes that are missing: of the file when it is cut, of the inflated buffer when it is damaged. */
  readonly bytes: number;
}

/** Told about buffers, and about bytes that should have been one. */
export interface RangeVisitor {
  buffer(buffer: OpenBuffer): void;
  gap(gap: FileGap): void;
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

  /**
   * Visits the buffers of a range in file order. Returns the offset at which another session's log file header stands and
   * the reading stopped; undefined when there is none.
   */
  readRange(range: FileRange, visitor: RangeVisitor): number | undefined {
    let chunkStart = range.from;
    let chunkLength = 0;
    let at = range.from;
    /** Makes sure that so many bytes from `at` on are there, if the file has them; says how many are. */
    const have = (needed: number): number => {
      if (chunkStart + chunkLength - at < needed) {
        chunkStart = at;
        chunkLength = this.fillChunk(at, needed, range);
      }
      return chunkStart + chunkLength - at;
    };
    while (at < range.to) {
      if (chunkStart + chunkLength - at < bufferHeaderSize && visitor.progress(at - range.from)) return undefined;
      const available = have(bufferHeaderSize);
      if (available < bufferHeaderSize) {
        visitor.gap(cutHeaderGap(at, available));
        return undefined;
      }
      const header = readBufferHeader(this.chunk.view, at - chunkStart);
      if (header.type === BufferType.Header && range.sessionStart !== undefined && at !== range.sessionStart) {
        const length = have(smallestHead);
        if (sniffEtl(this.chunk.bytes.subarray(at - chunkStart, at - chunkStart + length))) return at;
      }
      const reason = whyNoBuffer(header) ?? whyOutOfStep(header, range.stride);
      if (reason !== undefined) {
        const length = range.stride > 0 ? range.stride : range.to - at;
        const bytes = Math.min(length, this.source.size - at);
        const isZero = isUnwritten(header) && have(bytes) >= bytes && this.isZero(at - chunkStart, bytes);
        visitor.gap(isZero ? unwrittenGap(at, bytes) : skippedGap(at, bytes, reason));
        at += length;
        continue;
      }
      const length = Math.min(have(Math.min(header.size, this.source.size - at)), header.size);
      visitor.buffer(openBuffer(this.chunk, at - chunkStart, length, header, at, (size) => this.scratch(size)));
      at += header.size;
    }
    visitor.progress(range.to - range.from);
    return undefined;
  }

  /** Reads from `at` on: a chunk, or more when one buffer needs more, in whole strides where there are any. */
  private fillChunk(at: number, needed: number, range: FileRange): number {
    const chunk = Math.max(this.chunkBytes, needed);
    const wholeStrides = range.stride > 0 ? Math.max(needed, range.stride, chunk - (chunk % range.stride)) : chunk;
    const wanted = Math.min(wholeStrides, Math.max(needed, range.to - at));
    if (this.chunk.bytes.length < wanted) this.chunk = allocate(wanted);
    return readFully(this.source, at, this.chunk.bytes, 0, wanted);
  }

  private isZero(start: number, length: number): boolean {
    return zerosAt(this.chunk.bytes, start, start + length) === length;
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

function skippedGap(offset: number, bytes: number, reason: string): FileGap {
  return {
    offset,
    bytes,
    kind: 'skipped',
    message: `No buffer at offset ${offset}: ${reason}. Skipped ${bytes} bytes.`,
  };
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
  const cut = length < header.size ? cutProblem(length, header, fileOffset) : undefined;
  if (!isCompressed(header)) {
    const limit = Math.min(length, header.filled);
    if (at % 8 === 0)
      return {
        header,
        fileOffset,
        ...raw,
        base: at,
        limit: at + limit,
        problem: cut,
      };
    const moved = scratch(limit);
    moved.bytes.set(raw.bytes.subarray(at, at + limit));
    return { header, fileOffset, ...moved, base: 0, limit, problem: cut };
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
    problem: cut ?? shortInflate(header, fileOffset, limit),
  };
}

function cutProblem(length: number, { size }: BufferHeader, fileOffset: number): BufferProblem {
  return {
    kind: 'cut',
    message: `The file ends ${length} bytes into a buffer of ${size} (offset ${fileOffset}).`,
    bytes: size - length,
  };
}

function shortInflate(header: BufferHeader, fileOffset: number, limit: number): BufferProblem | undefined {
  if (limit >= header.filled) return undefined;
  return {
    kind: 'damaged',
    message: `The compressed buffer at offset ${fileOffset} claims to inflate to ${header.filled} bytes but gave ${limit}; what came out was kept.`,
    bytes: header.filled - limit,
  };
}
