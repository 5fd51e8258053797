import { describe, expect, it } from 'vitest';
import { bindFilter } from './bind.ts';
import { countRows } from './bitset.ts';
import { parseFilter } from './language/parser.ts';
import { scanSegment } from './scan.ts';
import { matchingRows, placeOf } from './test-support/match.ts';
import { nameless, sampleNames, sampleRows, sampleVocabulary, type SampleRow } from './test-support/sample.ts';
import { segmentOf, type TestEvent } from './test-support/synthetic-segment.ts';

function matches(filter: string): SampleRow[] {
  return matchingRows(filter, sampleRows, sampleVocabulary).map((row) => sampleNames[row]);
}

function allBut(...names: SampleRow[]): SampleRow[] {
  return sampleNames.filter((name) => !names.includes(name));
}

const tcp: SampleRow[] = ['syn', 'rest', 'data', 'ipv6'];
const syn: SampleRow[] = ['syn', 'rest'];

/** Lines of the golden corpus, the guide's own examples, and what each must let through. */
const corpus: [filter: string, rows: SampleRow[]][] = [
  ['', sampleNames],
  ['Ethernet', allBut('metadata', 'unnamed')],
  ['TCP', tcp],
  ['tcp', tcp],
  ['HTTP and !UDP', []],
  ['!HTTP and !UDP', allBut('udp')],
  ['IPv4.Address == 192.168.1.1', ['syn', 'rest', 'udp']],
  ['IPv4.Address ~= 192.168.1.1', ['data']],
  ['IPv4.Address != 192.168.1.1', allBut('syn', 'rest', 'udp')],
  ['!(IPv4.Address == 192.168.1.1)', allBut('syn', 'rest', 'udp')],
  ['IPv4.Address in 10.1.0.0/16', ['syn', 'rest', 'data']],
  ['IPv4.Address in [192.0.1.1, 10.9.9.9, 192.0.0.2]', ['data']],
  ['IPv6.Address == 2001:4898:0:FFF:200:5EFE:4135:4A7', ['ipv6']],
  ['*Address == 192.168.1.1 or *Address == 2001:4898:0:FFF:200:5EFE:4135:4A7', ['syn', 'rest', 'udp', 'ipv6']],
  ['*Address == 02-01-0A-01-01-64', ['syn', 'rest', 'udp', 'ipv6', 'arp']],
  ['*Address != 192.168.1.1 && TCP.Port != 3389', ['data', 'arp', 'metadata', 'unnamed']],
  ['tcp.port == IANA.Port.HTTP', syn],
  ['TCP.Port == 80', syn],
  ['*Port==443', ['data']],
  ['*Port == 80', ['syn', 'rest', 'udp']],
  ['*Port != IANA.Port.LDAP', sampleNames],
  ['*Port == IANA.Port.SMB', []],
  ['!(*Port in [3389, 1494, 1503])', allBut('ipv6')],
  ['TCP.SourcePort in [6608, 50001, 50000]', ['syn', 'rest', 'data']],
  ['UDP.SourcePort==500', ['udp']],
  ['TCP.SequenceNumber == 1648745597', syn],
  ['tcp.syn == true', ['syn', 'rest', 'ipv6']],
  ['TCP::Flags:SYN == true', ['syn', 'rest', 'ipv6']],
  ['TCP:::SYN==true', ['syn', 'rest', 'ipv6']],
  ['*Syn==True', ['syn', 'rest', 'ipv6']],
  ['Etw::ProcessId==4', ['syn', 'data', 'metadata']],
  ['Ipv4.Protocol == 17', ['udp']],
  ['Ipv4.Protocol == IANA.ProtocolType.UDP', ['udp']],
];

describe('the guide’s examples', () => {
  it.each(corpus)('%s', (filter, rows) => {
    expect(matches(filter)).toEqual(rows);
  });
});

