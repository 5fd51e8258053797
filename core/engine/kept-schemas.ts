import { createHash } from 'node:crypto';
import { fileName } from '../base/file-name.ts';
import { knownProviderName } from '../provider/known-providers.ts';
import type { EventSchema, ValueMap } from '../schema/event-schema.ts';
import { importManifest } from '../schema/manifest/import-manifest.ts';
import { formatNames, type ImportedProvider, type ManifestFormat } from '../schema/manifest/imported-manifest.ts';
import { readCatalog, writeCatalog, type SchemaCatalog } from '../schema/manifest/schema-catalog.ts';
import { SchemaError } from '../schema/schema-error.ts';
import type { SchemaKey, SchemaLibrary } from '../schema/schema-store.ts';
import type { SchemaEntry, SchemaImportReport, SchemaList } from './contract.ts';
import { wholeFile } from './file-source.ts';
import type { SchemaShelf } from './schema-shelf.ts';

/** A manifest is text that somebody wrote or a tool dumped; the largest known has half a megabyte. */
const largestManifest = 256 << 20;
type KeptSource = SchemaEntry['source'];

/**
 * The layouts that are kept for all traces: manifests that were imported, and what was harvested from traces. They lie
 * on shelves, one catalog a provider and origin; the first shelf takes what is new. Catalogs are read when a trace has
 * events of their provider, not before.
 */
export class KeptSchemas {
  private readonly shelves: readonly SchemaShelf[];
  private readonly now: () => number;
  /** The layouts for a SchemaStore: imported ones are trusted more than harvested ones. */
  readonly libraries: readonly SchemaLibrary[];
  /** What was read from the shelves, until something changes. */
  private names: readonly string[] | undefined;
  private readonly catalogs = new Map<string, SchemaCatalog | string>();
  private readonly layouts = new Map<string, ProviderLayouts>();

  /** `now`: Unix milliseconds. */
  constructor(shelves: readonly SchemaShelf[], now: () => number = Date.now) {
    this.shelves = shelves;
    this.now = now;
    this.libraries = [this.library('imported'), this.library('harvested')];
  }

  /** Looks at the shelves anew: another program may have put something there. */
  refresh(): void {
    this.names = undefined;
    this.catalogs.clear();
    this.layouts.clear();
  }

  list(): SchemaList {
    const catalogs = this.ids().map((id) => ({ id, catalog: this.catalog(id) }));
    return {
      entries: catalogs
        .flatMap(({ id, catalog }) => (typeof catalog === 'string' ? [] : [entryOf(id, catalog)]))
        .sort((a, b) => a.name.localeCompare(b.name) || b.addedAt - a.addedAt),
      problems: catalogs.flatMap(({ catalog }) => (typeof catalog === 'string' ? [catalog] : [])),
    };
  }

  /** Takes the manifests of these paths. What cannot be read costs its own file, or its own part of it. */
  importFiles(paths: readonly string[]): SchemaImportReport {
    const report: SchemaImportReport = { added: [], notes: [], failures: [] };
    for (const path of paths) {
      try {
        const { format, providers, notes } = importManifest(readManifest(path), fileName(path));
        const told = paths.length > 1 ? notes.map((note) => `${fileName(path)}: ${note}`) : notes;
        report.notes.push(...told);
        for (const provider of providers) {
          const conflict = this.conflictOf(provider);
          if (conflict !== undefined) report.notes.push(`${fileName(path)}: ${conflict}`);
          else report.added.push(this.keep('imported', fileName(path), format, provider, notes));
        }
      } catch (error) {
        report.failures.push({ file: fileName(path), message: sentence(error) });
      }
    }
    return report;
  }

  /** Keeps what a trace tells of its own events. */
  harvest(trace: string, providers: readonly ImportedProvider[]): SchemaImportReport {
    const added = providers.map((provider) => this.keep('harvested', trace, 'trace', provider, []));
    const notes = added.length === 0 ? ['This trace carries no layouts of its own: there is nothing to keep.'] : [];
    return { added, notes, failures: [] };
  }

  remove(id: string): void {
    for (const shelf of this.shelves) if (shelf.names().includes(id)) shelf.remove(id);
    this.refresh();
  }

  private library(source: KeptSource): SchemaLibrary {
    return {
      source,
      find: (key) => this.layoutsOf(key.provider, source).find(key),
      findMap: (provider, name) => this.layoutsOf(provider, source).findMap(name),
      providerName: (provider) => this.layoutsOf(provider, source).name,
    };
  }

