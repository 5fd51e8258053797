import { describe, expect, it, vi } from 'vitest';
import type { Contract, Method } from '../../core/engine/contract.ts';
import { createFakeHost, fakeFile, type FakeHost, type FakeHostOptions } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import { fakeRow } from '../testing/fake-rows.ts';
import { shippedRules } from '../color-rules/shipped-rules.ts';
import { keepColorRules } from './color-rules.ts';
import { extendBytes, selectByte, selectBytes, selectedBytes, selectNode } from './event-detail.ts';
import { couldSplit, optionsFor } from './export-view.ts';
import { activeSession, diagnosisOf, type Session } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
}

function page(options: FakeHostOptions = {}): Page {
  const host = createFakeHost(options);
  let time = 0;
  // Time runs fast, so that every renewal that is due is made.
  const workspace = createWorkspace(host, () => (time += 1000));
  return {
    host,
    workspace,
    session: () => shownSession(workspace),
  };
}

async function openedPage(options: FakeHostOptions = {}): Promise<Page> {
  const opened = page(options);
  await opened.workspace.openFiles([fakeFile('host.etl')]);
  return opened;
}

/** Parameters of the calls of a method, in their order. */
function asked<M extends Method>({ host }: Page, method: M): Contract[M]['params'][] {
  return host.engine.requests
    .filter((request) => request.method === method)
    .map((request) => request.params as Contract[M]['params']);
}

const filters = (opened: Page): string[] => asked(opened, 'view').map(({ filter }) => filter);

describe('opening', () => {
  it('opens what the host names at start, each file as a trace of its own, and shows the first', async () => {
    const { workspace, session } = page({ initialFiles: [fakeFile('host.etl'), fakeFile('guest.etl')] });
    await workspace.start();
    expect(workspace.store.getState().sessions.map((each) => each.name)).toEqual(['host.etl', 'guest.etl']);
    expect(session()).toMatchObject({ stage: 'ready', eventsRead: 5000, name: 'host.etl' });
    expect(session().view).toMatchObject({ rows: 5000, complete: true });
  });

  it('shows rows while the trace is still being read', async () => {
    const { workspace } = page({ steps: 4, pause: 5 });
    const seen: number[] = [];
    workspace.store.subscribe((state) => {
      const session = activeSession(state);
      if (session?.stage === 'reading' && session.view && seen.at(-1) !== session.view.rows)
        seen.push(session.view.rows);
    });
    await workspace.openFiles([fakeFile('host.etl')]);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen[0]).toBeLessThan(5000);
  });

  it('asks for the first rows again when there were none yet', async () => {
    const { workspace, session } = page({ steps: 3, pause: 400, emptyViews: 2 });
    const opening = workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(session().view?.rows).toBeGreaterThan(0);
    }, 700);
    expect(session().stage).toBe('reading');
    await opening;
  });

  it('keeps the rows on show when the same filter shows more of them', async () => {
    const { workspace } = page({ steps: 4, pause: 5 });
    const generations = new Set<number>();
    workspace.store.subscribe((state) => {
      const session = activeSession(state);
      if (session?.view) generations.add(session.viewGeneration);
    });
    await workspace.openFiles([fakeFile('host.etl')]);
    expect(generations.size).toBe(1);
  });

  it('closes every view but the one on show', async () => {
    const { host, session } = await openedPage({ steps: 8, pause: 2 });
    expect([...host.engine.openViews]).toEqual([session().view?.view]);
  });

  it('forgets a trace whose opening is cancelled, and its progress', async () => {
    const { workspace, host } = page({ steps: 50, pause: 5 });
    const opening = workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(workspace.store.getState().tasks).toHaveLength(1);
    });
    workspace.cancelTask(workspace.store.getState().tasks[0].key);
    await opening;
    expect(workspace.store.getState()).toMatchObject({ sessions: [], tasks: [], notices: [], activeKey: undefined });
    expect(host.engine.openViews.size).toBe(0);
  });

  it('keeps a trace that could not be opened, with the reason', async () => {
    const { workspace, session } = page();
    await workspace.openFiles([fakeFile('broken.zip')]);
    expect(session().stage).toBe('failed');
    expect(session().failure?.message).toContain('ZIP archive');
    await workspace.retryOpen(session().key);
    expect(workspace.store.getState().sessions).toHaveLength(1);
  });

  it('has nothing in flight when it is done', async () => {
    const { workspace } = await openedPage();
    expect(workspace.store.getState()).toMatchObject({ callsInFlight: 0, tasks: [] });
  });

  it('shows the neighbour of a trace that is closed', async () => {
    const { workspace, session } = page();
    await workspace.openFiles([fakeFile('a.etl'), fakeFile('b.etl'), fakeFile('c.etl')]);
    const [, second] = workspace.store.getState().sessions;
    workspace.activate(second.key);
    workspace.closeSession(second.key);
    expect(session().name).toBe('c.etl');
  });

  it('reads the files of several traces as one, beside them', async () => {
    const { workspace, session } = page();
    await workspace.openFiles([fakeFile('host.etl'), fakeFile('guest.etl')]);
    await workspace.readTogether();
    expect(workspace.store.getState().sessions).toHaveLength(3);
    expect(session()).toMatchObject({ name: 'host.etl, guest.etl', stage: 'ready' });
    expect(session().files.map((file) => file.name)).toEqual(['host.etl', 'guest.etl']);
    await workspace.readTogether();
    expect(session().files).toHaveLength(2);
  });

  it('joins nothing when there is only one trace', async () => {
    const { workspace } = await openedPage();
    await workspace.readTogether();
    expect(workspace.store.getState().sessions).toHaveLength(1);
  });
});

