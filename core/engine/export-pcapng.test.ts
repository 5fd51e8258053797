import { mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  blockOption,
  epochOf,
  everyPlace,
  exported,
  exportedScenario,
  frameDigests,
  hasTshark,
  judged,
  judgeFolder,
  packetTable,
  sameAsHopscope,
  startSeconds,
} from './test-support/export-judge.ts';
import { realTraces } from './test-support/real-traces.ts';

const real = realTraces('no real packets are exported as pcapng.');
const pktMonTrace = `${real.folder}pktmon/demikernel-PktMon.etl`;
const folder = judgeFolder();
afterAll(() => {
  folder.remove();
});

describe.skipIf(!hasTshark)('an exported pcapng', () => {
  it.skipIf(!real.present)('of the real pktmon trace has all 114 packets, byte for byte, at their times', async () => {
    const file = folder.path('real.pcapng');
    const { lines } = await exported([pktMonTrace], file, 'pcapng');
    const wanted = packetTable(pktMonTrace);
    expect(frameDigests(file)).toEqual(wanted.map((cells) => cells[17]));
    expect(judged(file, ['frame.time_epoch', 'frame.len', 'frame.cap_len'])).toEqual(
      wanted.map((cells) => [epochOf(cells[0]), cells[15], cells[16]]),
    );
    const { seen, said } = sameAsHopscope(file, lines);
    expect(seen).toEqual(said);
  });

  it('says of each packet what Hopscope says', async () => {
    const file = folder.path('same.pcapng');
    const { lines, report } = await exportedScenario(everyPlace, file, 'pcapng');
    const { seen, said } = sameAsHopscope(file, lines);
    expect(seen).toHaveLength(9);
    expect(seen).toEqual(said);
    expect(report).toMatchObject({ packets: 9, interfaces: 7, events: 0, skippedRows: expect.any(Number) as number });
    expect(report.files).toEqual([{ name: 'same.pcapng', packets: 9, bytes: report.bytes }]);
    expect(report.notes).toEqual([expect.stringContaining('mixes link types')]);
  });

  it('keeps places, link types, directions, lengths, comments, groups and verdicts', async () => {
    const file = folder.path('facts.pcapng');
    await exportedScenario(everyPlace, file, 'pcapng');
    const seen = judged(file, [
      'frame.time_epoch',
      'frame.encap_type',
      'frame.interface_name',
      'frame.packet_flags_direction',
      'frame.len',
      'frame.cap_len',
      'frame.packet_id',
      'frame.verdict.hw',
      'frame.comment',
    ]);
    const at = (fraction: string): string => `${startSeconds}.${fraction}`;
    const nothing = ['', ''];
    expect(seen).toEqual([
      [at('123456700'), '1', 'interface 9 Ethernet', '0x00000001', '54', '54', ...nothing, 'PID=4 TID=88'],
      [at('150000000'), '1', 'interface 9 Ethernet above 11', '0x00000002', '54', '54', ...nothing, 'PID=4 TID=92'],
      [
        at('200000000'),
        '1',
        'interface 9 Ethernet above 11',
        '0x00000002',
        '67',
        '40',
        ...nothing,
        'PID=4 TID=0 Truncated',
      ],
      [
        at('250000000'),
        '1',
        'vSwitch port 2 vm one VLAN 5',
        '0x00000001',
        '57',
        '57',
        ...nothing,
        'PID=4 TID=0 SourcePortId=2 SourcePortName="port A" SourceNicName="vm one" SourceNicType=Synthetic VlanId=5' +
          ' RssHash=0xbeef DestinationCount=2' +
          ' DestinationPortId=5 DestinationPortName="port B" DestinationNicName=vm2 DestinationNicType=Internal' +
          ' DestinationPortId=6 DestinationPortName="port C" DestinationNicName=vm3 DestinationNicType=Internal',
      ],
      [
        at('260000000'),
        '1',
        'vSwitch port 2 vm one',
        '0x00000002',
        '54',
        '54',
        ...nothing,
        'PID=4 TID=0 SourcePortId=2 SourcePortName="port A" SourceNicName="vm one" SourceNicType=Synthetic DestinationCount=0',
      ],
      [at('300000000'), '1', 'interface 9 Ethernet', '0x00000001', '86', '86', ...nothing, 'PID=4 TID=0'],
      [
        at('400000000'),
        '7',
        'pktmon 5 tcpip.sys',
        '0x00000001',
        '28',
        '28',
        '77',
        '',
        'PID=1234 TID=5 Component=5 Edge=1 Direction=Rx Group=77 Packet=0 Appearance=1',
      ],
      [
        at('410000000'),
        '1',
        'pktmon 60 netvsc.sys',
        '0x00000002',
        '43',
        '43',
        '77',
        '09 00 00 00 00 00 00 00',
        expect.stringMatching(
          /^PID=4 TID=0 Component=60 Edge=0 Direction=Tx Group=77 Packet=0 Appearance=2 DropReason="Filtered VLAN" DropLocation=\w+$/,
        ) as string,
      ],
      [at('600000000'), '20', 'interface 7', '0x00000001', '60', '60', ...nothing, 'PID=4 TID=0'],
    ]);
  });

  it('describes its interfaces: name, description, MAC, addresses and system', async () => {
    const file = folder.path('interfaces.pcapng');
    await exportedScenario(everyPlace, file, 'pcapng');
    const fields = ['frame.interface_name', 'frame.interface_description'];
    const named = new Map(judged(file, fields).map(([name, description]) => [name, description]));
    expect(named.get('interface 9 Ethernet')).toBe('Contoso 10G, Miniport with interface index 9');
    expect(named.get('pktmon 5 tcpip.sys')).toBe('TCP/IPv4 - L3/L4');
    expect(named.get('vSwitch port 2 vm one VLAN 5')).toBe('Synthetic, port A, miniport 17, lower 17');
    const option = (name: string): string[] => blockOption(file, `pcapng.options.option.data.${name}`);
    expect(new Set(option('mac'))).toEqual(new Set(['00:15:5d:00:0a:09', '00:15:5d:00:0a:60']));
    expect(option('ipv4')).toEqual(['10.0.0.2']);
    expect(option('ipv6')).toEqual(['fe80::2']);
    expect(new Set(option('interface.os'))).toEqual(new Set(['Windows 10.0.20348']));
    expect(new Set(blockOption(file, 'pcapng.interface_description.snap_length'))).toEqual(new Set(['262144']));
  });

  it('has other events as journal blocks when asked', async () => {
    const file = folder.path('events.pcapng');
    const { report, lines } = await exportedScenario(everyPlace, file, 'pcapng', { events: true });
    const seen = judged(file, [
      'frame.time_epoch',
      'systemd_journal.message',
      'systemd_journal.syslog_id',
      'systemd_journal.pid',
    ]);
    const journal = seen.filter(([, message]) => message !== '');
    expect(report.packets).toBe(9);
    expect(report.events).toBe(journal.length);
    expect(seen).toHaveLength(report.packets + report.events);
    expect(journal.at(-1)).toEqual([
      `${startSeconds}.700000000`,
      lines.at(-1)?.summary,
      'Microsoft-Windows-Hyper-V-VmSwitch',
      '8',
    ]);
  });

  it('is one file for each link type when asked', async () => {
    const target = folder.path('split/split.pcapng');
    mkdirSync(dirname(target));
    const { report } = await exportedScenario(everyPlace, target, 'pcapng', { splitByLinkType: true });
    expect(report.files.map(({ name, packets }) => [name, packets])).toEqual([
      ['split.ethernet.pcapng', 7],
      ['split.raw-ip.pcapng', 1],
      ['split.wifi.pcapng', 1],
    ]);
    expect(readdirSync(dirname(target)).sort()).toEqual([
      'split.ethernet.pcapng',
      'split.pcapng.etl',
      'split.raw-ip.pcapng',
      'split.wifi.pcapng',
    ]);
    const media = report.files.map(({ name }) => judged(folder.path(`split/${name}`), ['frame.encap_type']).flat());
    expect(media).toEqual([['1', '1', '1', '1', '1', '1', '1'], ['7'], ['20']]);
    expect(report.notes).toEqual([]);
  });

  it('keeps the order of the view over many portions', async () => {
    const lines = Array.from({ length: 9000 }, (_, index) => {
      const cpu = index % 2;
      return `+${index * 3}us cpu${cpu} ndis in miniport=${9 + cpu} | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.1 > 10.0.0.2 id=${index % 60_000} | udp 1 > 2`;
    });
    const file = folder.path('many.pcapng');
    const { report } = await exportedScenario(lines, file, 'pcapng', { filter: 'UDP' });
    expect(report.packets).toBe(9000);
    const seen = judged(file, ['frame.time_epoch', 'ip.id', 'frame.interface_name']);
    expect(seen).toEqual(
      Array.from({ length: 9000 }, (_, index) => [
        `${startSeconds}.${String(index * 3000).padStart(9, '0')}`,
        `0x${(index % 60_000).toString(16).padStart(4, '0')}`,
        `interface ${9 + (index % 2)}`,
      ]),
    );
  });
});
