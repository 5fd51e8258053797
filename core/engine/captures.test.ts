import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { concatenate } from '../base/bytes.ts';
import {
  FieldWriter,
  netmonFile,
  pcapFile,
  PcapngWriter,
  textOption,
} from '../capture-file/test-support/capture-writers.ts';
import { compileScenario } from '../scenario/compile.ts';
import type { Row, TraceInfo } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-captures-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
let files = 0;
function fileOf(ending: string, bytes: Uint8Array): string {
  const path = join(folder, `${++files}.${ending}`);
  writeFileSync(path, bytes);
  return path;
}

interface Opened {
  readonly engine: Engine;
  readonly info: TraceInfo;
  readonly rows: (filter?: string) => Promise<Row[]>;
}

async function opened<Result>(paths: readonly string[], use: (trace: Opened) => Promise<Result>): Promise<Result> {
  const engine = new Engine(new InlinePool());
  try {
    const info = await engine.call('open', { files: [...paths] });
    const rows = async (filter = ''): Promise<Row[]> => {
      const { view, rows: count } = await engine.call('view', { trace: info.trace, filter });
      return (await engine.call('rows', { view, from: 0, count })).rows;
    };
    return await use({ engine, info, rows });
  } finally {
    await engine.close();
  }
}

function scenario(lines: readonly string[]): string {
  return fileOf('etl', compileScenario(['trace start=2024-05-01T14:03:07.0000000Z cpus=2', ...lines].join('\n')));
}

/** 2024-05-01T14:03:07Z. */
const start = 1_714_572_187_000_000_000n;
const syn = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 id=7 | tcp 52891 > 80 SYN seq=1';
/** The frame of `syn`, as an export has it. */
const synFrame = Uint8Array.from(
  '00155d000002 00155d000001 0800 45000028 0007 4000 80 06 0000 0a000032 0a00003c ce9b 0050 00000001 00000000 5002 ffff 0000 0000'
    .replaceAll(' ', '')
    .match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
);
const synPacket = (offset: bigint) => ({ time: start + offset, frame: synFrame });

describe('a pcapng that was exported here', () => {
  it('opens with the same packets, at the same times and places, going the same ways', async () => {
    const trace = scenario([
      `+0.000118204 cpu1 pid4 tid88 ndis in miniport=9 | ${syn}`,
      `++1.2us cpu1 ndis out miniport=9 | ${syn}`,
      `++8us ndis switch in miniport=17 from=2:port:External | ${syn}`,
      `++3us pktmon frame component=12 group=77 direction=Tx | ${syn}`,
    ]);
    const target = join(folder, 'again.pcapng');
    const look = async ({ info, rows }: Opened) => ({
      packets: info.packets,
      rows: (await rows('Ethernet')).map((shown, row) => ({ ...shown, row })),
    });
    const before = await opened([trace], async (session) => {
      const { view } = await session.engine.call('view', { trace: session.info.trace, filter: 'Ethernet' });
      await session.engine.call('export', { view, format: 'pcapng', target });
      return look(session);
    });
    await opened([target], async (session) => {
      expect(await look(session)).toEqual(before);
      expect(session.info).toMatchObject({
        format: 'pcapng',
        loggerName: 'Hopscope',
        osVersion: 'Windows 10.0.20348',
        events: before.packets,
        buffers: 0,
        problems: [],
        files: [{ format: 'pcapng' }],
      });
      // And once more: names of interfaces and directions survive, so the bytes are the same.
      const twice = join(folder, 'twice.pcapng');
      const { view } = await session.engine.call('view', { trace: session.info.trace, filter: '' });
      await session.engine.call('export', { view, format: 'pcapng', target: twice });
      expect(readFileSync(twice).subarray(200)).toEqual(readFileSync(target).subarray(200));
    });
  });
});

describe.each(['pcap', 'cap'] as const)('a .%s that was exported here', (format) => {
  it('opens with the same packets', async () => {
    const trace = scenario([
      `+0.000118204 cpu1 ndis in miniport=9 | ${syn}`,
      `++1.2us cpu1 ndis out miniport=9 | ${syn}`,
      `++8us ndis switch in miniport=17 from=2:port:External | ${syn}`,
    ]);
    const target = join(folder, `again.${format}`);
    const look = async ({ rows }: Opened) =>
      (await rows('TCP')).map(({ milliseconds, hundredNanoseconds, source, destination, module, summary }) => ({
        ...{ milliseconds, hundredNanoseconds, source, destination, module, summary },
      }));
    const before = await opened([trace], async (session) => {
      const { view } = await session.engine.call('view', { trace: session.info.trace, filter: 'TCP' });
      await session.engine.call('export', { view, format, target });
      return look(session);
    });
    expect(before).toHaveLength(3);
    await opened([target], async (session) => {
      expect(await look(session)).toEqual(before);
      expect(session.info).toMatchObject({ packets: 3, problems: [] });
    });
  });
});

