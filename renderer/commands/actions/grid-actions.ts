import { copySelected } from '../../grid/copy-rows.ts';
import { shownColumns } from '../../grid/grid-layout.ts';
import type { CopyForm } from '../../grid/row-text.ts';
import { timeDisplayOf } from '../../state/time-display.ts';
import type { TimeFormat, ZoneChoice } from '../../format/time.ts';
import { gridLayoutStore, redoLayoutChange, undoLayoutChange } from '../../state/grid-layout.ts';
import { changeSetting, settingsStore, showClock } from '../../state/settings.ts';
import { hasTrace, seesMessages, type Action, type Actions, type CommandScope } from '../action.ts';

const hasSelection = (scope: CommandScope): boolean => seesMessages(scope) && scope.session?.selection !== undefined;

function clock(zone: ZoneChoice): Action {
  return {
    isOn: () => settingsStore.getState().timeFormat === 'clock' && settingsStore.getState().zone === zone,
    run: () => {
      showClock(zone);
    },
  };
}

function counted(format: TimeFormat): Action {
  return {
    isOn: () => settingsStore.getState().timeFormat === format,
    run: () => {
      changeSetting('timeFormat', format);
    },
  };
}

function copying(form: CopyForm): Action {
  return {
    isOffered: hasSelection,
    run: ({ workspace, session }) => {
      if (!session) return;
      const columns = shownColumns(gridLayoutStore.getState().layout).map(({ column }) => column);
      void copySelected(workspace, { form, columns, time: timeDisplayOf(session, settingsStore.getState()) });
    },
  };
}

type GridCommand =
  | 'sort-by-time'
  | 'columns'
  | 'undo-columns'
  | 'redo-columns'
  | 'time-local'
  | 'time-utc'
  | 'time-trace'
  | 'time-start'
  | 'time-reference-format'
  | 'time-delta'
  | 'time-delta-shown'
  | 'time-reference'
  | 'copy-text'
  | 'copy-csv'
  | 'copy-summaries'
  | 'next-in-conversation'
  | 'previous-in-conversation'
  | 'next-hop'
  | 'previous-hop'
  | 'back'
  | 'forward';

/** What is done with the grid of messages: its order, its columns, its times, its rows. */
export const gridActions: Actions<GridCommand> = {
  'sort-by-time': {
    isOffered: ({ session }) => session?.sort !== undefined,
    run: ({ workspace }) => void workspace.sortBy(undefined),
  },
  columns: {
    isOffered: hasTrace,
    run: ({ workspace }) => {
      workspace.openDialog('columns');
    },
  },
  'undo-columns': { isOffered: () => gridLayoutStore.getState().past.length > 0, run: undoLayoutChange },
  'redo-columns': { isOffered: () => gridLayoutStore.getState().future.length > 0, run: redoLayoutChange },
  'time-local': clock('local'),
  'time-utc': clock('utc'),
  'time-trace': clock('trace'),
  'time-start': counted('start'),
  'time-reference-format': counted('reference'),
  'time-delta': counted('delta'),
  'time-delta-shown': counted('delta-shown'),
  'time-reference': {
    isOffered: hasSelection,
    isOn: ({ session }) => session?.timeReference !== undefined && session.timeReference.row === session.selection?.row,
    run: ({ workspace }) => {
      workspace.toggleTimeReference();
    },
  },
  'copy-text': copying('text'),
  'copy-csv': copying('csv'),
  'copy-summaries': copying('summaries'),
  'next-in-conversation': {
    isOffered: hasSelection,
    run: ({ workspace }) => void workspace.goInConversation('forward'),
  },
  'previous-in-conversation': {
    isOffered: hasSelection,
    run: ({ workspace }) => void workspace.goInConversation('backward'),
  },
  'next-hop': { isOffered: hasSelection, run: ({ workspace }) => void workspace.goAlongPath('forward') },
  'previous-hop': { isOffered: hasSelection, run: ({ workspace }) => void workspace.goAlongPath('backward') },
  back: {
    isOffered: ({ workspace }) => workspace.history.canGo('back'),
    run: ({ workspace }) => void workspace.history.go('back'),
  },
  forward: {
    isOffered: ({ workspace }) => workspace.history.canGo('forward'),
    run: ({ workspace }) => void workspace.history.go('forward'),
  },
};
