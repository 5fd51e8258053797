import { describe, expect, it, vi } from 'vitest';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import { diagnosisOf, isFurtherView, tracesToJoin, type Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  sessions: () => readonly Session[];
  closedTraces: () => number;
}

function page(pause = 0): Page {
  const host = createFakeHost({ events: 500, pause, steps: 2 });
  const workspace = createWorkspace(host, () => 0);
  return {
    host,
    workspace,
    session: () => shownSession(workspace),
    sessions: () => workspace.store.getState().sessions,
    closedTraces: () => host.engine.requests.filter(({ method }) => method === 'close').length,
  };
}

describe('one more view of a trace', () => {
  it('shows the same trace with a filter of its own, behind the others of the trace', async () => {
    const { workspace, session, sessions } = page();
    await workspace.openFiles([fakeFile('host.etl'), fakeFile('guest.etl')]);
    await workspace.pushFilter('TCP');
    await workspace.openView('UDP');
    const [host, udp, guest] = sessions();
    expect(session()).toBe(udp);
    expect(udp).toMatchObject({ trace: host.trace, filter: { draft: 'UDP', applied: 'UDP', stack: [] } });
    expect(host.filter.applied).toBe('TCP');
    expect(udp.view?.rows).not.toBe(host.view?.rows);
    expect([host, udp, guest].map((each) => isFurtherView({ sessions: sessions() }, each))).toEqual([
      false,
      true,
      false,
    ]);
    expect(tracesToJoin({ sessions: sessions() })).toEqual([host, guest]);
  });

  it('has the message selected that was selected before, where it shows it', async () => {
    const { workspace, session } = page();
    await workspace.openFiles([fakeFile('host.etl')]);
    await workspace.selectPosition(10);
    await workspace.openView('UDP');
    expect(session().selection?.row).toBe(10);
    await workspace.openView('ARP');
    expect(session().selection).toBeUndefined();
  });

  it('shows everything where its filter is refused', async () => {
    const { workspace, session } = page();
    await workspace.openFiles([fakeFile('host.etl')]);
    await workspace.openView('Prt');
    expect(session()).toMatchObject({ view: { rows: 500 }, filter: { applied: '', draft: 'Prt' } });
    expect(session().filter.refused?.text).toBe('Prt');
  });

  it('is closed alone; the trace goes with its last view', async () => {
    const { workspace, session, sessions, host, closedTraces } = page();
    await workspace.openFiles([fakeFile('host.etl')]);
    await workspace.openView('UDP');
    workspace.closeSession(sessions()[0].key);
    expect(closedTraces()).toBe(0);
    expect(session().filter.applied).toBe('UDP');
    workspace.closeSession(session().key);
    expect(closedTraces()).toBe(1);
    expect(host.engine.openViews.size).toBe(0);
  });

  it('knows the diagnosis when the trace’s first view does, also when that was closed meanwhile', async () => {
    const { workspace, session, sessions } = page(40);
    const opening = workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(session().diagnosis.kind).toBe('running');
    });
    await workspace.openView('UDP');
    workspace.closeSession(sessions()[0].key);
    await opening;
    expect(diagnosisOf(session())).toBeDefined();
  });
});