describe('captures of every format', () => {
  const packets = [synPacket(100n), synPacket(2_000_000n), synPacket(3_000_000_400n)];
  const writer = new PcapngWriter(false);
  const captures: readonly (readonly [TraceInfo['format'], string, Uint8Array])[] = [
    [
      'pcapng',
      'pcapng',
      concatenate([
        writer.section(),
        writer.interface(1, [[9, Uint8Array.of(9)]]),
        ...packets.map(({ time, frame }) => writer.packet(0, time, frame)),
      ]),
    ],
    ['pcap', 'pcap', pcapFile(packets, { nanoseconds: true })],
    ['netmon', 'cap', netmonFile(packets)],
  ];

  it.each(captures)('%s: rows, filters, details and text', async (format, ending, bytes) => {
    await opened([fileOf(ending, bytes)], async ({ engine, info, rows }) => {
      expect(info).toMatchObject({ format, packets: 3, events: 3, clockFrequency: 1_000_000_000 });
      expect(info.completeness.findings[0]).toMatchObject({ level: 'good' });
      const shown = await rows();
      expect(shown.map(({ hundredNanoseconds }) => hundredNanoseconds)).toEqual([1, 0, 4]);
      expect(shown[0]).toMatchObject({ source: '10.0.0.50', destination: '10.0.0.60', module: 'TCP' });
      expect(await rows('TCP.Port == 80')).toHaveLength(3);
      expect(await rows('TCP.Port == 81')).toHaveLength(0);
      expect(await rows(info.providers[0].name ?? '')).toHaveLength(3);
      const { view } = await engine.call('view', { trace: info.trace, filter: '' });
      const { nodes, sources } = await engine.call('detail', { view, row: 0 });
      expect(nodes.map(({ name }) => name)).toEqual(['TCP', 'IPv4', 'Ethernet', info.providers[0].name, 'Capture']);
      expect(sources.map(({ name }) => name)).toEqual(['Frame', 'Record']);
      expect(sources[0].bytes).toEqual(synFrame);
      for (const textFormat of ['txt', 'csv', 'jsonl', 'xml'] as const) {
        const { text } = await engine.call('text', { view, format: textFormat, from: 0, count: 3 });
        expect(text).toContain('10.0.0.60');
      }
    });
  });

  it.each(captures)('%s beside an ETL: one trace, in time order, each with its shift', async (_, ending, bytes) => {
    const etl = scenario([`+0.001 ndis in miniport=9 | ${syn}`, `+1 ndis in miniport=9 | ${syn}`]);
    await opened([etl, fileOf(ending, bytes)], async ({ engine, info, rows }) => {
      expect(info).toMatchObject({ format: 'etl', packets: 5 });
      expect(info.files.map((file) => file.format)).toEqual(['etl', _]);
      const times = async () =>
        (await rows('TCP')).map(({ milliseconds }) => milliseconds - Number(start / 1_000_000n));
      expect(await times()).toEqual([0, 1, 2, 1000, 3000]);
      await engine.call('shiftTime', { trace: info.trace, file: 1, hundredNanoseconds: -10_000_000 });
      expect(await times()).toEqual([-1000, -998, 1, 1000, 2000]);
    });
  });

  it.each(captures)('%s that is damaged takes no other input down', async (_, ending, bytes) => {
    const etl = scenario([`+0.001 ndis in miniport=9 | ${syn}`]);
    const cut = fileOf(ending, bytes.subarray(0, bytes.length - 30));
    await opened([etl, cut], async ({ info, rows }) => {
      expect(info.problems.length).toBeGreaterThan(0);
      expect(await rows('TCP')).not.toHaveLength(0);
      expect(info.completeness.findings.some(({ level }) => level === 'defect')).toBe(true);
    });
  });
});

