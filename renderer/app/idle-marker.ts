import type { StoreApi } from 'zustand/vanilla';
import type { WorkspaceState } from '../state/model.ts';

/** The grid asks for its rows a moment after it got a view; within this time nothing counts as idle. */
const settleMilliseconds = 120;

/** Keeps `data-idle` of an element: "true" when no call has been in flight for a moment. Tests wait for it. */
export function markIdle(element: HTMLElement, store: StoreApi<WorkspaceState>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = (inFlight: number): void => {
    clearTimeout(timer);
    element.dataset.idle = 'false';
    if (inFlight > 0) return;
    timer = setTimeout(() => {
      element.dataset.idle = 'true';
    }, settleMilliseconds);
  };
  store.subscribe((state, before) => {
    if (state.callsInFlight !== before.callsInFlight) update(state.callsInFlight);
  });
  update(store.getState().callsInFlight);
}
