import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EngineError } from '../client.ts';
import { attemptProtocols } from '../contract-paths.ts';
import { Engine } from '../engine.ts';
import { contractError } from '../engine-server.ts';
import { InlinePool } from '../inline-pool.ts';

/**
 * Reads one trace over and over, each time damaged in another way, in a process whose memory is measured:
 * `tsx read-damaged.ts FILE CUTS MUTATIONS`. Prints a DamageReport as JSON. The damage is the same in every run.
 */
export interface DamageReport {
  readonly cases: number;
  /** Cases that ended in an error that the contract names. */
  readonly refused: number;
  /** Cases that ended otherwise, in words. */
  readonly failures: readonly string[];
  readonly slowestMilliseconds: number;
  readonly peakBytes: number;
}

const [path, cuts, mutations] = process.argv.slice(2);
const original = readFileSync(path);
const folder = mkdtempSync(join(tmpdir(), 'hopscope-damage-'));
const target = join(folder, 'damaged.etl');
/** Rows that are decoded whole in each case: the first, the last, and some between. */
const looks = 4;
const rowsPerLook = 8;
const pathsPerLook = 4;

let refused = 0;
let slowestMilliseconds = 0;
const failures: string[] = [];

let state = 0x9e37_79b9;
/** xorshift32. */
function random(below: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

async function read(): Promise<void> {
  const engine = new Engine(new InlinePool());
  try {
    const { trace, events } = await engine.call('open', { files: [target] });
    await engine.call('diagnosis', { trace });
    const protocols = [...attemptProtocols];
    await engine.call('connections', { trace, query: { protocols }, from: 0, count: rowsPerLook });
    const { view } = await engine.call('view', { trace, filter: '' });
    for (let look = 0; look < looks; look++) {
      const from = Math.max(0, Math.floor((events * look) / (looks - 1)) - rowsPerLook);
      const { rows } = await engine.call('rows', { view, from, count: rowsPerLook });
      if (rows.length > 0) await engine.call('detail', { view, row: rows[0].row });
      for (const { row } of rows.slice(0, pathsPerLook)) await engine.call('path', { trace, row });
      await engine.call('text', { view, format: 'jsonl', from, count: rowsPerLook });
    }
  } finally {
    await engine.close();
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** Peak memory is to be one case's: what earlier ones left behind goes before it counts. */
const residentBeforeCollecting = 320 << 20;

async function take(name: string, bytes: Uint8Array): Promise<void> {
  if (process.memoryUsage.rss() > residentBeforeCollecting) collectGarbage();
  writeFileSync(target, bytes);
  const begin = performance.now();
  try {
    await read();
  } catch (error) {
    const { name: kind, message } = error instanceof EngineError ? error.details : contractError(error);
    if (kind === 'OpenError' && message.length > 20) refused++;
    else failures.push(`${name}: ${kind}: ${message}`);
  }
  const milliseconds = performance.now() - begin;
  slowestMilliseconds = Math.max(slowestMilliseconds, milliseconds);
  if (milliseconds > 2000) failures.push(`${name}: took ${milliseconds.toFixed(0)} ms`);
}

for (let cut = 0; cut < Number(cuts); cut++) {
  const length = random(original.length);
  await take(`cut at ${length}`, original.subarray(0, length));
}
for (let mutation = 0; mutation < Number(mutations); mutation++) {
  const offset = random(original.length);
  const damaged = Uint8Array.from(original);
  damaged[offset] ^= 1 + random(255);
  await take(`byte ${offset} is ${damaged[offset]}`, damaged);
}
rmSync(folder, { recursive: true, force: true });

const report: DamageReport = {
  cases: Number(cuts) + Number(mutations),
  refused,
  failures: failures.slice(0, 20),
  slowestMilliseconds: Math.round(slowestMilliseconds),
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(report));