describe('filtering', () => {
  it('shows what the filter lets through, and says how many', async () => {
    const opened = await openedPage();
    await opened.workspace.applyFilter(' UDP ');
    expect(opened.session().filter).toMatchObject({ applied: 'UDP', asked: 'UDP', refused: undefined });
    expect(opened.session().view?.rows).toBeLessThan(5000);
    expect(opened.session().view?.available).toBe(5000);
  });

  it('keeps the rows on show when the text is no filter, with the engine’s words', async () => {
    const opened = await openedPage();
    const before = opened.session().view;
    await opened.workspace.applyFilter('Prt');
    expect(opened.session().view).toBe(before);
    expect(opened.session().filter).toMatchObject({
      applied: '',
      asked: '',
      refused: { text: 'Prt', problem: { start: 0, end: 3, suggestion: '*Port == 80' } },
    });
  });

  it('lets the last of several quick filters win', async () => {
    const opened = await openedPage();
    await Promise.all([
      opened.workspace.applyFilter('UDP'),
      opened.workspace.applyFilter('ARP'),
      opened.workspace.applyFilter('TCP'),
    ]);
    expect(opened.session().filter.applied).toBe('TCP');
    expect(opened.host.engine.openViews.size).toBe(1);
  });

  it('leaves the text in the box when the filter is removed', async () => {
    const opened = await openedPage();
    opened.workspace.setDraft('UDP');
    await opened.workspace.applyFilter('UDP');
    await opened.workspace.removeFilter();
    expect(opened.session().filter).toMatchObject({ draft: 'UDP', applied: '' });
    expect(filters(opened).slice(-2)).toEqual(['UDP', '']);
  });

  it('goes on with the filter when more of the trace has been read', async () => {
    const opened = page({ steps: 8, pause: 10 });
    const opening = opened.workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(opened.session().view).toBeDefined();
    });
    await opened.workspace.applyFilter('UDP');
    await opening;
    expect(opened.session().filter.applied).toBe('UDP');
    expect(opened.session().view).toMatchObject({ complete: true, available: 5000 });
    expect(filters(opened).at(-1)).toBe('UDP');
  });
});

