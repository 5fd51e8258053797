import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileScenario } from '../../scenario/compile.ts';
import type { ExportFormat, ExportOptions, ExportReport } from '../contract.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';

/** tshark reads what we export: another program's view of the same packets. */
export const hasTshark = ((): boolean => {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasTshark) console.warn('tshark is not installed: nobody judges the exported packets.');

/** A folder for one file of tests, gone when `remove` is called. */
export function judgeFolder(): { path(name: string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-judge-'));
  return {
    path: (name) => join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const start = '2024-05-01T14:03:07.0000000Z';
export const startSeconds = Date.parse(start) / 1000;

/** Every medium, place and fate of a packet that an export must carry, and events beside them. */
export const everyPlace = [
  '+0 interface 9 alias="Ethernet" description="Contoso 10G" mac=00-15-5D-00-0A-09',
  '+0.1234567 cpu0 pid4 tid88 ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 SYN seq=4294967290 win=8192',
  '+0.15 cpu1 pid4 tid92 ndis out miniport=9 lower=11 | eth 00-15-5D-00-00-02 > 00-15-5D-00-00-01 | ipv4 10.0.0.60 > 10.0.0.50 | tcp 80 > 52891 SYN ACK seq=7 ack=4294967291 win=65535',
  '+0.2 cpu1 ndis out miniport=9 lower=11 snap=40 | eth 00-15-5D-00-00-02 > 00-15-5D-00-00-01 | ipv4 10.0.0.60 > 10.0.0.50 | udp 53 > 50000 | "a long answer that is cut"',
  '+0.25 cpu0 ndis switch in miniport=17 vlan=5 hash=48879 from="2:port A:vm one:Synthetic" to="5:port B:vm2:Internal" to2="6:port C:vm3:Internal" | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 PSH ACK seq=4294967291 ack=8 win=512 | "GET"',
  '+0.26 cpu0 ndis switch out miniport=17 from="2:port A:vm one:Synthetic" | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 FIN ACK seq=4294967294 ack=8 win=512',
  '+0.3 cpu0 ndis in miniport=9 fragments=50,20,16 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | udp 1 > 2 | "forty-four bytes in three fragments, joined."',
  '+0.4 cpu0 pid1234 tid5 pktmon frame group=77 appearance=1 direction=Rx component=5 edge=1 type=3 | ipv4 10.0.0.1 > 10.0.0.2 | icmp echo id=1 seq=1',
  '+0.41 cpu1 pktmon drop group=77 appearance=2 direction=Tx component=60 reason=9 location=0xE0002006 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.1 > 10.0.0.2 | udp 7 > 9 | "x"',
  '+0.5 cpu0 component 5 type=11 name=tcpip.sys description="TCP/IPv4 - L3/L4" ipv4=10.0.0.2 ipv6=fe80::2',
  '+0.5 cpu0 component 60 type=2 name=netvsc.sys description="Hyper-V Adapter" mac=00-15-5D-00-0A-60',
  '+0.6 cpu0 ndis in miniport=7 | wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03 from-ds | ipv4 10.0.0.1 > 10.0.0.2 | icmp echo id=1 seq=2',
  '+0.7 cpu0 pid8 tid9 vmswitch 56 NicName=NIC1 NicFName="Ethernet" SwitchName=S1 SwitchFName="nat" BufferAddress=0xffff9383cbf21490',
];

export function traceBytes(lines: readonly string[]): Uint8Array {
  return compileScenario([`trace start=${start} cpus=2 build=10.0.20348 metadata`, ...lines].join('\n'));
}

export interface Exported {
  readonly report: ExportReport;
  /** The same rows as JSON lines say them. */
  readonly lines: readonly ExportedLine[];
}

/** What a JSON line says of a packet. */
export interface ExportedLine {
  readonly messageNumber: number;
  readonly timestamp: string;
  readonly source: string;
  readonly destination: string;
  readonly module: string;
  readonly summary: string;
  readonly packet?: Readonly<Record<string, string | number>>;
}

/** Opens traces together and exports what the filter shows. */
export async function exported(
  traces: readonly string[],
  target: string,
  format: ExportFormat,
  { filter = '', ...options }: ExportOptions & { filter?: string } = {},
): Promise<Exported> {
  const engine = new Engine(new InlinePool());
  try {
    const info = await engine.call('open', { files: [...traces] });
    const { view, rows } = await engine.call('view', { trace: info.trace, filter });
    const report = await engine.call('export', { view, format, target, options });
    const { text } = await engine.call('text', { view, format: 'jsonl', from: 0, count: rows });
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ExportedLine);
    return { report, lines };
  } finally {
    await engine.close();
  }
}

/** Writes the trace and exports it. */
export async function exportedScenario(
  lines: readonly string[],
  target: string,
  format: ExportFormat,
  options: ExportOptions & { filter?: string } = {},
): Promise<Exported> {
  const trace = `${target}.etl`;
  writeFileSync(trace, traceBytes(lines));
  return exported([trace], target, format, options);
}

/**
 * Fields of each packet as tshark prints them; of several with one name the last, which is the innermost, or all, with
 * commas between. Throws when it complains.
 */
export function judged(file: string, fields: readonly string[], occurrence: 'l' | 'a' = 'l'): string[][] {
  const wanted = fields.flatMap((field) => ['-e', field]);
  const settings = [
    '-o',
    'tcp.relative_sequence_numbers:FALSE',
    '-E',
    `occurrence=${occurrence}`,
    '-E',
    'separator=/t',
  ];
  const output = execFileSync('tshark', ['-n', '-r', file, ...settings, '-T', 'fields', ...wanted], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return output
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
}

/** All values of a field of a pcapng file's own blocks, as tshark finds them when it takes the file for the data. */
export function blockOption(file: string, field: string): string[] {
  const output = execFileSync(
    'tshark',
    ['-n', '-X', 'read_format:MIME Files Format', '-r', file, '-T', 'fields', '-e', field],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return output.split(/[,\n]/).filter((value) => value !== '');
}

/** The bytes of each frame, as tshark has them. */
export function frames(file: string): Buffer[] {
  const output = execFileSync('tshark', ['-n', '-r', file, '-T', 'jsonraw', '-J', 'frame'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packets = JSON.parse(output) as { _source: { layers: { frame_raw: [string, ...unknown[]] } } }[];
  return packets.map((packet) => Buffer.from(packet._source.layers.frame_raw[0], 'hex'));
}

/** SHA-1 of each frame, as packetTable has it. */
export function frameDigests(file: string): string[] {
  return frames(file).map((frame) => createHash('sha1').update(frame).digest('hex'));
}

/** What tshark says of a packet in the words of a JSON line, for `sameAsHopscope`. */
const comparedFields = {
  'frame.time_epoch': 'time',
  'frame.len': 'originalLength',
  'frame.cap_len': 'capturedLength',
  'ip.src': 'source',
  'ip.dst': 'destination',
  'tcp.srcport': 'sourcePort',
  'tcp.dstport': 'destinationPort',
  'udp.srcport': 'sourcePort',
  'udp.dstport': 'destinationPort',
  'tcp.flags': 'tcpFlags',
  'tcp.seq': 'sequence',
  'tcp.ack': 'acknowledgment',
  'tcp.window_size_value': 'window',
  'tcp.len': 'payloadLength',
} as const;
const lowestFlags = 0xff;

/** Each packet as tshark sees it and as Hopscope says it, by the fields that tshark finds in it. */
export function sameAsHopscope(
  file: string,
  lines: readonly ExportedLine[],
): { seen: Record<string, string>[]; said: Record<string, string>[] } {
  const names = Object.values(comparedFields);
  const seen = judged(file, Object.keys(comparedFields)).map((cells) => {
    const given = cells.map((cell, index) => [names[index], cell] as const).filter(([, cell]) => cell !== '');
    return Object.fromEntries(
      given.map(([name, cell]) => [name, name === 'tcpFlags' ? String(Number(cell) & lowestFlags) : cell]),
    );
  });
  const packets = lines.filter((line) => line.packet !== undefined);
  const said = packets.map((line, index) => {
    const all: Record<string, unknown> = {
      ...line.packet,
      source: line.source,
      destination: line.destination,
      time: epochOf(line.timestamp),
    };
    const common = Object.keys(seen.at(index) ?? {});
    return Object.fromEntries(common.map((name) => [name, String(all[name])]));
  });
  return { seen, said };
}

/** `2024-06-10T20:18:35.4891721Z` as tshark writes an epoch time. */
export function epochOf(iso: string): string {
  return `${Date.parse(`${iso.slice(0, 19)}Z`) / 1000}.${iso.slice(20, 27)}00`;
}

/** The table of the packets that somebody else's reader found in a real trace, without its head. */
export function packetTable(trace: string): string[][] {
  return readFileSync(trace.replace('.etl', '.packets.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
}
