import type { DecodedField } from '../schema/decode.ts';
import type { EventReader } from '../trace/event-reader.ts';
import type { EventKind, Segment } from '../trace/segment.ts';
import type { EventDecoder } from './event-decoder.ts';

/** The events of some kinds, decoded one after the other, in file order; what cannot be read or decoded is left out. */
export function* decodedEvents(
  segments: readonly Segment[],
  reader: EventReader,
  decoder: EventDecoder,
  isWanted: (kind: EventKind) => boolean,
): Generator<{ segment: Segment; kind: EventKind; fields: readonly DecodedField[] }> {
  for (const segment of segments) {
    const wanted = segment.schemas.map(isWanted);
    if (!wanted.includes(true)) continue;
    for (let event = 0; event < segment.events.length; event++) {
      const number = segment.events.schema[event];
      if (!wanted[number]) continue;
      const kind = segment.schemas[number];
      const record = reader.read(segment, event);
      const decoded = record && decoder.decode(kind, record);
      if (decoded) yield { segment, kind, fields: decoded.fields };
    }
  }
}