describe('a view that grows', () => {
  /** Views are made in ten steps, which a test can watch. */
  const slow = { viewSteps: 10, pause: 10, steps: 1 };
  const growthWatch = { interval: 2 };
  const growingPage = async (filter: string, rowToSelect?: number): Promise<Page & { done: Promise<void> }> => {
    const opened = await openedPage(slow);
    if (rowToSelect !== undefined) await opened.workspace.selectPosition(rowToSelect);
    const done = opened.workspace.applyFilter(filter);
    await vi.waitFor(() => {
      expect(opened.session().growing).toBeDefined();
    }, growthWatch);
    return { ...opened, done };
  };

  it('is on show from its first rows on, and only ever gets longer', async () => {
    const { workspace, session, host } = await openedPage(slow);
    const seen: { rows: number; generation: number; view: number }[] = [];
    workspace.store.subscribe(() => {
      const { view, viewGeneration, growing } = session();
      if (growing && view) seen.push({ rows: view.rows, generation: viewGeneration, view: view.view });
    });
    await workspace.applyFilter('UDP');
    const rows = seen.map((each) => each.rows);
    expect(new Set(rows).size).toBeGreaterThan(3);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    const { view, viewGeneration, growing } = session();
    expect(new Set(seen.map((each) => each.generation))).toEqual(new Set([viewGeneration]));
    expect(new Set(seen.map((each) => each.view))).toEqual(new Set([view?.view]));
    expect(growing).toBeUndefined();
    expect([...host.engine.openViews]).toEqual([view?.view]);
  });

  it('gives way to the whole view before it when another filter is asked for', async () => {
    const { workspace, session, host, done } = await growingPage('UDP');
    const next = workspace.applyFilter('ARP');
    expect(session()).toMatchObject({ growing: undefined, filter: { applied: '', asked: 'ARP' } });
    expect(session().view).toMatchObject({ rows: 5000, complete: true });
    await Promise.all([done, next]);
    expect(session().filter.applied).toBe('ARP');
    expect([...host.engine.openViews]).toEqual([session().view?.view]);
  });

  it('gives way to the whole view before it when the next filter is refused', async () => {
    const { workspace, session, host, done } = await growingPage('UDP', 7);
    await Promise.all([done, workspace.applyFilter('Prt')]);
    expect(session()).toMatchObject({ view: { rows: 5000 }, selection: { position: 7, row: 7 }, sought: undefined });
    expect(session().filter).toMatchObject({ applied: '', refused: { text: 'Prt' } });
    expect([...host.engine.openViews]).toEqual([session().view?.view]);
  });

  it('finds the selected message when its row comes', async () => {
    const lastUdp = 4990;
    const { session, done } = await growingPage('UDP', lastUdp);
    expect(session().selection).toBeUndefined();
    await done;
    expect(session().selection?.row).toBe(lastUdp);
  });

  it('is not exported before it is whole', async () => {
    const { workspace, done } = await growingPage('UDP');
    workspace.askForExport();
    expect(workspace.store.getState().exportAsked).toBe(false);
    await done;
    workspace.askForExport();
    expect(workspace.store.getState().exportAsked).toBe(true);
  });

  it('goes with its trace, and so does the one before it', async () => {
    const { workspace, session, host, done } = await growingPage('UDP');
    workspace.closeSession(session().key);
    await done;
    expect(host.engine.openViews.size).toBe(0);
  });
});

describe('color rules', () => {
  it('are asked with the rows, those that are on and in their order', async () => {
    const opened = await openedPage();
    const own = { name: 'Mine', color: 'pink', enabled: true } as const;
    keepColorRules([
      { ...own, id: 'own-1', filter: 'UDP' },
      { ...own, id: 'own-2', filter: 'ICMP', enabled: false },
      { ...own, id: 'own-3', filter: 'ARP' },
    ]);
    const rows = await opened.workspace.rows(opened.session().key, 0, 20);
    expect(asked(opened, 'rows').at(-1)?.colorRules).toEqual(['UDP', 'ARP']);
    expect(rows.find(({ module }) => module === 'UDP')?.colorRule).toBe(0);
    expect(rows.find(({ module }) => module === 'ARP')?.colorRule).toBe(1);
    expect(rows.find(({ module }) => module === 'TCP')?.colorRule).toBe(-1);
    keepColorRules(shippedRules);
  });
});

