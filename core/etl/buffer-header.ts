import { BufferFlag, BufferType, bufferHeaderSize, largestBufferSize } from './format.ts';

/** WMI_BUFFER_HEADER, the 0x48 bytes in front of every buffer. */
export interface BufferHeader {
  /** Bytes the buffer takes in the file; the next buffer starts right behind. */
  readonly size: number;
  /** Bytes of header plus records; for a compressed buffer, once inflated. */
  readonly filled: number;
  readonly flags: number;
  readonly type: number;
  readonly processor: number;
  /** When the buffer was flushed: a FILETIME in merged files, clock ticks in raw ones; 0 in a merged file's header buffer. */
  readonly flushTime: bigint;
  readonly sequence: bigint;
}

/** In the place of a header, where bytes of another format are handed on like a buffer's. */
export const noBufferHeader: BufferHeader = {
  size: 0,
  filled: 0,
  flags: 0,
  type: 0,
  processor: 0,
  flushTime: 0n,
  sequence: 0n,
};

/** Reads the header at `offset`; the caller has made sure that 0x48 bytes are there. Nothing is judged here. */
export function readBufferHeader(view: DataView, offset: number): BufferHeader {
  const flags = view.getUint16(offset + 0x34, true);
  const processorField = view.getUint16(offset + 0x28, true);
  return {
    size: view.getUint32(offset, true),
    filled: view.getUint32(offset + 0x30, true),
    flags,
    type: view.getUint16(offset + 0x36, true),
    processor: processorNumber(processorField, flags),
    flushTime: view.getBigInt64(offset + 0x10, true),
    sequence: view.getBigInt64(offset + 0x18, true),
  };
}

/** Windows 8 and later store an 11-bit index and say so by a flag; before, the low byte is the processor. */
function processorNumber(field: number, flags: number): number {
  return (flags & BufferFlag.ProcessorIndex) !== 0 ? field & 0x7ff : field & 0xff;
}

export function isCompressed(header: BufferHeader): boolean {
  return (header.flags & BufferFlag.Compressed) !== 0;
}

/** Nothing was ever written here: a session that reserves its file's space in advance leaves zeros. */
export function isUnwritten({ size, filled, flags, type, flushTime, sequence }: BufferHeader): boolean {
  return size === 0 && filled === 0 && flags === 0 && type === 0 && flushTime === 0n && sequence === 0n;
}

/** Why this cannot be the header of a buffer, in words, or undefined when it can. */
export function whyNoBuffer(header: BufferHeader): string | undefined {
  if (header.size < bufferHeaderSize) return `its size field says ${header.size} bytes, less than a buffer header`;
  if (header.size > largestBufferSize) return `its size field says ${header.size} bytes, more than any ETW buffer`;
  if (header.type > BufferType.Largest) return `its type field says ${header.type}, which is no buffer type`;
  if (header.filled > largestBufferSize) return `it claims to hold ${header.filled} bytes, more than any ETW buffer`;
  if (!isCompressed(header) && header.filled > header.size) {
    return `it claims ${header.filled} filled bytes in a buffer of ${header.size}`;
  }
  return undefined;
}
