import { describe, expect, it } from 'vitest';
import { openedScenario, scenarioNames } from './test-support/sample-scenarios.ts';
import { allAttempts, allPaths, attemptText, lanesText, pathText } from './test-support/told-paths.ts';

/**
 * The paths, verdicts and lanes of every scenario, as text that a person looks at whenever it changes:
 * `npx vitest run paths.golden -u` writes it anew into golden/paths/.
 */
describe('the golden text of the paths of', () => {
  it.each([...scenarioNames, 'vxlan-overlay+vxlan-overlay-peer'])('%s', async (names) => {
    const text = await openedScenario(names, async ({ engine, info: { trace, events } }) => {
      const attempts = await allAttempts(engine, trace);
      const { paths } = await allPaths(engine, trace, events);
      const { notes } = await engine.call('connections', { trace, query: {}, from: 0, count: 1 });
      return [
        lanesText(paths),
        ...notes.map((note) => `note: ${note}\n`),
        ...attempts.map(attemptText),
        ...paths.map(pathText),
      ].join('\n');
    });
    await expect(text).toMatchFileSnapshot(`golden/paths/${names}.txt`);
  });
});

describe('what the switch says of a packet on its way', () => {
  /** The texts of a path's NBL events, and how many bytes the frames between them have. */
  async function words(name: string, filter: string): Promise<string[]> {
    return openedScenario(name, async ({ engine, info: { trace } }) => {
      const { view } = await engine.call('view', { trace, filter });
      const { rows } = await engine.call('rows', { view, from: 0, count: 1 });
      const path = await engine.call('path', { trace, row: rows[0].row });
      return (path?.hops ?? []).map(({ text }) => text);
    });
  }

  it('reads, for the SYN to the container, as on a real host', async () => {
    const nbl = 'NBL 0xffff9383cbf21490';
    const device = '/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241} (Friendly Name: Microsoft Hyper-V Network Adapter)';
    const container = 'FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40 (Friendly Name: Container NIC fb5c285c)';
    const own = 'switch D2FD9981-CB99-4866-9548-81F4ADEF178C (Friendly Name: Layered Ethernet)';
    expect(await words('container-syn', 'TCP.Flags.SYN == true and TCP.DestinationPort == 80')).toEqual([
      'Frame in, 66 bytes',
      `${nbl} received from Nic ${device} in ${own}`,
      'Frame on the switch, 66 bytes',
      `${nbl} routed from Nic ${device} to Nic ${container} on ${own}`,
      'Frame on the switch, 66 bytes',
      `${nbl} delivered to Nic ${container} in ${own}`,
      'Frame in, 66 bytes',
    ]);
  });

  it('reads, for the ping from a container behind WinNAT, as on a real host', async () => {
    const nbl = 'NBL 0xffff9383cbf21490';
    const container = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241 (Friendly Name: f82c3ec1d0fe590)';
    const host = '7F88B4C9-7ED6-4013-ADBA-4CE5A0C50487 (Friendly Name: Ethernet)';
    const own = 'switch D2FD9981-CB99-4866-9548-81F4ADEF178C (Friendly Name: nat)';
    expect(await words('nat-container', 'ICMP')).toEqual([
      'Frame out, 155 bytes',
      `${nbl} received from Nic ${container} in ${own}`,
      'Frame on the switch, 155 bytes',
      `${nbl} routed from Nic ${container} to Nic ${host} on ${own}`,
      'Frame on the switch, 155 bytes',
      `${nbl} delivered to Nic ${host} in ${own}`,
      'Frame in, 155 bytes',
      'Frame out, 155 bytes',
    ]);
  });
});
