import type { EventSchema, SchemaSource } from '../event-schema.ts';
import type { Notes } from './notes.ts';

/** Where layouts were learnt: which program wrote the description, or `trace` when a trace carried it itself. */
export type ManifestFormat =
  'manifest' | 'perfview-dump' | 'wevtutil' | 'get-winevent' | 'wep-explorer' | 'event-source' | 'trace' | 'catalog';

/** What one file taught. */
export interface ImportedManifest {
  readonly format: ManifestFormat;
  readonly providers: readonly ImportedProvider[];
  /** One sentence for each thing that was left out or is doubtful, for a person; bounded. */
  readonly notes: readonly string[];
}

/** One provider with all layouts that were found for it. */
export interface ImportedProvider {
  /** GUID in canonical text. */
  readonly provider: string;
  readonly name: string;
  readonly schemas: readonly EventSchema[];
}

/** What the readers of all formats need: how to mark the schemas, and where to say what was left out. */
export interface ImportContext {
  readonly source: SchemaSource;
  /** Name of the file, or of whatever the description was taken from; becomes the schemas' origin. */
  readonly fileName: string;
  readonly notes: Notes;
}

/** Providers of one document, and the format they came in. */
export interface ReadProviders {
  readonly format: ManifestFormat;
  readonly providers: readonly ImportedProvider[];
}

/** Formats as a person calls them. */
export const formatNames: Readonly<Record<ManifestFormat, string>> = {
  manifest: 'instrumentation manifest',
  'perfview-dump': 'PerfView dump',
  wevtutil: 'wevtutil output',
  'get-winevent': 'Get-WinEvent list',
  'wep-explorer': 'WEPExplorer export',
  'event-source': 'EventSource manifest',
  trace: 'trace',
  catalog: 'Hopscope layouts',
};

const lossyFormats: ReadonlySet<ManifestFormat> = new Set<ManifestFormat>([
  'perfview-dump',
  'wevtutil',
  'get-winevent',
  'wep-explorer',
]);

/** `tcp.man`, or `dump.xml (PerfView dump)` when the format is known to leave things out. */
export function originOf(fileName: string, format: ManifestFormat): string {
  return lossyFormats.has(format) ? `${fileName} (${formatNames[format]})` : fileName;
}
