import { describe, expect, it } from 'vitest';
import { runOffer } from '../commands/menus.ts';
import { scopeOf } from '../commands/action.ts';
import { reasonOf } from '../commands/run-command.ts';
import { createFakeHost, fakeFile } from '../testing/fake-host.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const page = ({ store }: Workspace) => store.getState().capturePage;

describe('the capture page', () => {
  it('covers the trace: its commands wait, and closing closes the page first', async () => {
    const workspace = createWorkspace(createFakeHost({ events: 50 }));
    await workspace.openFiles([fakeFile('host.etl')]);
    expect(runOffer('capture-script', scopeOf(workspace))).toBe(true);
    expect(page(workspace)).toMatchObject({ open: true, section: 'build' });
    expect(runOffer('find', scopeOf(workspace))).toBe(false);
    expect(reasonOf('find', scopeOf(workspace))).toBe('Not with the capture page on show');
    expect(runOffer('close', scopeOf(workspace))).toBe(true);
    expect(page(workspace).open).toBe(false);
    expect(workspace.store.getState().sessions).toHaveLength(1);
    expect(runOffer('find', scopeOf(workspace))).toBe(true);
  });

  it('needs no trace, and gives way to one that is opened or gone to', async () => {
    const workspace = createWorkspace(createFakeHost({ events: 50 }));
    workspace.openCapturePage('build');
    await workspace.openFiles([fakeFile('host.etl')]);
    expect(page(workspace).open).toBe(false);
    const { activeKey } = workspace.store.getState();
    workspace.openCapturePage('build');
    workspace.show(activeKey ?? -1, 'names');
    expect(page(workspace).open).toBe(false);
  });

  it('explains a script that is dropped anywhere, and a text that is dropped on it', async () => {
    const host = createFakeHost();
    const workspace = createWorkspace(host);
    await workspace.takeDropped([new File(['netsh trace stop'], 'stop.cmd')]);
    expect(page(workspace)).toMatchObject({
      open: true,
      section: 'explain',
      read: { text: 'netsh trace stop', fileName: 'stop.cmd' },
    });
    await workspace.takeDropped([new File(['pktmon stop'], 'sent.txt')]);
    expect(page(workspace).read).toEqual({ text: 'pktmon stop', fileName: 'sent.txt' });
    workspace.explainText('pktmon start');
    expect(page(workspace).read).toEqual({ text: 'pktmon start', fileName: '' });
    expect(workspace.store.getState().notices).toEqual([]);
  });

  it('opens a trace that is dropped on it, together with a script or alone', async () => {
    const host = createFakeHost({ events: 50 });
    const workspace = createWorkspace(host);
    workspace.openCapturePage('build');
    await workspace.takeDropped([new File(['x'], 'host.etl'), new File(['pktmon stop'], 'a.ps1')]);
    expect(workspace.store.getState().sessions.map(({ name }) => name)).toEqual(['host.etl']);
    expect(page(workspace)).toMatchObject({ open: false, read: { fileName: 'a.ps1' } });
  });

  it('says why a script could not be read', async () => {
    const workspace = createWorkspace(createFakeHost());
    await workspace.takeDropped([new File([new Uint8Array([0, 1])], 'a.ps1')]);
    expect(workspace.store.getState().notices[0]).toMatchObject({ heading: 'a.ps1 could not be read' });
    expect(page(workspace).open).toBe(false);
  });

  it('saves its script, says where, and says why that failed', async () => {
    const host = createFakeHost();
    const workspace = createWorkspace(host);
    expect(runOffer('save-capture-script', scopeOf(workspace))).toBe(true);
    await expect.poll(() => page(workspace).news).toMatch(/^Saved as .*\.ps1\.$/);
    expect(host.saved[0].text).toContain('netsh');
    const failing = createWorkspace({
      ...createFakeHost(),
      saveText: () => Promise.reject(new Error('The disk is full.')),
    });
    await failing.saveScript('a.ps1', 'x');
    expect(failing.store.getState().notices[0]).toMatchObject({ detail: 'The disk is full.' });
  });
});

describe('a capture that the app runs', () => {
  it('is told as it goes, and what it leaves is opened once', async () => {
    const workspace = createWorkspace(createFakeHost({ events: 50, capture: { phase: 'idle' } }));
    await workspace.start();
    await expect.poll(() => page(workspace).run).toEqual({ phase: 'idle' });
    expect(runOffer('stop-capture', scopeOf(workspace))).toBe(false);
    expect(runOffer('run-capture', scopeOf(workspace))).toBe(true);
    expect(page(workspace).open).toBe(true);
    expect(page(workspace).run).toMatchObject({ phase: 'capturing' });
    expect(runOffer('run-capture', scopeOf(workspace))).toBe(false);
    expect(runOffer('stop-capture', scopeOf(workspace))).toBe(true);
    await expect.poll(() => workspace.store.getState().sessions.map(({ name }) => name)).toEqual(['bundle.zip']);
    expect(page(workspace)).toMatchObject({ open: false, run: { phase: 'done' } });
  });

  it('cannot be where the host runs none', async () => {
    const workspace = createWorkspace(createFakeHost());
    await workspace.start();
    expect(page(workspace).run).toBeUndefined();
    expect(runOffer('run-capture', scopeOf(workspace))).toBe(false);
    expect(reasonOf('run-capture', scopeOf(workspace))).toMatch(/Windows/);
  });
});
