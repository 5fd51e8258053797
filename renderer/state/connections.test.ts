import { describe, expect, it } from 'vitest';
import type { ConnectionQuery } from '../../core/engine/contract.ts';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import type { ConnectionsState } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const byTime = { by: 'time', descending: false } as const;

interface Page {
  host: FakeHost;
  workspace: Workspace;
  key: number;
  state: () => ConnectionsState;
  queries: () => ConnectionQuery[];
}

async function openedPage(pause = 0): Promise<Page> {
  const host = createFakeHost({ events: 1000, pause });
  const workspace = createWorkspace(host);
  await workspace.openFiles([fakeFile('host.etl')]);
  return {
    host,
    workspace,
    key: shownSession(workspace).key,
    state: () => shownSession(workspace).connections,
    queries: () =>
      host.engine.requests
        .filter(({ method }) => method === 'connections')
        .map(({ params }) => (params as { query: ConnectionQuery }).query),
  };
}

describe('connection attempts', () => {
  it('are asked for when somebody looks, and once for the same question', async () => {
    const { workspace, key, state, queries } = await openedPage();
    expect(queries()).toEqual([]);
    expect(state().stage).toBe('waiting');
    await workspace.showConnections(key);
    const { found } = state();
    expect(state().stage).toBe('known');
    expect(found?.total).toBeGreaterThan(0);
    await workspace.showConnections(key);
    expect(queries()).toEqual([{ protocols: ['TCP'] }]);
    expect(state().found).toBe(found);
  });

  it('are read in the order that is asked for', async () => {
    const { workspace, key, state } = await openedPage();
    await workspace.showConnections(key);
    const total = state().found?.total ?? 0;
    const first = await workspace.connectionRows(key, byTime, 0, 5);
    const last = await workspace.connectionRows(key, { by: 'time', descending: true }, 0, total);
    expect(first.map(({ number }) => number)).toEqual([...first.map(({ number }) => number)].sort((a, b) => a - b));
    expect(last).toHaveLength(total);
    expect(last.at(-1)?.number).toBe(first[0].number);
  });

  it('are fewer with a verdict, with words, and with the filter of the messages', async () => {
    const { workspace, key, state, queries } = await openedPage();
    await workspace.showConnections(key);
    const before = state().found;
    await workspace.chooseConnections(key, { verdicts: ['dropped'] });
    const { found } = state();
    expect(found?.available).toBe(before?.available);
    expect(found?.total).toBe(before?.verdicts.find(({ kind }) => kind === 'dropped')?.attempts);
    expect(found?.generation).not.toBe(before?.generation);
    await workspace.chooseConnections(key, { verdicts: [], text: ' no such words ' });
    expect(state().found?.total).toBe(0);
    await workspace.chooseConnections(key, { text: '', filtered: true });
    expect(queries().at(-1)).toEqual({ protocols: ['TCP'] });
    await workspace.applyFilter('UDP');
    await workspace.showConnections(key);
    expect(queries().at(-1)).toEqual({ protocols: ['TCP'], filter: 'UDP' });
  });

  it('are asked for anew when the events read differently', async () => {
    const { workspace, key, state } = await openedPage();
    await workspace.showConnections(key);
    const before = state().found?.generation;
    await workspace.setName(key, 'interface:ifIndex 9', 'uplink');
    await workspace.showConnections(key);
    expect(state().found?.generation).not.toBe(before);
  });

  it('tell how far the engine is, and can be cancelled and asked for again', async () => {
    const { workspace, key, state } = await openedPage(5);
    const asking = workspace.showConnections(key);
    const task = await new Promise<number>((resolve) => {
      const stop = workspace.store.subscribe(({ tasks }) => {
        const found = tasks.find(({ kind, done }) => kind === 'paths' && done > 0);
        if (!found) return;
        stop();
        resolve(found.key);
      });
    });
    workspace.cancelTask(task);
    await asking;
    expect(state()).toMatchObject({ stage: 'cancelled', found: undefined });
    expect(workspace.store.getState().tasks).toEqual([]);
    await workspace.showConnections(key);
    expect(state().stage).toBe('known');
  });

  it('stay selected, in the order in which they were', async () => {
    const { workspace, key, state } = await openedPage();
    const attempts = await workspace.connectionRows(key, byTime, 0, 2);
    workspace.selectConnections(key, attempts.toReversed());
    await workspace.chooseConnections(key, { verdicts: ['answered'] });
    expect(state().selected).toEqual(attempts.toReversed());
  });
});