describe('the selection', () => {
  const udpRow = 10;

  it('follows its message through filters', async () => {
    const opened = await openedPage();
    opened.workspace.selectRow(udpRow, fakeRow(udpRow));
    await opened.workspace.applyFilter('UDP');
    expect(opened.session().selection).toMatchObject({ row: udpRow, position: 0 });
    await opened.workspace.removeFilter();
    expect(opened.session().selection).toMatchObject({ row: udpRow, position: udpRow });
  });

  it('ends where the filter hides its message', async () => {
    const opened = await openedPage();
    opened.workspace.selectRow(0, fakeRow(0));
    await opened.workspace.applyFilter('UDP');
    expect(opened.session().selection).toBeUndefined();
  });

  it('follows its event when a trace that is being read gets its final order', async () => {
    const opened = page({ steps: 4, pause: 10 });
    const opening = opened.workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(opened.session().view).toBeDefined();
    });
    opened.workspace.selectRow(40, fakeRow(40));
    await opening;
    expect(opened.session().selection).toMatchObject({ row: 40, position: 40 });
  });

  it('moves by rows, adding up what comes while a row is asked for', async () => {
    const opened = await openedPage();
    await opened.workspace.moveSelection(1);
    expect(opened.session().selection?.position).toBe(0);
    await Promise.all(Array.from({ length: 5 }, () => opened.workspace.moveSelection(1)));
    expect(opened.session().selection?.position).toBe(5);
    await opened.workspace.moveSelection(-100);
    expect(opened.session().selection?.position).toBe(0);
  });

  it('goes to a message by number, and to the next one on show when the filter hides it', async () => {
    const opened = await openedPage();
    expect(await opened.workspace.goToMessage(4001)).toEqual({ kind: 'found' });
    expect(opened.session().selection).toMatchObject({ row: 4000, origin: 'command' });
    await opened.workspace.applyFilter('UDP');
    expect(await opened.workspace.goToMessage(1)).toEqual({ kind: 'nearest', row: udpRow });
    expect(opened.session().selection).toMatchObject({ row: udpRow, position: 0 });
    await opened.workspace.applyFilter('SMB');
    expect(await opened.workspace.goToMessage(1)).toEqual({ kind: 'nothing' });
  });
});

describe('the detail of the selected message', () => {
  it('is read, and its node under a byte is found with everything above it opened', async () => {
    const opened = await openedPage();
    const { detail } = opened.workspace;
    opened.workspace.selectRow(0, fakeRow(0));
    await vi.waitFor(() => {
      expect(detail.getState().detail?.row).toBe(0);
    });
    selectByte(detail, 47);
    expect(detail.getState().selectedKey).toBe('TCP/Flags/ACK');
    expect([...detail.getState().openness.opened]).toEqual(['TCP', 'TCP/Flags']);
  });

  it('is selected by several bytes, and bytes are selected by it', async () => {
    const opened = await openedPage();
    const { detail } = opened.workspace;
    opened.workspace.selectRow(0, fakeRow(0));
    await vi.waitFor(() => {
      expect(detail.getState().detail?.row).toBe(0);
    });
    selectBytes(detail, 38, 41);
    expect(detail.getState().selectedKey).toBe('TCP/SequenceNumber');
    expect(selectedBytes(detail.getState())).toEqual({ start: 38, length: 4 });
    extendBytes(detail, 36);
    expect(detail.getState().selectedKey).toBe('TCP');
    expect(selectedBytes(detail.getState())).toEqual({ start: 36, length: 3 });
    extendBytes(detail, 30);
    expect(detail.getState().selectedKey).toBeUndefined();
    selectNode(detail, 'IPv4/SourceAddress');
    expect(detail.getState()).toMatchObject({ source: 0, byteCursor: 26 });
    expect(selectedBytes(detail.getState())).toBeUndefined();
    extendBytes(detail, 27);
    expect(selectedBytes(detail.getState())).toEqual({ start: 26, length: 2 });
  });

  it('keeps the selected field from message to message', async () => {
    const opened = await openedPage();
    const { detail } = opened.workspace;
    opened.workspace.selectRow(0, fakeRow(0));
    await vi.waitFor(() => {
      expect(detail.getState().detail?.row).toBe(0);
    });
    selectNode(detail, 'Microsoft_Windows_NDIS_PacketCapture/LowerIfIndex');
    expect(detail.getState()).toMatchObject({ source: 1, byteCursor: 84 });
    await opened.workspace.moveSelection(1);
    await vi.waitFor(() => {
      expect(detail.getState().detail?.row).toBe(1);
    });
    expect(detail.getState()).toMatchObject({ source: 1, byteCursor: 84 });
  });

  it('goes when the selection goes', async () => {
    const opened = await openedPage();
    opened.workspace.selectRow(0, fakeRow(0));
    await vi.waitFor(() => {
      expect(opened.workspace.detail.getState().detail).toBeDefined();
    });
    await opened.workspace.applyFilter('UDP');
    expect(opened.workspace.detail.getState().detail).toBeUndefined();
  });
});

