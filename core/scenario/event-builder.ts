import { encodePayload, type EncodableValue } from '../schema/encode.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { SchemaError } from '../schema/schema-error.ts';
import { utf16Bytes } from '../base/text.ts';
import { writeGuid } from '../base/guid.ts';
import { ExtendedType } from '../etl/format.ts';
import type { EtlRecord, EventRecord, ExtendedItem } from '../etl/writer.ts';
import { bigintOf, bytesOf, numberOf, partsOf, type Arguments } from './arguments.ts';
import { given, readPointerSize } from './options.ts';
import { ScenarioError } from './scenario-error.ts';
import type { FrameLayer } from './frame.ts';
import type { Token } from './tokens.ts';

/** What every record of one statement has in common. */
export interface RecordOrigin {
  readonly timestamp: bigint;
  readonly process: number;
  readonly thread: number;
}

/** A record, and its schema when the file can be told about it. */
export interface ScenarioEvent {
  readonly record: EtlRecord;
  readonly schema?: EventSchema;
}

/** A statement as its verb sees it. */
export interface Statement {
  readonly arguments: Arguments;
  readonly layers: readonly FrameLayer[];
  readonly origin: RecordOrigin;
  /** Of the trace; the arguments may say otherwise with `pointer=`. */
  readonly pointerSize: 4 | 8;
}

export type EventHeader = Pick<
  EventRecord,
  'version' | 'channel' | 'level' | 'opcode' | 'task' | 'keyword' | 'activity' | 'extended' | 'pointerSize'
>;

/** The keys that any event takes for its header: `level=4 keyword=0x10 related={guid} stack=0x1,0x2` and so on. */
export function readEventHeader(line: Arguments): EventHeader {
  return given({
    version: line.number('version', 255),
    channel: line.number('channel', 255),
    level: line.number('level', 255),
    opcode: line.number('opcode', 255),
    task: line.number('task', 0xffff),
    keyword: line.bigint('keyword'),
    activity: line.guid('activity'),
    pointerSize: readPointerSize(line.token('pointer')),
    extended: readExtended(line),
  });
}

function readExtended(line: Arguments): readonly ExtendedItem[] | undefined {
  const items: ExtendedItem[] = [];
  const related = line.guid('related');
  if (related !== undefined) items.push({ type: ExtendedType.RelatedActivityId, data: guidBytes(related) });
  const stack = line.token('stack');
  if (stack) items.push({ type: ExtendedType.StackTrace64, data: stackBytes(stack) });
  const others = line.token('extended');
  for (const part of others ? partsOf(others, ',') : []) {
    const [type, ...data] = partsOf(part, ':');
    items.push({ type: numberOf(type, 0xffff), data: data.length > 0 ? bytesOf(data[0]) : new Uint8Array(0) });
  }
  return items.length > 0 ? items : undefined;
}

function guidBytes(guid: string): Uint8Array {
  const bytes = new Uint8Array(16);
  writeGuid(guid, bytes, 0);
  return bytes;
}

/** EVENT_EXTENDED_ITEM_STACK_TRACE64: a match id, then return addresses. */
function stackBytes(token: Token): Uint8Array {
  const addresses = partsOf(token, ',').map(bigintOf);
  const bytes = new Uint8Array(8 + addresses.length * 8);
  const view = new DataView(bytes.buffer);
  addresses.forEach((address, index) => {
    view.setBigUint64(8 + index * 8, address, true);
  });
  return bytes;
}

/** An event of a known schema: header numbers of `defaults`, then of the statement; fields of `values`. */
export function schemaEvent(
  statement: Statement,
  schema: EventSchema,
  header: EventHeader,
  values: Readonly<Record<string, EncodableValue>>,
): ScenarioEvent {
  const known = new Set(schema.fields.map((field) => field.name));
  for (const name of Object.keys(values)) {
    if (known.has(name)) continue;
    const fields = [...known].join(', ');
    throw new ScenarioError(
      `event ${schema.id} of ${schema.providerName} has no field ${name}; it has ${fields}`,
      statement.arguments.place,
    );
  }
  const record: EventRecord = {
    kind: 'event',
    ...statement.origin,
    provider: schema.provider,
    id: schema.id,
    version: schema.version,
    ...header,
    payload: encodeAt(statement, schema, values, header.pointerSize ?? statement.pointerSize),
  };
  return { record, schema };
}

function encodeAt(
  statement: Statement,
  schema: EventSchema,
  values: Readonly<Record<string, EncodableValue>>,
  pointerSize: 4 | 8,
): Uint8Array {
  try {
    return encodePayload(schema, values, pointerSize);
  } catch (error) {
    if (error instanceof SchemaError) throw new ScenarioError(error.message, statement.arguments.place);
    throw error;
  }
}

/** The values that stand as `Field=value` among the arguments. */
export function readFieldValues(line: Arguments): Record<string, EncodableValue> {
  return Object.fromEntries(line.remaining().map((token) => [token.key ?? '', token.text]));
}

/** `payload=0011AABB`, or `text="…"` as UTF-16 with a NUL. */
export function readPayload(line: Arguments): Uint8Array {
  const text = line.text('text');
  return text === undefined ? (line.bytes('payload') ?? new Uint8Array(0)) : utf16Bytes(text, true);
}
