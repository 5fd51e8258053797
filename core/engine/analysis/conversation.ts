import { ipv4Text, ipv6At } from '../../base/address.ts';
import { printLiteral } from '../../filter/language/print.ts';
import { IpProtocol } from '../../packet/ip-protocols.ts';
import { coveredBit, holdsIpv6, moduleBit, type CarrierModule } from '../../packet/module.ts';
import type { Segment } from '../../trace/segment.ts';
import { addressBytes } from './cell-book.ts';
import { orderKey } from './value-order.ts';

/**
 * A conversation as a text that is the same in both directions: `10.0.0.1:50000 ↔ 10.0.0.2:443 TCP`, the lower address first;
 * without ports where the protocol has none.
 */

const arrow = ' ↔ ';
const withoutPorts: readonly CarrierModule[] = ['ICMP', 'ICMPv6', 'IGMP', 'GRE'];
const internetBits = moduleBit.IPv4 | moduleBit.IPv6;

interface End {
  readonly address: string;
  readonly port?: number;
}

/** Whether the columns of a packet hold the addresses of an IP header, and it is clear of which. */
export function holdsAddresses(modules: number): boolean {
  const seen = modules & internetBits;
  if (seen !== internetBits) return seen !== 0;
  // Of two, the outer one's are covered; where none are, the inner header is cut.
  return (modules & (coveredBit.IPv4 | coveredBit.IPv6)) !== 0;
}

/** A number for the protocol of a packet's conversation: of TCP and UDP, which have ports, and of others. */
export function conversationProtocol({ packets }: Segment, packet: number): number {
  const modules = packets.modules[packet];
  if ((modules & moduleBit.TCP) !== 0) return firstProtocol;
  if ((modules & moduleBit.UDP) !== 0 && (modules & coveredBit.UDP) === 0) return firstProtocol + 1;
  const module = withoutPorts.findIndex((name) => (modules & moduleBit[name]) !== 0);
  return module < 0 ? packets.ipProtocol[packet] : firstProtocol + 2 + module;
}

/** Protocols with names stand behind all numbers of the IP header. */
const firstProtocol = 256;
const named: readonly CarrierModule[] = ['TCP', 'UDP', ...withoutPorts];

export function hasPorts(protocol: number): boolean {
  return protocol === firstProtocol || protocol === firstProtocol + 1;
}

/** The conversation of a packet whose columns hold an IP header. */
export function ipConversation(segment: Segment, packet: number): string {
  const { packets, ipv6Addresses } = segment;
  const protocol = conversationProtocol(segment, packet);
  const isV6 = holdsIpv6(packets.modules[packet]);
  const { sourceAddress, destinationAddress, sourcePort, destinationPort } = packets;
  const end = (address: number, port: number): End => ({
    address: isV6 ? ipv6At(ipv6Addresses, address * 16) : ipv4Text(address),
    ...(hasPorts(protocol) && { port }),
  });
  const source = end(sourceAddress[packet], sourcePort[packet]);
  const destination = end(destinationAddress[packet], destinationPort[packet]);
  const order = isV6
    ? comparedBytes(ipv6Addresses, sourceAddress[packet] * 16, destinationAddress[packet] * 16)
    : sourceAddress[packet] - destinationAddress[packet];
  const isUpward = order < 0 || (order === 0 && (source.port ?? 0) <= (destination.port ?? 0));
  const name = protocol < firstProtocol ? `protocol ${protocol}` : named[protocol - firstProtocol];
  return isUpward ? conversationText(source, destination, name) : conversationText(destination, source, name);
}

function comparedBytes(addresses: Uint8Array, one: number, other: number): number {
  for (let byte = 0; byte < 16; byte++) {
    const difference = addresses[one + byte] - addresses[other + byte];
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The conversation of two places that a packet without IP goes between; `protocol` is its topmost module. */
export function plainConversation(source: string, destination: string, protocol: string): string {
  const [from, to] = [source, destination].map((address) => orderKey(addressBytes(address) ?? address));
  const [lower, upper] = from <= to ? [source, destination] : [destination, source];
  return conversationText({ address: lower }, { address: upper }, protocol);
}

function conversationText(lower: End, upper: End, protocol: string): string {
  return `${endText(lower)}${arrow}${endText(upper)} ${protocol}`;
}

function endText({ address, port }: End): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A filter that lets through a conversation, by its text; undefined where one cannot say it. */
export function conversationFilter(text: string): string | undefined {
  const parts = /^(.*?) ↔ (.*?) (protocol \d+|\S+)$/.exec(text);
  if (!parts) return undefined;
  const [, left, right, protocol] = parts;
  const hasTransport = protocol === 'TCP' || protocol === 'UDP';
  const [one, other] = [left, right].map((end) => endOf(end, hasTransport));
  const ways = [way(one, other, protocol), way(other, one, protocol)];
  const pair = ways[0] === ways[1] ? ways[0] : `((${ways.join(') or (')}))`;
  const restriction = protocolFilter(protocol, one.address);
  return restriction === undefined ? undefined : `${pair} and ${restriction}`;
}

function endOf(text: string, hasPort: boolean): End {
  if (!hasPort) return { address: text };
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

function way(source: End, destination: End, protocol: string): string {
  const port = (side: string, { port }: End): string =>
    port === undefined ? '' : ` and ${protocol}.${side}Port == ${port}`;
  return (
    `*Source == ${addressLiteral(source.address)} and *Destination == ${addressLiteral(destination.address)}` +
    `${port('Source', source)}${port('Destination', destination)}`
  );
}

function addressLiteral(address: string): string {
  return printLiteral({ type: 'text', value: address });
}

function protocolFilter(protocol: string, address: string): string | undefined {
  const number = /^protocol (\d+)$/.exec(protocol)?.[1];
  if (number === undefined) {
    const isIp = (named as readonly string[]).includes(protocol);
    return isIp ? protocol : `not IPv4 and not IPv6 and *ModuleName == ${addressLiteral(protocol)}`;
  }
  // IPv6 tells its protocol in the last of its headers, which no field names.
  if (address.includes(':')) return undefined;
  const module = moduleOfProtocol.get(Number(number));
  return `IPv4.Protocol == ${number}${module === undefined ? '' : ` and not ${module}`}`;
}

/** A later fragment of a datagram has the protocol, and no module of it. */
const moduleOfProtocol: ReadonlyMap<number, CarrierModule> = new Map<number, CarrierModule>([
  [IpProtocol.ICMP, 'ICMP'],
  [IpProtocol.IGMP, 'IGMP'],
  [IpProtocol.TCP, 'TCP'],
  [IpProtocol.UDP, 'UDP'],
  [IpProtocol.GRE, 'GRE'],
  [IpProtocol.ICMPv6, 'ICMPv6'],
]);