describe('the diagnosis', () => {
  it('comes by itself once the trace has been read, and the rows are read anew with it', async () => {
    const opened = page();
    const generations: number[] = [];
    opened.workspace.store.subscribe(() => {
      const session = activeSession(opened.workspace.store.getState());
      if (session) generations.push(session.contentGeneration);
    });
    await opened.workspace.openFiles([fakeFile('host.etl')]);
    expect(diagnosisOf(opened.session())?.findings[0]).toMatchObject({ kind: 'dropped', level: 'error' });
    expect(new Set(generations).size).toBe(2);
    const [row] = await opened.workspace.rows(opened.session().key, 40, 1);
    expect(row).toMatchObject({ diagnosis: 'Dropped', diagnosisLevel: 'error' });
    expect(opened.workspace.store.getState()).toMatchObject({ callsInFlight: 0, tasks: [] });
  });

  it('is not asked for where there are no packets', async () => {
    const opened = await openedPage({ events: 1 });
    expect(opened.session().info?.packets).toBe(0);
    expect(opened.session().diagnosis.kind).toBe('waiting');
    expect(asked(opened, 'diagnosis')).toEqual([]);
  });

  it('can be cancelled, and asked for again', async () => {
    const opened = page({ steps: 20, pause: 5 });
    const opening = opened.workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(opened.workspace.store.getState().tasks.at(0)?.kind).toBe('diagnosis');
    });
    opened.workspace.cancelTask(opened.workspace.store.getState().tasks[0].key);
    await opening;
    expect(opened.session().diagnosis.kind).toBe('cancelled');
    await opened.workspace.diagnose(opened.session().key);
    expect(opened.session().diagnosis.kind).toBe('known');
  });

  it('that fails says why, and costs nothing else', async () => {
    const opened = page();
    await opened.workspace.openFiles([fakeFile('undiagnosable.etl')]);
    expect(opened.session()).toMatchObject({ stage: 'ready', diagnosis: { kind: 'failed' } });
    expect(opened.session().view?.rows).toBe(5000);
  });

  it('goes with its trace', async () => {
    const opened = page({ steps: 20, pause: 5 });
    const opening = opened.workspace.openFiles([fakeFile('host.etl')]);
    await vi.waitFor(() => {
      expect(opened.workspace.store.getState().tasks.at(0)?.kind).toBe('diagnosis');
    });
    opened.workspace.closeSession(opened.session().key);
    await opening;
    expect(opened.workspace.store.getState()).toMatchObject({ sessions: [], tasks: [], notices: [] });
  });
});

