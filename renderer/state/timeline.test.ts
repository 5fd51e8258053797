import { describe, expect, it, vi } from 'vitest';
import { createFakeHost, fakeFile, type FakeHost } from '../testing/fake-host.ts';
import { shownSession } from '../testing/shown-session.ts';
import { instantAfter } from '../timeline/time-span.ts';
import type { Session, TimelineState } from './model.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

interface Page {
  host: FakeHost;
  workspace: Workspace;
  session: () => Session;
  timeline: () => TimelineState;
  asked: () => Record<string, unknown>[];
}

function page(options: Parameters<typeof createFakeHost>[0] = {}): Page {
  const host = createFakeHost({ events: 400, ...options });
  const workspace = createWorkspace(host);
  const session = (): Session => shownSession(workspace);
  return {
    host,
    workspace,
    session,
    timeline: () => session().timeline,
    asked: () =>
      host.engine.requests
        .filter(({ method }) => method === 'timeline')
        .map(({ params }) => params as Record<string, unknown>),
  };
}

async function openedPage(): Promise<Page> {
  const opened = page();
  await opened.workspace.openFiles([fakeFile('host.etl')]);
  return opened;
}

const sum = (counts: readonly number[] | undefined): number =>
  (counts ?? []).reduce((total, count) => total + count, 0);

describe('the timeline of the rows on show', () => {
  it('is asked for once a size, and not at all without room', async () => {
    const { workspace, session, timeline, asked } = await openedPage();
    const { key } = session();
    await workspace.showTimeline(key, 0);
    expect(asked()).toEqual([]);
    await workspace.showTimeline(key, 100);
    await workspace.showTimeline(key, 100);
    expect(asked()).toHaveLength(1);
    expect(sum(timeline().found?.all)).toBe(400);
    expect(timeline().whole).toEqual({ from: timeline().found?.from, to: timeline().found?.to });
    await workspace.showTimeline(key, 200);
    expect(timeline().found?.all).toHaveLength(200);
  });

  it('is another for another filter', async () => {
    const { workspace, session, timeline } = await openedPage();
    await workspace.showTimeline(session().key, 50);
    await workspace.applyFilter('TCP');
    await workspace.showTimeline(session().key, 50);
    expect(sum(timeline().found?.shown)).toBe(session().view?.rows);
    expect(sum(timeline().found?.all)).toBe(400);
  });

  it('answers what is wanted last, with one call under way', async () => {
    const { workspace, session, timeline, asked } = await openedPage();
    const { key } = session();
    const first = workspace.showTimeline(key, 50);
    while (asked().length === 0) await Promise.resolve();
    void workspace.showTimeline(key, 60);
    void workspace.showTimeline(key, 70);
    await first;
    expect(timeline().found?.all).toHaveLength(70);
    expect(asked().map(({ bins }) => bins)).toEqual([50, 70]);
  });

  it('is that of a part of the trace, and knows the way back', async () => {
    const { workspace, session, timeline, asked } = await openedPage();
    const { key } = session();
    await workspace.showTimeline(key, 50);
    const { whole } = timeline();
    if (!whole) throw new Error('The whole trace is not known.');
    const part = { from: instantAfter(whole.from, 100_000n), to: instantAfter(whole.from, 500_000n) };
    workspace.zoomTimeline(key, part);
    await workspace.showTimeline(key, 50);
    expect(asked().at(-1)).toMatchObject(part);
    expect(timeline()).toMatchObject({ found: part, whole, way: [{ ...part, kind: 'step' }] });
    expect(sum(timeline().found?.all)).toBeLessThan(400);
    workspace.zoomTimelineBack(key, 0);
    await workspace.showTimeline(key, 50);
    expect(timeline()).toMatchObject({ found: whole, way: [] });
  });

  it('comes while the trace is still being read, but no more often than people can read', async () => {
    vi.useFakeTimers();
    try {
      const { workspace, session, asked, timeline } = page({ steps: 60, pause: 40 });
      const opening = workspace.openFiles([fakeFile('host.etl')]);
      const stop = workspace.store.subscribe(() => {
        if (session().view) void workspace.showTimeline(session().key, 50);
      });
      await vi.advanceTimersByTimeAsync(2000);
      expect(session().stage).toBe('reading');
      const whileReading = asked().length;
      expect(whileReading).toBeGreaterThan(0);
      expect(whileReading).toBeLessThan(6);
      await vi.advanceTimersByTimeAsync(8000);
      await opening;
      stop();
      expect(sum(timeline().found?.all)).toBe(400);
    } finally {
      vi.useRealTimers();
    }
  });
});
