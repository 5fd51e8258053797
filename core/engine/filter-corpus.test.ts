import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filterTrace } from './test-support/filter-trace.ts';
import { headerRow, NamedRows } from './test-support/named-rows.ts';

/** Filters of Message Analyzer's documentation and assets, each with the rows that it lets through, and no others. */

const folder = mkdtempSync(join(tmpdir(), 'hopscope-filters-'));
let rows: NamedRows;
beforeAll(async () => {
  rows = await NamedRows.open(join(folder, 'trace.etl'), filterTrace);
});
afterAll(async () => {
  await rows.close();
  rmSync(folder, { recursive: true, force: true });
});

const http = ['get', 'get again', 'response behind a gap'];
const webConnection = ['syn', 'syn-ack', 'ack', ...http];
const smb2 = ['smb2', 'smb2 damaged'];
const fragments = ['fragments 1', 'fragments 2', 'fragments 3'];
/** SYNs that nobody answers are findings too: half-open connections. */
const unanswered = ['rdp', 'odd ports', 'https over ipv6', 'tunnel'];
const tcp = [...webConnection, 'rdp', 'ldap', 'odd ports', 'https over ipv6', ...smb2, 'tunnel'];
const syns = ['syn', 'syn-ack', ...unanswered];
const udp = ['isakmp', 'dns query', 'kerberos error', 'wifi data', 'tunnel', 'vlan', 'wide text', ...fragments, 'drop'];
const wifi = ['wifi data', 'wifi beacon'];
const withoutIpv4 = ['https over ipv6', 'wifi beacon', 'arp'];
const events = [headerRow, 'vmswitch', 'trace logging', 'number of a person', 'number in a text'];
const nothing: readonly string[] = [];

/** Of all rows those without these, in the order of the trace. */
const except = (...names: readonly string[]) => ({ except: names });
type Wanted = readonly string[] | ReturnType<typeof except>;

function wantedNames(wanted: Wanted): string[] {
  const isWanted =
    'except' in wanted
      ? (name: string): boolean => !wanted.except.includes(name)
      : (name: string): boolean => wanted.includes(name);
  return rows.all.filter(isWanted);
}

const ipv4ButClient = except(...webConnection, 'rdp', 'tunnel', ...withoutIpv4, ...events);
const notTheClient = except(...webConnection, 'rdp', 'tunnel');

