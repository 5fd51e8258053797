import { filetimeToIso } from '../../base/filetime.ts';
import { tcpFlagsText } from '../../packet/tcp.ts';
import { binaryText } from '../../schema/decode-value.ts';
import type { DecodedField } from '../../schema/decode.ts';
import { controlPicture, indexOfUnit, isHighSurrogate, replaceUnits, unitSet } from './escaping.ts';
import type { EventText, PacketText, TextFormat } from './event-text.ts';
import { isArray, keywordText, wrongText } from './field-text.ts';

/** A cell of a packet's column, which other events leave empty. */
function ofPacket(cell: (packet: PacketText) => string | number | null): (event: EventText) => string {
  return ({ packet }) => (packet ? textCell(String(cell(packet) ?? '')) : '');
}

/** The columns in their order: what stands above, and the cell as it is written. */
const columns: readonly (readonly [name: string, cell: (event: EventText) => string])[] = [
  ['MessageNumber', (event) => String(event.messageNumber)],
  ['Timestamp', (event) => filetimeToIso(event.time)],
  ['TimeElapsed', (event) => String(event.timeElapsed)],
  ['Source', (event) => textCell(event.source)],
  ['Destination', (event) => textCell(event.destination)],
  ['Module', (event) => textCell(event.module)],
  ['Summary', (event) => textCell(event.summary)],
  ['Diagnosis', (event) => textCell(diagnosis(event))],
  ['Provider', (event) => textCell(event.provider.name ?? event.provider.guid)],
  ['EventName', (event) => textCell(event.name)],
  ['EventId', (event) => String(event.id)],
  ['Version', (event) => String(event.version)],
  ['Level', (event) => textCell(event.levelName || String(event.level))],
  ['Opcode', (event) => String(event.opcode)],
  ['Keywords', (event) => textCell(keywords(event))],
  ['Process', (event) => String(event.process ?? '')],
  ['Thread', (event) => String(event.thread ?? '')],
  ['Processor', (event) => String(event.processor)],
  ['Direction', ofPacket(({ direction }) => direction)],
  ['Component', ofPacket(({ component }) => component)],
  ['LinkType', ofPacket(({ linkType }) => linkType)],
  ['VlanId', ofPacket(({ vlan }) => vlan)],
  ['Protocol', ofPacket(({ ipProtocol }) => ipProtocol)],
  ['SourcePort', ofPacket(({ sourcePort }) => sourcePort)],
  ['DestinationPort', ofPacket(({ destinationPort }) => destinationPort)],
  ['TcpFlags', ofPacket(({ tcpFlags }) => (tcpFlags === null ? null : tcpFlagsText(tcpFlags)))],
  ['SequenceNumber', ofPacket(({ sequence }) => sequence)],
  ['AcknowledgmentNumber', ofPacket(({ acknowledgment }) => acknowledgment)],
  ['Window', ofPacket(({ window }) => window)],
  ['PayloadLength', ofPacket(({ payloadLength }) => payloadLength)],
  ['CapturedLength', ofPacket(({ capturedLength }) => capturedLength)],
  ['OriginalLength', ofPacket(({ originalLength }) => originalLength)],
  ['Fields', (event) => textCell(fieldsText(event))],
  ['DiagnosisLevel', ({ diagnosisLevel }) => (diagnosisLevel === 'none' ? '' : diagnosisLevel)],
  ['Conversation', ({ conversation }) => String(conversation ?? '')],
  ['Sighting', ({ sighting }) => (sighting === 0 ? '' : String(sighting))],
];

/** Without the mark at its front, Excel takes UTF-8 for the machine's code page. */
const byteOrderMark = '\ufeff';

/** RFC 4180 as Excel reads it: UTF-8 with its mark, CR LF, a row for the names of the columns. Times are UTC. */
export const csvFormat: TextFormat = {
  header: `${byteOrderMark}${columns.map(([name]) => name).join(',')}\r\n`,
  line: (event) => `${columns.map(([, cell]) => cell(event)).join(',')}\r\n`,
  footer: '',
};

/** A row of texts, of which the first row of a file also has the mark. */
export function csvLine(texts: readonly string[]): string {
  return `${texts.map(textCell).join(',')}\r\n`;
}

export function csvHead(names: readonly string[]): string {
  return `${byteOrderMark}${csvLine(names)}`;
}

/** Control characters that no cell can show; tabs and line ends are left. */
const invisible = unitSet([0, 0x08], [0x0b, 0x0c], [0x0e, 0x1f]);
const quote = 0x22;
const quotedUnits = unitSet([quote, quote], [0x2c, 0x2c], [0x0a, 0x0a], [0x0d, 0x0d]);

function textCell(text: string): string {
  const cell = withinLimit(asPlainText(replaceUnits(text, invisible, controlPicture)));
  return indexOfUnit(cell, quotedUnits) < 0 ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** What makes a spreadsheet take a cell for a formula, at its very front; the wide forms count where Japanese is set. */
const formulaStarts: ReadonlySet<string> = new Set(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

/** A cell that would run as a formula gets an apostrophe in front; a text that is just a number may stay one. */
function asPlainText(text: string): string {
  return formulaStarts.has(text.charAt(0)) && !plainNumber.test(text) ? `'${text}` : text;
}

/** Characters that a cell holds, by Microsoft's "Excel specifications and limits". */
const cellLimit = 32_767;

function withinLimit(text: string): string {
  if (text.length <= cellLimit) return text;
  const remark = `… (cut: ${text.length} characters, and a cell takes ${cellLimit})`;
  const end = cellLimit - remark.length;
  return text.slice(0, isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end) + remark;
}

function diagnosis(event: EventText): string {
  const wrong = wrongText(event);
  return (wrong === '' ? event.notes : [wrong, ...event.notes]).join('; ');
}

function keywords({ keyword, keywordNames }: EventText): string {
  if (keywordNames.length > 0) return keywordNames.join('; ');
  return keyword === 0n ? '' : keywordText(keyword);
}

/** Binary is shortened for people, as in the window; jsonl and xml have all of it. */
function fieldsText({ fields, payload }: EventText): string {
  if (payload !== null) return payload.length === 0 ? '' : `Payload=${binaryText(payload)}`;
  return fields.map(namedValue).join('; ');
}

function namedValue(field: DecodedField): string {
  return `${field.name}=${valueText(field)}`;
}

/** `[1, 2]` for arrays and `{A=1, B=2}` for structs: whole, where DecodedField.value is a shortened line. */
function valueText(field: DecodedField): string {
  const note = field.note === undefined ? '' : ` (${field.note})`;
  if (!field.children) return field.value + note;
  return isArray(field)
    ? `[${field.children.map(valueText).join(', ')}]${note}`
    : `{${field.children.map(namedValue).join(', ')}}${note}`;
}
