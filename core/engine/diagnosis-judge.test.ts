import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diagnosisKinds, kindText } from '../diagnosis/kinds.ts';
import type { DiagnosisKind, DiagnosisReport } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { captureOf, type CapturePlace } from './test-support/captures.ts';
import { tcpTraffic, type TrafficPacket } from './test-support/tcp-traffic.ts';

/** tshark is the judge of what a single capture shows; it knows nothing of packets seen several times. */
const hasTshark = ((): boolean => {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasTshark) console.warn('tshark is not installed: nobody judges the TCP diagnosis.');

const folder = mkdtempSync(join(tmpdir(), 'hopscope-diagnosis-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface DiagnosedPacket {
  /** Kinds that following the connection found. */
  readonly kinds: readonly DiagnosisKind[];
  readonly sighting: number;
  readonly conversation: number;
  /** As it is to be understood, scaled. */
  readonly window: string;
}

interface Diagnosed {
  readonly packets: readonly DiagnosedPacket[];
  readonly report: DiagnosisReport;
  readonly pcapng: string;
}

const kindOfText = new Map(diagnosisKinds.map((kind) => [kindText(kind).short, kind]));

async function diagnosed(etl: Uint8Array, workers = 2): Promise<Diagnosed> {
  const engine = new Engine(new InlinePool(workers));
  try {
    const trace = join(folder, 'trace.etl');
    writeFileSync(trace, etl);
    const info = await engine.call('open', { files: [trace] });
    const report = await engine.call('diagnosis', { trace: info.trace });
    const { view, rows } = await engine.call('view', { trace: info.trace, filter: 'TCP' });
    const packets: DiagnosedPacket[] = [];
    for (let from = 0; from < rows; from += 1000) {
      const { text } = await engine.call('text', { view, format: 'jsonl', from, count: 1000 });
      for (const line of text.trim().split('\n')) packets.push(packetOf(line));
    }
    const pcapng = join(folder, 'trace.pcapng');
    await engine.call('export', { view, format: 'pcapng', target: pcapng });
    return { packets, report, pcapng };
  } finally {
    await engine.close();
  }
}

function packetOf(line: string): DiagnosedPacket {
  const {
    diagnosis = '',
    sighting,
    summary,
    conversation,
  } = JSON.parse(line) as Record<string, string> & {
    sighting: number;
    conversation: number;
  };
  const kinds = diagnosis
    .split(', ')
    .filter((text) => text !== '')
    .map((text) => kindOfText.get(text.replace(/ #\d+$/, '')) ?? 'malformed');
  const window = /Win: (\d+)/.exec(summary)?.[1] ?? '';
  return { kinds, sighting, conversation, window };
}

/** Fields of tshark, and the kinds that stand for the same here. */
const judgedFields: readonly (readonly [field: string, ...kinds: DiagnosisKind[]])[] = [
  [
    'tcp.analysis.retransmission',
    'retransmission',
    'syn-retransmission',
    'fast-retransmission',
    'spurious-retransmission',
  ],
  ['tcp.analysis.fast_retransmission', 'fast-retransmission'],
  ['tcp.analysis.spurious_retransmission', 'spurious-retransmission'],
  ['tcp.analysis.out_of_order', 'out-of-order'],
  ['tcp.analysis.duplicate_ack', 'duplicate-ack'],
  ['tcp.analysis.lost_segment', 'segment-lost'],
  ['tcp.analysis.ack_lost_segment', 'ack-of-lost-segment'],
  ['tcp.analysis.zero_window', 'zero-window'],
  ['tcp.analysis.zero_window_probe', 'zero-window-probe'],
  ['tcp.analysis.zero_window_probe_ack', 'zero-window-probe-ack'],
  ['tcp.analysis.window_full', 'window-full'],
  ['tcp.analysis.window_update', 'window-update'],
  ['tcp.analysis.keep_alive', 'keep-alive'],
  ['tcp.analysis.keep_alive_ack', 'keep-alive-ack'],
];

function judgement(file: string): string[][] {
  const fields = [...judgedFields.map(([field]) => field), 'tcp.stream', 'tcp.window_size'];
  const output = execFileSync(
    'tshark',
    ['-n', '-r', file, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return output
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split('\t'));
}

const traffic: readonly TrafficPacket[] = tcpTraffic(4711, 500);
const onePlace: CapturePlace[] = [{ kind: 'ndis', miniport: 9, lower: 9 }];

/**
 * tshark repeats this one: once a gap was acknowledged, it warns again of later acknowledgments of bytes that it did see.
 * We say it once a gap, so the two are compared by conversation.
 */
const comparedByConversation = 'tcp.analysis.ack_lost_segment';

/** How far ours and theirs agree, of things named by numbers. */
function agreement(field: string, ours: ReadonlySet<number>, theirs: ReadonlySet<number>) {
  const both = [...ours].filter((number) => theirs.has(number)).length;
  return { field, tshark: theirs.size, hopscope: ours.size, precision: both / ours.size, recall: both / theirs.size };
}

describe('the TCP diagnosis of traffic that was captured once', () => {
  it.skipIf(!hasTshark)(
    'agrees with tshark',
    async () => {
      const { packets, report, pcapng } = await diagnosed(captureOf(traffic, onePlace));
      const judged = judgement(pcapng);
      expect(judged).toHaveLength(packets.length);
      expect(report.repeatedSightings).toBe(0);
      const table = judgedFields.map(([field, ...kinds], column) => {
        const ours = new Set<number>();
        const theirs = new Set<number>();
        packets.forEach((packet, number) => {
          const name = field === comparedByConversation ? packet.conversation : number;
          if (packet.kinds.some((kind) => kinds.includes(kind))) ours.add(name);
          if (judged[number][column] !== '') theirs.add(name);
        });
        return agreement(field, ours, theirs);
      });
      console.table(table);
      for (const { field, tshark, precision, recall } of table) {
        expect.soft(tshark, `${field} occurs in the corpus`).toBeGreaterThan(20);
        expect.soft(precision, `precision of ${field}`).toBeGreaterThanOrEqual(0.95);
        expect.soft(recall, `recall of ${field}`).toBeGreaterThanOrEqual(0.95);
      }
      // Conversations have the same numbers, windows the same scale, sequence numbers the same base.
      expect(packets.map(({ conversation }) => String(conversation))).toEqual(judged.map((cells) => cells.at(-2)));
      expect(packets.map(({ window }) => window)).toEqual(judged.map((cells) => cells.at(-1)));
    },
    120_000,
  );
});

/** Five places that the server's packets pass, top first. */
const wayThroughHost: CapturePlace[] = [
  { kind: 'pktmon', component: 60, group: true },
  { kind: 'pktmon', component: 59, group: true },
  { kind: 'switch', port: 2 },
  { kind: 'ndis', miniport: 9, lower: 11 },
  { kind: 'ndis', miniport: 9, lower: 9 },
];
const wayWithoutGroups = wayThroughHost.map((place) => (place.kind === 'pktmon' ? { ...place, group: false } : place));

const fewer: readonly TrafficPacket[] = tcpTraffic(815, 120);

describe('the TCP diagnosis of traffic that was captured at five places', () => {
  it.each([
    ['one after the other', wayThroughHost, 0],
    ['with packets that overtake each other between places', wayThroughHost, 150],
    ['without groups', wayWithoutGroups, 150],
  ])(
    'finds what it finds in the same traffic captured once: %s',
    async (_, places, step) => {
      const once = await diagnosed(captureOf(fewer, onePlace));
      const { packets, report } = await diagnosed(captureOf(fewer, places, step), 3);
      const firsts = packets.filter(({ sighting }) => sighting === 1);
      expect(report.packets).toBe(fewer.length);
      expect(report.repeatedSightings).toBe(fewer.length * 4);
      expect(firsts.map(({ kinds }) => kinds.join())).toEqual(once.packets.map(({ kinds }) => kinds.join()));
      expect(firsts.map(({ conversation }) => conversation)).toEqual(
        once.packets.map(({ conversation }) => conversation),
      );
      expect(report.findings.map(({ kind, packets: count }) => [kind, count])).toEqual(
        once.report.findings.map(({ kind, packets: count }) => [kind, count]),
      );
      for (const { kind, packets: count, sightings } of report.findings)
        expect([kind, sightings]).toEqual([kind, count * 5]);
    },
    120_000,
  );
});
