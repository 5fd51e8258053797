/**
 * What a captured frame begins with: the medium's header, or, where an event tells the lower headers in words of its own,
 * what stands above them. Numbers are ours (a column); pcap numbers are the tcpdump registry's.
 */
export const LinkType = {
  Unknown: 0,
  Ethernet: 1,
  RawIp: 2,
  WiFi: 3,
  /** All that is known of the headers was told; bytes, if there are any, are of no known layer. */
  HeadersOnly: 4,
  Arp: 5,
  /** The header of the told IP protocol. */
  Transport: 6,
  /** What TCP or UDP carries, by the told protocol and ports. */
  TransportPayload: 7,
} as const;
export type LinkType = (typeof LinkType)[keyof typeof LinkType];

/** How a person calls them. */
export const linkTypeNames: Readonly<Record<LinkType, string>> = {
  [LinkType.Unknown]: 'Unknown',
  [LinkType.Ethernet]: 'Ethernet',
  [LinkType.RawIp]: 'Raw IP',
  [LinkType.WiFi]: '802.11',
  [LinkType.HeadersOnly]: 'Headers only',
  [LinkType.Arp]: 'ARP',
  [LinkType.Transport]: 'Transport header',
  [LinkType.TransportPayload]: 'Transport payload',
};

/** LINKTYPE_* numbers as pcap and pcapng write them. */
export const pcapLinkType: Readonly<Record<LinkType, number | undefined>> = {
  [LinkType.Unknown]: undefined,
  [LinkType.Ethernet]: 1,
  [LinkType.RawIp]: 101,
  [LinkType.WiFi]: 105,
  [LinkType.HeadersOnly]: undefined,
  [LinkType.Arp]: undefined,
  [LinkType.Transport]: undefined,
  [LinkType.TransportPayload]: undefined,
};

/** LINKTYPE_* numbers that captures come with; 12 and 14 are what some systems call raw IP, 228 and 229 one version of it. */
const byPcapNumber: ReadonlyMap<number, LinkType> = new Map<number, LinkType>([
  [1, LinkType.Ethernet],
  [12, LinkType.RawIp],
  [14, LinkType.RawIp],
  [101, LinkType.RawIp],
  [105, LinkType.WiFi],
  [228, LinkType.RawIp],
  [229, LinkType.RawIp],
]);

/** The medium of a LINKTYPE_* number; Unknown when nobody here reads it. */
export function linkTypeOfPcap(number: number): LinkType {
  return byPcapNumber.get(number) ?? LinkType.Unknown;
}

/** EtherTypes that tell Ethernet from 802.11: IPv4, IPv6, ARP, 802.1X. */
const telltaleEtherTypes = [0x0800, 0x86dd, 0x0806, 0x888e];

/**
 * The medium of a frame that pktmon calls WiFi. Most are 802.11, but the filter right above nwifi.sys sees the same
 * packets as plain Ethernet under the same PacketType 2 (measured on pktmon traces of builds 22621 to 26200).
 * The frame lies between `start` and `end`.
 */
export function sniffWifiOrEthernet(bytes: Uint8Array, start: number, end: number): LinkType {
  const isLlcOverWifi = isSnapHeader(bytes, start + 24, end) || isSnapHeader(bytes, start + 26, end);
  if (isLlcOverWifi || end - start < 14) return LinkType.WiFi;
  const etherType = bytes[start + 12] * 256 + bytes[start + 13];
  return telltaleEtherTypes.includes(etherType) ? LinkType.Ethernet : LinkType.WiFi;
}

/**
 * Whether the frame of a tunnel interface has an Ethernet header or begins with IP. A MAC address may begin like an IP
 * header, and an IPv4 address may look like an EtherType: so an EtherType counts only when what it announces follows.
 */
export function sniffEthernetOrRawIp(bytes: Uint8Array, start: number, end: number): LinkType {
  if (start === end) return LinkType.RawIp;
  if (end - start > 14) {
    const etherType = bytes[start + 12] * 256 + bytes[start + 13];
    const version = bytes[start + 14] >> 4;
    const announced = etherType === 0x0800 ? 4 : etherType === 0x86dd ? 6 : version;
    if (telltaleEtherTypes.includes(etherType) && version === announced) return LinkType.Ethernet;
  }
  const version = bytes[start] >> 4;
  return version === 4 || version === 6 ? LinkType.RawIp : LinkType.Ethernet;
}

/** Whether an LLC header that announces SNAP, AA-AA-03, stands at `offset` and before `end`. */
export function isSnapHeader(bytes: Uint8Array, offset: number, end: number): boolean {
  if (offset + 3 > end) return false;
  return bytes[offset] === 0xaa && bytes[offset + 1] === 0xaa && bytes[offset + 2] === 0x03;
}
