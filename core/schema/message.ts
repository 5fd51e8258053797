import type { DecodedField } from './decode.ts';
import { undecodedName } from './decode.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';
import { eventTitle } from './event-title.ts';

/** Longest line we make up for an event that has no message of its own. */
const maximumLength = 300;

/**
 * The event's message with its fields filled in, or, when the provider gives none, `Task/Opcode: Name: value, …`.
 * Mapped numbers appear by the map's text alone, as Windows shows them.
 */
export function renderMessage(schema: EventSchema, fields: readonly DecodedField[]): string {
  const plan = planOf(schema);
  return plan.template ? fillTemplate(plan.template, fields).trim() : listFields(schema, plan, fields);
}

/** What does not depend on the event: made once for each schema. */
interface MessagePlan {
  readonly template: readonly (string | Insertion)[] | undefined;
  /** Fields that only say how long others are: they tell a reader nothing. */
  readonly sizeNames: ReadonlySet<string>;
}

/** A field by its number, from 1, and how the message wants it. */
interface Insertion {
  readonly number: number;
  readonly format: NumberFormat | undefined;
}

/** What a C format such as `%08X` says. */
interface NumberFormat {
  readonly radix: 10 | 16;
  readonly isUpperCase: boolean;
  readonly width: number;
  readonly padding: '0' | ' ';
}

const plans = new WeakMap<EventSchema, MessagePlan>();

function planOf(schema: EventSchema): MessagePlan {
  const known = plans.get(schema);
  if (known) return known;
  const message = schema.message.trim();
  const plan = { template: message === '' ? undefined : parseTemplate(message), sizeNames: sizeNamesOf(schema.fields) };
  plans.set(schema, plan);
  return plan;
}

function sizeNamesOf(fields: readonly SchemaField[]): ReadonlySet<string> {
  const sizes = fields.flatMap(({ length, count }) => [length, count].filter((size) => typeof size === 'object'));
  return new Set(sizes.map((size) => size.field));
}

/**
 * What FormatMessage makes of a message text: `%1` or `%1!S!` is the first field, `%%` a percent sign, `%n` a new line,
 * `%t` a tab, `%0` ends the text, and any other escaped character stands for itself. `%%5` names a text of the
 * provider's parameter file, which no trace carries: it stays as it is.
 */
function parseTemplate(message: string): (string | Insertion)[] {
  const parts: (string | Insertion)[] = [];
  let at = 0;
  for (const match of message.matchAll(/%(?:([1-9]\d?)(?:!([^!]*)!)?|(%[1-9]\d*)|(.))/gs)) {
    const [whole, number, format, parameter] = match as readonly (string | undefined)[];
    parts.push(message.slice(at, match.index));
    at = match.index + (whole ?? '').length;
    if (number !== undefined) parts.push({ number: Number(number), format: numberFormat(format ?? '') });
    else if (parameter !== undefined) parts.push(`%${parameter}`);
    else if (match[4] === '0') return parts;
    else parts.push(escapes.get(match[4]) ?? match[4]);
  }
  parts.push(message.slice(at));
  return parts;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', ' '],
]);

/** Only hexadecimal formats and widths change a number; other formats show the field as everywhere. */
function numberFormat(format: string): NumberFormat | undefined {
  const match = /^#?(0?)(\d*)(?:I64|I32|ll|l|h)?([xXdiu])$/.exec(format);
  if (!match) return undefined;
  const [, zero, width, conversion] = match;
  const radix = conversion === 'x' || conversion === 'X' ? 16 : 10;
  if (radix === 10 && width === '') return undefined;
  return { radix, isUpperCase: conversion === 'X', width: Number(width), padding: zero === '0' ? '0' : ' ' };
}

function fillTemplate(template: readonly (string | Insertion)[], fields: readonly DecodedField[]): string {
  let text = '';
  for (const part of template) text += typeof part === 'string' ? part : inserted(fields, part);
  return text;
}

/** A field that the payload no longer had is a question mark. */
function inserted(fields: readonly DecodedField[], { number, format }: Insertion): string {
  const field = fields.at(number - 1);
  if (!field || field.name === undecodedName) return '?';
  return format && isInteger(field.raw) ? formatted(field.raw, format) : shown(field);
}

function isInteger(raw: DecodedField['raw']): raw is number | bigint {
  return typeof raw === 'bigint' || Number.isInteger(raw);
}

function formatted(raw: number | bigint, { radix, isUpperCase, width, padding }: NumberFormat): string {
  const digits = radix === 16 ? hexDigits(raw) : String(raw);
  return (isUpperCase ? digits.toUpperCase() : digits).padStart(Math.min(width, maximumLength), padding);
}

/** Negative numbers by their two's complement, in as many bits as C's `%x` and `%I64x` print. */
function hexDigits(raw: number | bigint): string {
  return BigInt.asUintN(typeof raw === 'bigint' ? 64 : 32, BigInt(raw)).toString(16);
}

function shown(field: DecodedField): string {
  return field.label ?? field.value;
}

function listFields(schema: EventSchema, { sizeNames }: MessagePlan, fields: readonly DecodedField[]): string {
  const title = eventTitle(schema) || `Event ${schema.id}`;
  let line = '';
  for (const field of fields) {
    if (sizeNames.has(field.name) || field.name === undecodedName) continue;
    line += `${line === '' ? `${title}: ` : ', '}${field.name}: ${shown(field)}`;
    if (line.length > maximumLength) return `${line.slice(0, maximumLength - 1)}…`;
  }
  return line === '' ? title : line;
}
