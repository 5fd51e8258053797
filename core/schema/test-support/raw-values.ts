import type { DecodedField } from '../decode.ts';
import type { SchemaField } from '../event-schema.ts';

/** The raw values of decoded fields in the shape of the values they were encoded from. */
export function rawValues(
  fields: readonly DecodedField[],
  schema: readonly SchemaField[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field, index) => [field.name, rawValue(field, schema[index])]));
}

function rawValue(field: DecodedField, schema: SchemaField): unknown {
  if (schema.count === undefined || !field.children) {
    return schema.members ? rawValues(field.children ?? [], schema.members) : field.raw;
  }
  return field.children.map((child) => (schema.members ? rawValues(child.children ?? [], schema.members) : child.raw));
}
