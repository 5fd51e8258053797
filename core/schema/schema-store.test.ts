import { describe, expect, it } from 'vitest';
import type { EventSchema, SchemaSource, ValueMap } from './event-schema.ts';
import { InType } from './event-schema.ts';
import type { SchemaLibrary } from './schema-store.ts';
import { SchemaStore } from './schema-store.ts';
import { writeEventMapInfo, writeTraceEventInfo } from './trace-event-info-writer.ts';

const provider = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
const map: ValueMap = { name: 'Direction', bitmap: false, entries: new Map([[3, 'Rx']]) };

function schemaFrom(source: SchemaSource, providerName: string = source): EventSchema {
  const texts = { level: '', channel: '', task: '', opcode: '', message: '' };
  const fields = [{ name: 'DirTag', inType: InType.UInt16, outType: 0, map }];
  return { provider, providerName, id: 160, version: 0, keywords: [], fields, source, ...texts };
}
function libraryOf(source: SchemaSource, maps: ValueMap[] = []): SchemaLibrary {
  const schema = schemaFrom(source);
  return {
    source,
    find: ({ id }) => (id === schema.id ? schema : undefined),
    findMap: (_, name) => maps.find((known) => known.name === name),
    providerName: () => `library ${source}`,
  };
}
const key = { provider, id: 160, version: 0 };
const eventInfo = { opcode: 32, payload: writeTraceEventInfo(schemaFrom('file')) };
const mapInfo = { opcode: 33, payload: writeEventMapInfo(provider, map) };

describe('SchemaStore', () => {
  it('prefers the strongest source, in whatever order they come', () => {
    const store = new SchemaStore();
    const order: SchemaSource[] = ['system', 'built-in', 'harvested', 'imported', 'trace-logging', 'file'];
    for (const source of order) {
      store.add(schemaFrom(source));
      expect(store.find(key)?.source).toBe(source);
    }
    store.add(schemaFrom('imported'));
    expect(store.find(key)?.source).toBe('file');
  });

  it('takes a library for a source like any other', () => {
    const store = new SchemaStore();
    store.addLibrary(libraryOf('built-in'));
    expect(store.find(key)?.source).toBe('built-in');
    store.add(schemaFrom('imported'));
    expect(store.find(key)?.source).toBe('imported');
  });

  it('finds exactly the version asked for', () => {
    const store = new SchemaStore();
    store.add(schemaFrom('file'));
    expect(store.find({ ...key, version: 1 })).toBeUndefined();
    expect(store.find({ ...key, id: 161 })).toBeUndefined();
  });

  it('replaces a schema by a later one of the same source', () => {
    const store = new SchemaStore();
    store.add(schemaFrom('imported', 'old'));
    store.add(schemaFrom('imported', 'new'));
    expect(store.find(key)?.providerName).toBe('new');
  });

  it('learns provider names from schemas, then from libraries', () => {
    const store = new SchemaStore();
    expect(store.providerName(provider)).toBeUndefined();
    store.addLibrary(libraryOf('built-in'));
    expect(store.providerName(provider)).toBe('library built-in');
    store.add(schemaFrom('file', 'Microsoft-Windows-PktMon'));
    expect(store.providerName(provider)).toBe('Microsoft-Windows-PktMon');
  });

  it('gives events their maps, also when those come later in the file', () => {
    const store = new SchemaStore();
    expect(store.addEventMetadata([eventInfo, mapInfo])).toEqual([]);
    expect(store.find(key)?.fields[0].map).toEqual(map);
  });

  it('gives events their maps, also when those come in a later portion', () => {
    const store = new SchemaStore();
    store.addEventMetadata([eventInfo]);
    expect(store.find(key)?.fields[0].map).toBeUndefined();
    store.addEventMetadata([mapInfo]);
    expect(store.find(key)?.fields[0].map).toEqual(map);
  });

  it('uses a library’s map when the file has none of that name', () => {
    const store = new SchemaStore();
    store.addLibrary(libraryOf('built-in', [map]));
    store.addEventMetadata([eventInfo]);
    expect(store.find(key)).toMatchObject({ source: 'file', fields: [{ map }] });
  });

  it('leaves out damaged records and says so', () => {
    const store = new SchemaStore();
    const broken = { opcode: 32, payload: eventInfo.payload.subarray(0, 50) };
    const problems = store.addEventMetadata([broken, { opcode: 33, payload: new Uint8Array(3) }, eventInfo]);
    expect(problems).toHaveLength(2);
    expect(problems[1]).toBe(
      'An event description in the file was left out. ' +
        'The header of an event description would lie at byte 0, but the record has only 50 bytes.',
    );
    expect(store.find(key)).toBeDefined();
  });

  it('does not take a TraceLogging layout, whose id means nothing, for that of other events', () => {
    const payload = Uint8Array.from(eventInfo.payload);
    payload[0x30] = 3;
    const store = new SchemaStore();
    store.addEventMetadata([{ opcode: 32, payload }]);
    expect(store.find(key)).toBeUndefined();
  });
});
