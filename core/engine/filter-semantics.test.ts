import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusFrame, headerRow, NamedRows, type NamedStatements } from './test-support/named-rows.ts';

/** What each operator means for each kind of field, row by row. */

const ndis = 'ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
const tunnel = `${ndis} | ipv4 10.0.0.1 > 10.0.0.9 ttl=1 | udp 50003 > 4789 | vxlan 7 | eth 00-15-5D-00-00-03 > 00-15-5D-00-00-04`;
const statements: NamedStatements = {
  syn: `${ndis} | ipv4 10.0.0.1 > 10.0.0.2 ttl=128 | tcp 50000 > 80 SYN seq=1`,
  answer: `${ndis} | ipv4 10.0.0.2 > 10.0.0.1 ttl=64 | tcp 80 > 50000 SYN ACK seq=7 ack=2`,
  dns: `${ndis} | ipv4 10.0.0.1 > 10.0.0.3 ttl=64 | udp 50001 > 53 | dns query one.example`,
  ipv6: `${ndis} | ipv6 fd00::1 > fd00::2 | tcp 50002 > 443 SYN seq=1`,
  arp: `${ndis} | arp who-has 10.0.0.2 tell 10.0.0.1 from 00-15-5D-00-00-01`,
  'tcp in udp': `${tunnel} | ipv4 10.9.9.1 > 10.9.9.2 ttl=64 | tcp 80 > 50004 SYN seq=1`,
  'udp in udp': `${tunnel} | ipv4 10.9.9.1 > 10.9.9.2 ttl=128 | udp 50005 > 53 | dns query two.example`,
  http: String.raw`${ndis} | ipv4 10.0.0.1 > 10.0.0.2 ttl=128 | tcp 50000 > 80 PSH ACK seq=2 ack=8 | "GET /Index.html HTTP/1.1\r\n\r\n"`,
  switch: 'vmswitch 56 NicName=NIC1 NicFName="Ethernet" SwitchName=S1 SwitchFName="nat" BufferAddress=0x10',
};

const folder = mkdtempSync(join(tmpdir(), 'hopscope-semantics-'));
let rows: NamedRows;
beforeAll(async () => {
  rows = await NamedRows.open(join(folder, 'trace.etl'), statements);
});
afterAll(async () => {
  await rows.close();
  rmSync(folder, { recursive: true, force: true });
});

const tcp = 'syn answer ipv6, tcp in udp, http';
const ipv4 = 'syn answer dns, tcp in udp, udp in udp, http';
const everything = `${headerRow}, syn answer dns ipv6 arp, tcp in udp, udp in udp, http switch`;
const packets = 'syn answer dns ipv6 arp, tcp in udp, udp in udp, http';
const nothing = '';

/** Names of rows; those of one word may stand together between two commas. */
function namesIn(text: string): string[] {
  const parts = text.split(', ');
  const names = parts.flatMap((part) => (rows.all.includes(part) ? [part] : part.split(' ')));
  const wanted = names.filter((name) => name !== '');
  for (const name of wanted) if (!rows.all.includes(name)) throw new Error(`there is no row "${name}"`);
  return wanted;
}

