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
  'GRE',
  'NVGRE',
  'VXLAN',
  'Geneve',
  'EAPOL',
  'STP',
] as const;

/**
 * Modules of application protocols: a packet has at most one, the topmost. The column `application` holds its number, the
 * position in this list counted from 1. At most 255; only ever add at the end, because numbers lie in columns.
 */
export const applicationModules = [
  'DNS',
  'MDNS',
  'LLMNR',
  'NBTNS',
  'DHCPv4',
  'DHCPv6',
  'NTP',
  'SSDP',
  'HTTP',
  'TLS',
  'SMB2',
  'RDP',
  'KerberosV5',
  'LDAP',
  'QUIC',
] as const;
export type CarrierModule = (typeof packetModules)[number];
export type ApplicationModule = (typeof applicationModules)[number];
export type PacketModule = CarrierModule | ApplicationModule;

/** The bit of each module in the packet column `modules`: 1 << position in the list. At most 27, because of the bits below. */
export const moduleBit: Readonly<Record<CarrierModule, number>> = Object.fromEntries(
  packetModules.map((module, position) => [module, 2 ** position]),
) as Record<CarrierModule, number>;

/**
 * More bits of the packet column `modules`: the module is in the stack, but an inner packet's values cover its own in the
 * columns that several modules share, addresses or ports. TCP carries no tunnel, so that nothing ever covers it.
 */
export const coveredBit = { IPv4: 0x4000_0000, IPv6: 0x2000_0000, UDP: 0x1000_0000 } as const;

/** Whether the address columns hold those of an IPv6 packet: the innermost whole header's. */
export function holdsIpv6(modules: number): boolean {
  return (modules & (moduleBit.IPv6 | coveredBit.IPv6)) === moduleBit.IPv6;
}

/**
 * One more bit of that column: a module is in the stack more than once, or a packet lies in another, so that the columns,
 * which hold one value, do not tell all of the packet's.
 */
export const nestedBit = 0x0800_0000;

/** The number of each module in the packet column `application`; 0 is none. */
export const applicationNumber: Readonly<Record<ApplicationModule, number>> = Object.fromEntries(
  applicationModules.map((module, position) => [module, position + 1]),
) as Record<ApplicationModule, number>;

export function isApplication(module: PacketModule): module is ApplicationModule {
  return Object.hasOwn(applicationNumber, module);
}
