/** The inverse of trace-logging.ts, for traces that we write ourselves: samples and tests. */
import { concatenate } from '../base/bytes.ts';
import { writeGuid } from '../base/guid.ts';
import type { SchemaField } from './event-schema.ts';
import { InType } from './event-schema.ts';
import { SchemaError } from './schema-error.ts';
import { countFieldName, groupTrait, InTypeByte, OutTypeByte, TraceLoggingType } from './trace-logging-layout.ts';

/**
 * Extended item 11 of an event with this name and these fields. Throws a SchemaError for what such an event cannot say:
 * lengths, value maps, in-types of manifests or classic classes only, and counts that are not in a field `Name.Count`
 * just in front of their array.
 */
export function writeTraceLoggingSchema(name: string, fields: readonly SchemaField[]): Uint8Array {
  const noTag = Uint8Array.of(0);
  return withSize([noTag, nameBytes(name), ...fieldParts(fields)]);
}

/** Extended item 12 of a provider with this name, and the canonical GUID of its group where it has one. */
export function writeProviderTraits(name: string, group?: string): Uint8Array {
  return withSize([nameBytes(name), ...(group === undefined ? [] : [groupBytes(group)])]);
}

function withSize(parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((bytes, part) => bytes + part.length, 2);
  if (size > 0xffff) throw new SchemaError(`The description takes ${size} bytes, and 65535 are the most.`);
  return concatenate([uint16(size), ...parts]);
}

function nameBytes(name: string): Uint8Array {
  if (name.includes('\0')) throw new SchemaError(`The name “${name}” contains a zero.`);
  return new TextEncoder().encode(`${name}\0`);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

function groupBytes(group: string): Uint8Array {
  const trait = new Uint8Array(19);
  trait[0] = trait.length;
  trait[2] = groupTrait;
  writeGuid(group, trait, 3);
  return trait;
}

function fieldParts(fields: readonly SchemaField[]): Uint8Array[] {
  return fields.flatMap((field, index) =>
    isCountOf(field, fields.at(index + 1)) ? [] : fieldBytes(field, index === 0 ? undefined : fields[index - 1]),
  );
}

function isCountOf(field: SchemaField, next: SchemaField | undefined): boolean {
  return typeof next?.count === 'object' && next.count.field === field.name && field.name === countFieldName(next.name);
}

function fieldBytes(field: SchemaField, before: SchemaField | undefined): Uint8Array[] {
  if (field.length !== undefined || field.map) {
    throw new SchemaError(`Field ${field.name} has a length or a map, which a TraceLogging event cannot say.`);
  }
  if (typeof field.count === 'object' && !(before && isCountOf(before, field))) {
    throw new SchemaError(`The count of ${field.name} is not in a field ${countFieldName(field.name)} in front of it.`);
  }
  return [
    nameBytes(field.name),
    typeBytes(field),
    ...(typeof field.count === 'number' ? [uint16(field.count)] : []),
    ...(field.members ? fieldParts(field.members) : []),
  ];
}

function typeBytes(field: SchemaField): Uint8Array {
  const type = typeNumber(field) | countingBits(field.count);
  const outType = field.members ? memberCount(field.members) : field.outType;
  if (outType === 0) return Uint8Array.of(type);
  if (outType > OutTypeByte.value) {
    throw new SchemaError(`Field ${field.name} has the out-type ${outType} or as many members, and 127 is the most.`);
  }
  return Uint8Array.of(type | InTypeByte.hasOutType, outType);
}

function countingBits(count: SchemaField['count']): number {
  if (count === undefined) return 0;
  return typeof count === 'number' ? InTypeByte.constantCount : InTypeByte.variableCount;
}

/** Fields that only count the elements of the next one are none in the layout. */
function memberCount(members: readonly SchemaField[]): number {
  return members.filter((member, index) => !isCountOf(member, members.at(index + 1))).length;
}

function typeNumber(field: SchemaField): number {
  if (field.members) return TraceLoggingType.Struct;
  if (field.inType === InType.ManifestCountedBinary) return TraceLoggingType.Binary;
  const isShared = field.inType <= InType.ManifestCountedAnsiString && field.inType !== InType.Binary;
  if (isShared) return field.inType;
  throw new SchemaError(`Field ${field.name} has the in-type ${field.inType}, which TraceLogging does not have.`);
}
