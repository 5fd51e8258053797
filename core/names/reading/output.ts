import type { NamedThing } from '../named-thing.ts';

export type OutputShape = 'table' | 'list' | 'CSV' | 'JSON' | 'CLIXML';

/** What a command printed, before anybody asked what it means. */
export interface Output {
  readonly shape: OutputShape;
  /** Line where it begins, from 1. */
  readonly line: number;
  /** The type that CLIXML or `#TYPE` names; empty elsewhere. */
  readonly typeName: string;
  /** Columns or properties, as they are written. */
  readonly columns: readonly string[];
  readonly records: readonly OutputRecord[];
}

/** One object: fields by `fieldKey` of their names. */
export type OutputRecord = ReadonlyMap<string, FieldValue>;

export interface FieldValue {
  /** As it is written: `MacAddress`, `MAC Address`. */
  readonly label: string;
  readonly text: string;
  /** The members of a list `{a, b}`; else the text alone, or nothing when it is empty. */
  readonly texts: readonly string[];
  /** Part of it was cut where it was printed. */
  readonly isCut: boolean;
  /** Objects inside, where the shape nests. */
  readonly records: readonly OutputRecord[];
}

/** An output whose meaning its own form tells. */
export interface NamedOutput {
  /** `ipconfig, 3 adapters`. */
  readonly content: string;
  readonly things: readonly NamedThing[];
}

/** What was found at a line of the input. */
export interface Part {
  /** Index of the line behind it. */
  readonly next: number;
  readonly outputs?: readonly Output[];
  readonly named?: readonly NamedOutput[];
  /** What could not be used, in sentences. */
  readonly notes?: readonly string[];
}

/** The same for every way to write a field's name: `MAC Address`, `MacAddress`, `CPUUsage(%)`. */
export function fieldKey(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '');
}

/** Fields of one object by their keys; of two with one name the first that tells anything holds. */
export function recordOf(fields: Iterable<FieldValue>): OutputRecord {
  const record = new Map<string, FieldValue>();
  for (const field of fields) {
    const key = fieldKey(field.label);
    const known = record.get(key);
    if (key !== '' && (known === undefined || isEmpty(known))) record.set(key, field);
  }
  return record;
}

function isEmpty({ texts, records }: FieldValue): boolean {
  return texts.length === 0 && records.length === 0;
}

/** `...` in Windows PowerShell, `…` in PowerShell 7; in the middle too, `Network Con...2`. */
const ellipsis = /\.{3}|…/;

/** A field of a table, which cuts what does not fit. */
export function tableField(label: string, written: string): FieldValue {
  const text = written.trim();
  const isCut = ellipsis.test(text);
  return { ...textField(label, text), text: isCut ? text.replace(ellipsis, '…') : text, isCut };
}

/** A field of a list or of CSV: single values are whole, but long lists end in an ellipsis. */
export function textField(label: string, written: string): FieldValue {
  const text = written.trim();
  const isList = text.startsWith('{') && !text.startsWith('{}');
  if (!isList) return { label, text, texts: text === '' || text === '{}' ? [] : [text], isCut: false, records: [] };
  const members = text
    .replace(/^\{/, '')
    .replace(/\}$/, '')
    .split(/,\s*/)
    .map((member) => member.trim());
  const isCut = ellipsis.test(members.at(-1) ?? '');
  return {
    label,
    text,
    texts: members.filter((member) => member !== '' && !ellipsis.test(member)),
    isCut,
    records: [],
  };
}

/** A field of members that a shape keeps apart, as JSON does. */
export function listField(label: string, texts: readonly string[], records: readonly OutputRecord[] = []): FieldValue {
  const told = texts.map((text) => text.trim()).filter((text) => text !== '');
  return { label, text: told.join(', '), texts: told, isCut: false, records };
}
