import { fieldPathName, type ValueType } from '../base/field-path.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { maximumStructDepth } from './field-plan.ts';
import { impliedBinaryLength, isAnsi, isBinary, isMacName, isUtf16, meaningfulOutType } from './in-types.ts';

/** A property that events of a layout may have. */
export interface FieldPath {
  /** Names in filter paths, from the top of the payload down. An array has its elements' path: they have no names. */
  readonly path: readonly string[];
  /**
   * What the values are, of an array its elements'. An integer may well be raw data of a `boolean` or `ipv4`: the type is
   * how the layout wants to be read. A group is a struct.
   */
  readonly type: ValueType | 'float' | 'group';
}

/** All properties of a layout and of its alternatives, each once, in the order of the payload. */
export function fieldPaths(layout: EventSchema): FieldPath[] {
  const found = new Map<string, FieldPath>();
  for (const { fields } of [layout, ...(layout.alternatives ?? [])]) {
    for (const each of pathsOf(fields, [])) {
      const key = each.path.join('.');
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}

function pathsOf(fields: readonly SchemaField[], above: readonly string[]): FieldPath[] {
  return fields.flatMap((field) => {
    const path = [...above, fieldPathName(field.name)];
    if (field.members === undefined) return [{ path, type: valueType(field) }];
    const members = path.length > maximumStructDepth ? [] : pathsOf(field.members, path);
    return [{ path, type: 'group' as const }, ...members];
  });
}

function valueType(field: SchemaField): Exclude<FieldPath['type'], 'group'> {
  const { inType } = field;
  switch (meaningfulOutType(field)) {
    case OutType.Boolean:
      return 'boolean';
    case OutType.Ipv4:
      return 'ipv4';
    case OutType.Ipv6:
      return 'ipv6';
    default:
      if (isBinary(inType)) return isMacName(field.name) && binaryLength(field) === 6 ? 'mac' : 'bytes';
      return isUtf16(inType) || isAnsi(inType) ? 'text' : (typeOfInType.get(inType) ?? 'integer');
  }
}

function binaryLength(field: SchemaField): SchemaField['length'] {
  return field.length ?? impliedBinaryLength(field);
}

/** Of in-types that are neither integers nor text nor bytes. */
const typeOfInType: ReadonlyMap<InType, Exclude<FieldPath['type'], 'group'>> = new Map([
  [InType.Null, 'bytes'],
  [InType.Float, 'float'],
  [InType.Double, 'float'],
  [InType.Boolean, 'boolean'],
  [InType.Guid, 'guid'],
  [InType.SystemTime, 'text'],
  [InType.Sid, 'text'],
  [InType.WbemSid, 'text'],
]);
