/** `<instrumentationManifest>`: what the message compiler takes, what EventSource logs, and what PerfView dumps. */
import type { SchemaField, ValueMap } from '../event-schema.ts';
import type { ImportContext, ImportedProvider, ManifestFormat, ReadProviders } from './imported-manifest.ts';
import { isAboutIpv6 } from './lossy-fields.ts';
import { ProviderNames, nameText, type Names } from './names.ts';
import { quoted } from './notes.ts';
import { parseUnsigned, parseUpTo } from './numbers.ts';
import { dumpWarning, isPerfViewDump } from './perfview-dump.ts';
import { ProviderBuilder } from './provider-builder.ts';
import { StringTable } from './string-table.ts';
import { readTemplate } from './template.ts';
import { attributeOf, childrenOf, descendantsOf, elementsAt, type XmlElement } from './xml-tree.ts';

/** All providers of a manifest, also one wrapped in the elements of an assembly. */
export function readInstrumentationManifest(root: XmlElement, context: ImportContext): ReadProviders {
  const strings = new StringTable(root);
  const providers: ImportedProvider[] = [];
  const formats = new Set<ManifestFormat>();
  for (const provider of descendantsOf(root, 'provider')) {
    const format = isPerfViewDump(provider) ? 'perfview-dump' : 'manifest';
    formats.add(format);
    if (format === 'perfview-dump') context.notes.add(dumpWarning);
    const read = new ManifestProvider(provider, format === 'perfview-dump', strings, context).read(format);
    if (read) providers.push(read);
  }
  strings.reportMissing(context.notes);
  return { format: formats.has('perfview-dump') ? 'perfview-dump' : 'manifest', providers };
}

class ManifestProvider {
  private readonly element: XmlElement;
  private readonly lossy: boolean;
  private readonly strings: StringTable;
  private readonly context: ImportContext;
  private readonly names = new ProviderNames();
  private readonly maps = new Map<string, ValueMap>();
  private readonly templates = new Map<string, XmlElement>();
  /** Fields by template, and by whether the event deals with IPv6 where that matters. */
  private readonly layouts = new Map<string, SchemaField[]>();

  constructor(element: XmlElement, lossy: boolean, strings: StringTable, context: ImportContext) {
    this.element = element;
    this.lossy = lossy;
    this.strings = strings;
    this.context = context;
  }

  read(format: ManifestFormat): ImportedProvider | undefined {
    const { element } = this;
    const builder = ProviderBuilder.for(
      attributeOf(element, 'guid') ?? '',
      attributeOf(element, 'name') ?? '',
      format,
      this.context,
    );
    if (!builder) return undefined;
    this.defineNames();
    this.defineMaps();
    this.defineTemplates();
    for (const event of elementsAt(element, 'events', 'event')) this.addEvent(builder, event);
    return builder.build();
  }

  private addEvent(builder: ProviderBuilder, event: XmlElement): void {
    const given = (name: string): string => attributeOf(event, name) ?? '';
    const fields = this.fieldsOf(event);
    if (fields === undefined) {
      this.context.notes.add(
        `Event ${nameText(given('value'))} was left out: its template ${quoted(given('template'))} is not in the file.`,
      );
      return;
    }
    builder.add({
      id: given('value'),
      version: given('version'),
      ...this.names.textsOf(given),
      message: this.strings.resolve(given('message')),
      fields,
    });
  }

  /** None for an event without a template; undefined when the template it names does not exist. */
  private fieldsOf(event: XmlElement): SchemaField[] | undefined {
    const id = attributeOf(event, 'template') ?? '';
    if (id === '') return [];
    const template = this.templates.get(id);
    if (!template) return undefined;
    const ipv6Event = this.lossy && isAboutIpv6(Object.values(event.attributes));
    const key = `${ipv6Event ? 'IPv6' : ''}/${id}`;
    const known = this.layouts.get(key);
    if (known) return known;
    const fields = readTemplate(template, {
      label: `Event ${nameText(attributeOf(event, 'value') ?? '')} (template ${quoted(id)})`,
      maps: this.maps,
      notes: this.context.notes,
      ...(this.lossy ? { lossy: { ipv6Event } } : {}),
    });
    this.layouts.set(key, fields);
    return fields;
  }

  private defineNames(): void {
    const { element, names } = this;
    for (const level of elementsAt(element, 'levels', 'level')) this.define(names.levels, level, 'value');
    for (const keyword of elementsAt(element, 'keywords', 'keyword')) this.define(names.keywords, keyword, 'mask');
    for (const opcode of elementsAt(element, 'opcodes', 'opcode')) this.define(names.opcodesOf(''), opcode, 'value');
    for (const task of elementsAt(element, 'tasks', 'task')) {
      // The dumper makes up a name for "no task".
      if (this.lossy && valueOf(task, 'value') === 0n) names.tasks.define([attributeOf(task, 'name') ?? ''], 0n, '');
      else this.define(names.tasks, task, 'value');
      for (const opcode of elementsAt(task, 'opcodes', 'opcode')) {
        this.define(names.ownOpcodesOf(attributeOf(task, 'name') ?? ''), opcode, 'value');
      }
    }
    const channels = elementsAt(element, 'channels').flatMap(({ children }) => children);
    for (const channel of channels) {
      const name = nameText(attributeOf(channel, 'name') ?? '');
      names.channels.define([attributeOf(channel, 'chid') ?? '', name], valueOf(channel, 'value'), name);
    }
  }

  private define(names: Names, element: XmlElement, numberAttribute: string): void {
    const name = attributeOf(element, 'name') ?? '';
    const text = nameText(this.strings.resolve(attributeOf(element, 'message') ?? ''));
    names.define([name], valueOf(element, numberAttribute), text === '' ? nameText(name) : text);
  }

  private defineMaps(): void {
    for (const element of elementsAt(this.element, 'maps').flatMap(({ children }) => children)) {
      if (element.name !== 'valueMap' && element.name !== 'bitMap') continue;
      const name = nameText(attributeOf(element, 'name') ?? '');
      if (this.maps.has(name))
        this.context.notes.add(`The map ${quoted(name)} is defined twice; the first one was kept.`);
      else this.maps.set(name, { name, bitmap: element.name === 'bitMap', entries: this.mapEntries(element, name) });
    }
  }

  private mapEntries(element: XmlElement, mapName: string): Map<number, string> {
    const entries = new Map<number, string>();
    for (const entry of childrenOf(element, 'map')) {
      const given = attributeOf(entry, 'value') ?? '';
      const value = parseUpTo(given, 0xffff_ffff);
      const text = nameText(this.strings.resolve(attributeOf(entry, 'message') ?? ''));
      if (value === undefined) {
        this.context.notes.add(
          `The map ${quoted(mapName)} has an entry ${quoted(given)}, which is no number; it was left out.`,
        );
      } else if (entries.has(value)) {
        this.context.notes.add(`The map ${quoted(mapName)} has ${given} twice; the first text was kept.`);
      } else if (text !== '') entries.set(value, text);
    }
    return entries;
  }

  private defineTemplates(): void {
    for (const template of elementsAt(this.element, 'templates', 'template')) {
      const id = attributeOf(template, 'tid') ?? '';
      if (this.templates.has(id))
        this.context.notes.add(`The template ${quoted(id)} is defined twice; the first one was kept.`);
      else this.templates.set(id, template);
    }
  }
}

function valueOf(element: XmlElement, attribute: string): bigint | undefined {
  return parseUnsigned(attributeOf(element, attribute) ?? '');
}
