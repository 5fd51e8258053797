import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import type { Contract, DiagnosisProgress, Row, ViewChoice } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-diagnosed-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const toServer = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60';
const toClient = 'eth 00-15-5D-00-00-02 > 00-15-5D-00-00-01 | ipv4 10.0.0.60 > 10.0.0.50';
/** A connection that is seen at two layers, with a segment that is sent twice, and an event that is no packet. */
const scenario = `trace cpus=2
path in
+0us ndis in miniport=9 | $frame
+5us ndis in miniport=9 lower=11 | $frame
end
path out
+0us ndis out miniport=9 lower=11 | $frame
+5us ndis out miniport=9 | $frame
end
+1ms travel in | ${toServer} id=1 | tcp 50000 > 80 SYN seq=100 scale=2
+2ms travel out | ${toClient} id=1 | tcp 80 > 50000 SYN ACK seq=500 ack=101 scale=3
+3ms travel in | ${toServer} id=2 | tcp 50000 > 80 ACK seq=101 ack=501 win=1000
+4ms travel in | ${toServer} id=3 | tcp 50000 > 80 ACK seq=101 ack=501 win=1000 | "GET"
+400ms travel in | ${toServer} id=4 | tcp 50000 > 80 ACK seq=101 ack=501 win=1000 | "GET"
+401ms travel out | ${toClient} id=2 | tcp 80 > 50000 ACK seq=501 ack=104 win=20
+402ms event {11111111-2222-3333-4444-555555555555} id=7 payload=00`;

let engine: Engine;
let trace: number;
beforeEach(async () => {
  engine = new Engine(new InlinePool());
  const file = join(folder, 'trace.etl');
  writeFileSync(file, compileScenario(scenario));
  ({ trace } = await engine.call('open', { files: [file] }));
});
afterEach(() => engine.close());

async function rowsOf(choice: ViewChoice = {}, filter = 'TCP'): Promise<Row[]> {
  const { view } = await engine.call('view', { trace, filter, choice });
  return (await engine.call('rows', { view, from: 0, count: 1000 })).rows;
}

