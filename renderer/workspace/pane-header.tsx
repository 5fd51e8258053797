/** What a pane has to say beside its tab: facts and tools. The group of tabs that it stands in has a place for them. */
import { createContext, useCallback, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PaneId } from './pane-ids.ts';

/** The pane that a component is a part of. */
export const PaneContext = createContext<PaneId | undefined>(undefined);

/** The place of each pane that is in front of its tabs. */
const placeStore = createStore<Partial<Record<PaneId, HTMLElement>>>(() => ({}));

export function PaneHeader({ children }: { children: ReactNode }) {
  const pane = useContext(PaneContext);
  const place = useStore(placeStore, (places) => (pane === undefined ? undefined : places[pane]));
  return place ? createPortal(children, place) : null;
}

export function PaneHeaderPlace({ pane }: { pane: PaneId }) {
  const take = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      placeStore.setState({ [pane]: element });
      return () => {
        if (placeStore.getState()[pane] === element) placeStore.setState({ [pane]: undefined });
      };
    },
    [pane],
  );
  return <div className="dock-header" data-testid={`header-${pane}`} ref={take} />;
}
