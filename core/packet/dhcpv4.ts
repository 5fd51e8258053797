import { ipv4At } from '../base/address.ts';
import { guidAt } from '../base/guid.ts';
import type { Dissector } from './dissector.ts';
import { domainNameAt } from './domain-name.ts';
import { hexNumber, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, flagField } from './header-reader.ts';
import { dhcpOptions, elements, optionFields, optionsBetween, type OptionKind } from './options.ts';
import {
  byteList,
  domainList,
  ipv4List,
  numberKind,
  plainText,
  wordList,
  type ValueKind,
  listReading,
} from './value-kinds.ts';
import { macReading, bytesReading, textReading, numberReading } from './field-readings.ts';
import type { FieldReading } from './layer.ts';

const bootRequest = 1;
const bootReply = 2;
const operationNames = new Map([
  [bootRequest, 'Request'],
  [bootReply, 'Reply'],
]);

/** What stands before the options; four bytes say that options follow (RFC 2131, 2 and 3). */
const fixedLength = 236;
const magicCookie = 0x63825363;

/** DHCP for IPv4, and BOOTP (RFC 2131, RFC 951). */
export const dissectDhcpv4: Dissector = (input) => {
  const header = new HeaderReader(input);
  const operation = header.number('OpCode', 1, namedNumber(operationNames));
  header.number('HardwareType', 1, (value) => (value === 1 ? 'Ethernet(1)' : String(value)));
  const hardwareLength = header.number('HardwareAddressLength', 1);
  header.number('HopCount', 1);
  const transaction = header.number('TransactionID', 4, transactionText);
  header.number('Seconds', 2);
  header.packed(2, (value) => [flagField('Broadcast', (value & 0x8000) !== 0)]);
  header.ipv4('ClientIP');
  const yours = header.ipv4('YourIP');
  header.ipv4('ServerIP');
  header.ipv4('RelayAgentIP');
  readHardwareAddress(header, hardwareLength ?? 0);
  const options = upcomingOptions(header);
  readTextOrOptions(header, 'ServerHostName', 64, (options.overload & 2) !== 0);
  readTextOrOptions(header, 'BootFileName', 128, (options.overload & 1) !== 0);
  readOptions(header);
  const summary = summaryOf([
    labelledName(operation),
    labelled('MsgType', options.messageType, nameOrNumber(messageTypeNames)),
    labelled('TransactionID', transaction, transactionText),
    yours === '0.0.0.0' ? undefined : labelled('YourIP', yours),
  ]);
  const layer = finishedLayer('DHCPv4', header, { summary });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

/** Whether a request or a reply with a plausible hardware address begins here, with options or (BOOTP) without. */
export function looksLikeDhcpv4(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 4) return false;
  const isOperation = bytes[start] === bootRequest || bytes[start] === bootReply;
  return isOperation && bytes[start + 2] <= 16;
}

function transactionText(value: number): string {
  return hexNumber(value, 8);
}

function labelledName(operation: number | undefined): string | undefined {
  return operation === undefined ? undefined : nameOrNumber(operationNames)(operation);
}

/** The field has 16 bytes, however long the address in it is. */
function readHardwareAddress(header: HeaderReader, length: number): void {
  const fieldLength = 16;
  if (length === 6) header.mac('ClientHardwareAddress');
  else header.bytes('ClientHardwareAddress', Math.min(length, fieldLength));
  header.skip(fieldLength - Math.min(length, fieldLength));
}

interface UpcomingOptions {
  readonly messageType: number | undefined;
  /** Bit 0: the boot file name holds options, bit 1: the server host name does (RFC 2132, 9.3). */
  readonly overload: number;
}

/** What the options say of the fields before them. The reader stands behind the hardware address. */
function upcomingOptions(header: HeaderReader): UpcomingOptions {
  const { frame, start } = header.input;
  const cookie = start + fixedLength;
  const end = header.position + header.remaining;
  if (header.remaining === 0 || cookie + 4 > end || bigEndianAt(frame, cookie, 4) !== magicCookie)
    return { messageType: undefined, overload: 0 };
  const options = optionsBetween(frame, cookie + 4, end, dhcpOptions);
  const byteOf = (type: number): number | undefined => {
    const option = options.find((each) => each.type === type && each.length === 3);
    return option && frame[option.valueStart];
  };
  return { messageType: byteOf(Option.MessageType), overload: byteOf(Option.Overload) ?? 0 };
}

