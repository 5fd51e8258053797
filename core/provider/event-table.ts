import type { EventSchema, FieldReference, SchemaField, ValueMap } from '../schema/event-schema.ts';
import { InType, OutType } from '../schema/event-schema.ts';
import { SchemaError } from '../schema/schema-error.ts';
import type { SchemaLibrary } from '../schema/schema-store.ts';

/**
 * The events of a provider we know by heart, written down as one line an event:
 *
 *     id | fields | message | level | keywords | opcode
 *
 * with trailing columns left out. Fields are separated by blanks:
 *
 *     Name:type            a value, see `types`
 *     Name:type=Map        a value that a map of the table gives a text
 *     Name:wstr[NameLen]   a type with a length: a number, or an earlier field
 *     Name:counted         NameLen, then Name with that many UTF-16 units and no zero; `countedBytes` is
 *                          binary of that many bytes, unless only text fills the payload
 *     Name:bool|u8         two layouts that only the payload's size tells apart; all `|u8` of an event go together
 *     Name:u64|none        a field that older builds do not have
 *     Name[Count]{ … }     an array of structs
 *
 * All events have version 0. A line is parsed when its event is first asked for.
 */
export interface EventTableSource {
  /** Canonical GUID. */
  readonly provider: string;
  readonly providerName: string;
  readonly rows: string;
  readonly maps?: Readonly<Record<string, ValueMap>>;
  /** Words of the field column that stand for several fields, or for other such words. */
  readonly abbreviations?: Readonly<Record<string, string>>;
}

export class EventTable implements SchemaLibrary {
  readonly source = 'built-in';
  private readonly table: EventTableSource;
  private rowsById: ReadonlyMap<number, Row> | undefined;
  private readonly parsed = new Map<number, EventSchema>();

  constructor(table: EventTableSource) {
    this.table = table;
  }

  find(key: { readonly provider: string; readonly id: number; readonly version: number }): EventSchema | undefined {
    return key.provider === this.table.provider && key.version === 0 ? this.schema(key.id) : undefined;
  }

  findMap(provider: string, name: string): ValueMap | undefined {
    if (provider !== this.table.provider) return undefined;
    return Object.values(this.table.maps ?? {}).find((map) => map.name === name);
  }

  providerName(provider: string): string | undefined {
    return provider === this.table.provider ? this.table.providerName : undefined;
  }

  /** The schema of an event by its id, or undefined when the table has none. */
  schema(id: number): EventSchema | undefined {
    const known = this.parsed.get(id);
    if (known) return known;
    const row = this.rows().get(id);
    if (!row) return undefined;
    const schema = schemaOf(this.table, row);
    this.parsed.set(id, schema);
    return schema;
  }

  *schemas(): Iterable<EventSchema> {
    for (const row of this.rows().values()) yield this.schema(row.id) ?? schemaOf(this.table, row);
  }

  private rows(): ReadonlyMap<number, Row> {
    this.rowsById ??= new Map(rowsOf(this.table.rows).map((row) => [row.id, row]));
    return this.rowsById;
  }
}

interface Row {
  readonly id: number;
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
    const [id, fields = '', message = '', level = '', keywords = '', opcode = ''] = cells;
    return { id: Number(id), fields, message, level, keywords, opcode };
  });
}

/** TDH's in-type and out-type of each type word; a default length in bytes where the type has one. */
const types: Readonly<Record<string, readonly [inType: InType, outType: number, length?: number]>> = {
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
  bool: [InType.Boolean, OutType.Null],
  guid: [InType.Guid, OutType.Guid],
  wstr: [InType.UnicodeString, OutType.String],
  bytes: [InType.Binary, OutType.HexBinary],
  mac: [InType.Binary, OutType.HexBinary, 6],
  ipv4: [InType.UInt32, OutType.Ipv4],
  ipv6: [InType.Binary, OutType.Ipv6, 16],
};

function schemaOf(table: EventTableSource, row: Row): EventSchema {
  const text = expanded(row.fields, table.abbreviations ?? {});
  const [first, ...others] = layouts(text).map((layout) => schemaOfLayout(table, row, layout));
  return others.length === 0 ? first : { ...first, alternatives: others };
}

function schemaOfLayout(table: EventTableSource, row: Row, layout: string): EventSchema {
  const tokens = layout.split(/\s+/).filter((token) => token !== '');
  return {
    provider: table.provider,
    providerName: table.providerName,
    id: row.id,
    version: 0,
    level: row.level,
    channel: '',
    task: '',
    opcode: row.opcode,
    keywords: row.keywords.split(' ').filter((keyword) => keyword !== ''),
    message: row.message,
    fields: fieldsOf(tokens, table.maps ?? {}),
    source: 'built-in',
  };
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
    const [, name, count] = /^(\w+)\[(\w+)\]\{$/.exec(token) ?? [];
    fields.push(
      name
        ? { name, inType: InType.Null, outType: OutType.Null, count: sizeOf(count), members: fieldsOf(tokens, maps) }
        : plainField(token, maps),
    );
  }
  return fields;
}

function plainField(token: string, maps: Readonly<Record<string, ValueMap>>): SchemaField {
  const match = /^(\w+):(\w+)(?:\[(\w+)\])?(?:=(\w+))?$/.exec(token);
  if (!match) throw new SchemaError(`“${token}” is no field of an event table.`);
  const [, name, type] = match;
  const size = match.at(3);
  const mapName = match.at(4);
  if (!Object.hasOwn(types, type)) throw new SchemaError(`“${token}” names no known type.`);
  if (mapName !== undefined && !Object.hasOwn(maps, mapName)) throw new SchemaError(`“${token}” names no known map.`);
  const [inType, outType, ownLength] = types[type];
  const length = size === undefined ? ownLength : sizeOf(size);
  return {
    name,
    inType,
    outType,
    ...(length === undefined ? {} : { length }),
    ...(mapName === undefined ? {} : { map: maps[mapName] }),
  };
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
