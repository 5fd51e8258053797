/** When to renew the rows on show while a trace is still being read. */
export interface RefreshRhythm {
  /**
   * True when it is time to ask for the rows again; counts as asking. `events` read so far, `covered` of them by the
   * view on show, `now` in ms.
   */
  due(events: number, covered: number, now: number): boolean;
}

/** Milliseconds from one renewal to the next, until there is a first row to see and after that. */
export const gapBeforeFirstRows = 100;
const shortestGap = 400;

/**
 * Again and again until the first rows are there, for the engine may have some before it tells so; from then on each time
 * the events have doubled. Never for a trace that is read at once. `startedAt` in ms, on the same clock as `now`.
 */
export function createRefreshRhythm(startedAt: number): RefreshRhythm {
  let lastTime = startedAt;
  return {
    due(events, covered, now) {
      const gap = covered === 0 ? gapBeforeFirstRows : shortestGap;
      if (events < covered * 2 || now - lastTime < gap) return false;
      lastTime = now;
      return true;
    },
  };
}
