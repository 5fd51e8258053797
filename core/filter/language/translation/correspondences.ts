/** What Wireshark's display filters and Network Monitor's filters call what we have. One table serves every direction. */

export type ForeignType = 'integer' | 'port' | 'boolean' | 'ipv4' | 'ipv6' | 'mac' | 'text';

/** A field that means the same. */
export interface FieldCorrespondence {
  /** `tcp.srcport` */
  readonly wireshark: string;
  /** `TCP.SourcePort` */
  readonly ours: string;
  readonly type: ForeignType;
  /** Network Monitor's name, where it is not ours. */
  readonly networkMonitor?: string;
  /** Wireshark names of the two fields that the name stands for together. */
  readonly either?: readonly [string, string];
}

/** A protocol of Wireshark and the module that is there in the same packets. */
export interface ProtocolCorrespondence {
  readonly wireshark: string;
  readonly ours: string;
}

/** The first of several that are one to us is Wireshark's name today. */
export const protocols: readonly ProtocolCorrespondence[] = [
  ['eth', 'Ethernet'],
  ['wlan', 'WiFi'],
  ['vlan', 'VLAN'],
  ['llc', 'LLC'],
  ['arp', 'ARP'],
  ['ip', 'IPv4'],
  ['ipv6', 'IPv6'],
  ['icmp', 'ICMP'],
  ['icmpv6', 'ICMPv6'],
  ['igmp', 'IGMP'],
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['gre', 'GRE'],
  ['vxlan', 'VXLAN'],
  ['geneve', 'Geneve'],
  ['eapol', 'EAPOL'],
  ['stp', 'STP'],
  ['dns', 'DNS'],
  ['mdns', 'MDNS'],
  ['llmnr', 'LLMNR'],
  ['nbns', 'NBTNS'],
  ['dhcp', 'DHCPv4'],
  ['bootp', 'DHCPv4'],
  ['dhcpv6', 'DHCPv6'],
  ['ntp', 'NTP'],
  ['ssdp', 'SSDP'],
  ['http', 'HTTP'],
  ['tls', 'TLS'],
  ['ssl', 'TLS'],
  ['smb2', 'SMB2'],
  ['rdp', 'RDP'],
  ['kerberos', 'KerberosV5'],
  ['ldap', 'LDAP'],
  ['quic', 'QUIC'],
].map(([wireshark, ours]) => ({ wireshark, ours }));

type Row = readonly [wireshark: string, ours: string, networkMonitor?: string];

function all(type: ForeignType, rows: readonly Row[]): FieldCorrespondence[] {
  return rows.map(([wireshark, ours, networkMonitor]) => {
    return networkMonitor === undefined ? { wireshark, ours, type } : { wireshark, ours, type, networkMonitor };
  });
}

function either(type: ForeignType, wireshark: string, ours: string, both: readonly [string, string]) {
  return { wireshark, ours, type, either: both };
}

