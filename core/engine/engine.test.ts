import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import type { DetailNode, OpenProgress, TraceInfo } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-engine-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const syn =
  'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 id=7 | tcp 52891 > 80 SYN seq=1717747265 win=8192 mss=1460 scale=8';
const query = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.1 | udp 50000 > 53 | "question"';
const scenario = `trace start=2024-05-01T14:03:07.0000000Z cpus=2 buffer=64KiB metadata
+10us cpu1 pid4 tid88 ndis in miniport=9 | ${syn}
+5us cpu0 ndis out miniport=9 | ${query}
+20us cpu0 vmswitch 56 NicName=NIC1 NicFName="Ethernet" SwitchName=S1 SwitchFName="nat" BufferAddress=0xffff9383cbf21490
+30us cpu0 pktmon drop group=5 appearance=3 direction=Rx component=60 edge=0 reason=9 location=0xE0002006 | ${syn}
+40us cpu1 event {11111111-2222-3333-4444-555555555555} id=7 payload=0011AABB`;

let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(() => engine.close());

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function open(bytes: Uint8Array, name = 'trace.etl'): Promise<TraceInfo> {
  return engine.call('open', { files: [fileOf(name, bytes)] });
}

async function rowsOf(trace: number, filter = ''): Promise<string[]> {
  const { view, rows } = await engine.call('view', { trace, filter });
  const block = await engine.call('rows', { view, from: 0, count: rows });
  return block.rows.map((row) =>
    [row.hundredNanoseconds, row.source, row.destination, row.module, row.summary, row.mark].join(' | '),
  );
}

