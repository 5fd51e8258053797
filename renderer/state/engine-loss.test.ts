import { describe, expect, it, vi } from 'vitest';
import { createFakeHost } from '../testing/fake-host.ts';
import type { PageLife } from './engine-loss.ts';
import { createWorkspace } from './workspace.ts';

function start({ isThere, leaving = false }: { isThere?: () => Promise<boolean>; leaving?: boolean } = {}) {
  const kept = new Map<string, string>();
  let time = 1_000_000;
  let reloads = 0;
  const page: PageLife = {
    reload: () => reloads++,
    memory: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    },
    isLeaving: () => leaving,
    onLeave: () => undefined,
  };
  /** A page over an engine of its own: the next one, after a reload. */
  const load = () => {
    const host = { ...createFakeHost(), ...(isThere && { isThere }) };
    const workspace = createWorkspace(host, () => time, page);
    return { host, notices: () => workspace.store.getState().notices, workspace };
  };
  return { load, reloads: () => reloads, wait: (milliseconds: number) => (time += milliseconds) };
}

describe('a page whose engine is lost', () => {
  it('loads itself again, and then says why', async () => {
    const { load, reloads } = start();
    const page = load();
    await page.workspace.start();
    page.host.engine.die('The engine stopped: it ran out of memory.');
    await vi.waitFor(() => {
      expect(reloads()).toBe(1);
    });
    const next = load();
    await next.workspace.start();
    expect(next.notices()).toMatchObject([{ heading: 'The engine was lost, and another one was started' }]);
    expect(next.notices()[0].detail).toContain('it ran out of memory. The page was loaded again');
    const third = load();
    await third.workspace.start();
    expect(third.notices()).toEqual([]);
  });

  it('leaves that to the person when it happens again within a minute, but not later', async () => {
    const { load, reloads, wait } = start();
    load().host.engine.die('Gone.');
    await vi.waitFor(() => {
      expect(reloads()).toBe(1);
    });
    wait(59_000);
    const second = load();
    second.host.engine.die('Gone.');
    await vi.waitFor(() => {
      expect(second.notices()).toMatchObject([
        { heading: 'The engine is gone', action: { label: 'Load the page again' } },
      ]);
    });
    expect(reloads()).toBe(1);
    second.notices()[0].action?.run();
    expect(reloads()).toBe(2);
    wait(61_000);
    load().host.engine.die('Gone.');
    await vi.waitFor(() => {
      expect(reloads()).toBe(3);
    });
  });

  it('stays where it is when its server is gone, or the person has left', async () => {
    const gone = start({ isThere: () => Promise.reject(new Error('no answer')) });
    const page = gone.load();
    page.host.engine.die('The connection was lost.');
    await vi.waitFor(() => {
      expect(page.notices()).toMatchObject([{ detail: 'The connection was lost.' }]);
    });
    expect(page.notices()[0].advice).toContain('Start Hopscope again');
    expect(gone.reloads()).toBe(0);
    const left = start({ leaving: true });
    const other = left.load();
    other.host.engine.die('The connection was lost.');
    await Promise.resolve();
    expect([left.reloads(), other.notices()]).toEqual([0, []]);
  });
});

describe('a page that begins', () => {
  it('tells what its host has to say, and what the engine says later', async () => {
    const host = createFakeHost({ startNotices: [{ heading: 'The page had stopped', detail: 'Reason: crashed.' }] });
    const workspace = createWorkspace(host);
    await workspace.start();
    host.engine.tell('A worker was lost', 'Its work is done again.');
    expect(workspace.store.getState().notices).toMatchObject([
      { heading: 'The page had stopped', detail: 'Reason: crashed.' },
      { heading: 'A worker was lost', detail: 'Its work is done again.' },
    ]);
  });
});
