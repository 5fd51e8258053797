/** Random layouts of self-describing events, with values that fit them. */
import * as fc from 'fast-check';
import type { EncodableRecord, EncodableValue } from '../encode.ts';
import type { SchemaField } from '../event-schema.ts';
import { InType, OutType } from '../event-schema.ts';
import { text } from './arbitrary-schemas.ts';

export interface TraceLoggingSample {
  readonly name: string;
  readonly fields: readonly SchemaField[];
  readonly values: EncodableRecord;
}

interface Part {
  readonly fields: readonly SchemaField[];
  readonly values: EncodableRecord;
}
type NamedPart = (name: string) => Part;

/** A type, and the values it takes. */
interface Kind {
  readonly inType: InType;
  readonly outType: number;
  readonly value: fc.Arbitrary<EncodableValue>;
}

const bytes = fc.uint8Array({ maxLength: 20 });
const kinds: readonly Kind[] = [
  { inType: InType.UnicodeString, outType: OutType.Null, value: text },
  { inType: InType.AnsiString, outType: OutType.Utf8, value: text },
  { inType: InType.Int8, outType: OutType.Null, value: fc.integer({ min: -128, max: 127 }) },
  { inType: InType.UInt8, outType: OutType.Boolean, value: fc.integer({ min: 0, max: 255 }) },
  { inType: InType.UInt16, outType: OutType.Port, value: fc.integer({ min: 0, max: 65535 }) },
  { inType: InType.UInt32, outType: OutType.NtStatus, value: fc.integer({ min: 0, max: 2 ** 32 - 1 }) },
  { inType: InType.Int64, outType: OutType.Null, value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { inType: InType.Double, outType: OutType.Null, value: fc.double({ noNaN: true }) },
  { inType: InType.Boolean, outType: OutType.Null, value: fc.boolean() },
  { inType: InType.Guid, outType: OutType.Null, value: fc.uuid().map((uuid) => `{${uuid}}`) },
  { inType: InType.FileTime, outType: OutType.Null, value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
  { inType: InType.HexInt64, outType: OutType.Null, value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
  { inType: InType.ManifestCountedString, outType: OutType.Json, value: text },
  { inType: InType.ManifestCountedAnsiString, outType: OutType.Null, value: text },
  { inType: InType.ManifestCountedBinary, outType: OutType.SocketAddress, value: bytes },
];

/** How often a field stands there: once, a number of times that the layout fixes, or one that the payload tells. */
type Counting = 'once' | 'fixed' | 'counted';
const counting = fc.constantFrom<Counting[]>('once', 'fixed', 'counted');

function counted(field: SchemaField, values: readonly EncodableValue[], how: Counting): Part {
  const { name } = field;
  if (how === 'once') return { fields: [field], values: { [name]: values[0] } };
  if (how === 'fixed') return { fields: [{ ...field, count: values.length }], values: { [name]: values } };
  const counter = `${name}.Count`;
  return {
    fields: [
      { name: counter, inType: InType.UInt16, outType: OutType.Null },
      { ...field, count: { field: counter } },
    ],
    values: { [counter]: values.length, [name]: values },
  };
}

const plain: fc.Arbitrary<NamedPart> = fc.tuple(fc.constantFrom(...kinds), counting).chain(([kind, how]) =>
  fc.array(kind.value, { minLength: 1, maxLength: 3 }).map(
    (values): NamedPart =>
      (name) =>
        counted({ name, inType: kind.inType, outType: kind.outType }, values, how),
  ),
);

function recordOf(parts: readonly NamedPart[]): Part {
  const named = parts.map((part, index) => part(`Field${index}`));
  return {
    fields: named.flatMap(({ fields }) => fields),
    values: Object.assign({}, ...named.map(({ values }) => values)) as EncodableRecord,
  };
}

function part(depth: number): fc.Arbitrary<NamedPart> {
  if (depth === 0) return plain;
  const struct = fc
    .tuple(fc.array(part(depth - 1), { maxLength: 4 }), counting, fc.integer({ min: 1, max: 3 }))
    .map(([members, how, count]): NamedPart => (name) => {
      const { fields, values } = recordOf(members);
      const field = { name, inType: InType.Null, outType: OutType.Null, members: fields };
      const elements = Array.from({ length: count }, () => values);
      return counted(field, elements, how);
    });
  return fc.oneof({ weight: 4, arbitrary: plain }, struct);
}

export const traceLoggingSample: fc.Arbitrary<TraceLoggingSample> = fc
  .tuple(text, fc.array(part(3), { maxLength: 6 }))
  .map(([name, parts]) => ({ name, ...recordOf(parts) }));
