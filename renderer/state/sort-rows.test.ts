import { describe, expect, it, vi } from 'vitest';
import type { Row } from '../../core/engine/contract.ts';
import { createFakeHost, fakeFile, type FakeHost, type FakeHostOptions } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import type { Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  /** Rows on show from a position on. */
  rows: (from: number, count: number) => Promise<Row[]>;
}

async function openedPage(options: FakeHostOptions = {}): Promise<Page> {
  const host = createFakeHost({ events: 1000, ...options });
  const workspace = createWorkspace(host);
  await workspace.openFiles([fakeFile('host.etl')]);
  const session = (): Session => shownSession(workspace);
  return { host, workspace, session, rows: (from, count) => workspace.rows(session().key, from, count) };
}

const bySource = { by: 'Source', descending: false };

function isOrdered(values: readonly string[], descending = false): boolean {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return values.every((value, index) => {
    const step = index === 0 ? 0 : compare(values[index - 1], value);
    return descending ? step >= 0 : step <= 0;
  });
}

describe('sorted messages', () => {
  it('stand in the order of a column, either way, and rows of one value in the order of time', async () => {
    const { workspace, session, rows } = await openedPage();
    await workspace.sortBy(bySource);
    const ascending = await rows(0, 1000);
    expect(isOrdered(ascending.map(({ source }) => source))).toBe(true);
    const alike = ascending.filter(({ source }) => source === '10.0.0.60').map(({ row }) => row);
    expect(alike).toEqual([...alike].sort((a, b) => a - b));
    await workspace.sortBy({ by: 'Source', descending: true });
    expect(
      isOrdered(
        (await rows(0, 1000)).map(({ source }) => source),
        true,
      ),
    ).toBe(true);
    expect(session().view?.order).toEqual({ by: 'Source', descending: true });
  });

  it('stand by time again, and every other view is closed', async () => {
    const { host, workspace, session, rows } = await openedPage();
    const before = session().view;
    await workspace.sortBy(bySource);
    await workspace.sortBy({ by: 'Module', descending: true });
    expect([...host.engine.openViews].sort()).toEqual([session().view?.view, session().unsorted?.view].sort());
    await workspace.sortBy(undefined);
    expect(session()).toMatchObject({ view: before, sort: undefined, unsorted: undefined });
    expect((await rows(0, 3)).map(({ row }) => row)).toEqual([0, 1, 2]);
    expect([...host.engine.openViews]).toEqual([before?.view]);
  });

  it('keep the selected message, wherever it comes to stand', async () => {
    const { workspace, session, rows } = await openedPage();
    await workspace.goToMessage(501);
    await workspace.sortBy(bySource);
    const { position, row } = session().selection ?? { position: -1, row: -1 };
    expect(row).toBe(500);
    expect((await rows(position, 1))[0].row).toBe(500);
    await workspace.sortBy(undefined);
    expect(session().selection).toMatchObject({ position: 500, row: 500 });
  });

  it('stay sorted with another filter, and in another view of the trace', async () => {
    const { workspace, session, rows } = await openedPage();
    await workspace.sortBy(bySource);
    await workspace.applyFilter('TCP');
    expect(session().view).toMatchObject({ order: bySource });
    const found = await rows(0, 1000);
    expect(found.every(({ module }) => module === 'TCP')).toBe(true);
    expect(isOrdered(found.map(({ source }) => source))).toBe(true);
    await workspace.openView('UDP');
    expect(session().view?.order).toEqual(bySource);
  });

  it('stay where they are when they read differently', async () => {
    const { workspace, session } = await openedPage();
    await workspace.sortBy(bySource);
    const generation = session().viewGeneration;
    const key = session().names.book?.subjects[0].key ?? '';
    await workspace.setName(session().key, key, 'web01');
    expect(session()).toMatchObject({ viewGeneration: generation, view: { order: bySource } });
  });

  it('stay as they were when a column cannot be sorted by, and it is said why', async () => {
    const { workspace, session } = await openedPage();
    await workspace.sortBy(bySource);
    await workspace.sortBy({ by: 'SMB.Nothing', descending: false });
    expect(session()).toMatchObject({ sort: bySource, view: { order: bySource } });
    expect(workspace.store.getState().notices.at(-1)?.detail).toContain('SMB.Nothing');
  });

  it('are found by their number and by row', async () => {
    const { workspace, session, rows } = await openedPage();
    await workspace.sortBy({ by: 'Summary', descending: true });
    expect(await workspace.goToMessage(12)).toEqual({ kind: 'found' });
    const position = session().selection?.position ?? -1;
    expect((await rows(position, 1))[0].row).toBe(11);
    await workspace.selectHop(40);
    expect(session().selection?.row).toBe(40);
  });

  it('are in time order while a filter still looks for more', async () => {
    const { workspace, session } = await openedPage({ viewSteps: 6, pause: 15 });
    await workspace.sortBy(bySource);
    const filtering = workspace.applyFilter('TCP');
    await vi.waitFor(() => {
      expect(session().growing).toBeDefined();
    });
    expect(session().view?.order).toBeUndefined();
    await filtering;
    expect(session().view?.order).toEqual(bySource);
    expect(session().growing).toBeUndefined();
  });

  it('follow the last of several wishes', async () => {
    const { host, workspace, session } = await openedPage();
    await Promise.all([
      workspace.sortBy(bySource),
      workspace.sortBy({ by: 'Module', descending: true }),
      workspace.sortBy({ by: 'Summary', descending: false }),
    ]);
    expect(session().view?.order).toEqual({ by: 'Summary', descending: false });
    expect(host.engine.openViews.size).toBe(2);
  });

  it('close all their views with the session', async () => {
    const { host, workspace, session } = await openedPage();
    await workspace.sortBy(bySource);
    workspace.closeSession(session().key);
    await vi.waitFor(() => {
      expect(host.engine.openViews.size).toBe(0);
    });
  });
});