describe('what a pcapng says besides frames', () => {
  it('is shown: comments, verdicts, log entries, unknown media, losses', async () => {
    const writer = new PcapngWriter();
    const fields = (): FieldWriter => writer.fields();
    const units = start / 1000n;
    const file = concatenate([
      writer.section([textOption(3, 'Linux 6.1'), textOption(4, 'dumpcap 4.4')]),
      writer.interface(1, [textOption(2, 'eth0'), textOption(3, 'Uplink')]),
      writer.interface(220, [textOption(2, 'usbmon0')]),
      writer.packet(
        0,
        units,
        synFrame,
        [[7, fields().u8(2).u64(1n).done()], textOption(1, 'PID=4 TID=88 why is this late?')],
        1514,
      ),
      writer.packet(1, units + 1n, Uint8Array.of(1, 2, 3, 4)),
      writer.journal(`__REALTIME_TIMESTAMP=${units + 2n}\nMESSAGE=Interface went down\n`),
      writer.statistics(0, 5n),
      writer.statistics(0, 7n),
    ]);
    await opened([fileOf('pcapng', file)], async ({ engine, info, rows }) => {
      expect(info).toMatchObject({
        packets: 2,
        drops: 1,
        osVersion: 'Linux 6.1',
        loggerName: 'dumpcap 4.4',
        completeness: { truncatedPackets: 1 },
      });
      expect(info.completeness.findings.map(({ text }) => text).join(' ')).toContain('lost 7 packets by its own count');
      const [packet, unknown, entry] = await rows();
      expect(packet).toMatchObject({ mark: 'drop', module: 'TCP' });
      expect(unknown).toMatchObject({ module: 'Pcapng' });
      expect(unknown.summary).toContain('LinkType: 220');
      expect(unknown.summary).toContain('01 02 03 04');
      expect(entry).toMatchObject({ module: 'Pcapng', summary: 'Interface went down' });
      const { view } = await engine.call('view', { trace: info.trace, filter: '' });
      const { nodes } = await engine.call('detail', { view, row: 0 });
      const text = JSON.stringify(nodes);
      for (const part of ['why is this late?', 'eth0, Uplink', '"ProcessId","value":"4"', '54 of 1514']) {
        expect(text).toContain(part);
      }
    });
  });

  it('several sections are several sessions of one file', async () => {
    const section = (name: string, offset: bigint) => {
      const writer = new PcapngWriter(name === 'first');
      return [
        writer.section([textOption(4, name)]),
        writer.interface(1, [textOption(2, 'eth0')]),
        writer.packet(0, (start + offset) / 1000n, synFrame),
      ];
    };
    const file = fileOf('pcapng', concatenate([...section('first', 5_000_000n), ...section('second', 1_000_000n)]));
    await opened([file], async ({ info, rows }) => {
      expect(info.files[0].sessions.map(({ loggerName }) => loggerName)).toEqual(['first', 'second']);
      expect((await rows()).map(({ milliseconds }) => milliseconds % 1000)).toEqual([1, 5]);
    });
  });

  it('sections without end are read up to a limit, and what was left out is said', async () => {
    const writer = new PcapngWriter();
    const one = concatenate([writer.section(), writer.interface(1), writer.packet(0, start / 1000n, synFrame)]);
    const file = fileOf('pcapng', concatenate(Array.from({ length: 1010 }, () => one)));
    await opened([file], ({ info }) => {
      expect(info.packets).toBe(1000);
      expect(info.problems.map(({ message }) => message)).toContainEqual(
        expect.stringContaining('more than 1000 sections'),
      );
      return Promise.resolve();
    });
  });
});

describe('ETW events in a NetMon file', () => {
  it('are events of their provider, with their fields and their packets', async () => {
    const header = (id: number, keyword: bigint) =>
      new FieldWriter()
        .u16(0)
        .u16(0)
        .u16(0x40)
        .u16(0)
        .u32(88)
        .u32(4)
        .u64(0n)
        .u32(0x2ed6006e)
        .u16(0x4729)
        .u16(0x4609)
        .u8(0xb4, 0x23, 0x3e, 0xe7, 0xbc, 0xd6, 0x78, 0xef)
        .u16(id)
        .u8(0, 0, 4, 0)
        .u16(0)
        .u64(keyword)
        .u64(0n)
        .bytes(new Uint8Array(16))
        .u8(3, 0)
        .u16(1);
    const payload = new FieldWriter().u32(9).u32(9).u32(synFrame.length).bytes(synFrame).done();
    const event = header(1001, 0x8000_0602_c000_0001n).u16(0).u16(payload.length).u8(0).bytes(payload).done();
    const file = netmonFile([{ time: start, frame: event, mediaType: 0xffe0 }]);
    await opened([fileOf('cap', file)], async ({ engine, info, rows }) => {
      expect(info.providers[0]).toMatchObject({ name: 'Microsoft-Windows-NDIS-PacketCapture', packets: 1 });
      expect((await rows())[0]).toMatchObject({ module: 'TCP', destination: '10.0.0.60' });
      const { view } = await engine.call('view', { trace: info.trace, filter: '' });
      const { nodes } = await engine.call('detail', { view, row: 0 });
      expect(nodes.map(({ name }) => name)).toEqual([
        'TCP',
        'IPv4',
        'Ethernet',
        'Microsoft_Windows_NDIS_PacketCapture',
        'Etw',
      ]);
      expect(JSON.stringify(nodes)).toContain('"name":"Processor","value":"3"');
    });
  });
});

