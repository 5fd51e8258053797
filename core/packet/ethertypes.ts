import { hexWord } from './field-text.ts';

/** EtherTypes that the dissectors know by heart (IEEE 802 numbers registry). */
export const EtherType = {
  IPv4: 0x0800,
  ARP: 0x0806,
  TransparentEthernetBridging: 0x6558,
  RARP: 0x8035,
  VLAN: 0x8100,
  IPv6: 0x86dd,
  EAPOL: 0x888e,
  ServiceVLAN: 0x88a8,
  /** QinQ before 802.1ad had a number of its own. */
  OldServiceVLAN: 0x9100,
} as const;

/** Up to this value the field is the length of an LLC frame, above it an EtherType (IEEE 802.3, 3.2.6). */
export const largestLength = 0x5dc;

/** Names of the EtherTypes met in Windows networks. */
export const etherTypeNames: ReadonlyMap<number, string> = new Map([
  [EtherType.IPv4, 'IPv4'],
  [EtherType.ARP, 'ARP'],
  [0x0842, 'WakeOnLAN'],
  [0x22f3, 'TRILL'],
  [EtherType.TransparentEthernetBridging, 'TransparentEthernetBridging'],
  [EtherType.RARP, 'RARP'],
  [0x809b, 'AppleTalk'],
  [EtherType.VLAN, 'VLAN'],
  [0x8137, 'IPX'],
  [EtherType.IPv6, 'IPv6'],
  [0x8808, 'FlowControl'],
  [0x8809, 'SlowProtocols'],
  [0x8847, 'MPLS'],
  [0x8848, 'MPLSMulticast'],
  [0x8863, 'PPPoEDiscovery'],
  [0x8864, 'PPPoESession'],
  [EtherType.EAPOL, 'EAPOL'],
  [0x889a, 'HyperSCSI'],
  [EtherType.ServiceVLAN, 'ServiceVLAN'],
  [0x88c7, 'PreAuthentication'],
  [0x88cc, 'LLDP'],
  [0x88d9, 'LLTD'],
  [0x88e1, 'HomePlugAV'],
  [0x88e5, 'MACsec'],
  [0x88f7, 'PTP'],
  [0x8902, 'CFM'],
  [0x8906, 'FCoE'],
  [0x8914, 'FIP'],
  [0x8915, 'RoCE'],
  [0x893a, 'IEEE1905'],
  [0x9000, 'Loopback'],
  [EtherType.OldServiceVLAN, 'ServiceVLAN'],
]);

/** `IPv4`, or `0x88E7` for an EtherType without a name. */
export function etherTypeName(etherType: number): string {
  return etherTypeNames.get(etherType) ?? hexWord(etherType);
}

/** `IPv4(0x0800)`, or `0x88E7` for an EtherType without a name. */
export function etherTypeText(etherType: number): string {
  const name = etherTypeNames.get(etherType);
  return name === undefined ? hexWord(etherType) : `${name}(${hexWord(etherType)})`;
}
