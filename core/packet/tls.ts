import type { Dissector } from './dissector.ts';
import { namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, HeaderReader } from './header-reader.ts';
import { alertLevelNames, alertNames, ContentType, contentTypeNames } from './tls-names.ts';
import { readMessages, streamDissection } from './stream-layer.ts';
import { readHandshake, versionText } from './tls-handshake.ts';

const recordHeader = 5;
/** Plain text, and what encryption and compression may add to it (RFC 5246, 6.2.3). */
const longestRecord = 0x4000 + 2048;

/** Whether a TLS record may begin here: a content type, version 3.x and a possible length. */
export function looksLikeTls(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + recordHeader > end || !contentTypeNames.has(bytes[start]) || bytes[start + 1] !== 3) return false;
  const length = bigEndianAt(bytes, start + 3, 2);
  return bytes[start + 2] <= 4 && length > 0 && length <= longestRecord;
}

/** TLS 1.0 to 1.3 and SSL 3.0 (RFC 8446, 5246, 6101): the records of one segment, which are one layer. */
export const dissectTls: Dissector = (input) => {
  const header = new HeaderReader(input);
  const records: string[] = [];
  const facts = new Set<string>();
  const end = readMessages(header, looksLikeTls, () => readRecord(header, records, facts));
  return streamDissection('TLS', header, summaryOf([`Records: [${records.join(', ')}]`, ...facts]), end);
};

/** Reads one record, and gives where it ends. Adds what it holds to `records`, and what its hello tells to `facts`. */
function readRecord(header: HeaderReader, records: string[], facts: Set<string>): number {
  const start = header.position;
  const end = start + recordHeader + bigEndianAt(header.input.frame, start + 3, 2);
  header.structure('Record', end - start, (record) => {
    const type = record.number('ContentType', 1, namedNumber(contentTypeNames)) ?? 0;
    record.number('Version', 2, versionText);
    record.number('Length', 2);
    const content = readContent(record, type, facts);
    records.push(content);
    return content;
  });
  return end;
}

function readContent(record: HeaderReader, type: number, facts: Set<string>): string {
  const name = nameOrNumber(contentTypeNames)(type);
  if (type === ContentType.Handshake) return `${name}: [${readHandshakes(record, facts).join(', ')}]`;
  if (type === ContentType.Alert) return readAlert(record) ?? `Encrypted ${name}`;
  record.bytes('Data', record.remaining);
  return name;
}

function readHandshakes(record: HeaderReader, facts: Set<string>): string[] {
  const messages: string[] = [];
  while (record.remaining > 0) messages.push(readHandshake(record, facts));
  return messages;
}

/** An alert in plain text is two bytes; an encrypted one is longer. */
function readAlert(record: HeaderReader): string | undefined {
  if (record.remaining !== 2) {
    record.bytes('Data', record.remaining);
    return undefined;
  }
  const level = record.number('Level', 1, namedNumber(alertLevelNames)) ?? 0;
  const description = record.number('Description', 1, namedNumber(alertNames)) ?? 0;
  return `Alert: ${nameOrNumber(alertLevelNames)(level)} ${nameOrNumber(alertNames)(description)}`;
}
