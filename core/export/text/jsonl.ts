import { filetimeToIso } from '../../base/filetime.ts';
import type { DecodedField } from '../../schema/decode.ts';
import type { EventText, PacketText, TextFormat } from './event-text.ts';
import { hexDigits, isArray, isShownAsBytes, keywordText } from './field-text.ts';

/** A member that is undefined is left out of the line. */
type JsonValue =
  string | number | boolean | null | undefined | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One JSON object a line, whole: nothing is shortened. README.md lists the members. */
export const jsonlFormat: TextFormat = {
  header: '',
  line: (event) => `${JSON.stringify(eventObject(event))}\n`,
  footer: '',
};

/** Fields as one JSON array, each as it stands in a line. */
export function fieldsJson(fields: readonly DecodedField[]): string {
  return JSON.stringify(fields.map(fieldObject));
}

function eventObject(event: EventText): JsonValue {
  return {
    messageNumber: event.messageNumber,
    timestamp: filetimeToIso(event.time),
    timeElapsed: event.timeElapsed,
    source: event.source,
    destination: event.destination,
    module: event.module,
    summary: event.summary,
    mark: event.mark,
    diagnosis: orAbsent(event.diagnosis),
    diagnosisLevel: event.diagnosisLevel === 'none' ? undefined : event.diagnosisLevel,
    conversation: event.conversation ?? undefined,
    sighting: event.sighting === 0 ? undefined : event.sighting,
    provider: { name: event.provider.name ?? undefined, guid: event.provider.guid },
    event: {
      name: orAbsent(event.name),
      family: event.family,
      id: event.id,
      version: event.version,
      level: event.level,
      levelName: orAbsent(event.levelName),
      opcode: event.opcode,
      opcodeName: orAbsent(event.opcodeName),
      task: event.task,
      taskName: orAbsent(event.taskName),
      channel: event.channel,
      channelName: orAbsent(event.channelName),
      keywords: event.keywordNames,
      keyword: keywordText(event.keyword),
    },
    process: event.process ?? undefined,
    thread: event.thread ?? undefined,
    processor: event.processor,
    activity: event.activity ?? undefined,
    relatedActivity: event.relatedActivity ?? undefined,
    packet: event.packet ? packetObject(event.packet) : undefined,
    fields: event.fields.map(fieldObject),
    layout: event.layout ?? undefined,
    payload: event.payload === null ? undefined : hexDigits(event.payload),
    notes: event.notes.length === 0 ? undefined : event.notes,
  };
}

/** What a packet does not have is left out. */
function packetObject(packet: PacketText): JsonValue {
  return Object.fromEntries(Object.entries(packet).filter(([, value]) => value !== null));
}

function orAbsent(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function fieldObject(field: DecodedField): JsonValue {
  return {
    name: field.name,
    type: field.type,
    value: valueOf(field),
    label: labelOf(field),
    text: textOf(field),
    note: noteOf(field),
  };
}

/** A struct is the list of its members, an array the list of its elements' values. */
function valueOf(field: DecodedField): JsonValue {
  const { children, raw } = field;
  if (children) return children.map(isArray(field) ? valueOf : fieldObject);
  switch (typeof raw) {
    case 'bigint':
      return numberOrDigits(raw);
    case 'number':
      return Number.isFinite(raw) ? raw : String(raw);
    case 'object':
      return hexDigits(raw);
    case 'undefined':
      return field.value;
    default:
      return raw;
  }
}

/** Readers of JSON take numbers for doubles, which hold integers up to 2^53. */
function numberOrDigits(integer: bigint): JsonValue {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : String(integer);
}

/** The map's text; of an array, its elements' texts, when any has one. */
function labelOf(field: DecodedField): JsonValue {
  return isArray(field) ? listUnlessEmpty(field.children?.map(labelOf)) : field.label;
}

/** What a person is shown where the value itself says it worse: addresses, times, status codes. Like `label` for arrays. */
function textOf(field: DecodedField): JsonValue {
  if (isArray(field)) return listUnlessEmpty(field.children?.map(textOf));
  const { raw, value, label, children } = field;
  if (children || raw === undefined || label !== undefined) return undefined;
  const isPlain = raw instanceof Uint8Array ? isShownAsBytes(field) : value === String(raw);
  return isPlain ? undefined : value;
}

function listUnlessEmpty(list: readonly JsonValue[] = []): JsonValue {
  return list.every((item) => item === undefined) ? undefined : list.map((item) => item ?? null);
}

/** An array's elements are bare values, so their notes stand with the array. */
function noteOf(field: DecodedField): JsonValue {
  if (!isArray(field)) return field.note;
  const notes = field.children?.filter(({ note }) => note !== undefined).map(({ name, note }) => `${name}: ${note}`);
  return orAbsent([field.note, ...(notes ?? [])].filter((note) => note !== undefined).join(' '));
}
