import type { Side } from './layout.ts';
import type { PaneId } from './pane-ids.ts';
import type { PresetName } from './presets.ts';

export const dockStrings = {
  label: 'Panes',
  titles: {
    messages: 'Messages',
    connections: 'Connections',
    diagnosis: 'Diagnosis',
    names: 'Names',
    completeness: 'Completeness',
    path: 'Path',
    timeline: 'Timeline',
    summary: 'Summary',
    notes: 'Notes',
    details: 'Details',
    bytes: 'Bytes',
  } satisfies Record<PaneId, string>,
  tabHint: (title: string) => `${title}: drag to dock it elsewhere; right-click or Shift+F10 for more`,
  tabsOf: (titles: readonly string[]) => `Panes: ${titles.join(', ')}`,
  viewTabs: 'Views of this trace',
  newView: 'New view',
  newViewHint: 'One more view of this trace, with a filter of its own',
  closableView: (title: string) => `${title} (Delete or middle click closes it)`,
  menu: (title: string) => `What to do with the pane “${title}”`,
  maximise: 'Maximise',
  restore: 'Back to the layout',
  maximiseHint: (title: string) => `Give “${title}” all the room`,
  restoreHint: 'Bring the other panes back',
  close: 'Hide',
  move: {
    left: 'Move to the left edge',
    right: 'Move to the right edge',
    top: 'Move to the top',
    bottom: 'Move to the bottom',
  } satisfies Record<Side, string>,
  asTabOf: (title: string) => `Move into the tabs of “${title}”`,
  presets: {
    simple: 'Simple',
    network: 'Network',
    etw: 'ETW',
    vswitch: 'vSwitch',
  } satisfies Record<PresetName, string>,
} as const;