describe('other fields and spellings', () => {
  it.each<[string, SampleRow[]]>([
    ['Microsoft_Windows_PktMon', ['data', 'ipv6']],
    ['MICROSOFT_windows_NDIS_PacketCapture and not Ethernet', ['metadata']],
    ['Microsoft_Windows_NDIS_PacketCapture && TCP', syn],
    [nameless, ['unnamed']],
    ['Etw', sampleNames],
    ['Etw.Id == 5002', ['metadata']],
    ['Etw.EtwProviderMsg.EventRecord.Header.ThreadId == 8', ['syn']],
    ['Etw.ProcessId == 4 and TCP.Port == 80', ['syn']],
    ['Etw.ProcessId == 4 or TCP.Port == 80', ['syn', 'rest', 'data', 'metadata']],
    [`Etw.ProviderId == ${nameless}`, ['unnamed']],
    ['TCP:Segment:Flags:SYN == false', ['data']],
    ['TCP.Flags.SYN == 1 and TCP.Flags.ACK != true', syn],
    ['TCP.SYN != true', ['data', 'udp', 'arp', 'metadata', 'unnamed']],
    ['TCP.Flags == 0x12', ['ipv6']],
    ['TCP.Window < 1000', ['data', 'ipv6']],
    ['8192 <= TCP.Window', syn],
    ['TCP.AcknowledgmentNumber == 9', ['data']],
    ['TCP.PayloadLength > 0', ['data']],
    ['Ethernet.Type == 0x806', ['arp']],
    ['Ethernet.SourceAddress == 00-15-5d-01-02-03', ['data']],
    ['Ethernet.DestinationAddress == 00:15:5d:01:02:03', allBut('metadata', 'unnamed')],
    ['VLAN.VlanId == 42', ['ipv6']],
    ['VLAN.VlanId ~= 42', []],
    ['IPv6.SourceAddress in 2001:4898::/32', ['ipv6']],
    ['IPv6.DestinationAddress == FE80::1', ['ipv6']],
    ['IPv6.Address == ::1', []],
    ['IPv4.SourceAddress == $[C0A80101]', ['syn', 'rest', 'udp']],
    ['*Address in [10.9.9.9, fe80::/10]', ['data', 'ipv6']],
    ['IPv4.DestinationAddress in 224.0.0.1/4', ['udp']],
    ['UDP.Port == nothing', allBut('udp')],
    ['UDP.Port ~= nothing', ['udp']],
    ['not not TCP', tcp],
    ['TCP and not TCP', []],
    ['TCP or not TCP', sampleNames],
    ['true', sampleNames],
    ['false or UDP', ['udp']],
    ['TCP.Port == 70000', []],
  ])('%s', (filter, rows) => {
    expect(matches(filter)).toEqual(rows);
  });
});

describe('what ==, != and ~= mean for a field with an alias', () => {
  // Rows: either side has the value, another value is there, the field is absent.
  it.each<[string, SampleRow[]]>([
    ['TCP.Port == 443', ['data']],
    ['TCP.Port != 443', allBut('data')],
    ['TCP.Port ~= 443', ['syn', 'rest', 'ipv6']],
    ['not TCP.Port == 443', allBut('data')],
    ['not TCP.Port != 443', ['data']],
    ['not TCP.Port ~= 443', ['data', 'udp', 'arp', 'metadata', 'unnamed']],
    ['SMTP.Port == 443', []],
    ['SMTP.Port != 443', sampleNames],
    ['SMTP.Port ~= 443', []],
    ['*Port ~= 80', ['data', 'ipv6']],
    ['*Address ~= 192.168.1.1', ['data']],
  ])('%s', (filter, rows) => {
    expect(matches(filter)).toEqual(rows);
  });

  it('binds comparison tighter than not, and not tighter than and, and tighter than or', () => {
    expect(matches('!TCP.Port == 80 and TCP or UDP')).toEqual(['data', 'udp', 'ipv6']);
    expect(matches('UDP or TCP and TCP.Port == 443')).toEqual(['data', 'udp']);
    expect(matches('(UDP or TCP) and *Port == 80')).toEqual(['syn', 'rest', 'udp']);
  });
});

describe('a packet in a packet', () => {
  const rows: TestEvent[] = [
    {
      provider: nameless,
      id: 1,
      packet: {
        modules: ['Ethernet', 'IPv4', 'UDP', 'VXLAN', 'IPv6', 'TCP'],
        covered: ['IPv4', 'UDP'],
        source: 'fe80::1',
        destination: 'fe80::2',
        sourcePort: 50000,
        destinationPort: 443,
      },
    },
  ];

  it.each([
    ['UDP and VXLAN and TCP', true],
    ['TCP.Port == 443', true],
    ['*Port == 443', true],
    ['UDP.Port == 443', false],
    ['IPv6.Address == fe80::2', true],
    ['IPv4.Address == 0.0.0.1', false],
    ['IPv4.Address == 0.0.0.2', false],
  ])('%s: %s', (filter, isThere) => {
    expect(matchingRows(filter, rows, sampleVocabulary)).toEqual(isThere ? [0] : []);
  });
});

describe('segments without rows of a kind', () => {
  it('scans a segment without events', () => {
    expect(matchingRows('TCP or not UDP', [], sampleVocabulary)).toEqual([]);
  });

  it('scans a segment without packets', () => {
    const events = sampleRows.slice(6);
    expect(matchingRows('TCP', events, sampleVocabulary)).toEqual([]);
    expect(matchingRows('not TCP', events, sampleVocabulary)).toEqual([0, 1]);
  });

  it('keeps the bits behind the last row clear', () => {
    for (const count of [1, 31, 32, 33, 64, 65]) {
      const rows = Array.from({ length: count }, () => sampleRows[2]);
      const { plan } = bindFilter(parseFilter('not UDP'), sampleVocabulary);
      expect(countRows(scanSegment(plan, placeOf(segmentOf(rows))))).toBe(count);
    }
  });
});