/** Of several rows with the same name of ours, the first one is what we say in Wireshark's language. */
export const fields: readonly FieldCorrespondence[] = [
  either('mac', 'eth.addr', 'Ethernet.Address', ['eth.src', 'eth.dst']),
  either('ipv4', 'ip.addr', 'IPv4.Address', ['ip.src', 'ip.dst']),
  either('ipv6', 'ipv6.addr', 'IPv6.Address', ['ipv6.src', 'ipv6.dst']),
  either('port', 'tcp.port', 'TCP.Port', ['tcp.srcport', 'tcp.dstport']),
  either('port', 'udp.port', 'UDP.Port', ['udp.srcport', 'udp.dstport']),
  ...all('mac', [
    ['eth.src', 'Ethernet.SourceAddress'],
    ['eth.dst', 'Ethernet.DestinationAddress'],
    ['arp.src.hw_mac', 'ARP.SenderHardwareAddress', 'ARP.SendersMacAddress'],
    ['arp.dst.hw_mac', 'ARP.TargetHardwareAddress', 'ARP.TargetMacAddress'],
    ['wlan.sa', 'WiFi.SourceAddress'],
    ['wlan.da', 'WiFi.DestinationAddress'],
    ['wlan.bssid', 'WiFi.BSSID'],
    ['dhcp.hw.mac_addr', 'DHCPv4.ClientHardwareAddress'],
  ]),
  ...all('ipv4', [
    ['ip.src', 'IPv4.SourceAddress'],
    ['ip.dst', 'IPv4.DestinationAddress'],
    ['arp.src.proto_ipv4', 'ARP.SenderProtocolAddress', 'ARP.SendersIp4Address'],
    ['arp.dst.proto_ipv4', 'ARP.TargetProtocolAddress', 'ARP.TargetIp4Address'],
    ['dns.a', 'DNS.IPAddress'],
    ['dhcp.ip.client', 'DHCPv4.ClientIP'],
    ['dhcp.ip.your', 'DHCPv4.YourIP'],
    ['dhcp.ip.server', 'DHCPv4.ServerIP'],
    ['dhcp.ip.relay', 'DHCPv4.RelayAgentIP'],
    ['dhcp.option.requested_ip_address', 'DHCPv4.Options.RequestedIPAddress'],
    ['dhcp.option.dhcp_server_id', 'DHCPv4.Options.ServerIdentifier'],
  ]),
  ...all('ipv6', [
    ['ipv6.src', 'IPv6.SourceAddress'],
    ['ipv6.dst', 'IPv6.DestinationAddress'],
    ['dns.aaaa', 'DNS.IPv6Address'],
  ]),
  ...all('port', [
    ['tcp.srcport', 'TCP.SourcePort', 'TCP.SrcPort'],
    ['tcp.dstport', 'TCP.DestinationPort', 'TCP.DstPort'],
    ['udp.srcport', 'UDP.SourcePort', 'UDP.SrcPort'],
    ['udp.dstport', 'UDP.DestinationPort', 'UDP.DstPort'],
  ]),
  ...all('boolean', [
    ['tcp.flags.fin', 'TCP.Flags.FIN'],
    ['tcp.flags.syn', 'TCP.Flags.SYN'],
    ['tcp.flags.reset', 'TCP.Flags.RST', 'TCP.Flags.Reset'],
    ['tcp.flags.push', 'TCP.Flags.PSH', 'TCP.Flags.Push'],
    ['tcp.flags.ack', 'TCP.Flags.ACK'],
    ['tcp.flags.urg', 'TCP.Flags.URG', 'TCP.Flags.Urgent'],
    ['tcp.flags.ece', 'TCP.Flags.ECE'],
    ['tcp.flags.cwr', 'TCP.Flags.CWR'],
    ['ip.flags.df', 'IPv4.Flags.DF'],
    ['ip.flags.mf', 'IPv4.Flags.MF'],
    ['dns.flags.response', 'DNS.Flags.QR'],
    ['dns.flags.authoritative', 'DNS.Flags.AuthoritativeAnswer'],
    ['dns.flags.truncated', 'DNS.Flags.Truncation'],
    ['smb2.flags.response', 'SMB2.Message.Flags.ServerToRedir'],
  ]),
  ...all('integer', [
    ['eth.type', 'Ethernet.Type', 'Ethernet.EthernetType'],
    ['vlan.id', 'VLAN.VlanId'],
    ['vlan.priority', 'VLAN.Priority'],
    ['arp.opcode', 'ARP.Operation', 'ARP.OpCode'],
    ['ip.proto', 'IPv4.Protocol', 'IPv4.NextProtocol'],
    ['ip.ttl', 'IPv4.TimeToLive'],
    ['ip.len', 'IPv4.TotalLength'],
    ['ip.id', 'IPv4.Identification'],
    ['ip.checksum', 'IPv4.HeaderChecksum'],
    ['ip.dsfield.dscp', 'IPv4.DifferentiatedServices.DSCP'],
    ['ip.dsfield.ecn', 'IPv4.DifferentiatedServices.ECN'],
    ['ipv6.nxt', 'IPv6.NextHeader', 'IPv6.NextProtocol'],
    ['ipv6.hlim', 'IPv6.HopLimit'],
    ['ipv6.plen', 'IPv6.PayloadLength'],
    ['ipv6.flow', 'IPv6.FlowLabel'],
    ['ipv6.tclass', 'IPv6.TrafficClass'],
    ['icmp.type', 'ICMP.Type'],
    ['icmp.code', 'ICMP.Code'],
    ['icmp.ident', 'ICMP.Identifier'],
    ['icmp.seq', 'ICMP.SequenceNumber'],
    ['icmpv6.type', 'ICMPv6.Type', 'ICMPv6.MessageType'],
    ['icmpv6.code', 'ICMPv6.Code'],
    ['tcp.seq_raw', 'TCP.SequenceNumber'],
    ['tcp.seq', 'TCP.RelativeSequenceNumber'],
    ['tcp.ack_raw', 'TCP.AcknowledgmentNumber', 'TCP.AcknowledgementNumber'],
    ['tcp.ack', 'TCP.RelativeAcknowledgmentNumber'],
    ['tcp.flags', 'TCP.Flags'],
    ['tcp.window_size_value', 'TCP.Window'],
    ['tcp.window_size', 'TCP.WindowScaled'],
    ['tcp.len', 'TCP.PayloadLength'],
    ['tcp.checksum', 'TCP.Checksum'],
    ['tcp.urgent_pointer', 'TCP.UrgentPointer'],
    ['tcp.options.mss_val', 'TCP.Options.MaxSegmentSize'],
    ['udp.length', 'UDP.Length', 'UDP.TotalLength'],
    ['udp.checksum', 'UDP.Checksum'],
    ['dns.id', 'DNS.QueryIdentifier'],
    ['dns.flags.opcode', 'DNS.Flags.OpCode'],
    ['dns.flags.rcode', 'DNS.Flags.RCode'],
    ['dns.qry.type', 'DNS.Question.QuestionType'],
    ['dns.resp.ttl', 'DNS.TimeToLive'],
    ['dhcp.id', 'DHCPv4.TransactionID'],
    ['dhcp.type', 'DHCPv4.OpCode'],
    ['dhcp.option.dhcp', 'DHCPv4.Options.MessageType'],
    ['http.response.code', 'HTTP.StatusCode', 'HTTP.Response.StatusCode'],
    ['tls.handshake.type', 'TLS.Record.Handshake.Type'],
    ['tls.record.content_type', 'TLS.Record.ContentType'],
    ['tls.record.version', 'TLS.Record.Version'],
    ['tls.handshake.ciphersuite', 'TLS.Record.Handshake.CipherSuite'],
    ['tls.alert_message.desc', 'TLS.Record.Description'],
    ['smb2.cmd', 'SMB2.Message.Command'],
    ['smb2.nt_status', 'SMB2.Message.Status'],
    ['smb2.msg_id', 'SMB2.Message.MessageId'],
    ['smb2.sesid', 'SMB2.Message.SessionId'],
    ['smb2.tid', 'SMB2.Message.TreeId'],
    ['kerberos.msg_type', 'KerberosV5.Message.MessageType'],
    ['kerberos.error_code', 'KerberosV5.Message.ErrorCode'],
    ['ldap.messageID', 'LDAP.Message.MessageId'],
    ['ldap.resultCode', 'LDAP.Message.Operation.ResultCode'],
    ['vxlan.vni', 'VXLAN.VNI'],
    ['geneve.vni', 'Geneve.VNI'],
  ]),
  ...all('text', [
    ['dns.qry.name', 'DNS.Question.QuestionName'],
    ['dns.resp.name', 'DNS.ResourceName'],
    ['dns.cname', 'DNS.CanonicalName'],
    ['http.host', 'HTTP.Headers.Host'],
    ['http.server', 'HTTP.Headers.Server'],
    ['http.request.method', 'HTTP.Method', 'HTTP.Request.Command'],
    ['http.request.uri', 'HTTP.Uri', 'HTTP.Request.URI'],
    ['http.response.phrase', 'HTTP.ReasonPhrase'],
    ['tls.handshake.extensions_server_name', 'TLS.Record.Handshake.Extensions.Extension.ServerNameList.ServerName'],
    ['dhcp.option.hostname', 'DHCPv4.Options.HostName'],
    ['kerberos.realm', 'KerberosV5.Message.Realm'],
    ['wlan.ssid', 'WiFi.Elements.SSID'],
  ]),
];

