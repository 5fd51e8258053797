/**
 * TRACE_EVENT_INFO and EVENT_MAP_INFO (tdh.h) as merged traces carry them: events of the class
 * {bbccf6c1-6cd1-48c4-80ff-839482e37671} with opcode 32 and 33. Offsets count from the start of the structure; offset 0
 * means "none". One direction here, the other in trace-event-info-writer.ts.
 */
import { BoundedReader } from './bounded-reader.ts';
import type { EventSchema, SchemaField, ValueMap } from './event-schema.ts';
import { InType } from './event-schema.ts';
import { takesLength } from './in-types.ts';
import { SchemaError } from './schema-error.ts';
import { headerSize, MapFlag, PropertyFlag, propertySize } from './trace-event-info-layout.ts';

/** Finds a value map by its provider's GUID and its name. */
export type MapLookup = (provider: string, mapName: string) => ValueMap | undefined;

/** DECODING_SOURCE of tdh.h. */
export const DecodingSource = { Manifest: 0, Wbem: 1, Wpp: 2, TraceLogging: 3 } as const;

export interface TraceEventInfo {
  readonly schema: EventSchema;
  /** A DecodingSource number. A TraceLogging layout holds for one event only: its id is no key. */
  readonly decodingSource: number;
  /** Names of the maps that the lookup did not know; parse again when they have come. */
  readonly missingMaps: readonly string[];
}

const maximumStructDepth = 16;
const maximumMessageLength = 0x8000;

/**
 * Reads a TRACE_EVENT_INFO into a schema of source 'file'. A classic (WBEM) event gets its class GUID as provider and
 * its opcode as id, which is all that its header tells.
 * Maps are asked for by name; those that are not known leave their fields as plain numbers and are listed.
 * Throws a SchemaError when the record is damaged.
 */
export function parseTraceEventInfo(payload: Uint8Array, maps: MapLookup): TraceEventInfo {
  const reader = new BoundedReader(payload);
  reader.require(0, headerSize, 'The header of an event description');
  const optionalText = (offset: number, what: string, maximumLength?: number): string => {
    const at = reader.uint32(offset, what);
    return at === 0 ? '' : trimmed(reader.text(at, what, maximumLength));
  };
  const decodingSource = reader.uint32(0x30, 'The decoding source');
  const classic = decodingSource === DecodingSource.Wbem;
  const properties = new PropertyTree(reader, reader.guid(0, 'The provider GUID'), maps);
  const keywords = reader.uint32(0x40, 'The keywords');
  const schema: EventSchema = {
    provider: reader.guid(classic ? 0x10 : 0, 'The GUID'),
    providerName: optionalText(0x34, 'The provider name'),
    id: classic ? reader.uint8(0x25, 'The opcode') : reader.uint16(0x20, 'The event id'),
    version: reader.uint8(0x22, 'The version'),
    level: optionalText(0x38, 'The level name'),
    channel: optionalText(0x3c, 'The channel name'),
    keywords: keywords === 0 ? [] : reader.texts(keywords, 'The keyword names').map(trimmed),
    task: optionalText(0x44, 'The task name'),
    opcode: optionalText(0x48, 'The opcode name'),
    message: optionalText(0x4c, 'The message', maximumMessageLength),
    fields: properties.topLevelFields(),
    source: 'file',
  };
  return { schema, decodingSource, missingMaps: [...properties.missingMaps] };
}

/** Reads a provider GUID and the EVENT_MAP_INFO behind it. Throws a SchemaError when the record is damaged. */
export function parseEventMapInfo(payload: Uint8Array): { provider: string; map: ValueMap } {
  const provider = new BoundedReader(payload).guid(0, 'The provider GUID of a value map');
  const reader = new BoundedReader(payload.subarray(16));
  const count = reader.uint32(8, 'The number of map entries');
  reader.require(16, count * 8, `A map of ${count} entries`);
  if (reader.uint32(12, 'The value type') !== 0) throw new SchemaError('The map is one of texts, not of numbers.');
  const name = trimmed(reader.text(reader.uint32(0, 'The map name'), 'The map name'));
  const entries = new Map<number, string>();
  for (let index = 0; index < count; index++) {
    const at = 16 + index * 8;
    const value = reader.uint32(at + 4, 'A map value');
    entries.set(value, trimmed(reader.text(reader.uint32(at, 'A map text'), `The text of value ${value}`)));
  }
  const flags = reader.uint32(4, 'The map flags');
  return { provider, map: { name, bitmap: (flags & (MapFlag.ManifestBitmap | MapFlag.WbemBitmap)) !== 0, entries } };
}

/** Windows writes a blank behind every text of a message table. */
function trimmed(text: string): string {
  return text.trimEnd();
}

interface Property {
  readonly index: number;
  readonly flags: number;
  readonly name: string;
  readonly first: number;
  readonly second: number;
  readonly mapNameOffset: number;
  readonly count: number;
  readonly length: number;
}

/** Names of the fields in front of the one at hand, with the property each stands for; structs nest. */
interface Scope {
  readonly seen: Map<string, number>;
  readonly outer: Scope | undefined;
}

