/** What has the focus, and moving it from pane to pane. */
import { neighbourPane } from './keys.ts';

/** Whether what is typed there is text. */
export function takesText(target: EventTarget | null): boolean {
  if (target === null || !(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The page's own menu bar takes the focus, where it has one. */
export function focusMenuBar(): void {
  document.querySelector<HTMLElement>('[role="menubar"] [role="menuitem"]')?.focus();
}

/** Panes mark what takes their focus with `data-pane`; an element that cannot take it passes it to its first cell. */
export function focusNeighbourPane(backwards: boolean): void {
  const panes = Array.from(document.querySelectorAll<HTMLElement>('[data-pane]:not([inert] *)'));
  if (panes.length === 0) return;
  const focused = panes.findIndex((pane) => pane.contains(document.activeElement));
  const pane = panes[neighbourPane(panes.length, focused, backwards)];
  const inside = (selector: string): HTMLElement | null => pane.querySelector<HTMLElement>(selector);
  if (pane.tabIndex >= 0) pane.focus();
  else (inside('.ag-row-selected [role="gridcell"]') ?? inside('[role="gridcell"]'))?.focus();
}