describe('an opened trace', () => {
  it('says what it holds', async () => {
    const info = await open(compileScenario(scenario));
    expect(info).toMatchObject({
      file: 'trace.etl',
      format: 'etl',
      complete: true,
      pointerSize: 8,
      processors: 2,
      startTime: '2024-05-01T14:03:07.0000000Z',
      endTime: '2024-05-01T14:03:07.0000400Z',
      packets: 3,
      drops: 1,
      problems: [],
    });
    expect(info.providers.map(({ name, events }) => `${name ?? 'nameless'} ${events}`)).toContain(
      'Microsoft-Windows-NDIS-PacketCapture 2',
    );
  });

  it("shows its rows in time order, in Message Analyzer's words", async () => {
    const { trace } = await open(compileScenario(scenario));
    expect(await rowsOf(trace, 'not EventMetadata and not EventTrace')).toEqual([
      '50 | 10.0.0.50 | 10.0.0.1 | UDP | SrcPort: 50000, DstPort: DNS(53), Length: 16 | none',
      '100 | 10.0.0.50 | 10.0.0.60 | TCP | Flags: ......S., SrcPort: 52891, DstPort: HTTP(80), Length: 0, Seq Range: 1717747265 - 1717747266, Ack: 0, Win: 8192(negotiating scale factor: 8) | none',
      '200 | Ethernet | nat | Microsoft_Windows_Hyper_V_VmSwitch | NBL 0xffff9383cbf21490 received from Nic NIC1 (Friendly Name: Ethernet) in switch S1 (Friendly Name: nat) | none',
      expect.stringMatching(
        /^300 \| 10\.0\.0\.50 \| 10\.0\.0\.60 \| TCP \| Dropped: .*\. Flags: \.{6}S\.,.*\| drop$/,
      ) as string,
      '400 |  |  | {11111111-2222-3333-4444-555555555555} | Event 7, 4 bytes: 00 11 aa bb | none',
    ]);
  });

  it.each([
    ['TCP', 2],
    ['UDP or Microsoft_Windows_Hyper_V_VmSwitch', 2],
    ['TCP.Port == 80 and not Microsoft_Windows_PktMon', 1],
    ['*Address == 10.0.0.1', 1],
    ['IPv4.Address != 10.0.0.60', 0],
  ])('is filtered by %s', async (filter, found) => {
    const { trace } = await open(compileScenario(scenario));
    const { rows, available } = await engine.call('view', { trace, filter });
    expect(filter.includes('!=') ? available - rows : rows).toBe(filter.includes('!=') ? 2 : found);
  });

  it('explains an event from the top of its message stack down, each value with its bytes', async () => {
    const { trace } = await open(compileScenario(scenario));
    const { view } = await engine.call('view', { trace, filter: 'TCP and not Microsoft_Windows_PktMon' });
    const { rows } = await engine.call('rows', { view, from: 0, count: 1 });
    const { nodes, sources } = await engine.call('detail', { view, row: rows[0].row });
    expect(nodes.map((node) => node.name)).toEqual([
      'TCP',
      'IPv4',
      'Ethernet',
      'Microsoft_Windows_NDIS_PacketCapture',
      'Etw',
    ]);
    const bytesOf = (path: readonly string[]): number[] => {
      let found: DetailNode | undefined;
      let children = nodes;
      for (const name of path) {
        found = children.find((node) => node.name === name);
        children = found?.children ?? [];
      }
      const { source, start, length } = found?.bytes ?? { source: 0, start: 0, length: 0 };
      return [...sources[source].bytes.subarray(start, start + length)];
    };
    expect(bytesOf(['TCP', 'SourcePort'])).toEqual([52891 >> 8, 52891 & 255]);
    expect(bytesOf(['Microsoft_Windows_NDIS_PacketCapture', 'MiniportIfIndex'])).toEqual([9, 0, 0, 0]);
  });

  it('refuses a filter that is none, with the place and what to try', async () => {
    const { trace } = await open(compileScenario(scenario));
    await expect(engine.call('view', { trace, filter: 'TCP and Port == 80' })).rejects.toMatchObject({
      name: 'FilterError',
      start: 8,
      suggestion: 'TCP and *Port == 80',
    });
  });

  it('gives rows while it is still being read', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, index) => `+${index}us cpu${index % 2} ndis in miniport=9 | ${syn} | zeros 4000`,
    );
    const file = fileOf('large.etl', compileScenario(`trace cpus=2 buffer=64KiB\n${lines.join('\n')}`));
    const early: number[] = [];
    const asked: Promise<void>[] = [];
    const info = await engine.call(
      'open',
      { files: [file] },
      {
        onProgress: (progress: OpenProgress) => {
          asked.push(
            engine.call('view', { trace: progress.trace, filter: 'TCP' }).then(({ rows, complete }) => {
              if (!complete && rows > 0) early.push(rows);
            }),
          );
        },
      },
    );
    await Promise.all(asked);
    expect(info.packets).toBe(3000);
    expect(early.length).toBeGreaterThan(0);
  });

  it('never takes a part for the whole, however many ask while it is being read', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, index) => `+${index}us cpu${index % 2} ndis in miniport=9 | ${syn} | zeros 4000`,
    );
    const file = fileOf('asked.etl', compileScenario(`trace cpus=2 buffer=64KiB\n${lines.join('\n')}`));
    const asked: Promise<unknown>[] = [];
    const { trace, events } = await engine.call(
      'open',
      { files: [file] },
      {
        onProgress: (progress) => {
          for (let time = 0; time < 3; time++) asked.push(engine.call('view', { trace: progress.trace, filter: '' }));
        },
      },
    );
    await Promise.all(asked);
    expect(await engine.call('view', { trace, filter: '' })).toMatchObject({
      complete: true,
      rows: events,
      available: events,
    });
  });

  it('explains a row of a view made while reading as that view shows it', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, index) =>
        `-${index}us cpu${index % 2} event {11111111-2222-3333-4444-555555555555} id=${index + 1} payload=${'00'.repeat(3000)}`,
    );
    const file = fileOf('backwards.etl', compileScenario(`trace cpus=2 buffer=64KiB unsorted\n${lines.join('\n')}`));
    const early: { shown: string; explained: string }[] = [];
    const asked: Promise<void>[] = [];
    const look = async (trace: number): Promise<void> => {
      const { view, rows, complete } = await engine.call('view', { trace, filter: '' });
      if (rows === 0 || complete) return;
      const block = await engine.call('rows', { view, from: 0, count: 1 });
      const { nodes } = await engine.call('detail', { view, row: block.rows[0].row });
      early.push({ shown: block.rows[0].summary, explained: nodes[0].value });
    };
    await engine.call('open', { files: [file] }, { onProgress: (progress) => asked.push(look(progress.trace)) });
    await Promise.all(asked);
    expect(early.length).toBeGreaterThan(0);
    expect(early.every(({ shown, explained }) => shown.startsWith(`${explained},`))).toBe(true);
  });

  it('stops when told to, and is gone', async () => {
    const file = fileOf('cancelled.etl', compileScenario(scenario));
    const controller = new AbortController();
    const opening = engine.call('open', { files: [file] }, { signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'Cancelled' });
    await expect(engine.call('info', { trace: 1 })).rejects.toMatchObject({ name: 'BadRequest' });
  });
});