const documented: readonly (readonly [filter: string, wanted: Wanted])[] = [
  ['Ethernet', except(...wifi, ...events)],
  ['TCP', tcp],
  ['tcp', tcp],
  ['HTTP and !UDP', http],
  ['IPv4.Address == 192.168.1.1', [...webConnection, 'rdp', 'tunnel']],
  ['IPv4.Address ~= 192.168.1.1', ipv4ButClient],
  ['IPv4.Address != 192.168.1.1', notTheClient],
  ['!(IPv4.Address == 192.168.1.1)', notTheClient],
  ['IPv4.Address in 10.1.0.0/16', [...webConnection, 'ping', 'tunnel']],
  ['IPv4.Address in [192.0.1.1, 192.0.0.0, 192.0.0.2]', ['ldap', 'odd ports']],
  ['IPv6.Address == 2001:4898:0:FFF:200:5EFE:4135:4A7', ['https over ipv6']],
  [
    '*Address == 192.168.1.1 or *Address == 2001:4898:0:FFF:200:5EFE:4135:4A7',
    [...webConnection, 'rdp', 'https over ipv6', 'tunnel'],
  ],
  ['*Address == 02-01-0A-01-01-64', ['arp']],
  ['*Address != 192.168.1.1 && TCP.Port != 3389', notTheClient],
  ['tcp.port == IANA.Port.HTTP', [...webConnection, 'tunnel']],
  ['TCP.Port == 80', [...webConnection, 'tunnel']],
  ['*Port==443', ['https over ipv6']],
  ['*Port != IANA.Port.LDAP', except('ldap')],
  ['*Port == IANA.Port.SMB', smb2],
  ['!(*Port in [3389, 1494, 1503])', except('rdp')],
  ['TCP.SourcePort in [6608, 6609, 6610]', ['odd ports']],
  ['UDP.SourcePort==500', ['isakmp']],
  ['TCP.SequenceNumber == 1648745597', ['syn']],
  ['tcp.syn == true', syns],
  ['TCP::Flags:SYN == true', syns],
  ['TCP:::SYN==true', syns],
  ['*Syn==True', syns],
  ['tcp.options', ['syn', 'syn-ack']],
  ['TCP.Options ~= nothing', ['syn', 'syn-ack']],
  ['TCP.WindowScaled < 1000', ['ack', 'get', 'get again']],
  ['TCP.SourcePort + 1 == TCP.DestinationPort / 2', ['odd ports']],
  ['#DiagnosisLevels', ['get again', 'response behind a gap', ...unanswered, 'smb2 damaged', 'drop']],
  ['#DiagnosisTypes==2', ['smb2 damaged']],
  ['#DiagnosisLevels==Standard.DiagnosisLevel.Warning', ['get again', 'response behind a gap', ...unanswered]],
  ['SMB#DiagnosisLevels', ['smb2 damaged']],
  ['#MessageNumber == 5', ['get']],
  ['Etw::ProcessId==4', [headerRow, 'ack']],
  ['Ipv4.Protocol == 17', udp],
  ['Ipv4.Protocol == IANA.ProtocolType.UDP', udp],
  ['contains "Microsoft"', ['response behind a gap', 'vlan', 'wide text', ...fragments]],
  ['contains "Microsoft" caseSensitive', ['response behind a gap', 'wide text', ...fragments]],
  ['contains "Microsoft" encoding ASCII', ['response behind a gap', 'vlan', ...fragments]],
  ['contains $[534d42]', smb2],
  ['*Summary contains "error"', ['kerberos error', 'port unreachable']],
  ['HTTP.Uri contains "msn"', ['get', 'get again']],
  ['*TCPDiagnosis contains "Segment-Lost"', ['response behind a gap']],
  [String.raw`regex @"^\d{3}-\d{2}-\d{4}$"`, ['number of a person']],
  [String.raw`\TCP\IPv4`, ['syn', 'syn-ack', 'ack', 'rdp', 'odd ports', 'tunnel']],
  [String.raw`\HTTP\\IPv4`, http],
  [String.raw`HTTP\TCP.Port == IANA.Port.HTTP`, http],
  [String.raw`\TCP.Port == 80\IPv4.Address == $[C0A80101]`, ['syn', 'syn-ack', 'ack', 'tunnel']],
  ['WiFi.FrameControl.Type != 0', except('wifi beacon')],
  ['tcp && #DiagnosisLevels==2 && #DiagnosisTypes==1', ['get again', 'response behind a gap', ...unanswered]],
];

describe('a filter of the documentation', () => {
  it.each(documented)('%s', async (filter, wanted) => {
    expect(await rows.matching(filter)).toEqual(wantedNames(wanted));
  });
});

