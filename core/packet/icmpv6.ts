import { controlMessageName, readControlHeader, readQuotedPacket, type ControlMessage } from './control-message.ts';
import type { Dissector } from './dissector.ts';
import { domainNameAt } from './domain-name.ts';
import { hexNumber, hexWord, labelled, namedNumber, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader, type Delimited, numberField, flagField } from './header-reader.ts';
import { readGroupRecords, readQuerySources } from './multicast-groups.ts';
import { neighborOptions, optionFields, type OptionKind } from './options.ts';
import { macReading, ipv6Reading } from './field-readings.ts';
import type { ValueKind } from './value-kinds.ts';

/** ICMPv6 with neighbour discovery and multicast listener discovery (RFC 4443, 4861, 2710, 3810). */
export const dissectIcmpv6: Dissector = (input) => {
  const header = new HeaderReader(input);
  const { type, code } = readControlHeader(header, messages);
  const message = type === undefined ? undefined : messages.get(type);
  const tail = header.cut ? undefined : message?.read?.(header);
  const name = message === undefined ? labelled('Type', type) : controlMessageName(message, code);
  const layer = finishedLayer('ICMPv6', header, { summary: summaryOf([name, tail]) });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

function readEcho(header: HeaderReader): string | undefined {
  const identifier = header.number('Identifier', 2);
  const sequence = header.number('SequenceNumber', 2);
  const parts = [labelled('ID', identifier, hexWord), labelled('Seq', sequence, hexWord)];
  return identifier === undefined ? undefined : summaryOf(parts);
}

function readError(header: HeaderReader): undefined {
  readQuotedPacket(header, 4);
}

function readTooBig(header: HeaderReader): string | undefined {
  const mtu = header.number('MTU', 4);
  readQuotedPacket(header, 0);
  return labelled('MTU', mtu);
}

function readParameterProblem(header: HeaderReader): string | undefined {
  const pointer = header.number('Pointer', 4);
  readQuotedPacket(header, 0);
  return labelled('Pointer', pointer, (value) => hexNumber(value, 8));
}

function readListener(header: HeaderReader): undefined {
  header.number('MaximumResponseDelay', 2);
  header.skip(2);
  header.ipv6('MulticastAddress');
}

/** Version 2 goes on behind the address (RFC 3810, 5.1). */
function readListenerQuery(header: HeaderReader): string | undefined {
  const delay = header.number('MaximumResponseDelay', 2);
  header.skip(2);
  header.ipv6('MulticastAddress');
  if (header.remaining >= 4) readQuerySources(header, 'ipv6');
  return labelled('Maximum Response Delay', delay, hexWord);
}

function readListenerReport(header: HeaderReader): undefined {
  header.skip(2);
  const count = header.number('McastAddressRecordsCount', 2) ?? 0;
  readGroupRecords(header, 'McastAddressRecord', count, 'ipv6');
}

function readRouterSolicitation(header: HeaderReader): undefined {
  header.skip(4);
  readOptions(header);
}

function readRouterAdvertisement(header: HeaderReader): undefined {
  header.number('CurHopLimit', 1);
  header.packed(1, (value) => [
    flagField('M', (value & 0x80) !== 0),
    flagField('O', (value & 0x40) !== 0),
    flagField('H', (value & 0x20) !== 0),
    numberField('Prf', (value >> 3) & 3, preferenceText),
  ]);
  header.number('RouterLifetime', 2);
  header.number('ReachableTime', 4);
  header.number('RetransTimer', 4);
  readOptions(header);
}

function readSolicitation(header: HeaderReader): string | undefined {
  header.skip(4);
  return readTarget(header);
}

function readAdvertisement(header: HeaderReader): string | undefined {
  header.packed(4, (value) => [
    flagField('R', (value & 0x8000_0000) !== 0),
    flagField('S', (value & 0x4000_0000) !== 0),
    flagField('O', (value & 0x2000_0000) !== 0),
  ]);
  return readTarget(header);
}

function readTarget(header: HeaderReader): string | undefined {
  const target = header.ipv6('TargetAddress');
  readOptions(header);
  return labelled('Target', target);
}

function readRedirect(header: HeaderReader): string | undefined {
  header.skip(4);
  const target = header.ipv6('TargetAddress');
  header.ipv6('DestinationAddress');
  readOptions(header);
  return labelled('Target', target);
}

/** How much a router or a route wants to be chosen (RFC 4191, 2.1). */
const preferenceText = namedNumber(
  new Map([
    [0, 'Medium'],
    [1, 'High'],
    [2, 'Reserved'],
    [3, 'Low'],
  ]),
);

/** RFC 4861, 4.6.2. */
function readPrefix(value: HeaderReader): string {
  const length = value.number('PrefixLength', 1);
  value.packed(1, (bits) => [flagField('L', (bits & 0x80) !== 0), flagField('A', (bits & 0x40) !== 0)]);
  value.number('ValidLifetime', 4);
  value.number('PreferredLifetime', 4);
  value.skip(4);
  const prefix = value.ipv6('Prefix');
  return prefix === undefined || length === undefined ? '' : `${prefix}/${length}`;
}

function readMtu(value: HeaderReader): string {
  value.skip(2);
  return String(value.number('MTU', 4) ?? '');
}

/** The packet that is redirected, behind six bytes of nothing. */
function readRedirected(value: HeaderReader): string {
  readQuotedPacket(value, 6);
  return '';
}

/** As much of the prefix as matters is written, in units of 8 bytes (RFC 4191, 2.3). */
function readRoute(value: HeaderReader): string {
  const length = value.number('PrefixLength', 1);
  value.packed(1, (bits) => [numberField('Prf', (bits >> 3) & 3, preferenceText)]);
  value.number('RouteLifetime', 4);
  const prefix = value.delimited('Prefix', prefixAt);
  return prefix === undefined || length === undefined ? '' : `${prefix}/${length}`;
}

function prefixAt(frame: Uint8Array, start: number, limit: number): Delimited {
  const address = new Uint8Array(16);
  address.set(frame.subarray(start, Math.min(limit, start + address.length)));
  return { ...ipv6Reading(address, 0), next: limit };
}

/** RFC 8106, 5.1. */
function readNameServers(value: HeaderReader): string {
  value.skip(2);
  value.number('Lifetime', 4);
  const servers: (string | undefined)[] = [];
  while (value.remaining >= 16) servers.push(value.ipv6('Address'));
  return servers.join(', ');
}

/** Names, and zeros that fill the option up (RFC 8106, 5.2). */
function readSearchList(value: HeaderReader): string {
  value.skip(2);
  value.number('Lifetime', 4);
  const names: string[] = [];
  while (value.remaining > 0 && value.input.frame[value.position] !== 0)
    names.push(value.delimited('DomainName', (frame, start, limit) => domainNameAt(frame, start, limit, start)) ?? '');
  return names.join(', ');
}

const hardwareAddress: ValueKind = { type: 'mac', read: macReading };

export const neighborOptionKinds = new Map<number, OptionKind>([
  [1, { name: 'SourceLinkLayerAddress', length: 8, value: hardwareAddress }],
  [2, { name: 'TargetLinkLayerAddress', length: 8, value: hardwareAddress }],
  [3, { name: 'PrefixInformation', length: 32, parts: readPrefix }],
  [4, { name: 'RedirectedHeader', parts: readRedirected }],
  [5, { name: 'MTU', length: 8, parts: readMtu }],
  [14, { name: 'Nonce' }],
  [24, { name: 'RouteInformation', parts: readRoute }],
  [25, { name: 'RecursiveDNSServer', parts: readNameServers }],
  [31, { name: 'DNSSearchList', parts: readSearchList }],
]);

/** Options are plain fields of the message. */
function readOptions(header: HeaderReader): void {
  const { frame } = header.input;
  const length = header.remaining;
  if (length === 0) return;
  header.group('Options', length, (start, end) => {
    const members = optionFields(frame, start, end, neighborOptions, neighborOptionKinds);
    return { value: members.map((member) => `${member.name}: ${member.value}`).join(', '), members };
  });
}

const messages: ReadonlyMap<number, ControlMessage> = new Map<number, ControlMessage>([
  [
    1,
    {
      name: 'Destination Unreachable',
      read: readError,
      codes: [
        'No route to destination.',
        'Communication with destination administratively prohibited.',
        'Beyond scope of source address.',
        'Address unreachable.',
        'Port unreachable.',
        'Source address failed ingress/egress policy.',
        'Reject route to destination.',
      ],
    },
  ],
  [2, { name: 'Packet Too Big', read: readTooBig }],
  [
    3,
    {
      name: 'Time Exceeded',
      read: readError,
      codes: ['Hop limit exceeded in transit.', 'Fragment reassembly time exceeded.'],
    },
  ],
  [
    4,
    {
      name: 'Parameter Problem',
      read: readParameterProblem,
      codes: [
        'Erroneous header field encountered.',
        'Unrecognized Next Header type encountered.',
        'Unrecognized IPv6 option encountered.',
      ],
    },
  ],
  [128, { name: 'Echo Request', read: readEcho }],
  [129, { name: 'Echo Reply', read: readEcho }],
  [130, { name: 'Multicast Listener Query', read: readListenerQuery }],
  [131, { name: 'Multicast Listener Report', read: readListener }],
  [132, { name: 'Multicast Listener Done', read: readListener }],
  [133, { name: 'Router Solicitation', read: readRouterSolicitation }],
  [134, { name: 'Router Advertisement', read: readRouterAdvertisement }],
  [135, { name: 'Neighbor Solicitation', read: readSolicitation }],
  [136, { name: 'Neighbor Advertisement', read: readAdvertisement }],
  [137, { name: 'Redirect', read: readRedirect }],
  [138, { name: 'Router Renumbering' }],
  [139, { name: 'Node Information Query' }],
  [140, { name: 'Node Information Response' }],
  [141, { name: 'Inverse Neighbor Discovery Solicitation' }],
  [142, { name: 'Inverse Neighbor Discovery Advertisement' }],
  [143, { name: 'MLDv2 Multicast Listener Report', read: readListenerReport }],
]);
