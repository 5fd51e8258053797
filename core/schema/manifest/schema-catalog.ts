/**
 * How layouts of one provider are kept on disk: JSON with a version, each value map once. A field's length or count is
 * a number, or the name of the field that has it.
 */
import * as v from 'valibot';
import { parseGuid } from '../../base/guid.ts';
import type { EventSchema, FieldReference, SchemaField, ValueMap } from '../event-schema.ts';
import { SchemaError } from '../schema-error.ts';
import type { ImportedProvider, ManifestFormat } from './imported-manifest.ts';
import { parseJson } from './json-text.ts';
import { limits } from './limits.ts';
import { optional } from './optional.ts';

/** A provider's layouts and where they were learnt. */
export interface SchemaCatalog extends ImportedProvider {
  readonly source: 'imported' | 'harvested';
  /** Name of the file or trace. */
  readonly origin: string;
  readonly format: ManifestFormat;
  /** Unix milliseconds. */
  readonly addedAt: number;
  readonly notes: readonly string[];
}

const catalogVersion = 1;
/** The first key of every catalog, by which it is recognised; its value is the catalog's version. */
const versionKey = 'hopscopeLayouts';

/** Whether a JSON value wants to be a catalog; readCatalog says whether it is a sound one. */
export function isCatalog(json: unknown): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, versionKey);
}

/** The catalog as text. Throws a SchemaError when a schema belongs to another provider. */
export function writeCatalog(catalog: SchemaCatalog): string {
  const writer = new CatalogWriter(catalog);
  const { schemas, ...head } = catalog;
  const events = schemas.map((schema) => writer.event(schema));
  return JSON.stringify({ [versionKey]: catalogVersion, ...head, maps: writer.maps, events });
}

/** Throws a SchemaError that names the damaged part. */
export function readCatalog(text: string): SchemaCatalog {
  return catalogOf(parseJson(text));
}

/** Like readCatalog, for a value that is JSON already. */
export function catalogOf(json: unknown): SchemaCatalog {
  if (!isCatalog(json)) throw new SchemaError('It is no file of event layouts that Hopscope wrote.');
  const version = (json as Record<string, unknown>)[versionKey];
  if (version !== catalogVersion) {
    throw new SchemaError(
      `It is a file of event layouts of version ${typeof version === 'number' ? version : '?'}, but only version ` +
        `${catalogVersion} can be read. A newer Hopscope may have written it.`,
    );
  }
  const parsed = v.safeParse(catalogShape, json, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new SchemaError(
      `The file of event layouts is damaged at “${v.getDotPath(issue) ?? 'its start'}”: ${issue.message}.`,
    );
  }
  return new CatalogReader(parsed.output).catalog();
}

class CatalogWriter {
  readonly maps: StoredMap[] = [];
  private readonly catalog: SchemaCatalog;
  private readonly numbers = new Map<string, number>();

  constructor(catalog: SchemaCatalog) {
    this.catalog = catalog;
  }

  event(schema: EventSchema): StoredEvent {
    const { provider, name } = this.catalog;
    if (schema.provider !== provider) {
      throw new SchemaError(
        `Event ${schema.id} belongs to ${schema.provider}, not to ${provider}, whose layouts are kept here.`,
      );
    }
    const { alternatives } = schema;
    return {
      id: schema.id,
      version: schema.version,
      ...unlessEqual('providerName', schema.providerName, name),
      ...unlessEqual('level', schema.level, ''),
      ...unlessEqual('channel', schema.channel, ''),
      ...unlessEqual('task', schema.task, ''),
      ...unlessEqual('opcode', schema.opcode, ''),
      ...unlessEqual('message', schema.message, ''),
      ...(schema.keywords.length > 0 ? { keywords: [...schema.keywords] } : {}),
      fields: schema.fields.map((field) => this.field(field)),
      source: schema.source,
      ...optional('origin', schema.origin),
      ...optional(
        'alternatives',
        alternatives?.map((alternative) => this.event(alternative)),
      ),
    };
  }

  private field(field: SchemaField): StoredField {
    return {
      name: field.name,
      in: field.inType,
      ...unlessEqual('out', field.outType, 0),
      ...optional('length', storedSize(field.length)),
      ...optional('count', storedSize(field.count)),
      ...optional('map', field.map && this.mapNumber(field.map)),
      ...optional(
        'members',
        field.members?.map((member) => this.field(member)),
      ),
      ...optional('doubt', field.doubt),
    };
  }

  /** Maps are told apart by what they hold: versions of one event may each have their own map of the same name. */
  private mapNumber(map: ValueMap): number {
    const stored: StoredMap = { name: map.name, bitmap: map.bitmap, entries: [...map.entries] };
    const key = JSON.stringify(stored);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.maps.length);
    return this.maps.push(stored) - 1;
  }
}

class CatalogReader {
  private readonly stored: v.InferOutput<typeof catalogShape>;
  private readonly maps: readonly ValueMap[];

  constructor(stored: v.InferOutput<typeof catalogShape>) {
    this.stored = stored;
    this.maps = stored.maps.map(({ name, bitmap, entries }) => ({ name, bitmap, entries: new Map(entries) }));
  }

  catalog(): SchemaCatalog {
    const { name, source, origin, format, addedAt, notes, events } = this.stored;
    const provider = parseGuid(this.stored.provider);
    if (provider === undefined)
      throw new SchemaError('The file of event layouts is damaged: its provider has no valid GUID.');
    const schemas = events.map((event) => this.event(event, provider));
    return { provider, name, source, origin, format, addedAt, notes, schemas };
  }

