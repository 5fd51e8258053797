/** From the rows of an output to the things they name, and what is to be said about them. */
import type { NamedThing } from '../named-thing.ts';
import { listed, quoted } from '../../schema/manifest/notes.ts';
import { readerOf, thingsOf, type CommandReader } from './commands.ts';
import { fieldKey, type NamedOutput, type Output, type OutputRecord } from './output.ts';
import { keyFields } from './record-keys.ts';
import { readFriendlyNames, readNameFields } from './switch-event.ts';
import { limits } from './limits.ts';
import { distinctThings, isName, type RawThing } from './thing.ts';

/** What an output came to: its names with notes on them, or why it has none. */
export type Understood =
  | { readonly named: NamedOutput; readonly notes: readonly string[] }
  | { readonly named: undefined; readonly reason: string; readonly isKnownCommand: boolean };

/** `typed` is the cmdlet of the prompt above the output, empty without one. */
export function understand(output: Output, typed: string): Understood {
  const { typeName, shape, line } = output;
  const records = output.records.slice(0, limits.things);
  const reader = readerOf(typeName, new Set(output.columns.map(fieldKey)), records, typed);
  const own = records.map((record) => reader.thing(record));
  const things = distinctThings([
    ...own.flatMap((row, index) => thingsOf(reader, row, records[index])),
    ...namesInMessages(records),
  ]);
  const title = `${reader.command === '' ? 'Output of an unknown command' : reader.command} (${shape})`;
  const where = `${title} in line ${line}`;
  if (things.length === 0) {
    const reason = nothingNamed(where, output, reader, own.some(hasKeys));
    return { named: undefined, reason, isKnownCommand: reader.command !== '' };
  }
  const nameless = own.filter((row) => !isName(row.name) && hasKeys(row)).length;
  return {
    named: { content: `${title}, ${counted(contentCount(own, things), reader.noun)}`, things },
    notes: [
      ...cutNotes(where, things, records, reader),
      ...lostListNotes(where, records),
      ...missingKeyNotes(where, things, output, reader),
      ...(nameless === 0
        ? []
        : [`${where}: ${counted(nameless, 'row')} without a name ${nameless === 1 ? 'was' : 'were'} passed over.`]),
    ],
  };
}

function hasKeys({ keys }: RawThing): boolean {
  return keys.some((key) => key !== undefined);
}

/** Rows that name their own object; where none does, what else they name. */
function contentCount(own: readonly RawThing[], things: readonly NamedThing[]): number {
  const rows = own.filter(({ name }) => isName(name)).length;
  return rows === 0 ? things.length : rows;
}

/** Get-WinEvent's outputs have the event's message as a text. */
function namesInMessages(records: readonly OutputRecord[]): NamedThing[] {
  const texts = records.flatMap((record) => Array.from(record.values(), ({ text }) => text));
  return texts.flatMap((text) => [
    ...(text.includes('(Friendly Name:') ? readFriendlyNames(text).things : []),
    ...(/NicF?Name/.test(text) ? readNameFields(text).things : []),
  ]);
}

function nothingNamed(where: string, { columns, records }: Output, reader: CommandReader, hasKeys: boolean): string {
  if (records.length === 0) return `${where} has no rows.`;
  const shown = listed(columns);
  return hasKeys
    ? `${where} has the columns ${shown}, but no column with a name. This gives it: ${reader.fetch}`
    : `${where} has the columns ${shown}, among which no name stands beside ${reader.best.column}. This gives both: ${reader.fetch}`;
}

function cutNotes(
  where: string,
  things: readonly NamedThing[],
  records: readonly OutputRecord[],
  reader: CommandReader,
): string[] {
  const names = [...new Set(things.filter(({ isCut }) => isCut).map(({ name }) => name))];
  const keys = new Set(
    records.flatMap((record) =>
      keyFields
        .map((field) => record.get(field))
        .filter((field) => field?.isCut)
        .map((field) => field?.label ?? ''),
    ),
  );
  const advice = `Export it whole with: ${wholeCommand(reader)}`;
  return [
    ...(names.length === 0 ? [] : [`${where} cut ${counted(names.length, 'name')}: ${listed(names)}. ${advice}`]),
    ...(keys.size === 0
      ? []
      : [`${where} cut values of ${listed([...keys])}, by which a trace would show them. ${advice}`]),
  ];
}

function wholeCommand({ command }: CommandReader): string {
  const cmdlet = /^Get-/i.test(command) ? `${command} ` : '';
  return `${cmdlet}| Format-List * (or ${cmdlet}| ConvertTo-Json -Depth 4)`;
}

/** Export-Csv writes lists as the name of their type, and so does ConvertTo-Json below its depth. */
function lostListNotes(where: string, records: readonly OutputRecord[]): string[] {
  const fields = records.flatMap((record) => keyFields.map((field) => record.get(field)));
  const lost = new Set(
    fields
      .filter((field) => /^(?:System|Microsoft)\.[\w.]+(?:\[\]|`\d.*)?$/.test(field?.text ?? ''))
      .map((field) => field?.label ?? ''),
  );
  return lost.size === 0
    ? []
    : [`${where} has only the type of the list in ${listed([...lost])}; ConvertTo-Json -Depth 4 writes its members.`];
}

/** Names that a trace cannot show, or can show only by keys that several things may share. */
function missingKeyNotes(
  where: string,
  things: readonly NamedThing[],
  { columns }: Output,
  reader: CommandReader,
): string[] {
  const keyless = things.filter(({ keys }) => keys.length === 0);
  const fetch = `This gives it: ${reader.fetch}`;
  const present = new Set(columns.map(fieldKey));
  const { column, kinds } = reader.best;
  const isMissing = !present.has(fieldKey(column));
  if (keyless.length > 0) {
    const why = isMissing ? `the column ${column} is missing` : `${column} and the other columns tell none`;
    return [
      `${where}: for ${listed([...new Set(keyless.map(({ name }) => name))])} there is no GUID, MAC address, IP address or ` +
        `interface index that a trace could show; ${why}. ${fetch}`,
    ];
  }
  if (!isMissing || things.some(({ keys }) => keys.some(({ kind }) => kinds.includes(kind)))) return [];
  const known = [...new Set(things.flatMap(({ keys }) => keys.map(({ label }) => label)))];
  return [
    `${where}: the column ${column} is missing, by which events of the vSwitch show it; its names are found by ` +
      `${listed(known)} only. ${fetch}`,
  ];
}

function counted(count: number, noun: string): string {
  const plural = /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** For sentences about what was passed over. */
export function shownLine(text: string): string {
  return quoted(text.trim());
}
