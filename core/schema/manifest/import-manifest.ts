import type { EventSchema } from '../event-schema.ts';
import { SchemaError } from '../schema-error.ts';
import { decodeFileText } from './file-text.ts';
import { readGetWinEvent } from './get-winevent.ts';
import type { ImportContext, ImportedManifest, ImportedProvider, ReadProviders } from './imported-manifest.ts';
import { readInstrumentationManifest } from './instrumentation-manifest.ts';
import { parseJson } from './json-text.ts';
import { limits } from './limits.ts';
import { Notes, listed, quoted } from './notes.ts';
import { catalogOf, isCatalog } from './schema-catalog.ts';
import { readWepExplorerProvider } from './wep-explorer.ts';
import { readWevtutilProvider } from './wevtutil.ts';
import { childrenOf, parseXml, type XmlElement } from './xml-tree.ts';

/** As much of a text as tells what it is. */
const startLength = 1000;

/**
 * Reads what a person has of a provider: a manifest (.man), a dump of PerfView or WEPExplorer, output of wevtutil or
 * Get-WinEvent, or a catalog that another Hopscope wrote. The content tells which, never the name. Schemas get the
 * source 'imported'. Throws a SchemaError with one sentence about the file, which it does not name, when nothing can be imported.
 */
export function importManifest(bytes: Uint8Array, fileName: string): ImportedManifest {
  const notes = new Notes();
  if (bytes.length > limits.fileBytes) {
    throw new SchemaError(`It is larger than ${limits.fileBytes >> 20} MB, which no manifest is.`);
  }
  const { text, note } = decodeFileText(bytes);
  if (note !== undefined) notes.add(note);
  const { format, providers } = readText(text, { source: 'imported', fileName, notes });
  if (providers.every(({ schemas }) => schemas.length === 0)) {
    throw new SchemaError(['It describes no events.', ...notes.all()].slice(0, 2).join(' '));
  }
  noteSharedGuids(providers, notes);
  return { format, providers, notes: notes.all() };
}

function readText(text: string, context: ImportContext): ReadProviders {
  const start = /\S/.exec(text)?.[0];
  if (start === undefined) throw new SchemaError('It is empty.');
  if (start === '<') return readXml(text, context);
  if (start === '{' || start === '[') return readJson(parseJson(text), context);
  if (/^\s*name: .*\s+guid: /.test(text.slice(0, startLength))) {
    throw new SchemaError('It is the plain output of wevtutil, which does not describe the fields of events.');
  }
  throw new SchemaError('It is neither XML nor JSON, so it is no manifest.');
}

function readJson(json: unknown, context: ImportContext): ReadProviders {
  if (!isCatalog(json)) return readGetWinEvent(json, context);
  const catalog = catalogOf(json);
  for (const note of catalog.notes) context.notes.add(note);
  const schemas = catalog.schemas.map((schema) => importedSchema(schema, context.fileName));
  return { format: 'catalog', providers: [{ provider: catalog.provider, name: catalog.name, schemas }] };
}

/** However the sender learnt a layout, to the receiver it is imported. */
function importedSchema(schema: EventSchema, fileName: string): EventSchema {
  const { alternatives, origin } = schema;
  return {
    ...schema,
    source: 'imported',
    origin: origin === undefined ? fileName : `${fileName} (${origin})`,
    ...(alternatives ? { alternatives: alternatives.map((other) => importedSchema(other, fileName)) } : {}),
  };
}

/** Several documents may stand one behind the other, as when a loop calls wevtutil for each provider. */
function readXml(text: string, context: ImportContext): ReadProviders {
  const { roots, notes } = parseXml(text);
  for (const note of notes) context.notes.add(note);
  if (roots.length === 0)
    throw new SchemaError('It is XML without a single complete element: it is damaged or cut off.');
  const read = roots.map((root) => readRoot(root, context)).filter((result) => result !== undefined);
  if (read.length === 0) {
    throw new SchemaError(
      `It is XML, but its first element ${listed(
        roots.map(({ name }) => `<${name}>`),
        1,
      )} is none of a manifest, of wevtutil, ` + 'PerfView or WEPExplorer.',
    );
  }
  const { format } = read.find(({ providers }) => providers.length > 0) ?? read[0];
  return { format, providers: read.flatMap(({ providers }) => providers) };
}

function readRoot(root: XmlElement, context: ImportContext): ReadProviders | undefined {
  const present = (providers: readonly (ImportedProvider | undefined)[]): ImportedProvider[] =>
    providers.filter((provider) => provider !== undefined);
  switch (root.name) {
    case 'instrumentationManifest':
    case 'instrumentation':
    case 'assembly':
      return readInstrumentationManifest(root, context);
    case 'provider':
      return { format: 'wevtutil', providers: present([readWevtutilProvider(root, context)]) };
    case 'Providers': {
      const providers = childrenOf(root, 'Provider').map((provider) => readWepExplorerProvider(provider, context));
      return { format: 'wep-explorer', providers: present(providers) };
    }
    default:
      context.notes.add(`The element ${quoted(`<${root.name}>`)} was passed over: it is no part of a manifest.`);
      return undefined;
  }
}

function noteSharedGuids(providers: readonly ImportedProvider[], notes: Notes): void {
  const firstNames = new Map<string, string>();
  for (const { provider, name } of providers) {
    const first = firstNames.get(provider);
    if (first === undefined) firstNames.set(provider, name);
    else
      notes.add(
        `${quoted(first)} and ${quoted(name)} have the same GUID ${provider}; of an event that both describe, the later holds.`,
      );
  }
}
