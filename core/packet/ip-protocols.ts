/** IP protocol numbers that the dissectors know by heart (IANA protocol numbers). */
export const IpProtocol = {
  HopByHopOptions: 0,
  ICMP: 1,
  IGMP: 2,
  IPv4: 4,
  TCP: 6,
  UDP: 17,
  IPv6: 41,
  RoutingHeader: 43,
  FragmentHeader: 44,
  GRE: 47,
  ESP: 50,
  AuthenticationHeader: 51,
  ICMPv6: 58,
  NoNextHeader: 59,
  DestinationOptions: 60,
} as const;

/** Names as Message Analyzer wrote them: IANA's keywords without their hyphens. */
export const ipProtocolNames: ReadonlyMap<number, string> = new Map([
  [0, 'HOPOPT'],
  [1, 'ICMP'],
  [2, 'IGMP'],
  [3, 'GGP'],
  [4, 'IPv4'],
  [5, 'ST'],
  [6, 'TCP'],
  [7, 'CBT'],
  [8, 'EGP'],
  [9, 'IGP'],
  [17, 'UDP'],
  [27, 'RDP'],
  [33, 'DCCP'],
  [41, 'IPv6'],
  [43, 'IPv6Route'],
  [44, 'IPv6Frag'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [55, 'MOBILE'],
  [56, 'TLSP'],
  [57, 'SKIP'],
  [58, 'IPv6ICMP'],
  [59, 'IPv6NoNxt'],
  [60, 'IPv6Opts'],
  [88, 'EIGRP'],
  [89, 'OSPFIGP'],
  [94, 'IPIP'],
  [97, 'ETHERIP'],
  [98, 'ENCAP'],
  [103, 'PIM'],
  [108, 'IPComp'],
  [112, 'VRRP'],
  [113, 'PGM'],
  [115, 'L2TP'],
  [118, 'STP'],
  [124, 'ISISoverIPv4'],
  [132, 'SCTP'],
  [133, 'FC'],
  [135, 'MobilityHeader'],
  [136, 'UDPLite'],
  [137, 'MPLSinIP'],
  [139, 'HIP'],
  [140, 'Shim6'],
  [141, 'WESP'],
  [142, 'ROHC'],
  [255, 'Reserved'],
]);

/** `TCP`, or the number of a protocol without a name. */
export function ipProtocolName(protocol: number): string {
  return ipProtocolNames.get(protocol) ?? String(protocol);
}

/** `TCP(6)`, or the number of a protocol without a name. */
export function ipProtocolText(protocol: number): string {
  const name = ipProtocolNames.get(protocol);
  return name === undefined ? String(protocol) : `${name}(${protocol})`;
}

const numbersByName = new Map([...ipProtocolNames].map(([number, name]) => [name.toLowerCase(), number]));

/** The number behind `IANA.ProtocolType.UDP`, whatever its letter case, or undefined. `ICMPv6` is understood too. */
export function ipProtocolNamed(name: string): number | undefined {
  const wanted = name.toLowerCase();
  return wanted === 'icmpv6' ? IpProtocol.ICMPv6 : numbersByName.get(wanted);
}