describe('a choice', () => {
  it('shows what has a finding, from the page of findings', async () => {
    const opened = await openedPage();
    opened.workspace.show(opened.session().key, 'diagnosis');
    await opened.workspace.choose({ diagnosis: 'retransmission' });
    const { showing, view, filter } = opened.session();
    expect({ showing, choice: filter.choice }).toEqual({
      showing: 'messages',
      choice: { diagnosis: 'retransmission' },
    });
    const finding = diagnosisOf(opened.session())?.findings.find(({ kind }) => kind === 'retransmission');
    expect(view?.rows).toBe(finding?.sightings);
  });

  it('is joined with the filter, and both are taken back on their own', async () => {
    const opened = await openedPage();
    await opened.workspace.choose({ sightings: 'first' });
    const first = opened.session().view?.rows ?? 0;
    expect(first).toBe(5000 - (diagnosisOf(opened.session())?.repeatedSightings ?? 0));
    await opened.workspace.applyFilter('TCP');
    expect(asked(opened, 'view').at(-1)).toMatchObject({ filter: 'TCP', choice: { sightings: 'first' } });
    await opened.workspace.removeFilter();
    expect(opened.session().view?.rows).toBe(first);
    await opened.workspace.choose({ sightings: undefined });
    expect(opened.session().view?.rows).toBe(5000);
    expect(asked(opened, 'view').at(-1)).not.toHaveProperty('choice');
  });

  it('makes other rows, so that the grid begins anew', async () => {
    const opened = await openedPage();
    const before = opened.session().viewGeneration;
    await opened.workspace.choose({ sightings: 'first' });
    const chosen = opened.session().viewGeneration;
    expect(chosen).not.toBe(before);
    await opened.workspace.choose({ sightings: 'first' });
    expect(opened.session().viewGeneration).toBe(chosen);
  });

  it('is taken back as a whole together with the filter', async () => {
    const opened = await openedPage();
    await opened.workspace.choose({ component: 'nowhere', sightings: 'first' });
    await opened.workspace.applyFilter('UDP');
    expect(opened.session().view?.rows).toBe(0);
    await opened.workspace.showEverything();
    expect(opened.session()).toMatchObject({ view: { rows: 5000 }, filter: { applied: '', choice: {} } });
  });

  it('stays what it was when the filter it comes with is none', async () => {
    const opened = await openedPage();
    await opened.workspace.choose({ sightings: 'first' });
    await opened.workspace.applyFilter('Prt');
    expect(opened.session().filter).toMatchObject({ applied: '', askedChoice: { sightings: 'first' } });
  });
});

