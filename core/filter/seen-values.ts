import { ipv4Text, ipv6At, macAt } from '../base/address.ts';
import type { Segment } from '../trace/segment.ts';
import type { ColumnField } from './field-catalogue.ts';

/** Packets that are looked at: enough to meet whatever is common, few enough to be done while somebody types. */
const mostLookedAt = 200_000;

/** Values that a column field has in a trace, as a filter writes them, the most frequent first. Of a part, when it is large. */
export function seenValues(segments: readonly Segment[], fields: readonly ColumnField[], most: number): string[] {
  const counts = new Map<string, number>();
  let left = mostLookedAt;
  for (const segment of segments) {
    if (left <= 0) break;
    for (const field of fields) countValues(segment, field, left, counts);
    left -= segment.packets.length;
  }
  return [...counts]
    .sort(([, first], [, second]) => second - first)
    .slice(0, most)
    .map(([text]) => text);
}

function countValues(segment: Segment, { source, type }: ColumnField, most: number, counts: Map<string, number>): void {
  if (source.table === 'schemas') return;
  const column = source.table === 'events' ? segment.events[source.column] : segment.packets[source.column];
  const byNumber = new Map<number, number>();
  const end = Math.min(column.length, most);
  for (let row = 0; row < end; row++) {
    if (source.table === 'packets') {
      const modules = segment.packets.modules[row];
      if ((modules & source.anyOf) === 0 || (modules & (source.noneOf | source.covered)) !== 0) continue;
    }
    const value = source.table === 'packets' ? (column[row] & source.mask) >>> 0 : column[row];
    byNumber.set(value, (byNumber.get(value) ?? 0) + 1);
  }
  const form = source.table === 'packets' ? source.form : 'number';
  for (const [value, count] of byNumber) {
    const text = valueText(segment, type, form, value);
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + count);
  }
}

function valueText(segment: Segment, type: ColumnField['type'], form: string, value: number): string | undefined {
  switch (type) {
    case 'boolean':
      return value === 0 ? 'false' : 'true';
    case 'ipv4':
      return ipv4Text(value);
    case 'ipv6':
      return ipv6At(segment.ipv6Addresses, value * 16);
    case 'mac':
      return value === 0 ? undefined : macAt(segment.macPairs, (value - 1) * 12 + (form === 'sourceMac' ? 6 : 0));
    case 'integer':
      return value === 0xffff_ffff ? undefined : String(value);
    case 'guid':
      return undefined;
  }
}
