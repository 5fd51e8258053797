import { hexPairs } from '../base/text.ts';
import type { Dissector, LayerInput } from './dissector.ts';
import { byteCount, hexNumber, labelled, namedNumber, summaryOf } from './field-text.ts';
import { endWithin, finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';
import { IpProtocol, ipProtocolName, ipProtocolText } from './ip-protocols.ts';
import { ipv6Options, optionFields, type OptionKind } from './options.ts';
import { ipv6List, numberKind } from './value-kinds.ts';

const fixedHeader = 40;

/** IPv6 and its extension headers (RFC 8200), which are fields of this one layer, as in Message Analyzer. */
export const dissectIpv6: Dissector = (input) => {
  const header = new HeaderReader(input);
  const version = header.packed(4, (value) => [
    numberField('Version', value >>> 28),
    numberField('TrafficClass', (value >>> 20) & 0xff),
    numberField('FlowLabel', value & 0xfffff, (bits) => hexNumber(bits, 5)),
  ]);
  const payloadLength = header.number('PayloadLength', 2);
  const nextHeader = header.number('NextHeader', 1, ipProtocolText);
  header.number('HopLimit', 1);
  const source = header.ipv6('SourceAddress');
  const destination = header.ipv6('DestinationAddress');
  const end = datagramEnd(input, payloadLength, nextHeader);
  const chain = nextHeader === undefined ? undefined : readExtensionHeaders(header, nextHeader, end);

  const summary = summaryOf([
    labelled('Fragment, Offset', chain?.fragmentOffset),
    labelled('Next Protocol', chain?.protocol, ipProtocolName),
    labelled('Payload Length', payloadLength),
  ]);
  const wrongVersion =
    version !== undefined && version >>> 28 !== 6 ? `Version ${version >>> 28} is not IPv6.` : undefined;
  const notes = [wrongVersion, lengthNote(payloadLength, nextHeader)];
  const layer = finishedLayer('IPv6', header, { summary, source, destination, end, notes });
  if (chain === undefined || header.cut || wrongVersion !== undefined) return { layer };
  const range = { start: header.position, end };
  if (chain.protocol === IpProtocol.NoNextHeader || (chain.fragmentOffset ?? 0) > 0) return { layer, payload: range };
  return { layer, payload: { ...range, protocol: { registry: 'IpProtocol', number: chain.protocol } } };
};

/** A payload length of 0 stands in jumbograms, and in packets the network card is still to cut into segments. */
function datagramEnd(input: LayerInput, payloadLength: number | undefined, nextHeader: number | undefined): number {
  if (payloadLength === undefined || isUnsegmented(payloadLength, nextHeader)) return input.end;
  return endWithin(input, input.start + fixedHeader + payloadLength);
}

function isUnsegmented(payloadLength: number | undefined, nextHeader: number | undefined): boolean {
  return payloadLength === 0 && nextHeader !== IpProtocol.NoNextHeader;
}

function lengthNote(payloadLength: number | undefined, nextHeader: number | undefined): string | undefined {
  if (!isUnsegmented(payloadLength, nextHeader)) return undefined;
  return 'PayloadLength is 0, as in a jumbogram or before segmentation by the network card; the frame tells the length.';
}

interface ExtensionChain {
  /** The protocol behind the last extension header. */
  protocol: number;
  /** In bytes; present when there is a fragment header. */
  fragmentOffset?: number;
}

/** Reads extension headers until a transport protocol, a later fragment's data or the end of the bytes. */
function readExtensionHeaders(header: HeaderReader, nextHeader: number, end: number): ExtensionChain {
  const chain: ExtensionChain = { protocol: nextHeader };
  while (!header.cut && header.position < end && (chain.fragmentOffset ?? 0) === 0) {
    const kind = extensionKinds.get(chain.protocol);
    if (kind === undefined) break;
    readExtensionHeader(header, kind, chain, end);
  }
  return chain;
}

interface ExtensionKind {
  readonly name: string;
  /** Bytes of the header by its second byte. */
  readonly lengthOf: (lengthByte: number) => number;
  /** Reads the fields behind the second byte. */
  readonly read: (header: HeaderReader, chain: ExtensionChain) => void;
}

function readExtensionHeader(header: HeaderReader, kind: ExtensionKind, chain: ExtensionChain, end: number): void {
  const { input, position } = header;
  const length = header.remaining < 2 ? 2 : kind.lengthOf(input.frame[position + 1]);
  header.group(kind.name, length, (start, stop) => {
    const extension = new HeaderReader({ ...input, start, end: Math.min(stop, end) });
    const next = extension.number('NextHeader', 1, ipProtocolText);
    kind.read(extension, chain);
    if (next !== undefined) chain.protocol = next;
    return { value: byteCount(length), members: extension.fields };
  });
}

const unitsOfEight = (lengthByte: number): number => (lengthByte + 1) * 8;

const optionsHeader = (name: string): ExtensionKind => ({
  name,
  lengthOf: unitsOfEight,
  read: (header) => {
    header.number('HdrExtLen', 1);
    readOptions(header);
  },
});

const extensionKinds = new Map<number, ExtensionKind>([
  [IpProtocol.HopByHopOptions, optionsHeader('HopByHopOptionsHeader')],
  [IpProtocol.DestinationOptions, optionsHeader('DestinationOptionsHeader')],
  [
    IpProtocol.RoutingHeader,
    {
      name: 'RoutingHeader',
      lengthOf: unitsOfEight,
      read: readRoutingHeader,
    },
  ],
  [IpProtocol.FragmentHeader, { name: 'FragmentHeader', lengthOf: () => 8, read: readFragmentHeader }],
  [
    IpProtocol.AuthenticationHeader,
    {
      name: 'AuthenticationHeader',
      // Counts units of 4 bytes, less 2 (RFC 4302, 2.2).
      lengthOf: (lengthByte) => (lengthByte + 2) * 4,
      read: (header) => {
        header.number('PayloadLen', 1);
        header.skip(2);
        header.number('SecurityParametersIndex', 4, (value) => hexNumber(value, 8));
        header.number('SequenceNumber', 4);
      },
    },
  ],
]);

const routingTypes = new Map([
  [0, 'SourceRoute'],
  [2, 'MobileIPv6'],
  [3, 'RPL'],
  [4, 'SegmentRouting'],
]);

function readRoutingHeader(header: HeaderReader): void {
  header.number('HdrExtLen', 1);
  const type = header.number('RoutingType', 1, namedNumber(routingTypes));
  header.number('SegmentsLeft', 1);
  if (type === 4) readSegments(header);
  else if (type === 0 || type === 2) {
    header.skip(4);
    while (header.remaining >= 16) header.ipv6('Address');
  } else header.bytes('TypeSpecificData', header.remaining);
}

/** The list of segments runs from the last one to the first (RFC 8754, 2). */
function readSegments(header: HeaderReader): void {
  const last = header.number('LastEntry', 1) ?? 0;
  header.number('Flags', 1, (value) => hexNumber(value, 2));
  header.number('Tag', 2);
  for (let segment = 0; segment <= last && header.remaining >= 16; segment++) header.ipv6('Segment');
  header.bytes('TypeLengthValues', header.remaining);
}

function readFragmentHeader(header: HeaderReader, chain: ExtensionChain): void {
  header.skip(1);
  const offset = header.packed(2, (value) => [
    numberField('FragmentOffset', value >> 3),
    flagField('MFlag', (value & 1) === 1),
  ]);
  header.number('Identification', 4);
  if (offset !== undefined) chain.fragmentOffset = (offset >> 3) * 8;
}

export const ipv6OptionKinds = new Map<number, OptionKind>([
  [0, { name: 'Pad1' }],
  [1, { name: 'PadN' }],
  [5, { name: 'RouterAlert', length: 4, value: numberKind() }],
  [0xc2, { name: 'JumboPayload', length: 6, value: numberKind() }],
  [0xc9, { name: 'HomeAddress', length: 18, value: ipv6List }],
]);

function readOptions(header: HeaderReader): void {
  const { frame } = header.input;
  header.group('Options', header.remaining, (start, end) => ({
    value: hexPairs(frame.subarray(start, end)),
    members: optionFields(frame, start, end, ipv6Options, ipv6OptionKinds),
  }));
}
