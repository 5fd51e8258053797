/** XML that WEPExplorer writes: `<Providers>` with everything as elements, templates and messages as CDATA. */
import { EmbeddedTemplates } from './embedded-template.ts';
import type { ImportContext, ImportedProvider } from './imported-manifest.ts';
import { ProviderNames, nameText, type Names } from './names.ts';
import { parseUnsigned } from './numbers.ts';
import { ProviderBuilder } from './provider-builder.ts';
import { childrenOf, elementsAt, type XmlElement } from './xml-tree.ts';

/** Undefined, with a note, when the provider cannot be told. */
export function readWepExplorerProvider(element: XmlElement, context: ImportContext): ImportedProvider | undefined {
  const builder = ProviderBuilder.for(
    textAt(element, 'Metadata', 'Guid'),
    textAt(element, 'Name'),
    'wep-explorer',
    context,
  );
  if (!builder) return undefined;
  const names = namesOf(element);
  const templates = new EmbeddedTemplates(context.notes);
  for (const event of elementsAt(element, 'EventMetadata', 'Event')) addEvent(builder, event, names, templates);
  return builder.build();
}

function addEvent(
  builder: ProviderBuilder,
  event: XmlElement,
  names: ProviderNames,
  templates: EmbeddedTemplates,
): void {
  const id = textAt(event, 'Id');
  const template = childrenOf(event, 'Template').at(0);
  const fields = template === undefined ? [] : templates.fieldsOfElement(template, id);
  if (fields === undefined) return;
  builder.add({
    id,
    version: textAt(event, 'Version'),
    level: names.levels.textOf(textAt(event, 'Level')),
    channel: textAt(event, 'Channel'),
    task: names.tasks.textOf(textAt(event, 'Task')),
    opcode: names.opcodesOf('').textOf(textAt(event, 'Opcode')),
    keywords: keywordsOf(textAt(event, 'Keyword'), names),
    message: textAt(event, 'Message').trimStart(),
    fields,
  });
}

/** Keywords stand in one text with blanks between them, but a keyword's own text may have blanks, too. */
function keywordsOf(text: string, names: ProviderNames): string[] {
  if (text === '' || names.keywords.knows(text)) return text === '' ? [] : [names.keywords.textOf(text)];
  const words = text.split(/\s+/);
  return words.every((word) => names.keywords.knows(word)) ? names.keywordTexts(text) : [text];
}

function namesOf(provider: XmlElement): ProviderNames {
  const names = new ProviderNames();
  const define = (target: Names, list: string, item: string): void => {
    for (const entry of elementsAt(provider, 'Metadata', list, item)) {
      const name = textAt(entry, 'Name');
      const message = textAt(entry, 'Message');
      target.define([name, message], parseUnsigned(textAt(entry, 'Value')), message === '' ? name : message);
    }
  };
  define(names.levels, 'Levels', 'Level');
  define(names.tasks, 'Tasks', 'Task');
  define(names.opcodesOf(''), 'Opcodes', 'Opcode');
  define(names.keywords, 'Keywords', 'Keyword');
  return names;
}

function textAt(element: XmlElement, ...path: readonly string[]): string {
  return path.at(-1) === 'Message'
    ? (elementsAt(element, ...path).at(0)?.text ?? '')
    : nameText(elementsAt(element, ...path).at(0)?.text ?? '');
}
