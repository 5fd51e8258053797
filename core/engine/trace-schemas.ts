import { utf8ZeroTerminated } from '../base/text.ts';
import { ExtendedType } from '../etl/format.ts';
import { builtInLibrary } from '../provider/built-in-schemas.ts';
import { knownProviderName, moduleName } from '../provider/known-providers.ts';
import { decodePayload, type DecodedPayload } from '../schema/decode.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { SchemaStore, type EventMetadataRecord } from '../schema/schema-store.ts';
import type { EventReader, EventRecord } from '../trace/event-reader.ts';
import type { EventKind, Problem, Segment } from '../trace/segment.ts';

/** Channel of self-describing (TraceLogging) events. */
const traceLoggingChannel = 11;

/** A payload's fields, and the layout they were read by. */
export interface DecodedEvent extends DecodedPayload {
  readonly schema: EventSchema;
}

/** What is known of a trace's events beyond their headers: layouts, and the names of their providers. */
export class TraceSchemas {
  private readonly store = new SchemaStore();
  private readonly traitNames = new Map<string, string>();

  constructor() {
    this.store.addLibrary(builtInLibrary);
  }

  /** Takes what a segment tells about its own events. Returns what could not be understood. */
  learnSegment(segment: Segment, reader: EventReader): Problem[] {
    const records: EventMetadataRecord[] = [];
    let offset = 0;
    for (const event of segment.metadataEvents) {
      const record = reader.read(segment, event);
      if (!record) continue;
      offset ||= record.bufferOffset;
      records.push({
        opcode: segment.schemas[segment.events.schema[event]].opcode,
        payload: record.bytes.slice(record.userData, record.end),
      });
    }
    this.learnTraits(segment, reader);
    return this.store.addEventMetadata(records).map((message) => ({ offset, message }));
  }

  private schemaOf(kind: EventKind): EventSchema | undefined {
    if (kind.family !== 'manifest' || kind.channel === traceLoggingChannel) return undefined;
    return this.store.find(kind);
  }

  /** The event's fields by its layout; undefined when nobody knows the layout. */
  decode(kind: EventKind, record: EventRecord): DecodedEvent | undefined {
    const schema = this.schemaOf(kind);
    if (!schema) return undefined;
    return { schema, ...decodePayload(schema, record.bytes, record.userData, record.end, record.pointerSize) };
  }

  /** The provider's name, from the trace first; null when nothing names it. */
  providerName(provider: string): string | null {
    return this.store.providerName(provider) ?? this.traitNames.get(provider) ?? knownProviderName(provider) ?? null;
  }

  /** The provider as a module of the message stack: its name with underscores, or its GUID. */
  moduleOf(kind: EventKind): string {
    const name = this.providerName(kind.provider);
    return name === null ? kind.provider : moduleName(name);
  }

  /** A self-describing provider gives its name in the traits of every event; one event of each is enough. */
  private learnTraits(segment: Segment, reader: EventReader): void {
    segment.schemas.forEach((kind, number) => {
      if (kind.channel !== traceLoggingChannel || this.traitNames.has(kind.provider)) return;
      const event = segment.events.schema.indexOf(number);
      const record = event < 0 ? undefined : reader.read(segment, event);
      const traits = record?.extendedItems.find((item) => item.type === ExtendedType.ProviderTraits);
      if (!record || !traits || traits.length < 3) return;
      const { text } = utf8ZeroTerminated(record.bytes, traits.start + 2, traits.start + traits.length);
      if (text !== '') this.traitNames.set(kind.provider, text);
    });
  }
}
