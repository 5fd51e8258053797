import { describe, expect, it } from 'vitest';
import { createFakeHost, fakeFile } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import type { SessionFilter } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  workspace: Workspace;
  filter: () => SessionFilter;
  rows: () => number | undefined;
  /** Filters that views were asked for with. */
  views: () => string[];
}

async function openedPage(): Promise<Page> {
  const host = createFakeHost({ events: 500 });
  let time = 0;
  const workspace = createWorkspace(host, () => (time += 1000));
  await workspace.openFiles([fakeFile('host.etl')]);
  const session = () => shownSession(workspace);
  return {
    workspace,
    filter: () => session().filter,
    rows: () => session().view?.rows,
    views: () =>
      host.engine.requests
        .filter(({ method }) => method === 'view')
        .map(({ params }) => (params as { filter: string }).filter),
  };
}

describe('the stack of filters', () => {
  it('takes the filter out of the box and goes on showing the same', async () => {
    const { workspace, filter, rows } = await openedPage();
    workspace.setDraft('UDP');
    await workspace.applyFilter('UDP');
    const before = rows();
    await workspace.pushFilter('UDP');
    expect(filter()).toMatchObject({ draft: '', box: '', stack: [{ text: 'UDP', enabled: true }], applied: 'UDP' });
    expect(rows()).toBe(before);
  });

  it('narrows what the box lets through', async () => {
    const { workspace, filter, views, rows } = await openedPage();
    await workspace.pushFilter('TCP');
    await workspace.applyFilter('UDP');
    expect(views().at(-1)).toBe('(TCP) && (UDP)');
    expect(rows()).toBe(0);
    expect(filter().shown).toEqual({ box: 'UDP', stack: [{ text: 'TCP', enabled: true }] });
  });

  it('has no say where it is switched off, and comes back', async () => {
    const { workspace, views } = await openedPage();
    await workspace.pushFilter('TCP');
    await workspace.toggleFilter(0);
    expect(views().at(-1)).toBe('');
    await workspace.toggleFilter(0);
    expect(views().at(-1)).toBe('TCP');
  });

  it('loses one filter, or all of them with the box’s', async () => {
    const { workspace, filter, views } = await openedPage();
    await workspace.pushFilter('TCP');
    await workspace.pushFilter('UDP');
    await workspace.dropFilter(0);
    expect(filter().stack).toEqual([{ text: 'UDP', enabled: true }]);
    await workspace.applyFilter('ARP');
    await workspace.clearFilters();
    expect(filter()).toMatchObject({ stack: [], box: '', applied: '' });
    expect(views().at(-1)).toBe('');
  });

  it('stays, switched off, when everything is to be shown', async () => {
    const { workspace, filter } = await openedPage();
    await workspace.pushFilter('TCP');
    await workspace.suspendFilters();
    expect(filter()).toMatchObject({ stack: [{ text: 'TCP', enabled: false }], applied: '' });
  });

  it('is as before when the engine refuses a filter, which stays in the box', async () => {
    const { workspace, filter } = await openedPage();
    await workspace.pushFilter('TCP');
    workspace.setDraft('Prt');
    await workspace.pushFilter('Prt');
    expect(filter()).toMatchObject({
      draft: 'Prt',
      stack: [{ text: 'TCP', enabled: true }],
      applied: 'TCP',
      refused: { text: 'Prt', problem: { start: 0, end: 3, suggestion: '*Port == 80' } },
    });
  });

  it('does not let a part that is no filter mean something together with the others', async () => {
    const { workspace, filter, views } = await openedPage();
    await workspace.pushFilter('TCP');
    workspace.setDraft('UDP) or (ARP');
    await workspace.applyFilter('UDP) or (ARP');
    expect(filter().refused).toMatchObject({ text: 'UDP) or (ARP', problem: { start: 3 } });
    expect(views().at(-1)).toBe('TCP');
  });
});

describe('undo', () => {
  it('goes back over box, stack and choice, and forth again', async () => {
    const { workspace, filter, views } = await openedPage();
    workspace.setDraft('UDP');
    await workspace.applyFilter('UDP');
    await workspace.pushFilter('TCP');
    await workspace.choose({ sightings: 'first' });
    expect(filter()).toMatchObject({ box: 'UDP', choice: { sightings: 'first' } });
    await workspace.undoFilter();
    expect(filter()).toMatchObject({ choice: {}, applied: '(TCP) && (UDP)' });
    await workspace.undoFilter();
    expect(filter()).toMatchObject({ stack: [], box: 'UDP', draft: 'UDP', applied: 'UDP' });
    await workspace.undoFilter();
    expect(filter()).toMatchObject({ stack: [], box: '', draft: '', applied: '' });
    await workspace.undoFilter();
    expect(views().at(-1)).toBe('');
    await workspace.redoFilter();
    await workspace.redoFilter();
    expect(filter()).toMatchObject({ applied: '(TCP) && (UDP)', stack: [{ text: 'TCP', enabled: true }] });
  });

  it('knows nothing of a filter that was refused', async () => {
    const { workspace, filter } = await openedPage();
    await workspace.applyFilter('UDP');
    await workspace.applyFilter('Prt');
    expect(filter().refused).toBeDefined();
    await workspace.undoFilter();
    expect(filter()).toMatchObject({ applied: '', box: '' });
  });
});
