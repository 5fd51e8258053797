import type { ClassicRecord, EventRecord } from '../etl/writer.ts';
import { eventMetadataClass, EventMetadataOpcode } from '../provider/event-metadata.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { mapsOf, writeEventMapInfo, writeTraceEventInfo } from '../schema/trace-event-info-writer.ts';

/**
 * Writes what a merge writes: in front of the first event of each kind its TRACE_EVENT_INFO, and behind that the value
 * maps that no record has described yet, all with the event's own time stamp, process and thread.
 */
export class MetadataWriter {
  readonly #describedEvents = new Set<string>();
  readonly #describedMaps = new Set<string>();

  recordsBefore(event: EventRecord, schema: EventSchema): ClassicRecord[] {
    const kind = `${event.provider}/${event.id}/${event.version ?? 0}`;
    if (this.#describedEvents.has(kind)) return [];
    this.#describedEvents.add(kind);
    const maps = mapsOf(schema).filter((map) => this.#isNew(`${event.provider}/${map.name}`));
    return [
      metadataRecord(event, EventMetadataOpcode.EventInfo, withDescriptor(writeTraceEventInfo(schema), event)),
      ...maps.map((map) => metadataRecord(event, EventMetadataOpcode.MapInfo, writeEventMapInfo(event.provider, map))),
    ];
  }

  #isNew(map: string): boolean {
    const isNew = !this.#describedMaps.has(map);
    this.#describedMaps.add(map);
    return isNew;
  }
}

function metadataRecord(event: EventRecord, opcode: number, payload: Uint8Array): ClassicRecord {
  const { timestamp, process, thread } = event;
  return { kind: 'classic', timestamp, process, thread, class: eventMetadataClass, opcode, payload };
}

/** A schema knows levels and keywords by name only; the event's own header has the numbers of the EVENT_DESCRIPTOR. */
function withDescriptor(eventInfo: Uint8Array, event: EventRecord): Uint8Array {
  const view = new DataView(eventInfo.buffer, eventInfo.byteOffset, eventInfo.byteLength);
  view.setUint8(0x23, event.channel ?? 0);
  view.setUint8(0x24, event.level ?? 0);
  view.setUint8(0x25, event.opcode ?? 0);
  view.setUint16(0x26, event.task ?? 0, true);
  view.setBigUint64(0x28, event.keyword ?? 0n, true);
  return eventInfo;
}