  private event(event: StoredEvent, provider: string): EventSchema {
    return {
      provider,
      providerName: event.providerName ?? this.stored.name,
      id: event.id,
      version: event.version,
      level: event.level ?? '',
      channel: event.channel ?? '',
      task: event.task ?? '',
      opcode: event.opcode ?? '',
      keywords: event.keywords ?? [],
      message: event.message ?? '',
      fields: event.fields.map((field) => this.field(field)),
      source: event.source,
      ...optional('origin', event.origin),
      ...optional(
        'alternatives',
        event.alternatives?.map((alternative) => this.event(alternative, provider)),
      ),
    };
  }

  private field(field: StoredField): SchemaField {
    return {
      name: field.name,
      inType: field.in,
      outType: field.out ?? 0,
      ...optional('length', sizeOf(field.length)),
      ...optional('count', sizeOf(field.count)),
      ...optional('map', field.map === undefined ? undefined : this.map(field.map, field.name)),
      ...optional(
        'members',
        field.members?.map((member) => this.field(member)),
      ),
      ...optional('doubt', field.doubt),
    };
  }

  private map(number: number, field: string): ValueMap {
    const map = this.maps.at(number);
    if (map) return map;
    throw new SchemaError(
      `The file of event layouts is damaged: the field ${field} uses map ${number}, but there are only ${this.maps.length}.`,
    );
  }
}

function storedSize(size: number | FieldReference | undefined): number | string | undefined {
  return typeof size === 'object' ? size.field : size;
}

function sizeOf(stored: number | string | undefined): number | FieldReference | undefined {
  return typeof stored === 'string' ? { field: stored } : stored;
}

function unlessEqual<Key extends string, Value>(key: Key, value: Value, usual: Value): Partial<Record<Key, Value>> {
  return optional(key, value === usual ? undefined : value);
}

function wholeUpTo(maximum: number) {
  const message = `it must be a whole number from 0 to ${maximum}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(0, message), v.maxValue(maximum, message));
}

function textUpTo(length: number) {
  const message = `it must be a text of at most ${length} characters`;
  return v.pipe(v.string(message), v.maxLength(length, message));
}

function listUpTo<Item extends v.GenericSchema>(item: Item, length: number) {
  const message = `it must be a list of at most ${length} entries`;
  return v.pipe(v.array(item, message), v.maxLength(length, message));
}

const name = textUpTo(limits.nameLength);
/** Notes, doubts and origins are sentences. */
const sentence = textUpTo(limits.messageLength);
const size = v.union([wholeUpTo(limits.size), name], `it must be a number up to ${limits.size} or the name of a field`);

interface StoredField {
  readonly name: string;
  readonly in: number;
  readonly out?: number | undefined;
  readonly length?: number | string | undefined;
  readonly count?: number | string | undefined;
  readonly map?: number | undefined;
  readonly members?: readonly StoredField[] | undefined;
  readonly doubt?: string | undefined;
}

const fieldShape: v.GenericSchema<StoredField> = v.strictObject({
  name,
  in: wholeUpTo(0xffff),
  out: v.optional(wholeUpTo(0xffff)),
  length: v.optional(size),
  count: v.optional(size),
  map: v.optional(wholeUpTo(limits.listEntries)),
  members: v.optional(v.lazy(() => listUpTo(fieldShape, limits.listEntries))),
  doubt: v.optional(sentence),
});

interface StoredEvent {
  readonly id: number;
  readonly version: number;
  readonly providerName?: string | undefined;
  readonly level?: string | undefined;
  readonly channel?: string | undefined;
  readonly task?: string | undefined;
  readonly opcode?: string | undefined;
  readonly message?: string | undefined;
  readonly keywords?: string[] | undefined;
  readonly fields: readonly StoredField[];
  readonly source: EventSchema['source'];
  readonly origin?: string | undefined;
  readonly alternatives?: readonly StoredEvent[] | undefined;
}

const eventShape: v.GenericSchema<StoredEvent> = v.strictObject({
  id: wholeUpTo(0xffff),
  version: wholeUpTo(0xff),
  providerName: v.optional(name),
  level: v.optional(name),
  channel: v.optional(name),
  task: v.optional(name),
  opcode: v.optional(name),
  message: v.optional(textUpTo(limits.messageLength)),
  keywords: v.optional(listUpTo(name, limits.listEntries)),
  fields: listUpTo(fieldShape, limits.listEntries),
  source: v.picklist(
    ['file', 'trace-logging', 'imported', 'harvested', 'built-in', 'system'],
    'it must be a source of layouts',
  ),
  origin: v.optional(sentence),
  alternatives: v.optional(v.lazy(() => listUpTo(eventShape, limits.listEntries))),
});

const mapShape = v.strictObject({
  name,
  bitmap: v.boolean('it must be true or false'),
  entries: listUpTo(v.strictTuple([wholeUpTo(0xffff_ffff), name]), limits.listEntries),
});
type StoredMap = v.InferOutput<typeof mapShape>;

const formats = [
  'manifest',
  'perfview-dump',
  'wevtutil',
  'get-winevent',
  'wep-explorer',
  'event-source',
  'trace',
  'catalog',
] as const satisfies readonly ManifestFormat[];

const catalogShape = v.strictObject({
  [versionKey]: v.literal(catalogVersion),
  provider: textUpTo(40),
  name,
  source: v.picklist(['imported', 'harvested'], 'it must be how layouts are kept'),
  origin: sentence,
  addedAt: wholeUpTo(Number.MAX_SAFE_INTEGER),
  format: v.picklist(formats, 'it must be a format that layouts come in'),
  notes: listUpTo(sentence, limits.listEntries),
  maps: listUpTo(mapShape, limits.listEntries),
  events: listUpTo(eventShape, limits.listEntries),
});
