import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wiresharkFilter } from '../filter/language/translation/wireshark-filter.ts';
import { parseFilter } from '../filter/language/parser.ts';
import { namedConstant } from '../filter/named-constants.ts';
import { hasTshark, judgeFolder } from './test-support/export-judge.ts';
import { filterTrace } from './test-support/filter-trace.ts';
import { NamedRows } from './test-support/named-rows.ts';

/** A filter here, and what it is in Wireshark's language there, let the same packets through. */

const filters = [
  'Ethernet',
  'WiFi',
  'IPv4',
  'IPv6',
  'ARP',
  'TCP',
  'HTTP',
  'DNS',
  'VXLAN',
  'KerberosV5',
  'SMB2 or LDAP',
  'TCP and not HTTP',
  'not TCP',
  'IPv4.Address == 192.168.1.1',
  'IPv4.Address != 192.168.1.1',
  'IPv4.Address ~= 192.168.1.1',
  'IPv4.SourceAddress == 10.1.2.3',
  'IPv4.Address in 10.1.0.0/16',
  'IPv4.DestinationAddress in [192.0.0.2, 172.16.0.1]',
  'IPv6.Address == 2001:db8::2',
  'Ethernet.Address == 02-01-0A-01-01-64',
  'Ethernet.SourceAddress != 00-15-5D-00-00-01',
  'IPv4.Protocol == IANA.ProtocolType.TCP',
  'IPv4.TimeToLive >= 128',
  'TCP.Port == 80',
  'TCP.Port != 80',
  'TCP.Port ~= 80',
  'TCP.Port in [389, 443, 445]',
  'TCP.SourcePort > 50100',
  'TCP.DestinationPort < 400',
  '*Port == 4000',
  'UDP.SourcePort == 500 and UDP.DestinationPort == 500',
  'TCP.Flags.SYN == true',
  'TCP.Flags.SYN == true and TCP.Flags.ACK == false',
  'TCP.Flags.PSH != true',
  'TCP.SequenceNumber == 1648745597',
  'TCP.AcknowledgmentNumber > 1648745600',
  'TCP.Window < 1000',
  'VLAN.VlanId == 5',
  'HTTP.Uri contains "msn"',
  'HTTP.Method == "GET"',
  'contains $[534d42]',
  'contains "Microsoft" caseSensitive encoding ASCII',
  'not (TCP.Port == 80 or UDP) and IPv4',
];

const folder = judgeFolder();
const capture = folder.path('packets.pcapng');
let rows: NamedRows;
let packets: string[];
let theirs: ReadonlyMap<string, readonly string[]>;

describe.skipIf(!hasTshark)('Wireshark', () => {
  beforeAll(async () => {
    // tshark also looks into what ICMP quotes, and exported fragments are one packet.
    const statements = Object.entries(filterTrace).filter(([name]) => name !== 'port unreachable');
    rows = await NamedRows.open(folder.path('trace.etl'), Object.fromEntries(statements));
    packets = (await rows.exportPackets(capture, 'Ethernet or WiFi')).filter((name) => !/^fragments [23]$/.test(name));
  });
  beforeAll(() => {
    const frames = tsharkFrames(filters.map(foreignText));
    theirs = new Map(filters.map((filter, number) => [filter, frames[number].map((frame) => packets[frame - 1])]));
  });
  afterAll(async () => {
    await rows.close();
    folder.remove();
  });

  it.each(filters)('lets the same packets through: %s', async (filter) => {
    const found = (await rows.matching(filter)).filter((name) => packets.includes(name));
    expect(found.length).toBeGreaterThan(0);
    expect(theirs.get(filter)).toEqual(found);
  });
});

function foreignText(filter: string): string {
  const foreign = wiresharkFilter(parseFilter(filter), namedConstant);
  if (!('filter' in foreign)) throw new Error(foreign.reason);
  return foreign.filter;
}

/** Packets are judged one by one: nothing is put together from several. */
const settings = [
  'tcp.desegment_tcp_streams:FALSE',
  'tcp.analyze_sequence_numbers:FALSE',
  'tcp.relative_sequence_numbers:FALSE',
].flatMap((setting) => ['-o', setting]);

/** Numbers of the frames that each filter of Wireshark's lets through; one run for all, because each takes its time. */
function tsharkFrames(wanted: readonly string[]): number[][] {
  const script = folder.path('listeners.lua');
  writeFileSync(script, listeners(wanted));
  const given = ['-n', '-q', '-r', capture, ...settings, '-X', `lua_script:${script}`];
  const output = execFileSync('tshark', given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return wanted.map((filter, number) => {
    const found = new RegExp(`^filter ${number}:(.*)$`, 'm').exec(output);
    if (!found) throw new Error(`tshark says nothing about ${filter}`);
    return found[1].split(' ').filter(Boolean).map(Number);
  });
}

/** A script that listens for the frames of each filter. */
function listeners(wanted: readonly string[]): string {
  return `local filters = { ${wanted.map((filter) => `[==[${filter}]==]`).join(', ')} }
for number, filter in ipairs(filters) do
  local listener = Listener.new("frame", filter)
  local found = {}
  function listener.packet(packet) found[#found + 1] = packet.number end
  function listener.draw() print("filter " .. (number - 1) .. ": " .. table.concat(found, " ")) end
end`;
}
