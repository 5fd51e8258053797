import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DamageReport } from './test-support/read-damaged.ts';
import { realTraces } from './test-support/real-traces.ts';

/**
 * Real traces, cut and changed at random places: each ends in rows or in a clear error, within 2 s and 512 MB.
 * `npm run test:damage` takes 256 cuts and 2,000 changes of every trace; `npm test` a part in 32 of that.
 */
const share = import.meta.env.MODE === 'all-damage' ? 1 : 32;
const cuts = 256 / share;
const mutations = Math.floor(2000 / share);
const { folder, present, files: traces } = realTraces('damage to them is not tried.');
const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url));
const script = fileURLToPath(new URL('./test-support/read-damaged.ts', import.meta.url));
const minutes = 60_000;

async function readDamaged(trace: string): Promise<DamageReport> {
  const args = [tsx, script, `${folder}${trace}`, String(cuts), String(mutations)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as DamageReport;
}

/** As many processes at once as there are processors. */
const waiting = [...traces];
const reports = new Map<string, Promise<DamageReport>>();
async function workOff(): Promise<void> {
  for (let trace = waiting.shift(); trace !== undefined; trace = waiting.shift()) {
    const report = readDamaged(trace);
    reports.set(trace, report);
    await report.catch(() => undefined);
  }
}

describe.skipIf(!present)('damage at random places', () => {
  it(
    'is survived by every real trace',
    async () => {
      await Promise.all(Array.from({ length: availableParallelism() }, workOff));
      for (const trace of traces) {
        const report = await reports.get(trace);
        console.info(`${trace}: ${JSON.stringify(report)}`);
        expect(report, trace).toMatchObject({ cases: cuts + mutations, failures: [] });
        expect(report?.peakBytes, `${trace}, peak memory`).toBeLessThan(512 << 20);
      }
    },
    30 * minutes,
  );
});
