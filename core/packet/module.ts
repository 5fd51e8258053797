/**
 * The protocol modules of a packet's message stack. Every packet carries a bit set of the modules in it (a column), so
 * that a module name alone ("TCP") is a filter that decodes nothing. Names are Message Analyzer's.
 */
export const packetModules = [
  'Ethernet',
  'WiFi',
  'VLAN',
  'LLC',
  'SNAP',
  'ARP',
  'IPv4',
  'IPv6',
  'ICMP',
  'ICMPv6',
  'IGMP',
  'TCP',
  'UDP',
] as const;
export type PacketModule = (typeof packetModules)[number];

/** The bit of each module in the packet column `modules`: 1 << position in the list. At most 32. */
export const moduleBit: Readonly<Record<PacketModule, number>> = Object.fromEntries(
  packetModules.map((module, position) => [module, 2 ** position]),
) as Record<PacketModule, number>;
