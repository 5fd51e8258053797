import type { BookSource } from '../../names/name-source.ts';
import { NamesError } from '../../names/named-thing.ts';
import { readNames } from '../../names/reading/read-names.ts';
import type { ImportedProvider } from '../../schema/manifest/imported-manifest.ts';
import { importManifest } from '../../schema/manifest/import-manifest.ts';
import { SchemaError } from '../../schema/schema-error.ts';

/** What one part of a bundle gives. */
export interface ReadPart {
  readonly source: BookSource | undefined;
  readonly providers: readonly ImportedProvider[];
  /** What it came to, or why it gave nothing, in sentences. */
  readonly notes: readonly string[];
}

/** Reads a part by what is in it. `bundle` is the name of the folder or zip. Never throws for what the part holds. */
export function readPart(bundle: string, path: string, bytes: Uint8Array): ReadPart {
  if (isLayouts(path)) return layoutsOf(path, bytes) ?? namesOf(bundle, path, bytes).part;
  const { part, isNames } = namesOf(bundle, path, bytes);
  return isNames || !/\.(json|xml)$/i.test(path) ? part : (layoutsOf(path, bytes, true) ?? part);
}

function isLayouts(path: string): boolean {
  return /^schemas\/|\.man$/i.test(path);
}

function layoutsOf(path: string, bytes: Uint8Array, isGuess = false): ReadPart | undefined {
  try {
    const { providers, notes } = importManifest(bytes, path);
    const told = providers.map(({ name, schemas }) => `layouts of ${schemas.length.toLocaleString('en')} events of ${name}`);
    return { source: undefined, providers, notes: [`${path}: ${told.join('; ')}.`, ...notes] };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return isGuess ? undefined : { source: undefined, providers: [], notes: [`${path} gives no layouts: ${error.message}`] };
  }
}

function namesOf(bundle: string, path: string, bytes: Uint8Array): { part: ReadPart; isNames: boolean } {
  try {
    const { contents, notes, things } = readNames(bytes, path);
    const title = `${bundle}/${path}`;
    const source: BookSource = { id: `book ${title}`, kind: 'book', title, contents, notes, things, addedAt: 0 };
    return { part: { source, providers: [], notes: [`${path}: ${contents.join('; ')}.`, ...notes] }, isNames: true };
  } catch (error) {
    if (!(error instanceof NamesError)) throw error;
    return { part: { source: undefined, providers: [], notes: [`${path} names nothing: ${error.message}`] }, isNames: false };
  }
}
