/** How the rows on show lie in time: asking the engine, again and again while there come more of them, and zooming. */
import type { Timeline } from '../../core/engine/contract.ts';
import type { TimelineScale } from '../timeline/shapes.ts';
import type { TimeSpan } from '../timeline/time-span.ts';
import { zoomedTo, type ZoomStep } from '../timeline/zoom.ts';
import { callEngine, contractError, isCancellation, updateSession, type Context } from './context.ts';
import { sessionOf, type Session, type SessionKey, type TimelineState } from './model.ts';

/** Milliseconds between two askings while rows are still coming. */
const restWhileGrowing = 500;

/** The engine counts in no more parts. */
const mostBins = 4000;

export interface TimelineReader {
  /** Asks for what is wanted now, unless that is known; at most one call of a session is under way. */
  show(key: SessionKey, bins: number): Promise<void>;
}

export function createTimelineReader(context: Context): TimelineReader {
  const reading = new Map<SessionKey, Promise<void>>();
  const get = (key: SessionKey): Session | undefined => sessionOf(context.store.getState(), key);

  const read = async (key: SessionKey): Promise<void> => {
    // What is asked for is decided once whoever asked has said all.
    await Promise.resolve();
    try {
      for (;;) {
        const session = get(key);
        if (!session) return;
        const asked = timelineAskedFor(session);
        if (asked === undefined || asked === session.timeline.asked) return;
        await askOnce(context, session, asked);
        const now = get(key);
        if (now && isGrowing(now)) await rest(restWhileGrowing);
      }
    } finally {
      reading.delete(key);
    }
  };

  return {
    show(key, bins) {
      const session = get(key);
      if (!session) return Promise.resolve();
      const wanted = Math.min(mostBins, bins);
      if (session.timeline.bins !== wanted) update(context, key, { bins: wanted });
      if (session.timeline.stage === 'failed') update(context, key, { stage: 'waiting', asked: undefined });
      const running = reading.get(key) ?? read(key);
      reading.set(key, running);
      return running;
    },
  };
}

/** Shows a part of the trace, or all of it. */
export function zoomTimeline(
  context: Context,
  key: SessionKey,
  span: TimeSpan | undefined,
  kind: ZoomStep['kind'] = 'step',
): void {
  const timeline = sessionOf(context.store.getState(), key)?.timeline;
  if (!timeline?.whole) return;
  update(context, key, { way: span ? zoomedTo(timeline.way, timeline.whole, span, kind) : [] });
}

/** Goes back to so many steps of the way: 0 is the whole trace. */
export function zoomTimelineBack(context: Context, key: SessionKey, steps: number): void {
  const timeline = sessionOf(context.store.getState(), key)?.timeline;
  if (timeline) update(context, key, { way: timeline.way.slice(0, Math.max(0, steps)) });
}

/** Selects a part of the picture; undefined: none. */
export function selectTimeline(context: Context, key: SessionKey, selected: TimeSpan | undefined): void {
  update(context, key, { selected });
}

export function scaleTimeline(context: Context, key: SessionKey, scale: TimelineScale): void {
  update(context, key, { scale });
}

/** What is wanted now, told from everything else; undefined where there is nothing to ask for. */
export function timelineAskedFor({ trace, view, timeline, contentGeneration }: Session): string | undefined {
  if (trace === undefined || !view || timeline.bins < 1) return undefined;
  return JSON.stringify([view.view, view.rows, view.available, timeline.bins, timeline.way.at(-1), contentGeneration]);
}

async function askOnce(context: Context, session: Session, asked: string): Promise<void> {
  const { key, trace, view, timeline } = session;
  if (trace === undefined || !view) return;
  const { bins, way } = timeline;
  const span = way.at(-1);
  update(context, key, { stage: 'asking' });
  try {
    const found = await callEngine(context, 'timeline', {
      trace,
      view: view.view,
      bins,
      ...(span && { from: span.from, to: span.to }),
    });
    update(context, key, {
      stage: 'known',
      found,
      asked,
      error: undefined,
      ...(span === undefined && { whole: spanOf(found) }),
    });
  } catch (error) {
    // Of a view that was replaced meanwhile nobody wants to know any more.
    const isOver = isCancellation(error) || sessionOf(context.store.getState(), key)?.view?.view !== view.view;
    if (isOver) update(context, key, { stage: 'waiting', asked });
    else update(context, key, { stage: 'failed', asked, error: contractError(error) });
  }
}

function isGrowing({ growing, stage }: Session): boolean {
  return growing !== undefined || stage !== 'ready';
}

function spanOf({ from, to }: Timeline): TimeSpan {
  return { from, to };
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function update(context: Context, key: SessionKey, change: Partial<TimelineState>): void {
  const session = sessionOf(context.store.getState(), key);
  if (session) updateSession(context, key, { timeline: { ...session.timeline, ...change } });
}
