import { describe, expect, it } from 'vitest';
import type { NameBook } from '../../core/engine/contract.ts';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import type { Session } from './model.ts';
import { namesFileName } from './names.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  book: () => NameBook;
}

function page(): Page {
  const host = createFakeHost({ events: 400 });
  const workspace = createWorkspace(host);
  const session = (): Session => shownSession(workspace);
  return {
    host,
    workspace,
    session,
    book: () => {
      const { book } = session().names;
      if (!book) throw new Error('The name book has not been asked for.');
      return book;
    },
  };
}

async function openedPage(): Promise<Page> {
  const opened = page();
  await opened.workspace.openFiles([fakeFile('host.etl')]);
  return opened;
}

describe('the names of a trace', () => {
  it('are asked for when it has been read', async () => {
    const { book } = await openedPage();
    expect(book().subjects.length).toBeGreaterThan(book().named);
  });

  it('come from files that are chosen, and what came of it is told on their page', async () => {
    const { workspace, session, book } = await openedPage();
    const { named } = book();
    const content = session().contentGeneration;
    await workspace.chooseNames(session().key);
    expect(book().named).toBeGreaterThan(named);
    expect(session()).toMatchObject({ showing: 'names', names: { busy: false, outcome: { kind: 'imported' } } });
    expect(session().contentGeneration).not.toBe(content);
  });

  it('come from a text that is pasted, which may hold none', async () => {
    const { workspace, session } = await openedPage();
    await workspace.pasteNames(session().key, 'pasted text', 'Dear reader');
    expect(session().names.outcome).toMatchObject({
      kind: 'imported',
      added: [],
      failures: [{ title: 'pasted text' }],
    });
  });

  it('are given by hand and taken back, in all views of the trace', async () => {
    const { workspace, session, book } = await openedPage();
    await workspace.openView('TCP');
    const { key } = book().subjects[0];
    const nameOf = (): (string | null | undefined)[] =>
      workspace.store
        .getState()
        .sessions.map(({ names }) => names.book?.subjects.find((subject) => subject.key === key)?.name);
    await workspace.setName(session().key, key, 'web01');
    expect(nameOf()).toEqual(['web01', 'web01']);
    await workspace.setName(session().key, key, null);
    expect(nameOf()).toEqual([null, null]);
  });

  it('are forgotten with their source', async () => {
    const { workspace, session, book } = await openedPage();
    const before = book().named;
    await workspace.chooseNames(session().key);
    const source = book().sources.find(({ kind }) => kind === 'import');
    await workspace.removeNames(session().key, source?.id ?? '');
    expect(book().named).toBe(before);
    expect(session().names.outcome).toEqual({ kind: 'removed', title: 'Get-NetAdapter.txt' });
  });

  it('are written under the name of the trace', async () => {
    const { workspace, session, host } = await openedPage();
    await workspace.exportNames(session().key);
    expect(host.finished).toEqual(['target of host.names.json']);
    expect(session().names.outcome).toMatchObject({ kind: 'exported' });
    expect(namesFileName({ files: [fakeFile('a.b.pcapng'), fakeFile('c.etl')] })).toBe('a.b.names.json');
  });
});

describe('dropped files', () => {
  const drop = ({ workspace }: Page, files: Record<string, string>): Promise<void> =>
    workspace.takeDropped(Object.entries(files).map(([name, text]) => new File([text], name)));
  const imported = ({ host }: Page): unknown[] =>
    host.engine.requests.filter(({ method }) => method === 'importNames').map(({ params }) => params);

  it('that hold names go to the trace on show', async () => {
    const opened = await openedPage();
    await drop(opened, { 'Get-NetAdapter.txt': 'Name', 'adapters.json': '[{"Name":"Ethernet"}]' });
    expect(imported(opened)).toEqual([
      { trace: opened.session().trace, files: ['Get-NetAdapter.txt', 'adapters.json'], texts: [] },
    ]);
    expect(opened.workspace.store.getState().layouts.open).toBe(false);
  });

  it('that are manifests do not, though their endings are the same', async () => {
    const opened = await openedPage();
    await drop(opened, { 'tcp.xml': '<instrumentationManifest>', 'kept.json': '{"hopscopeLayouts":1}' });
    expect(imported(opened)).toEqual([]);
    expect(opened.workspace.store.getState().layouts.list?.entries).toHaveLength(2);
  });

  it('that come together with their trace wait until it has been read', async () => {
    const opened = page();
    await drop(opened, { 'Get-NetAdapter.txt': 'Name', 'host.etl': '' });
    expect(opened.session().name).toBe('host.etl');
    expect(imported(opened)).toEqual([{ trace: opened.session().trace, files: ['Get-NetAdapter.txt'], texts: [] }]);
    expect(opened.session().showing).toBe('names');
  });

  it('that hold names need a trace, and that is said', async () => {
    const opened = page();
    await drop(opened, { 'Get-NetAdapter.txt': 'Name' });
    const { notices, sessions } = opened.workspace.store.getState();
    expect(sessions).toEqual([]);
    expect(notices).toMatchObject([{ detail: 'Get-NetAdapter.txt was not imported.' }]);
  });
});
