import {
  arrangementStore,
  choosePreset,
  hidePane,
  isPaneVisible,
  moveDetails,
  movePane,
  resetLayout,
  toggleMaximised,
  togglePane,
  undoLayoutChange,
} from '../../workspace/arrangement.ts';
import { visiblePanes, type Side } from '../../workspace/layout.ts';
import { paneOf } from '../../workspace/pane-hosts.ts';
import { isPage, type PaneId } from '../../workspace/pane-ids.ts';
import type { PresetName } from '../../workspace/presets.ts';
import { hasTrace, type Action, type Actions, type CommandScope } from '../action.ts';

type PaneCommand =
  | 'pane-messages'
  | 'pane-connections'
  | 'pane-diagnosis'
  | 'pane-names'
  | 'pane-completeness'
  | 'toggle-path'
  | 'pane-timeline'
  | 'pane-summary'
  | 'pane-notes'
  | 'pane-details'
  | 'pane-bytes'
  | 'layout-simple'
  | 'layout-network'
  | 'layout-etw'
  | 'layout-vswitch'
  | 'reset-layout'
  | 'undo-layout'
  | 'move-details'
  | 'maximise-pane'
  | 'move-pane-left'
  | 'move-pane-right'
  | 'move-pane-top'
  | 'move-pane-bottom'
  | 'move-pane-next'
  | 'close-pane';

/** Panes are on show where a trace is that could be opened. */
const hasPanes = (scope: CommandScope): boolean => hasTrace(scope) && scope.session?.stage !== 'failed';

/** The pane that a command is about: the one with the focus, or that had it last before a menu or the palette took it. */
function paneAtHand({ target }: CommandScope): PaneId {
  const { lastFocused, layout } = arrangementStore.getState();
  const pane = paneOf(target) ?? lastFocused;
  const visible = visiblePanes(layout);
  return visible.includes(pane) ? pane : visible[0];
}

function toggle(pane: PaneId): Action {
  return {
    isOffered: hasPanes,
    isOn: () => isPaneVisible(pane),
    run: ({ workspace, session }) => {
      if (session && isPage(pane) && !isPaneVisible(pane)) workspace.show(session.key, pane);
      else togglePane(pane);
    },
  };
}

function preset(name: PresetName): Action {
  return {
    isOn: () => arrangementStore.getState().layout.preset === name,
    run: () => {
      choosePreset(name);
    },
  };
}

function moveTo(side: Side): Action {
  return {
    isOffered: hasPanes,
    run: (scope) => {
      movePane(paneAtHand(scope), { kind: 'edge', side });
    },
  };
}

export const paneActions: Actions<PaneCommand> = {
  'pane-messages': toggle('messages'),
  'pane-connections': toggle('connections'),
  'pane-diagnosis': toggle('diagnosis'),
  'pane-names': toggle('names'),
  'pane-completeness': toggle('completeness'),
  'toggle-path': toggle('path'),
  'pane-timeline': toggle('timeline'),
  'pane-summary': toggle('summary'),
  'pane-notes': toggle('notes'),
  'pane-details': toggle('details'),
  'pane-bytes': toggle('bytes'),
  'layout-simple': preset('simple'),
  'layout-network': preset('network'),
  'layout-etw': preset('etw'),
  'layout-vswitch': preset('vswitch'),
  'reset-layout': { run: resetLayout },
  'undo-layout': {
    isOffered: () => arrangementStore.getState().before.length > 0,
    run: undoLayoutChange,
  },
  'move-details': { isOffered: hasPanes, run: moveDetails },
  'maximise-pane': {
    isOffered: hasPanes,
    isOn: () => arrangementStore.getState().layout.maximised !== undefined,
    run: (scope) => {
      toggleMaximised(paneAtHand(scope));
    },
  },
  'move-pane-left': moveTo('left'),
  'move-pane-right': moveTo('right'),
  'move-pane-top': moveTo('top'),
  'move-pane-bottom': moveTo('bottom'),
  'move-pane-next': {
    isOffered: hasPanes,
    run: (scope) => {
      const pane = paneAtHand(scope);
      const visible = visiblePanes(arrangementStore.getState().layout);
      const next = visible[(visible.indexOf(pane) + 1) % visible.length];
      movePane(pane, { kind: 'tab', of: next });
    },
  },
  'close-pane': {
    isOffered: hasPanes,
    run: (scope) => {
      hidePane(paneAtHand(scope));
    },
  },
};
