/** When to renew the rows on show while a trace is still being read. */
export interface RefreshRhythm {
  /** True when enough has been read since the last renewal; counts as one. `events` read so far, `now` in ms. */
  due(events: number, now: number): boolean;
}

const shortestGap = 400;

/** First as soon as there are events, then each time they have doubled, and never within 400 ms of the last time. */
export function createRefreshRhythm(): RefreshRhythm {
  let eventsShown = 0;
  let lastTime = Number.NEGATIVE_INFINITY;
  return {
    due(events, now) {
      if (events === 0 || events < eventsShown * 2 || now - lastTime < shortestGap) return false;
      eventsShown = events;
      lastTime = now;
      return true;
    },
  };
}
