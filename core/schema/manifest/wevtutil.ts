/** What `wevtutil gp <provider> /ge /gm:true /f:xml` prints: one `<provider>` with numbered events. */
import type { SchemaField } from '../event-schema.ts';
import { SchemaError } from '../schema-error.ts';
import { EmbeddedTemplates } from './embedded-template.ts';
import { getWinEventCommand } from './get-winevent.ts';
import type { ImportContext, ImportedProvider } from './imported-manifest.ts';
import { ProviderNames, nameText, type Names } from './names.ts';
import { quoted } from './notes.ts';
import { parseUnsigned } from './numbers.ts';
import { ProviderBuilder } from './provider-builder.ts';
import { attributeOf, childrenOf, elementsAt, type XmlElement } from './xml-tree.ts';

/** Undefined, with a note, when the provider cannot be told. Throws a SchemaError when the output names no fields. */
export function readWevtutilProvider(element: XmlElement, context: ImportContext): ImportedProvider | undefined {
  const name = attributeOf(element, 'name') ?? '';
  const builder = ProviderBuilder.for(attributeOf(element, 'guid') ?? '', name, 'wevtutil', context);
  if (!builder) return undefined;
  const events = elementsAt(element, 'events', 'event');
  // Usual outputs of wevtutil have no templates at all. That their events have no fields would be a false statement.
  if (events.length > 0 && events.every((event) => templateOf(event) === undefined)) {
    throw new SchemaError(
      `The output of wevtutil for ${quoted(name)} lists ${events.length.toLocaleString('en')} events but not their ` +
        `fields. Export the provider with: ${getWinEventCommand(name)}`,
    );
  }
  const names = namesOf(element);
  const templates = new EmbeddedTemplates(context.notes);
  for (const event of events) addEvent(builder, event, names, templates, context);
  return builder.build();
}

function addEvent(
  builder: ProviderBuilder,
  event: XmlElement,
  names: ProviderNames,
  templates: EmbeddedTemplates,
  context: ImportContext,
): void {
  const given = (name: string): string => attributeOf(event, name) ?? '';
  const fields = fieldsOf(event, templates);
  if (fields === undefined) return;
  const message = given('message');
  if (isMessageNumber(message)) {
    context.notes.add('The messages are numbers instead of texts; with /gm:true wevtutil prints the texts.');
  }
  builder.add({
    id: given('value'),
    version: given('version'),
    ...names.textsOf(given),
    message: isMessageNumber(message) ? '' : message,
    fields,
  });
}

function fieldsOf(event: XmlElement, templates: EmbeddedTemplates): SchemaField[] | undefined {
  const template = templateOf(event);
  const id = nameText(attributeOf(event, 'value') ?? '');
  if (template === undefined) return [];
  return typeof template === 'string' ? templates.fieldsOfText(template, id) : templates.fieldsOfElement(template, id);
}

/** As an element, or as the text of an attribute. */
function templateOf(event: XmlElement): XmlElement | string | undefined {
  return childrenOf(event, 'template').at(0) ?? attributeOf(event, 'template');
}

function namesOf(element: XmlElement): ProviderNames {
  const names = new ProviderNames();
  const defineAll = (target: Names, list: string, item: string, number: string): void => {
    for (const entry of elementsAt(element, list, item)) define(target, entry, attributeOf(entry, number) ?? '');
  };
  defineAll(names.channels, 'channels', 'channel', 'id');
  defineAll(names.levels, 'levels', 'level', 'value');
  defineAll(names.tasks, 'tasks', 'task', 'value');
  for (const keyword of elementsAt(element, 'keywords', 'keyword')) {
    define(names.keywords, keyword, hexadecimal(attributeOf(keyword, 'mask') ?? ''));
  }
  for (const opcode of elementsAt(element, 'opcodes', 'opcode')) {
    const { task, number } = opcodeNumber(opcode);
    define(task === '0' ? names.opcodesOf('') : names.ownOpcodesOf(task), opcode, number);
  }
  return names;
}

/** EvtPublisherMetadataOpcodeValue: the opcode in the high word, its task (0: all) in the low word. */
function opcodeNumber(element: XmlElement): { task: string; number: string } {
  const value = parseUnsigned(attributeOf(element, 'value') ?? '') ?? 0n;
  const packed = value > 0xffn;
  return {
    task: attributeOf(element, 'task') ?? String(packed ? value & 0xffffn : 0n),
    number: attributeOf(element, 'opcode') ?? String(packed ? value >> 16n : value),
  };
}

function define(names: Names, element: XmlElement, number: string): void {
  const name = nameText(attributeOf(element, 'name') ?? '');
  const message = nameText(attributeOf(element, 'message') ?? '');
  names.define([name], parseUnsigned(number), message === '' || isMessageNumber(message) ? name : message);
}

/** wevtutil prints masks in hexadecimal, with or without 0x. */
function hexadecimal(mask: string): string {
  return /^0x/i.test(mask) ? mask : `0x${mask}`;
}

/** Without /gm:true, a message is the number of its text in the provider's file, -1 for none. */
function isMessageNumber(message: string): boolean {
  return /^\s*-?\d+\s*$/.test(message);
}
