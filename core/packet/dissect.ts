import { applicationAt } from './applications.ts';
import { dissectArp } from './arp.ts';
import type { Dissection, DissectionContext, Dissector, Payload, PayloadProtocol } from './dissector.ts';
import { dissectEapol } from './eapol.ts';
import { dissectEthernet } from './ethernet.ts';
import { EtherType, largestLength } from './ethertypes.ts';
import { byteCount } from './field-text.ts';
import { dissectGeneve } from './geneve.ts';
import { dissectGre } from './gre.ts';
import { dissectIcmp } from './icmp.ts';
import { dissectIcmpv6 } from './icmpv6.ts';
import { dissectIgmp } from './igmp.ts';
import { IpProtocol } from './ip-protocols.ts';
import { dissectIpv4 } from './ipv4.ts';
import { dissectIpv6 } from './ipv6.ts';
import { mostLayers, type Layer } from './layer.ts';
import { LinkType } from './link-type.ts';
import { dissectLlc, dissectSnap, snapServiceAccessPoint } from './llc.ts';
import { bridgeServiceAccessPoint, dissectSpanningTree } from './spanning-tree.ts';
import { dissectTcp } from './tcp.ts';
import { isTold, toldLowerLayers, toldTransportLayer, type PacketHeaders } from './told-headers.ts';
import { dissectUdp } from './udp.ts';
import { dissectVlan } from './vlan.ts';
import { dissectVxlan } from './vxlan.ts';
import { UdpTunnelPort } from './well-known-ports.ts';
import { dissectWifi } from './wifi.ts';

const byEtherType = new Map<number, Dissector>([
  [EtherType.IPv4, dissectIpv4],
  [EtherType.IPv6, dissectIpv6],
  [EtherType.ARP, dissectArp],
  [EtherType.RARP, dissectArp],
  [EtherType.EAPOL, dissectEapol],
  [EtherType.VLAN, dissectVlan],
  [EtherType.ServiceVLAN, dissectVlan],
  [EtherType.OldServiceVLAN, dissectVlan],
  [EtherType.TransparentEthernetBridging, dissectEthernet],
]);

const byServiceAccessPoint = new Map<number, Dissector>([
  [snapServiceAccessPoint, dissectSnap],
  [bridgeServiceAccessPoint, dissectSpanningTree],
]);

const byIpProtocol = new Map<number, Dissector>([
  [IpProtocol.TCP, dissectTcp],
  [IpProtocol.UDP, dissectUdp],
  [IpProtocol.ICMP, dissectIcmp],
  [IpProtocol.ICMPv6, dissectIcmpv6],
  [IpProtocol.IGMP, dissectIgmp],
  [IpProtocol.IPv4, dissectIpv4],
  [IpProtocol.IPv6, dissectIpv6],
  [IpProtocol.GRE, dissectGre],
]);

const tunnelByUdpPort = new Map<number, Dissector>([
  [UdpTunnelPort.VXLAN, dissectVxlan],
  [UdpTunnelPort.Geneve, dissectGeneve],
]);

/**
 * The layers of a frame, bottom first. Any bytes will do: a layer that is cut or impossible says so in its `note` and is
 * shown as far as it goes. Bytes no dissector knows are the `Payload` field of the topmost layer. Empty when the frame is
 * empty or its medium unknown. No reference to `frame` is kept.
 */
export function dissectFrame(frame: Uint8Array, linkType: LinkType, context: DissectionContext = {}): Layer[] {
  const layers = toldLayers(linkType, context.headers);
  let step = firstStep(frame, linkType, context.headers);
  while (step !== undefined) {
    const { start, end } = step;
    const { layer, payload }: Dissection = step.dissector({ frame, start, end, context });
    step = payload && layers.length + 1 < mostLayers ? nextStep(frame, payload) : undefined;
    layers.push(payload && step === undefined ? withPayload(layer, payload, frame) : layer);
  }
  const top = layers.at(-1);
  const isUnread = top !== undefined && isTold(top) && frame.length > 0;
  return isUnread ? [...layers.slice(0, -1), withPayload(top, { start: 0, end: frame.length }, frame)] : layers;
}

