import type { DissectionContext, Dissector, LayerInput, TcpConnection } from './dissector.ts';
import { byteCount, hexWord, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, type FieldText, numberField, flagField } from './header-reader.ts';
import type { LayerField } from './layer.ts';
import { internetOptions, optionField, optionsBetween, type Option, type OptionKind, partsField } from './options.ts';
import { portText } from './well-known-ports.ts';
import { textReading } from './field-readings.ts';
import { numberKind, type ValueKind } from './value-kinds.ts';

const shortestHeader = 20;

/** Bits of the flags byte (RFC 9293, 3.1). */
export const TcpFlag = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 0x10, URG: 0x20, ECE: 0x40, CWR: 0x80 } as const;

/** What a TCP summary says; what a cut header did not hold is undefined. */
export interface TcpSegment {
  readonly flags: number | undefined;
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
  /** Bytes by the IP header, not by what was captured. */
  readonly payloadLength: number | undefined;
  readonly sequence: number | undefined;
  readonly acknowledgment: number | undefined;
  /** As it stands in the header. */
  readonly window: number | undefined;
  /** The window scale option of this very segment. */
  readonly announcedShift?: number | undefined;
}

/** TCP (RFC 9293). */
export const dissectTcp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const sourcePort = header.number('SourcePort', 2, portText);
  const destinationPort = header.number('DestinationPort', 2, portText);
  const sequence = header.number('SequenceNumber', 4);
  const acknowledgment = header.number('AcknowledgmentNumber', 4);
  const offset = header.packed(1, (value) => [numberField('DataOffset', value >> 4)]);
  const flags = readFlags(header);
  const window = header.number('Window', 2);
  header.number('Checksum', 2, hexWord);
  header.number('UrgentPointer', 2);
  const headerLength = ((offset ?? 0) >> 4) << 2;
  const announcedShift = headerLength > shortestHeader ? readOptions(header, headerLength - shortestHeader) : undefined;

  const impossible = offset !== undefined && headerLength < shortestHeader;
  const payloadLength = payloadLengthOf(input.end - input.start, headerLength);
  const segment = {
    flags,
    sourcePort,
    destinationPort,
    payloadLength,
    sequence,
    acknowledgment,
    window,
    announcedShift,
  };
  addDerivedFields(header, segment, input.context);
  const note = impossible
    ? `The header length of ${byteCount(headerLength)} is impossible: 20 is the least.`
    : undefined;
  const layer = finishedLayer('TCP', header, {
    summary: tcpSummary(segment, input.context),
    notes: [note],
  });
  if (header.cut || impossible) return { layer };
  if (sourcePort === undefined || destinationPort === undefined) return { layer };
  const protocol = { registry: 'Ports', transport: 'TCP', sourcePort, destinationPort } as const;
  return { layer, payload: { start: input.start + headerLength, end: input.end, protocol } };
};

/** Unknown when the header is too broken to tell where the payload starts. */
function payloadLengthOf(segmentLength: number, headerLength: number): number | undefined {
  return headerLength < shortestHeader ? undefined : Math.max(0, segmentLength - headerLength);
}

/**
 * `Flags: ......S., SrcPort: 52891, DstPort: HTTP(80), Length: 0, Seq Range: 1717747265 - 1717747266, Ack: 0,
 * Win: 8192(negotiating scale factor: 8)`. Where the connection is known, the window is scaled, and a keep-alive said to
 * be one.
 */
export function tcpSummary(segment: TcpSegment, { windowShift, keepAlive }: DissectionContext = {}): string {
  return summaryOf([
    keepAlive,
    labelled('Flags', segment.flags, tcpFlagsText),
    labelled('SrcPort', segment.sourcePort, portText),
    labelled('DstPort', segment.destinationPort, portText),
    labelled('Length', segment.payloadLength),
    labelled('Seq Range', sequenceRange(segment, keepAlive === 'Keep-Alive')),
    labelled('Ack', segment.acknowledgment),
    labelled('Win', windowText(segment, windowShift)),
  ]);
}

