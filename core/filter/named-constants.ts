/** Port numbers and protocol numbers by the names Message Analyzer gave them (source: IANA's registries). */
const ports = {
  FTP: 21,
  SSH: 22,
  TELNET: 23,
  SMTP: 25,
  DNS: 53,
  HTTP: 80,
  KERBEROS: 88,
  POP3: 110,
  NTP: 123,
  NETBIOS_SSN: 139,
  IMAP: 143,
  SNMP: 161,
  LDAP: 389,
  HTTPS: 443,
  SMB: 445,
  ISAKMP: 500,
  LDAPS: 636,
  RDP: 3389,
} as const;

const protocols = {
  ICMP: 1,
  IGMP: 2,
  IPv4: 4,
  TCP: 6,
  UDP: 17,
  IPv6: 41,
  GRE: 47,
  ESP: 50,
  AH: 51,
  ICMPv6: 58,
  SCTP: 132,
} as const;

const constants = new Map<string, bigint>([
  ...Object.entries(ports).map(([name, value]): [string, bigint] => [`IANA.Port.${name}`.toLowerCase(), BigInt(value)]),
  ...Object.entries(protocols).map(([name, value]): [string, bigint] => [
    `IANA.ProtocolType.${name}`.toLowerCase(),
    BigInt(value),
  ]),
]);

/** Every name, for suggestions. */
export const constantNames: readonly string[] = [
  ...Object.keys(ports).map((name) => `IANA.Port.${name}`),
  ...Object.keys(protocols).map((name) => `IANA.ProtocolType.${name}`),
];

/** The number of a name such as `IANA.Port.HTTP`, in any case, or undefined. */
export function namedConstant(name: string): bigint | undefined {
  return constants.get(name.toLowerCase());
}
