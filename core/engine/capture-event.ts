import { hexPairs } from '../base/text.ts';
import { captureFields, readCaptureRecord } from '../capture-file/capture-file.ts';
import { CaptureRecord, noLinkType, RecordKind } from '../capture-file/capture-record.ts';
import type { CaptureContext } from '../capture-file/capture-context.ts';
import { LinkType, linkTypeOfPcap } from '../packet/link-type.ts';
import { captureRecordName } from '../provider/capture-formats.ts';
import { knownProviderName } from '../provider/known-providers.ts';
import type { DecodedField, DecodedPayload } from '../schema/decode.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import type { EventRecord } from '../trace/event-reader.ts';
import type { EventKind } from '../trace/segment.ts';

const record = new CaptureRecord();

/** What a record of a capture file says of itself, as an event whose layout is built in. Undefined when it cannot be read. */
export function decodeCapture(
  kind: EventKind,
  { view, bytes, start, bufferOffset }: EventRecord,
  { context, recordEnd }: { readonly context: CaptureContext; readonly recordEnd: number },
): (DecodedPayload & { readonly schema: EventSchema }) | undefined {
  if (!readCaptureRecord(context, view, bytes, start, recordEnd, record)) return undefined;
  const fields: DecodedField[] = [
    ...captureFields(context, view, bytes, record, bufferOffset + start),
    ...unreadFields(record, bytes),
  ];
  return { schema: captureSchema(context, kind, messageOf(record.kind, fields)), fields };
}

/** Bytes that no dissector reads are shown as they are. */
function unreadFields({ kind, linkType, dataStart, dataEnd }: CaptureRecord, bytes: Uint8Array): DecodedField[] {
  if (kind === RecordKind.Journal || (kind === RecordKind.Packet && linkTypeOfPcap(linkType) !== LinkType.Unknown)) {
    return [];
  }
  const raw = bytes.slice(dataStart, dataEnd);
  const data = { name: 'Data', type: 'Binary', value: hexPairs(raw, 64), raw, start: dataStart, length: raw.length };
  const isNamed = kind === RecordKind.Packet && linkType !== noLinkType;
  const medium = {
    name: 'LinkType',
    type: 'UInt16',
    value: String(linkType),
    raw: linkType,
    start: dataStart,
    length: 0,
  };
  return isNamed ? [medium, data] : [data];
}

/** A journal entry's text is its line of the grid; of anything else, its fields are. */
function messageOf(kind: RecordKind, fields: readonly DecodedField[]): string {
  if (kind !== RecordKind.Journal) return '';
  const place = fields.findIndex(({ name }) => name === 'MESSAGE');
  return place < 0 ? '' : `%${place + 1}`;
}

function captureSchema({ format }: CaptureContext, { provider, id }: EventKind, message: string): EventSchema {
  return {
    provider,
    providerName: knownProviderName(provider) ?? format,
    id,
    version: 0,
    level: '',
    channel: '',
    task: captureRecordName(format, id),
    opcode: '',
    keywords: [],
    message,
    fields: [],
    source: 'built-in',
  };
}
