/** What can be docked. `panes.tsx` has what each shows. */
import type { ViewName } from '../state/model.ts';

/** Those that are about a whole trace come first: `session.showing` is one of them. */
export const pageIds = [
  'messages',
  'connections',
  'diagnosis',
  'names',
  'completeness',
] as const satisfies readonly ViewName[];

export const paneIds = [...pageIds, 'path', 'timeline', 'summary', 'notes', 'details', 'bytes'] as const;
export type PaneId = (typeof paneIds)[number];

/**
 * Pages that one reads rather than compares with a message: in front of the messages they take all the room, as long as
 * they are there.
 */
export const roomyPanes: ReadonlySet<PaneId> = new Set<PaneId>(['diagnosis', 'names', 'completeness']);

export function isPaneId(value: unknown): value is PaneId {
  return paneIds.some((id) => id === value);
}

export function isPage(pane: PaneId): pane is ViewName & PaneId {
  return pageIds.some((id) => id === pane);
}
