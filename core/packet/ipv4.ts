import { hexPairs } from '../base/text.ts';
import type { Dissection, Dissector, LayerInput } from './dissector.ts';
import { byteCount, hexWord, labelled, summaryOf } from './field-text.ts';
import { endWithin, finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';
import { ipProtocolName, ipProtocolText } from './ip-protocols.ts';
import { internetOptions, optionFields, type OptionKind } from './options.ts';
import { numberKind } from './value-kinds.ts';

const shortestHeader = 20;

/** IPv4 (RFC 791). A later fragment's bytes are payload without a protocol; only the first one has a transport header. */
export const dissectIpv4: Dissector = (input) => {
  const header = new HeaderReader(input);
  const versionAndLength = header.packed(1, (value) => [
    numberField('Version', value >> 4),
    numberField('IHL', value & 15),
  ]);
  readDifferentiatedServices(header);
  const totalLength = header.number('TotalLength', 2);
  const identification = header.number('Identification', 2);
  const fragment = readFragment(header);
  header.number('TimeToLive', 1);
  const protocol = header.number('Protocol', 1, ipProtocolText);
  header.number('HeaderChecksum', 2, hexWord);
  const source = header.ipv4('SourceAddress');
  const destination = header.ipv4('DestinationAddress');
  const headerLength = Math.max((versionAndLength ?? 0) & 15, 5) * 4;
  if (headerLength > shortestHeader) readOptions(header, headerLength - shortestHeader);

  const summary = summaryOf([
    isFragment(fragment) ? `Fragment, Offset: ${fragmentOffset(fragment) * 8}` : undefined,
    labelled('Next Protocol', protocol, ipProtocolName),
    labelled('Packet ID', identification),
    labelled('Total Length', totalLength),
  ]);
  const end = datagramEnd(input, totalLength, headerLength);
  const notes = [versionNote(versionAndLength), lengthNote(totalLength, headerLength)];
  const layer = finishedLayer('IPv4', header, { summary, source, destination, end, notes });
  if (protocol === undefined || header.cut || notes[0] !== undefined) return { layer };
  return withPayload(layer, { start: input.start + headerLength, end }, fragment, protocol);
};

function withPayload(
  layer: Dissection['layer'],
  range: { start: number; end: number },
  fragment: number | undefined,
  protocol: number,
): Dissection {
  if (fragmentOffset(fragment) > 0) return { layer, payload: range };
  return { layer, payload: { ...range, protocol: { registry: 'IpProtocol', number: protocol } } };
}

function readDifferentiatedServices(header: HeaderReader): void {
  header.packed(1, (value) => [
    numberField('DifferentiatedServices', value, String, [
      numberField('DSCP', value >> 2),
      numberField('ECN', value & 3),
    ]),
  ]);
}

/** Flags and offset share 16 bits; gives them as they are. */
function readFragment(header: HeaderReader): number | undefined {
  return header.packed(2, (value) => {
    const dontFragment = (value & 0x4000) !== 0;
    const moreFragments = (value & 0x2000) !== 0;
    const set = [dontFragment && 'DF', moreFragments && 'MF'].filter((name) => name !== false);
    const members = [flagField('DF', dontFragment), flagField('MF', moreFragments)];
    return [
      numberField('Flags', value >> 13, () => set.join(', ') || 'none', members),
      numberField('FragmentOffset', value & 0x1fff),
    ];
  });
}

/** In units of 8 bytes. */
function fragmentOffset(fragment: number | undefined): number {
  return (fragment ?? 0) & 0x1fff;
}

function isFragment(fragment: number | undefined): boolean {
  return ((fragment ?? 0) & 0x3fff) !== 0;
}

/** A total length of 0 stands in packets that the network card is still to cut into segments (large send offload). */
function datagramEnd(input: LayerInput, totalLength: number | undefined, headerLength: number): number {
  if (totalLength === undefined || totalLength < headerLength) return input.end;
  return endWithin(input, input.start + totalLength);
}

function versionNote(versionAndLength: number | undefined): string | undefined {
  if (versionAndLength === undefined) return undefined;
  if (versionAndLength >> 4 !== 4) return `Version ${versionAndLength >> 4} is not IPv4.`;
  const length = (versionAndLength & 15) * 4;
  return length < shortestHeader
    ? `The header length of ${byteCount(length)} is impossible: 20 is the least.`
    : undefined;
}

function lengthNote(totalLength: number | undefined, headerLength: number): string | undefined {
  if (totalLength === undefined || totalLength >= headerLength) return undefined;
  if (totalLength === 0)
    return 'TotalLength is 0, as before segmentation by the network card; the frame tells the length.';
  return `TotalLength of ${byteCount(totalLength)} is less than the header; the frame tells the length.`;
}

/** Addresses that were or will be passed; the pointer, counted from 1, tells where to go on (RFC 791, 3.1). */
function readRoute(value: HeaderReader): string {
  value.number('Pointer', 1);
  const addresses: (string | undefined)[] = [];
  while (value.remaining >= 4) addresses.push(value.ipv4('RouteAddress'));
  return addresses.join(', ');
}

const addressedTimestamps = [1, 3];

/** Times of day in milliseconds, each behind an address where the flag says so (RFC 791, 3.1). */
function readTimestamps(value: HeaderReader): string {
  value.number('Pointer', 1);
  const overflow = value.packed(1, (bits) => [numberField('Overflow', bits >> 4), numberField('Flag', bits & 15)]);
  const times: (number | undefined)[] = [];
  while (value.remaining >= 4) {
    if (addressedTimestamps.includes((overflow ?? 0) & 15)) value.ipv4('InternetAddress');
    times.push(value.number('TimeStampValue', 4));
  }
  return times.filter((time) => time !== undefined).join(', ');
}

export const ipv4OptionKinds = new Map<number, OptionKind>([
  [0, { name: 'EndOfOptionsList' }],
  [1, { name: 'NOP' }],
  [7, { name: 'RecordRoute', parts: readRoute }],
  [68, { name: 'TimeStamp', parts: readTimestamps }],
  [130, { name: 'Security' }],
  [131, { name: 'LooseSourceRecordRoute', parts: readRoute }],
  [136, { name: 'StreamIdentifier', length: 4, value: numberKind() }],
  [137, { name: 'StrictSourceRoute', parts: readRoute }],
  [148, { name: 'RouterAlert', length: 4, value: numberKind() }],
]);

function readOptions(header: HeaderReader, length: number): void {
  const { frame } = header.input;
  header.group('Options', length, (start, end) => {
    const members = optionFields(frame, start, end, internetOptions, ipv4OptionKinds);
    return { value: hexPairs(frame.subarray(start, end)), members };
  });
}
