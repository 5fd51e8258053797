import type { EventSchema, FieldReference, SchemaField, ValueMap } from '../schema/event-schema.ts';
import { InType, OutType } from '../schema/event-schema.ts';
import { SchemaError } from '../schema/schema-error.ts';
import type { SchemaLibrary } from '../schema/schema-store.ts';

/**
 * The events of a provider we know by heart, written down as one line an event:
 *
 *     id | fields | message | level | keywords | opcode
 *
 * with trailing columns left out. The id may say more:
 *
 *     160                  an event of version 0
 *     10@1,2               of versions 1 and 2
 *     10@2 SendIPV4        an event type of a class, by the type's name
 *     10@2 Image/Load      a type of another class, which this one logs
 *
 * Fields are separated by blanks:
 *
 *     Name:type            a value, see `types`
 *     Name:type=Map        a value that a map of the table gives a text
 *     Name:wstr[NameLen]   a type with a length: a number, or an earlier field
 *     Name:counted         NameLen, then Name with that many UTF-16 units and no zero; `countedBytes` is
 *                          binary of that many bytes, unless only text fills the payload
 *     Name:bool|u8         two layouts that only the payload's size tells apart; all `|u8` of an event go together
 *     Name:u64|none        a field that older builds do not have
 *     Name[Count]:type     an array of values
 *     Name{ … }            a struct
 *     Name[Count]{ … }     an array of structs
 *
 * Several lines with one id and version are layouts that only the payload's size tells apart, the usual one first.
 * A line is parsed when its event is first asked for.
 */
export interface EventTableSource {
  /** Canonical GUID. */
  readonly provider: string;
  readonly providerName: string;
  /**
   * A class of classic (MOF) events: its name is the task of every event. Such classes grow at their end, so a version
   * that is newer than all known ones is read as the newest, and the layout's origin says so.
   */
  readonly isClass?: boolean;
  readonly rows: string;
  readonly maps?: Readonly<Record<string, ValueMap>>;
  /** Words of the field column that stand for several fields, or for other such words. */
  readonly abbreviations?: Readonly<Record<string, string>>;
}

export class EventTable implements SchemaLibrary {
  readonly source = 'built-in';
  private readonly table: EventTableSource;
  private rowsById: ReadonlyMap<number, readonly Row[]> | undefined;
  private readonly parsed = new Map<string, EventSchema>();

  constructor(table: EventTableSource) {
    this.table = table;
  }

  find(key: { readonly provider: string; readonly id: number; readonly version: number }): EventSchema | undefined {
    return key.provider === this.table.provider ? this.schema(key.id, key.version) : undefined;
  }

  findMap(provider: string, name: string): ValueMap | undefined {
    if (provider !== this.table.provider) return undefined;
    return Object.values(this.table.maps ?? {}).find((map) => map.name === name);
  }

  providerName(provider: string): string | undefined {
    return provider === this.table.provider ? this.table.providerName : undefined;
  }

  /** The schema of an event by its id and version, or undefined when the table has none. */
  schema(id: number, version = 0): EventSchema | undefined {
    const key = `${id}@${version}`;
    const known = this.parsed.get(key);
    if (known) return known;
    const rows = this.rows().get(id) ?? [];
    const newest = Math.max(...rows.flatMap((row) => row.versions));
    const readAs = this.table.isClass && version > newest ? newest : version;
    const schema = schemaOf(
      this.table,
      version,
      rows.filter((row) => row.versions.includes(readAs)),
    );
    if (!schema) return undefined;
    const told = readAs === version ? schema : withOrigin(schema, newerVersionText(version, readAs));
    this.parsed.set(key, told);
    return told;
  }

  /** Every event in every version that the table has. */
  *schemas(): Iterable<EventSchema> {
    for (const [id, rows] of this.rows()) {
      for (const version of new Set(rows.flatMap((row) => row.versions))) {
        const schema = this.schema(id, version);
        if (schema) yield schema;
      }
    }
  }

  private rows(): ReadonlyMap<number, readonly Row[]> {
    this.rowsById ??= byId(rowsOf(this.table.rows));
    return this.rowsById;
  }
}

function byId(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.id);
    if (group) group.push(row);
    else groups.set(row.id, [row]);
  }
  return groups;
}

