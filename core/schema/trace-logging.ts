/** Self-describing (TraceLogging) events: their layout comes with each of them. The inverse is trace-logging-writer.ts. */
import { BoundedReader } from './bounded-reader.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { SchemaError } from './schema-error.ts';
import { countFieldName, groupTrait, InTypeByte, OutTypeByte, TraceLoggingType } from './trace-logging-layout.ts';

/** What extended item 11 says of its event. */
export interface TraceLoggingSchema {
  readonly name: string;
  /** 28 bits that mean something to the provider only. */
  readonly tags: number;
  readonly fields: readonly SchemaField[];
}

/** What extended item 12 says of the event's provider. */
export interface ProviderTraits {
  readonly name: string;
  /** Canonical GUID of the group the provider belongs to. */
  readonly group?: string;
}

const maximumStructDepth = 16;

/**
 * Reads the layout in bytes[start..end): a 16-bit size, tags, the event's name, then fields. An array with a count in
 * the payload becomes two fields, `Name.Count` and `Name`. Throws a SchemaError when the layout is damaged.
 */
export function readTraceLoggingSchema(bytes: Uint8Array, start: number, end: number): TraceLoggingSchema {
  const reader = sizedReader(bytes, start, end, 'The layout of a TraceLogging event');
  const { value: tags, next } = readTag(reader, 2, "The event's tag");
  const { text: name, next: firstField } = reader.utf8Text(next, "The event's name");
  const fields = new FieldReader(reader, firstField);
  return { name, tags, fields: fields.all() };
}

/**
 * Reads the provider's traits in bytes[start..end): a 16-bit size, the provider's name, then traits of which only the
 * group is of interest. Throws a SchemaError when they are damaged.
 */
export function readProviderTraits(bytes: Uint8Array, start: number, end: number): ProviderTraits {
  const reader = sizedReader(bytes, start, end, 'The traits of a provider');
  const { text: name, next } = reader.utf8Text(2, "The provider's name");
  let group: string | undefined;
  for (let at = next; at < reader.length; at += reader.uint16(at, 'The size of a trait')) {
    const size = reader.uint16(at, 'The size of a trait');
    if (size < 3) throw new SchemaError(`The trait at byte ${at} has a size of ${size} bytes, and 3 are the least.`);
    reader.require(at, size, `The trait at byte ${at}`);
    if (reader.uint8(at + 2, 'The type of a trait') !== groupTrait) continue;
    if (size < 19) throw new SchemaError(`The provider group at byte ${at} has no room for a GUID.`);
    group = reader.guid(at + 3, 'The provider group');
  }
  return group === undefined ? { name } : { name, group };
}

/** The layout as the decoder takes it. The event's own name stands where manifests have the task. */
export function traceLoggingEventSchema(
  { provider, id, version }: Pick<EventSchema, 'provider' | 'id' | 'version'>,
  { name, fields }: TraceLoggingSchema,
  providerName: string,
): EventSchema {
  return {
    provider,
    providerName,
    id,
    version,
    level: '',
    channel: '',
    task: name,
    opcode: '',
    keywords: [],
    message: '',
    fields,
    source: 'trace-logging',
  };
}

/** A reader of the bytes that the item's own size, in its first two bytes, claims. */
function sizedReader(bytes: Uint8Array, start: number, end: number, what: string): BoundedReader {
  const item = bytes.subarray(Math.max(0, start), Math.max(0, end));
  const size = new BoundedReader(item).uint16(0, what);
  if (size < 2) throw new SchemaError(`${what} claims a size of ${size} bytes, which has no room for itself.`);
  if (size > item.length) {
    throw new SchemaError(`${what} claims ${size} bytes, but only ${item.length} are there.`);
  }
  return new BoundedReader(item.subarray(0, size));
}