describe('a file that is no trace', () => {
  it.each([
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0)],
    ['ZIP', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)],
    ['the report that `netsh trace stop` leaves', Uint8Array.of(0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0)],
  ])('is called what it is: %s', async (name, bytes) => {
    await expect(opened([fileOf('pcap', bytes)], () => Promise.resolve())).rejects.toThrow(name);
  });

  it('is refused with what Hopscope reads', async () => {
    await expect(opened([fileOf('cap', new Uint8Array(500))], () => Promise.resolve())).rejects.toThrow(
      'pcapng, pcap and NetMon .cap',
    );
  });
});

const hasWireshark = ['tshark', 'editcap', 'mergecap', 'text2pcap'].every((tool) => {
  try {
    execFileSync(tool, ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
});
if (!hasWireshark) console.warn('tshark and its companions are not installed: nobody judges how captures are read.');

describe.skipIf(!hasWireshark)('captures that other programs wrote', () => {
  const run = (tool: string, ...given: string[]): string =>
    execFileSync(tool, given, { encoding: 'utf8', stdio: 'pipe' });
  const made = (name: string): string => join(folder, name);
  const source = (): string => fileOf('pcap', pcapFile([synPacket(0n), synPacket(1_500_000n), synPacket(9_000_000n)]));
  const makers: readonly (readonly [string, () => string])[] = [
    [
      'editcap to pcapng',
      () => {
        run('editcap', '-F', 'pcapng', '-a', '2:a comment', source(), made('edited.pcapng'));
        return made('edited.pcapng');
      },
    ],
    [
      'editcap to nanosecond pcap, cut to 40 bytes',
      () => {
        run('editcap', '-F', 'nsecpcap', '-s', '40', source(), made('edited.pcap'));
        return made('edited.pcap');
      },
    ],
    [
      'editcap to NetMon 2.x',
      () => {
        run('editcap', '-F', 'netmon2', source(), made('edited2.cap'));
        return made('edited2.cap');
      },
    ],
    [
      'mergecap of a pcap and a pcapng',
      () => {
        const writer = new PcapngWriter(false);
        const other = fileOf(
          'pcapng',
          concatenate([
            writer.section(),
            writer.interface(101, [textOption(2, 'tun0')]),
            writer.packet(0, start / 1000n + 700n, synFrame.subarray(14)),
          ]),
        );
        run('mergecap', '-w', made('merged.pcapng'), source(), other);
        return made('merged.pcapng');
      },
    ],
    [
      'text2pcap',
      () => {
        const hex = Array.from(synFrame, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
        writeFileSync(made('frame.txt'), `I 14:03:07.25\n000000 ${hex}\nO 14:03:07.75\n000000 ${hex}\n`);
        run('text2pcap', '-D', '-t', '%H:%M:%S.%f', made('frame.txt'), made('text.pcapng'));
        return made('text.pcapng');
      },
    ],
  ];

  it.each(makers)('%s: the same packets as tshark reads', async (_, make) => {
    const file = make();
    const fields = ['frame.time_epoch', 'frame.len', 'frame.cap_len'].flatMap((field) => ['-e', field]);
    const judged = run('tshark', '-n', '-r', file, '-T', 'fields', ...fields)
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    await opened([file], async ({ engine, info, rows }) => {
      expect(info.problems.filter(({ kind }) => kind !== 'other')).toEqual([]);
      const shown = await rows();
      expect(shown).toHaveLength(judged.length);
      const { view } = await engine.call('view', { trace: info.trace, filter: '' });
      const read = await Promise.all(
        shown.map(async ({ row, milliseconds, hundredNanoseconds }) => {
          const { sources } = await engine.call('detail', { view, row });
          return { time: milliseconds * 10_000 + hundredNanoseconds, bytes: sources[0].bytes.length };
        }),
      );
      judged.forEach(([time, , captured], index) => {
        const [seconds, fraction] = time.split('.');
        expect(read[index]).toEqual({ time: Number(`${seconds}${fraction.slice(0, 7)}`), bytes: Number(captured) });
      });
    });
  });
});