describe('a diagnosed trace', () => {
  it('says what was found, how often and where', async () => {
    const progress: DiagnosisProgress[] = [];
    const onProgress = (step: DiagnosisProgress): void => {
      progress.push(step);
    };
    const report = await engine.call('diagnosis', { trace }, { onProgress });
    expect(report).toMatchObject({
      findings: [{ kind: 'retransmission', level: 'warning', packets: 1, sightings: 2 }],
      conversations: { tcp: 1, udp: 0, ip: 1 },
      packets: 6,
      repeatedSightings: 6,
      components: [
        { key: 'ndis/9/9/0', name: 'interface 9', packets: 6 },
        { key: 'ndis/9/11/0', name: 'interface 9 above 11', packets: 6 },
      ],
    });
    expect(new Set(progress.map(({ stage }) => stage))).toEqual(new Set(['frames', 'connections']));
    expect(progress.at(-1)).toEqual({ stage: 'connections', done: 12, total: 12 });
  });

  it('has findings, scaled windows and sightings in its rows, and had none before', async () => {
    const before = await rowsOf();
    expect(before.map(({ diagnosis, sighting }) => `${diagnosis}${sighting}`)).toEqual(Array(12).fill('0'));
    await engine.call('diagnosis', { trace });
    const rows = await rowsOf();
    const original = rows[6].row + 1;
    expect(rows[8]).toMatchObject({
      diagnosis: `Retransmitted #${original}`,
      diagnosisLevel: 'warning',
      mark: 'warning',
    });
    expect(rows.map(({ sighting }) => sighting)).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    expect(rows[10].summary).toMatch(/Win: 160\(scale factor: 3\)$/);
  });

  it('explains a packet: findings, other sightings, the connection', async () => {
    await engine.call('diagnosis', { trace });
    const { view } = await engine.call('view', { trace, filter: 'TCP' });
    const { rows } = await engine.call('rows', { view, from: 0, count: 12 });
    const { nodes } = await engine.call('detail', { view, row: rows[9].row });
    const [diagnosis] = nodes;
    const names = [8, 9].map((place) => `#${rows[place].row + 1}`);
    expect(diagnosis).toMatchObject({ name: 'Diagnosis', value: `Retransmitted #${rows[6].row + 1}` });
    expect(diagnosis.children.map(({ value }) => value)).toEqual([
      'warning',
      `Seen 2 times: ${names[0]} at interface 9, ${names[1]} at interface 9 above 11`,
    ]);
    const tcp = nodes.find(({ name }) => name === 'TCP');
    const fields = Object.fromEntries(tcp?.children.map(({ name, value }) => [name, value]) ?? []);
    expect(fields).toMatchObject({
      RelativeSequenceNumber: '1',
      RelativeAcknowledgmentNumber: '1',
      WindowScaled: '4000',
      Conversation: '0',
      InitialRtt: '2 ms',
    });
  });

  it.each<[string, ViewChoice, number]>([
    ['all packets', {}, 12],
    ['each packet once', { sightings: 'first' }, 6],
    ['packets with a finding', { diagnosis: 'any' }, 2],
    ['the first sightings of packets with a finding', { diagnosis: 'retransmission', sightings: 'first' }, 1],
    ['no packet when nothing was found', { diagnosis: 'reset' }, 0],
    ['what one component saw', { component: 'ndis/9/11/0' }, 6],
    ['what one component saw first', { component: 'ndis/9/11/0', sightings: 'first' }, 6],
    ['nothing of a component that is not there', { component: 'ndis/1/2/3' }, 0],
  ])('shows %s', async (_, choice, expected) => {
    expect(await rowsOf(choice)).toHaveLength(expected);
  });

  it('keeps events without packets when only repeated sightings are left out', async () => {
    const all = await rowsOf({}, '');
    expect(await rowsOf({ sightings: 'first' }, '')).toHaveLength(all.length - 6);
    expect(await rowsOf({ diagnosis: 'any' }, '')).toHaveLength(2);
  });

  it('is diagnosed once, and anew when its times were moved', async () => {
    const stages: string[] = [];
    const onProgress = ({ stage }: DiagnosisProgress): void => {
      stages.push(stage);
    };
    await engine.call('diagnosis', { trace });
    await engine.call('diagnosis', { trace }, { onProgress });
    expect(stages).toEqual([]);
    await engine.call('shiftTime', { trace, file: 0, hundredNanoseconds: 10 });
    expect((await rowsOf())[0].sighting).toBe(0);
    const report = await engine.call('diagnosis', { trace }, { onProgress });
    expect(report.repeatedSightings).toBe(6);
    expect(stages).toContain('frames');
  });

  it('is told by exported lines', async () => {
    await engine.call('diagnosis', { trace });
    const { view } = await engine.call('view', { trace, filter: 'TCP' });
    const target = join(folder, 'out.jsonl');
    await engine.call('export', { view, format: 'jsonl', target });
    const { text } = await engine.call('text', { view, format: 'jsonl', from: 8, count: 1 });
    expect(JSON.parse(text)).toMatchObject({ diagnosisLevel: 'warning', conversation: 0, sighting: 1 });
  });

  it('can be given up, and asked for again', async () => {
    const controller = new AbortController();
    const given: Promise<Contract['diagnosis']['result']> = engine.call(
      'diagnosis',
      { trace },
      { signal: controller.signal },
    );
    controller.abort();
    await expect(given).rejects.toMatchObject({ name: 'Cancelled' });
    expect((await engine.call('diagnosis', { trace })).packets).toBe(6);
  });

  it('goes on for who still waits when another gives up', async () => {
    const controller = new AbortController();
    const given = engine.call('diagnosis', { trace }, { signal: controller.signal });
    const kept = engine.call('diagnosis', { trace });
    controller.abort();
    await expect(given).rejects.toMatchObject({ name: 'Cancelled' });
    expect((await kept).packets).toBe(6);
  });
});