/** A chain of bytes with seven bits each, highest first, the last without its high bit; the value has 28 bits at most. */
function readTag(reader: BoundedReader, offset: number, what: string): { value: number; next: number } {
  let value = 0;
  let at = offset;
  for (let shift = 21; ; shift -= 7) {
    const byte = reader.uint8(at, what);
    if (shift >= 0) value |= (byte & 0x7f) << shift;
    at++;
    if ((byte & 0x80) === 0) return { value, next: at };
  }
}

/** How a field lies in the layout, without the members of a struct. */
interface FieldHeader {
  readonly name: string;
  readonly type: number;
  readonly counting: number;
  /** The out-type, or the number of members. */
  readonly outType: number;
  readonly constantCount: number;
}

class FieldReader {
  private readonly reader: BoundedReader;
  private at: number;

  constructor(reader: BoundedReader, at: number) {
    this.reader = reader;
    this.at = at;
  }

  all(): SchemaField[] {
    const fields: SchemaField[] = [];
    while (this.at < this.reader.length) fields.push(...this.field(0));
    return fields;
  }

  /** A field, with the field for its count in front where it has one. */
  private field(depth: number): SchemaField[] {
    const header = this.header();
    const { name, counting } = header;
    const field = header.type === TraceLoggingType.Struct ? this.struct(header, depth) : plainField(header);
    switch (counting) {
      case InTypeByte.constantCount:
        return [{ ...field, count: header.constantCount }];
      case InTypeByte.variableCount: {
        const counter = { name: countFieldName(name), inType: InType.UInt16, outType: OutType.Null };
        return [counter, { ...field, count: { field: counter.name } }];
      }
      case InTypeByte.custom:
        return [{ name, inType: InType.ManifestCountedBinary, outType: OutType.Null, doubt: customDoubt }];
      default:
        return [field];
    }
  }

  private header(): FieldHeader {
    const { text: name, next } = this.reader.utf8Text(this.at, 'The name of a field');
    const what = `The type of field ${name}`;
    this.at = next;
    const inTypeByte = this.reader.uint8(this.at++, what);
    const outTypeByte = (inTypeByte & InTypeByte.hasOutType) === 0 ? 0 : this.reader.uint8(this.at++, what);
    if ((outTypeByte & OutTypeByte.hasTag) !== 0) this.at = readTag(this.reader, this.at, `The tag of ${name}`).next;
    const counting = inTypeByte & InTypeByte.count;
    return {
      name,
      type: inTypeByte & InTypeByte.type,
      counting,
      outType: outTypeByte & OutTypeByte.value,
      constantCount: this.countOrBlob(counting, name),
    };
  }

  /** A constant count; a custom type has the size of its description there, and the description behind it. */
  private countOrBlob(counting: number, name: string): number {
    if (counting !== InTypeByte.constantCount && counting !== InTypeByte.custom) return 0;
    const count = this.reader.uint16(this.at, `The count of field ${name}`);
    this.at += 2;
    if (counting === InTypeByte.custom) {
      this.reader.require(this.at, count, `The description of field ${name}`);
      this.at += count;
    }
    return count;
  }

  private struct({ name, outType: memberCount }: FieldHeader, depth: number): SchemaField {
    if (depth >= maximumStructDepth) throw new SchemaError(`Structs nest deeper than ${maximumStructDepth}.`);
    const members: SchemaField[] = [];
    for (let done = 0; done < memberCount; done++) {
      if (this.at >= this.reader.length) {
        throw new SchemaError(`Struct ${name} has ${memberCount} members, but only ${done} follow it.`);
      }
      members.push(...this.field(depth + 1));
    }
    return { name, inType: InType.Null, outType: OutType.Null, members };
  }
}

const customDoubt = "Only the provider knows this field's type: its bytes are shown.";

/** Binary carries its own 16-bit byte count, unlike that of manifests. A type that nobody knows is the decoder's to tell. */
function plainField({ name, type, outType }: FieldHeader): SchemaField {
  const inType = type === TraceLoggingType.Binary ? InType.ManifestCountedBinary : type;
  return { name, inType, outType };
}
