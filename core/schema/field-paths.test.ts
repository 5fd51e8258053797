import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldPathName } from '../base/field-path.ts';
import type { DecodedField, RawValue } from './decode.ts';
import { decodePayload } from './decode.ts';
import { encodePayload } from './encode.ts';
import type { EventSchema, SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { fieldPaths, type FieldPath } from './field-paths.ts';
import { sample } from './test-support/arbitrary-schemas.ts';

const header = { providerName: '', level: '', channel: '', task: '', opcode: '', message: '' };
function layout(fields: readonly SchemaField[], alternatives?: readonly EventSchema[]): EventSchema {
  const base = { provider: '', id: 1, version: 0, keywords: [], source: 'built-in' as const, fields, ...header };
  return alternatives ? { ...base, alternatives } : base;
}
function field(name: string, inType: InType, outType = 0, more: Partial<SchemaField> = {}): SchemaField {
  return { name, inType, outType, ...more };
}
function texts(paths: readonly FieldPath[]): string[] {
  return paths.map(({ path, type }) => `${path.join('.')} ${type}`);
}

describe('the paths of a layout', () => {
  it('have the type by in-type and out-type', () => {
    const fields = [
      field('Count', InType.UInt32),
      field('Started', InType.FileTime),
      field('Share', InType.Double),
      field('Enabled', InType.UInt8, OutType.Boolean),
      field('Address', InType.UInt32, OutType.Ipv4),
      field('Address6', InType.Binary, OutType.Ipv6),
      field('MacAddress', InType.Binary, 0, { length: 6 }),
      field('Data', InType.Binary, 0, { length: 4 }),
      field('Name', InType.UnicodeString),
      field('Path', InType.AnsiString),
      field('Interface', InType.Guid),
      field('User', InType.Sid),
    ];
    expect(texts(fieldPaths(layout(fields)))).toEqual([
      'Count integer',
      'Started integer',
      'Share float',
      'Enabled boolean',
      'Address ipv4',
      'Address6 ipv6',
      'MacAddress mac',
      'Data bytes',
      'Name text',
      'Path text',
      'Interface guid',
      'User text',
    ]);
  });

  it('lead through structs, and past the places in an array', () => {
    const destination = field('Destinations', InType.Null, 0, {
      count: 2,
      members: [field('Port Id', InType.UInt32), field('Nic', InType.UnicodeString)],
    });
    expect(texts(fieldPaths(layout([destination])))).toEqual([
      'Destinations group',
      'Destinations.Port_Id integer',
      'Destinations.Nic text',
    ]);
  });

  it('are those of all alternatives, each once', () => {
    const old = layout([field('Count', InType.UInt32), field('Old', InType.UInt8)]);
    const paths = fieldPaths(layout([field('Count', InType.UInt64)], [old]));
    expect(texts(paths)).toEqual(['Count integer', 'Old integer']);
  });

  it('end in structs that contain themselves', () => {
    const members: SchemaField[] = [];
    members.push(field('Inner', InType.Null, 0, { members }));
    const paths = fieldPaths(layout(members));
    expect(paths.length).toBeLessThan(100);
    expect(paths.every(({ type }) => type === 'group')).toBe(true);
  });

  it('are those of every decoded value, with its type', () => {
    fc.assert(
      fc.property(sample, ({ schema, pointerSize, given }) => {
        const bytes = encodePayload(schema, given, pointerSize);
        const known = new Map(fieldPaths(schema).map(({ path, type }) => [path.join('.'), type]));
        for (const { path, raw } of valuesIn(decodePayload(schema, bytes, 0, bytes.length, pointerSize).fields, []))
          expect(typesOf(raw), path).toContain(known.get(path));
      }),
    );
  });
});

/** Every value of a payload; array elements, which are named by their place, stand at their array's path. */
function valuesIn(fields: readonly DecodedField[], above: readonly string[]): { path: string; raw: RawValue }[] {
  return fields.flatMap(({ name, raw, children }) => {
    const path = name.startsWith('[') ? above : [...above, fieldPathName(name)];
    return raw === undefined ? valuesIn(children ?? [], path) : [{ path: path.join('.'), raw }];
  });
}

function typesOf(raw: RawValue): FieldPath['type'][] {
  switch (typeof raw) {
    case 'string':
      return ['text', 'guid'];
    case 'boolean':
      return ['boolean'];
    case 'object':
      return ['bytes', 'mac', 'ipv4', 'ipv6'];
    default:
      return ['integer', 'float', 'boolean', 'ipv4'];
  }
}
