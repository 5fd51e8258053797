import { controlMessageName, readControlHeader, readQuotedPacket, type ControlMessage } from './control-message.ts';
import type { Dissector } from './dissector.ts';
import { finishedLayer, HeaderReader, numberField } from './header-reader.ts';

/** ICMP for IPv4 (RFC 792). */
export const dissectIcmp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const { type, code } = readControlHeader(header, messages);
  const message = type === undefined ? undefined : messages.get(type);
  if (!header.cut) message?.read?.(header);
  const layer = finishedLayer('ICMP', header, { summary: summaryText(type, code) });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

function summaryText(type: number | undefined, code: number | undefined): string {
  if (type === undefined) return 'Truncated';
  const message = messages.get(type);
  return message === undefined ? 'Reserved' : controlMessageName(message, code);
}

/** Times of day in milliseconds (RFC 792). */
function readTimestamps(header: HeaderReader): undefined {
  readEcho(header);
  header.number('OriginateTimestamp', 4);
  header.number('ReceiveTimestamp', 4);
  header.number('TransmitTimestamp', 4);
}

function readAddressMask(header: HeaderReader): undefined {
  readEcho(header);
  header.ipv4('AddressMask');
}

/** Routers, each with how much it wants to be chosen (RFC 1256). */
function readRouterAdvertisement(header: HeaderReader): undefined {
  const count = header.number('NumberOfAddresses', 1) ?? 0;
  header.number('AddressEntrySize', 1);
  header.number('Lifetime', 2);
  for (let router = 0; router < count && header.remaining > 0; router++) {
    header.ipv4('RouterAddress');
    header.packed(4, (value) => [numberField('PreferenceLevel', value | 0)]);
  }
}

function readEcho(header: HeaderReader): undefined {
  header.number('Identifier', 2);
  header.number('SequenceNumber', 2);
}

function readError(header: HeaderReader): undefined {
  readQuotedPacket(header, 4);
}

/** Code 4 tells the size that would pass in the last two bytes (RFC 1191). */
function readUnreachable(header: HeaderReader): undefined {
  header.skip(2);
  header.number('NextHopMTU', 2);
  readQuotedPacket(header, 0);
}

function readRedirect(header: HeaderReader): undefined {
  header.ipv4('GatewayInternetAddress');
  readQuotedPacket(header, 0);
}

function readParameterProblem(header: HeaderReader): undefined {
  header.number('Pointer', 1);
  readQuotedPacket(header, 3);
}

const messages: ReadonlyMap<number, ControlMessage> = new Map<number, ControlMessage>([
  [0, { name: 'Echo Reply', read: readEcho }],
  [
    3,
    {
      name: 'Destination Unreachable',
      read: readUnreachable,
      codes: [
        'Network unreachable error.',
        'Host unreachable error.',
        'Protocol unreachable error.',
        'Port unreachable error.',
        'The datagram is too big.',
        'Source route failed error.',
        'Destination network unknown error.',
        'Destination host unknown error.',
        'Source host isolated error.',
        'The destination network is administratively prohibited.',
        'The destination host is administratively prohibited.',
        'The network is unreachable for Type Of Service.',
        'The host is unreachable for Type Of Service.',
        'Communication Administratively Prohibited.',
        'Host precedence violation.',
        'Precedence cutoff in effect.',
      ],
    },
  ],
  [4, { name: 'Source Quench', read: readError }],
  [
    5,
    {
      name: 'Redirect',
      read: readRedirect,
      codes: ['Network error.', 'Host error.', 'TOS and network error.', 'TOS and host error.'],
    },
  ],
  [8, { name: 'Echo Request', read: readEcho }],
  [9, { name: 'Router Advertisement', read: readRouterAdvertisement }],
  [10, { name: 'Router Solicitation' }],
  [
    11,
    {
      name: 'Time Exceeded',
      read: readError,
      codes: ['Time to live (TTL) equals 0 during transit.', 'Fragment reassembly timeout.'],
    },
  ],
  [
    12,
    {
      name: 'Parameter Problem',
      read: readParameterProblem,
      codes: ['Invalid IP header.', 'A required option is missing.', 'Bad length.'],
    },
  ],
  [13, { name: 'Timestamp', read: readTimestamps }],
  [14, { name: 'Timestamp Reply', read: readTimestamps }],
  [15, { name: 'Information Request', read: readEcho }],
  [16, { name: 'Information Reply', read: readEcho }],
  [17, { name: 'Address Mask Request', read: readAddressMask }],
  [18, { name: 'Address Mask Reply', read: readAddressMask }],
]);
