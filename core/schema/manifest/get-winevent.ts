/** JSON of `Get-WinEvent -ListProvider …`: whole providers, or a list of events that name their provider. */
import { SchemaError } from '../schema-error.ts';
import { EmbeddedTemplates } from './embedded-template.ts';
import type { ImportContext, ImportedProvider, ReadProviders } from './imported-manifest.ts';
import { ProviderNames, nameText, type Names } from './names.ts';
import { quoted } from './notes.ts';
import { parseUnsigned } from './numbers.ts';
import { ProviderBuilder } from './provider-builder.ts';

/** What a person types to export a provider so that it can be imported here. */
export function getWinEventCommand(provider: string): string {
  return `${providerJsonCommand(provider)} > provider.json`;
}

/** The PowerShell command that prints a provider as JSON. */
export function providerJsonCommand(provider: string): string {
  return `Get-WinEvent -ListProvider ${quotedForPowerShell(provider)} | ConvertTo-Json -Depth 6`;
}

/** Throws a SchemaError when the JSON is no such list, or tells no provider or no templates. */
export function readGetWinEvent(json: unknown, context: ImportContext): ReadProviders {
  const list = listOf(json);
  const entries = list.map(recordOf).filter((entry) => entry !== undefined);
  const providers = entries.filter((entry) => valueOf(entry, 'Events') !== undefined);
  const events = entries.filter(isEvent);
  const strangers = list.length - providers.length - events.length;
  if (providers.length + events.length === 0) {
    throw new SchemaError(
      `It is JSON, but no list of providers or events. An export that can be read is made by: ${getWinEventCommand('NAME')}`,
    );
  }
  if (strangers > 0)
    context.notes.add(`${strangers} entries of the list are neither providers nor events; they were left out.`);
  const groups = [...providers, ...groupedByProvider(events)];
  const read = groups.map((provider) => readProvider(provider, context)).filter((provider) => provider !== undefined);
  return { format: 'get-winevent', providers: read };
}

type Json = Readonly<Record<string, unknown>>;

function readProvider(provider: Json, context: ImportContext): ImportedProvider | undefined {
  const name = textOf(valueOf(provider, 'Name'));
  const builder = ProviderBuilder.for(textOf(valueOf(provider, 'Id')), name, 'get-winevent', context);
  if (!builder) return undefined;
  const given = listOf(valueOf(provider, 'Events'));
  const events = given.map(recordOf).filter((event) => event !== undefined);
  if (given.length > 0 && events.length === 0) {
    throw new SchemaError(
      `The events of ${quoted(name)} are cut off, because -Depth was too small. Export again: ${getWinEventCommand(name)}`,
    );
  }
  if (events.length > 0 && events.every((event) => valueOf(event, 'Template') === undefined)) {
    throw new SchemaError(
      `The events of ${quoted(name)} come without their templates. Export again: ${getWinEventCommand(name)}`,
    );
  }
  const names = namesOf(provider);
  const templates = new EmbeddedTemplates(context.notes);
  for (const event of events) addEvent(builder, event, names, templates);
  return builder.build();
}

function addEvent(builder: ProviderBuilder, event: Json, names: ProviderNames, templates: EmbeddedTemplates): void {
  const id = textOf(valueOf(event, 'Id'));
  const fields = templates.fieldsOfText(textOf(valueOf(event, 'Template')), id);
  if (fields === undefined) return;
  const keywords = valueOf(event, 'Keywords');
  builder.add({
    id,
    version: textOf(valueOf(event, 'Version')),
    level: displayed(valueOf(event, 'Level'), names.levels),
    channel: channelOf(event),
    task: displayed(valueOf(event, 'Task'), names.tasks),
    opcode: displayed(valueOf(event, 'Opcode'), names.opcodesOf('')),
    keywords:
      typeof keywords === 'number' || typeof keywords === 'string'
        ? names.keywordTexts(textOf(keywords))
        : listOf(keywords)
            .map((keyword) => displayed(keyword, names.keywords))
            .filter((text) => text !== ''),
    message: textOf(valueOf(event, 'Description')),
    fields,
  });
}

function channelOf(event: Json): string {
  const link = valueOf(event, 'LogLink');
  const record = recordOf(link);
  return nameText(record ? textOf(valueOf(record, 'LogName')) : displayed(link, new ProviderNames().channels));
}

function namesOf(provider: Json): ProviderNames {
  const names = new ProviderNames();
  const define = (target: Names, list: string): void => {
    for (const entry of listOf(valueOf(provider, list)).map(recordOf)) {
      if (!entry) continue;
      const name = nameText(textOf(valueOf(entry, 'Name')));
      const display = nameText(textOf(valueOf(entry, 'DisplayName')));
      target.define([name], parseUnsigned(textOf(valueOf(entry, 'Value'))), display === '' ? name : display);
    }
  };
  define(names.levels, 'Levels');
  define(names.tasks, 'Tasks');
  define(names.opcodesOf(''), 'Opcodes');
  define(names.keywords, 'Keywords');
  return names;
}

/** A level, task, opcode or keyword: an object with its texts, a name, or a number. */
function displayed(value: unknown, names: Names): string {
  const record = recordOf(value);
  if (!record) {
    const text = textOf(value);
    return isTypeName(text) ? '' : names.textOf(text);
  }
  const display = nameText(textOf(valueOf(record, 'DisplayName')));
  if (display !== '') return display;
  const name = textOf(valueOf(record, 'Name'));
  if (name !== '') return names.textOf(name);
  const number = textOf(valueOf(record, 'Value'));
  const text = names.textOf(number);
  return text === number ? '' : text;
}

/** What ConvertTo-Json writes for objects below its -Depth. */
function isTypeName(text: string): boolean {
  return text.startsWith('System.');
}

/** Events of a reduced list, with their provider's name and GUID put where a whole provider has them. */
function groupedByProvider(events: readonly Json[]): Json[] {
  const groups = new Map<string, { Name: string; Id: string; Events: Json[] }>();
  for (const event of events) {
    const name = textOf(valueOf(event, 'ProviderName'));
    const id = textOf(valueOf(event, 'ProviderId'));
    const group = groups.get(`${id}/${name}`) ?? { Name: name, Id: id, Events: [] };
    groups.set(`${id}/${name}`, group);
    group.Events.push(event);
  }
  return [...groups.values()];
}

function isEvent(entry: Json): boolean {
  return (
    valueOf(entry, 'Events') === undefined &&
    valueOf(entry, 'Id') !== undefined &&
    valueOf(entry, 'Template') !== undefined
  );
}

/** By name, whatever its case: PowerShell's own, or as somebody typed it after Select-Object. */
function valueOf(record: Json, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : record[key];
}

/** PowerShell writes a list of one as its only entry, and Windows PowerShell some lists as `{ value: […], Count: … }`. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  const record = recordOf(value);
  if (record && Array.isArray(record.value) && typeof record.Count === 'number') return record.value as unknown[];
  return value === undefined || value === null ? [] : [value];
}

function recordOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/**
 * A name may come from a trace that somebody made to be dangerous, and a person will paste the command. PowerShell takes
 * typographic apostrophes for plain ones, and a word that begins with a hyphen for a parameter. Backquotes are the borders
 * of commands in our own advice.
 */
function quotedForPowerShell(name: string): string {
  if (/^\w[\w-]*$/.test(name)) return name;
  const plain = name.replaceAll(/[\p{Cc}`]/gu, ' ').slice(0, 200);
  return `'${plain.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
