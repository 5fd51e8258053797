/** The manifest events of a real trace, read record by record, for tests of this folder. */
import { memorySource } from '../../../base/byte-source.ts';
import { guidAt } from '../../../base/guid.ts';
import { BufferReader } from '../../../etl/buffer-reader.ts';
import { skipExtendedItems } from '../../../etl/extended-data.ts';
import { bufferHeaderSize, extendedInfoFlag, HeaderType } from '../../../etl/format.ts';
import { RecordCursor, RecordFamily } from '../../../etl/record-cursor.ts';
import type { PointerSize } from '../../in-types.ts';

export interface TraceEvent {
  readonly provider: string;
  readonly id: number;
  readonly version: number;
  readonly process: number;
  readonly pointerSize: PointerSize;
  readonly payload: Uint8Array;
}

export function traceEvents(file: Uint8Array): TraceEvent[] {
  const reader = new BufferReader(memorySource(file));
  const cursor = new RecordCursor();
  const events: TraceEvent[] = [];
  for (let offset = 0; ;) {
    const buffer = reader.readAt(offset);
    if (!buffer) return events;
    const { bytes, view, base } = buffer;
    cursor.open(view, base + bufferHeaderSize, buffer.limit);
    while (cursor.next()) {
      if (cursor.family !== RecordFamily.Event) continue;
      const { start, end, payload, process, headerType } = cursor;
      const hasItems = (view.getUint16(start + 4, true) & extendedInfoFlag) !== 0;
      events.push({
        provider: guidAt(bytes, start + 0x18),
        id: view.getUint16(start + 0x28, true),
        version: view.getUint8(start + 0x2a),
        process,
        pointerSize: headerType === HeaderType.EventHeader32 ? 4 : 8,
        payload: bytes.slice(hasItems ? skipExtendedItems(view, payload, end) : payload, end),
      });
    }
    offset += buffer.header.size;
  }
}