function readTextOrOptions(header: HeaderReader, name: string, length: number, isOptions: boolean): void {
  if (!isOptions) header.zeroTerminated(name, length);
  else {
    header.group(name, length, (start, end) => {
      const members = optionFields(header.input.frame, start, end, dhcpOptions, dhcpv4OptionKinds);
      return { value: namesOf(members), members };
    });
  }
}

function readOptions(header: HeaderReader): void {
  if (header.remaining === 0) return;
  if (header.number('MagicCookie', 4, (value) => hexNumber(value, 8)) !== magicCookie) return;
  header.group('Options', header.remaining, (start, end) => {
    const members = optionFields(header.input.frame, start, end, dhcpOptions, dhcpv4OptionKinds);
    return { value: namesOf(members), members };
  });
}

function namesOf(fields: readonly { readonly name: string }[]): string {
  return fields.map(({ name }) => name).join(', ');
}

const Option = { Overload: 52, MessageType: 53 } as const;

const messageTypeNames = new Map([
  [1, 'Discover'],
  [2, 'Offer'],
  [3, 'Request'],
  [4, 'Decline'],
  [5, 'Ack'],
  [6, 'Nak'],
  [7, 'Release'],
  [8, 'Inform'],
  [9, 'ForceRenew'],
  [10, 'LeaseQuery'],
  [11, 'LeaseUnassigned'],
  [12, 'LeaseUnknown'],
  [13, 'LeaseActive'],
]);

const oneNumber = numberKind();
/** A number of four bytes that may be below zero. */
const signedNumber: ValueKind = {
  type: 'integer',
  read: (frame, start, end) =>
    end - start === 4 ? numberReading(bigEndianAt(frame, start, 4) | 0) : bytesReading(frame, start, end),
};
const flag: ValueKind = {
  type: 'boolean',
  read: (frame, start, end) => {
    const isSet = frame[start] !== 0;
    return end - start === 1 ? { value: String(isSet), raw: isSet } : bytesReading(frame, start, end);
  },
};

/** A hardware address behind its type, or an identifier of another kind (RFC 2132, 9.14). */
const clientIdentifier: ValueKind = {
  type: 'mac',
  read: (frame, start, end) =>
    end - start === 7 && frame[start] === 1 ? macReading(frame, start + 1) : bytesReading(frame, start, end),
};

/** A GUID behind the type 0 (RFC 4578, 2.3). */
const machineIdentifier: ValueKind = {
  type: 'guid',
  read: (frame, start, end) => {
    if (end - start !== 17 || frame[start] !== 0) return bytesReading(frame, start, end);
    const guid = guidAt(frame, start + 1);
    return { value: guid, raw: guid };
  },
};

/** Destinations, of which only the bytes that matter are written, each with its router (RFC 3442). */
const classlessRoutes: ValueKind = { type: 'text', read: readRoutes };

function readRoutes(frame: Uint8Array, start: number, end: number): FieldReading {
  const routes: FieldReading[] = [];
  let at = start;
  while (at < end) {
    const prefix = frame[at];
    const octets = Math.ceil(prefix / 8);
    const next = at + 1 + octets + 4;
    if (octets > 4 || next > end) return bytesReading(frame, start, end);
    const destination = [0, 1, 2, 3].map((octet) => (octet < octets ? frame[at + 1 + octet] : 0)).join('.');
    routes.push(textReading(`${destination}/${prefix} via ${ipv4At(frame, next - 4)}`));
    at = next;
  }
  return listReading(routes) ?? bytesReading(frame, start, end);
}

/** The name is written as in DNS when the third bit of the flags says so, else as plain text (RFC 4702, 2.1). */
function readClientName(value: HeaderReader): string {
  const flags = value.number('Flags', 1, (bits) => hexNumber(bits, 2)) ?? 0;
  value.number('RCode1', 1);
  value.number('RCode2', 1);
  const isEncoded = (flags & 4) !== 0;
  const name = isEncoded
    ? value.delimited('Name', (frame, start, limit) => domainNameAt(frame, start, limit, start))
    : value.utf8('Name', value.remaining);
  return name ?? '';
}

