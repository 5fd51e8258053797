import type { DecodedField } from './decode.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';

/** Longest line we make up for an event that has no message of its own. */
const maximumLength = 300;

/**
 * The event's message with its fields filled in, or, when the provider gives none, `Task/Opcode: Name: value, …`.
 * Mapped numbers appear by the map's text alone, as Windows shows them.
 */
export function renderMessage(schema: EventSchema, fields: readonly DecodedField[]): string {
  const template = schema.message.trim();
  return template === '' ? listFields(schema, fields) : fillTemplate(template, fields).trim();
}

/**
 * What FormatMessage makes of a message text: `%1` or `%1!S!` is the first field, `%%` a percent sign, `%n` a new line,
 * `%t` a tab, `%0` ends the text, and any other escaped character stands for itself.
 */
function fillTemplate(template: string, fields: readonly DecodedField[]): string {
  const end = /(?<!%)(?:%%)*%0/.exec(template);
  const text = end ? template.slice(0, end.index + end[0].length - 2) : template;
  return text.replace(
    /%(?:([1-9]\d?)(?:!([^!]*)!)?|(.))/gs,
    (_, number: string | undefined, format: string | undefined, escaped: string | undefined) =>
      number === undefined ? unescaped(escaped ?? '') : insertion(fields, Number(number), format ?? ''),
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', ' '],
]);

function unescaped(character: string): string {
  return escapes.get(character) ?? character;
}

/** A field that the payload no longer had is a question mark. */
function insertion(fields: readonly DecodedField[], number: number, format: string): string {
  const field = fields.at(number - 1);
  if (!field) return '?';
  const hexadecimal = /^#?(0?)(\d*)(?:I64|ll|l)?([xX])$/.exec(format);
  if (!hexadecimal || !isInteger(field.raw)) return shown(field);
  const digits = hexDigits(field.raw);
  return digits.padStart(Number(hexadecimal[2]), hexadecimal[1] === '0' ? '0' : ' ');
}

function isInteger(raw: DecodedField['raw']): raw is number | bigint {
  return typeof raw === 'bigint' || Number.isInteger(raw);
}

/** Negative numbers by their two's complement, in as many bits as C's `%x` and `%I64x` print. */
function hexDigits(raw: number | bigint): string {
  return BigInt.asUintN(typeof raw === 'bigint' ? 64 : 32, BigInt(raw)).toString(16);
}

function shown(field: DecodedField): string {
  return field.label ?? field.value;
}

function listFields(schema: EventSchema, fields: readonly DecodedField[]): string {
  const title = [schema.task, schema.opcode].filter((name) => name !== '').join('/') || `Event ${schema.id}`;
  const sizes = sizeFieldNames(schema.fields);
  const listed = fields.filter((field) => !sizes.has(field.name));
  if (listed.length === 0) return title;
  const line = `${title}: ${listed.map((field) => `${field.name}: ${shown(field)}`).join(', ')}`;
  return line.length > maximumLength ? `${line.slice(0, maximumLength - 1)}…` : line;
}

/** Fields that only say how long others are: they tell a reader nothing. */
function sizeFieldNames(fields: readonly SchemaField[]): ReadonlySet<string> {
  const names = fields.flatMap(({ length, count }) => [length, count].filter((size) => typeof size === 'object'));
  return new Set(names.map((size) => size.field));
}
