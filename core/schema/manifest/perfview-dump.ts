import { attributeOf, descendantsOf, elementsAt, type XmlElement } from './xml-tree.ts';

/** Said once of every dump, because most of what it lacks cannot be seen in it. */
export const dumpWarning =
  'This is a PerfView dump. Such dumps lack output types, fixed lengths and counts, messages, and the members of ' +
  'structs; what was guessed by a field’s name is marked, and an event may still be laid out differently.';

/**
 * Whether a provider was dumped by PerfView (or TraceEvent) rather than written for the manifest compiler. The dumper
 * has no file names to give and repeats the provider's name, always says source="Xml", and writes neither out-types nor
 * event messages; no genuine manifest does all four. EventSource manifests are alike but have no `source`.
 */
export function isPerfViewDump(provider: XmlElement): boolean {
  const name = attributeOf(provider, 'name');
  return (
    attributeOf(provider, 'source') === 'Xml' &&
    attributeOf(provider, 'resourceFileName') === name &&
    attributeOf(provider, 'messageFileName') === name &&
    elementsAt(provider, 'events', 'event').every((event) => attributeOf(event, 'message') === undefined) &&
    descendantsOf(provider, 'data').every((data) => attributeOf(data, 'outType') === undefined)
  );
}
