import { readFully, type ByteSource } from '../base/byte-source.ts';
import type { CaptureContext } from '../capture-file/capture-context.ts';
import { readCaptureRecord } from '../capture-file/capture-file.ts';
import { CaptureRecord, RecordKind } from '../capture-file/capture-record.ts';
import { eventHeaderSize, eventPointerSize, readNetmonEvent } from '../capture-file/netmon-event.ts';
import { noBufferHeader } from '../etl/buffer-header.ts';
import { BufferReader, type OpenBuffer } from '../etl/buffer-reader.ts';
import { readExtendedItems, type ExtendedItem } from '../etl/extended-data.ts';
import { extendedInfoFlag } from '../etl/format.ts';
import { RecordCursor, RecordFamily } from '../etl/record-cursor.ts';
import type { Segment } from './segment.ts';
import { pointerSizeAt } from './event-kinds.ts';
import { lastNotAbove } from './trace-columns.ts';

/** One event's bytes, read again because somebody looks at it. Offsets count in `bytes`, which holds its whole buffer. */
export interface EventRecord {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
  readonly headerType: number;
  readonly pointerSize: 4 | 8;
  readonly extendedItems: readonly ExtendedItem[];
  /** First byte of the event's own payload. */
  readonly userData: number;
  readonly processor: number;
  /** Offset in the file of the buffer the event lies in. */
  readonly bufferOffset: number;
  /**
   * Of a capture file's record, which is no ETW record: what it is read by. Its bytes are those of the record, its user
   * data the captured frame alone, up to `end`.
   */
  readonly capture?: { readonly context: CaptureContext; readonly recordEnd: number };
}

/** Room for one buffer of 16 MiB for each of sixteen processors, which is what a pktmon file may have. */
const defaultCacheBytes = 256 << 20;

/** Random access to events by their place, with the most recently used buffers kept inflated. */
export class EventReader {
  private readonly sources: readonly ByteSource[];
  private readonly readers: readonly BufferReader[];
  private readonly cacheBytes: number;
  private readonly cache = new Map<string, OpenBuffer>();
  private cachedBytes = 0;
  /** The buffer asked for last: whoever reads in file order asks for it again and again. */
  private latest: { readonly input: number; readonly fileOffset: number; readonly buffer: OpenBuffer } | undefined;
  private readonly cursor = new RecordCursor();
  private readonly record = new CaptureRecord();

  /** One source per input of the trace. */
  constructor(sources: readonly ByteSource[], cacheBytes = defaultCacheBytes) {
    this.sources = sources;
    this.readers = sources.map((source) => new BufferReader(source));
    this.cacheBytes = cacheBytes;
  }

  /** The record of an event; undefined when the file no longer holds what was indexed. */
  read(segment: Segment, event: number): EventRecord | undefined {
    const row = lastNotAbove(segment.buffers.firstEvent, event, segment.buffers.length);
    if (segment.capture) return this.readCapture(segment, segment.capture.context, event, row);
    const buffer = this.bufferAt(segment.input, segment.buffers.fileOffset[row]);
    if (!buffer) return undefined;
    const { cursor } = this;
    cursor.open(buffer.view, buffer.base + segment.events.offset[event], buffer.limit);
    if (!cursor.next()) return undefined;
    const hasExtended =
      cursor.family === RecordFamily.Event && (buffer.view.getUint16(cursor.start + 4, true) & extendedInfoFlag) !== 0;
    const extended = hasExtended
      ? readExtendedItems(buffer.view, cursor.payload, cursor.end)
      : { items: [], userData: cursor.payload };
    return {
      bytes: buffer.bytes,
      view: buffer.view,
      start: cursor.start,
      end: cursor.end,
      headerType: cursor.headerType,
      pointerSize: pointerSizeAt(buffer.view, cursor, segment.pointerSize),
      extendedItems: extended.items,
      userData: extended.userData,
      processor: buffer.header.processor,
      bufferOffset: buffer.fileOffset,
    };
  }

  /** All bytes of a buffer, by its row in the segment, from its first record on; undefined when it cannot be read. */
  readBuffer({ input, buffers, capture }: Segment, row: number): Uint8Array | undefined {
    const fileOffset = buffers.fileOffset[row];
    const buffer = capture
      ? this.stretchAt(input, fileOffset, buffers.diskSize[row])
      : this.bufferAt(input, fileOffset);
    return buffer?.bytes.subarray(buffer.base, buffer.limit);
  }

  private readCapture(segment: Segment, context: CaptureContext, event: number, row: number): EventRecord | undefined {
    const fileOffset = segment.buffers.fileOffset[row];
    const stretch = this.stretchAt(segment.input, fileOffset, segment.buffers.diskSize[row]);
    const { bytes, view } = stretch;
    const { record } = this;
    const start = segment.events.offset[event];
    if (!readCaptureRecord(context, view, bytes, start, stretch.limit, record)) return undefined;
    const { dataStart, dataEnd } = record;
    const place = { bytes, view, headerType: 0, bufferOffset: fileOffset };
    if (record.kind === RecordKind.Event && dataEnd - dataStart >= eventHeaderSize) {
      const { processor, extendedItems, userData, end } = readNetmonEvent(view, dataStart, dataEnd);
      const pointerSize = eventPointerSize(view, dataStart);
      return { ...place, start: dataStart, end, pointerSize, extendedItems, userData, processor };
    }
    return {
      ...place,
      start,
      end: dataEnd,
      pointerSize: segment.pointerSize,
      extendedItems: [],
      userData: dataStart,
      processor: 0,
      capture: { context, recordEnd: record.end },
    };
  }

  private stretchAt(input: number, fileOffset: number, length: number): OpenBuffer {
    const key = `${input}/${fileOffset}`;
    const cached = this.cached(key);
    if (cached) return cached;
    const bytes = new Uint8Array(length);
    const limit = readFully(this.sources[input], fileOffset, bytes, 0, length);
    const view = new DataView(bytes.buffer);
    return this.keep(key, { header: noBufferHeader, fileOffset, bytes, view, base: 0, limit, problem: undefined });
  }

  private bufferAt(input: number, fileOffset: number): OpenBuffer | undefined {
    const { latest } = this;
    if (latest?.input === input && latest.fileOffset === fileOffset) return latest.buffer;
    const buffer = this.cachedBufferAt(input, fileOffset);
    if (buffer) this.latest = { input, fileOffset, buffer };
    return buffer;
  }

  private cachedBufferAt(input: number, fileOffset: number): OpenBuffer | undefined {
    const key = `${input}/${fileOffset}`;
    const cached = this.cached(key);
    if (cached) return cached;
    const buffer = this.readers[input].readAt(fileOffset);
    return buffer && this.keep(key, buffer);
  }

  private cached(key: string): OpenBuffer | undefined {
    const cached = this.cache.get(key);
    if (!cached) return undefined;
    this.cache.delete(key);
    this.cache.set(key, cached);
    return cached;
  }

  private keep(key: string, buffer: OpenBuffer): OpenBuffer {
    this.cache.set(key, buffer);
    this.cachedBytes += buffer.bytes.length;
    this.evict(key);
    return buffer;
  }

  private evict(newest: string): void {
    for (const [key, buffer] of this.cache) {
      if (this.cachedBytes <= this.cacheBytes || key === newest) break;
      this.cache.delete(key);
      this.cachedBytes -= buffer.bytes.length;
    }
  }
}
