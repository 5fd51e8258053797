import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeHost, fakeFile } from '../testing/fake-host.ts';
import { storyRows } from '../testing/fake-paths.ts';
import { shownSession } from '../testing/shown-session.ts';
import { hidePane, isPaneVisible, revealPane } from '../workspace/arrangement.ts';
import { isPathHidden, pathOf } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

async function openedWorkspace(): Promise<{ workspace: Workspace; pathCalls: () => number }> {
  const host = createFakeHost({ events: 1000 });
  const workspace = createWorkspace(host);
  await workspace.openFiles([fakeFile('host.etl', 1000)]);
  const pathCalls = (): number => host.engine.requests.filter(({ method }) => method === 'path').length;
  return { workspace, pathCalls };
}

/** Waits until the path of a row is on show. */
async function shown(workspace: Workspace, row: number): Promise<void> {
  await vi.waitFor(() => {
    const { path } = shownSession(workspace);
    expect(path.lookup.kind).toBe('known');
    expect(pathOf(path.lookup)?.hops.map((hop) => hop.row)).toContain(row);
  });
}

describe('the path on show', () => {
  beforeEach(() => {
    revealPane('path');
  });

  it('is the one of the selected row; another hop of it is not asked for again', async () => {
    const { workspace, pathCalls } = await openedWorkspace();
    await workspace.selectPosition(storyRows.container);
    await shown(workspace, storyRows.container);
    await workspace.selectPosition(storyRows.container + 3);
    await vi.waitFor(() => {
      expect(shownSession(workspace).path.row).toBe(storyRows.container + 3);
    });
    await workspace.selectPosition(storyRows.dropped);
    await shown(workspace, storyRows.dropped);
    expect(pathCalls()).toBe(2);
  });

  it('is asked for once where the selection runs through rows', async () => {
    const { workspace, pathCalls } = await openedWorkspace();
    for (const row of [0, 10, 20, 30, 40, 100]) await workspace.selectPosition(row);
    await shown(workspace, storyRows.translated);
    expect(pathCalls()).toBe(1);
  });

  it('is not asked for while the pane is hidden', async () => {
    const { workspace, pathCalls } = await openedWorkspace();
    hidePane('path');
    await workspace.selectPosition(storyRows.container);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pathCalls()).toBe(0);
    revealPane('path');
    await shown(workspace, storyRows.container);
  });

  it('is none for a row of no packet', async () => {
    const { workspace } = await openedWorkspace();
    await workspace.selectPosition(199);
    await vi.waitFor(() => {
      expect(shownSession(workspace).path.lookup).toEqual({ kind: 'known', path: null });
    });
  });

  it('stays where the filter hides the hop that is chosen, and says so', async () => {
    const { workspace } = await openedWorkspace();
    await workspace.applyFilter('TCP');
    await workspace.selectPosition(0);
    await shown(workspace, 0);
    await workspace.selectHop(storyRows.container + 1);
    expect(shownSession(workspace).selection?.row).toBe(0);
    expect(isPathHidden(shownSession(workspace))).toBe(true);
    await workspace.showEverything();
    await workspace.selectHop(storyRows.container + 1);
    expect(shownSession(workspace).selection?.row).toBe(storyRows.container + 1);
    expect(isPathHidden(shownSession(workspace))).toBe(false);
  });

  it('has its answer with it when that is wanted', async () => {
    const { workspace } = await openedWorkspace();
    workspace.showAnswer(true);
    await workspace.selectPosition(storyRows.container);
    await vi.waitFor(() => {
      expect(pathOf(shownSession(workspace).path.answer)?.row).toBe(storyRows.answer);
    });
    workspace.showAnswer(false);
    await vi.waitFor(() => {
      expect(shownSession(workspace).path.answer).toEqual({ kind: 'none' });
    });
  });

  it('comes up from other pages', async () => {
    const { workspace } = await openedWorkspace();
    hidePane('path');
    workspace.show(shownSession(workspace).key, 'diagnosis');
    await workspace.showPath(storyRows.dropped);
    expect(shownSession(workspace)).toMatchObject({ showing: 'messages', selection: { row: storyRows.dropped } });
    expect(isPaneVisible('path')).toBe(true);
    await shown(workspace, storyRows.dropped);
  });

  it('can be given up and asked for again', async () => {
    const { workspace } = await openedWorkspace();
    await workspace.selectPosition(storyRows.container);
    workspace.cancelPath();
    expect(shownSession(workspace).path.lookup).toEqual({ kind: 'cancelled' });
    workspace.retryPath();
    await shown(workspace, storyRows.container);
  });
});

describe('two paths compared', () => {
  it('are shown until somebody goes elsewhere', async () => {
    const { workspace } = await openedWorkspace();
    await workspace.comparePaths(storyRows.container, storyRows.dropped);
    const { compared } = shownSession(workspace).path;
    expect(compared?.lookups.map((lookup) => pathOf(lookup)?.row)).toEqual([storyRows.container, storyRows.dropped]);
    workspace.show(shownSession(workspace).key, 'diagnosis');
    expect(shownSession(workspace).path.compared).toBeUndefined();
  });

  it('are given up when the comparison is closed before they are there', async () => {
    const { workspace, pathCalls } = await openedWorkspace();
    const comparing = workspace.comparePaths(storyRows.container, storyRows.dropped);
    workspace.closeComparison();
    await comparing;
    expect(shownSession(workspace).path.compared).toBeUndefined();
    expect(pathCalls()).toBe(0);
  });
});