/** Layers that have no bytes in the frame: those below what the frame begins with. */
function toldLayers(linkType: LinkType, headers: PacketHeaders | undefined): Layer[] {
  if (headers === undefined) return [];
  const lower = toldLowerLayers(headers);
  const transport = linkType === LinkType.Transport ? undefined : toldTransportLayer(headers);
  return transport === undefined ? lower : [...lower, transport];
}

/** A layer still to be read. */
interface Step {
  readonly dissector: Dissector;
  readonly start: number;
  readonly end: number;
}

function firstStep(frame: Uint8Array, linkType: LinkType, headers: PacketHeaders | undefined): Step | undefined {
  const dissector = frame.length === 0 ? undefined : linkDissector(frame, linkType, headers);
  return dissector && { dissector, start: 0, end: frame.length };
}

function nextStep(frame: Uint8Array, { start, end, protocol }: Payload): Step | undefined {
  if (protocol === undefined || start >= Math.min(end, frame.length)) return undefined;
  const dissector = dissectorOf(protocol, frame, start, end);
  return dissector && { dissector, start, end };
}

function linkDissector(
  frame: Uint8Array,
  linkType: LinkType,
  headers: PacketHeaders | undefined,
): Dissector | undefined {
  switch (linkType) {
    case LinkType.Ethernet:
      return dissectEthernet;
    case LinkType.WiFi:
      return dissectWifi;
    case LinkType.RawIp:
      return rawIpDissector(frame[0] >> 4);
    case LinkType.Arp:
      return dissectArp;
    case LinkType.Transport:
      return headers && byIpProtocol.get(headers.protocol);
    case LinkType.TransportPayload:
      return headers && applicationDissector(frame, headers);
    case LinkType.Unknown:
    case LinkType.HeadersOnly:
      return undefined;
  }
}

function applicationDissector(frame: Uint8Array, headers: PacketHeaders): Dissector | undefined {
  const { sourcePort, destinationPort } = headers;
  const transport = headers.protocol === IpProtocol.UDP ? 'UDP' : 'TCP';
  return applicationAt(frame, 0, frame.length, transport, sourcePort, destinationPort)?.dissect;
}

function rawIpDissector(version: number): Dissector | undefined {
  if (version === 4) return dissectIpv4;
  return version === 6 ? dissectIpv6 : undefined;
}

function dissectorOf(protocol: PayloadProtocol, frame: Uint8Array, start: number, end: number): Dissector | undefined {
  switch (protocol.registry) {
    case 'EtherType':
      return protocol.number <= largestLength ? dissectLlc : byEtherType.get(protocol.number);
    case 'IpProtocol':
      return byIpProtocol.get(protocol.number);
    case 'ServiceAccessPoint':
      return byServiceAccessPoint.get(protocol.number);
    case 'LLC':
      return dissectLlc;
    case 'Ethernet':
      return dissectEthernet;
    case 'Ports': {
      const { transport, sourcePort, destinationPort } = protocol;
      const tunnel = transport === 'UDP' ? tunnelByUdpPort.get(destinationPort) : undefined;
      if (tunnel) return tunnel;
      const limit = Math.min(end, frame.length);
      return applicationAt(frame, start, limit, transport, sourcePort, destinationPort)?.dissect;
    }
  }
}

/** The layer with the bytes it carries as a field, or with a note when its type promised some but the frame ends. */
function withPayload(layer: Layer, { start, end, protocol }: Payload, frame: Uint8Array): Layer {
  const length = Math.min(end, frame.length) - start;
  if (length > 0) {
    const payload = {
      name: 'Payload',
      value: byteCount(length),
      raw: frame.slice(start, start + length),
      start,
      length,
    };
    return { ...layer, fields: [...layer.fields, payload] };
  }
  // An IP packet may well be empty; behind an EtherType there is always something.
  const isPromised =
    start >= frame.length &&
    protocol?.registry === 'EtherType' &&
    dissectorOf(protocol, frame, start, end) !== undefined;
  return isPromised && layer.note === undefined ? { ...layer, note: 'The frame ends before the payload.' } : layer;
}
