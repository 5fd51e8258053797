/** The color rules that Hopscope brings along, the gravest first. What happens all the time is left uncolored. */
import type { ColorRule } from './color-rule.ts';

type Shipped = readonly [id: string, color: ColorRule['color'], enabled: boolean, name: string, filter: string];

const rules: readonly Shipped[] = [
  ['dropped', 'red', true, 'Dropped by Windows', '*Diagnosis contains "Dropped"'],
  ['tcp-reset', 'red', true, 'TCP resets', 'TCP.Flags.RST == true'],
  ['tcp-retransmission', 'orange', true, 'TCP segments sent again', '*TCPDiagnosis contains "retransmi"'],
  [
    'tcp-trouble',
    'orange',
    true,
    'Lost segments, duplicate acknowledgements, closed windows',
    '*TCPDiagnosis contains "Segment-Lost" or *TCPDiagnosis contains "Dup-Ack" or *TCPDiagnosis contains "Zero-Window"',
  ],
  ['icmp-error', 'pink', true, 'ICMP errors', '*Summary contains "unreachable" or *Summary contains "Time Exceeded"'],
  ['errors', 'red', false, 'Errors', '#DiagnosisLevels == Standard.DiagnosisLevel.Error'],
  ['warnings', 'yellow', false, 'Warnings', '#DiagnosisLevels == Standard.DiagnosisLevel.Warning'],
  ['tcp-begin', 'green', true, 'TCP connections that begin', 'TCP.Flags.SYN == true'],
  ['tcp-end', 'grey', true, 'TCP connections that end', 'TCP.Flags.FIN == true'],
  ['http', 'green', false, 'HTTP', 'HTTP'],
  ['tls', 'teal', false, 'TLS', 'TLS'],
  ['dns', 'teal', true, 'DNS', 'DNS or LLMNR or MDNS or NBTNS'],
  ['dhcp', 'indigo', true, 'DHCP', 'DHCPv4 or DHCPv6'],
  ['smb', 'indigo', false, 'SMB', 'SMB2 or SMB or TCP.Port == IANA.Port.SMB'],
  ['kerberos', 'purple', false, 'Kerberos and LDAP', 'KerberosV5 or LDAP or *Port == 88'],
  ['rdp', 'indigo', false, 'Remote Desktop', 'RDP or *Port == 3389'],
  ['arp', 'yellow', true, 'ARP', 'ARP'],
  ['icmp', 'purple', true, 'ICMP', 'ICMP or ICMPv6'],
  ['udp', 'blue', false, 'UDP', 'UDP'],
  ['broadcast', 'grey', false, 'Broadcasts', '*Address == FF-FF-FF-FF-FF-FF'],
  ['plain-ethernet', 'grey', false, 'Ethernet and nothing above it', '*ModuleName == "Ethernet"'],
];

export const shippedRules: readonly ColorRule[] = rules.map(([id, color, enabled, name, filter]) => ({
  id,
  name,
  filter,
  color,
  enabled,
}));
