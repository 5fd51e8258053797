/** The filters that Hopscope brings along, for people who look after Windows networks and Hyper-V hosts. */
import type { LibraryFilter } from './library-filters.ts';

type Entry = readonly [name: string, text: string];

const categories: readonly (readonly [category: string, entries: readonly Entry[]])[] = [
  [
    'TCP problems',
    [
      ['Anything wrong with TCP', 'TCP#DiagnosisTypes'],
      ['Sent again', '*TCPDiagnosis contains "retransmi"'],
      ['Lost segments', '*TCPDiagnosis contains "Segment-Lost"'],
      ['Duplicate acknowledgements', '*TCPDiagnosis contains "Dup-Ack"'],
      ['Connection attempts sent again', '*TCPDiagnosis contains "SynRetransmit"'],
      ['Resets', 'TCP.Flags.RST == true'],
      [
        'Refused connections: reset with no window',
        'TCP.Flags.RST == true and TCP.Flags.ACK == true and TCP.Window == 0',
      ],
      ['Closed window', '*TCPDiagnosis contains "Zero-Window"'],
      ['Small window', 'TCP.Window < 1000 and not TCP.Flags.RST == true'],
      ['Keep-alives', '*TCPDiagnosis contains "Keep-Alive"'],
    ],
  ],
  [
    'TCP connections',
    [
      ['Connection attempts: SYN without ACK', 'TCP.Flags.SYN == true and TCP.Flags.ACK == false'],
      ['Accepted connections: SYN with ACK', 'TCP.Flags.SYN == true and TCP.Flags.ACK == true'],
      ['Beginning and end of connections', 'TCP.Flags.SYN == true or TCP.Flags.FIN == true or TCP.Flags.RST == true'],
      ['Congestion marks', 'TCP.Flags.ECE == true or TCP.Flags.CWR == true'],
    ],
  ],
  [
    'Drops',
    [
      ['Dropped by Windows', '*Diagnosis contains "Dropped"'],
      ['Errors', '#DiagnosisLevels == Standard.DiagnosisLevel.Error'],
      ['Errors and warnings', '#DiagnosisLevels in [1, 2]'],
      ['Packet monitor reports a drop', 'Microsoft_Windows_PktMon and *Summary contains "drop"'],
      ['Virtual switch reports a drop', 'Microsoft_Windows_Hyper_V_VmSwitch and *Summary contains "drop"'],
    ],
  ],
  [
    'Names and addresses',
    [
      ['DNS', 'DNS'],
      ['DNS queries that failed', 'DNS and *Summary contains "Response" and not *Summary contains "RCode: NoError"'],
      ['Name resolution of the local network', 'LLMNR or MDNS or NBTNS'],
      ['DHCP', 'DHCPv4 or DHCPv6'],
      ['DHCP refusals', 'DHCPv4 and *Summary contains "Nak"'],
      ['ARP', 'ARP'],
      ['Neighbor discovery', 'ICMPv6 and *Summary contains "Neighbor"'],
    ],
  ],
  [
    'ICMP',
    [
      ['Ping', 'ICMP and *Summary contains "Echo" or ICMPv6 and *Summary contains "Echo"'],
      ['Destination unreachable', '*Summary contains "unreachable"'],
      ['Packet too big', '*Summary contains "fragmentation needed" or *Summary contains "too big"'],
    ],
  ],
  [
    'Windows services',
    [
      ['SMB', 'SMB2 or SMB or TCP.Port == IANA.Port.SMB'],
      ['Kerberos', 'KerberosV5 or *Port == 88'],
      ['Kerberos errors', 'KerberosV5.Message.ErrorCode'],
      ['LDAP and global catalog', 'LDAP or TCP.Port in [389, 636, 3268, 3269]'],
      ['Remote Desktop', 'RDP or *Port == 3389'],
      ['RPC endpoint mapper', 'TCP.Port == 135'],
      ['Windows Remote Management', 'TCP.Port in [5985, 5986]'],
      ['Cluster heartbeats', 'UDP.Port == 3343'],
      ['Live migration', 'TCP.Port == 6600'],
      ['Time service', 'NTP'],
    ],
  ],
  [
    'Web',
    [
      ['HTTP', 'HTTP'],
      ['Requests', 'HTTP and *Summary contains "Request"'],
      ['TLS', 'TLS'],
      ['TLS handshakes', 'TLS and *Summary contains "Hello"'],
      ['QUIC', 'QUIC or UDP.Port == 443'],
    ],
  ],
  [
    'Where it was seen',
    [
      ['Virtual switch', 'Microsoft_Windows_Hyper_V_VmSwitch'],
      ['Capture of the network stack (NDIS)', 'Microsoft_Windows_NDIS_PacketCapture'],
      ['Packet monitor', 'Microsoft_Windows_PktMon'],
      ['TCP/IP driver', 'Microsoft_Windows_TCPIP'],
      ['Windows filtering platform', 'Microsoft_Windows_WFP'],
      ['Events without a packet', 'not Ethernet and not WiFi and not IPv4 and not IPv6'],
      ['Events of the system process', 'Etw::ProcessId == 4'],
    ],
  ],
  [
    'Less noise',
    [
      ['Without Remote Desktop', 'not *Port == 3389'],
      ['Without ARP and neighbor discovery', 'not ARP and not (ICMPv6 and *Summary contains "Neighbor")'],
      ['Without multicast discovery', 'not (LLMNR or MDNS or SSDP or *Port == 5355)'],
      ['Without broadcasts', '*Address ~= FF-FF-FF-FF-FF-FF'],
      ['Tunnelled packets', 'VXLAN or GRE or GENEVE'],
    ],
  ],
];

export const shippedFilters: readonly LibraryFilter[] = categories.flatMap(([category, entries]) =>
  entries.map(([name, text]) => ({ category, name, text })),
);
