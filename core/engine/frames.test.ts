import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import type { DetailNode, Row, TraceInfo } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

/** What a person sees of the packets of every kind of event that tells of one. */

const folder = mkdtempSync(join(tmpdir(), 'hopscope-frames-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(() => engine.close());

const macs = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';
const ipv4 = 'ipv4 10.0.0.50 > 10.0.0.60 id=7';
const ipv6 = 'ipv6 fe80::1 > fe80::2';
const tcp = 'tcp 52891 > 80 SYN seq=1 win=8192';
const told = '(headers parsed by pktmon)';
const fullTcp = 'Flags: ......S., SrcPort: 52891, DstPort: HTTP(80), Length: 0, Seq Range: 1 - 2, Ack: 0, Win: 8192';

interface Opened {
  readonly info: TraceInfo;
  readonly rows: readonly Row[];
  readonly detail: (row: number) => Promise<{ sources: string[]; nodes: readonly DetailNode[] }>;
  readonly count: (filter: string) => Promise<number>;
}

/** The rows of the statements, in order; the log file header's is left out. */
async function open(statements: string, build = '10.0.20348'): Promise<Opened> {
  const path = join(folder, 'trace.etl');
  writeFileSync(path, compileScenario(`trace cpus=1 buffer=64KiB build=${build}\n${statements}`));
  const info = await engine.call('open', { files: [path] });
  const { view, rows } = await engine.call('view', { trace: info.trace, filter: '' });
  const block = await engine.call('rows', { view, from: 1, count: rows });
  return {
    info,
    rows: block.rows,
    detail: async (row) => {
      const { sources, nodes } = await engine.call('detail', { view, row: row + 1 });
      return { sources: sources.map(({ name }) => name), nodes };
    },
    count: async (filter) => (await engine.call('view', { trace: info.trace, filter })).rows,
  };
}

const lineOf = ({ source, destination, module, summary, mark }: Row): string =>
  [source, destination, module, summary, mark].join(' | ');
const named = (nodes: readonly DetailNode[], name: string): DetailNode | undefined =>
  nodes.find((node) => node.name === name);
const shown = (node: DetailNode | undefined): string[] =>
  node ? [node.value, ...node.children.map((child) => `${child.name}: ${child.value}`)] : [];

describe('packets of which pktmon logged no whole frame', () => {
  it.each([
    [`headers | ${macs} | ${ipv4} | ${tcp}`, `TCP | Flags: ......S., SrcPort: 52891, DstPort: HTTP(80) ${told}`],
    [`headers | ${macs} | ${ipv4} | icmp echo id=1 seq=2`, 'ICMP | Headers parsed by pktmon'],
    [`payload type=3 | ${ipv4} | ${tcp}`, `TCP | ${fullTcp}`],
    [`payload type=5 | ${ipv4} | ${tcp}`, `TCP | ${fullTcp}`],
    [`payload type=8 | ${ipv4} | icmp echo id=1 seq=2`, 'ICMP | Echo Request'],
    [`payload type=9 | ${ipv4} | bytes 00112233`, `IPv4 | Next Protocol: ESP ${told}`],
    [`payload type=11 | ${ipv4} | ${tcp} | "text"`, `TCP | SrcPort: 52891, DstPort: HTTP(80) ${told}`],
    [`payload type=5 snap=0 | ${ipv4} | ${tcp}`, `TCP | SrcPort: 52891, DstPort: HTTP(80) ${told}`],
  ])('are rows with addresses all the same: %s', async (statement, line) => {
    const { rows, info } = await open(`+1us pktmon ${statement}`);
    expect(rows.map(lineOf)).toEqual([`10.0.0.50 | 10.0.0.60 | ${line} | none`]);
    expect([info.packets, info.problems.length]).toEqual([1, 0]);
  });

  it('have MAC addresses where there is nothing above', async () => {
    const arp = 'arp who-has 10.0.0.1 tell 10.0.0.2 from 00-15-5D-00-00-01';
    const { rows } = await open(
      `+1us pktmon headers | ${macs} | ${arp}\n+2us pktmon payload type=7 | ${macs} | ${arp}`,
    );
    expect(rows.map(lineOf)).toEqual([
      '00-15-5D-00-00-01 | 00-15-5D-00-00-02 | ARP | Headers parsed by pktmon | none',
      '10.0.0.2 | 10.0.0.1 | ARP | Request, SenderIP: 10.0.0.2, TargetIP: 10.0.0.1 | none',
    ]);
  });

  it('are found by filters', async () => {
    const { count } = await open(
      [
        `+1us pktmon headers | ${macs} | vlan 5 | ${ipv4} | ${tcp}`,
        `+2us pktmon headers | ${macs} | ${ipv6} | udp 53 > 999`,
        `+3us pktmon payload type=5 | ${ipv4} | ${tcp}`,
        `+4us pktmon payload type=11 | ${ipv6} | udp 53 > 999 | "answer"`,
      ].join('\n'),
    );
    const filters = {
      'TCP.Port == 80': 2,
      'TCP.Flags.SYN == true': 2,
      'TCP.SequenceNumber == 1': 1,
      'UDP.SourcePort == 53': 2,
      'IPv6.Address == fe80::2': 2,
      '*Address == 10.0.0.60': 2,
      'VLAN.VlanId == 5': 1,
      'Ethernet.Address == 00-15-5D-00-00-01': 2,
      'Ethernet.Type == 0x86dd': 1,
    };
    for (const [filter, rows] of Object.entries(filters)) expect([filter, await count(filter)]).toEqual([filter, rows]);
  });

  it('show their told headers without bytes', async () => {
    const { detail } = await open(`+1us pktmon headers | ${macs} | ${ipv4} | ${tcp}`);
    const { sources, nodes } = await detail(0);
    expect(sources).toEqual(['Event']);
    const layers = nodes.slice(0, 3);
    expect(layers.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['TCP', undefined],
      ['IPv4', undefined],
      ['Ethernet', undefined],
    ]);
    expect(layers.every(({ note }) => note?.includes('not logged'))).toBe(true);
  });

  it('are left out of pcapng, which is said', async () => {
    const { info } = await open(
      `+1us pktmon headers | ${macs} | ${ipv4} | ${tcp}\n+2us pktmon frame | ${macs} | ${ipv4} | ${tcp}`,
    );
    const { view } = await engine.call('view', { trace: info.trace, filter: '' });
    const path = join(folder, 'out.pcapng');
    const report = await engine.call('export', { view, format: 'pcapng', target: path });
    expect(report.packets).toBe(1);
    expect(report.notes.join(' ')).toMatch(/^1 packets have no pcapng link type, or only parts of them were logged/);
  });

  it('are bytes and nothing more when their type is that of no layer', async () => {
    const { rows, detail } = await open('+1us pktmon frame type=4 component=12 | bytes 474554');
    expect(rows[0]).toMatchObject({ module: 'Microsoft_Windows_PktMon', source: '' });
    expect(rows[0].summary).toMatch(/^Frame, .*Type: HTTP, Component: 12/);
    expect((await detail(0)).sources).toEqual(['Frame', 'Event']);
  });
});

describe('drops', () => {
  const verdict = 'reason=9 location=0xE0002006';
  const words = 'Dropped: Filtered VLAN at VMS_EXT_PT_ROUTE_NBL_BW. ';

  it.each([
    [`drop ${verdict} | ${macs} | ${ipv4} | ${tcp}`, fullTcp],
    [`frame drop ${verdict} | ${macs} | ${ipv4} | ${tcp}`, fullTcp],
    [`duplicate ${verdict} | ${macs} | ${ipv4} | ${tcp}`, fullTcp],
    [`headers drop ${verdict} | ${ipv4} | ${tcp}`, `Flags: ......S., SrcPort: 52891, DstPort: HTTP(80) ${told}`],
    [`headers drop ${verdict} | ${ipv6} | udp 53 > 999`, `SrcPort: DNS(53), DstPort: 999 ${told}`],
    [`payload drop type=5 ${verdict} | ${ipv4} | ${tcp}`, fullTcp],
    [`payload drop type=6 ${verdict} | ${ipv6} | udp 53 > 999`, 'SrcPort: DNS(53), DstPort: 999, Length: 8'],
    [`drop type=4 ${verdict} | bytes 474554`, 'Frame, Group: 0'],
    [`nbl drop ${verdict}`, 'NBL Information, Group: 0'],
    [`context drop ${verdict} Type=1`, 'Packet Context, Group: 0'],
  ])('say why and where: pktmon %s', async (statement, rest) => {
    const { rows, detail, info } = await open(`+1us pktmon ${statement}`);
    expect(rows[0].mark).toBe('drop');
    expect(rows[0].summary.startsWith(words + rest)).toBe(true);
    expect(info.drops).toBe(statement.startsWith('duplicate') ? 0 : 1);
    const { nodes } = await detail(0);
    expect(shown(named(nodes, 'Drop'))).toEqual([
      'Filtered VLAN at VMS_EXT_PT_ROUTE_NBL_BW',
      'Reason: Filtered VLAN',
      'Location: VMS_EXT_PT_ROUTE_NBL_BW',
    ]);
  });

  it('read reasons that moved by the build of the trace', async () => {
    const drop = `+1us pktmon drop reason=201 | ${macs} | ${ipv4} | ${tcp}`;
    expect((await open(drop, '10.0.17763')).rows[0].summary).toMatch(/^Dropped: Microport error\. /);
    expect((await open(drop, '10.0.19041')).rows[0].summary).toMatch(/^Dropped: Adapter paused\. /);
  });
});

describe('where pktmon saw a packet', () => {
  it('is told by the component’s name, wherever and however the trace describes it', async () => {
    const { detail } = await open(
      [
        `+1us pktmon frame component=12 edge=2 direction=Rx group=5 appearance=3 filter=1 | ${macs} | ${ipv4} | ${tcp}`,
        `+2us pktmon frame component=13 | ${macs} | ${ipv4} | ${tcp}`,
        `+3us pktmon nbl component=14`,
        `+4us pktmon headers component=99 | ${macs} | ${ipv4} | ${tcp}`,
        '+5us component 12 type=3 name=npcap.sys description="A filter"',
        '+6us component 13 registered type=11 name=tcpip.sys description=IP',
        '+7us component 14 unregistered type=9 name=netvsc.sys description=NetVsc',
      ].join('\n'),
    );
    const place = async (row: number): Promise<string[]> => shown(named((await detail(row)).nodes, 'PktMon'));
    expect(await place(0)).toEqual([
      'Component 12: npcap.sys (Filter)',
      'Description: A filter',
      'Edge: 2',
      'Direction: Rx',
      'PacketType: Ethernet',
      'Filter: 1',
      'Group: 5',
      'Appearance: 3',
    ]);
    expect((await place(1))[0]).toBe('Component 13: tcpip.sys (IpInterface)');
    expect((await place(2))[0]).toBe('Component 14: netvsc.sys (NetVsc Miniport)');
    expect((await place(3))[0]).toBe('Component 99');
  });
});

describe('frames of the NDIS capture filter', () => {
  it('have the ports, tag and hash of their vSwitch event', async () => {
    const ports = 'from="3:Guest:NIC1:Synthetic" to="4:Host:NIC2:Internal" to2="5::NIC3:External"';
    const { detail, count } = await open(
      `+1us ndis switch in miniport=4 ${ports} vlan=291 priority=3 hash=0x1234 | ${macs} | ${ipv4} | ${tcp}
       +2us ndis switch in miniport=4 ${ports} vlan=291 | ${macs} | vlan 7 | ${ipv4} | ${tcp}`,
    );
    expect(shown(named((await detail(0)).nodes, 'VmSwitch'))).toEqual([
      'port 3 "Guest" (NIC1, Synthetic) -> port 4 "Host" (NIC2, Internal), port 5 (NIC3, External)',
      'Source: port 3 "Guest" (NIC1, Synthetic)',
      'Destination: port 4 "Host" (NIC2, Internal)',
      'Destination: port 5 (NIC3, External)',
      '802.1Q: VLAN ID: 291, Priority: 3, CFI: 0',
      'RssHash: 0x00001234',
    ]);
    // The tag inside a frame speaks for it.
    expect([await count('VLAN.VlanId == 291'), await count('VLAN.VlanId == 7')]).toEqual([1, 1]);
  });

  it('have the 802.11 metadata that was logged in front of them', async () => {
    const wifi = `wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03 from-ds | ${ipv4} | ${tcp}`;
    const { rows, detail } = await open(
      `+1us ndis metadata miniport=4 phy=7 frequency=2437 rssi=-52 rate=130
       +2us ndis in miniport=4 | ${wifi}
       +3us ndis metadata miniport=4 size=40
       +4us ndis in miniport=4 | ${wifi}`,
    );
    expect(rows.map(({ module }) => module)).toEqual([
      'Microsoft_Windows_NDIS_PacketCapture',
      'TCP',
      'Microsoft_Windows_NDIS_PacketCapture',
      'TCP',
    ]);
    const { sources, nodes } = await detail(1);
    expect(sources).toEqual(['Frame', 'Event', 'Metadata event']);
    const metadata = named(nodes, 'WiFi metadata');
    expect(metadata?.value).toBe('802.11n (7), 2437 MHz, -52 dBm');
    expect(metadata?.children.every(({ bytes }) => bytes?.source === 2)).toBe(true);
    expect(named((await detail(0)).nodes, 'WiFi metadata')?.value).toBe('802.11n (7), 2437 MHz, -52 dBm');
    expect(named((await detail(3)).nodes, 'WiFi metadata')).toBeUndefined();
  });

  it('of a tunnel are Ethernet or bare IP, as they begin', async () => {
    const { rows, detail } = await open(
      `+1us ndis in miniport=4 medium=tunnel | ${ipv4} | ${tcp}
       +2us ndis in miniport=4 medium=tunnel | ${macs} | ${ipv4} | ${tcp}`,
    );
    expect(rows.map(({ summary }) => summary)).toEqual([fullTcp, fullTcp]);
    const stack = async (row: number): Promise<string[]> =>
      (await detail(row)).nodes.map(({ name }) => name).filter((name) => !/^(Etw|Micro)/.test(name));
    expect(await stack(0)).toEqual(['TCP', 'IPv4']);
    expect(await stack(1)).toEqual(['TCP', 'IPv4', 'Ethernet']);
  });

  it('show the GFT fields where the event has them', async () => {
    const { detail } = await open(
      `+1us ndis in miniport=4 gft=7,3 | ${macs} | ${ipv4} | ${tcp}
       +2us ndis in miniport=4 gft=none | ${macs} | ${ipv4} | ${tcp}`,
    );
    const fields = async (row: number): Promise<string[]> =>
      named((await detail(row)).nodes, 'Microsoft_Windows_NDIS_PacketCapture')?.children.map(({ name }) => name) ?? [];
    expect(await fields(0)).toContain('GftFlowEntryId');
    expect(await fields(0)).toContain('GftOffloadInformation');
    expect(await fields(1)).toEqual(['MiniportIfIndex', 'LowerIfIndex', 'FragmentSize', 'Fragment']);
  });
});

describe('frames of a RAS connection', () => {
  it('are packets of that connection', async () => {
    const { rows, info, count } = await open(
      `+1us ras send user=alice domain={11111111-2222-3333-4444-555555555555} | ${macs} | ${ipv4} | ${tcp}
       +2us ras receive user=bob | ${macs} | ${ipv4} | ${tcp}`,
    );
    expect(rows.map(({ summary }) => summary)).toEqual([fullTcp, fullTcp]);
    expect([info.packets, await count('Microsoft_Windows_Ras_NdisWanPacketCapture and TCP')]).toEqual([2, 2]);
  });
});
