import type { DecodedField } from '../../schema/decode.ts';

/** The text of a field of an event; empty when it has none, or no text. */
export function fieldValue(fields: readonly DecodedField[], name: string): string {
  const raw = fields.find((field) => field.name === name)?.raw;
  return typeof raw === 'string' ? raw : '';
}
