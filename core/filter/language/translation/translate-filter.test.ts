import { describe, expect, it } from 'vitest';
import { isFilter } from '../parser.ts';
import { translateFilter } from './translate-filter.ts';

function translated(text: string, from: 'Wireshark' | 'Network Monitor'): string | null {
  const translation = translateFilter(text);
  expect(translation?.from).toBe(from);
  const filter = translation?.filter ?? null;
  if (filter !== null) expect(isFilter(filter)).toBe(true);
  return filter;
}

describe('from Wireshark', () => {
  it.each([
    ['ip.addr == 10.0.0.1', 'IPv4.Address == 10.0.0.1'],
    ['ip.addr==10.0.0.0/16', 'IPv4.Address in 10.0.0.0/16'],
    ['ip.addr != 10.0.0.0/16', 'IPv4.Address and not IPv4.Address in 10.0.0.0/16'],
    [
      'ip.src == 10.0.0.1 && ip.dst != 10.0.0.2',
      'IPv4.SourceAddress == 10.0.0.1 and IPv4.DestinationAddress ~= 10.0.0.2',
    ],
    ['ip.addr eq 10.0.0.1 and tcp.port eq 80', 'IPv4.Address == 10.0.0.1 and TCP.Port == 80'],
    ['tcp.port eq 80', 'TCP.Port == 80'],
    ['tcp.port == 80 or ipv6.addr == fe80::1', 'TCP.Port == 80 or IPv6.Address == fe80::1'],
    ['eth.addr == 00:15:5d:01:02:03', 'Ethernet.Address == 00-15-5D-01-02-03'],
    ['tcp.flags.syn && !tcp.flags.ack', 'TCP.Flags.SYN == true and not TCP.Flags.ACK == true'],
    ['tcp.flags.reset == 1', 'TCP.Flags.RST == true'],
    [
      'tcp.port in {80, 443, 8000..8100}',
      'TCP.Port in [80, 443] or TCP.SourcePort >= 8000 and TCP.SourcePort <= 8100 or TCP.DestinationPort >= 8000 and TCP.DestinationPort <= 8100',
    ],
    ['udp.srcport in {53 5353}', 'UDP.SourcePort in [53, 5353]'],
    ['udp.srcport gt 1024 and udp.srcport lt 0x800', 'UDP.SourcePort > 1024 and UDP.SourcePort < 0x800'],
    ['!(arp or icmp) and ip', 'not (ARP or ICMP) and IPv4'],
    ['ip xor ipv6', 'IPv4 and not IPv6 or not IPv4 and IPv6'],
    ['frame contains "password"', 'contains "password" caseSensitive'],
    ['frame contains 53:4d:42', 'contains $[534D42] caseSensitive'],
    ['frame matches "a\\\\d"', 'regex "(?i)a\\\\d"'],
    ['http.host contains "example"', 'HTTP.Headers.Host contains "example" caseSensitive'],
    ['http.request.uri ~ r"\\d+"', 'HTTP.Uri matches "(?i)\\\\d+"'],
    [
      'http.request and http.response.code >= 400 or http.response',
      'HTTP.Method and HTTP.StatusCode >= 400 or HTTP.StatusCode',
    ],
    ['http.request.method == "GET"', 'HTTP.Method == "GET"'],
    ['frame.number == 5', '#MessageNumber == 5'],
    ['tcp.analysis.retransmission', '*TCPDiagnosis contains "Retransmitted" or *TCPDiagnosis contains "SynRetransmit"'],
    [
      'tcp.analysis.flags && !tcp.analysis.window_update',
      '*TCPDiagnosis and not *TCPDiagnosis contains "Window-Update"',
    ],
    ['vlan.id == 0100', 'VLAN.VlanId == 64'],
    ['tcp.dstport == https or ip.ttl < 5', 'TCP.DestinationPort == IANA.Port.HTTPS or IPv4.TimeToLive < 5'],
    ['tcp.port !== 80', 'TCP.SourcePort ~= 80 or TCP.DestinationPort ~= 80'],
    ['tcp.port === 80', 'TCP.SourcePort == 80 and TCP.DestinationPort == 80'],
    ['ip.src == 10.0.0.1 and tcp.flags & 0x02', 'IPv4.SourceAddress == 10.0.0.1 and TCP.Flags & 0x2 ~= 0'],
    ['ip and tcp.srcport == tcp.dstport', 'IPv4 and TCP.SourcePort == TCP.DestinationPort'],
    ['ssl or bootp or kerberos', 'TLS or DHCPv4 or KerberosV5'],
    ['ip and TCP.Port == 80', 'IPv4 and TCP.Port == 80'],
  ])('%s', (text, expected) => {
    expect(translated(text, 'Wireshark')).toBe(expected);
  });

  it.each([
    ['tcp.stream eq 3 or ip', '"tcp.stream" of Wireshark has no counterpart here.'],
    ['ip.addr == www.example.com', 'The value "www.example.com" cannot be read here as Wireshark reads it.'],
    ['lower(http.host) == "x" and ip', 'The function "lower" of Wireshark has no counterpart here.'],
    ['tcp.nothing_known eq 1', '"tcp.nothing_known" of Wireshark has no counterpart here.'],
    ['ip.src contains "a"', '"ip.src" is no text here, so that "contains" cannot search it.'],
  ])('names what it cannot say: %s', (text, note) => {
    expect(translateFilter(text)).toEqual({ from: 'Wireshark', filter: null, notes: [note] });
  });

  it('says where the meaning is not quite the same', () => {
    expect(translateFilter('tcp.flags.syn')?.notes).toEqual([
      '"tcp.flags.syn" alone is true in Wireshark wherever the flag exists; here it is read as "is set".',
    ]);
  });

  it('reads many alternatives', () => {
    const text = Array.from({ length: 400 }, (_, index) => `ip.addr == 10.0.0.${index % 256}`).join(' or ');
    expect(translated(text, 'Wireshark')?.split(' or ')).toHaveLength(400);
  });
});

