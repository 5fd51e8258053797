import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

/** tshark reads what we export: another program's view of the same packets. */
const hasTshark = ((): boolean => {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasTshark) console.warn('tshark is not installed: nobody judges the exported files.');

const realTrace = fileURLToPath(new URL('../../../shared/etl/pktmon/demikernel-PktMon.etl', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hopscope-judge-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function exported(trace: string, filter: string): Promise<string> {
  const engine = new Engine(new InlinePool());
  const target = join(folder, 'out.pcapng');
  try {
    const info = await engine.call('open', { files: [trace] });
    const { view } = await engine.call('view', { trace: info.trace, filter });
    await engine.call('export', { view, format: 'pcapng', target });
    return target;
  } finally {
    await engine.close();
  }
}

/** Fields of each packet as tshark prints them; fails when tshark complains about the file. */
function judged(file: string, fields: readonly string[]): string[][] {
  const wanted = fields.flatMap((field) => ['-e', field]);
  const output = execFileSync('tshark', ['-n', '-r', file, '-T', 'fields', ...wanted], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

/** The bytes of each frame, as tshark has them. */
function frames(file: string): Buffer[] {
  const output = execFileSync('tshark', ['-n', '-r', file, '-T', 'jsonraw', '-J', 'frame'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packets = JSON.parse(output) as { _source: { layers: { frame_raw: [string, ...unknown[]] } } }[];
  return packets.map((packet) => Buffer.from(packet._source.layers.frame_raw[0], 'hex'));
}

function traceOf(lines: readonly string[]): string {
  const path = join(folder, 'trace.etl');
  writeFileSync(path, compileScenario(['trace start=2024-05-01T14:03:07.0000000Z cpus=2', ...lines].join('\n')));
  return path;
}

describe.skipIf(!hasTshark)('an exported pcapng', () => {
  it.skipIf(!existsSync(realTrace))(
    'of the real pktmon trace has all 114 packets, byte for byte, at their times',
    async () => {
      const file = await exported(realTrace, 'Ethernet');
      const wanted = readFileSync(realTrace.replace('.etl', '.packets.tsv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'));
      expect(frames(file).map((frame) => createHash('sha1').update(frame).digest('hex'))).toEqual(
        wanted.map((cells) => cells[17]),
      );
      const seen = judged(file, ['frame.time_epoch', 'frame.len', 'frame.cap_len']);
      expect(seen).toEqual(wanted.map((cells) => [epochOf(cells[0]), cells[15], cells[16]]));
    },
  );

  it('keeps link types, interfaces, directions, original lengths and 100 ns', async () => {
    const lines = [
      '+0.1234567 cpu0 ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 SYN seq=7',
      '+0.2 cpu1 ndis out miniport=9 lower=11 snap=40 | eth 00-15-5D-00-00-02 > 00-15-5D-00-00-01 | ipv4 10.0.0.60 > 10.0.0.50 | udp 53 > 50000 | "a long answer that is cut"',
      '+0.3 cpu0 ndis in miniport=9 fragments=20,30,36 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | udp 1 > 2 | "forty-four bytes in three fragments, joined."',
      '+0.4 cpu0 pktmon frame group=1 appearance=1 direction=Rx component=5 edge=1 type=3 | ipv4 10.0.0.1 > 10.0.0.2 | icmp echo id=1 seq=1',
      '+0.5 cpu0 component 5 type=11 name=tcpip.sys description="TCP/IPv4 - L3/L4"',
      '+0.6 cpu0 ndis in miniport=7 | wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03 from-ds | ipv4 10.0.0.1 > 10.0.0.2 | icmp echo id=1 seq=2',
    ];
    const file = await exported(traceOf(lines), '');
    const seen = judged(file, [
      'frame.time_epoch',
      'frame.encap_type',
      'frame.interface_name',
      'frame.packet_flags_direction',
      'frame.len',
      'frame.cap_len',
      '_ws.col.Protocol',
    ]);
    const start = 1_714_572_187;
    expect(seen).toEqual([
      [`${start}.123456700`, '1', 'interface 9', '0x00000001', '54', '54', 'TCP'],
      [`${start}.200000000`, '1', 'interface 9 above 11', '0x00000002', '67', '40', expect.any(String) as string],
      [`${start}.300000000`, '1', 'interface 9', '0x00000001', '86', '86', 'UDP'],
      [`${start}.400000000`, '7', 'pktmon 5 tcpip.sys', '0x00000001', '28', '28', 'ICMP'],
      [`${start}.600000000`, '20', 'interface 7', '0x00000001', '60', '60', 'ICMP'],
    ]);
  });
});

/** `2024-06-10T20:18:35.4891721Z` as tshark writes an epoch time. */
function epochOf(iso: string): string {
  return `${Date.parse(`${iso.slice(0, 19)}Z`) / 1000}.${iso.slice(20, 27)}00`;
}