  private layoutsOf(provider: string, source: KeptSource): ProviderLayouts {
    const key = idPrefix(provider, source);
    const known = this.layouts.get(key);
    if (known) return known;
    const layouts = new ProviderLayouts(this.catalogsOf(provider, source));
    this.layouts.set(key, layouts);
    return layouts;
  }

  /** Newest first. */
  private catalogsOf(provider: string, source: KeptSource): SchemaCatalog[] {
    const prefix = idPrefix(provider, source);
    return this.ids()
      .filter((id) => id.startsWith(prefix))
      .map((id) => this.catalog(id))
      .filter((catalog) => typeof catalog !== 'string')
      .sort((a, b) => b.addedAt - a.addedAt);
  }

  /** A GUID that Windows uses for another provider, or that another manifest has brought: somebody made a mistake. */
  private conflictOf({ provider, name }: ImportedProvider): string | undefined {
    const known = knownProviderName(provider);
    const kept = this.catalogsOf(provider, 'imported').map((catalog) => catalog.name);
    const other = [known, ...kept].find((owner) => owner !== undefined && !sameName(owner, name));
    if (other === undefined) return undefined;
    const advice = other === known ? '' : ' Remove that one first if this is the right one.';
    return `"${name}" claims the GUID ${provider}, which belongs to ${other}; it was left out.${advice}`;
  }

  private keep(
    source: KeptSource,
    origin: string,
    format: ManifestFormat,
    { provider, name, schemas }: ImportedProvider,
    notes: readonly string[],
  ): SchemaEntry {
    const id = `${idPrefix(provider, source)}${createHash('sha256').update(origin).digest('hex').slice(0, 12)}`;
    const kept = schemas.map((schema): EventSchema => ({ ...schema, source, origin: schema.origin ?? origin }));
    const catalog: SchemaCatalog = {
      provider,
      name,
      source,
      origin,
      format,
      addedAt: this.now(),
      notes: [...notes],
      schemas: kept,
    };
    this.shelves[0].write(id, writeCatalog(catalog));
    this.refresh();
    return entryOf(id, catalog);
  }

  private ids(): readonly string[] {
    this.names ??= [...new Set(this.shelves.flatMap((shelf) => shelf.names()))];
    return this.names;
  }

  /** A catalog, or what is wrong with it in words. */
  private catalog(id: string): SchemaCatalog | string {
    const known = this.catalogs.get(id);
    if (known !== undefined) return known;
    let catalog: SchemaCatalog | string;
    try {
      catalog = readCatalog(this.shelves.find((shelf) => shelf.names().includes(id))?.read(id) ?? '');
    } catch (error) {
      catalog = `The kept layouts "${id}" cannot be read: ${sentence(error)} Import them again.`;
    }
    this.catalogs.set(id, catalog);
    return catalog;
  }
}

/** Layouts of one provider from several catalogs, the newest first. */
class ProviderLayouts {
  readonly name: string | undefined;
  private readonly schemas = new Map<string, EventSchema>();

  constructor(catalogs: readonly SchemaCatalog[]) {
    this.name = catalogs.at(0)?.name;
    for (const schema of [...catalogs].reverse().flatMap((catalog) => catalog.schemas)) {
      this.schemas.set(`${schema.id}/${schema.version}`, schema);
    }
  }

  find({ id, version }: SchemaKey): EventSchema | undefined {
    return this.schemas.get(`${id}/${version}`);
  }

  findMap(name: string): ValueMap | undefined {
    for (const { fields } of this.schemas.values()) {
      const field = fields.find(({ map }) => map?.name === name);
      if (field) return field.map;
    }
    return undefined;
  }
}

function readManifest(path: string): Uint8Array {
  return wholeFile(
    path,
    largestManifest,
    (size) => new SchemaError(`It has ${size} bytes, more than any manifest. It was not read.`),
  );
}

function entryOf(
  id: string,
  { provider, name, source, origin, format, addedAt, notes, schemas }: SchemaCatalog,
): SchemaEntry {
  return {
    ...{ id, provider, name, source, origin, addedAt },
    format: formatNames[format],
    events: schemas.length,
    notes: [...notes],
  };
}

function idPrefix(provider: string, source: KeptSource): string {
  return `${provider.slice(1, -1)}-${source}-`;
}

function sameName(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { sensitivity: 'base' }) === 0;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