describe('exporting', () => {
  const formats = (opened: Page): string[] => asked(opened, 'export').map(({ format }) => format);

  it('asks as what first, and nothing when no rows are on show', async () => {
    const { workspace, host } = page();
    workspace.askForExport();
    expect(workspace.store.getState().exportAsked).toBe(false);
    await workspace.openFiles([fakeFile('host.etl')]);
    workspace.askForExport();
    expect(workspace.store.getState().exportAsked).toBe(true);
    workspace.dismissExport();
    expect(workspace.store.getState().exportAsked).toBe(false);
    expect(host.finished).toEqual([]);
  });

  it('writes the packets of the view on show and reports', async () => {
    const opened = await openedPage();
    opened.workspace.askForExport();
    await opened.workspace.exportView('pcapng', {});
    expect(opened.host.finished).toEqual(['target of host.pcapng']);
    const { exportAsked, exportOutcome } = opened.workspace.store.getState();
    expect(exportAsked).toBe(false);
    expect(exportOutcome).toMatchObject({ kind: 'done', format: 'pcapng', report: { interfaces: 3, events: 0 } });
  });

  it('writes its events as text', async () => {
    const opened = await openedPage();
    await opened.workspace.exportView('csv', {});
    expect(opened.host.finished).toEqual(['target of host.csv']);
    const { exportOutcome } = opened.workspace.store.getState();
    expect(exportOutcome).toMatchObject({ kind: 'done', format: 'csv', report: { events: 5000, packets: 0 } });
  });

  it('suggests the name of the first of several files', async () => {
    const { workspace, host } = page();
    await workspace.openFiles([fakeFile('host.etl'), fakeFile('guest.etl')]);
    await workspace.readTogether();
    await workspace.exportView('jsonl', {});
    expect(host.finished).toEqual(['target of host.jsonl']);
  });

  it('lets the ending of the chosen name decide, where it means a format', async () => {
    const renamed = await openedPage({ exportName: 'case.xml' });
    await renamed.workspace.exportView('csv', {});
    expect(formats(renamed)).toEqual(['xml']);
    const unclear = await openedPage({ exportName: 'case.log' });
    await unclear.workspace.exportView('csv', {});
    expect(formats(unclear)).toEqual(['csv']);
  });

  it('hands on what can be chosen for the format, and keeps it for the next time', async () => {
    const opened = await openedPage();
    await opened.workspace.exportView('cap', { events: true, splitByLinkType: true });
    expect(asked(opened, 'export').at(-1)?.options).toEqual({ events: true, splitByLinkType: true });
    const { exportOutcome } = opened.workspace.store.getState();
    expect(exportOutcome).toMatchObject({ kind: 'done', options: { events: true, splitByLinkType: true } });
    await opened.workspace.exportView('csv', { events: true });
    expect(asked(opened, 'export').at(-1)).not.toHaveProperty('options');
    expect(optionsFor('pcap', { events: true, splitByLinkType: true })).toEqual({ splitByLinkType: true });
  });

  it('offers one file for each link type where a file mixes them', () => {
    const mixed = 'The file mixes link types: for other tools, export one file for each link type.';
    expect(couldSplit({ format: 'pcapng', options: {} }, mixed)).toBe(true);
    expect(couldSplit({ format: 'pcapng', options: { splitByLinkType: true } }, mixed)).toBe(false);
    expect(couldSplit({ format: 'csv', options: {} }, mixed)).toBe(false);
    expect(couldSplit({ format: 'pcap', options: {} }, '2 packets have no pcap link type.')).toBe(false);
  });

  it('tells why nothing was written', async () => {
    const opened = await openedPage();
    await opened.workspace.applyFilter('Microsoft_Windows_PktMon');
    await opened.workspace.exportView('pcapng', {});
    expect(opened.workspace.store.getState().exportOutcome).toMatchObject({
      kind: 'failed',
      error: { name: 'ExportError' },
    });
    expect(opened.host.finished).toEqual([]);
  });

  it('keeps its view open while it runs, whatever filter comes', async () => {
    const opened = await openedPage({ steps: 4, pause: 5 });
    const exported = opened.session().view?.view;
    const exporting = opened.workspace.exportView('pcapng', {});
    await opened.workspace.applyFilter('UDP');
    expect(opened.host.engine.openViews.has(exported ?? 0)).toBe(true);
    await exporting;
    expect(opened.host.engine.openViews.has(exported ?? 0)).toBe(false);
  });
});

describe('the views of a trace', () => {
  it('give way to the messages when a filter is applied', async () => {
    const opened = await openedPage();
    opened.workspace.show(opened.session().key, 'completeness');
    expect(opened.session().showing).toBe('completeness');
    await opened.workspace.applyFilter('UDP');
    expect(opened.session().showing).toBe('messages');
  });

  it('belong to their trace', async () => {
    const { workspace, session } = page();
    await workspace.openFiles([fakeFile('a.etl'), fakeFile('b.etl')]);
    workspace.show(session().key, 'completeness');
    workspace.activate(workspace.store.getState().sessions[1].key);
    expect(session().showing).toBe('messages');
  });
});