function newerVersionText(version: number, readAs: number): string {
  return `version ${version} is not known, so this was read as version ${readAs}`;
}

function withOrigin(schema: EventSchema, origin: string): EventSchema {
  const { alternatives } = schema;
  const told = { ...schema, origin };
  return alternatives ? { ...told, alternatives: alternatives.map((layout) => withOrigin(layout, origin)) } : told;
}

interface Row {
  readonly id: number;
  readonly versions: readonly number[];
  /** Of an event type; empty for events that go by their id. */
  readonly name: string;
  readonly fields: string;
  readonly message: string;
  readonly level: string;
  readonly keywords: string;
  readonly opcode: string;
}

/** Columns are parted by a bar between blanks; a bar inside a field has none around it. */
function rowsOf(text: string): Row[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const cells = line.split(/\s\|(?=\s|$)/).map((cell) => cell.trim());
    const [event, fields = '', message = '', level = '', keywords = '', opcode = ''] = cells;
    return { ...identityOf(event), fields, message, level, keywords, opcode };
  });
}

function identityOf(cell: string): Pick<Row, 'id' | 'versions' | 'name'> {
  const match = /^(\d+)(?:@(\d+(?:,\d+)*))?(?: +(.+))?$/.exec(cell);
  if (!match) throw new SchemaError(`“${cell}” names no event of an event table.`);
  const [, id] = match;
  const versions = match.at(2) ?? '0';
  return { id: Number(id), versions: versions.split(',').map(Number), name: match.at(3) ?? '' };
}

/** TDH's in-type and out-type of each type word; a default length in bytes where the type has one. */
const types: Readonly<Record<string, readonly [inType: InType, outType: number, length?: number]>> = {
  i8: [InType.Int8, OutType.Null],
  u8: [InType.UInt8, OutType.Null],
  u16: [InType.UInt16, OutType.Null],
  u32: [InType.UInt32, OutType.Null],
  u64: [InType.UInt64, OutType.Null],
  i16: [InType.Int16, OutType.Null],
  i32: [InType.Int32, OutType.Null],
  i64: [InType.Int64, OutType.Null],
  hex32: [InType.UInt32, OutType.HexInt32],
  hex64: [InType.UInt64, OutType.HexInt64],
  status: [InType.UInt32, OutType.NtStatus],
  pointer: [InType.Pointer, OutType.Null],
  size: [InType.SizeT, OutType.Null],
  pid: [InType.UInt32, OutType.Pid],
  tid: [InType.UInt32, OutType.Tid],
  filetime: [InType.FileTime, OutType.DateTime],
  bool: [InType.Boolean, OutType.Null],
  guid: [InType.Guid, OutType.Guid],
  wstr: [InType.UnicodeString, OutType.String],
  ansi: [InType.AnsiString, OutType.String],
  sid: [InType.WbemSid, OutType.Null],
  bytes: [InType.Binary, OutType.HexBinary],
  mac: [InType.Binary, OutType.HexBinary, 6],
  ipv4: [InType.UInt32, OutType.Ipv4],
  ipv6: [InType.Binary, OutType.Ipv6, 16],
  port: [InType.UInt16, OutType.Port],
};

function schemaOf(table: EventTableSource, version: number, rows: readonly Row[]): EventSchema | undefined {
  const [first, ...others] = rows.flatMap((row) => {
    const text = expanded(row.fields, table.abbreviations ?? {});
    return layouts(text).map((layout) => schemaOfLayout(table, version, row, layout));
  });
  return others.length === 0 ? first : { ...first, alternatives: others };
}

function schemaOfLayout(table: EventTableSource, version: number, row: Row, layout: string): EventSchema {
  const tokens = layout.split(/\s+/).filter((token) => token !== '');
  return {
    provider: table.provider,
    providerName: table.providerName,
    id: row.id,
    version,
    level: row.level,
    channel: '',
    ...taskAndOpcode(table, row),
    keywords: row.keywords.split(' ').filter((keyword) => keyword !== ''),
    message: row.message,
    fields: fieldsOf(tokens, table.maps ?? {}),
    source: 'built-in',
  };
}

function taskAndOpcode(
  { isClass, providerName }: EventTableSource,
  { name, opcode }: Row,
): {
  readonly task: string;
  readonly opcode: string;
} {
  if (!isClass) return { task: '', opcode };
  const slash = name.indexOf('/');
  return slash < 0
    ? { task: providerName, opcode: name }
    : { task: name.slice(0, slash), opcode: name.slice(slash + 1) };
}

