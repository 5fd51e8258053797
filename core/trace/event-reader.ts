import type { ByteSource } from '../base/byte-source.ts';
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
}

/** Room for one buffer of 16 MiB for each of sixteen processors, which is what a pktmon file may have. */
const defaultCacheBytes = 256 << 20;

/** Random access to events by their place, with the most recently used buffers kept inflated. */
export class EventReader {
  private readonly readers: readonly BufferReader[];
  private readonly cacheBytes: number;
  private readonly cache = new Map<string, OpenBuffer>();
  private cachedBytes = 0;
  /** The buffer read last: events are mostly asked for one behind the other. */
  private last: { readonly input: number; readonly buffer: OpenBuffer } | undefined;
  private readonly cursor = new RecordCursor();

  /** One source per input of the trace. */
  constructor(sources: readonly ByteSource[], cacheBytes = defaultCacheBytes) {
    this.readers = sources.map((source) => new BufferReader(source));
    this.cacheBytes = cacheBytes;
  }

  /** The record of an event; undefined when the file no longer holds what was indexed. */
  read(segment: Segment, event: number): EventRecord | undefined {
    const row = lastNotAbove(segment.buffers.firstEvent, event, segment.buffers.length);
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

  private bufferAt(input: number, fileOffset: number): OpenBuffer | undefined {
    const { last } = this;
    if (last?.input === input && last.buffer.fileOffset === fileOffset) return last.buffer;
    const buffer = this.cachedBuffer(input, fileOffset);
    if (buffer) this.last = { input, buffer };
    return buffer;
  }

  private cachedBuffer(input: number, fileOffset: number): OpenBuffer | undefined {
    const key = `${input}/${fileOffset}`;
    const cached = this.cache.get(key);
    if (cached) {
      this.cache.delete(key);
      this.cache.set(key, cached);
      return cached;
    }
    const buffer = this.readers[input].readAt(fileOffset);
    if (!buffer) return undefined;
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
