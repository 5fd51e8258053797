import { describe, expect, it } from 'vitest';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import type { Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
}

async function openedPage(): Promise<Page> {
  const host = createFakeHost({ events: 400 });
  const workspace = createWorkspace(host);
  await workspace.openFiles([fakeFile('host.etl')]);
  return { host, workspace, session: () => shownSession(workspace) };
}

describe('the notes of a trace', () => {
  it('are asked for when it has been read', async () => {
    const { session } = await openedPage();
    expect(session().notes).toMatchObject({ stage: 'known', book: { notes: [], problems: [] } });
  });

  it('are marks and comments, in the order of time, in all views of the trace', async () => {
    const { workspace, session } = await openedPage();
    await workspace.openView('TCP');
    const { key } = session();
    await workspace.setNotes(key, [30, 10], { marked: true });
    await workspace.setNotes(key, [10], { comment: 'the first SYN' });
    const books = workspace.store.getState().sessions.map(({ notes }) => notes.book);
    expect(books).toHaveLength(2);
    expect(books[0]).toBe(books[1]);
    expect(books[0]?.notes).toMatchObject([
      { row: 10, marked: true, comment: 'the first SYN' },
      { row: 30, marked: true, comment: '' },
    ]);
  });

  it('go by themselves, or all at once', async () => {
    const { workspace, session } = await openedPage();
    const { key } = session();
    await workspace.setNotes(key, [1, 2, 3], { marked: true });
    await workspace.setNotes(key, [2], { marked: false });
    expect(session().notes.book?.notes.map(({ row }) => row)).toEqual([1, 3]);
    await workspace.clearNotes(key);
    expect(session().notes.book?.notes).toEqual([]);
  });

  it('decide anew which rows are on show where only marked ones are', async () => {
    const { host, workspace, session } = await openedPage();
    const { key } = session();
    workspace.store.setState(({ sessions }) => ({
      sessions: sessions.map((each) => ({ ...each, filter: { ...each.filter, askedChoice: { marked: true } } })),
    }));
    const views = (): number => host.engine.requests.filter(({ method }) => method === 'view').length;
    const before = views();
    await workspace.setNotes(key, [7], { marked: false });
    expect(views()).toBe(before + 1);
  });

  it('leave the rows on show where all are', async () => {
    const { host, workspace, session } = await openedPage();
    const views = (): number => host.engine.requests.filter(({ method }) => method === 'view').length;
    const before = views();
    await workspace.setNotes(session().key, [7], { marked: true });
    expect(views()).toBe(before);
  });
});

describe('going to a time', () => {
  it('selects the message of that time, or the next one', async () => {
    const { workspace, session } = await openedPage();
    const rows = await workspace.rows(session().key, 50, 2);
    expect(await workspace.goToTime(rows[0])).toBe('found');
    expect(session().selection?.row).toBe(50);
    const between = { milliseconds: rows[0].milliseconds, hundredNanoseconds: rows[0].hundredNanoseconds + 1 };
    expect(await workspace.goToTime(between)).toBe('later');
    expect(session().selection?.row).toBe(51);
  });

  it('selects the last message where all are earlier', async () => {
    const { workspace, session } = await openedPage();
    expect(await workspace.goToTime({ milliseconds: 1e14, hundredNanoseconds: 0 })).toBe('last');
    expect(session().selection?.row).toBe(399);
  });

  it('finds nothing where no message is on show', async () => {
    const { workspace } = await openedPage();
    await workspace.applyFilter('SMB');
    expect(await workspace.goToTime({ milliseconds: 0, hundredNanoseconds: 0 })).toBe('nothing');
  });
});
