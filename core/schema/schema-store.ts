import type { EventSchema, SchemaSource, ValueMap } from './event-schema.ts';
import { SchemaError } from './schema-error.ts';
import { DecodingSource, parseEventMapInfo, parseTraceEventInfo } from './trace-event-info.ts';

/** What an event's header tells about its kind. The provider is a GUID in canonical text. */
export interface SchemaKey {
  readonly provider: string;
  readonly id: number;
  readonly version: number;
}

/** Schemas that are made only when somebody asks. */
export interface SchemaLibrary {
  readonly source: SchemaSource;
  find(key: SchemaKey): EventSchema | undefined;
  findMap(provider: string, name: string): ValueMap | undefined;
  providerName(provider: string): string | undefined;
}

/** An event-metadata record of a merged trace: opcode 32 describes an event, opcode 33 a value map. */
export interface EventMetadataRecord {
  readonly opcode: number;
  readonly payload: Uint8Array;
}

/** Strongest first: what stands in the trace itself is right for the Windows that wrote it. */
const precedence: readonly SchemaSource[] = ['file', 'trace-logging', 'imported', 'harvested', 'built-in', 'system'];
const eventInfoOpcode = 32;
const mapInfoOpcode = 33;

/** All layouts that are known for one trace, whatever they were learnt from. */
export class SchemaStore {
  private readonly schemas = new Map<SchemaSource, Map<string, EventSchema>>();
  private readonly libraries: SchemaLibrary[] = [];
  private readonly maps = new Map<string, ValueMap>();
  private readonly names = new Map<string, string>();
  /** Descriptions in the file whose maps have not come yet, by the key of their schema. */
  private readonly waiting = new Map<string, Uint8Array>();

  /** A later schema of the same source and key replaces an earlier one. */
  add(schema: EventSchema): void {
    const ofSource = this.schemas.get(schema.source) ?? new Map<string, EventSchema>();
    this.schemas.set(schema.source, ofSource);
    ofSource.set(keyText(schema), schema);
    if (schema.providerName !== '') this.names.set(schema.provider, schema.providerName);
  }

  addLibrary(library: SchemaLibrary): void {
    this.libraries.push(library);
  }

  /**
   * Takes what a merged trace tells about its own events, in any order and in any number of portions: an event may
   * come before the maps it uses. Returns one sentence for each record that is damaged and was left out.
   */
  addEventMetadata(records: Iterable<EventMetadataRecord>): string[] {
    const problems: string[] = [];
    const takeAll = (payloads: readonly Uint8Array[], take: (payload: Uint8Array) => void): void => {
      for (const payload of payloads) {
        try {
          take(payload);
        } catch (error) {
          if (!(error instanceof SchemaError)) throw error;
          problems.push(`An event description in the file was left out. ${error.message}`);
        }
      }
    };
    const list = [...records];
    const payloadsOf = (opcode: number): Uint8Array[] =>
      list.filter((record) => record.opcode === opcode).map(({ payload }) => payload);
    takeAll(payloadsOf(mapInfoOpcode), (payload) => {
      this.addMap(payload);
    });
    takeAll([...this.waiting.values(), ...payloadsOf(eventInfoOpcode)], (payload) => {
      this.addEventInfo(payload);
    });
    return problems;
  }

  /** Every layout that was added of one source. */
  schemasOf(source: SchemaSource): Iterable<EventSchema> {
    return this.schemas.get(source)?.values() ?? [];
  }

  /** The layout of exactly this event and version from the strongest source that has one. */
  find(key: SchemaKey): EventSchema | undefined {
    const text = keyText(key);
    for (const source of precedence) {
      const schema = this.schemas.get(source)?.get(text) ?? this.findInLibraries(source, key);
      if (schema) return schema;
    }
    return undefined;
  }

  /** The provider's name as its schemas give it, or undefined when none is known. */
  providerName(provider: string): string | undefined {
    const name = this.names.get(provider);
    if (name !== undefined) return name;
    for (const library of this.libraries) {
      const known = library.providerName(provider);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  private findInLibraries(source: SchemaSource, key: SchemaKey): EventSchema | undefined {
    for (const library of this.libraries) {
      const schema = library.source === source ? library.find(key) : undefined;
      if (schema) return schema;
    }
    return undefined;
  }

  private addMap(payload: Uint8Array): void {
    const { provider, map } = parseEventMapInfo(payload);
    this.maps.set(mapKey(provider, map.name), map);
  }

  private addEventInfo(payload: Uint8Array): void {
    const info = parseTraceEventInfo(payload, (provider, name) => this.maps.get(mapKey(provider, name)));
    if (info.decodingSource === DecodingSource.TraceLogging) return;
    const key = keyText(info.schema);
    if (info.missingMaps.length === 0) {
      this.waiting.delete(key);
      this.add(info.schema);
      return;
    }
    this.waiting.set(key, payload);
    this.add(this.withLibraryMaps(payload));
  }

  /** Windows leaves out a map that no event of the trace needs; a library's own of that name serves as well. */
  private withLibraryMaps(payload: Uint8Array): EventSchema {
    const find = (provider: string, name: string): ValueMap | undefined =>
      this.maps.get(mapKey(provider, name)) ??
      this.libraries.map((library) => library.findMap(provider, name)).find((map) => map !== undefined);
    return parseTraceEventInfo(payload, find).schema;
  }
}

function keyText(key: SchemaKey): string {
  return `${key.provider}/${key.id}/${key.version}`;
}

function mapKey(provider: string, name: string): string {
  return `${provider}/${name}`;
}
