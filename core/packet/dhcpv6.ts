import { filetimeToIso } from '../base/filetime.ts';
import type { Dissector } from './dissector.ts';
import { domainNameAt } from './domain-name.ts';
import { hexNumber, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { optionFields, wideOptions, type OptionKind } from './options.ts';
import { domainList, ipv6List, numberKind, plainText, wordList } from './value-kinds.ts';

const relayForward = 12;
const relayReply = 13;
const messageNames = new Map([
  [1, 'Solicit'],
  [2, 'Advertise'],
  [3, 'Request'],
  [4, 'Confirm'],
  [5, 'Renew'],
  [6, 'Rebind'],
  [7, 'Reply'],
  [8, 'Release'],
  [9, 'Decline'],
  [10, 'Reconfigure'],
  [11, 'Information-Request'],
  [relayForward, 'Relay-Forward'],
  [relayReply, 'Relay-Reply'],
]);

/** A message is relayed by so many agents at most (HOP_COUNT_LIMIT, RFC 8415, 7.6). */
const mostRelays = 8;

/** DHCP for IPv6 (RFC 8415). */
export const dissectDhcpv6: Dissector = (input) => {
  const header = new HeaderReader(input);
  const summary = readMessage(header, mostRelays);
  const layer = finishedLayer('DHCPv6', header, { summary });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

/** Whether a message of a known type begins here. */
export function looksLikeDhcpv6(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 4 && messageNames.has(bytes[start]);
}

/** Reads a message; of the messages inside it, if it is relayed, as many as `relays` says. Gives the summary. */
function readMessage(header: HeaderReader, relays: number): string {
  const type = header.number('MessageType', 1, namedNumber(messageNames));
  const isRelayed = type === relayForward || type === relayReply;
  const tail = isRelayed ? readRelayHeader(header) : readTransaction(header);
  readOptions(header, messageKinds(relays));
  return summaryOf([type === undefined ? undefined : nameOrNumber(messageNames)(type), tail]);
}

function readTransaction(header: HeaderReader): string | undefined {
  const asText = (value: number): string => hexNumber(value, 6);
  return labelled('TransactionID', header.number('TransactionID', 3, asText), asText);
}

function readRelayHeader(header: HeaderReader): string | undefined {
  const hops = header.number('HopCount', 1);
  const link = header.ipv6('LinkAddress');
  const peer = header.ipv6('PeerAddress');
  const parts = [labelled('Hop Count', hops), labelled('Link', link), labelled('Peer', peer)];
  return hops === undefined ? undefined : summaryOf(parts);
}

/** Reads all that is left as options; gives what they say in one line. */
function readOptions(header: HeaderReader, kinds: ReadonlyMap<number, OptionKind>): string {
  let text = '';
  header.group('Options', header.remaining, (start, end) => {
    const members = optionFields(header.input.frame, start, end, wideOptions, kinds);
    text = members.map(({ name, value }) => (value === '' ? name : `${name}: ${value}`)).join(', ');
    return { value: members.map(({ name }) => name).join(', '), members };
  });
  return text;
}

const hardwareTypeText = (value: number): string => (value === 1 ? 'Ethernet(1)' : String(value));
const identifierTypes = new Map([
  [1, 'LinkLayerTime'],
  [2, 'Enterprise'],
  [3, 'LinkLayer'],
  [4, 'UUID'],
]);

/** 2000-01-01 as a FILETIME in seconds: from then on the time in an identifier counts, in seconds. */
const identifierEpoch = 12_591_158_400n;

function identifierTimeText(seconds: number): string {
  return filetimeToIso((identifierEpoch + BigInt(seconds)) * 10_000_000n);
}

/** A DHCP unique identifier (RFC 8415, 11; RFC 6355). */
function readUniqueIdentifier(value: HeaderReader): string {
  const type = value.number('DUIDType', 2, namedNumber(identifierTypes));
  if (type === 1 || type === 3) {
    value.number('HardwareType', 2, hardwareTypeText);
    if (type === 1) value.number('Time', 4, identifierTimeText);
    return readLinkLayerAddress(value);
  }
  if (type === 2) value.number('EnterpriseNumber', 4);
  return value.bytes('Identifier', value.remaining) ?? '';
}

function readLinkLayerAddress(value: HeaderReader): string {
  const address =
    value.remaining === 6 ? value.mac('LinkLayerAddress') : value.bytes('LinkLayerAddress', value.remaining);
  return address ?? '';
}

/** Addresses or prefixes for one interface, with the times to renew them (RFC 8415, 21.4 and 21.21). */
function readAssociation(value: HeaderReader): string {
  value.number('IAID', 4, (identifier) => hexNumber(identifier, 8));
  value.number('T1', 4);
  value.number('T2', 4);
  return readOptions(value, associationKinds);
}

function readTemporaryAssociation(value: HeaderReader): string {
  value.number('IAID', 4, (identifier) => hexNumber(identifier, 8));
  return readOptions(value, associationKinds);
}

function readAddress(value: HeaderReader): string {
  const address = value.ipv6('IPv6Address');
  value.number('PreferredLifetime', 4);
  value.number('ValidLifetime', 4);
  readOptions(value, statusKinds);
  return address ?? '';
}

function readPrefix(value: HeaderReader): string {
  value.number('PreferredLifetime', 4);
  value.number('ValidLifetime', 4);
  const length = value.number('PrefixLength', 1);
  const prefix = value.ipv6('IPv6Prefix');
  readOptions(value, statusKinds);
  return prefix === undefined || length === undefined ? '' : `${prefix}/${length}`;
}

const statusNames = new Map([
  [0, 'Success'],
  [1, 'UnspecFail'],
  [2, 'NoAddrsAvail'],
  [3, 'NoBinding'],
  [4, 'NotOnLink'],
  [5, 'UseMulticast'],
  [6, 'NoPrefixAvail'],
]);

function readStatus(value: HeaderReader): string {
  const code = value.number('StatusCode', 2, namedNumber(statusNames));
  value.utf8('StatusMessage', value.remaining);
  return code === undefined ? '' : nameOrNumber(statusNames)(code);
}

function readVendorClass(value: HeaderReader): string {
  value.number('EnterpriseNumber', 4);
  const texts: string[] = [];
  while (value.remaining > 0) {
    const length = value.number('VendorClassLength', 2);
    texts.push((length === undefined ? undefined : value.utf8('VendorClassData', length)) ?? '');
  }
  return texts.join(', ');
}

function readVendorOptions(value: HeaderReader): string {
  const enterprise = value.number('EnterpriseNumber', 4);
  value.bytes('VendorOptionData', value.remaining);
  return labelled('EnterpriseNumber', enterprise) ?? '';
}

/** RFC 4704, 4.1. */
function readClientName(value: HeaderReader): string {
  value.number('Flags', 1, (flags) => hexNumber(flags, 2));
  return value.delimited('DomainName', clientNameAt) ?? '';
}

/** A client that knows only its host name leaves out the closing zero. */
function clientNameAt(frame: Uint8Array, start: number, limit: number) {
  const whole = domainNameAt(frame, start, limit, start);
  return whole ?? { value: plainText.read(frame, Math.min(start + 1, limit), limit).value, next: limit };
}

const statusKinds = new Map<number, OptionKind>([[13, { name: 'StatusCode', parts: readStatus }]]);

/** What an association holds. */
const associationKinds = new Map<number, OptionKind>([
  [5, { name: 'IAAddress', parts: readAddress }],
  [26, { name: 'IAPrefix', parts: readPrefix }],
  ...statusKinds,
]);

export const dhcpv6OptionKinds = new Map<number, OptionKind>([
  [1, { name: 'ClientIdentifier', parts: readUniqueIdentifier }],
  [2, { name: 'ServerIdentifier', parts: readUniqueIdentifier }],
  [3, { name: 'IA_NA', parts: readAssociation }],
  [4, { name: 'IA_TA', parts: readTemporaryAssociation }],
  [6, { name: 'OptionRequest', value: wordList }],
  [7, { name: 'Preference', value: numberKind() }],
  [8, { name: 'ElapsedTime', value: numberKind() }],
  [9, { name: 'RelayMessage' }],
  [11, { name: 'Authentication' }],
  [12, { name: 'ServerUnicast', value: ipv6List }],
  [14, { name: 'RapidCommit' }],
  [15, { name: 'UserClass' }],
  [16, { name: 'VendorClass', parts: readVendorClass }],
  [17, { name: 'VendorOptions', parts: readVendorOptions }],
  [18, { name: 'InterfaceID' }],
  [19, { name: 'ReconfigureMessage', value: numberKind(namedNumber(messageNames)) }],
  [20, { name: 'ReconfigureAccept' }],
  [21, { name: 'SIPServerDomainNames', value: domainList }],
  [22, { name: 'SIPServerAddresses', value: ipv6List }],
  [23, { name: 'DNSRecursiveNameServer', value: ipv6List }],
  [24, { name: 'DomainSearchList', value: domainList }],
  [25, { name: 'IA_PD', parts: readAssociation }],
  [31, { name: 'SNTPServers', value: ipv6List }],
  [32, { name: 'InformationRefreshTime', value: numberKind() }],
  [37, { name: 'RemoteID' }],
  [38, { name: 'SubscriberID' }],
  [39, { name: 'ClientFQDN', parts: readClientName }],
  [56, { name: 'NTPServer' }],
  [59, { name: 'BootFileURL', value: plainText }],
  [61, { name: 'ClientSystemArchitecture', value: wordList }],
  [79, { name: 'ClientLinkLayerAddress' }],
  [82, { name: 'SolMaxRT', value: numberKind() }],
  [83, { name: 'InfMaxRT', value: numberKind() }],
  ...statusKinds,
]);

/** The options of a message that stands in `mostRelays - relays` others; one that is relayed too often stays bytes. */
function messageKinds(relays: number): ReadonlyMap<number, OptionKind> {
  if (relays === 0) return dhcpv6OptionKinds;
  return new Map([
    ...dhcpv6OptionKinds,
    [9, { name: 'RelayMessage', parts: (value) => readMessage(value, relays - 1) }],
  ]);
}
