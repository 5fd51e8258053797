import { afterEach, describe, expect, it } from 'vitest';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { fakeRow } from '../testing/fake-rows.ts';
import { activeSession, sessionOf, type Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

async function openedPage(name = 'growing.etl'): Promise<{
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  methods: () => string[];
}> {
  const host = createFakeHost();
  const workspace = createWorkspace(host);
  await workspace.openFiles([fakeFile(name)]);
  const session = (): Session => {
    const active = activeSession(workspace.store.getState());
    if (!active) throw new Error('no session');
    return active;
  };
  return { host, workspace, session, methods: () => host.engine.requests.map(({ method }) => method) };
}

describe('a trace that is reloaded', () => {
  it('is read anew: filters, choice, view on show and selection stay, and the old trace is closed', async () => {
    const { host, workspace, session } = await openedPage();
    await workspace.pushFilter('TCP');
    await workspace.choose({ diagnosis: 'any' });
    const [row] = await workspace.rows(session().key, 3, 1);
    workspace.selectRow(3, row);
    workspace.show(session().key, 'connections');
    const before = session();
    await workspace.reload(before.key);
    const after = session();
    expect(after.key).toBe(before.key);
    expect(after.trace).not.toBe(before.trace);
    expect(after.view?.view).not.toBe(before.view?.view);
    expect(after.view?.rows).toBe(before.view?.rows);
    expect(after.filter).toMatchObject({ applied: 'TCP', choice: { diagnosis: 'any' }, stack: before.filter.stack });
    expect(after.showing).toBe('connections');
    expect(after.selection).toMatchObject({ row: row.row, position: 3 });
    expect(after.diagnosis.kind).toBe('known');
    expect(after.names.book).toBeDefined();
    expect(host.engine.requests).toContainEqual({ method: 'close', params: { trace: before.trace } });
  });

  it('takes all its views along, and times that were moved', async () => {
    const { workspace, session } = await openedPage();
    await workspace.shiftTime(session().key, 0, 5_000_000);
    const first = session().key;
    await workspace.openView('UDP');
    const second = session();
    workspace.selectRow(0, fakeRow(0, 5_000_000));
    await workspace.reload(second.key);
    const moved = sessionOf(workspace.store.getState(), first);
    expect(moved?.trace).toBe(session().trace);
    expect(moved?.filter.applied).toBe('');
    expect(session().filter.applied).toBe('UDP');
    expect(session().view?.rows).toBe(second.view?.rows);
    expect(moved?.info?.files[0].shift).toBe(5_000_000);
  });

  it('stays as it is when the files cannot be opened any more', async () => {
    const { host, workspace, session } = await openedPage();
    const before = session();
    const { transport } = host.engine;
    const send = transport.send.bind(transport);
    transport.send = (message) => {
      const isOpen = message.kind === 'request' && message.method === 'open';
      send(isOpen ? { ...message, params: { files: ['broken.etl'] } } : message);
    };
    await workspace.reload(before.key);
    expect(session().trace).toBe(before.trace);
    expect(session().view).toBe(before.view);
    expect(workspace.store.getState().notices).toMatchObject([
      { heading: 'The trace could not be reloaded', advice: 'What was open stays open.' },
    ]);
    expect(workspace.store.getState().tasks).toEqual([]);
  });
});

describe('the watch over files', () => {
  let stop: (() => void) | undefined;
  afterEach(() => stop?.());

  it('says once that a file has grown, and offers to read it anew', async () => {
    const { workspace, session, methods } = await openedPage();
    const notices = () => workspace.store.getState().notices;
    await workspace.lookAfterFiles();
    expect(notices()).toMatchObject([
      {
        heading: 'growing.etl is not what is shown any more',
        detail: 'growing.etl has grown by 11.4 MiB since it was opened.',
        action: { label: 'Reload' },
        isNote: true,
      },
    ]);
    await workspace.lookAfterFiles();
    expect(notices()).toHaveLength(1);
    const { action, key } = notices()[0];
    workspace.dismissNotice(key);
    await workspace.lookAfterFiles();
    expect(notices()).toEqual([]);
    const before = session().trace;
    action?.run();
    const reloaded = new Promise<void>((resolve) => {
      stop = workspace.store.subscribe((state) => {
        if (activeSession(state)?.trace !== before) resolve();
      });
    });
    await reloaded;
    expect(methods().filter((method) => method === 'open')).toHaveLength(2);
  });

  it('says nothing of files that are what they were, and takes back what it said of a trace that is closed', async () => {
    const quiet = await openedPage('host.etl');
    await quiet.workspace.lookAfterFiles();
    expect(quiet.workspace.store.getState().notices).toEqual([]);
    const { workspace, session } = await openedPage();
    await workspace.lookAfterFiles();
    workspace.closeSession(session().key);
    await workspace.lookAfterFiles();
    expect(workspace.store.getState().notices).toEqual([]);
  });
});
