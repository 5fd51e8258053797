import { guidAt, emptyGuid } from '../base/guid.ts';
import { ExtendedType } from '../etl/format.ts';
import { noProcess } from '../etl/record-cursor.ts';
import { packetNumbers } from './packet-numbers.ts';
import type { EventText } from '../export/text/event-text.ts';
import { eventTitle, layoutText } from '../schema/event-title.ts';
import { standardChannelName, standardLevelName, standardOpcodeName } from '../schema/standard-names.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import { keywordOf, type EventKind } from '../trace/segment.ts';
import {
  diagnosedPacket,
  diagnosisText,
  elapsedAt,
  eventText,
  markedRow,
  packetText,
  placeOf,
  readEvent,
  type ReadEvent,
  type RowPlace,
  type RowSource,
} from './row-builder.ts';

/** What exported text is built from. */
export interface TextSource extends RowSource {
  /** Names of places of capture, by componentKey. */
  readonly componentNames: ReadonlyMap<string, string>;
}

/** Everything about the event of a row that a line of exported text may tell. */
export function buildEventText(source: TextSource, row: number): EventText {
  const place = placeOf(source, row);
  const read = readEvent(source, place);
  const { kind } = place;
  return {
    messageNumber: row + 1,
    time: place.time,
    timeElapsed: elapsedAt(source, place),
    ...markedRow(packetText(source, place) ?? eventText(source, place, read), diagnosisText(source, place)),
    conversation: conversationOf(source, place),
    provider: { guid: kind.provider, name: source.decoder.providerName(kind.provider) },
    family: kind.family,
    ...numbersOf(kind),
    ...namesOf(kind, read),
    ...originOf(place, read?.record),
    ...contentOf(read),
    packet: place.packet < 0 ? null : packetNumbers(source.componentNames, place),
  };
}

function conversationOf({ diagnosis }: RowSource, place: RowPlace): number | null {
  const packet = diagnosedPacket(diagnosis, place);
  const conversation = diagnosis && packet >= 0 ? diagnosis.conversation(packet) : -1;
  return conversation < 0 ? null : conversation;
}

type Numbers = Pick<EventText, 'id' | 'version' | 'channel' | 'level' | 'opcode' | 'task' | 'keyword'>;

function numbersOf(kind: EventKind): Numbers {
  const { id, version, channel, level, opcode, task } = kind;
  return { id, version, channel, level, opcode, task, keyword: keywordOf(kind) };
}

type Names = Pick<EventText, 'name' | 'levelName' | 'opcodeName' | 'taskName' | 'channelName' | 'keywordNames'>;

/** As the layout has them, else as Windows calls them for every provider. */
function namesOf({ family, level, opcode, channel }: EventKind, read: ReadEvent | undefined): Names {
  const schema = read?.decoded?.schema;
  const isManifest = family === 'manifest';
  return {
    name: schema ? eventTitle(schema) : '',
    levelName: firstGiven(schema?.level, standardLevelName(level)),
    opcodeName: firstGiven(schema?.opcode, isManifest ? standardOpcodeName(opcode) : ''),
    taskName: schema?.task ?? '',
    channelName: firstGiven(schema?.channel, isManifest ? standardChannelName(channel) : ''),
    keywordNames: schema?.keywords ?? [],
  };
}

function firstGiven(name: string | undefined, otherwise: string): string {
  return name === undefined || name === '' ? otherwise : name;
}

type Origin = Pick<EventText, 'processor' | 'process' | 'thread' | 'activity' | 'relatedActivity'>;

function originOf({ segment, index, kind }: RowPlace, record: EventRecord | undefined): Origin {
  const process = segment.events.process[index];
  const thread = segment.events.thread[index];
  return {
    processor: record?.processor ?? 0,
    process: process === noProcess ? null : process,
    thread: thread === noProcess ? null : thread,
    activity: record && kind.family === 'manifest' ? givenGuid(record.bytes, record.start + 0x40) : null,
    relatedActivity: record ? relatedActivity(record) : null,
  };
}

function relatedActivity({ bytes, extendedItems }: EventRecord): string | null {
  const item = extendedItems.find(({ type, length }) => type === ExtendedType.RelatedActivityId && length === 16);
  return item ? givenGuid(bytes, item.start) : null;
}

function givenGuid(bytes: Uint8Array, offset: number): string | null {
  const guid = guidAt(bytes, offset);
  return guid === emptyGuid ? null : guid;
}

type Content = Pick<EventText, 'fields' | 'layout' | 'payload' | 'notes'>;

function contentOf(read: ReadEvent | undefined): Content {
  if (!read) return { fields: [], layout: null, payload: null, notes: [] };
  const { decoded, record } = read;
  if (!decoded) {
    const payload = record.bytes.subarray(record.userData, record.end);
    return { fields: [], layout: null, payload, notes: [] };
  }
  const notes = decoded.note === undefined ? [] : [decoded.note];
  return { fields: decoded.fields, layout: layoutText(decoded.schema), payload: null, notes };
}
