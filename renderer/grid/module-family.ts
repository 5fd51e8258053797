/** Families of modules that share a tint in the grid. */
export const moduleFamilies = ['tcp', 'udp', 'icmp', 'arp', 'etw', 'other'] as const;
export type ModuleFamily = (typeof moduleFamilies)[number];

const familyOfPacketModule: Readonly<Partial<Record<string, ModuleFamily>>> = {
  TCP: 'tcp',
  UDP: 'udp',
  ICMP: 'icmp',
  ICMPv6: 'icmp',
  IGMP: 'icmp',
  ARP: 'arp',
};
const plainPacketModules: ReadonlySet<string> = new Set(['Ethernet', 'WiFi', 'VLAN', 'LLC', 'SNAP', 'IPv4', 'IPv6']);

/** Every module that is no packet module is an ETW provider. */
export function moduleFamily(module: string): ModuleFamily {
  return familyOfPacketModule[module] ?? (plainPacketModules.has(module) ? 'other' : 'etw');
}
