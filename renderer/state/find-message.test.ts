import { describe, expect, it } from 'vitest';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import { fakeRow } from '../testing/fake-rows.ts';
import { type FindState, type Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  find: () => FindState;
}

async function openedPage(): Promise<Page> {
  const host = createFakeHost({ events: 300 });
  const workspace = createWorkspace(host, () => 0);
  await workspace.openFiles([fakeFile('host.etl')]);
  return {
    host,
    workspace,
    session: () => shownSession(workspace),
    find: () => workspace.store.getState().find,
  };
}

const arpRows = Array.from({ length: 300 }, (_, row) => row).filter((row) => fakeRow(row).module === 'ARP');

describe('finding', () => {
  it('selects the next match, then the one behind it, and hides nothing', async () => {
    const { workspace, session, find } = await openedPage();
    workspace.setFindText('ARP');
    await workspace.findNext('forward');
    expect(session().selection).toMatchObject({ row: arpRows[0], origin: 'command' });
    await workspace.findNext('forward');
    expect(session().selection?.row).toBe(arpRows[1]);
    expect(find()).toMatchObject({ busy: false, outcome: { kind: 'found', wrapped: false } });
    expect(session().view?.rows).toBe(300);
  });

  it('goes back, and on at the other end', async () => {
    const { workspace, session, find } = await openedPage();
    workspace.setFindText('ARP');
    await workspace.selectPosition(arpRows[0]);
    await workspace.findNext('backward');
    expect(session().selection?.row).toBe(arpRows.at(-1));
    expect(find().outcome).toEqual({ kind: 'found', direction: 'backward', wrapped: true });
    await workspace.selectPosition(299);
    await workspace.findNext('forward');
    expect(session().selection?.row).toBe(arpRows[0]);
    expect(find().outcome).toEqual({ kind: 'found', direction: 'forward', wrapped: true });
  });

  it('looks for the words of what is no filter', async () => {
    const { workspace, session, host } = await openedPage();
    workspace.setFindText('Prt');
    await workspace.findNext('forward');
    expect(host.engine.requests.at(-1)).toMatchObject({ method: 'find', params: { filter: '"Prt"' } });
    workspace.setFindText('"Port Unreachable"');
    await workspace.findNext('forward');
    expect(session().selection?.summary).toContain('Port Unreachable');
  });

  it('says that nothing was found, in the bar', async () => {
    const { workspace, session, find } = await openedPage();
    workspace.setFindText('"no such words"');
    await workspace.findNext('forward');
    expect(find().outcome?.kind).toBe('nothing');
    expect(find().open).toBeDefined();
    expect(session().selection).toBeUndefined();
    workspace.closeFind();
    expect(find()).toMatchObject({ open: undefined, outcome: undefined, text: '"no such words"' });
  });

  it('asks for a text where there is none', async () => {
    const { workspace, find, host } = await openedPage();
    await workspace.findNext('forward');
    expect(find().open).toBeDefined();
    expect(host.engine.requests.some(({ method }) => method === 'find')).toBe(false);
  });

  it('that is cancelled selects nothing', async () => {
    const { workspace, session, find } = await openedPage();
    workspace.setFindText('ARP');
    const finding = workspace.findNext('forward');
    expect(find().busy).toBe(true);
    workspace.cancelFind();
    await finding;
    expect(find()).toMatchObject({ busy: false, outcome: undefined });
    expect(session().selection).toBeUndefined();
  });
});
