import { macAt } from '../base/address.ts';
import { controlMessageName, readControlHeader, readQuotedPacket, type ControlMessage } from './control-message.ts';
import type { Dissector } from './dissector.ts';
import { hexNumber, hexWord, labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { neighborOptions, optionField, optionsBetween, type OptionKind } from './options.ts';

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

function readListenerQuery(header: HeaderReader): string | undefined {
  const delay = header.number('MaximumResponseDelay', 2);
  header.skip(2);
  header.ipv6('MulticastAddress');
  return labelled('Maximum Response Delay', delay, hexWord);
}

function readListenerReport(header: HeaderReader): undefined {
  header.skip(2);
  header.number('McastAddressRecordsCount', 2);
}

function readRouterSolicitation(header: HeaderReader): undefined {
  header.skip(4);
  readOptions(header);
}

function readRouterAdvertisement(header: HeaderReader): undefined {
  header.number('CurHopLimit', 1);
  header.packed(1, (value) => [
    { name: 'M', value: String((value & 0x80) !== 0) },
    { name: 'O', value: String((value & 0x40) !== 0) },
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
    { name: 'R', value: String((value & 0x8000_0000) !== 0) },
    { name: 'S', value: String((value & 0x4000_0000) !== 0) },
    { name: 'O', value: String((value & 0x2000_0000) !== 0) },
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

const optionKinds = new Map<number, OptionKind>([
  [1, { name: 'SourceLinkLayerAddress', length: 8, text: macAt }],
  [2, { name: 'TargetLinkLayerAddress', length: 8, text: macAt }],
  [3, { name: 'PrefixInformation' }],
  [4, { name: 'RedirectedHeader' }],
  [5, { name: 'MTU' }],
  [14, { name: 'Nonce' }],
  [24, { name: 'RouteInformation' }],
  [25, { name: 'RecursiveDNSServer' }],
  [31, { name: 'DNSSearchList' }],
]);

/** Options are plain fields of the message. */
function readOptions(header: HeaderReader): void {
  const { frame } = header.input;
  const length = header.remaining;
  if (length === 0) return;
  header.group('Options', length, (start, end) => {
    const members = optionsBetween(frame, start, end, neighborOptions).map((option) =>
      optionField(frame, option, optionKinds.get(option.type)),
    );
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
  [143, { name: 'MLDv2 Multicast Listener Report', read: readListenerReport }],
]);
