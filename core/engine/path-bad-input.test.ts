import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import type { ConnectionAttempt, PacketPath } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { measureLinks, measureVerdicts } from './test-support/path-judge.ts';
import { randomPathTrace } from './test-support/random-paths.ts';

/** Paths of what cannot be told for sure: something sensible comes, and says what is uncertain. */

const folder = mkdtempSync(join(tmpdir(), 'hopscope-uncertain-'));
const file = join(folder, 'trace.etl');
let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(async () => {
  await engine.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const places = `trace cpus=2
let switch = SwitchName=D2FD9981-CB99-4866-9548-81F4ADEF178C SwitchFName="nat"
let outer = NicName=/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241} NicFName="Ethernet"
let inner = NicName=FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40 NicFName="Container"
let from-outer = SrcNicName=/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241} SrcNicFName="Ethernet"
let to-inner = DestNicName=FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40 DestNicFName="Container"
let outer-port = "2:Port2:/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}:External"
let inner-port = "5:Port5:FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40:Internal"
let ends = eth 00-15-5D-00-04-32 > 00-15-5D-8A-1C-60 | ipv4 10.0.0.50 > 10.0.0.60 df
path in
  +0     ndis in miniport=9 | $frame
  +1us   vmswitch 56 $outer $switch BufferAddress=$nbl
  +1.5us ndis switch out miniport=17 from=$outer-port | $frame
  +3us   vmswitch 57 $from-outer $to-inner $switch BufferAddress=$nbl
  +3.5us ndis switch in miniport=17 from=$outer-port to=$inner-port | $frame
  +5us   vmswitch 58 $inner $switch BufferAddress=$nbl
  +8us   ndis in miniport=34 | $frame
end
`;

async function open(text: string): Promise<number> {
  writeFileSync(file, compileScenario(places + text));
  return (await engine.call('open', { files: [file] })).trace;
}

/** The path of a row; rows count from 1, behind the log file's header. */
async function pathOf(trace: number, row: number): Promise<PacketPath> {
  const path = await engine.call('path', { trace, row });
  if (!path) throw new Error(`row ${row} has no path`);
  return path;
}

async function attemptsOf(trace: number): Promise<ConnectionAttempt[]> {
  return (await engine.call('connections', { trace, query: {}, from: 0, count: 100 })).attempts;
}

function rowsOf({ hops }: PacketPath): number[] {
  return hops.map(({ row }) => row);
}

const syn = (port: number, id: number): string =>
  `$ends id=${id} | tcp ${port} > 80 SYN seq=${port * 1000} win=8192 mss=1460`;

describe('an NBL address that is used again at once', () => {
  it('leads to two paths', async () => {
    const trace = await open(
      `+1ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${syn(4000, 1)}
       +1.009ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${syn(4001, 2)}`,
    );
    expect(rowsOf(await pathOf(trace, 3))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(rowsOf(await pathOf(trace, 9))).toEqual([8, 9, 10, 11, 12, 13, 14]);
    expect((await attemptsOf(trace)).map(({ hops }) => hops)).toEqual([7, 7]);
  });

  it('leads to two paths when the second one lacks its beginning', async () => {
    const trace = await open(
      `+1ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${syn(4000, 1)}
       +3ms cpu1 tid8 vmswitch 57 $from-outer $to-inner $switch BufferAddress=0xffff800011112220
       +3.001ms cpu1 tid8 vmswitch 58 $inner $switch BufferAddress=0xffff800011112220`,
    );
    expect(rowsOf(await pathOf(trace, 1))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const second = await pathOf(trace, 8);
    expect(rowsOf(second)).toEqual([8, 9]);
    expect(second.notes.join(' ')).not.toBe('');
  });
});

describe('events lost in the middle', () => {
  it.each([
    ['received', 'vmswitch 56'],
    ['routed', 'vmswitch 57'],
    ['delivered', 'vmswitch 58'],
    ['the frame at the NIC', 'ndis in miniport=9'],
    ['the frame behind the switch', 'ndis in miniport=34'],
  ])('leave one path: %s', async (_, lost) => {
    const lossy = places
      .split('\n')
      .filter((line) => !line.includes(lost))
      .join('\n');
    writeFileSync(file, compileScenario(`${lossy}+1ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${syn(4000, 1)}`));
    const { trace } = await engine.call('open', { files: [file] });
    expect(rowsOf(await pathOf(trace, 3))).toEqual([1, 2, 3, 4, 5, 6]);
    const [attempt] = await attemptsOf(trace);
    expect(attempt).toMatchObject({ client: '10.0.0.50', server: '10.0.0.60', retransmissions: 0, hops: 6 });
  });

  it('are told beside what was found', async () => {
    const lossy = places.replace('trace cpus=2', 'trace cpus=2 events-lost=7');
    writeFileSync(file, compileScenario(`${lossy}+1ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${syn(4000, 1)}`));
    const { trace } = await engine.call('open', { files: [file] });
    const { notes } = await engine.call('connections', { trace, query: {}, from: 0, count: 1 });
    expect(notes.join(' ')).toMatch(/lost/);
  });
});

describe('frames cut to their headers', () => {
  it('are linked by the headers', async () => {
    const cut = places.replaceAll(/ndis (switch )?(in|out)/g, 'ndis $1$2 snap=54');
    const data = '$ends id=7 | tcp 4000 > 80 PSH ACK seq=5 ack=9 | "some bytes that nobody captured"';
    writeFileSync(file, compileScenario(`${cut}+1ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${data}`));
    const { trace } = await engine.call('open', { files: [file] });
    expect(rowsOf(await pathOf(trace, 1))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('of which nothing but Ethernet is left have paths of their own', async () => {
    const trace = await open(
      `+1ms cpu1 tid8 ndis in miniport=9 snap=14 | ${syn(4000, 1)}
       +2ms cpu1 tid8 ndis in miniport=34 snap=14 | ${syn(4000, 1)}`,
    );
    expect(rowsOf(await pathOf(trace, 1))).toEqual([1]);
    expect(rowsOf(await pathOf(trace, 2))).toEqual([2]);
    expect(await attemptsOf(trace)).toEqual([]);
  });
});

describe('clock ties', () => {
  it('keep the hops of a path in the order of the file', async () => {
    const tied = places.replaceAll(/^ {2}\+[\d.]+(?:us)?/gm, '  +0');
    writeFileSync(
      file,
      compileScenario(
        `${tied}+1ms cpu1 tid8 travel in nbl=0xffff800011112220 | ${syn(4000, 1)}
         +1ms cpu1 tid8 travel in nbl=0xffff800011112440 | ${syn(4001, 2)}`,
      ),
    );
    const { trace } = await engine.call('open', { files: [file] });
    for (const start of [1, 8]) {
      const path = await pathOf(trace, start);
      expect(rowsOf(path)).toEqual([0, 1, 2, 3, 4, 5, 6].map((hop) => start + hop));
      expect(path.totalLatency).toBe(0);
      expect(path.hops.map(({ after }) => after)).toEqual([null, 0, 1, 2, 3, 4, 5]);
    }
  });
});

describe('a path that starts in the middle', () => {
  it('says so', async () => {
    const trace = await open(
      `+1us cpu1 tid8 vmswitch 57 $from-outer $to-inner $switch BufferAddress=0xffff800011112220
       +2us cpu1 tid8 ndis switch in miniport=17 from=$outer-port to=$inner-port | ${syn(4000, 1)}
       +3us cpu1 tid8 vmswitch 58 $inner $switch BufferAddress=0xffff800011112220
       +6us cpu1 tid8 ndis in miniport=34 | ${syn(4000, 1)}`,
    );
    const path = await pathOf(trace, 4);
    expect(rowsOf(path)).toEqual([1, 2, 3, 4]);
    expect(path.hops[0]).toMatchObject({ after: null, step: 'routed' });
    expect(path.notes.join(' ')).toMatch(/begin|start|received/i);
    expect(await attemptsOf(trace)).toHaveLength(1);
  });
});

describe('a trace of which much was lost', () => {
  it.each([0.05, 0.2, 0.5])('still has paths, most of them right: a share of %d', async (lost) => {
    const truth = randomPathTrace({ kind: 'one switch', seed: 77, flows: 12, lost });
    writeFileSync(file, truth.file);
    const { trace } = await engine.call('open', { files: [file] });
    const links = await measureLinks(engine, trace, truth);
    const verdicts = await measureVerdicts(engine, trace, truth);
    console.info(
      `${lost * 100} % lost: precision ${(links.right / links.reported).toFixed(4)}, recall ${(links.kept / links.pairs).toFixed(4)}, ${verdicts.right} of ${verdicts.attempts} verdicts right`,
    );
    expect(links.right / links.reported).toBeGreaterThan(1 - lost);
    expect(links.kept / links.pairs).toBeGreaterThan(1 - lost);
  });
});