function expanded(fields: string, abbreviations: Readonly<Record<string, string>>): string {
  return withAbbreviations(fields, abbreviations)
    .replaceAll(/(\w+):counted\b/g, '$1Len:u32 $1:wstr[$1Len]')
    .replaceAll(/(\w+):countedBytes\b/g, '$1Len:u32 $1:bytes[$1Len]|wstr');
}

/** Abbreviations may stand in other abbreviations. */
function withAbbreviations(fields: string, abbreviations: Readonly<Record<string, string>>): string {
  const words = fields.split(/\s+/).filter((word) => word !== '');
  return words
    .map((word) => (Object.hasOwn(abbreviations, word) ? withAbbreviations(abbreviations[word], abbreviations) : word))
    .join(' ');
}

/** Every layout that the choices (`bool|u8`) allow, the one with all first choices in front. */
function layouts(text: string): string[] {
  const choice = /\|(\w+)/.exec(text);
  if (!choice) return [text];
  const [, second] = choice;
  const choices = new RegExp(`(\\S+:)\\w+((?:\\[\\w+\\])?)\\|${second}\\b`, 'g');
  const taken = text.replaceAll(choices, (_, name: string, size: string) =>
    second === 'none' ? '' : `${name}${second}${size}`,
  );
  const left = text.replaceAll(new RegExp(`\\|${second}\\b`, 'g'), '');
  return [...layouts(left), ...layouts(taken)];
}

/** Consumes tokens up to the end or a closing brace. */
function fieldsOf(tokens: string[], maps: Readonly<Record<string, ValueMap>>): SchemaField[] {
  const fields: SchemaField[] = [];
  for (let token = tokens.shift(); token !== undefined && token !== '}'; token = tokens.shift()) {
    fields.push(token.endsWith('{') ? structField(token, fieldsOf(tokens, maps)) : plainField(token, maps));
  }
  return fields;
}

function structField(token: string, members: SchemaField[]): SchemaField {
  const match = /^(\w+)(?:\[(\w+)\])?\{$/.exec(token);
  if (!match) throw new SchemaError(`“${token}” begins no struct of an event table.`);
  const [, name] = match;
  return { name, inType: InType.Null, outType: OutType.Null, ...countOf(match.at(2)), members };
}

function plainField(token: string, maps: Readonly<Record<string, ValueMap>>): SchemaField {
  const match = /^(\w+)(?:\[(\w+)\])?:(\w+)(?:\[(\w+)\])?(?:=(\w+))?$/.exec(token);
  if (!match) throw new SchemaError(`“${token}” is no field of an event table.`);
  const [, name, , type] = match;
  const size = match.at(4);
  const mapName = match.at(5);
  if (!Object.hasOwn(types, type)) throw new SchemaError(`“${token}” names no known type.`);
  if (mapName !== undefined && !Object.hasOwn(maps, mapName)) throw new SchemaError(`“${token}” names no known map.`);
  const [inType, outType, ownLength] = types[type];
  const length = size === undefined ? ownLength : sizeOf(size);
  return {
    name,
    inType,
    outType,
    ...countOf(match.at(2)),
    ...(length === undefined ? {} : { length }),
    ...(mapName === undefined ? {} : { map: maps[mapName] }),
  };
}

function countOf(text: string | undefined): Pick<SchemaField, 'count'> {
  return text === undefined ? {} : { count: sizeOf(text) };
}

function sizeOf(text: string): number | FieldReference {
  return /^\d+$/.test(text) ? Number(text) : { field: text };
}

/** A value map whose numbers exclude each other, from lines of `number text`. */
export function valueMap(name: string, lines: string): ValueMap {
  return { name, bitmap: false, entries: numberedLines(lines) };
}

/** A map of flags that combine, from lines of `number text`. */
export function bitMap(name: string, lines: string): ValueMap {
  return { name, bitmap: true, entries: numberedLines(lines) };
}

function numberedLines(text: string): ReadonlyMap<number, string> {
  const lines = text.split('\n').map((line) => line.trim());
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const blank = line.indexOf(' ');
        return [Number(line.slice(0, blank)), line.slice(blank + 1)];
      }),
  );
}
