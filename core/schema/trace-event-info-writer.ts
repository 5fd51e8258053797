/** The inverse of trace-event-info.ts, for traces that we write ourselves: samples and tests. */
import { concatenate } from '../base/bytes.ts';
import { writeGuid } from '../base/guid.ts';
import { utf16Bytes } from '../base/text.ts';
import type { EventSchema, FieldReference, SchemaField, ValueMap } from './event-schema.ts';
import { fixedSizeOf, takesLength } from './in-types.ts';
import { SchemaError } from './schema-error.ts';
import { headerSize, MapFlag, PropertyFlag, propertySize } from './trace-event-info-layout.ts';

/**
 * The TRACE_EVENT_INFO of a schema: the payload of an event-metadata record with opcode 32. The numbers of level,
 * channel, task, opcode and keyword are written as 0, because a schema knows only their names.
 * Throws a SchemaError when a length or count refers to no earlier field.
 */
export function writeTraceEventInfo(schema: EventSchema): Uint8Array {
  const properties = flatten(schema.fields);
  const strings = new StringArea(headerSize + properties.length * propertySize);
  const header = new Uint8Array(headerSize);
  const view = new DataView(header.buffer);
  writeGuid(schema.provider, header, 0);
  view.setUint16(0x20, schema.id, true);
  view.setUint8(0x22, schema.version);
  view.setUint32(0x34, strings.add(schema.providerName), true);
  view.setUint32(0x38, strings.add(schema.level), true);
  view.setUint32(0x3c, strings.add(schema.channel), true);
  view.setUint32(0x40, strings.addList(schema.keywords), true);
  view.setUint32(0x44, strings.add(schema.task), true);
  view.setUint32(0x48, strings.add(schema.opcode), true);
  view.setUint32(0x4c, strings.add(schema.message), true);
  view.setUint32(0x64, properties.length, true);
  view.setUint32(0x68, schema.fields.length, true);
  view.setUint32(0x6c, templateFlag, true);
  return concatenate([header, ...properties.map((property) => propertyBytes(property, strings)), ...strings.parts]);
}

/** The payload of an event-metadata record with opcode 33: the provider's GUID and an EVENT_MAP_INFO. */
export function writeEventMapInfo(provider: string, map: ValueMap): Uint8Array {
  const fixed = new Uint8Array(16 + map.entries.size * 8);
  const strings = new StringArea(fixed.length);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, strings.always(map.name), true);
  view.setUint32(4, map.bitmap ? MapFlag.ManifestBitmap : MapFlag.ManifestValueMap, true);
  view.setUint32(8, map.entries.size, true);
  [...map.entries].forEach(([value, text], index) => {
    view.setUint32(16 + index * 8, strings.always(`${text} `), true);
    view.setUint32(20 + index * 8, value, true);
  });
  const guid = new Uint8Array(16);
  writeGuid(provider, guid, 0);
  return concatenate([guid, fixed, ...strings.parts]);
}

/** Every map that a schema's fields use, each once: the opcode-33 records that belong to its opcode-32 record. */
export function mapsOf(schema: EventSchema): ValueMap[] {
  const maps = new Map<string, ValueMap>();
  const visit = (field: SchemaField): void => {
    if (field.map) maps.set(field.map.name, field.map);
    field.members?.forEach(visit);
  };
  schema.fields.forEach(visit);
  return [...maps.values()];
}

/** TEMPLATE_EVENT_DATA of tdh.h: the properties describe a template's user data. */
const templateFlag = 1;

interface FlatProperty {
  readonly field: SchemaField;
  readonly index: number;
  /** Where the members of a struct start in the list. */
  memberStart: number;
  /** Properties that stand before this one where a reference looks, nearest first. */
  readonly visible: (name: string) => number | undefined;
}

/** All fields in one list: the top level first, then the members of one struct after the other. */
function flatten(fields: readonly SchemaField[]): FlatProperty[] {
  const list: FlatProperty[] = [];
  const append = (siblings: readonly SchemaField[], outer: (name: string) => number | undefined): void => {
    const start = list.length;
    siblings.forEach((field, position) => {
      const visible = (name: string): number | undefined => {
        const sibling = siblings.findLastIndex((other, at) => at < position && other.name === name);
        return sibling >= 0 ? start + sibling : outer(name);
      };
      list.push({ field, index: start + position, memberStart: 0, visible });
    });
    for (const property of list.slice(start)) {
      property.memberStart = list.length;
      if (property.field.members) append(property.field.members, property.visible);
    }
  };
  append(fields, () => undefined);
  return list;
}

function propertyBytes(property: FlatProperty, strings: StringArea): Uint8Array {
  const { field } = property;
  const bytes = new Uint8Array(propertySize);
  const view = new DataView(bytes.buffer);
  const length = takesLength(field.inType) && !field.members ? field.length : undefined;
  const flags =
    (field.members ? PropertyFlag.Struct : 0) |
    sizeFlags(length, PropertyFlag.LengthIsProperty, PropertyFlag.FixedLength) |
    sizeFlags(field.count, PropertyFlag.CountIsProperty, PropertyFlag.FixedCount);
  view.setUint32(0, flags, true);
  view.setUint32(4, strings.add(field.name), true);
  view.setUint16(8, field.members ? property.memberStart : field.inType, true);
  view.setUint16(10, field.members ? field.members.length : field.outType, true);
  view.setUint32(12, field.map && !field.members ? strings.add(field.map.name) : 0, true);
  view.setUint16(16, sizeNumber(property, field.count) ?? 1, true);
  view.setUint16(18, sizeNumber(property, length) ?? fixedSizeOf(field.inType, 8) ?? 0, true);
  return bytes;
}

function sizeFlags(size: number | FieldReference | undefined, reference: number, fixed: number): number {
  if (size === undefined) return 0;
  return typeof size === 'number' ? fixed : reference;
}

function sizeNumber(property: FlatProperty, size: number | FieldReference | undefined): number | undefined {
  if (size === undefined || typeof size === 'number') return size;
  const target = property.visible(size.field);
  if (target === undefined) {
    throw new SchemaError(`The size of ${property.field.name} is in ${size.field}, which is no field in front of it.`);
  }
  return target;
}

/** Zero-terminated UTF-16 texts that follow the fixed part, each at an offset known when it is added. */
class StringArea {
  readonly parts: Uint8Array[] = [];
  private end: number;

  constructor(start: number) {
    this.end = start;
  }

  /** The offset of the text; 0, which means "none", for an empty one. */
  add(text: string): number {
    return text === '' ? 0 : this.always(text);
  }

  always(text: string): number {
    const offset = this.end;
    const bytes = utf16Bytes(text, true);
    this.parts.push(bytes);
    this.end += bytes.length;
    return offset;
  }

  /** Texts one behind the other, closed by an empty one. */
  addList(texts: readonly string[]): number {
    if (texts.length === 0) return 0;
    const offset = this.always(texts[0]);
    for (const text of texts.slice(1)) this.always(text);
    this.always('');
    return offset;
  }
}