describe('from Network Monitor', () => {
  it.each([
    ['Tcp.SrcPort == 80', 'TCP.SourcePort == 80'],
    [
      'TCP.DstPort != 80 AND NOT IPv4.SourceAddress == 10.0.0.1',
      'TCP.DestinationPort ~= 80 and not IPv4.SourceAddress == 10.0.0.1',
    ],
    ['Protocol.TCP', 'TCP'],
    ['.Protocol.TCP.Flags.Reset == 1', 'TCP.Flags.RST == 1'],
    ['.TCP', 'TCP'],
    [
      'Property.TCPRetransmit == 1 OR Property.TCPRetransmit',
      '*TCPRetransmit == 1 or *TCPDiagnosis contains "Retransmitted"',
    ],
    ['Property.Source == "pc"', '*Source == "pc"'],
    ['Conversation.ProcessId == 4', 'Etw::ProcessId == 4'],
    ['ContainsBin(FrameData, ASCII, "x")', 'contains "x" caseSensitive encoding ASCII'],
    ['ContainsBin(FrameData, HEX, "53 4d")', 'contains $[534D]'],
    ['HTTP.Request.URI.contains("msn")', 'HTTP.Uri contains "msn"'],
    ['Contains(HTTP.Request.URI, "msn")', 'HTTP.Uri contains "msn"'],
    ['Ethernet.EthernetType == 0x800', 'Ethernet.Type == 0x800'],
  ])('%s', (text, expected) => {
    expect(translated(text, 'Network Monitor')).toBe(expected);
  });

  it.each([
    ['Conversation.ProcessName == "a.exe"', '"Conversation.ProcessName" of Network Monitor has no counterpart here.'],
    ['UINT8(FrameData, 3) == 5', 'The function "UINT8" of Network Monitor has no counterpart here.'],
    ['ContainsBin(HTTP, ASCII, "x")', 'ContainsBin can search the whole message here, but not "HTTP".'],
  ])('names what it cannot say: %s', (text, note) => {
    expect(translateFilter(text)).toEqual({ from: 'Network Monitor', filter: null, notes: [note] });
  });
});

describe('leaves alone', () => {
  it.each([
    '',
    'TCP',
    'tcp',
    'tcp.port == IANA.Port.HTTP',
    'tcp.port == 80 and not udp',
    'tcp.syn == true',
    'tcp.flags.syn == true',
    'tcp.options',
    'ipv4.address == 10.0.0.1',
    'TCP.Port in [80, 443]',
    '*Summary contains "error"',
    'contains "tcp.port"',
    'tcp && #DiagnosisLevels==2',
    '\\TCP\\IPv4',
    'some words',
    'constructor == 1',
    '{',
    '("',
  ])('%s', (text) => {
    expect(translateFilter(text)).toBeNull();
  });

  it('reads nothing endlessly nested', () => {
    expect(translateFilter('('.repeat(9000))).toBeNull();
    expect(translateFilter('!'.repeat(9000))).toBeNull();
    expect(translateFilter('ip xor '.repeat(30) + 'ip')?.filter).toBeNull();
  });
});