/** What users rely on beside these. */
const reliedOn: readonly (readonly [filter: string, wanted: Wanted])[] = [
  ['', except()],
  ['TCP and UDP', ['tunnel']],
  ['TCP AND NOT HTTP', except(...rowsWithout(tcp), ...http)],
  ['SMB', smb2],
  ['TCP.Segment.Flags.Syn == true', syns],
  ['TCP:Segment:Flags:SYN == 1', syns],
  ['TCP:Segment::SYN == true', syns],
  ['TCP:SYN == true', nothing],
  ['TCP.Syn', tcp],
  ['KerberosV5.Message.ErrorCode', ['kerberos error']],
  ['Kerberos.ErrorCode == 25', ['kerberos error']],
  ['KerberosV5.Message.ErrorCode != 25', except('kerberos error')],
  ['KerberosV5.Message.ErrorCode ~= 25', nothing],
  ['KerberosV5.Message.ErrorCode in [6, 25]', ['kerberos error']],
  ['IPv4.Destination == 10.1.200.1', ['ping']],
  ['IPv4.Source == 172.16.0.9 and *Port == 389', ['ldap']],
  ['*Source == "172.16.0.2"', ['kerberos error', 'arp']],
  ['*Destination == 172.16.0.9', ['port unreachable']],
  ['*ModuleName == "ICMP"', ['ping', 'port unreachable']],
  ['*ModuleName == "Ethernet"', nothing],
  ['*TCPDiagnosis contains "retransmitted"', ['get again']],
  ['*TCPDiagnosis contains "Dup-Ack"', nothing],
  ['TCP.Options.MaxSegmentSize == 1460', ['syn', 'syn-ack']],
  ['DNS and contains "msn"', ['dns query']],
  ['*Summary contains "Query Name: www.msn.com"', ['dns query']],
  ['#Summary contains "ERROR" caseSensitive', ['kerberos error']],
  ['VLAN.VlanId == 5', ['vlan']],
  ['VXLAN and *Address == 192.168.7.7', ['tunnel']],
  ['UDP.DestinationPort == 4789', ['tunnel']],
  [String.raw`\TCP\IPv4\Ethernet\VXLAN\UDP\IPv4\Ethernet`, ['tunnel']],
  [String.raw`\TCP\\UDP`, ['tunnel']],
  [String.raw`UDP\TCP`, nothing],
  [String.raw`\HTTP\TCP.Port == 80\IPv6 || UDP`, udp],
  [String.raw`TCP.Port == 443\IPv6`, ['https over ipv6']],
  ['#Dropped == true', ['drop']],
  ['#DiagnosisLevels == Standard.DiagnosisLevel.Error', ['smb2 damaged', 'drop']],
  ['#DiagnosisLevels == nothing and SMB', ['smb2']],
  ['Microsoft_Windows_PktMon', ['drop']],
  ['Microsoft_Windows_Hyper_V_VmSwitch.NicName == "NIC1"', ['vmswitch']],
  ['Microsoft_Windows_Hyper_V_VmSwitch.BufferAddress == 0xffff9383cbf21490', ['vmswitch']],
  ['*NicFName contains "ether"', ['vmswitch']],
  ['Contoso_Travel.City == "Madrid"', ['trace logging']],
  ['Contoso_Travel', ['trace logging']],
  ['*City matches "^m"', nothing],
  ['*City matches "^M.*d$"', ['trace logging']],
  ['contains "Madrid"', ['trace logging']],
  ['{11111111-2222-3333-4444-555555555555}', ['number of a person', 'number in a text']],
  ['Etw.EtwProviderMsg.EventRecord.Header.Descriptor.Id == 7', ['number of a person']],
  ['Etw.EtwProviderMsg.EventRecord.Header.Descriptor.Keywords == 0x2', ['vmswitch']],
  ['(Etw.EventRecord.Header.Descriptor.Keywords & 0x10000) == 0x10000', wifi],
  ['Etw.EtwProviderMsg.EventRecord.Header.ThreadId == 77', ['ack']],
  ['Microsoft_Windows_NDIS_PacketCapture.FragmentSize == 20', ['fragments 2']],
  ['Microsoft_Windows_NDIS_PacketCapture.FragmentSize == 20 and UDP', ['fragments 2']],
  ['WiFi.FrameControl.Type ~= 0', ['wifi data']],
  ['WiFi.Address == 00-15-5D-00-00-01', ['wifi data']],
  [String.raw`regex "\\d{3}-\\d{2}-\\d{4}"`, ['number of a person', 'number in a text']],
  ['Ethernet.Type == 0x806', ['arp']],
  ['*IsOperation == true', nothing],
  ['#ResponseTime >= 1', nothing],
  ['#Timestamp >= "2024-05-01T14:03:07.028"', ['number of a person', 'number in a text']],
];

function rowsWithout(names: readonly string[]): string[] {
  return Object.keys(filterTrace)
    .flatMap((name) => (name === 'fragments' ? fragments : [name]))
    .concat(headerRow)
    .filter((name) => !names.includes(name));
}

describe('a filter that users rely on', () => {
  it.each(reliedOn)('%s', async (filter, wanted) => {
    expect(await rows.matching(filter)).toEqual(wantedNames(wanted));
  });
});
