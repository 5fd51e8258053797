/** Layouts that a person can choose; each has a place for every pane, and shows those it is about. */
import {
  column,
  detailsBesideBytes,
  detailsOverBytes,
  group,
  panesIn,
  row,
  type Arrangement,
  type LayoutNode,
} from './layout.ts';
import type { PaneId } from './pane-ids.ts';

export const presetNames = ['simple', 'network', 'etw', 'vswitch'] as const;
export type PresetName = (typeof presetNames)[number];

/** The messages, and behind them the pages that are opened from the list of views. */
const messagesAndPages = group(1, 'messages', 'connections', 'diagnosis', 'names', 'completeness');

/** One line of bars and their axis, below the tab. */
const timeline = group(100, 'timeline');

/** What the messages are made of, beside one of them. */
const detailsBesideSummary = row(0.3, group(0.55, 'details'), group(1, 'summary', 'notes', 'bytes'));

/** In a narrower window, summaries would have no room beside the details. In pixels. */
const roomForDetailsAtRight = 1700;

/** A preset in a window of this width (pixels). */
export function presetLayout(name: PresetName, windowWidth: number): Arrangement {
  switch (name) {
    case 'simple':
      return shown(
        column(1, timeline, messagesAndPages, group(0.3, 'path', 'summary', 'notes'), detailsBesideBytes),
        'messages',
        'details',
      );
    case 'network':
      return windowWidth < roomForDetailsAtRight
        ? shown(
            column(1, timeline, messagesAndPages, group(0.29, 'path', 'summary', 'notes'), {
              ...detailsBesideBytes,
              size: 0.24,
            }),
            ...aboutPackets,
          )
        : shown(
            row(1, column(1, timeline, messagesAndPages, group(0.45, 'path', 'summary', 'notes')), detailsOverBytes),
            ...aboutPackets,
          );
    case 'etw':
      return shown(
        column(1, timeline, messagesAndPages, group(0.3, 'path'), detailsBesideSummary),
        'messages',
        'details',
        'summary',
      );
    case 'vswitch':
      return shown(
        column(
          1,
          timeline,
          group(0.5, 'path', 'summary', 'notes'),
          row(1, group(0.45, 'connections'), group(1, 'messages', 'names', 'diagnosis', 'completeness')),
          detailsBesideBytes,
        ),
        'path',
        'connections',
        'messages',
        'names',
      );
  }
}

const aboutPackets: readonly PaneId[] = ['messages', 'path', 'timeline', 'details', 'bytes'];

/** An arrangement in which these panes are on show, and all others hidden where they stand. */
function shown(root: LayoutNode, ...panes: readonly PaneId[]): Arrangement {
  return { root, hidden: panesIn(root).filter((pane) => !panes.includes(pane)), maximised: undefined };
}
