/** The way from the whole trace to the part of it that is on show: each step lies inside the one before. */
import { containsSpan, isSameSpan, type TimeSpan } from './time-span.ts';

/** 'step': a place that a person chose, and goes back to; 'glide': one on the way of the wheel, which the next replaces. */
export interface ZoomStep extends TimeSpan {
  kind: 'step' | 'glide';
}

/** The way with a further step; without one when it is the whole trace. Steps that do not hold the new one are left. */
export function zoomedTo(
  way: readonly ZoomStep[],
  whole: TimeSpan,
  span: TimeSpan,
  kind: ZoomStep['kind'],
): readonly ZoomStep[] {
  if (containsSpan(span, whole)) return [];
  const kept = way.filter((step, index) => {
    const isReplaced = kind === 'glide' && step.kind === 'glide' && index === way.length - 1;
    return !isReplaced && containsSpan(step, span) && !isSameSpan(step, span);
  });
  return [...kept, { from: span.from, to: span.to, kind }];
}

/** The part of the trace that is on show. */
export function shownSpan(way: readonly ZoomStep[], whole: TimeSpan): TimeSpan {
  return way.at(-1) ?? whole;
}
