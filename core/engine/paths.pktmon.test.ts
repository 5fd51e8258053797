import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filetimeToIso, unixEpochInFiletime } from '../base/filetime.ts';
import type { PathHop } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { realTraces } from './test-support/real-traces.ts';
import { allPaths } from './test-support/told-paths.ts';

/** A real pktmon trace, and what another program read of its packets and components (tab-separated, with headings). */
const { folder } = realTraces('paths are not compared with what pktmon itself says of its groups.');
const trace = `${folder}pktmon/demikernel-PktMon`;

type Line = Readonly<Record<string, string>>;

function table(kind: 'packets' | 'components'): Line[] {
  const [headings, ...lines] = readFileSync(`${trace}.${kind}.tsv`, 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
  return lines.map((cells) => Object.fromEntries(headings.map((heading, index) => [heading, cells[index]])));
}

const receiving = new Set(['1', '3', '5']);

describe.skipIf(!existsSync(`${trace}.etl`))('the paths of a real pktmon trace', () => {
  it('are its groups, appearance by appearance, at components with their names', async () => {
    const engine = new Engine(new InlinePool());
    const { trace: id, events } = await engine.call('open', { files: [`${trace}.etl`] });
    const { paths } = await allPaths(engine, id, events);
    await engine.close();

    const groups = new Map<string, Line[]>();
    for (const packet of table('packets')) groups.set(packet.group, [...(groups.get(packet.group) ?? []), packet]);
    const components = new Map(table('components').map((component) => [component.id, component]));
    expect(groups.size).toBe(38);
    expect(paths).toHaveLength(groups.size);
    const told = paths.map(({ hops }) => hops.map(hopFacts));
    const expected = [...groups.values()].map((group) =>
      group
        .toSorted((one, other) => Number(one.appearance) - Number(other.appearance))
        .map(({ timeUtc, component, direction, originalSize, loggedSize }) => ({
          time: timeUtc,
          component: `${components.get(component)?.name} (component ${component})`,
          direction: receiving.has(direction) ? 'in' : 'out',
          size: originalSize === loggedSize ? `${originalSize} bytes` : `${originalSize} bytes, ${loggedSize} captured`,
        })),
    );
    expect(told).toEqual(expected);
    const lanes = new Map(paths.flatMap((path) => path.lanes).map(({ name, kind }) => [name, kind]));
    expect([...lanes]).toEqual([
      ['Ethernet 3', 'physical-nic'],
      ['xdp.sys', 'filter'],
      // A Mellanox virtual function, "Virtual Ethernet Adapter" by its description: the machine's own adapter all the same.
      ['Ethernet 9', 'physical-nic'],
      ['NULL', 'protocol'],
    ]);
    for (const { hops } of paths) {
      expect(hops[0].link.by).toBe('');
      for (const [index, { link, after, sighting }] of hops.entries()) {
        expect(sighting).toBe('pktmon');
        if (index > 0)
          expect({ by: link.by, inferred: link.isInferred, after }).toEqual({
            by: 'group',
            inferred: false,
            after: index - 1,
          });
      }
    }
  });
});

function hopFacts(hop: PathHop): Record<string, string | undefined> {
  const ticks = BigInt(hop.milliseconds) * 10_000n + BigInt(hop.hundredNanoseconds);
  return {
    time: filetimeToIso(ticks + unixEpochInFiletime),
    component: / at (.*?), /.exec(hop.text)?.[1],
    direction: hop.direction,
    size: /\d+ bytes.*$/.exec(hop.text)?.[0],
  };
}