/** The EVENT_PROPERTY_INFO array, whose structs point at other entries of the same array. */
class PropertyTree {
  readonly missingMaps = new Set<string>();
  private readonly reader: BoundedReader;
  private readonly provider: string;
  private readonly maps: MapLookup;
  private readonly propertyCount: number;
  private readonly topLevelCount: number;
  private readonly owned: Uint8Array;

  constructor(reader: BoundedReader, provider: string, maps: MapLookup) {
    this.reader = reader;
    this.provider = provider;
    this.maps = maps;
    this.propertyCount = reader.uint32(0x64, 'The number of properties');
    this.topLevelCount = reader.uint32(0x68, 'The number of top-level properties');
    reader.require(headerSize, this.propertyCount * propertySize, `A list of ${this.propertyCount} properties`);
    if (this.topLevelCount > this.propertyCount) {
      throw new SchemaError(
        `The description counts ${this.topLevelCount} top-level properties, but only ${this.propertyCount} in all.`,
      );
    }
    this.owned = new Uint8Array(this.propertyCount);
  }

  topLevelFields(): SchemaField[] {
    return this.fields(0, this.topLevelCount, undefined, 0);
  }

  private fields(start: number, count: number, outer: Scope | undefined, depth: number): SchemaField[] {
    const scope: Scope = { seen: new Map(), outer };
    return Array.from({ length: count }, (_, position) => {
      const property = this.property(start + position);
      const field = this.field(property, scope, depth);
      scope.seen.set(property.name, property.index);
      return field;
    });
  }

  /** Each property belongs to one place only: that refuses structs that contain themselves, or each other. */
  private property(index: number): Property {
    if (index >= this.propertyCount) {
      throw new SchemaError(`A struct names property ${index}, but there are only ${this.propertyCount}.`);
    }
    if (this.owned[index] !== 0) throw new SchemaError(`Property ${index} belongs to two structs, or to itself.`);
    this.owned[index] = 1;
    const at = headerSize + index * propertySize;
    const what = `Property ${index}`;
    const nameOffset = this.reader.uint32(at + 4, what);
    return {
      index,
      flags: this.reader.uint32(at, what),
      name: nameOffset === 0 ? '' : trimmed(this.reader.text(nameOffset, `The name of property ${index}`)),
      first: this.reader.uint16(at + 8, what),
      second: this.reader.uint16(at + 10, what),
      mapNameOffset: this.reader.uint32(at + 12, what),
      count: this.reader.uint16(at + 16, what),
      length: this.reader.uint16(at + 18, what),
    };
  }

  private field(property: Property, scope: Scope, depth: number): SchemaField {
    const count = this.count(property, scope);
    const shared = { name: property.name, ...(count === undefined ? {} : { count }) };
    if ((property.flags & PropertyFlag.Struct) !== 0) {
      if (depth >= maximumStructDepth) throw new SchemaError(`Structs nest deeper than ${maximumStructDepth}.`);
      const members = this.fields(property.first, property.second, scope, depth + 1);
      return { ...shared, inType: InType.Null, outType: 0, members };
    }
    const length = this.length(property, scope);
    const map = this.map(property);
    return {
      ...shared,
      inType: property.first,
      outType: property.second,
      ...(length === undefined ? {} : { length }),
      ...(map === undefined ? {} : { map }),
    };
  }

  /** A count of 1 without the fixed-count flag is no array: Windows writes it for every plain field. */
  private count(property: Property, scope: Scope): SchemaField['count'] {
    if ((property.flags & PropertyFlag.CountIsProperty) !== 0) return this.reference(property, property.count, scope);
    return (property.flags & PropertyFlag.FixedCount) !== 0 || property.count > 1 ? property.count : undefined;
  }

  /** Windows also writes the own size of fixed types and 0 for zero-terminated text; neither says anything. */
  private length(property: Property, scope: Scope): SchemaField['length'] {
    if (!takesLength(property.first)) return undefined;
    if ((property.flags & PropertyFlag.LengthIsProperty) !== 0) return this.reference(property, property.length, scope);
    return (property.flags & PropertyFlag.FixedLength) !== 0 || property.length > 0 ? property.length : undefined;
  }

  /** Schemas refer by name, so the property must be the nearest one of its name in front of the field. */
  private reference(property: Property, target: number, scope: Scope): { field: string } {
    const name = nameSeen(target, scope);
    if (name !== undefined && indexSeen(name, scope) === target) return { field: name };
    throw new SchemaError(
      `The size of ${property.name} is said to be in property ${target}, which is no field in front of it ` +
        'or shares its name with another.',
    );
  }

  private map(property: Property): ValueMap | undefined {
    if (property.mapNameOffset === 0) return undefined;
    const name = trimmed(this.reader.text(property.mapNameOffset, `The map name of property ${property.index}`));
    if (name === '') return undefined;
    const map = this.maps(this.provider, name);
    if (!map) this.missingMaps.add(name);
    return map;
  }
}

function nameSeen(index: number, scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    for (const [name, seen] of at.seen) if (seen === index) return name;
  }
  return undefined;
}

function indexSeen(name: string, scope: Scope): number | undefined {
  let at: Scope | undefined = scope;
  while (at && !at.seen.has(name)) at = at.outer;
  return at?.seen.get(name);
}