const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a field that is a column': {
    'TCP.SourcePort': tcp,
    'TCP.SourcePort == 80': 'answer, tcp in udp',
    'TCP.SourcePort != 80': `${headerRow}, syn dns ipv6 arp, udp in udp, http switch`,
    'TCP.SourcePort ~= 80': 'syn ipv6 http',
    'TCP.SourcePort < 50002': 'syn answer, tcp in udp, http',
    'TCP.SourcePort <= 50002': tcp,
    'TCP.SourcePort > 50001': 'ipv6',
    'TCP.SourcePort >= 50000': 'syn ipv6 http',
    'TCP.SourcePort in [80, 50002]': 'answer ipv6, tcp in udp',
    '!(TCP.SourcePort in [80, 50002])': `${headerRow}, syn dns arp, udp in udp, http switch`,
    'TCP.SourcePort contains "5000"': 'syn ipv6 http',
    'TCP.SourcePort matches "^8"': 'answer, tcp in udp',
    'TCP.SourcePort == nothing': `${headerRow}, dns arp, udp in udp, switch`,
    'TCP.SourcePort != nothing': tcp,
    'TCP.SourcePort ~= nothing': tcp,
    'TCP.SourcePort == 70000': nothing,
    'TCP.SourcePort < 70000': tcp,
    '80 == TCP.SourcePort': 'answer, tcp in udp',
    '50001 < TCP.SourcePort': 'ipv6',
  },
  'a flag': {
    'TCP.Flags.ACK': tcp,
    'TCP.Flags.ACK == true': 'answer http',
    'TCP.Flags.ACK == false': 'syn ipv6, tcp in udp',
    'TCP.Flags.ACK != true': `${headerRow}, syn dns ipv6 arp, tcp in udp, udp in udp, switch`,
    'TCP.Flags.ACK ~= true': 'syn ipv6, tcp in udp',
    'TCP.Flags.ACK in [true]': 'answer http',
    'TCP.Flags == 2': 'syn ipv6, tcp in udp',
    'TCP.Flags & 0x10 == 0x10': 'answer http',
    'TCP.Flags.ACK == nothing': `${headerRow}, dns arp, udp in udp, switch`,
  },
  'an alias': {
    'TCP.Port': tcp,
    'TCP.Port == 50000': 'syn answer http',
    'TCP.Port != 50000': `${headerRow}, dns ipv6 arp, tcp in udp, udp in udp, switch`,
    'TCP.Port ~= 50000': 'ipv6, tcp in udp',
    'TCP.Port < 100': 'syn answer, tcp in udp, http',
    'TCP.Port in [443, 50004]': 'ipv6, tcp in udp',
    'TCP.Port contains "443"': 'ipv6',
    'TCP.Port == nothing': `${headerRow}, dns arp, udp in udp, switch`,
    'IPv4.Address == 10.0.0.2': 'syn answer http',
    'IPv4.Address != 10.0.0.2': `${headerRow}, dns ipv6 arp, tcp in udp, udp in udp, switch`,
    'IPv4.Address ~= 10.0.0.2': 'dns, tcp in udp, udp in udp',
    'IPv4.Address in 10.0.0.2/31': 'syn answer dns http',
    'IPv4.Address in [10.0.0.3, 10.9.0.0/16]': 'dns, tcp in udp, udp in udp',
    'IPv4.Address contains "0.0.2"': 'syn answer http',
    'IPv4.Address matches "[.]3$"': 'dns',
    '*Address == 00-15-5D-00-00-03': 'tcp in udp, udp in udp',
    '*Address in fd00::/16': 'ipv6',
    '*Address ~= fd00::1': nothing,
    '*Address ~= fd00::9': 'ipv6',
  },
  'a field of a packet around another': {
    'IPv4.DestinationAddress == 10.0.0.9': 'tcp in udp, udp in udp',
    'IPv4.DestinationAddress == 10.9.9.2': 'tcp in udp, udp in udp',
    'IPv4.DestinationAddress ~= 10.0.0.9': 'syn answer dns http',
    'IPv4.DestinationAddress in [10.0.0.8/31]': 'tcp in udp, udp in udp',
    'UDP.SourcePort == 50003': 'tcp in udp, udp in udp',
    'UDP.SourcePort != 50003': `${headerRow}, syn answer dns ipv6 arp http switch`,
    'UDP.SourcePort ~= 50003': 'dns',
    'UDP.SourcePort > 50003': 'udp in udp',
    'UDP.SourcePort < 50004': 'dns, tcp in udp, udp in udp',
    'UDP.Port in [4789]': 'tcp in udp, udp in udp',
    'UDP.Port contains "4789"': 'tcp in udp, udp in udp',
    'UDP.SourcePort == nothing': `${headerRow}, syn answer ipv6 arp http switch`,
    'IPv4.TimeToLive == 1': 'tcp in udp, udp in udp',
    'IPv4.TimeToLive ~= 1': 'syn answer dns http',
    'IPv4.Protocol == 17': 'dns, tcp in udp, udp in udp',
    'IPv4.Protocol == 6': 'syn answer, tcp in udp, http',
    'IPv4.Protocol != 17': `${headerRow}, syn answer ipv6 arp http switch`,
    'Ethernet.SourceAddress == 00-15-5D-00-00-01': packets,
    'Ethernet.SourceAddress ~= 00-15-5D-00-00-03': 'syn answer dns ipv6 arp http',
    'TCP.SourcePort == 80 and UDP.SourcePort == 50003': 'tcp in udp',
  },
  'a field that is decoded': {
    'IPv4.TimeToLive': ipv4,
    'IPv4.TimeToLive == 128': 'syn, udp in udp, http',
    'IPv4.TimeToLive != 128': `${headerRow}, answer dns ipv6 arp, tcp in udp, switch`,
    'IPv4.TimeToLive ~= 128': 'answer dns, tcp in udp',
    'IPv4.TimeToLive < 64': 'tcp in udp, udp in udp',
    'IPv4.TimeToLive >= 65': 'syn, udp in udp, http',
    'IPv4.TimeToLive in [1, 64]': 'answer dns, tcp in udp, udp in udp',
    'IPv4.TimeToLive == nothing': `${headerRow}, ipv6 arp switch`,
    'IPv4.TimeToLive ~= nothing': ipv4,
    'IPv4.TimeToLive * 2 == 256': 'syn, udp in udp, http',
    'IPv4.TimeToLive + 0 != 128': `${headerRow}, answer dns ipv6 arp, tcp in udp, switch`,
    'IPv4.TimeToLive + 0 ~= 128': 'answer dns, tcp in udp',
    'HTTP.Uri': 'http',
    'HTTP.Uri == "/Index.html"': 'http',
    'HTTP.Uri == "/index.html"': nothing,
    'HTTP.Uri != "/other"': everything,
    'HTTP.Uri ~= "/other"': 'http',
    'HTTP.Uri contains "index"': 'http',
    'HTTP.Uri contains "index" caseSensitive': nothing,
    'HTTP.Uri matches "^/I.*html$"': 'http',
    'HTTP.Uri in ["/a", "/Index.html"]': 'http',
    'HTTP.Uri == nothing': `${headerRow}, syn answer dns ipv6 arp, tcp in udp, udp in udp, switch`,
  },
  'a field of an event': {
    '*NicName': 'switch',
    'Microsoft_Windows_Hyper_V_VmSwitch.NicName == "NIC1"': 'switch',
    'Microsoft_Windows_Hyper_V_VmSwitch.NicName ~= "NIC1"': nothing,
    'Microsoft_Windows_Hyper_V_VmSwitch.NicName != "NIC2"': everything,
    'Microsoft_Windows_Hyper_V_VmSwitch.NicName contains "nic"': 'switch',
    'Microsoft_Windows_Hyper_V_VmSwitch.NicNameLen < 5': 'switch',
    'Microsoft_Windows_Hyper_V_VmSwitch.BufferAddress in [16, 17]': 'switch',
    '*NicName == nothing': `${headerRow}, ${packets}`,
    'Microsoft_Windows_NDIS_PacketCapture.MiniportIfIndex == 9': packets,
  },
  'a property': {
    '#MessageNumber': everything,
    '#MessageNumber == 2': 'syn',
    '#MessageNumber != 2': `${headerRow}, answer dns ipv6 arp, tcp in udp, udp in udp, http switch`,
    '#MessageNumber ~= 2': `${headerRow}, answer dns ipv6 arp, tcp in udp, udp in udp, http switch`,
    '#MessageNumber < 3': `${headerRow}, syn`,
    '#MessageNumber in [2, 4]': 'syn dns',
    '#MessageNumber == nothing': nothing,
    'TCP#MessageNumber <= 3': 'syn answer',
    '*Summary contains "two.example"': 'udp in udp',
    '*Source == 10.0.0.1': 'syn dns arp http',
    '*Source ~= 10.0.0.1': 'answer ipv6, tcp in udp, udp in udp, switch',
    '*Source in [10.0.0.2, 10.9.9.0/24]': 'answer, tcp in udp, udp in udp',
    '*Source == nothing': headerRow,
    '*Source == "Ethernet"': 'switch',
    'Component == "Ethernet"': 'switch',
    '*ModuleName == "TCP"': 'syn answer ipv6, tcp in udp',
    '*ModuleName in ["DNS", "HTTP"]': 'dns, udp in udp, http',
    '*ModuleName matches "^D"': 'dns, udp in udp',
    '#DiagnosisLevels == nothing': `${headerRow}, syn answer dns arp, udp in udp, http switch`,
    'TCP and #DiagnosisLevels ~= nothing': 'ipv6, tcp in udp',
  },
  'a field that the module does not have': {
    'TCP.Nonsense': nothing,
    'TCP.Nonsense == 1': nothing,
    'TCP.Nonsense != 1': everything,
    'TCP.Nonsense ~= 1': nothing,
    'TCP.Nonsense < 1': nothing,
    'TCP.Nonsense in [1]': nothing,
    'TCP.Nonsense contains "x"': nothing,
    'TCP.Nonsense matches "x"': nothing,
    'TCP.Nonsense == nothing': everything,
    'TCP.Nonsense ~= nothing': nothing,
    'TCP.Nonsense + 1 == 2': nothing,
    'TCP.Nonsense + 1 != 2': everything,
  },
  'a module that the trace does not have': {
    QUIC: nothing,
    '!QUIC': everything,
    'QUIC.Version == 1': nothing,
    'QUIC.Version != 1': everything,
    'QUIC.Version ~= 1': nothing,
    'QUIC.Version in [1]': nothing,
    'QUIC.Version == nothing': everything,
    Nowhere: nothing,
    'Nowhere.Field != 1': everything,
    'Nowhere.Field ~= 1': nothing,
    'Nowhere.Field contains "x"': nothing,
    'Nowhere.Field == nothing': everything,
    'Nowhere#DiagnosisLevels': nothing,
    'not Nowhere and ARP': 'arp',
  },
};

