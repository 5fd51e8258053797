import type { Dissector } from './dissector.ts';
import { byteCount, hexWord, labelled, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, type FieldText } from './header-reader.ts';
import type { LayerField } from './layer.ts';
import { internetOptions, optionField, optionsBetween, type Option, type OptionKind } from './options.ts';
import { portText } from './well-known-ports.ts';

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
  const offset = header.packed(1, (value) => [{ name: 'DataOffset', value: String(value >> 4) }]);
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
  addDerivedFields(header, segment, input.context.windowShift);
  const note = impossible
    ? `The header length of ${byteCount(headerLength)} is impossible: 20 is the least.`
    : undefined;
  const layer = finishedLayer('TCP', header, {
    summary: tcpSummary(segment, input.context.windowShift),
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
 * Win: 8192(negotiating scale factor: 8)`. `knownShift` is the scale its sender announced, when the connection is known.
 */
export function tcpSummary(segment: TcpSegment, knownShift?: number): string {
  return summaryOf([
    labelled('Flags', segment.flags, tcpFlagsText),
    labelled('SrcPort', segment.sourcePort, portText),
    labelled('DstPort', segment.destinationPort, portText),
    labelled('Length', segment.payloadLength),
    labelled('Seq Range', sequenceRange(segment)),
    labelled('Ack', segment.acknowledgment),
    labelled('Win', windowText(segment, knownShift)),
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

function sequenceRange({ sequence, flags, payloadLength }: TcpSegment): string | undefined {
  if (sequence === undefined || flags === undefined || payloadLength === undefined) return undefined;
  return `${sequence} - ${nextSequence(sequence, flags, payloadLength)}`;
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
    .map(([name, bit]) => ({ name, value: String((flags & bit) !== 0) }))
    .reverse();
  return { name: 'Flags', value: tcpFlagsText(flags), members };
}

function addDerivedFields(header: HeaderReader, segment: TcpSegment, knownShift: number | undefined): void {
  const { window, flags, payloadLength } = segment;
  if (payloadLength !== undefined && !header.cut) header.derived('PayloadLength', String(payloadLength));
  if (window === undefined || flags === undefined || flags & TcpFlag.SYN || knownShift === undefined) return;
  header.derived('WindowScaled', String(window * 2 ** knownShift));
}

const optionKinds = new Map<number, OptionKind>([
  [0, { name: 'EndOfOptionList' }],
  [1, { name: 'NoOperation' }],
  [2, { name: 'MaxSegmentSize', length: 4, text: (frame, start) => String(bigEndianAt(frame, start, 2)) }],
  [3, { name: 'WindowsScaleFactor', length: 3, text: (frame, start) => String(frame[start]) }],
  [4, { name: 'SackPermitted', length: 2, text: () => 'true' }],
  [8, { name: 'Timestamps', length: 10, text: timestampsText }],
  [19, { name: 'MD5Digest' }],
  [28, { name: 'UserTimeout' }],
  [29, { name: 'Authentication' }],
  [30, { name: 'MultipathTCP' }],
  [34, { name: 'FastOpenCookie' }],
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
    const members = options.map((option) => tcpOptionField(frame, option));
    return { value: members.map(optionText).join(', '), members };
  });
  return shift;
}

function optionText({ name, value }: LayerField): string {
  return value === '' || value === 'true' ? name : `${name}: ${value}`;
}

function tcpOptionField(frame: Uint8Array, option: Option): LayerField {
  const isSack = option.type === selectiveAcknowledgment && option.length > 2 && option.length % 8 === 2;
  return isSack ? sackField(frame, option) : optionField(frame, option, optionKinds.get(option.type));
}

function timestampsText(frame: Uint8Array, start: number): string {
  return `${bigEndianAt(frame, start, 4)} ${bigEndianAt(frame, start + 4, 4)}`;
}

/** Blocks of received bytes, each with its first sequence number and the one behind its last (RFC 2018). */
function sackField(frame: Uint8Array, { start, length }: Option): LayerField {
  const members = Array.from({ length: (length - 2) / 8 }, (_, index) => {
    const at = start + 2 + index * 8;
    const value = `${bigEndianAt(frame, at, 4)} ~ ${bigEndianAt(frame, at + 4, 4)}`;
    return { name: `Block${index + 1}`, value, start: at, length: 8 };
  });
  return { name: 'Sack', value: members.map((member) => member.value).join(', '), start, length, members };
}
