import { parseIpv6, parseMac } from '../base/address.ts';
import type { WordInterner } from '../base/word-interner.ts';
import { etherTypeName, etherTypeText, EtherType } from './ethertypes.ts';
import { labelled, summaryOf } from './field-text.ts';
import { IpProtocol, ipProtocolName, ipProtocolText } from './ip-protocols.ts';
import { placed, numberField, type FieldText } from './header-reader.ts';
import type { Layer } from './layer.ts';
import { moduleBit, type CarrierModule } from './module.ts';
import { tcpFlagsField, tcpSummary } from './tcp.ts';
import { udpSummary } from './udp.ts';
import { portText } from './well-known-ports.ts';

/**
 * Headers that an event tells in words of its own, in place of the packet's bytes or of the lower part of them. They
 * fill the packet columns while a trace is indexed, and become layers without bytes when somebody looks.
 */

/** Where the headers stand in an event, and their numbers. One object serves all events of a range. */
export class ToldHeaders {
  /** Offset of the destination MAC, which the source MAC follows; -1 when they are not told. */
  macsAt = -1;
  etherType = 0;
  vlan = 0;
  /** Offset of the destination address, which the source address follows. */
  addressesAt = -1;
  /** Bytes an address; 0 when none is told. */
  addressLength: 0 | 4 | 16 = 0;
  protocol = 0;
  sourcePort = 0;
  destinationPort = 0;
  tcpFlags = 0;

  clear(): void {
    this.macsAt = -1;
    this.etherType = 0;
    this.vlan = 0;
    this.addressesAt = -1;
    this.addressLength = 0;
    this.protocol = 0;
    this.sourcePort = 0;
    this.destinationPort = 0;
    this.tcpFlags = 0;
  }
}

/** The packet columns that told headers fill, and the dictionaries behind them (packet/scan.ts). */
interface ToldColumns {
  readonly modules: Uint32Array;
  readonly sourceAddress: Uint32Array;
  readonly destinationAddress: Uint32Array;
  readonly macPair: Uint32Array;
  readonly etherType: Uint16Array;
  readonly vlan: Uint16Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  readonly ipProtocol: Uint8Array;
  readonly tcpFlags: Uint8Array;
}
interface ToldDictionaries {
  readonly macPairs: WordInterner;
  readonly ipv6Addresses: WordInterner;
}

const transportModules: ReadonlyMap<number, CarrierModule> = new Map<number, CarrierModule>([
  [IpProtocol.TCP, 'TCP'],
  [IpProtocol.UDP, 'UDP'],
  [IpProtocol.ICMP, 'ICMP'],
  [IpProtocol.ICMPv6, 'ICMPv6'],
  [IpProtocol.IGMP, 'IGMP'],
]);
const networkModules: ReadonlyMap<number, CarrierModule> = new Map<number, CarrierModule>([
  [EtherType.ARP, 'ARP'],
  [EtherType.RARP, 'ARP'],
]);

/** Fills a row of the packet columns; what the packet's own bytes tell may be written over it. Offsets must be checked. */
export function takeToldHeaders(
  view: DataView,
  told: ToldHeaders,
  { macPairs, ipv6Addresses }: ToldDictionaries,
  columns: ToldColumns,
  row: number,
): void {
  let modules = 0;
  if (told.macsAt >= 0) {
    modules |= moduleBit.Ethernet;
    for (let word = 0; word < 3; word++) macPairs.key[word] = view.getUint32(told.macsAt + word * 4, true);
    columns.macPair[row] = macPairs.intern() + 1;
  }
  if (told.vlan !== 0) modules |= moduleBit.VLAN;
  const networkModule = networkModules.get(told.etherType);
  if (networkModule !== undefined) modules |= moduleBit[networkModule];
  else if (told.addressLength > 0) {
    modules |= told.addressLength === 4 ? moduleBit.IPv4 : moduleBit.IPv6;
    const addressAt = (at: number): number =>
      told.addressLength === 4 ? view.getUint32(at) : internIpv6(ipv6Addresses, view, at);
    columns.destinationAddress[row] = addressAt(told.addressesAt);
    columns.sourceAddress[row] = addressAt(told.addressesAt + told.addressLength);
    const transport = transportModules.get(told.protocol);
    if (transport !== undefined) modules |= moduleBit[transport];
  }
  columns.etherType[row] = told.etherType;
  columns.vlan[row] = told.vlan;
  columns.ipProtocol[row] = told.protocol;
  columns.sourcePort[row] = told.sourcePort;
  columns.destinationPort[row] = told.destinationPort;
  columns.tcpFlags[row] = told.tcpFlags;
  columns.modules[row] |= modules;
}