describe.each(Object.entries(tables))('%s', (_, table) => {
  it.each(Object.entries(table))('%s', async (filter, wanted) => {
    expect(await rows.matching(filter)).toEqual(namesIn(wanted));
  });
});

describe('a packet whose headers are split over events', () => {
  const frame = `${ndis.replace('|', 'SPLIT |')} | ipv4 10.0.0.1 > 10.0.0.2 | tcp 50000 > 80 PSH ACK seq=5 win=512 | "GET / HTTP/1.1"`;
  const filters = [
    'Ethernet.SourceAddress == 00-15-5D-00-00-01',
    'IPv4.DestinationAddress == 10.0.0.2',
    'TCP.Port == 80',
    'TCP.SequenceNumber == 5 and TCP.Flags.PSH == true',
    'TCP.PayloadLength == 14',
    'HTTP',
  ];
  it.each(['14,54', '34,34', '54,14', '10,10,48', '4,64', '40,1,27'])('is found by all of it: %s', async (sizes) => {
    const split = await NamedRows.open(join(folder, 'split.etl'), {
      split: frame.replace('SPLIT', `fragments=${sizes}`),
    });
    for (const filter of filters) expect([filter, await split.matching(filter)]).toEqual([filter, split.all.slice(1)]);
    await split.close();
  });
});