/** Eight characters in the order CWR, ECE, URG, ACK, PSH, RST, SYN, FIN, a dot for a clear flag: `...A..S.`. */
export function tcpFlagsText(flags: number): string {
  return Array.from('CEUAPRSF', (letter, index) => ((flags & (0x80 >> index)) === 0 ? '.' : letter)).join('');
}

/** The sequence number behind this segment: a SYN takes one number, a FIN one more than its payload. */
export function nextSequence(sequence: number, flags: number, payloadLength: number): number {
  if (flags & TcpFlag.FIN) return (sequence + payloadLength + 1) >>> 0;
  return (sequence + (flags & TcpFlag.SYN ? 1 : payloadLength)) >>> 0;
}

/** A keep-alive stands for the byte in front of the next one, whether it has a byte or not. */
function sequenceRange({ sequence, flags, payloadLength }: TcpSegment, isKeepAlive: boolean): string | undefined {
  if (sequence === undefined || flags === undefined || payloadLength === undefined) return undefined;
  return `${sequence} - ${nextSequence(sequence, flags, isKeepAlive ? 1 : payloadLength)}`;
}

function windowText({ window, flags, announcedShift }: TcpSegment, knownShift: number | undefined): string | undefined {
  if (window === undefined || flags === undefined) return undefined;
  // The window of a SYN is never scaled (RFC 7323, 2.2).
  if (flags & TcpFlag.SYN) {
    return announcedShift === undefined ? String(window) : `${window}(negotiating scale factor: ${announcedShift})`;
  }
  return knownShift === undefined ? String(window) : `${window * 2 ** knownShift}(scale factor: ${knownShift})`;
}

function readFlags(header: HeaderReader): number | undefined {
  return header.packed(1, (value) => [tcpFlagsField(value)]);
}

/** The flags byte as a field with a member for each flag. */
export function tcpFlagsField(flags: number): FieldText {
  const members = Object.entries(TcpFlag)
    .map(([name, bit]) => flagField(name, (flags & bit) !== 0))
    .reverse();
  return numberField('Flags', flags, tcpFlagsText, members);
}

function addDerivedFields(header: HeaderReader, segment: TcpSegment, context: DissectionContext): void {
  const { window, flags, payloadLength } = segment;
  const { windowShift, connection } = context;
  if (payloadLength !== undefined && !header.cut) header.derived('PayloadLength', payloadLength);
  if (window !== undefined && flags !== undefined && !(flags & TcpFlag.SYN) && windowShift !== undefined) {
    header.derived('WindowScaled', window * 2 ** windowShift);
  }
  if (connection) addConnectionFields(header, segment, connection);
}

function addConnectionFields(header: HeaderReader, segment: TcpSegment, connection: TcpConnection): void {
  const { sequence, acknowledgment, flags = 0 } = segment;
  const { number, baseSequence, baseAcknowledgment, initialRoundTrip } = connection;
  if (sequence !== undefined) header.derived('RelativeSequenceNumber', (sequence - baseSequence) >>> 0);
  if (acknowledgment !== undefined && (flags & TcpFlag.ACK) !== 0) {
    header.derived('RelativeAcknowledgmentNumber', (acknowledgment - baseAcknowledgment) >>> 0);
  }
  header.derived('Conversation', number);
  if (initialRoundTrip !== undefined) header.derived('InitialRtt', initialRoundTrip / 10_000, durationText);
}

/** `12.3 ms`, below a millisecond `845 µs`. */
function durationText(milliseconds: number): string {
  return milliseconds < 1 ? `${Number((milliseconds * 1000).toFixed(1))} µs` : `${Number(milliseconds.toFixed(3))} ms`;
}

const isThere: ValueKind = { type: 'boolean', read: () => ({ value: 'true', raw: true }) };
const timestamps: ValueKind = { type: 'text', read: (frame, start) => textReading(timestampsText(frame, start)) };

export const tcpOptionKinds = new Map<number, OptionKind>([
  [0, { name: 'EndOfOptionList' }],
  [1, { name: 'NoOperation' }],
  [2, { name: 'MaxSegmentSize', length: 4, value: numberKind() }],
  [3, { name: 'WindowsScaleFactor', length: 3, value: numberKind() }],
  [4, { name: 'SackPermitted', length: 2, value: isThere }],
  [8, { name: 'Timestamps', length: 10, value: timestamps }],
  [19, { name: 'MD5Digest' }],
  [34, { name: 'FastOpenCookie' }],
]);