function internIpv6(addresses: WordInterner, view: DataView, at: number): number {
  for (let word = 0; word < 4; word++) addresses.key[word] = view.getUint32(at + word * 4, true);
  return addresses.intern();
}

/** Told headers as a person reads them, from the columns. */
export interface PacketHeaders {
  /** MAC addresses as text. */
  readonly ethernet?: { readonly source: string; readonly destination: string };
  /** 0 when it was not told. */
  readonly etherType: number;
  /** 0 when there is no tag. */
  readonly vlan: number;
  /** Addresses as text. */
  readonly network?: { readonly module: 'IPv4' | 'IPv6'; readonly source: string; readonly destination: string };
  readonly isArp: boolean;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** 0 when they were not told. */
  readonly tcpFlags: number;
}

/** Why such a layer has no bytes. */
const toldNote = 'The event tells this header; its bytes were not logged.';

/** Whether the layer was told and has no bytes in the frame. */
export function isTold(layer: Layer): boolean {
  return layer.note === toldNote;
}

/** The layers below the transport header, bottom first. */
export function toldLowerLayers(headers: PacketHeaders): Layer[] {
  const { ethernet, etherType, vlan, network, protocol } = headers;
  const type = etherType === 0 ? undefined : etherType;
  const tag = vlan === 0 ? undefined : vlan;
  return [
    ethernet &&
      toldLayer(
        'Ethernet',
        type === undefined ? '' : summaryOf([labelled('Type', type, etherTypeName)]),
        [
          addressField('DestinationAddress', ethernet.destination, parseMac),
          addressField('SourceAddress', ethernet.source, parseMac),
          type === undefined ? undefined : numberField('Type', type, etherTypeText),
        ],
        ethernet,
      ),
    tag && toldLayer('VLAN', summaryOf([labelled('VLAN ID', tag)]), [numberField('VlanId', tag)]),
    headers.isArp ? toldLayer('ARP', '', []) : undefined,
    network &&
      toldLayer(
        network.module,
        summaryOf([labelled('Next Protocol', protocol, ipProtocolName)]),
        [
          numberField(network.module === 'IPv4' ? 'Protocol' : 'NextHeader', protocol, ipProtocolText),
          addressField('SourceAddress', network.source, addressBytes[network.module]),
          addressField('DestinationAddress', network.destination, addressBytes[network.module]),
        ],
        network,
      ),
  ].filter((layer) => typeof layer === 'object');
}

/** The transport header; undefined when the protocol has none that is known. */
export function toldTransportLayer(headers: PacketHeaders): Layer | undefined {
  const module = headers.network && transportModules.get(headers.protocol);
  if (module !== 'TCP' && module !== 'UDP') return module && toldLayer(module, '', []);
  const { sourcePort, destinationPort } = headers;
  const ports = [
    numberField('SourcePort', sourcePort, portText),
    numberField('DestinationPort', destinationPort, portText),
  ];
  if (module === 'UDP') return toldLayer(module, udpSummary({ sourcePort, destinationPort, length: undefined }), ports);
  const flags = headers.tcpFlags === 0 ? undefined : headers.tcpFlags;
  const unknown = { payloadLength: undefined, sequence: undefined, acknowledgment: undefined, window: undefined };
  const layer = toldLayer(module, tcpSummary({ flags, sourcePort, destinationPort, ...unknown }), ports);
  if (flags === undefined) return layer;
  return { ...layer, fields: [...layer.fields, placed(tcpFlagsField(flags), 0, 0)] };
}

function addressField(name: string, text: string, bytesOf: (text: string) => Uint8Array | undefined): FieldText {
  return { name, value: text, raw: bytesOf(text) ?? text };
}

/** The bytes of an address that is text. */
const addressBytes = {
  IPv4: (text: string): Uint8Array => Uint8Array.from(text.split('.').map(Number)),
  IPv6: parseIpv6,
};

function toldLayer(
  module: CarrierModule,
  summary: string,
  values: readonly (FieldText | undefined)[],
  addresses: { readonly source?: string; readonly destination?: string } = {},
): Layer {
  const fields = values.filter((field) => field !== undefined).map((field) => placed(field, 0, 0));
  const { source, destination } = addresses;
  return {
    module,
    summary,
    start: 0,
    end: 0,
    fields,
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    note: toldNote,
  };
}