it('the type of a tagged frame is that in front of its tags and that behind them', async () => {
  const tagged = await NamedRows.open(join(folder, 'tagged.etl'), {
    plain: `${ndis} | ipv4 10.0.0.1 > 10.0.0.2 | udp 1 > 2`,
    tagged: `${ndis} | vlan 5 | ipv4 10.0.0.1 > 10.0.0.2 | udp 1 > 2`,
  });
  expect(await tagged.matching('Ethernet.Type == 0x8100')).toEqual(['tagged']);
  expect(await tagged.matching('Ethernet.Type == 0x800')).toEqual(['plain', 'tagged']);
  expect(await tagged.matching('Ethernet.Type ~= 0x8100')).toEqual(['plain']);
  await tagged.close();
});

it('a number may be below zero', async () => {
  const clock = await NamedRows.open(join(folder, 'negative.etl'), {
    ntp: `ndis in miniport=9 | ${corpusFrame('NTP')}`,
    other: `${ndis} | ipv4 10.0.0.1 > 10.0.0.2 | udp 1 > 2`,
  });
  for (const filter of [
    'NTP.Precision == -23',
    'NTP.Precision < -0x10',
    'NTP.Precision in [-23, 4]',
    'NTP.Precision - -23 == 0',
  ])
    expect([filter, await clock.matching(filter)]).toEqual([filter, ['ntp']]);
  expect(await clock.matching('UDP.SourcePort > -1')).toEqual(['ntp', 'other']);
  expect(await clock.matching('UDP.SourcePort in [-1, 1]')).toEqual(['other']);
  expect(await clock.matching('UDP.SourcePort < -1 or UDP.SourcePort == -1')).toEqual([]);
  expect(await clock.matching('#MessageNumber > -5 and UDP')).toEqual(['ntp', 'other']);
  await clock.close();
});
