/** Destination ports of UDP datagrams that carry a packet of a virtual network (RFC 7348, RFC 8926). */
export const UdpTunnelPort = { VXLAN: 4789, Geneve: 6081 } as const;

/**
 * Ports that matter to Windows network engineers, named as Message Analyzer printed them: its own names for the
 * protocols it knew (the members of IANA.Port), and for the rest IANA's service names in capitals, `_` for `-`.
 */
export const wellKnownPorts: ReadonlyMap<number, string> = new Map<number, string>([
  [7, 'ECHO'],
  [9, 'DISCARD'],
  [20, 'FTPData'],
  [21, 'FTPControl'],
  [22, 'SSH'],
  [23, 'TELNET'],
  [25, 'SMTP'],
  [37, 'Time'],
  [42, 'HOSTNAMESERVER'],
  [49, 'TACACS'],
  [53, 'DNS'],
  [67, 'DHCPServer'],
  [68, 'DHCPClient'],
  [69, 'TFTP'],
  [80, 'HTTP'],
  [88, 'Kerberos'],
  [110, 'POP3'],
  [111, 'SunRPC'],
  [119, 'NNTP'],
  [123, 'NTP'],
  [135, 'DCERPC'],
  [137, 'NBTNS'],
  [138, 'NBTDS'],
  [139, 'NBTSS'],
  [143, 'IMAP'],
  [161, 'SNMP'],
  [162, 'SNMPTrap'],
  [179, 'BGP'],
  [389, 'LDAP'],
  [443, 'HTTPS'],
  [445, 'SMB'],
  [464, 'KPasswd'],
  [500, 'IKE'],
  [515, 'LPR'],
  [520, 'RIP'],
  [521, 'RIPng'],
  [546, 'DHCPv6C'],
  [547, 'DHCPv6S'],
  [554, 'RTSP'],
  [587, 'Submission'],
  [593, 'HTTP_RPC_EPMAP'],
  [623, 'AsfRmcp'],
  [636, 'LDAPS'],
  [664, 'AsfSecureRmcp'],
  [860, 'iSCSI860'],
  [990, 'FTPS'],
  [993, 'IMAPS'],
  [995, 'POP3S'],
  [1080, 'SOCKS'],
  [1433, 'TDS'],
  [1434, 'MS_SQL_M'],
  [1645, 'RADIUSCisco'],
  [1701, 'L2TP'],
  [1723, 'PPTP'],
  [1812, 'RADIUS'],
  [1813, 'RADIUS_ACCT'],
  [1900, 'SSDP'],
  [1985, 'HSRP'],
  [2049, 'NFS'],
  [2179, 'VMRDP'],
  [3260, 'iSCSI'],
  [3268, 'MsftGC'],
  [3269, 'MsftGCSsl'],
  [3343, 'MS_CLUSTER_NET'],
  [3389, 'RDP'],
  [3478, 'TURN'],
  [3544, 'TEREDO'],
  [3702, 'WSDiscovery'],
  [4011, 'ALTSERVICEBOOT'],
  [4500, 'NATT'],
  [UdpTunnelPort.VXLAN, 'VXLAN'],
  [5005, 'RTPControl'],
  [5060, 'SIP'],
  [5061, 'SIPS'],
  [5353, 'mDNS'],
  [5355, 'LLMNR'],
  [5357, 'WSDAPI'],
  [5985, 'WsmanHTTP'],
  [5986, 'WSMANS'],
  [UdpTunnelPort.Geneve, 'Geneve'],
  [6600, 'MSHVLM'],
  [6640, 'OVSDB'],
  [7250, 'MICE'],
  [8080, 'HTTPAlternate'],
  [9389, 'ADWS'],
  [47001, 'WINRM'],
]);

/** `HTTP(80)`, or `52891` for a port without a name. */
export function portText(port: number): string {
  const name = wellKnownPorts.get(port);
  return name === undefined ? String(port) : `${name}(${port})`;
}

const portsByName = new Map([...wellKnownPorts].map(([port, name]) => [name.toLowerCase(), port]));

/** The number behind `IANA.Port.HTTP`, whatever its letter case, or undefined. */
export function portNamed(name: string): number | undefined {
  return portsByName.get(name.toLowerCase());
}