describe('exporting', () => {
  it('writes nothing and says why when the view holds no packet', async () => {
    const { trace } = await open(compileScenario(scenario));
    const target = join(folder, 'empty.pcapng');
    for (const [filter, words] of [
      ['ICMP', 'lets no row through'],
      ['Microsoft_Windows_Hyper_V_VmSwitch', 'none of the 1 rows of this view holds a packet'],
    ]) {
      const { view } = await engine.call('view', { trace, filter });
      await expect(engine.call('export', { view, format: 'pcapng', target })).rejects.toMatchObject({
        name: 'ExportError',
        message: expect.stringContaining(words) as string,
      });
    }
    expect(readdirSync(folder).filter((name) => name.includes('pcapng'))).toEqual([]);
  });

  it('reports what it wrote', async () => {
    const { trace } = await open(compileScenario(scenario));
    const target = join(folder, 'all.pcapng');
    const { view } = await engine.call('view', { trace, filter: '' });
    const report = await engine.call('export', { view, format: 'pcapng', target });
    expect(report).toMatchObject({ packets: 3, interfaces: 2, bytes: readFileSync(target).length, notes: [] });
  });

  it('leaves a file that stood there alone when it cannot be replaced', async () => {
    const { trace } = await open(compileScenario(scenario));
    const target = fileOf('kept.pcapng', Uint8Array.of(1, 2, 3));
    const { view } = await engine.call('view', { trace, filter: 'ICMP or Microsoft_Windows_Hyper_V_VmSwitch' });
    await expect(engine.call('export', { view, format: 'pcapng', target })).rejects.toThrow();
    expect([...readFileSync(target)]).toEqual([1, 2, 3]);
  });
});

describe('bad input', () => {
  const good = compileScenario(scenario, { compressed: true });

  it.each([
    ['nothing there', () => join(folder, 'missing.etl'), 'There is no file'],
    ['an empty folder', () => mkdtempSync(join(folder, 'empty-')), 'is a folder that holds no trace'],
    ['an empty file', () => fileOf('empty.etl', new Uint8Array(0)), 'The file is empty'],
    [
      'something else',
      () => fileOf('text.etl', new TextEncoder().encode('not a trace '.repeat(40))),
      'not an ETL trace',
    ],
    [
      'a file cut inside its first header',
      () => fileOf('stump.etl', good.subarray(0, 300)),
      'inside the log file header',
    ],
  ])('%s is refused in words', async (_, path, words) => {
    await expect(engine.call('open', { files: [path()] })).rejects.toMatchObject({
      name: 'OpenError',
      message: expect.stringContaining(words) as string,
    });
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission is refused in words', async () => {
    const file = fileOf('locked.etl', good);
    chmodSync(file, 0o000);
    await expect(engine.call('open', { files: [file] })).rejects.toMatchObject({
      message: expect.stringContaining('No permission') as string,
    });
  });

  it('a folder named like a trace is still a folder', async () => {
    mkdirSync(join(folder, 'folder.etl'));
    await expect(engine.call('open', { files: [join(folder, 'folder.etl')] })).rejects.toThrow('is a folder');
  });

  it('a trace cut anywhere gives what came before the cut, and says where it ends', async () => {
    const whole = await open(good, 'whole.etl');
    for (let length = 1024; length < good.length; length += 311) {
      const info = await open(good.subarray(0, length), `cut-${length}.etl`);
      expect(info.events).toBeLessThanOrEqual(whole.events);
      expect(info.problems.length > 0 || info.buffers < whole.buffers || info.events === whole.events).toBe(true);
      expect((await rowsOf(info.trace)).length).toBe(info.events);
    }
  });

  it('damage inside costs a buffer at most, and the file is never changed', async () => {
    const plain = compileScenario(scenario);
    const broken = plain.slice();
    const second = new DataView(plain.buffer).getUint32(0, true);
    broken.fill(0xee, second + 0x48, second + 0x60);
    const info = await open(broken, 'damaged.etl');
    expect(info.problems).toEqual([
      {
        offset: second,
        kind: 'damaged',
        message: expect.stringContaining('the rest of this buffer was skipped') as string,
      },
    ]);
    expect(info.packets).toBeGreaterThan(0);
    expect(new Uint8Array(readFileSync(join(folder, 'damaged.etl')))).toEqual(broken);
  });
});
