/**
 * Each pane is rendered into an element of its own, which is put where the pane stands. So a pane that moves takes all
 * that is in it along; only where it was scrolled to has to be carried, for a browser forgets that.
 */
import { paneIds, type PaneId } from './pane-ids.ts';

export type PaneHosts = ReadonlyMap<PaneId, HTMLElement>;

export function createPaneHosts(): PaneHosts {
  return new Map(
    paneIds.map((pane) => {
      const host = document.createElement('div');
      host.className = 'pane-host';
      host.dataset.dockPane = pane;
      return [pane, host];
    }),
  );
}

const scrolledPlaces = new WeakMap<HTMLElement, Map<Element, { left: number; top: number }>>();

/** Puts a pane's element into its place. Returns what takes it out again. */
export function attachHost(place: HTMLElement, host: HTMLElement): () => void {
  place.append(host);
  for (const [element, { left, top }] of scrolledPlaces.get(host) ?? []) element.scrollTo(left, top);
  return () => {
    scrolledPlaces.set(host, placesIn(host));
    host.remove();
  };
}

function placesIn(host: HTMLElement): Map<Element, { left: number; top: number }> {
  const scrolled = Array.from(host.querySelectorAll('*')).filter(
    (element) => element.scrollTop > 0 || element.scrollLeft > 0,
  );
  return new Map(scrolled.map((element) => [element, { left: element.scrollLeft, top: element.scrollTop }]));
}

/** The pane that holds an element, or whose tab it is. */
export function paneOf(target: EventTarget | null): PaneId | undefined {
  const holder = target instanceof Element ? target.closest<HTMLElement>('[data-dock-pane]') : null;
  return paneIds.find((pane) => pane === holder?.dataset.dockPane);
}

/** Puts the focus into a pane: where F6 would put it, or on its tab. */
export function focusPane(pane: PaneId): void {
  const tab = document.getElementById(tabId(pane));
  tab?.focus();
}

export function tabId(pane: PaneId): string {
  return `pane-tab-${pane}`;
}

export function panelId(pane: PaneId): string {
  return `pane-panel-${pane}`;
}