/** Wireshark's findings about TCP, and Message Analyzer's words for them in the property `TCPDiagnosis`. */
export const findings: readonly { readonly wireshark: string; readonly ours: string }[] = [
  ['retransmission', 'Retransmitted'],
  ['fast_retransmission', 'Fast-Retransmitted-Request'],
  ['spurious_retransmission', 'Spurious-Retransmitted'],
  ['lost_segment', 'Segment-Lost'],
  ['out_of_order', 'Out-Of-Order'],
  ['duplicate_ack', 'Dup-Ack'],
  ['ack_lost_segment', 'Ack-Of-Lost-Segment'],
  ['zero_window', 'Zero-Window'],
  ['zero_window_probe', 'Zero-Window-Probe'],
  ['zero_window_probe_ack', 'Zero-Window-Probe-Ack'],
  ['window_full', 'Window-Full'],
  ['window_update', 'Window-Update'],
  ['keep_alive', 'Keep-Alive'],
  ['keep_alive_ack', 'Keep-Alive-Ack'],
].map(([name, ours]) => ({ wireshark: `tcp.analysis.${name}`, ours }));

/** Wireshark names that people write alone, to ask whether something is there, and what is there in the same packets. */
export const presences: ReadonlyMap<string, string> = new Map([
  ['http.request', 'HTTP.Method'],
  ['http.response', 'HTTP.StatusCode'],
  ['tcp.options', 'TCP.Options'],
  ['tls.handshake', 'TLS.Record.Handshake'],
  ['tcp.analysis.flags', '*TCPDiagnosis'],
]);