describe('layouts', () => {
  const layoutsOf = ({ workspace }: Page) => workspace.store.getState().layouts;
  const names = (opened: Page): string[] => (layoutsOf(opened).list?.entries ?? []).map((entry) => entry.origin);
  const drop = (opened: Page, ...files: string[]): Promise<void> =>
    opened.workspace.takeDropped(files.map((name) => new File(['<instrumentationManifest>'], name)));

  it('are imported from dropped manifests, which are no traces', async () => {
    const opened = page();
    await drop(opened, 'tcp.man');
    expect(opened.workspace.store.getState().sessions).toEqual([]);
    expect(layoutsOf(opened)).toMatchObject({ open: true, busy: false, outcome: { kind: 'imported' } });
    expect(names(opened)).toEqual(['tcp.man']);
  });

  it('are imported beside the traces of a mixed drop', async () => {
    const opened = page();
    await drop(opened, 'host.etl', 'Dump.XML', 'guest.etl', 'provider.json');
    expect(opened.workspace.store.getState().sessions.map((each) => each.name)).toEqual(['host.etl', 'guest.etl']);
    expect(names(opened)).toEqual(['Dump.XML', 'provider.json']);
  });

  it('that come or go are used for the rows, the details and the facts of every open trace', async () => {
    const opened = await openedPage();
    const unnamed = (): unknown => opened.session().info?.providers[3];
    opened.workspace.selectRow(10, fakeRow(10));
    await vi.waitFor(() => {
      expect(opened.workspace.detail.getState().detail?.row).toBe(10);
    });
    expect(unnamed()).toMatchObject({ name: null, undescribedEvents: 67 });
    const before = opened.session();
    const asked = opened.host.engine.requests.length;

    await opened.workspace.importLayouts();
    expect(unnamed()).toMatchObject({ name: 'Contoso-Network-Filter', undescribedEvents: 0 });
    expect(opened.session().view?.view).not.toBe(before.view?.view);
    expect(opened.session().viewGeneration).toBe(before.viewGeneration);
    expect(opened.session().selection).toMatchObject({ row: 10, position: 10 });
    const methods = opened.host.engine.requests.slice(asked).map((request) => request.method);
    expect(methods).toEqual(expect.arrayContaining(['importSchemas', 'view', 'detail', 'info']));

    const [entry] = layoutsOf(opened).list?.entries ?? [];
    await opened.workspace.removeLayouts(entry.id);
    expect(unnamed()).toMatchObject({ name: null, undescribedEvents: 67 });
    expect(layoutsOf(opened)).toMatchObject({ outcome: { kind: 'removed', name: entry.name }, list: { entries: [] } });
  });

  it('of a trace can be kept', async () => {
    const opened = await openedPage();
    await opened.workspace.harvestLayouts();
    expect(layoutsOf(opened)).toMatchObject({ outcome: { kind: 'harvested', report: { failures: [] } } });
    expect(names(opened)).toEqual(['host.etl']);
  });

  it('of a broken manifest cost only that one', async () => {
    const opened = page();
    await drop(opened, 'broken.man', 'good.man');
    expect(layoutsOf(opened).outcome).toMatchObject({
      kind: 'imported',
      report: { added: [{ origin: 'good.man' }], failures: [{ file: 'broken.man' }] },
    });
  });

  it('show no old news when the dialog is opened again', async () => {
    const opened = page();
    await drop(opened, 'tcp.man');
    opened.workspace.closeLayouts();
    await opened.workspace.openLayouts();
    expect(layoutsOf(opened)).toMatchObject({ open: true, outcome: undefined, list: { entries: [{}] } });
  });
});

describe('a time shift', () => {
  it('moves the rows, and the selection follows its event', async () => {
    const opened = await openedPage();
    opened.workspace.selectRow(10, fakeRow(10));
    const before = opened.session();
    await opened.workspace.shiftTime(before.key, 0, -2_500_000);
    expect(opened.session().info?.files[0].shift).toBe(-2_500_000);
    expect(opened.session().selection).toMatchObject({ row: 10, position: 10 });
    expect(opened.session().selection?.instant.milliseconds).toBe(fakeRow(10, -2_500_000).milliseconds);
    expect(opened.session().contentGeneration).not.toBe(before.contentGeneration);
  });

  it('that changes nothing asks for nothing', async () => {
    const opened = await openedPage();
    await opened.workspace.shiftTime(opened.session().key, 0, 0);
    await opened.workspace.shiftTime(opened.session().key, 5, 10);
    expect(opened.host.engine.requests.map((request) => request.method)).not.toContain('shiftTime');
  });
});

describe('when the engine is gone', () => {
  it('says so, also when nothing was under way', async () => {
    const opened = await openedPage();
    opened.host.engine.die('The engine process ended with code 9.');
    expect(opened.workspace.store.getState().notices).toMatchObject([
      { heading: 'The engine is gone', detail: 'The engine process ended with code 9.' },
    ]);
  });
});
