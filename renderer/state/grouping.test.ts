import { describe, expect, it } from 'vitest';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import { areGroupsFresh } from './grouping.ts';
import type { Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  asked: () => unknown[];
}

async function openedPage(): Promise<Page> {
  const host = createFakeHost({ events: 400 });
  const workspace = createWorkspace(host);
  await workspace.openFiles([fakeFile('host.etl')]);
  const asked = (): unknown[] =>
    host.engine.requests.filter(({ method }) => method === 'group').map(({ params }) => params);
  return { host, workspace, session: () => shownSession(workspace), asked };
}

describe('the groups of the rows on show', () => {
  it('are counted when somebody asks, and once for the same rows', async () => {
    const { workspace, session, asked } = await openedPage();
    expect(asked()).toEqual([]);
    const { key } = session();
    await workspace.showGroups(key);
    await workspace.showGroups(key);
    expect(asked()).toHaveLength(1);
    const { stage, found } = session().grouping;
    expect(stage).toBe('known');
    expect(found?.rows).toBe(session().view?.rows);
    expect(found?.groups.map(({ values }) => values[0])).toContain('TCP');
  });

  it('are those of other columns when others are chosen', async () => {
    const { workspace, session } = await openedPage();
    workspace.groupBy('Source');
    await workspace.showGroups(session().key);
    workspace.chooseGroups(session().key, { by: ['Source', 'Destination'], order: 'bytes' });
    expect(areGroupsFresh(session())).toBe(false);
    await workspace.showGroups(session().key);
    expect(areGroupsFresh(session())).toBe(true);
    const bytes = session().grouping.found?.groups.map((group) => group.bytes) ?? [];
    expect(bytes.length).toBeGreaterThan(1);
    expect(bytes).toEqual([...bytes].sort((a, b) => b - a));
  });

  it('are stale as soon as the filter shows other rows', async () => {
    const { workspace, session } = await openedPage();
    await workspace.showGroups(session().key);
    expect(areGroupsFresh(session())).toBe(true);
    await workspace.applyFilter('TCP');
    expect(areGroupsFresh(session())).toBe(false);
    await workspace.showGroups(session().key);
    expect(session().grouping.found?.groups.map(({ values }) => values)).toEqual([['TCP']]);
  });

  it('are not asked for where there is no row, or no column', async () => {
    const { workspace, session, asked } = await openedPage();
    workspace.chooseGroups(session().key, { by: [] });
    await workspace.showGroups(session().key);
    workspace.groupBy('Module');
    await workspace.applyFilter('SMB');
    await workspace.showGroups(session().key);
    expect(asked()).toEqual([]);
  });

  it('can be given up; what was counted before stays', async () => {
    const { workspace, session } = await openedPage();
    const { key } = session();
    await workspace.showGroups(key);
    const before = session().grouping.found;
    workspace.groupBy('Source');
    const counting = workspace.showGroups(key);
    expect(session().grouping.stage).toBe('asking');
    workspace.cancelGroups(key);
    await counting;
    expect(session().grouping).toMatchObject({ stage: 'cancelled', found: before });
  });

  it('say so when there is no such column', async () => {
    const { workspace, session } = await openedPage();
    workspace.groupBy('TPC.Port');
    await workspace.showGroups(session().key);
    expect(session().grouping).toMatchObject({ stage: 'failed', error: { name: 'ColumnError' } });
  });
});