/** Wireshark fields that people filter by and that nothing of ours corresponds to; known, so that a filter is recognised. */
export const fieldsWithoutCounterpart: ReadonlySet<string> = new Set([
  'frame.len',
  'frame.time',
  'frame.time_delta',
  'frame.time_relative',
  'frame.protocols',
  'ip.host',
  'eth.addr_resolved',
  'tcp.stream',
  'udp.stream',
  'tcp.time_delta',
  'tcp.time_relative',
  'tcp.payload',
]);

const fieldByWiresharkName = new Map(fields.map((field) => [field.wireshark, field]));
const protocolByWiresharkName = new Map(protocols.map((protocol) => [protocol.wireshark, protocol.ours]));
const fieldByNetworkMonitorName = new Map(
  fields.flatMap((field) =>
    field.networkMonitor === undefined ? [] : [[field.networkMonitor.toLowerCase(), field] as const],
  ),
);

export function wiresharkField(name: string): FieldCorrespondence | undefined {
  return fieldByWiresharkName.get(name);
}

/** The module of a Wireshark protocol. */
export function wiresharkProtocol(name: string): string | undefined {
  return protocolByWiresharkName.get(name);
}

/** In any case, as Network Monitor reads it. */
export function networkMonitorField(name: string): FieldCorrespondence | undefined {
  return fieldByNetworkMonitorName.get(name.toLowerCase());
}
