import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptWorkspace } from '../../core/engine/host.ts';
import { createFakeHost, fakeFile, type FakeHostOptions } from '../testing/fake-host.ts';
import type { PageLife } from './engine-loss.ts';
import { activeSession } from './model.ts';
import { changeSetting } from './settings.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A window: what its page remembers outlives the page. */
function createPage() {
  const memory = new Map<string, string>();
  const leaving: (() => void)[] = [];
  const page: PageLife = {
    reload: () => undefined,
    memory: {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => memory.set(key, value),
      removeItem: (key) => memory.delete(key),
    },
    isLeaving: () => false,
    onLeave: (listener) => leaving.push(listener),
  };
  const leave = (): void => {
    for (const listener of leaving.splice(0)) listener();
  };
  return { page, leave };
}

async function started(options: FakeHostOptions, window = createPage()) {
  const host = createFakeHost({ events: 1000, ...options });
  const workspace = createWorkspace(host, Date.now, window.page);
  await workspace.start();
  return { host, workspace, ...window };
}

const viewsOf = (workspace: Workspace) =>
  workspace.store.getState().sessions.map(({ name, filter, showing, selection, view }) => ({
    name,
    filter: filter.applied,
    showing,
    selected: selection?.row,
    rows: view?.rows,
  }));

/** Two traces, the first with a second view that is on show; left. */
async function leftWorkspace(): Promise<{ kept: KeptWorkspace; before: ReturnType<typeof viewsOf> }> {
  const { host, workspace, leave } = await started({});
  await workspace.openFiles([fakeFile('host.etl'), fakeFile('guest.etl')]);
  await workspace.applyFilter('TCP');
  await workspace.openView('DNS');
  await workspace.selectPosition(3);
  workspace.setDraft('DNS or UDP');
  const key = activeSession(workspace.store.getState())?.key ?? 0;
  workspace.show(key, 'connections');
  leave();
  const kept = await host.lastWorkspace();
  if (!kept) throw new Error('Nothing was kept.');
  return { kept, before: viewsOf(workspace) };
}

beforeEach(() => {
  changeSetting('reopenLast', true);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the workspace', () => {
  it('comes back as it was left, with every view of every trace', async () => {
    const { kept, before } = await leftWorkspace();
    expect(before.map(({ filter }) => filter)).toEqual(['TCP', 'DNS', '']);
    const { workspace, host } = await started({ kept });
    expect(viewsOf(workspace)).toEqual(before);
    const session = activeSession(workspace.store.getState());
    expect(session).toMatchObject({ name: 'host.etl', showing: 'connections', filter: { draft: 'DNS or UDP' } });
    expect(host.engine.requests.filter(({ method }) => method === 'open')).toHaveLength(2);
  });

  it('tells which files are missing, and opens the others', async () => {
    const { kept } = await leftWorkspace();
    const traces = kept.traces.map((trace, index) => ({ ...trace, missing: index === 0 }));
    const { workspace } = await started({ kept: { ...kept, traces } });
    expect(viewsOf(workspace)).toMatchObject([{ name: 'guest.etl', filter: '' }]);
    expect(workspace.store.getState().notices).toMatchObject([{ detail: 'host.etl is not where it was.' }]);
  });

  it('comes back without its views when what was kept of them is damaged', async () => {
    const { kept } = await leftWorkspace();
    const { workspace } = await started({ kept: { ...kept, state: '{' } });
    expect(viewsOf(workspace)).toMatchObject([{ name: 'host.etl' }, { name: 'guest.etl' }]);
  });

  it('comes back with all its rows where a filter is refused by now', async () => {
    const { kept } = await leftWorkspace();
    const { workspace } = await started({ kept: { ...kept, state: kept.state.replaceAll('"DNS"', '"Prt"') } });
    expect(viewsOf(workspace)).toMatchObject([{ filter: 'TCP' }, { filter: '', rows: 1000 }, { filter: '' }]);
    expect(workspace.store.getState().sessions[1].filter.draft).toBe('DNS or UDP');
  });

  it('stays away when files are given at the start, or the person does not want it', async () => {
    const { kept } = await leftWorkspace();
    const given = await started({ kept, initialFiles: [fakeFile('case.etl')] });
    expect(viewsOf(given.workspace)).toMatchObject([{ name: 'case.etl' }]);
    changeSetting('reopenLast', false);
    expect(viewsOf((await started({ kept })).workspace)).toEqual([]);
  });

  it('comes back with a page that is loaded again, also where files are given, each opened once', async () => {
    const { kept } = await leftWorkspace();
    changeSetting('reopenLast', false);
    const window = createPage();
    await started({}, window);
    const initialFiles = [fakeFile('host.etl'), fakeFile('case.etl')];
    const { workspace } = await started({ kept, initialFiles }, window);
    expect(
      viewsOf(workspace)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['case.etl', 'guest.etl', 'host.etl', 'host.etl']);
  });

  it('is kept a second after a change', async () => {
    const { host, workspace } = await started({});
    const keep = vi.spyOn(host, 'keepWorkspace');
    await workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(
      () => {
        expect(keep.mock.lastCall?.[0].traces).toMatchObject([{ files: [{ name: 'host.etl' }] }]);
      },
      { timeout: 3000 },
    );
    expect(keep.mock.calls.length).toBeLessThan(4);
  });
});
