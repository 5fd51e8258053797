import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTsharkInstalled } from '../../../packet/test-support/tshark-judge.ts';
import { parseFilter } from '../parser.ts';
import { fields, fieldsWithoutCounterpart, findings, presences, protocols } from './correspondences.ts';
import { wiresharkFilter } from './wireshark-filter.ts';

const ports = new Map([['IANA.Port.HTTP', 80n]]);

function written(text: string): string {
  const result = wiresharkFilter(parseFilter(text), (name) => ports.get(name));
  return 'filter' in result ? result.filter : result.reason;
}

const cases: readonly (readonly [ours: string, wireshark: string])[] = [
  ['', ''],
  ['TCP', 'tcp'],
  ['http and !UDP', 'http and !(udp)'],
  ['TCP and (UDP or ARP)', 'tcp and (udp or arp)'],
  ['TCP.Port == 80', 'tcp.port == 80'],
  ['tcp.port == 0x50', 'tcp.port == 80'],
  ['80 == TCP.Port', 'tcp.port == 80'],
  ['1024 < TCP.SourcePort', 'tcp.srcport > 1024'],
  ['TCP.Port == IANA.Port.HTTP', 'tcp.port == 80'],
  ['TCP.Port != 80', '!(tcp.port == 80)'],
  ['TCP.Port ~= 80', 'tcp.port and !(tcp.port == 80)'],
  ['TCP.Port in [80, 443]', 'tcp.port == 80 or tcp.port == 443'],
  ['*Port == 53', 'tcp.port == 53 or udp.port == 53'],
  ['*Port ~= 53', '(tcp.port or udp.port) and (!(tcp.port == 53 or udp.port == 53))'],
  ['*Address == 10.0.0.1', 'ip.addr == 10.0.0.1'],
  ['*Address == fe80::1', 'ipv6.addr == fe80::1'],
  ['*Address == 00-15-5D-01-02-03', 'eth.addr == 00:15:5d:01:02:03'],
  ['*Address in [10.0.0.1, fe80::/64]', 'ip.addr == 10.0.0.1 or ipv6.addr == fe80::/64'],
  ['IPv4.Address in 10.1.0.0/16', 'ip.addr == 10.1.0.0/16'],
  ['IPv4.Address == $[C0A80101]', 'ip.addr == 192.168.1.1'],
  ['TCP.SYN == true and TCP:Segment:Flags:ACK == 0', 'tcp.flags.syn == 1 and tcp.flags.ack == 0'],
  ['*Syn==True', 'tcp.flags.syn == 1'],
  ['TCP.Options ~= nothing', 'tcp.options'],
  ['VLAN.VlanId == nothing', '!(vlan.id)'],
  ['TCP.SourcePort == TCP.DestinationPort', 'tcp.srcport == tcp.dstport'],
  ['TCP.SourcePort ~= TCP.DestinationPort', 'tcp.srcport and tcp.dstport and !(tcp.srcport == tcp.dstport)'],
  ['HTTP.Uri contains "a.b"', 'http.request.uri matches "a\\\\x2eb"'],
  ['HTTP.Uri contains "ab" caseSensitive', 'http.request.uri matches "(?-i)ab"'],
  ['HTTP.Method == "GET"', 'http.request.method == "GET"'],
  ['HTTP.Uri matches "^\\\\d\\""', 'http.request.uri matches "(?-i)^\\\\d\\""'],
  ['regex @"a\\d"', 'frame matches "(?-i)a\\\\d"'],
  ['regex "(?i)a"', 'frame matches "a"'],
  ['contains "ab" encoding ASCII', 'frame matches "ab"'],
  ['contains "ab"', 'frame matches "ab|a\\\\x00b\\\\x00|\\\\x00a\\\\x00b"'],
  ['contains $[534d42ff]', 'frame matches "(?-i)SMB\\\\xff"'],
  ['*TCPDiagnosis contains "dup-ack"', 'tcp.analysis.duplicate_ack'],
  ['*TCPDiagnosis', 'tcp.analysis.flags'],
];

describe('what a filter is in Wireshark', () => {
  it.each(cases)('%s', (ours, wireshark) => {
    expect(written(ours)).toBe(wireshark);
  });

  it.each([
    ['#MessageNumber == 5', '"#MessageNumber" is no field of packets.'],
    ['\\TCP\\IPv4', 'Wireshark cannot ask in which order the layers of a packet lie.'],
    ['TCP.Port + 1 == 5', 'Wireshark compares only fields.'],
    ['Etw::ProcessId == 4', 'Wireshark has nothing known for "Etw::ProcessId".'],
    ['*Type == 1', '"*Type" may be a field of any protocol; Wireshark wants to know of which.'],
    ['TCP.Port == IANA.Port.NONE', 'Nobody knows the number of "IANA.Port.NONE".'],
    ['TCP.Port == "x"', '"TCP.Port" cannot be compared with such a value in Wireshark.'],
    ['contains "x" encoding Base64', 'Wireshark cannot search a text in the encoding Base64.'],
    ['TLS.Type == 1', 'Wireshark has nothing known for "TLS.Type".'],
    ['Microsoft_Windows_NDIS', 'Wireshark has nothing known for "Microsoft_Windows_NDIS".'],
    ['*TCPDiagnosis contains "nonsense"', 'Wireshark has no finding "nonsense".'],
  ])('says why there is none for %s', (ours, reason) => {
    expect(written(ours)).toBe(reason);
  });
});

describe.runIf(isTsharkInstalled())('tshark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wireshark-filter-'));
  const capture = join(folder, 'empty.pcap');
  beforeAll(() => {
    writeFileSync(capture, emptyCapture());
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** What tshark says against a display filter; nothing when it is one. */
  function objection(filter: string): string {
    try {
      execFileSync('tshark', ['-r', capture, '-Y', filter], { stdio: 'pipe' });
      return '';
    } catch (error) {
      return String(error);
    }
  }

  it('reads every filter that is written for it', { timeout: 60_000 }, () => {
    const filters = cases.map(([, wireshark]) => wireshark).filter((filter) => filter !== '');
    expect(objection(filters.map((filter) => `(${filter})`).join(' or '))).toBe('');
  });

  it('has every name in the table', { timeout: 60_000 }, () => {
    const names = [
      ...protocols.map(({ wireshark }) => wireshark),
      ...fields.flatMap(({ wireshark, either }) => [wireshark, ...(either ?? [])]),
      ...findings.map(({ wireshark }) => wireshark),
      ...presences.keys(),
      ...fieldsWithoutCounterpart,
    ];
    expect(objection(names.join(' or '))).toBe('');
    expect(objection('tcp.no_such_field')).not.toBe('');
  });
});

/** The header of a pcap file for Ethernet, little-endian, without a frame. */
function emptyCapture(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(0x40000, 16);
  header.writeUInt32LE(1, 20);
  return header;
}
