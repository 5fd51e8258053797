import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventSchema } from '../event-schema.ts';
import { InType } from '../event-schema.ts';
import { SchemaError } from '../schema-error.ts';
import { sample } from '../test-support/arbitrary-schemas.ts';
import { readCatalog, writeCatalog, type SchemaCatalog } from './schema-catalog.ts';
import { importText, testGuid } from './test-support/manifest-text.ts';

const colours = { name: 'Colour', bitmap: false, entries: new Map([[1, 'red']]) };
const schema: EventSchema = {
  provider: testGuid,
  providerName: 'Test-Provider',
  id: 7,
  version: 1,
  level: 'Error',
  channel: '',
  task: '',
  opcode: '',
  keywords: [],
  message: '%1',
  fields: [
    { name: 'N', inType: InType.UInt8, outType: 0, map: colours },
    { name: 'Data', inType: InType.Binary, outType: 0, length: { field: 'N' }, doubt: 'A guess.' },
    {
      name: 'S',
      inType: InType.Null,
      outType: 0,
      count: 2,
      members: [{ name: 'M', inType: InType.UInt8, outType: 4, map: colours }],
    },
  ],
  source: 'harvested',
  origin: 'other.etl',
};
const catalog: SchemaCatalog = {
  provider: testGuid,
  name: 'Test-Provider',
  source: 'harvested',
  origin: 'other.etl',
  addedAt: 1_700_000_000_000,
  format: 'trace',
  notes: ['One thing was left out.'],
  schemas: [schema, { ...schema, id: 8, alternatives: [{ ...schema, id: 8, fields: [] }] }],
};

describe('a catalog', () => {
  it('gives back what was written, whatever the schemas', () => {
    const doubt = fc.option(fc.string(), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 4 }),
        doubt,
        fc.array(fc.string()),
        (samples, why, notes) => {
          const schemas = samples.map(({ schema: given }): EventSchema => ({
            ...given,
            provider: testGuid,
            fields: given.fields.map((field) => (why === undefined ? field : { ...field, doubt: why })),
          }));
          const given: SchemaCatalog = { ...catalog, name: 'A', notes, schemas };
          expect(readCatalog(writeCatalog(given))).toEqual(given);
        },
      ),
    );
  });

  it('keeps alternatives, and each map once, though two of one name differ', () => {
    expect(readCatalog(writeCatalog(catalog))).toEqual(catalog);
    const other = {
      ...schema,
      fields: [{ ...schema.fields[0], map: { ...colours, entries: new Map([[1, 'blue']]) } }],
    };
    const text = writeCatalog({ ...catalog, schemas: [schema, schema, other] });
    expect((JSON.parse(text) as { maps: unknown[] }).maps).toHaveLength(2);
    expect(readCatalog(text).schemas[2].fields[0].map?.entries.get(1)).toBe('blue');
  });

  it('holds one provider only', () => {
    expect(() => writeCatalog({ ...catalog, provider: testGuid.replace('9abc', '0000') })).toThrow(
      'Event 7 belongs to',
    );
  });

  it('can be imported: its schemas are imported ones then, and say from where', () => {
    const { format, providers, notes } = importText(writeCatalog(catalog), 'from-Ann.json');
    expect(format).toBe('catalog');
    expect(notes).toEqual(['One thing was left out.']);
    const [first, second] = providers[0].schemas;
    expect(first).toEqual({ ...schema, source: 'imported', origin: 'from-Ann.json (other.etl)' });
    expect(second.alternatives?.[0]).toMatchObject({ source: 'imported', fields: [] });
  });
});

describe('a damaged catalog', () => {
  /** The catalog with a value somewhere inside replaced. */
  function changed(path: readonly (string | number)[], value: unknown): string {
    const json: unknown = JSON.parse(writeCatalog(catalog));
    let at = json as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    at[path[path.length - 1]] = value;
    return JSON.stringify(json);
  }

  it.each([
    [['hopscopeLayouts'], 2, 'of version 2, but only version 1 can be read'],
    [['provider'], 'me', 'its provider has no valid GUID'],
    [['name'], 'x'.repeat(5000), 'damaged at “name”: it must be a text of at most 4096 characters'],
    [['events', 0, 'id'], 65536, 'damaged at “events.0.id”: it must be a whole number from 0 to 65535'],
    [['events', 0, 'id'], 1.5, 'damaged at “events.0.id”'],
    [['events', 0, 'version'], -1, 'damaged at “events.0.version”'],
    [['events', 0, 'source'], 'hearsay', 'it must be a source of layouts'],
    [['events', 0, 'fields', 0, 'map'], 9, 'uses map 9, but there are only 1'],
    [['events', 0, 'fields', 1, 'length'], 1e9, 'damaged at “events.0.fields.1.length”'],
    [['events', 0, 'fields', 0, 'colour'], 1, 'damaged at “events.0.fields.0.colour”'],
    [['maps', 0, 'entries', 0], [-1, 'red'], 'damaged at “maps.0.entries.0.0”'],
    [['events'], {}, 'damaged at “events”'],
  ])('is refused with the place of the damage: %j', (path, value, message) => {
    expect(() => readCatalog(changed(path, value))).toThrow(message);
    expect(() => readCatalog(changed(path, value))).toThrow(SchemaError);
  });

  it('that nests without end is refused', () => {
    const deep = '{"members":['.repeat(50_000);
    expect(() => readCatalog(`{"hopscopeLayouts":1,"events":[${deep}`)).toThrow('nests deeper than 100');
  });

  it('cut at any place is refused, and with any character changed refused or read', () => {
    const text = writeCatalog(catalog);
    for (let length = 0; length < text.length; length++)
      expect(() => readCatalog(text.slice(0, length))).toThrow(SchemaError);
    const character = fc.constantFrom(...Array.from('0123456789{}[]",:-eE.tfn\\x'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(text.length - 1), character), { minLength: 1, maxLength: 4 }), (changes) => {
        const units = Array.from(text);
        for (const [at, value] of changes) units[at] = value;
        try {
          readCatalog(units.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