/** Options that have several fields. */
const structuredOptions = new Map<number, { name: string; read: (part: HeaderReader) => string }>([
  [28, { name: 'UserTimeout', read: readUserTimeout }],
  [29, { name: 'Authentication', read: readAuthentication }],
  [30, { name: 'MultipathTCP', read: readMultipath }],
]);
const selectiveAcknowledgment = 5;
const windowScale = 3;

/** Reads the options as one field and gives the window scale shift, when there is one. */
function readOptions(header: HeaderReader, length: number): number | undefined {
  const { frame } = header.input;
  let shift: number | undefined;
  header.group('Options', length, (start, end) => {
    const options = optionsBetween(frame, start, end, internetOptions);
    const scale = options.find((option) => option.type === windowScale && option.length === 3);
    shift = scale && frame[scale.start + 2];
    const members = options.map((option) => tcpOptionField(header.input, option));
    return { value: members.map(optionText).join(', '), members };
  });
  return shift;
}

function optionText({ name, value }: LayerField): string {
  return value === '' || value === 'true' ? name : `${name}: ${value}`;
}

function tcpOptionField(input: LayerInput, option: Option): LayerField {
  const { start, length, type } = option;
  const structured = length > 2 ? structuredOptions.get(type) : undefined;
  if (structured) {
    const part = new HeaderReader({ ...input, start: start + 2, end: start + length });
    const value = structured.read(part);
    return partsField({ name: structured.name, value, start, length }, input.frame, part.fields);
  }
  const isSack = type === selectiveAcknowledgment && length > 2 && length % 8 === 2;
  return isSack ? sackField(input.frame, option) : optionField(input.frame, option, tcpOptionKinds.get(type));
}

/** RFC 5482: 15 bits, in minutes when the highest bit is set, else in seconds. */
function readUserTimeout(part: HeaderReader): string {
  const value = part.packed(2, (bits) => [
    numberField('Granularity', bits >> 15, (unit) => (unit === 1 ? 'minutes(1)' : 'seconds(0)')),
    numberField('Timeout', bits & 0x7fff),
  ]);
  return value === undefined ? '' : `${value & 0x7fff} ${value >> 15 === 1 ? 'minutes' : 'seconds'}`;
}

/** RFC 5925, 2.2. */
function readAuthentication(part: HeaderReader): string {
  const key = part.number('KeyID', 1);
  part.number('RNextKeyID', 1);
  part.bytes('MAC', part.remaining);
  return summaryOf([labelled('KeyID', key)]);
}

/** RFC 8684, 8. */
const multipathNames = new Map([
  [0, 'MP_CAPABLE'],
  [1, 'MP_JOIN'],
  [2, 'DSS'],
  [3, 'ADD_ADDR'],
  [4, 'REMOVE_ADDR'],
  [5, 'MP_PRIO'],
  [6, 'MP_FAIL'],
  [7, 'MP_FASTCLOSE'],
  [8, 'MP_TCPRST'],
]);

function readMultipath(part: HeaderReader): string {
  const first = part.packed(1, (value) => [numberField('Subtype', value >> 4, namedNumber(multipathNames))]);
  part.bytes('Data', part.remaining);
  return first === undefined ? '' : nameOrNumber(multipathNames)(first >> 4);
}

function timestampsText(frame: Uint8Array, start: number): string {
  return `${bigEndianAt(frame, start, 4)} ${bigEndianAt(frame, start + 4, 4)}`;
}

/** Blocks of received bytes, each with its first sequence number and the one behind its last (RFC 2018). */
function sackField(frame: Uint8Array, { start, length }: Option): LayerField {
  const members = Array.from({ length: (length - 2) / 8 }, (_, index) => {
    const at = start + 2 + index * 8;
    const value = `${bigEndianAt(frame, at, 4)} ~ ${bigEndianAt(frame, at + 4, 4)}`;
    return { name: `Block${index + 1}`, value, raw: value, start: at, length: 8 };
  });
  return { name: 'Sack', value: members.map((member) => member.value).join(', '), start, length, members };
}