/** RFC 3046. */
function readRelayAgent(value: HeaderReader): string {
  const { frame } = value.input;
  let names = '';
  value.group('SubOptions', value.remaining, (start, end) => {
    const members = optionFields(frame, start, end, elements, relayAgentKinds);
    names = namesOf(members);
    return { value: names, members };
  });
  return names;
}

export const relayAgentKinds = new Map<number, OptionKind>([
  [1, { name: 'AgentCircuitID' }],
  [2, { name: 'AgentRemoteID' }],
  [5, { name: 'LinkSelection', value: ipv4List }],
  [6, { name: 'SubscriberID', value: plainText }],
  [11, { name: 'ServerIdentifierOverride', value: ipv4List }],
  [151, { name: 'VirtualSubnetSelection' }],
]);

/** Options by number (IANA, BOOTP Vendor Extensions and DHCP Options). */
export const dhcpv4OptionKinds = new Map<number, OptionKind>([
  [0, { name: 'Pad' }],
  [1, { name: 'SubnetMask', value: ipv4List }],
  [2, { name: 'TimeOffset', value: signedNumber }],
  [3, { name: 'Router', value: ipv4List }],
  [4, { name: 'TimeServer', value: ipv4List }],
  [6, { name: 'DomainNameServer', value: ipv4List }],
  [7, { name: 'LogServer', value: ipv4List }],
  [12, { name: 'HostName', value: plainText }],
  [13, { name: 'BootFileSize', value: oneNumber }],
  [15, { name: 'DomainName', value: plainText }],
  [17, { name: 'RootPath', value: plainText }],
  [26, { name: 'InterfaceMTU', value: oneNumber }],
  [28, { name: 'BroadcastAddress', value: ipv4List }],
  [31, { name: 'PerformRouterDiscovery', value: flag }],
  [33, { name: 'StaticRoute', value: ipv4List }],
  [42, { name: 'NTPServers', value: ipv4List }],
  [43, { name: 'VendorSpecificInformation' }],
  [44, { name: 'NetBIOSNameServer', value: ipv4List }],
  [45, { name: 'NetBIOSDatagramDistributionServer', value: ipv4List }],
  [46, { name: 'NetBIOSNodeType', value: oneNumber }],
  [47, { name: 'NetBIOSScope', value: plainText }],
  [50, { name: 'RequestedIPAddress', value: ipv4List }],
  [51, { name: 'IPAddressLeaseTime', value: oneNumber }],
  [Option.Overload, { name: 'OptionOverload', value: oneNumber }],
  [Option.MessageType, { name: 'MessageType', value: numberKind(namedNumber(messageTypeNames)) }],
  [54, { name: 'ServerIdentifier', value: ipv4List }],
  [55, { name: 'ParameterRequestList', value: byteList }],
  [56, { name: 'Message', value: plainText }],
  [57, { name: 'MaximumDHCPMessageSize', value: oneNumber }],
  [58, { name: 'RenewalTime', value: oneNumber }],
  [59, { name: 'RebindingTime', value: oneNumber }],
  [60, { name: 'VendorClassIdentifier', value: plainText }],
  [61, { name: 'ClientIdentifier', value: clientIdentifier }],
  [66, { name: 'TFTPServerName', value: plainText }],
  [67, { name: 'BootFileName', value: plainText }],
  [77, { name: 'UserClass', value: plainText }],
  [80, { name: 'RapidCommit' }],
  [81, { name: 'ClientFQDN', parts: readClientName }],
  [82, { name: 'RelayAgentInformation', parts: readRelayAgent }],
  [93, { name: 'ClientSystemArchitecture', value: wordList }],
  [94, { name: 'ClientNetworkInterface', value: byteList }],
  [97, { name: 'ClientMachineIdentifier', value: machineIdentifier }],
  [108, { name: 'IPv6OnlyPreferred', value: oneNumber }],
  [114, { name: 'CaptivePortal', value: plainText }],
  [116, { name: 'AutoConfigure', value: flag }],
  [119, { name: 'DomainSearch', value: domainList }],
  [121, { name: 'ClasslessStaticRoute', value: classlessRoutes }],
  [150, { name: 'TFTPServerAddress', value: ipv4List }],
  [249, { name: 'MicrosoftClasslessStaticRoute', value: classlessRoutes }],
  [252, { name: 'ProxyAutoDiscovery', value: plainText }],
  [255, { name: 'End' }],
]);
