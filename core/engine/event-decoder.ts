import type { ExtendedItem } from '../etl/extended-data.ts';
import { ExtendedType } from '../etl/format.ts';
import { moduleName } from '../provider/known-providers.ts';
import { decodePayload, type DecodedPayload } from '../schema/decode.ts';
import { InType, OutType, type EventSchema, type SchemaField } from '../schema/event-schema.ts';
import { eventSourceManifestFields, eventSourceManifestId } from '../schema/manifest/event-source-manifest.ts';
import { SchemaError } from '../schema/schema-error.ts';
import type { SchemaKey } from '../schema/schema-store.ts';
import { readProviderTraits, readTraceLoggingSchema, traceLoggingEventSchema } from '../schema/trace-logging.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { decodeCapture } from './capture-event.ts';
import type { EventKind } from '../trace/segment.ts';

/** A payload's fields, and the layout they were read by. */
export interface DecodedEvent extends DecodedPayload {
  readonly schema: EventSchema;
}

/** Whoever knows layouts and names: the store of an opened trace, or a worker's copy of what it needs of that. */
export interface LayoutSource {
  find(key: SchemaKey): EventSchema | undefined;
  /** Null when nothing names the provider. */
  providerName(provider: string): string | null;
}

/** A layout, and what is wrong with it in words. */
interface Layout {
  readonly schema: EventSchema | undefined;
  readonly note?: string;
}

/** A trace of rubbish could bring a new layout with every event. */
const mostCarriedLayouts = 20_000;

/**
 * Reads events by the layout that is known for their kind, or that they carry themselves. What a source said once holds
 * for the decoder's life: when more has been learnt, make a new one.
 */
export class EventDecoder {
  private readonly layouts: LayoutSource;
  /** What was found for a kind, also when that was nothing: asked once for millions of events. */
  private readonly found = new WeakMap<EventKind, Layout>();
  /** Layouts that events carried, by their bytes: a provider logs the same few over and over. */
  private readonly carried = new Map<string, Layout>();

  constructor(layouts: LayoutSource) {
    this.layouts = layouts;
  }

  /** The event's fields; undefined when nobody knows its layout. Throws nothing. */
  decode(kind: EventKind, record: EventRecord): DecodedEvent | undefined {
    if (record.capture) return decodeCapture(kind, record, record.capture);
    const own = record.extendedItems.find((item) => item.type === ExtendedType.EventSchema);
    const { schema, note } = own ? this.carriedLayout(kind, record, own) : this.knownLayout(kind, record);
    if (!schema) return undefined;
    const decoded = decodePayload(schema, record.bytes, record.userData, record.end, record.pointerSize);
    return { schema, ...decoded, ...(note === undefined ? {} : { note }) };
  }

  providerName(provider: string): string | null {
    return this.layouts.providerName(provider);
  }

  /** The provider as a module of the message stack: its name with underscores, or its GUID. */
  moduleOf(kind: EventKind): string {
    const name = this.providerName(kind.provider);
    return name === null ? kind.provider : moduleName(name);
  }

  private knownLayout(kind: EventKind, record: EventRecord): Layout {
    if (isStringOnly(kind, record)) return { schema: textLayout(kind, this.providerName(kind.provider) ?? '') };
    const found = this.found.get(kind);
    if (found) return found;
    const key = schemaKey(kind);
    const schema = key && this.layouts.find(key);
    const layout = { schema: schema ?? this.standardLayout(kind) };
    this.found.set(kind, layout);
    return layout;
  }

  /** The layout of an event that any provider may log. */
  private standardLayout(kind: EventKind): EventSchema | undefined {
    if (!carriesManifest(kind)) return undefined;
    const providerName = this.providerName(kind.provider) ?? '';
    return { ...unnamedLayout(kind, providerName, eventSourceManifestFields), task: 'EventSource manifest' };
  }

  private carriedLayout(kind: EventKind, record: EventRecord, { start, length }: ExtendedItem): Layout {
    const key = `${kind.provider}/${kind.id}/${kind.version}/${latin1(record.bytes, start, length)}`;
    const known = this.carried.get(key);
    if (known) return known;
    if (this.carried.size === mostCarriedLayouts) this.carried.clear();
    const layout = readCarriedLayout(kind, this.providerName(kind.provider) ?? '', record.bytes, start, length);
    this.carried.set(key, layout);
    return layout;
  }
}

/** A damaged layout costs the fields, not the event: its payload is shown as bytes. */
function readCarriedLayout(
  kind: EventKind,
  providerName: string,
  bytes: Uint8Array,
  start: number,
  length: number,
): Layout {
  try {
    const layout = readTraceLoggingSchema(bytes, start, start + length);
    return { schema: traceLoggingEventSchema(kind, layout, providerName) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const schema = traceLoggingEventSchema(kind, { name: '', tags: 0, fields: [] }, providerName);
    return { schema, note: `The layout that the event carries is damaged: ${error.message}` };
  }
}

/** The key of a kind in every schema source; classic and kernel classes number their events by opcode. */
export function schemaKey({ family, provider, id, opcode, version }: EventKind): SchemaKey | undefined {
  if (family === 'message' || family === 'capture') return undefined;
  return { provider, id: family === 'manifest' ? id : opcode, version };
}

/** Whether the event is one by which .NET's EventSource describes its others. */
export function carriesManifest({ family, id }: EventKind): boolean {
  return family === 'manifest' && id === eventSourceManifestId;
}

/** Channel of self-describing events (winmeta.h). */
const traceLoggingChannel = 11;

/** Whether the event carries its own layout (TraceLogging), as far as its header tells. */
export function isSelfDescribing(kind: EventKind): boolean {
  return kind.family === 'manifest' && kind.channel === traceLoggingChannel;
}

/** The name in a provider's traits, which self-describing events carry; empty when they have none, or damaged ones. */
export function nameInTraits({ bytes, extendedItems }: EventRecord): string {
  const traits = extendedItems.find((item) => item.type === ExtendedType.ProviderTraits);
  if (!traits) return '';
  try {
    return readProviderTraits(bytes, traits.start, traits.start + traits.length).name;
  } catch (error) {
    if (error instanceof SchemaError) return '';
    throw error;
  }
}

/** EVENT_HEADER_FLAG_STRING_ONLY: the payload is one text (EventWriteString). */
const stringOnlyFlag = 0x0004;

function isStringOnly(kind: EventKind, record: EventRecord): boolean {
  return kind.family === 'manifest' && (record.view.getUint16(record.start + 4, true) & stringOnlyFlag) !== 0;
}

function textLayout(kind: EventKind, providerName: string): EventSchema {
  const message: SchemaField = { name: 'Message', inType: InType.UnicodeString, outType: OutType.String };
  return { ...unnamedLayout(kind, providerName, [message]), message: '%1' };
}

function unnamedLayout(
  { provider, id, version }: EventKind,
  providerName: string,
  fields: readonly SchemaField[],
): EventSchema {
  const names = { level: '', channel: '', task: '', opcode: '', keywords: [], message: '' };
  return { provider, providerName, id, version, ...names, fields, source: 'built-in' };
}

function latin1(bytes: Uint8Array, start: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
}
