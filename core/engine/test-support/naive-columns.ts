import { parseIpv4, parseIpv6, parseMac } from '../../base/address.ts';
import type { LayerValue } from '../../packet/layer.ts';
import type { Row } from '../contract.ts';
import type { DecodedRow } from './decoded-rows.ts';

/** Columns, sorting and grouping as they are meant, done the slow way with every row decoded: what the engine is judged by. */

export interface NaiveCell {
  readonly text: string;
  /** Of several values the first; undefined where the row has nothing. */
  readonly value: LayerValue | undefined;
}

const nothing: NaiveCell = { text: '', value: undefined };

/** A field by its module and names, `TCP.Flags.SYN`, of all layers of a row. */
export function naiveField(row: DecodedRow, column: string): NaiveCell {
  const [module, ...steps] = column.toLowerCase().split('.');
  const fields = row.layers
    .filter((layer) => layer.module === module)
    .flatMap((layer) => layer.fields)
    .filter(({ names, values }) => values.length > 0 && leads(names.slice(1), steps));
  const text = [...new Set(fields.map(({ values }) => values[0].text))].join(', ');
  return text === '' ? nothing : { text, value: fields[0].values[0].value };
}

function leads(names: readonly string[], steps: readonly string[]): boolean {
  let next = 0;
  for (const name of names) if (name.toLowerCase() === steps[next]) next++;
  return next === steps.length && names.at(-1)?.toLowerCase() === steps.at(-1);
}

/** A column of the grid, of the row that the grid shows. */
export function naiveGridCell(row: Row, column: string): NaiveCell {
  switch (column) {
    case 'MessageNumber':
      return { text: String(row.row + 1), value: row.row + 1 };
    case 'Timestamp': {
      const value = BigInt(row.milliseconds) * 10_000n + BigInt(row.hundredNanoseconds);
      return { text: isoText(row), value };
    }
    case 'TimeElapsed':
      return { text: (row.timeElapsed / 1e7).toFixed(7), value: row.timeElapsed };
    case 'Source':
      return textCell(row.source);
    case 'Destination':
      return textCell(row.destination);
    case 'Module':
      return textCell(row.module);
    case 'Summary':
      return textCell(row.summary);
    case 'Diagnosis':
      return textCell(row.diagnosis);
    case 'Sighting':
      return row.sighting === 0 ? nothing : { text: String(row.sighting), value: row.sighting };
    default:
      throw new Error(`the grid has no column ${column}`);
  }
}

function isoText({ milliseconds, hundredNanoseconds }: Row): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(hundredNanoseconds).padStart(4, '0')}Z`;
}

function textCell(text: string): NaiveCell {
  if (text === '') return nothing;
  const ipv4 = parseIpv4(text);
  const octets = ipv4 === undefined ? undefined : Uint8Array.of(ipv4 >>> 24, ipv4 >>> 16, ipv4 >>> 8, ipv4);
  return { text, value: octets ?? parseMac(text) ?? parseIpv6(text) ?? text };
}

/** Rows by their cells, those without a value last. */
export function naivelySorted(cells: readonly NaiveCell[], descending: boolean): number[] {
  const there = cells.flatMap(({ value }, row) => (value === undefined ? [] : [{ row, value }]));
  const absent = cells.flatMap(({ value }, row) => (value === undefined ? [row] : []));
  const sign = descending ? -1 : 1;
  there.sort((a, b) => sign * compared(a.value, b.value) || a.row - b.row);
  return [...there.map(({ row }) => row), ...absent];
}

const lengths = [4, 16, 6];

function kindOf(value: LayerValue): number {
  if (typeof value === 'string') return 5;
  if (!(value instanceof Uint8Array)) return 0;
  const place = lengths.indexOf(value.length);
  return place < 0 ? 4 : place + 1;
}

function compared(one: LayerValue, other: LayerValue): number {
  const kinds = kindOf(one) - kindOf(other);
  if (kinds !== 0) return kinds;
  if (typeof one === 'string' && typeof other === 'string') {
    return order(one.toLowerCase(), other.toLowerCase()) || order(one, other);
  }
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other);
  return order(numberOf(one), numberOf(other));
}

function numberOf(value: LayerValue): number | bigint {
  return typeof value === 'bigint' ? value : Number(value);
}

function order<Value extends string | number | bigint>(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How many rows have each combination of texts, the combinations joined by ` | `; and how many lack one. */
export function naivelyCounted(columns: readonly (readonly NaiveCell[])[]): {
  groups: Map<string, number>;
  without: number;
} {
  const groups = new Map<string, number>();
  let without = 0;
  columns[0].forEach((_, row) => {
    const cells = columns.map((column) => column[row]);
    if (cells.some(({ value }) => value === undefined)) {
      without++;
      return;
    }
    const key = cells.map(({ text }) => text).join(' | ');
    groups.set(key, (groups.get(key) ?? 0) + 1);
  });
  return { groups, without };
}
