import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { addUp, measureLinks, measureVerdicts, type LinkTally, type VerdictTally } from './test-support/path-judge.ts';
import { randomPathTrace } from './test-support/random-paths.ts';
import { topologyKinds, type TopologyKind } from './test-support/random-topologies.ts';

/**
 * Paths of random traffic against the truth about it. Precision: of the links that paths report, how many lead from one
 * sighting of a packet to another of the same packet. Recall: of the pairs of sightings of a packet that follow each
 * other, how many lie in one path. `npm run test:paths` tries twenty times as many traces as `npm test`.
 */
const tracesPerKind = import.meta.env.MODE === 'all-paths' ? 40 : 2;
const flowsPerTrace = 14;
const minutes = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'hopscope-paths-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Measured {
  readonly kind: TopologyKind;
  readonly links: LinkTally;
  readonly verdicts: VerdictTally;
}

async function measure(kind: TopologyKind, seed: number, lost: number): Promise<Measured> {
  const truth = randomPathTrace({ kind, seed, flows: flowsPerTrace, lost });
  const path = join(folder, 'trace.etl');
  writeFileSync(path, truth.file);
  const engine = new Engine(new InlinePool());
  try {
    const { trace, events } = await engine.call('open', { files: [path] });
    expect(events).toBe(truth.packets.length);
    const links = await measureLinks(engine, trace, truth);
    const verdicts = await measureVerdicts(engine, trace, truth);
    return { kind, links, verdicts };
  } finally {
    await engine.close();
  }
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(5);
}

function tableRow({ links, verdicts }: Pick<Measured, 'links' | 'verdicts'>): Record<string, string | number> {
  return {
    packets: links.packets,
    links: links.reported,
    precision: share(links.right, links.reported),
    pairs: links.pairs,
    recall: share(links.kept, links.pairs),
    attempts: verdicts.attempts,
    'verdicts right': share(verdicts.right, verdicts.attempts),
  };
}

describe.each([
  { name: 'when no event was lost', lost: 0, wanted: 0.999, wantedVerdicts: 0.999 },
  { name: 'when one event of a hundred was lost', lost: 0.01, wanted: 0.98, wantedVerdicts: 0.95 },
])('paths of random traffic, $name', ({ lost, wanted, wantedVerdicts }) => {
  it(
    'lead where the packets went',
    async () => {
      const all: Measured[] = [];
      for (const [index, kind] of topologyKinds.entries())
        for (let number = 0; number < tracesPerKind; number++) {
          const seed = 1000 * (index + 1) + number;
          all.push(await measure(kind, seed, lost));
        }
      const sum = addUp(all);
      const kinds = topologyKinds.map((kind) => [kind, tableRow(addUp(all.filter((one) => one.kind === kind)))]);
      console.info(`${all.length} traces of ${flowsPerTrace} flows each, ${lost * 100} % of the events lost`);
      console.table(Object.fromEntries([...kinds, ['all', tableRow(sum)]]));
      const report = [...sum.links.mistakes, ...sum.verdicts.mistakes].slice(0, 20).join('\n');
      expect(sum.links.right / sum.links.reported, report).toBeGreaterThanOrEqual(wanted);
      expect(sum.links.kept / sum.links.pairs, report).toBeGreaterThanOrEqual(wanted);
      expect(sum.verdicts.right / sum.verdicts.attempts, report).toBeGreaterThanOrEqual(wantedVerdicts);
    },
    30 * minutes,
  );
});
